#!/usr/bin/env python3
"""Makes the README's pictures from the running program: `.venv/bin/python scripts/pictures.py`.

The clock stands still and the desk is the demo's, so the pictures change only when the program does.
"""

import asyncio
import re
import sys
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(_ROOT))

from complaint_desk import locale  # noqa: E402
from complaint_desk.app import ComplaintDeskApp  # noqa: E402
from complaint_desk.desk.demo import open_demo  # noqa: E402
from complaint_desk.desk.receive import CallDrafts  # noqa: E402
from complaint_desk.settings import Settings  # noqa: E402
from complaint_desk.startup import StartOptions  # noqa: E402

PICTURES = _ROOT / "docs"
_NOW = datetime(2026, 11, 23, 2, 28, tzinfo=UTC)
_CALL_BEGAN = _NOW - timedelta(minutes=4, seconds=32)
_SIZE = (112, 32)
_TOLD = {
    "phone": "138 0013 8000",
    "caller": "王芳",
    "when": "昨天下午3点",
    "where": "南山店 收银台2号",
    "who": "收银员小李",
    "what": "结账多收了两瓶酱油的钱,一共多扣38元,小票在手上,系统里显示是扫了两次,我排了二十分钟队才有人理",
    "how": "当场说系统没错,让我回去自己查",
}


async def _picture(language: str, told: Mapping[str, str], keys: tuple[str, ...]) -> str:
    """The screen as SVG after these fields were typed and these keys pressed."""
    locale.use(language)
    moment = _CALL_BEGAN

    def clock() -> datetime:
        return moment

    with tempfile.TemporaryDirectory() as folder:
        drafts = CallDrafts(Path(folder) / "drafts", "陈静", clock=clock)
        app = ComplaintDeskApp(
            StartOptions(lang=language),
            open_desk=lambda: open_demo(Path(folder), Settings(language=language), clock=clock),
            drafts=drafts,
        )
        async with app.run_test(size=_SIZE) as pilot:
            await app.desk_ready()
            await app.workers.wait_for_complete()
            for words in told.values():
                for letter in words:
                    await pilot.press("space" if letter == " " else letter)
                await pilot.press("tab")
            for key in keys:
                moment += timedelta(seconds=68)
                await pilot.press(key)
                await app.workers.wait_for_complete()
            moment = _NOW
            await pilot.pause(1.2)
            await app.workers.wait_for_complete()
            drawn = app.export_screenshot(title="Complaint Desk")
    return _without_web_fonts(drawn)


def _without_web_fonts(svg: str) -> str:
    """The picture without links to fonts elsewhere: it shows offline, in the reader's own fixed-width font."""
    return re.sub(r"@font-face\s*\{[^}]*\}", "", svg).replace("Fira Code", "ui-monospace")


def main() -> None:
    """Write both pictures."""
    PICTURES.mkdir(exist_ok=True)
    wanted = {
        "call.svg": ("zh_CN", _TOLD, ("f5", "f6", "f10", "2")),
        "queue.svg": ("en", {}, ("f3", "down", "down", "down")),
    }
    for name, (language, told, keys) in wanted.items():
        (PICTURES / name).write_text(asyncio.run(_picture(language, told, keys)), encoding="utf-8")
        print(f"docs/{name}")


if __name__ == "__main__":
    main()
