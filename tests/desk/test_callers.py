"""A complaint is linked to its caller when it is taken; the caller is known while the agent still types."""

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from complaint_desk.models.customer import FoundBy, LinkedBy
from complaint_desk.models.enums import Act
from complaint_desk.models.errors import CustomerNotFound
from complaint_desk.models.settling import PromiseMade, RemedyKind
from tests.support import HOSTILE, FrozenClock, complaint

NUMBER = "138 0013 8000"


def taken(desk: Any, caller: str | None = None, phone: str | None = None, what: str = "牛奶里有异味") -> Any:
    return desk.register(complaint(what, caller=caller, phone=phone))


def names(desk: Any, typed: str) -> list[str | None]:
    return [found.name for found in desk.who_is(typed)]


def test_the_same_number_and_a_fitting_name_lead_to_the_same_customer(desk: Any) -> None:
    first = taken(desk, "张晓虹", NUMBER)
    again = taken(desk, "张女士", "+86 138-0013-8000")
    assert first.linked_by is LinkedBy.NEW
    assert again.linked_by is LinkedBy.NUMBER_AND_NAME
    assert again.customer_id == first.customer_id
    assert desk.customer(first.number).names == ("张晓虹", "张女士")


def test_several_people_share_a_number_and_each_has_a_card(desk: Any) -> None:
    wife = taken(desk, "张晓虹", NUMBER)
    husband = taken(desk, "李雷", NUMBER)
    assert husband.linked_by is LinkedBy.NEW_ON_NUMBER
    assert wife.customer_id != husband.customer_id
    assert set(names(desk, NUMBER)) == {"张晓虹", "李雷"}


@pytest.mark.parametrize(
    "typed",
    ["021-61234567-801", "021-6123 4567 转801", "+86 21 6123 4567", "(021)61234567 ext. 8", "61234567"],
)
def test_a_number_is_found_in_any_spelling_with_its_extension_too(desk: Any, typed: str) -> None:
    taken(desk, "王芳", "021-6123 4567")
    assert names(desk, typed) == ["王芳"]


def test_two_callers_of_one_name_without_a_number_are_two_customers(desk: Any) -> None:
    assert taken(desk, "张伟").customer_id != taken(desk, "张伟").customer_id
    assert len(desk.who_is("zhangwei")) == 2


@pytest.mark.parametrize("phone", ["匿名", "10086", "不显示"])
def test_a_hidden_number_makes_nobody_known(desk: Any, phone: str) -> None:
    one, other = taken(desk, "王芳", phone), taken(desk, "王芳", phone)
    assert one.customer_id != other.customer_id
    assert desk.customer(one.number).numbers == ()


def test_who_tells_neither_name_nor_number_is_nobodys(desk: Any) -> None:
    assert taken(desk).customer_id is None
    with pytest.raises(CustomerNotFound):
        desk.caller_card("S01-261123-001")


def test_a_corrected_name_stands_on_the_card_and_the_misheard_one_is_gone(desk: Any) -> None:
    ticket = taken(desk, "王方", NUMBER)
    desk.amend(ticket.number, {"caller": "黄芳"})
    assert desk.customer(ticket.number).names == ("黄芳",)
    assert names(desk, "wangfang") == []
    assert names(desk, "huangfang") == ["黄芳"]
    assert desk.check() == []


def test_a_corrected_number_leads_to_whom_it_means(desk: Any) -> None:
    known = taken(desk, "王芳", "139 0013 9000")
    wrong = taken(desk, "王芳", NUMBER)
    after = desk.amend(wrong.number, {"phone": "139 0013 9000"})
    assert after.customer_id == known.customer_id
    assert after.history[-1].act is Act.CUSTOMER_LINKED
    assert desk.who_is(NUMBER) == []
    assert desk.check() == []


def test_a_name_told_only_afterwards_makes_a_card(desk: Any) -> None:
    ticket = taken(desk)
    assert desk.amend(ticket.number, {"caller": "王芳", "phone": NUMBER}).customer_id is not None
    assert names(desk, "8000") == ["王芳"]
    assert desk.check() == []


def test_a_link_made_by_hand_stays_when_the_name_is_corrected(desk: Any) -> None:
    one, other = taken(desk, "王芳", NUMBER), taken(desk, "李雷", "139 0013 9000")
    desk.relink(other.number, one.number)
    after = desk.amend(other.number, {"caller": "李蕾"})
    assert (after.customer_id, after.linked_by) == (one.customer_id, LinkedBy.BY_HAND)
    assert desk.check() == []


def test_the_surest_stand_first_and_of_these_the_latest_callers(desk: Any, clock: FrozenClock) -> None:
    taken(desk, "张晓虹", NUMBER)
    clock.forward(hours=1)
    taken(desk, "张小红", "139 0013 9000")
    clock.forward(hours=1)
    taken(desk, "张晓虹", "137 0013 7000")
    found = desk.who_is("张晓虹")
    assert [(one.numbers[0][-4:], one.by) for one in found] == [
        ("7000", FoundBy.NAME),
        ("8000", FoundBy.NAME),
        ("9000", FoundBy.SOUND),
    ]
    assert len(desk.who_is("张晓虹", limit=2)) == 2


def test_a_latin_name_is_found_by_its_words_and_said_to_be_its_name(desk: Any) -> None:
    taken(desk, "Mr John Smith", "021-6123 4567")
    for typed in ("John", "smith", "Smith, John", "js", "johnsmiht", "61234567", "4567"):
        assert names(desk, typed) == ["Mr John Smith"], typed
    assert desk.who_is("john")[0].by is FoundBy.NAME


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_names_are_kept_and_hostile_typing_finds_nobody_or_them(desk: Any, hostile: str) -> None:
    ticket = taken(desk, hostile, NUMBER)
    desk.who_is(hostile)
    desk.who_is(hostile * 500)
    assert [one.customer_id for one in desk.who_is(NUMBER)] == [ticket.customer_id]
    assert desk.check() == []


