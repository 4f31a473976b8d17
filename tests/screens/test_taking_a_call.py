"""A call from ring to ticket, by keys alone."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from complaint_desk.models.draft import FORM_FIELDS
from complaint_desk.models.enums import Act, Cause, Channel, ClockKind, ComplainantType, HeatStep
from complaint_desk.models.errors import StoreFault
from complaint_desk.models.ticket import Ticket
from complaint_desk.screens.saved_card import SavedCard
from complaint_desk.screens.type_choice import TypeChoice
from complaint_desk.widgets.choice_menu import ChoiceMenu
from tests.screens.seat import MONDAY_MORNING, FrozenClock, Seat, seat

TOLD = {
    "phone": "13800138000",
    "caller": "王芳",
    "when": "昨天下午3点",
    "where": "南山店 收银台2号",
    "who": "收银员小李",
    "what": "结账多收了两瓶酱油的钱\n一共多扣38元",
    "how": "当场说系统没错",
    "remedy_wanted": "退款,给个说法",
    "cause": "b3",
}


async def tell_everything(at: Seat) -> None:
    for words in TOLD.values():
        await at.type(words)
        await at.press("tab")


def saved(at: Seat) -> Ticket:
    card = at.app.screen
    assert isinstance(card, SavedCard), at.notice
    return card.ticket


async def test_tab_goes_through_the_fields_in_the_order_of_the_call(tmp_path: Path) -> None:
    order = [name for name in FORM_FIELDS if name != "received_at"]
    for size in ((80, 24), (120, 40)):
        async with seat(tmp_path, size=size) as at:
            visited = []
            for _name in order:
                assert at.app.focused is not None
                visited.append(at.app.focused.name)
                await at.pilot.press("tab")
            assert visited == order
            assert at.app.focused is not None
            assert at.app.focused.name == "phone"


async def test_a_whole_call_typed_by_keys_becomes_a_ticket(tmp_path: Path) -> None:
    async with seat(tmp_path, language="zh_CN") as at:
        await tell_everything(at)
        await at.press("f5", "f6", "f10", "2")
        at.clock.forward(minutes=4)
        await at.press("ctrl+s")
        ticket = saved(at)
        assert ticket.caller == "王芳"
        assert ticket.phone == "+8613800138000"
        assert ticket.what == TOLD["what"]
        assert ticket.when is not None
        assert ticket.when.said == "昨天下午3点"
        assert ticket.when.precision == "hour"
        assert ticket.cause is Cause.CASHIER_ERROR
        assert ticket.channel is Channel.PHONE
        assert ticket.type is ComplainantType.RATIONAL
        assert set(ticket.heat) == {HeatStep.HEAR, HeatStep.EMPATHISE}
        assert ticket.missing == ()
        assert at.app.desk is not None
        assert at.app.desk.ticket(ticket.number) == ticket


async def test_receipt_is_when_the_call_was_opened_not_when_it_was_saved(tmp_path: Path) -> None:
    async with seat(tmp_path) as at:
        await tell_everything(at)
        at.clock.forward(minutes=20)
        await at.press("ctrl+s")
        assert saved(at).received_at == MONDAY_MORNING


async def test_what_is_missing_is_named_the_cursor_goes_there_and_a_second_press_saves(
    tmp_path: Path,
) -> None:
    async with seat(tmp_path) as at:
        await at.go_to("what")
        await at.type("charged twice")
        await at.press("ctrl+s")
        assert not isinstance(at.app.screen, SavedCard)
        for name in ("Phone", "Name", "When", "Where", "Who", "How", "Wants", "Cause"):
            assert name in at.notice
        assert at.app.focused is at.call.form.fields["phone"]
        assert at.call.form.marks["where"].sign == "!"
        await at.press("ctrl+s")
        assert "where" in saved(at).missing


async def test_what_alone_must_be_there(tmp_path: Path) -> None:
    async with seat(tmp_path) as at:
        await at.type("13800138000")
        for _press in range(3):
            await at.press("ctrl+s")
            assert "What is needed" in at.notice
        assert at.app.focused is at.call.form.fields["what"]
        assert not (at.app.desk and at.app.desk.queue(1))


async def test_a_time_that_cannot_be_read_is_flagged_kept_as_spoken_and_never_refused(tmp_path: Path) -> None:
    async with seat(tmp_path) as at:
        for name, words in TOLD.items():
            await at.go_to(name)
            await at.type("when the moon was high" if name == "when" else words)
        await at.press("ctrl+s")
        assert "When cannot be read" in at.notice
        assert at.app.focused is at.call.form.fields["when"]
        assert at.call.form.readings["when"].doubtful
        await at.press("ctrl+s")
        when = saved(at).when
        assert when is not None
        assert (when.said, when.at, when.doubt) == ("when the moon was high", None, "unreadable")


async def test_a_time_after_receipt_is_questioned(tmp_path: Path) -> None:
    async with seat(tmp_path) as at:
        await at.go_to("when")
        await at.type("2026-11-25 15:30")
        await at.until(lambda: "when" in at.call.form.readings)
        assert "after receipt" in at.call.form.readings["when"].words
        assert at.call.form.readings["when"].doubtful


@pytest.mark.parametrize(
    ("language", "said", "shown"),
    [
        ("zh_CN", "昨天下午3点", "→ 11月22日 周日 15:00（约一小时内）"),
        ("en", "yesterday 3pm", "→ Sun 22 Nov 15:00 (to the hour)"),
        ("en", "last friday", "→ Fri 20 Nov (the day)"),
    ],
)
async def test_a_time_is_shown_as_understood_in_the_language_in_use(
    tmp_path: Path, language: str, said: str, shown: str
) -> None:
    async with seat(tmp_path, language=language) as at:
        await at.go_to("when")
        await at.type(said)
        await at.until(lambda: "when" in at.call.form.readings)
        assert at.call.form.readings["when"].words == shown


async def test_a_number_is_shown_in_its_national_form_and_its_extension_in_its_own_field(
    tmp_path: Path,
) -> None:
    async with seat(tmp_path) as at:
        await at.type("+86 755-8888-6666转801")
        await at.press("tab")
        await at.until(lambda: at.words("extension"))
        assert at.words("extension") == "801"
        assert at.words("phone") == "0755 8888 6666"


@pytest.mark.parametrize("said", ["匿名", "10086", "withheld"])
async def test_a_hidden_number_stays_as_typed(tmp_path: Path, said: str) -> None:
    async with seat(tmp_path) as at:
        await at.type(said)
        await at.press("tab")
        assert at.words("phone") == said


async def test_a_letter_asks_for_the_date_received_and_counts_from_it(tmp_path: Path) -> None:
    async with seat(tmp_path) as at:
        assert not at.call.form.fields["received_at"].display
        await tell_everything(at)
        await at.type("2")
        await at.press("tab")
        await at.until(lambda: at.call.form.fields["received_at"].display)
        await at.press("ctrl+s")
        assert "Received" in at.notice
        assert at.app.focused is at.call.form.fields["received_at"]
        await at.type("2026-11-19")
        await at.press("ctrl+s")
        ticket = saved(at)
        assert ticket.channel is Channel.LETTER
        assert ticket.received_at.isoformat() == "2026-11-18T16:00:00+00:00"


async def test_words_that_are_no_cause_are_questioned_and_kept_as_a_note(tmp_path: Path) -> None:
    async with seat(tmp_path) as at:
        await at.go_to("what")
        await at.type("charged twice")
        await at.go_to("cause")
        await at.type("moonlight")
        await at.press("ctrl+s")
        assert "Cause is none of the list" in at.notice
        await at.press("ctrl+s")
        notes = [line.text for line in saved(at).history if line.act is Act.NOTED]
        assert notes == ["Cause as typed: moonlight"]


async def test_the_card_names_the_number_three_due_times_and_a_sentence_for_the_caller(
    tmp_path: Path,
) -> None:
    async with seat(tmp_path) as at:
        await tell_everything(at)
        await at.press("ctrl+s")
        number = saved(at).number
        shown = screen_text(at)
        assert number in shown
        assert "tomorrow 10:28" in shown
        assert "Wed 25 Nov 10:28" in shown
        assert "Wed 23 Dec 10:28" in shown
        assert f"Your reference number is {number}" in shown
        await at.press("enter")
        assert at.words("what") == ""
        assert dict(at.call.form.readings) == {}
        assert at.app.focused is at.call.form.fields["phone"]


async def test_the_apology_in_the_call_meets_the_24_hours_only_if_the_agent_says_so(tmp_path: Path) -> None:
    clock = FrozenClock()
    async with seat(tmp_path, clock=clock) as at:
        await tell_everything(at)
        clock.forward(minutes=3)
        await at.press("f7")
        clock.forward(minutes=2)
        await at.press("ctrl+s")
        ticket = saved(at)
        admit = next(each for each in ticket.clocks if each.kind is ClockKind.ADMIT)
        assert admit.met_at is None
        await at.press("1")
        admit = next(each for each in saved(at).clocks if each.kind is ClockKind.ADMIT)
        assert admit.met_at == MONDAY_MORNING + timedelta(minutes=3)


async def test_the_form_never_disappears_on_an_error_and_the_next_press_saves(tmp_path: Path) -> None:
    async with seat(tmp_path) as at:
        await tell_everything(at)
        desk = at.app.desk
        assert desk is not None
        register = desk.register

        def full(*_args: object, **_named: object) -> Ticket:
            raise StoreFault("The disk is full. Nothing was written.")

        desk.register = full  # type: ignore[method-assign]
        await at.press("ctrl+s")
        assert at.notice == "The disk is full. Nothing was written."
        assert at.words("what") == TOLD["what"]
        desk.register = register  # type: ignore[method-assign]
        await at.press("ctrl+s")
        assert saved(at).what == TOLD["what"]
        assert len(desk.queue(10)) == 1


async def test_any_other_fault_is_told_and_loses_nothing(tmp_path: Path) -> None:
    async with seat(tmp_path) as at:
        await tell_everything(at)
        assert at.app.desk is not None
        at.app.desk.register = lambda *_a, **_n: 1 / 0  # type: ignore[assignment]
        await at.press("ctrl+s")
        assert "ZeroDivisionError" in at.notice
        assert at.words("what") == TOLD["what"]


async def test_saving_twice_by_accident_makes_one_ticket(tmp_path: Path) -> None:
    async with seat(tmp_path) as at:
        await tell_everything(at)
        await at.pilot.press("ctrl+s", "ctrl+s", "ctrl+s")
        await at.settle()
        assert at.app.desk is not None
        assert len(at.app.desk.queue(10)) == 1


async def test_a_call_that_was_being_saved_when_the_desk_died_becomes_no_second_ticket(
    tmp_path: Path,
) -> None:
    async with seat(tmp_path) as at:
        await tell_everything(at)
        await at.until(lambda: not at.call.keeping.unwritten)
        at.app.drafts.finish = lambda draft_id: None  # type: ignore[method-assign]
        await at.press("ctrl+s")
        number = saved(at).number
    async with seat(tmp_path) as at:
        assert "saving again makes no second ticket" in screen_text(at)
        await at.press("enter")
        await at.go_to("who")
        await at.type(" and the manager")
        await at.press("ctrl+s")
        ticket = saved(at)
        assert ticket.number == number
        assert ticket.who == TOLD["who"] + " and the manager"
        assert at.app.desk is not None
        assert len(at.app.desk.queue(10)) == 1


async def test_the_type_is_chosen_with_one_digit_and_taken_back_with_nought(tmp_path: Path) -> None:
    async with seat(tmp_path) as at:
        await at.press("ctrl+l")
        assert isinstance(at.app.screen, TypeChoice)
        await at.press("4")
        assert at.call.call.type is ComplainantType.VICTIM
        await at.press("f10", "0")
        assert at.call.call.type is None
        await at.press("f10", "escape")
        assert at.call.call.type is None


async def test_a_heat_mark_is_taken_back_by_the_same_key(tmp_path: Path) -> None:
    async with seat(tmp_path) as at:
        at.clock.forward(seconds=48)
        await at.press("f9", "f5")
        assert at.call.call.heat[HeatStep.HEAR] == MONDAY_MORNING + timedelta(seconds=48)
        await at.press("f5")
        assert list(at.call.call.heat) == [HeatStep.THANK]


async def test_a_saved_ticket_is_corrected_in_the_same_form(tmp_path: Path) -> None:
    async with seat(tmp_path) as at:
        await tell_everything(at)
        await at.press("ctrl+s")
        ticket = saved(at)
        await at.press("enter")
        corrected: list[Ticket | None] = []
        from complaint_desk.screens.call import CallScreen

        at.app.push_screen(CallScreen.correcting(ticket), corrected.append)
        await at.settle()
        form = at.app.screen
        assert isinstance(form, CallScreen)
        assert form.form.fields["caller"].words == "王芳"
        await at.go_to("who")
        await at.type(" 和店长")
        await at.press("ctrl+s")
        changed = corrected[0]
        assert changed is not None
        assert changed.who == "收银员小李 和店长"
        amended = [
            (line.field_name, line.old, line.new) for line in changed.history if line.act is Act.AMENDED
        ]
        assert amended == [("who", "收银员小李", "收银员小李 和店长")]


async def test_a_correction_that_came_second_is_told_and_loses_no_text(tmp_path: Path) -> None:
    from complaint_desk.screens.call import CallScreen

    async with seat(tmp_path) as at:
        await tell_everything(at)
        await at.press("ctrl+s")
        ticket = saved(at)
        await at.press("enter")
        at.app.push_screen(CallScreen.correcting(ticket))
        await at.settle()
        assert at.app.desk is not None
        at.app.desk.amend(ticket.number, {"who": "another"}, version=ticket.version)
        form = at.app.screen
        assert isinstance(form, CallScreen)
        await at.go_to("where")
        await at.type("!")
        await at.press("ctrl+s")
        assert "changed ticket" in form.notice.sentence
        assert form.form.fields["where"].words.endswith("!")
        await at.press("ctrl+s")
        now = at.app.desk.ticket(ticket.number)
        assert (now.who, now.where) == ("another", "南山店 收银台2号!")


def screen_text(at: Seat) -> str:
    """What a person sees, line by line."""
    from tests.screens.golden import text_of

    return text_of(at.app)


async def test_nothing_is_left_on_the_disk_of_a_saved_call(tmp_path: Path) -> None:
    async with seat(tmp_path) as at:
        await tell_everything(at)
        await at.until(lambda: not at.call.keeping.unwritten)
        files = list((tmp_path / "desk.drafts").glob("*.json"))
        assert json.loads(files[0].read_text("utf-8"))["fields"]["caller"] == "王芳"
        await at.press("ctrl+s")
        saved(at)
        assert list((tmp_path / "desk.drafts").glob("*.json")) == []


async def test_an_empty_form_waits_for_a_call_which_begins_with_its_first_key(tmp_path: Path) -> None:
    async with seat(tmp_path) as at:
        at.clock.forward(minutes=70)
        at.call.tick()
        await tell_everything(at)
        at.clock.forward(minutes=6)
        at.call.tick()
        await at.press("ctrl+s")
        assert saved(at).received_at == MONDAY_MORNING + timedelta(minutes=70)


async def test_the_list_of_causes_stays_with_its_field_when_the_terminal_changes_its_size(
    tmp_path: Path,
) -> None:
    async with seat(tmp_path, size=(80, 24)) as at:
        await at.go_to("cause")
        await at.press("down")
        for size in ((80, 16), (100, 40), (80, 24)):
            await at.pilot.resize_terminal(*size)
            await at.settle()
            menu, field = at.call.query_one(ChoiceMenu), at.call.form.fields["cause"]
            assert menu.display
            assert field.region.bottom == menu.region.y or field.region.y == menu.region.bottom, size


async def test_a_heat_step_is_told_in_a_notice_only_where_no_coach_shows_it(tmp_path: Path) -> None:
    async with seat(tmp_path, size=(80, 24)) as at:
        await at.press("f5")
        assert at.call.notice.sentence == ""
        await at.pilot.resize_terminal(80, 14)
        await at.settle()
        await at.press("f6")
        assert at.call.notice.sentence == "Empathise: done."
