"""The table of permissions is what the desk does: every verb as every role, signed in or not, masked or not."""

import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from complaint_desk.desk.desk import Desk
from complaint_desk.desk.staff.guard import public_verbs
from complaint_desk.desk.staff.permissions import HOLDERS, VERBS, Right, may
from complaint_desk.models.enums import Act, Role, Severity
from complaint_desk.models.errors import ActNotAllowed, DeskError, NotPermitted, NotSignedIn
from complaint_desk.settings import Settings
from complaint_desk.store.engine import open_store
from tests.desk.verb_calls import CALLS, WITH_PINS, Case
from tests.support import EVERY_WORD, FrozenClock, complaint

NAMES = {
    Role.AGENT: "李娜",
    Role.SUPERVISOR: "陈静",
    Role.MANAGER: "林总",
    Role.ADMINISTRATOR: "管理",
}
PIN = "482913"
HIDDEN = ("王芳", "138000", "1380013")


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Real argon2 hashes that cost little."""
    from argon2 import PasswordHasher

    from complaint_desk.desk.staff import secrets

    monkeypatch.setattr(secrets, "_hasher", lambda: PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture(scope="module")
def staffed_file(empty_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file in which somebody works in each role, each with a ticket, and 赵强, an agent, with one of 王芳."""
    path = tmp_path_factory.mktemp("staffed") / "desk.db"
    shutil.copyfile(empty_file, path)
    seats = {name: seat_at(path, name, FrozenClock()) for name in (*NAMES.values(), "赵强", "王敏")}
    seats["陈静"].take_seat()
    for role, name in (*NAMES.items(), (Role.AGENT, "赵强"), (Role.MANAGER, "王敏")):
        if name != "陈静":
            seats["陈静"].join(name, role)
    for name in NAMES.values():
        seats[name].register(complaint("灯坏了", caller="李敏", phone="13911113333"))
    seats["赵强"].register(complaint(**EVERY_WORD))
    for seat in seats.values():
        seat.close()
    return path


def seat_at(path: Path, name: str, clock: FrozenClock, **settings: Any) -> Any:
    """A seat at this file, without the backup that opening the desk makes."""
    return Desk(open_store(path), clock, Settings(db=str(path), store_code="S01", **settings), name)


@pytest.fixture
def case_of(
    staffed_file: Path, tmp_path: Path, clock: FrozenClock, no_settings: None
) -> Iterator[Callable[..., Case]]:
    """A seat of somebody in this role, beside those of colleagues; with what settings."""
    path = tmp_path / "desk.db"
    opened: list[Any] = []
    shutil.copyfile(staffed_file, path)

    def make(role: Role, **settings: Any) -> Case:
        seat = seat_at(path, NAMES[role], clock, **settings)
        colleague, leader = (seat_at(path, name, clock) for name in ("赵强", "王敏"))
        opened.extend((seat, colleague, leader))
        own = f"S01-261123-{list(NAMES).index(role) + 1:03}"
        return Case(seat, colleague, leader, own, "S01-261123-005", tmp_path, clock)

    yield make
    for seat in opened:
        seat.close()


def written(case: Case) -> int:
    return int(case.leader.changes_seen())


def test_every_verb_stands_in_the_table_and_every_line_of_it_is_a_verb() -> None:
    assert set(VERBS) == set(public_verbs(Desk))


def test_every_verb_is_called_by_these_tests() -> None:
    assert {*CALLS, *WITH_PINS} == set(VERBS)


def test_every_right_is_held_by_somebody_and_asked_for_somewhere() -> None:
    assert set(HOLDERS) == set(Right)
    assert all(HOLDERS[right] for right in Right)
    within = {Right.REASSIGN, Right.CONFIRM, Right.LESSEN, Right.SEE_CALLERS}
    assert set(VERBS.values()) == set(Right) - within


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("verb", sorted(CALLS))
def test_a_verb_is_open_to_the_roles_that_hold_its_right_and_to_no_others(
    case_of: Callable[..., Case], verb: str, role: Role
) -> None:
    case = case_of(role)
    call = CALLS[verb](case)
    before = written(case)
    if (verb, role) in _NO_AUTHORITY:
        with pytest.raises(ActNotAllowed, match="beyond your own authority"):
            call()
    elif may(role, VERBS[verb]):
        call()
        return
    else:
        with pytest.raises(NotPermitted, match="Nothing was changed"):
            call()
    assert written(case) == before