def test_what_an_agent_should_know_stands_on_the_callers_card(desk: Any, clock: FrozenClock) -> None:
    settled = taken(desk, "张晓虹", NUMBER, "多收了钱")
    clock.forward(hours=1)
    desk.act(settled.number, Act.RESOLVED, "当面退还38元,顾客满意")
    clock.forward(hours=1)
    still = taken(desk, "张晓虹", NUMBER, "送货迟到")
    desk.act(still.number, Act.ACKNOWLEDGED, "电话里道歉")
    card = desk.caller_card(still.number)
    assert card.complaints == 2
    assert [ticket.number for ticket in card.open_tickets] == [still.number]
    assert card.last_ended is not None
    assert (card.last_ended.number, card.last_end_text) == (settled.number, "当面退还38元,顾客满意")
    assert [(one.number, one.text) for one in card.last_contacts][:3] == [
        (still.number, "电话里道歉"),
        (still.number, "送货迟到"),
        (settled.number, "当面退还38元,顾客满意"),
    ]


def test_a_callers_promises_and_what_was_granted_in_ninety_days_stand_on_the_card(
    desk: Any, clock: FrozenClock
) -> None:
    old = taken(desk, "张晓虹", NUMBER, "多收了钱")
    desk.offer_remedy(old.number, RemedyKind.PRICE, desk.money("100"), "退差价")
    clock.forward(days=91)
    ticket = taken(desk, "张晓虹", NUMBER, "送货迟到")
    due = clock() + timedelta(hours=3)
    desk.promise(ticket.number, PromiseMade("今天六点前送到", due))
    desk.offer_remedy(ticket.number, RemedyKind.PRICE, desk.money("38"), "退运费")
    desk.offer_remedy(ticket.number, RemedyKind.PRICE, desk.money("12.50"), "再退一点")
    card = desk.caller_card(ticket.customer_id)
    assert [(one.number, one.what, one.due_at, one.owner) for one in card.promises_due] == [
        (ticket.number, "今天六点前送到", due, "陈静")
    ]
    assert card.goodwill == (("CNY", 5050, 2),)
    desk.keep_promise(ticket.number, text="送到了")
    assert desk.caller_card(ticket.customer_id).promises_due == ()


def test_a_merged_card_counts_what_both_were_promised_and_granted(desk: Any, clock: FrozenClock) -> None:
    one, other = taken(desk, "张晓虹", NUMBER), taken(desk, "李雷", "139 0013 9000")
    for ticket in (one, other):
        desk.promise(ticket.number, PromiseMade("回电话", clock() + timedelta(hours=3)))
        desk.offer_remedy(ticket.number, RemedyKind.PRICE, desk.money("10"), "退差价")
    desk.merge_customers(one.number, other.number)
    card = desk.caller_card(one.number)
    assert (len(card.promises_due), card.goodwill, card.complaints) == (2, (("CNY", 2000, 2),), 2)


def test_lost_cards_come_back_from_the_history(desk: Any) -> None:
    ticket, other = taken(desk, "张晓虹", NUMBER), taken(desk, "李雷", NUMBER)
    desk.edit_customer(ticket.number, {"address": "南山区1号"})
    desk.merge_customers(ticket.number, other.number)
    before = desk.customer(ticket.number)
    with desk.store.writing() as connection:
        for table in ("customer_key", "customer_number", "customer_event", "customer"):
            connection.exec_driver_sql(f"DELETE FROM {table}")
    assert desk.check() != []
    desk.rebuild()
    assert desk.check() == []
    assert desk.customer(ticket.number) == before
    assert names(desk, "8000") == ["张晓虹"]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE customer SET name = '别人'",
        "UPDATE customer SET last_at = NULL",
        "DELETE FROM customer_number",
        "DELETE FROM customer_key WHERE key = 'nzxh'",
        "INSERT INTO customer_key VALUES ('nxxx', 1)",
        "INSERT INTO customer (id, card_id, names, held) VALUES ('x', 'x', '[]', 0)",
        "DELETE FROM customer_event",
    ],
)
def test_a_card_that_is_not_what_its_history_amounts_to_is_named_and_mended(
    desk: Any, statement: str
) -> None:
    ticket = taken(desk, "张晓虹", NUMBER)
    desk.edit_customer(ticket.number, {"level": "A"})
    with desk.store.writing() as connection:
        connection.exec_driver_sql(statement)
    assert desk.check() != []
    desk.rebuild()
    assert desk.check() == []


def test_of_two_desks_that_take_one_caller_at_once_the_second_finds_the_first_ones_card(
    open_desk: Callable[..., Any],
) -> None:
    one, other = open_desk(), open_desk("李强")
    assert taken(one, "张晓虹", NUMBER).customer_id == taken(other, "张女士", NUMBER).customer_id


def test_the_callers_of_older_tickets_have_cards_once_the_file_is_brought_up_to_date(
    file: Path, open_desk: Callable[..., Any]
) -> None:
    shutil.copyfile(Path(__file__).parent.parent / "data" / "files" / "schema-1.db", file)
    desk = open_desk()
    ticket = desk.ticket("S01-261123-001")
    assert ticket.linked_by is LinkedBy.AT_UPGRADE
    assert [one.customer_id for one in desk.who_is("wangfang")] == [ticket.customer_id]
    assert desk.caller_card(ticket.number).complaints == 1
    again = taken(desk, "王芳", ticket.phone)
    assert (again.customer_id, again.linked_by) == (ticket.customer_id, LinkedBy.NUMBER_AND_NAME)
    assert desk.check() == []
