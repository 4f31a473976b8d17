"""Callers in measuring: cards for the tickets of a file, and the lookup while somebody types beside bare queries."""

import json
import random
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from uuid_utils import uuid7

from _bench_table import Reading
from complaint_desk.rules.caller_keys import asked_caller, keys_of, span

if TYPE_CHECKING:
    from complaint_desk.desk.desk import Desk

_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
    "余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
_GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红梅晓虹建国志文海燕春雪佳怡浩宇欣妍子轩梓涵雨桐思远"
    "嘉豪俊凯婷雅琪慧颖倩薇"
)
_FIRST = ("John", "Mary", "Peter", "Anna", "David", "Laura")
_LAST = ("Smith", "Miller", "Brown", "Wilson", "Clark")
_AT_ONCE = 10_000
_TYPED = (
    *("13800000042", "138 0000 0042", "0042", "1380000", "zhangxiaohong", "zxh", "zh", "张", "张晓虹"),
    *("晓虹", "王芳", "zhangxiaohogn", "wangfnag", "13800000943", "张虹晓", "smith", "John Smith"),
    *("jonh smith", "li", "没有这个人"),
)
"""Whole numbers, last and first digits, pinyin, initials, characters, and typing errors."""
_ROUNDS = 12


def add_callers(path: Path, customers: int) -> None:
    """Give the tickets of a measuring file so many customers, each with a name, a number and all their keys."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA synchronous=OFF")
    statements = {
        "customer": "(row_id, id, card_id, name, names, held, last_at) VALUES (?, ?, ?, ?, ?, 0, ?)",
        "customer_number": "(number, customer) VALUES (?, ?)",
        "customer_key": "(key, customer) VALUES (?, ?)",
    }
    kept: dict[str, list[tuple[Any, ...]]] = {table: [] for table in statements}
    for card in _cards(customers):
        for table, rows in card.items():
            kept[table] += rows
        if len(kept["customer"]) == _AT_ONCE or len(kept["customer"]) == customers % _AT_ONCE:
            connection.execute("BEGIN")
            for table, into in statements.items():
                connection.executemany(f"INSERT OR IGNORE INTO {table} {into}", sorted(kept[table]))
                kept[table].clear()
            connection.execute("COMMIT")
    connection.execute(
        "UPDATE ticket SET customer_id = (SELECT id FROM customer WHERE row_id = 1 + ticket.rowid % ?)",
        (customers,),
    )
    connection.execute("ANALYZE")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def _cards(customers: int) -> Iterator[dict[str, list[tuple[Any, ...]]]]:
    chance = random.Random(20261123)
    weights = [1 / (place + 1) for place in range(len(_SURNAMES))]
    for row in range(1, customers + 1):
        if row % 20:
            name = chance.choices(_SURNAMES, weights)[0] + "".join(
                chance.choices(_GIVEN, k=chance.choice((1, 2, 2)))
            )
        else:
            name = f"{chance.choice(_FIRST)} {chance.choice(_LAST)}"
        customer, number = str(uuid7()), f"+86138{row:08d}"
        names = json.dumps([name], ensure_ascii=False)
        at = f"2026-{1 + row % 11:02d}-{1 + row % 28:02d} 02:28:00.000000"
        yield {
            "customer": [(row, customer, customer, name, names, at)],
            "customer_number": [(number, row)],
            "customer_key": [(key, row) for key in keys_of([name], [number])],
        }


def lookup(path: Path, desk: "Desk", name: str) -> Iterator[Reading]:
    """Who it may be, for everything that is typed, beside the bare spans and keys of the same index."""
    from _bench_store import in_turns

    bare = sqlite3.connect(path)
    times: list[float] = []

    def typed() -> None:
        for text in _TYPED:
            ours, _none = in_turns(lambda text=text: desk.who_is(text), lambda: None, 1, 1)  # type: ignore[misc]
            times.extend(ours)

    def asked() -> None:
        for text in _TYPED:
            _bare(bare, text)

    _ours, limit = in_turns(typed, asked, _ROUNDS, 1)
    yield Reading(
        f"who is it, each key, {name}", times[len(_TYPED) :], [one / len(_TYPED) for one in limit], None
    )
    found = desk.who_is("13800000042")[0].customer_id
    cards, none = in_turns(
        lambda: desk.caller_card(found), lambda: bare.execute(_CARD, (found,)).fetchall(), 20, 2
    )
    yield Reading(f"the caller's card, {name}", cards, none, None)
    bare.close()


_CARD = "SELECT * FROM ticket WHERE customer_id = ? ORDER BY received_at DESC LIMIT 5"
_SPAN = (
    "SELECT c.* FROM customer_key k JOIN customer c ON c.row_id = k.customer "
    "WHERE k.key >= ? AND k.key < ? LIMIT 8"
)


def _bare(connection: sqlite3.Connection, text: str) -> None:
    asked = asked_caller(text, "86")
    if asked is None:
        return
    for _by, begun in asked.begun:
        connection.execute(_SPAN, span(begun)).fetchall()
    near = list(asked.nearly())
    if near:
        marks = ",".join("?" * len(near))
        connection.execute(
            f"SELECT customer FROM customer_key WHERE key IN ({marks}) LIMIT 8", near
        ).fetchall()
