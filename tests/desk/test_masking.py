"""Who may not see all customers sees their own callers only; looking at a masked one is an act in the history."""

import io
from collections.abc import Callable
from typing import Any

import pytest

from complaint_desk.models.enums import Act, Role
from complaint_desk.models.errors import FieldRefused, NotPermitted
from complaint_desk.models.exporting import EveryTicket, ExportFormat, PageFormat
from complaint_desk.rules.masks import mask_name, mask_phone
from tests.support import EVERY_WORD, HOSTILE, complaint

NAME, TAIL = EVERY_WORD["caller"], "138000"


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Real argon2 hashes that cost little."""
    from argon2 import PasswordHasher

    from complaint_desk.desk.staff import secrets

    monkeypatch.setattr(secrets, "_hasher", lambda: PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def number(desk: Any) -> str:
    """A complaint of 陈静, the supervisor, in whose ticket nothing is missing."""
    taken: str = desk.register(complaint(**EVERY_WORD)).number
    desk.join("李娜", Role.AGENT)
    return taken


@pytest.fixture
def agent(desk: Any, number: str, open_desk: Callable[..., Any]) -> Any:
    """李娜, signed in with a PIN of her own."""
    desk.set_pin("482913")
    given = desk.reset_pin("李娜")
    seat = open_desk("李娜")
    seat.sign_in("李娜", given)
    seat.set_pin("blue kettle on the shelf", given)
    return seat


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("王芳", "王**"),
        ("欧阳娜娜", "欧**"),
        ("Margaret Hughes", "M*** H***"),
        ("O'Brien", "O***"),
        ("*王芳", "***"),
        ("  ", "  "),
        (None, None),
        ("a b c d e f", "a*** b*** c***"),
    ],
)
def test_of_a_name_the_first_sign_is_left(name: str | None, masked: str | None) -> None:
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        ("+8613800138000", "****8000"),
        ("10086", "****86"),
        ("12", "****"),
        ("ask at the till", "****"),
        ("****8000", "****8000"),
        (None, None),
    ],
)
def test_of_a_number_the_last_digits_are_left(phone: str | None, masked: str | None) -> None:
    assert mask_phone(phone) == masked


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_hostile_name_is_masked_to_a_few_harmless_signs(hostile: str) -> None:
    assert len(mask_name(hostile) or "") <= 15
    assert all(sign.isalnum() or sign in "* " for sign in (mask_name(hostile) or "").strip())


def test_nothing_is_masked_while_nobody_has_a_pin(number: str, open_desk: Callable[..., Any]) -> None:
    seat = open_desk("李娜")
    assert seat.ticket(number).caller == NAME
    assert [row.caller for row in seat.queue()] == [NAME]


def test_the_settings_mask_where_nobody_has_a_pin_too(number: str, open_desk: Callable[..., Any]) -> None:
    assert [row.caller for row in open_desk("李娜", mask_customers=True).queue()] == ["王**"]
    assert [row.caller for row in open_desk("陈静", mask_customers=True).queue()] == [NAME]


def test_an_agent_sees_the_own_callers_and_others_masked(agent: Any, number: str) -> None:
    own = agent.register(complaint(caller="孙丽", phone="13911112222")).number
    shown = {row.number: (row.caller, row.phone) for row in agent.queue()}
    assert shown == {number: ("王**", "****8000"), own: ("孙丽", "+8613911112222")}
    ticket = agent.ticket(number)
    assert (ticket.caller, ticket.phone, ticket.extension) == ("王**", "****8000", None)
    assert agent.ticket(own).caller == "孙丽"


def test_whoever_leads_sees_everybody_and_who_keeps_the_pc_does_not(
    agent: Any, desk: Any, number: str, open_desk: Callable[..., Any]
) -> None:
    assert desk.ticket(number).caller == NAME
    desk.join("管理", Role.ADMINISTRATOR)
    given = desk.reset_pin("管理")
    keeper = open_desk("管理")
    keeper.sign_in("管理", given)
    keeper.set_pin("green lamp over the door", given)
    assert keeper.ticket(number).caller == "王**"


@pytest.mark.parametrize("text", ["王芳", "8000", "酱油", "wangfang"])
def test_a_search_shows_no_name_and_no_number_of_others(agent: Any, number: str, text: str) -> None:
    page = agent.search(text)
    assert [row.number for row in page.rows] == [number]
    assert NAME not in repr(page)
    assert TAIL not in repr(page)


def test_looking_at_a_masked_caller_is_an_act_in_the_history_once(agent: Any, desk: Any, number: str) -> None:
    before = agent.ticket(number)
    seen = agent.see_caller(number)
    assert (seen.caller, seen.phone, seen.version) == (NAME, "+8613800138000", before.version)
    line = seen.history[-1]
    assert (line.act, line.by) == (Act.CALLER_SEEN, "李娜")
    agent.see_caller(number)
    assert agent.ticket(number).caller == NAME
    assert [row.caller for row in agent.queue()] == [NAME]
    assert [line.act for line in desk.ticket(number).history].count(Act.CALLER_SEEN) == 1
    assert [(line.by, line.act, line.about) for line in desk.staff_log(1)] == [
        ("李娜", Act.CALLER_SEEN, number)
    ]
    assert desk.check() == []


def test_who_may_see_everybody_leaves_no_trace_of_looking(agent: Any, desk: Any, number: str) -> None:
    desk.see_caller(number)
    assert Act.CALLER_SEEN not in {line.act for line in desk.ticket(number).history}


def test_what_was_looked_at_is_masked_again_for_the_next_person(agent: Any, number: str) -> None:
    agent.see_caller(number)
    agent.sign_out()
    agent.sign_in("李娜", "blue kettle on the shelf")
    assert agent.ticket(number).caller == "王**"


def test_a_correction_never_saves_the_mask_over_the_name(agent: Any, desk: Any, number: str) -> None:
    ticket = agent.ticket(number)
    agent.amend(number, {"caller": ticket.caller, "phone": ticket.phone, "where": "南山店 收银台3号"})
    kept = desk.ticket(number)
    assert (kept.caller, kept.phone, kept.extension) == (NAME, "+8613800138000", "801")
    assert kept.where == "南山店 收银台3号"
    with pytest.raises(FieldRefused, match="masked") as refused:
        agent.amend(number, {"phone": "****8001"})
    assert refused.value.field_name == "phone"


def test_corrections_of_a_name_are_masked_in_the_history_too(agent: Any, desk: Any, number: str) -> None:
    desk.amend(number, {"caller": "王小芳"})
    assert NAME not in repr(agent.ticket(number))
    assert "王小芳" not in repr(agent.ticket(number))


def test_an_act_on_somebody_elses_ticket_answers_masked(agent: Any, number: str) -> None:
    assert agent.act(number, Act.NOTED, "rang back").caller == "王**"
    assert agent.warm_summary(number).count(NAME) == 0
    assert NAME not in repr(agent.explain(number))
    assert NAME not in repr(agent.shift_sheet())


def test_the_card_of_who_gave_the_whole_number_stands_open(agent: Any, desk: Any, number: str) -> None:
    customer = desk.customer(number).id
    assert agent.caller_card(customer).card.name == "王**"
    (by_tail,) = agent.who_is("8000")
    assert (by_tail.name, by_tail.numbers) == ("王**", ("****8000",))
    (found,) = agent.who_is("138 0013 8000")
    assert found.name == NAME
    assert agent.caller_card(customer).card.name == NAME


def test_looking_at_a_masked_card_is_an_act_in_the_history(agent: Any, desk: Any, number: str) -> None:
    customer = desk.customer(number).id
    desk.edit_customer(customer, {"address": "人民路1号"})
    assert agent.customer(customer).address is None
    with pytest.raises(FieldRefused, match="masked"):
        agent.edit_customer(customer, {"address": "别处"})
    card = agent.see_customer(customer)
    assert (card.name, card.address) == (NAME, "人民路1号")
    assert agent.caller_card(customer).card.name == NAME
    with desk.store.reading() as connection:
        seen = (
            connection.exec_driver_sql("SELECT fields FROM event WHERE act = 'caller_seen'").scalars().all()
        )
    assert [customer in fields for fields in seen] == [True]
    assert [(line.by, line.about) for line in desk.staff_log(1)] == [("李娜", customer)]
    assert desk.check() == []


def test_a_table_written_out_is_masked_and_whole_tickets_are_not_written_by_an_agent(
    agent: Any, desk: Any, number: str
) -> None:
    def table(seat: Any) -> str:
        stream = io.BytesIO()
        seat.export(EveryTicket(), stream, ExportFormat.CSV)
        return stream.getvalue().decode("utf-8-sig")

    assert NAME in table(desk)
    assert NAME not in table(agent)
    assert "王**" in table(agent)
    with pytest.raises(NotPermitted):
        agent.export(EveryTicket(), io.BytesIO(), ExportFormat.JSONL)
    assert NAME not in agent.ticket_page(number, PageFormat.MARKDOWN)


TOLD = "我叫王芳,电话138 0013 8000,住人民路1号,wangfang,张女士和李强都在场"


@pytest.fixture
def told(desk: Any, number: str) -> str:
    """A complaint of 王芳's in which she is named, with her address on her card and another person in it."""
    ticket: str = desk.register(
        complaint(what=TOLD, caller=NAME, phone="13800138000", how="王女士很急")
    ).number
    desk.act(ticket, Act.NOTED, "回电王芳,尾号8000,无人接")
    desk.edit_customer(ticket, {"address": "人民路1号"})
    return ticket