_NO_AUTHORITY = {("approve_remedy", Role.ADMINISTRATOR)}
"""The store's rules give who looks after the PC no authority over money, unless they are changed."""


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("verb", sorted(WITH_PINS))
def test_verbs_of_pins_are_open_to_the_roles_that_hold_their_right(
    case_of: Callable[..., Case], verb: str, role: Role
) -> None:
    case = case_of(role)
    case.leader.set_pin(PIN)
    given = case.leader.reset_pin(NAMES[role])
    case.desk.sign_in(NAMES[role], given)
    case.desk.set_pin(PIN, given)
    if verb == "remove_pins" and role is Role.SUPERVISOR:
        case.leader.change_role("王敏", Role.SUPERVISOR)
    call = WITH_PINS[verb](case)
    before = written(case)
    if may(role, VERBS[verb]):
        call()
        return
    with pytest.raises(NotPermitted):
        call()
    assert written(case) == before


@pytest.mark.parametrize("verb", sorted(CALLS))
def test_where_pins_are_asked_for_nothing_but_what_is_open_to_all_works_unsigned(
    case_of: Callable[..., Case], verb: str
) -> None:
    case = case_of(Role.SUPERVISOR)
    call = CALLS[verb](case)
    case.leader.set_pin(PIN)
    case.desk.changes_seen()
    before = written(case)
    if verb == "sign_in":
        with pytest.raises(ActNotAllowed, match="has no PIN yet"):
            call()
    elif VERBS[verb] is Right.ENTER:
        call()
    else:
        with pytest.raises(NotSignedIn):
            call()
    assert written(case) == before


_TELLS_ON_PURPOSE = {"see_caller", "see_customer", "promises"}
"""What is there to tell; and who is to keep a promise must know to whom."""


@pytest.mark.parametrize(
    "verb", sorted(verb for verb in CALLS.keys() - _TELLS_ON_PURPOSE if VERBS[verb] is not Right.ENTER)
)
def test_no_verb_tells_an_agent_who_the_caller_of_a_colleague_is(
    case_of: Callable[..., Case], verb: str
) -> None:
    case = case_of(Role.AGENT, mask_customers=True)
    case.own = case.foreign
    try:
        told = repr(CALLS[verb](case)())
    except DeskError as error:
        told = str(error)
    assert not [hidden for hidden in HIDDEN if hidden in told.replace(" ", "")]


# What a verb asks for where it knows the ticket


@pytest.mark.parametrize("role", list(Role))
def test_what_a_colleague_owns_is_moved_by_those_who_may_reassign(
    case_of: Callable[..., Case], role: Role
) -> None:
    case = case_of(role)
    if may(role, Right.REASSIGN):
        assert case.desk.take(case.foreign).owner == NAMES[role]
    else:
        with pytest.raises(NotPermitted):
            case.desk.take(case.foreign)


@pytest.mark.parametrize("role", list(Role))
def test_a_grave_matter_is_made_less_grave_by_those_who_may(case_of: Callable[..., Case], role: Role) -> None:
    case = case_of(role)
    case.desk.change_severity(case.own, Severity.GRAVE, "a child was hurt")
    if may(role, Right.LESSEN):
        assert case.desk.change_severity(case.own, Severity.SERIOUS, "a scratch").severity is Severity.SERIOUS
    else:
        with pytest.raises(NotPermitted):
            case.desk.change_severity(case.own, Severity.SERIOUS, "a scratch")


@pytest.mark.parametrize("role", list(Role))
def test_a_disputed_act_is_confirmed_by_those_who_may(case_of: Callable[..., Case], role: Role) -> None:
    case = case_of(role)
    case.clock.forward(hours=30)
    rang = case.clock() - timedelta(hours=10)
    assert case.desk.act(case.own, Act.ACKNOWLEDGED, "rang in time", happened_at=rang).clocks[0].disputed
    if may(role, Right.CONFIRM):
        assert not case.desk.act(case.own, Act.CONFIRMED, "").clocks[0].disputed
    else:
        with pytest.raises(NotPermitted):
            case.desk.act(case.own, Act.CONFIRMED, "")


@pytest.mark.parametrize("role", list(Role))
def test_who_may_not_see_all_customers_sees_a_colleagues_caller_masked(
    case_of: Callable[..., Case], role: Role
) -> None:
    case = case_of(role, mask_customers=True)
    shown = case.desk.ticket(case.foreign).caller
    assert shown == ("王芳" if may(role, Right.SEE_CALLERS) else "王**")
