"""For the tests of the queue and the ticket: a desk with a few tickets whose clocks stand as a test needs them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from complaint_desk.desk.desk import Desk
from complaint_desk.models.enums import HeatStep
from complaint_desk.models.forms import ComplaintForm
from complaint_desk.models.ticket import Ticket
from complaint_desk.settings import Settings
from tests.screens.seat import MONDAY_MORNING, FrozenClock

HOSTILE = (
    "[/] [@click=app.quit]x[/] \x1b[2J\x1b]0;owned\x07 [link=http://x]y \u202eevil '); DROP TABLE ticket;-- "
)


@contextmanager
def desk_at(folder: Path, *, as_name: str = "chen", clock: FrozenClock | None = None) -> Iterator[Desk]:
    """The desk of a test's folder, as another seat sees it."""
    settings = Settings(db=str(folder / "desk.db"), store_code="S01")
    desk = Desk.open(settings, as_name=as_name, clock=clock or FrozenClock())
    try:
        yield desk
    finally:
        desk.close()


def take(
    desk: Desk, *, hours_ago: float, what: str = "Charged twice for soy sauce", **told: str | None
) -> Ticket:
    """A complaint received so many hours before now."""
    received = desk.clock() - timedelta(hours=hours_ago)
    form = ComplaintForm.model_validate({"what": what, **told})
    return desk.register(form, received_at=received)


def take_a_few(folder: Path) -> list[str]:
    """Five tickets: flagged, late, soon due, and two with time; their numbers in the queue's order."""
    with desk_at(folder) as desk:
        flagged = take(
            desk,
            hours_ago=3,
            what="孩子喝了过期的酸奶,上吐下泻,昨晚去医院挂了急诊",
            caller="赵婷",
            phone="13622223333",
            type="rational",
            cause="goods_expired_or_damaged",
            remedy_wanted="医药费,还有一个说法",
        )
        late = take(
            desk, hours_ago=26, caller="周建国", type="negotiator", cause="goods_quality", what="电饭煲跳闸"
        )
        soon = take(desk, hours_ago=23, caller="Margaret Hughes", type="victim", cause="service_attitude")
        early = take(desk, hours_ago=2, caller=None, phone="10086", what="停车场的灯坏了")
        acted = desk.register(
            ComplaintForm(
                what="Charged twice for two bottles of soy sauce, 38 yuan too much.\nHas the receipt.",
                caller="Wang Fang",
                phone="138 0013 8000 转801",
                when="yesterday 3pm",
                where="Nanshan store, till 2",
                who="cashier Xiao Li",
                how="Was told the system is right and to check at home",
                remedy_wanted="money back and an apology",
                cause="cashier_error",
                type="rational",
            ),
            received_at=desk.clock() - timedelta(hours=1),
            heat={HeatStep.HEAR: desk.clock() - timedelta(minutes=58)},
        )
        return [ticket.number for ticket in (flagged, late, soon, early, acted)]


def fill_with(folder: Path, count: int) -> None:
    """So many open tickets, one a minute, in the table that the queue reads, copied from one real ticket."""
    with desk_at(folder) as desk:
        ticket = take(desk, hours_ago=1)
        with desk.store.writing() as connection:
            columns = [row[1] for row in connection.exec_driver_sql("PRAGMA table_info(ticket)")]
            copied = {
                "id": "printf('copy-%09d', n)",
                "number": "printf('S01-261101-%06d', n)",
                "next_due_at": "datetime('2026-11-20', '+' || n || ' minutes') || '.000000'",
                "what": "'What was told in call ' || n",
            }
            chosen = ", ".join(copied.get(name, f'ticket."{name}"') for name in columns)
            names = ", ".join(f'"{name}"' for name in columns)
            connection.exec_driver_sql(
                f"WITH RECURSIVE count(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM count WHERE n < {count}) "
                f"INSERT INTO ticket ({names}) SELECT {chosen} FROM ticket, count WHERE ticket.number = ?",
                (ticket.number,),
            )


def monday() -> datetime:
    """The moment at which the tests' clock stands."""
    return MONDAY_MORNING
