"""PINs: none asked for where none was set; waits and locks that a restart does not end; a forgotten one is reset."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from complaint_desk.models.enums import Act, Role
from complaint_desk.models.errors import (
    ActNotAllowed,
    FieldRefused,
    NotPermitted,
    NotSignedIn,
    SignInRefused,
)
from tests.support import FrozenClock, complaint

PIN, OTHER = "482913", "blue kettle on the shelf"


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Real argon2 hashes that cost little."""
    from argon2 import PasswordHasher

    from complaint_desk.desk.staff import secrets

    monkeypatch.setattr(secrets, "_hasher", lambda: PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def guarded_desk(desk: Any) -> Any:
    """陈静 leads the staff and has a PIN; 李娜 and 赵强 are agents without one."""
    for name in ("李娜", "赵强"):
        desk.join(name, Role.AGENT)
    desk.set_pin(PIN)
    return desk


def acts_of(desk: Any) -> list[str]:
    with desk.store.reading() as connection:
        return list(connection.exec_driver_sql("SELECT act FROM event ORDER BY seq").scalars())


def wrong(desk: Any, name: str, times: int) -> list[str]:
    said = []
    for _time in range(times):
        with pytest.raises(SignInRefused) as refused:
            desk.sign_in(name, "999111")
        said.append(str(refused.value))
    return said


def test_where_nobody_has_a_pin_nobody_is_asked_for_one(desk: Any, open_desk: Callable[..., Any]) -> None:
    desk.register(complaint())
    other = open_desk("李娜")
    assert other.register(complaint()).owner == "李娜"
    assert not other.asks_for_pin()
    assert other.may_go_on()


def test_once_a_supervisor_has_a_pin_nothing_works_unsigned(
    guarded_desk: Any, open_desk: Callable[..., Any]
) -> None:
    number = guarded_desk.register(complaint()).number
    other = open_desk("陈静")
    assert other.asks_for_pin()
    assert not other.may_go_on()
    for verb, arguments in (
        (other.register, (complaint(),)),
        (other.queue, ()),
        (other.ticket, (number,)),
        (other.act, (number, Act.NOTED, "x")),
        (other.take_seat, ()),
    ):
        with pytest.raises(NotSignedIn):
            verb(*arguments)
    assert other.sign_in("陈静", PIN).role is Role.SUPERVISOR
    assert other.ticket(number).number == number
    other.sign_out()
    with pytest.raises(NotSignedIn):
        other.queue()


def test_a_name_nobody_knows_does_not_join_a_desk_with_pins(
    guarded_desk: Any, open_desk: Callable[..., Any]
) -> None:
    stranger = open_desk("路人")
    with pytest.raises(NotSignedIn):
        stranger.register(complaint())
    with pytest.raises(ActNotAllowed, match="Nobody called"):
        stranger.sign_in("路人", PIN)


def test_the_first_pin_is_a_supervisors_so_that_nobody_is_shut_out(
    desk: Any, open_desk: Callable[..., Any]
) -> None:
    desk.take_seat()
    with pytest.raises(NotPermitted):
        open_desk("李娜").set_pin(PIN)
    assert not desk.asks_for_pin()


def test_a_seat_open_at_another_place_asks_as_soon_as_it_looks(
    desk: Any, open_desk: Callable[..., Any]
) -> None:
    desk.take_seat()
    other = open_desk("李娜")
    other.queue()
    desk.set_pin(PIN)
    other.changes_seen()
    with pytest.raises(NotSignedIn):
        other.queue()
    with pytest.raises(NotSignedIn):
        open_desk("陈静").register(complaint())


def test_a_weak_pin_is_refused_with_a_sentence_and_changes_nothing(desk: Any) -> None:
    desk.take_seat()
    for weak in ("123456", "777777", "12345", "short one"):
        with pytest.raises(FieldRefused, match="Nothing was changed") as refused:
            desk.set_pin(weak)
        assert weak not in str(refused.value)
    assert not desk.asks_for_pin()


def test_another_pin_is_chosen_with_the_old_one(guarded_desk: Any, open_desk: Callable[..., Any]) -> None:
    with pytest.raises(SignInRefused):
        guarded_desk.set_pin(OTHER, "482914")
    guarded_desk.set_pin(OTHER, PIN)
    assert guarded_desk.queue() == ()
    with pytest.raises(SignInRefused):
        open_desk("x").sign_in("陈静", PIN)
    assert open_desk("x").sign_in("陈静", " BLUE kettle on the shelf".lower()).name == "陈静"


def test_the_wait_grows_and_a_restart_does_not_end_it(
    guarded_desk: Any, open_desk: Callable[..., Any], clock: FrozenClock
) -> None:
    said = wrong(guarded_desk, "陈静", 3)
    assert "Try again." in said[0]
    assert "5 seconds" in said[2]
    guarded_desk.close()
    again = open_desk("陈静")
    with pytest.raises(SignInRefused, match="Too many"):
        again.sign_in("陈静", PIN)
    clock.forward(seconds=5)
    assert again.sign_in("陈静", PIN).name == "陈静"
    assert "Try again." in wrong(again, "陈静", 1)[0]


def test_eight_wrong_pins_lock_for_a_day_and_the_lock_is_in_the_history(
    guarded_desk: Any, open_desk: Callable[..., Any], clock: FrozenClock
) -> None:
    for _time in range(8):
        clock.forward(hours=1)
        said = wrong(guarded_desk, "陈静", 1)
    assert "until 2026-11-24 18:28" in said[0]
    assert acts_of(guarded_desk).count("sign_in_locked") == 1
    clock.forward(hours=23)
    with pytest.raises(SignInRefused, match="Too many"):
        open_desk("陈静").sign_in("陈静", PIN)
    clock.forward(hours=1)
    assert open_desk("陈静").sign_in("陈静", PIN)


def test_a_clock_set_back_after_wrong_pins_shuts_nobody_out_for_longer_than_the_wait(
    guarded_desk: Any, clock: FrozenClock
) -> None:
    clock.forward(days=300)
    wrong(guarded_desk, "陈静", 3)
    clock.forward(days=-300)
    with pytest.raises(SignInRefused, match="5 seconds"):
        guarded_desk.sign_in("陈静", PIN)
    clock.forward(seconds=5)
    assert guarded_desk.sign_in("陈静", PIN)


def test_an_attempt_counts_before_it_is_looked_at(
    guarded_desk: Any, open_desk: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after a cut of the power in the very moment of comparing."""
    from complaint_desk.desk.staff import secrets

    def cut(kept: str, typed: str) -> bool:
        raise KeyboardInterrupt

    with monkeypatch.context() as powerless:
        powerless.setattr(secrets, "fits", cut)
        for _time in range(3):
            with pytest.raises(KeyboardInterrupt):
                guarded_desk.sign_in("陈静", "111222")
    with pytest.raises(SignInRefused, match="Too many"):
        open_desk("陈静").sign_in("陈静", PIN)


def test_a_forgotten_pin_is_reset_by_a_supervisor_and_the_person_chooses_anew(
    guarded_desk: Any, open_desk: Callable[..., Any]
) -> None:
    agent = open_desk("李娜")
    with pytest.raises(ActNotAllowed, match="no PIN yet"):
        agent.sign_in("李娜", "")
    given = guarded_desk.reset_pin("李娜")
    assert agent.sign_in("李娜", given).one_time
    assert not agent.may_go_on()
    with pytest.raises(NotSignedIn, match="of your own"):
        agent.queue()
    agent.set_pin(OTHER, given)
    assert agent.register(complaint()).owner == "李娜"
    wrong(agent, "李娜", 3)
    again = guarded_desk.reset_pin("李娜")
    assert agent.sign_in("李娜", again).one_time
    agent.set_pin(PIN, again)
    with pytest.raises(NotPermitted):
        agent.reset_pin("赵强")


def test_a_supervisor_does_not_take_the_pin_of_somebody_higher(
    guarded_desk: Any, open_desk: Callable[..., Any]
) -> None:
    guarded_desk.join("王敏", Role.MANAGER)
    manager = open_desk("王敏")
    given = guarded_desk.reset_pin("王敏")
    manager.sign_in("王敏", given)
    manager.set_pin(OTHER, given)
    for verb, arguments in (
        (guarded_desk.reset_pin, ("王敏",)),
        (guarded_desk.change_role, ("王敏", Role.AGENT)),
        (guarded_desk.change_role, ("李娜", Role.ADMINISTRATOR)),
        (guarded_desk.join, ("新人", Role.MANAGER)),
        (guarded_desk.leave, ("王敏",)),
        (guarded_desk.remove_pins, ()),
    ):
        with pytest.raises(NotPermitted):
            verb(*arguments)
    assert manager.change_role("陈静", Role.AGENT).role is Role.AGENT


def test_the_recovery_code_lets_the_last_supervisor_in_once(
    guarded_desk: Any, open_desk: Callable[..., Any], clock: FrozenClock
) -> None:
    code = guarded_desk.make_recovery_code()
    for _time in range(8):
        clock.forward(hours=1)
        wrong(guarded_desk, "陈静", 1)
    locked_out = open_desk("陈静")
    with pytest.raises(SignInRefused, match="not the recovery code"):
        locked_out.recover("陈静", "00000-00000-00000-00000", OTHER)
    with pytest.raises(FieldRefused):
        locked_out.recover("陈静", code, "123456")
    following = locked_out.recover("陈静", code.lower().replace("-", " "), OTHER)
    assert following != code
    assert locked_out.queue() == ()
    with pytest.raises(SignInRefused):
        open_desk("x").recover("陈静", code, PIN)
    assert open_desk("x").sign_in("陈静", OTHER)


def test_wrong_recovery_codes_make_one_wait_too(guarded_desk: Any, open_desk: Callable[..., Any]) -> None:
    code = guarded_desk.make_recovery_code()
    desk = open_desk("x")
    for _time in range(3):
        with pytest.raises(SignInRefused):
            desk.recover("陈静", "nothing", OTHER)
    with pytest.raises(SignInRefused, match="Too many"):
        desk.recover("陈静", code, OTHER)


def test_who_leaves_is_signed_out_everywhere_and_stays_in_the_history(
    guarded_desk: Any, open_desk: Callable[..., Any]
) -> None:
    given = guarded_desk.reset_pin("李娜")
    agent = open_desk("李娜")
    agent.sign_in("李娜", given)
    agent.set_pin(OTHER, given)
    number = agent.register(complaint()).number
    assert guarded_desk.leave("李娜") == 1
    with pytest.raises(ActNotAllowed, match="no more"):
        agent.register(complaint())
    with pytest.raises(ActNotAllowed):
        agent.sign_in("李娜", OTHER)
    assert guarded_desk.ticket(number).owner == "李娜"
    assert [member.name for member in guarded_desk.everybody()] == ["赵强", "陈静"]
    with pytest.raises(FieldRefused, match="Nobody called"):
        guarded_desk.assign(number, "李娜")
    assert guarded_desk.join("李娜", Role.SUPERVISOR).role is Role.SUPERVISOR


def test_somebody_always_leads_the_staff(desk: Any) -> None:
    desk.take_seat()
    desk.join("李娜", Role.AGENT)
    for verb, arguments in ((desk.leave, ("陈静",)), (desk.change_role, ("陈静", Role.AGENT))):
        with pytest.raises(ActNotAllowed, match="Nobody else leads"):
            verb(*arguments)
    desk.join("王敏", Role.MANAGER)
    desk.leave("陈静")
    assert [member.name for member in desk.everybody()] == ["李娜", "王敏"]


def test_pins_can_be_given_up_again(guarded_desk: Any, open_desk: Callable[..., Any]) -> None:
    guarded_desk.make_recovery_code()
    guarded_desk.remove_pins()
    assert not open_desk("李娜").asks_for_pin()
    assert open_desk("李娜").register(complaint()).owner == "李娜"


def test_acts_of_the_staff_are_in_the_history_and_no_secret_is_anywhere_in_the_file(
    guarded_desk: Any, file: Path
) -> None:
    code = guarded_desk.make_recovery_code()
    given = guarded_desk.reset_pin("李娜")
    guarded_desk.change_role("赵强", Role.SUPERVISOR)
    guarded_desk.leave("赵强")
    wrong(guarded_desk, "陈静", 2)
    guarded_desk.close()
    for part in (file, file.with_name(file.name + "-wal")):
        content = part.read_bytes() if part.exists() else b""
        for secret in (PIN, code, code.replace("-", ""), given):
            assert secret.encode() not in content
    connection = sqlite3.connect(file)
    acts = [act for (act,) in connection.execute("SELECT act FROM event ORDER BY seq")]
    connection.close()
    assert acts == [
        *("staff_joined", "staff_joined", "staff_joined", "pin_set", "recovery_code_made", "pin_reset"),
        *("staff_role", "staff_left"),
    ]


def test_the_history_with_acts_of_the_staff_is_sound(guarded_desk: Any) -> None:
    guarded_desk.reset_pin("李娜")
    guarded_desk.change_role("李娜", Role.SUPERVISOR)
    guarded_desk.leave("李娜")
    assert guarded_desk.check() == []


def test_a_role_changed_behind_the_desk_is_named_by_the_check_and_mended(
    guarded_desk: Any, file: Path
) -> None:
    guarded_desk.leave("赵强")
    connection = sqlite3.connect(file)
    connection.execute("UPDATE staff SET role = 'administrator' WHERE name = '李娜'")
    connection.execute("UPDATE staff SET left_at = NULL WHERE name = '赵强'")
    connection.commit()
    connection.close()
    faults = guarded_desk.check()
    assert [(fault.kind.value, fault.about) for fault in faults] == [
        ("staff_differs", "李娜"),
        ("staff_differs", "赵强"),
    ]
    guarded_desk.rebuild()
    assert guarded_desk.check() == []
    assert [(member.name, member.role) for member in guarded_desk.everybody()] == [
        ("李娜", Role.AGENT),
        ("陈静", Role.SUPERVISOR),
    ]
