"""An import in measuring: a legacy file of many lines, beside bare sqlite3 writing the same rows of every table."""

import csv
import random
import sqlite3
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from _bench_search import INTO_WORDS
from _bench_table import Reading
from complaint_desk.desk.desk import Desk
from complaint_desk.rules.lifecycle import fold
from complaint_desk.rules.search_document import document
from complaint_desk.settings import Settings
from complaint_desk.store import history
from complaint_desk.store.engine import open_store

LINES = 10_000
_BATCH = 250
_WHAT = (
    "结账多收了两瓶酱油的钱，一共多扣38元。小票在手上，系统里显示是扫了两次。",
    "新买的电饭煲用了三天就跳闸，客服让等厂家，等了一个星期没人回电话。",
    "The kettle leaked after two days and the clerk said to come back with the box.",
    "停车场出口的道闸坏了，排了四十分钟，收费员态度很差，还说不满意就别来。",
)
_NAMES = ("王芳", "李敏", "张伟", "刘洋", "陈静", "赵婷", "周建国", "Margaret Hughes")
_TABLES = (
    *("origin", "staff", "event", "said", "counter", "customer", "customer_number", "customer_key"),
    *("ticket", "clock", "search_row"),
)


def legacy_file(path: Path, lines: int) -> None:
    """A table as another program would write it."""
    chance = random.Random(7)
    begin = datetime(2018, 1, 2, 8, tzinfo=UTC)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["单号", "投诉内容", "受理时间", "姓名", "电话", "渠道", "状态", "地点", "备忘"])
        for number in range(lines):
            at = begin + timedelta(minutes=37 * number)
            writer.writerow(
                [
                    f"T{number}",
                    f"{chance.choice(_WHAT)} ({number})",
                    f"{at:%Y-%m-%d %H:%M}",
                    chance.choice(_NAMES),
                    f"138{chance.randrange(10**8):08d}",
                    chance.choice(("电话", "微信", "到店")),
                    chance.choice(("已解决", "处理中", "已关闭")),
                    chance.choice(("南山店", "福田店")),
                    f"转后勤 {number % 40}",
                ]
            )


def bring_in(folder: Path, lines: int = LINES) -> Iterator[Reading]:
    """A line of an import, its reading and its tokens included, beside writing the rows that it makes."""
    path = folder / "legacy.csv"
    legacy_file(path, lines)
    settings = Settings(db=str(folder / "imported.db"), store_code="S01")
    desk = Desk.open(settings, as_name="陈静", back_up=False)
    begun = time.perf_counter()
    counts = desk.bring_in(desk.plan_import(path))
    ours = (time.perf_counter() - begun) / counts.new
    held = _documents(desk)
    desk.close()
    limit = _bare(folder, held) / counts.new
    yield Reading(f"import of {lines:,} lines, a line", [ours], [limit], 1 / 0.3)


def _documents(desk: Desk) -> dict[str, Any]:
    """The tokens of every ticket, ready to be written."""
    with desk.store.reading() as connection:
        ids = connection.exec_driver_sql("SELECT ticket_id FROM search_row").scalars().all()
        return {one: document(fold(history.events_of(connection, one), {})) for one in ids}


def _bare(folder: Path, held: dict[str, Any]) -> float:
    """How many seconds bare sqlite3 takes for the same rows of every table, in batches of the same size."""
    source = sqlite3.connect(folder / "imported.db")
    target = folder / "bare.db"
    open_store(target).close()
    bare = sqlite3.connect(target, isolation_level=None)
    for pragma in ("synchronous=FULL", "foreign_keys=ON", "busy_timeout=5000"):
        bare.execute(f"PRAGMA {pragma}")
    kept = {row[0] for row in source.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    rows = {name: source.execute(f'SELECT * FROM "{name}"').fetchall() for name in _TABLES if name in kept}
    words = [(row[0], *held[row[1]]) for row in rows["search_row"]]
    batches = -(-len(words) // _BATCH)
    waiting = {name: iter(found) for name, found in rows.items()}
    size = {name: -(-len(found) // batches) for name, found in rows.items()}
    tokens = iter(words)
    begun = time.perf_counter()
    bare.execute("PRAGMA foreign_keys=OFF")
    for _batch in range(batches):
        bare.execute("BEGIN IMMEDIATE")
        for name, found in waiting.items():
            some = list(islice(found, size[name]))
            if some:
                bare.executemany(
                    f'INSERT OR REPLACE INTO "{name}" VALUES ({",".join("?" * len(some[0]))})', some
                )
        bare.executemany(INTO_WORDS, list(islice(tokens, _BATCH)))
        bare.execute("COMMIT")
    return time.perf_counter() - begun
