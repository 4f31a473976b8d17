"""The call screen as a person sees it, in both languages, at both sizes."""

from pathlib import Path

import pytest

from complaint_desk.screens import call_guided
from complaint_desk.widgets.choice_menu import ChoiceMenu
from tests.screens.golden import compare
from tests.screens.seat import Seat, seat

SIZES = [(80, 24), (120, 40)]
LANGUAGES = ["zh_CN", "en"]
CALL = {
    "zh_CN": {
        "phone": "13800138000",
        "caller": "王芳",
        "when": "昨天下午3点",
        "where": "南山店 收银台2号",
        "who": "收银员小李",
        "what": "结账多收了两瓶酱油的钱,一共多扣38元。小票在手上,系统里显示是扫了两次。我排了二十分钟队才有人理。",
        "how": "当场说系统没错,让我回去自己查",
        "cause": "b3",
    },
    "en": {
        "phone": "13800138000",
        "caller": "Wang Fang",
        "when": "yesterday 3pm",
        "where": "Nanshan store, till 2",
        "who": "cashier Xiao Li",
        "what": "Charged twice for two bottles of soy sauce, 38 yuan too much. Has the receipt. Queued for twenty "
        "minutes before anyone came.",
        "how": "Was told the system is right and to check at home",
        "cause": "b3",
    },
}


@pytest.fixture(autouse=True)
def _as_if_nothing_was_heard_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the desk hears comes a moment after the last key; these screens are those before it."""
    monkeypatch.setattr(call_guided, "HEAR_AFTER_SECONDS", 3_600)


async def four_minutes_in(at: Seat, language: str) -> None:
    for name, words in CALL[language].items():
        await at.go_to(name)
        await at.type(words)
    await at.press("tab")
    at.clock.forward(seconds=48)
    await at.press("f5")
    at.clock.forward(seconds=82)
    await at.press("f6", "f10", "2")
    at.clock.forward(seconds=142)
    await at.go_to("how")
    await at.until(lambda: "when" in at.call.form.readings and not at.call.keeping.unwritten)
    at.call.tick()
    await at.settle()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
async def test_a_call_just_opened(tmp_path: Path, size: tuple[int, int], language: str) -> None:
    async with seat(tmp_path, size=size, language=language) as at:
        compare(at.app, f"call_opened_{size[0]}x{size[1]}_{language}")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
async def test_a_call_four_minutes_in(tmp_path: Path, size: tuple[int, int], language: str) -> None:
    async with seat(tmp_path, size=size, language=language) as at:
        await four_minutes_in(at, language)
        compare(at.app, f"call_running_{size[0]}x{size[1]}_{language}")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
async def test_what_is_missing_and_the_saved_card(
    tmp_path: Path, size: tuple[int, int], language: str
) -> None:
    async with seat(tmp_path, size=size, language=language) as at:
        await four_minutes_in(at, language)
        await at.press("f7", "ctrl+s")
        await at.until(lambda: not at.call.keeping.unwritten)
        compare(at.app, f"call_missing_{size[0]}x{size[1]}_{language}")
        await at.press("ctrl+s")
        compare(at.app, f"call_saved_{size[0]}x{size[1]}_{language}")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
async def test_the_cards_over_the_call(tmp_path: Path, size: tuple[int, int], language: str) -> None:
    async with seat(tmp_path, size=size, language=language) as at:
        await four_minutes_in(at, language)
        await at.press("f10")
        compare(at.app, f"call_type_{size[0]}x{size[1]}_{language}")
        await at.press("escape", "f1")
        compare(at.app, f"call_help_{size[0]}x{size[1]}_{language}")
        await at.press("escape", "ctrl+n", "f2")
        compare(at.app, f"call_waiting_{size[0]}x{size[1]}_{language}")
        await at.press("escape", "ctrl+f")
        compare(at.app, f"call_unfolded_{size[0]}x{size[1]}_{language}")
        await at.go_to("cause")
        await at.press("down")
        await at.until(lambda: at.call.query_one(ChoiceMenu).display)
        await at.settle()
        compare(at.app, f"call_causes_{size[0]}x{size[1]}_{language}")
