"""Makes files of many tickets for measuring: believable in size and spread, the history chained, a third open."""

import json
import random
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from uuid_utils import uuid7

from _bench_search import INTO_WORDS, RARE, RARE_WORDS, WordRows
from complaint_desk.models.enums import Act, Cause, Channel, ComplainantType, Severity, TicketStatus
from complaint_desk.models.ticket import Ticket, When
from complaint_desk.store.chain import GENESIS, canonical, event_hash, words_digest
from complaint_desk.store.engine import open_store

_OPENINGS = (
    "退款",
    "收银",
    "送货",
    "空调",
    "奶粉",
    "售后",
    "价签",
    "停车场",
    "refund",
    "delivery",
    "kettle",
    "till",
)
_SENTENCES = (
    "结账时多收了钱,小票还在手上。",
    "约了三次都没有人来,每次都让我在家等。",
    "说好昨天回电话,一直没有消息。",
    "The price on the shelf was not the price at the till.",
    "Nobody could tell me where the order is now.",
    "请你们给一个准确的时间和处理办法。",
)
_BATCH = 5_000
_TICKET = (
    '(what, caller, phone, extension, "where", who, how, remedy_wanted, id, number, version, status, store, channel, '
    "received_at, when_said, when_at, when_precision, when_doubt, cause, type, severity, safety, queue_rank, "
    "owner_id, missing, heat, next_clock, next_due_at, next_started_at, paused_until)"
)
_CLOCK = (
    "(ticket_id, position, kind, target, policy_version, started_at, due_at, met_at, met_by, recorded_late, "
    "disputed, superseded, paused_until)"
)


def make_file(path: Path, tickets: int, now: datetime) -> None:
    """Make a desk's file with so many tickets, taken over the year before `now`; a third of them open."""
    open_store(path).close()
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA synchronous=OFF")
    staff, origin = str(uuid7()), str(uuid7())
    connection.execute("INSERT INTO staff (id, name, role) VALUES (?, '陈静', 'supervisor')", (staff,))
    connection.execute("INSERT INTO origin VALUES (?, ?, NULL, NULL, 1)", (origin, _at(now)))
    words = WordRows()
    rows = _rows(tickets, now, staff, origin, words)
    statements = {
        table: f"INSERT INTO {table}{columns} VALUES ({','.join('?' * count)})"
        for table, columns, count in (
            *(("event", "", 13), ("said", "", 3), ("ticket", _TICKET, 31), ("clock", _CLOCK, 13)),
            ("search_row", "", 3),
        )
    } | {"search_words": INTO_WORDS}
    left = tickets
    while left > 0:
        kept: dict[str, list[tuple[Any, ...]]] = {table: [] for table in statements}
        for _ in range(min(_BATCH, left)):
            for table, values in next(rows).items():
                kept[table] += values
        connection.execute("BEGIN")
        kept["search_words"].sort()
        for table, values in kept.items():
            connection.executemany(statements[table], values)
        connection.execute("COMMIT")
        left -= _BATCH
    connection.execute("ANALYZE")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def _at(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")


def _rows(
    tickets: int, now: datetime, staff: str, origin: str, indexed: WordRows
) -> Iterator[dict[str, list[tuple[Any, ...]]]]:
    chance = random.Random(20261123)
    previous = GENESIS
    for seq in range(1, tickets + 1):
        ticket, event = str(uuid7()), str(uuid7())
        received = now - timedelta(seconds=chance.uniform(60, 365 * 86_400))
        is_open = chance.random() < 1 / 3
        what = chance.choice(_OPENINGS) + " " + "".join(chance.choices(_SENTENCES, k=4)) + f" {seq}"
        if seq % RARE == 0:
            what += f" {RARE_WORDS}"
        cause, kind = chance.choice(list(Cause)).value, chance.choice(list(ComplainantType)).value
        number, caller = f"S01-{received:%y%m%d}-{seq:07d}", chance.choice("王李张刘陈杨赵黄周吴") + "女士"
        phone = f"+86138{seq:08d}"
        due = {"admit": timedelta(hours=24), "own": timedelta(hours=48), "solve": timedelta(days=30)}
        clocks = [
            (
                ticket,
                place,
                name,
                target,
                1,
                _at(received),
                _at(received + length),
                met,
                event if met else None,
                0,
                0,
                0,
                None,
            )
            for place, (name, length) in enumerate(due.items())
            for target in (f"{int(length.total_seconds() // 3600)}h",)
            for met in (None if is_open and name == "solve" else _at(received + length / 2),)
        ]
        words = canonical({"what": what, "caller": caller})
        salt = seq.to_bytes(16, "big")
        set_by_it: dict[str, Any] = {
            "id": event,
            "origin": origin,
            "seq": seq,
            "ticket_id": ticket,
            "act": Act.RECEIVED.value,
            "schema_version": 1,
            "happened_at": received,
            "recorded_at": received,
            "by": staff,
            "fields": canonical({"number": number, "cause": cause, "type": kind, "owner": staff}),
            "words_digest": words_digest(salt, words),
            "previous_hash": previous,
        }
        previous = event_hash(**set_by_it)
        times = {"happened_at": _at(received), "recorded_at": _at(received)}
        severity = 4 if chance.random() < 0.001 else 2
        yield {
            "event": [(*(set_by_it | times).values(), previous)],
            "said": [(event, salt, words)],
            "ticket": [
                (
                    *(what, caller, phone, None, "南山店", None, None, "退款"),
                    *(
                        ticket,
                        number,
                        1,
                        "open" if is_open else "resolved",
                        "S01",
                        Channel.PHONE.value,
                        _at(received),
                    ),
                    *(
                        "昨天",
                        _at(received),
                        "day",
                        None,
                        cause,
                        kind,
                        severity,
                        "",
                        0 if severity == 4 else 1,
                    ),
                    *(staff, "who how", json.dumps({"hear": received.isoformat()})),
                    *(("solve", _at(received + due["solve"]), _at(received)) if is_open else (None,) * 3),
                    None,
                )
            ],
            "clock": clocks,
            **indexed.of(
                Ticket(
                    id=ticket,
                    number=number,
                    version=1,
                    status=TicketStatus.OPEN if is_open else TicketStatus.RESOLVED,
                    store="S01",
                    channel=Channel.PHONE,
                    received_at=received,
                    what=what,
                    caller=caller,
                    phone=phone,
                    where="南山店",
                    remedy_wanted="退款",
                    when=When("昨天"),
                    cause=Cause(cause),
                    type=ComplainantType(kind),
                    severity=Severity(severity),
                    owner_id=staff,
                )
            ),
        }