def test_within_sentences_the_customer_is_covered_as_erasing_would_find_them(agent: Any, told: str) -> None:
    ticket = agent.ticket(told)
    assert ticket.what == "我叫***,电话***,住***,***,张女士和李强都在场"
    assert ticket.how == "***很急"
    assert "回电***,***,无人接" in [line.text for line in ticket.history]
    assert (ticket.number, ticket.owner, ticket.store) == (told, "陈静", "S01")
    assert agent.see_caller(told).what == TOLD
    assert agent.ticket(told).what == TOLD


def test_in_lists_and_tables_the_words_of_a_ticket_are_covered_too(agent: Any, desk: Any, told: str) -> None:
    (line,) = [row for row in agent.queue() if row.number == told]
    assert "我叫***,电话***" in line.what
    (found,) = [row for row in agent.search("在场").rows if row.number == told]
    assert NAME not in found.snippet.text
    assert found.snippet.marks == ()
    stream = io.BytesIO()
    agent.export(EveryTicket(), stream, ExportFormat.CSV)
    table = stream.getvalue().decode("utf-8-sig")
    assert "我叫***,电话***,住***,***" in table
    assert not any(hidden in table for hidden in (NAME, "138 0013", "人民路1号"))
    page = agent.ticket_page(told, PageFormat.MARKDOWN)
    assert not any(hidden in page for hidden in (NAME, "138 0013", "人民路1号"))
    assert desk.ticket(told).what == TOLD


def test_a_covered_sentence_that_is_handed_back_is_no_correction_and_one_typed_into_is_refused(
    agent: Any, desk: Any, told: str
) -> None:
    covered = agent.ticket(told)
    agent.amend(told, {"what": covered.what, "where": "南山店"})
    assert (desk.ticket(told).what, desk.ticket(told).where) == (TOLD, "南山店")
    with pytest.raises(FieldRefused, match="masked"):
        agent.amend(told, {"what": covered.what + "还有一句"})
    agent.amend(told, {"what": "全部重写"})
    assert desk.ticket(told).what == "全部重写"
