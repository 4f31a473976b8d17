"""Every ticket is found by anything said in it, and by nothing that was not."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest

from complaint_desk import locale
from complaint_desk.desk.desk import Desk
from complaint_desk.models.enums import Act, HeatStep
from complaint_desk.models.errors import DeskError, FieldRefused
from complaint_desk.models.search import SearchKey
from complaint_desk.store import search as store_search
from tests.support import EVERY_WORD, HOSTILE, FrozenClock, complaint


def found(desk: Desk, text: str, limit: int = 1_000) -> set[str]:
    """The numbers of all tickets that fit, page by page."""
    numbers: list[str] = []
    after: SearchKey | None = None
    while True:
        page = desk.search(text, limit, after)
        numbers += [row.number for row in page.rows]
        after = page.next_key
        if after is None:
            break
    assert len(numbers) == len(set(numbers))
    return set(numbers)


def marked(desk: Desk, text: str) -> list[str]:
    (row,) = desk.search(text).rows
    return [row.snippet.text[left:right] for left, right in row.snippet.marks]


@pytest.fixture
def told(desk: Desk) -> str:
    """The number of a ticket in which nothing is missing."""
    return desk.register(complaint(**EVERY_WORD)).number


@pytest.mark.parametrize(
    "text",
    [
        *("酱油", "收银台", "小李", "系统没错", "退还", "王芳", "昨天下午", "南山店"),
        *("王", "38元", "13800138000", "138 0013 8000", "8000", "wangfang", "wf", "wang", "醬油"),
        *("who:小李", "where:收银台2号", "caller:王芳", "phone:8000", "how:系统", "remedy:退还38元"),
        *("type:rational", "cause:cashier_error", "cause:B3", "channel:in_store", "store:南山店"),
        *("status:open", "owner:陈静", "owner:me", "酱油 -空调", "酱油 type:rational", "late:no"),
        *("after:今天", "before:明天", "酱油 after:2026-11-01 before:2026-12-01", "severity:1+"),
    ],
)
def test_a_ticket_is_found_by_every_word_and_fact_of_it(desk: Desk, told: str, text: str) -> None:
    desk.register(complaint("空调不制冷", channel="phone", caller="李四", phone="0755-8888 6666"))
    assert told in found(desk, text)


@pytest.mark.parametrize(
    "text",
    [
        *("who:酱油", "酱油 -小李", "caller:小李", "phone:138", "油酱", "海天酱油", "800", "cause:A1"),
        *("type:victim", "-type:rational", "status:resolved", "late:yes", "酱油 late:yes", "after:明天"),
        *("before:今天", "酱油 before:今天", "store:北山店", "-status:open", "zxh", "xiaoli"),
    ],
)
def test_a_ticket_is_not_found_by_what_it_does_not_hold(desk: Desk, told: str, text: str) -> None:
    assert found(desk, text) == set()


def test_the_number_of_a_ticket_finds_it(desk: Desk, told: str) -> None:
    desk.register(complaint())
    assert found(desk, told) == found(desk, f"number:{told}") == found(desk, told.lower()) == {told}


def test_english_is_found_by_stems_and_by_the_beginnings_of_words(desk: Desk) -> None:
    number = desk.register(complaint("Two deliveries came late and nobody refunded me")).number
    for text in ("delivery", "refund", "REFUNDS", "deliv*", '"came late"', "delivery -kettle"):
        assert found(desk, text) == {number}, text
    for text in ('"delivery"', '"late came"', "liver", "delivery -refund"):
        assert found(desk, text) == set(), text


def test_what_was_done_and_what_was_corrected_away_are_found_as_well(desk: Desk, told: str) -> None:
    desk.act(told, Act.NOTED, "约好周五上门,单号20261123998877")
    desk.amend(told, {"what": "结账少找了钱", "caller": "张晓虹"})
    for text in ("上门", "8877", "少找了", "酱油", "王芳", "张晓虹", "zxh"):
        assert found(desk, text) == {told}, text
    assert found(desk, "what:酱油") == found(desk, "caller:王芳") == set()
    assert marked(desk, "上门") == ["上门"]
    assert desk.search("上门").rows[0].snippet.field_name == "history"


def test_facts_follow_the_ticket_through_its_acts_and_back(desk: Desk, told: str) -> None:
    desk.act(told, Act.RESOLVED, "已退38元")
    assert found(desk, "酱油 status:resolved") == {told}
    assert found(desk, "酱油 status:open") == set()
    desk.act(told, Act.UNDONE)
    assert found(desk, "酱油 status:open") == found(desk, "status:open") == {told}
    assert found(desk, "已退") == {told}
    desk.amend(told, {"type": "victim"})
    assert (found(desk, "type:victim"), found(desk, "type:rational")) == ({told}, set())


def test_a_ticket_past_its_next_due_time_is_late_until_the_act(
    desk: Desk, told: str, clock: FrozenClock
) -> None:
    assert found(desk, "late:yes") == set()
    clock.forward(hours=25)
    assert found(desk, "late:yes") == found(desk, "酱油 late:yes") == {told}
    assert desk.search("酱油").rows[0].late
    desk.act(told, Act.ACKNOWLEDGED, "已向王女士认错")
    assert found(desk, "late:yes") == set()


def test_the_same_word_in_a_name_comes_before_it_in_a_text(desk: Desk) -> None:
    in_text = desk.register(complaint("收银员说找王芳,没有人来" * 3)).number
    by_name = desk.register(complaint("少找了钱", caller="王芳")).number
    for _filler in range(6):
        desk.register(complaint("空调不制冷"))
    page = desk.search("王芳")
    assert [row.number for row in page.rows] == [by_name, in_text]
    assert page.best_first
    assert page.total == 2


def test_of_equally_good_tickets_the_latest_comes_first(desk: Desk, clock: FrozenClock) -> None:
    numbers = []
    for _ticket in range(5):
        numbers.append(desk.register(complaint("少了一瓶酱油")).number)
        clock.forward(minutes=1)
    assert [row.number for row in desk.search("酱油").rows] == numbers[::-1]


@pytest.mark.parametrize("most_ranked", [1_000, 3])
def test_pages_hold_every_ticket_once_ranked_or_not(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, most_ranked: int
) -> None:
    monkeypatch.setattr(store_search, "MOST_RANKED", most_ranked)
    numbers = {desk.register(complaint("酱油" * (1 + ticket % 4))).number for ticket in range(23)}
    for text in ("酱油", "酱油 status:open", "酱油 after:今天", "status:open", "-空调", "油"):
        assert found(desk, text, limit=5) == numbers, text
    page = desk.search("酱油", 5)
    assert page.total == (23 if most_ranked > 23 else None)


def test_a_new_ticket_between_two_pages_moves_nothing(desk: Desk, clock: FrozenClock) -> None:
    before = [desk.register(complaint("酱油")).number for _ticket in range(10)]
    first = desk.search("酱油", 5)
    clock.forward(minutes=1)
    desk.register(complaint("酱油"))
    second = desk.search("酱油", 5, first.next_key)
    assert {row.number for row in (*first.rows, *second.rows)} == set(before)


def test_the_next_page_goes_on_where_the_last_ticket_of_the_first_fits_no_longer(desk: Desk) -> None:
    numbers = [desk.register(complaint("酱油")).number for _ticket in range(10)]
    first = desk.search("酱油 status:open", 5)
    desk.act(first.rows[-1].number, Act.RESOLVED, "已退")
    second = desk.search("酱油 status:open", 5, first.next_key)
    assert [row.number for row in (*first.rows, *second.rows)] == numbers[::-1]


def test_tickets_of_one_second_by_the_hundred_are_all_found_within_their_day(desk: Desk) -> None:
    for _ticket in range(150):
        desk.register(complaint("酱油"))
    assert len(found(desk, "酱油 after:今天 before:明天")) == 150


def test_marking_a_heat_step_leaves_the_index_alone(desk: Desk, told: str) -> None:
    def written() -> list[Any]:
        with desk.store.reading() as connection:
            return list(connection.exec_driver_sql("SELECT id, block FROM search_words_data"))

    before = written()
    desk.mark_heat(told, HeatStep.APOLOGISE)
    assert written() == before


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_found_again_and_their_snippet_is_theirs(desk: Desk, text: str) -> None:
    number = desk.register(complaint(f"{text} 酱油", caller=text)).number
    assert found(desk, "酱油") == {number}
    (row,) = desk.search("酱油").rows
    assert marked(desk, "酱油") == ["酱油"]
    assert row.caller == text


@pytest.mark.parametrize(
    "text",
    [
        *HOSTILE,
        *("", " ", "*", '"', '""', "-", "--", "- -", "NOT", "AND OR", "NEAR(a b)", "a AND", "(", ")", "((a", "^a"),
        *("{what} : a", "what : a", "facts:_all", "_all", "status_open", "search_words", "a'b", "a;b"),
        *("%", "_", "\\"),
        *("'; DROP TABLE search_words; --", '" OR 1=1 --', "a\x00b", "\x00", "\udc80", "\ud83d", "who:\udc80"),
        *("a" * 500, "退" * 500, "a " * 24, "-a " * 24, "1" * 500, '"' * 500, "*" * 500, "who:" * 100, "：" * 50),
        *("store:\udcff", "store:'; --", "store:" + "x" * 400, "owner:%", "number:***", "phone:++++", "phone:0"),
        *("after:9999-12-31", "before:0001-01-01", "after:0001-01-01", "before:9999-12-31", "after:99999999999"),
        *("after:" + "年" * 100, "late:yes late:no", "severity:-1", "severity:+", "type:*", "酱油 -酱油"),
    ],
)  # fmt: skip
def test_nonsense_and_malice_end_in_a_page_or_in_a_sentence(desk: Desk, told: str, text: str) -> None:
    with suppress(FieldRefused):
        assert len(desk.search(text).rows) <= 1
    assert found(desk, "酱油") == {told}


def test_refusals_are_told_in_both_languages(desk: Desk) -> None:
    said = {}
    for language in ("en", "zh_CN"):
        locale.use(language)
        try:
            with pytest.raises(DeskError) as refused:
                desk.search("type:nobody")
        finally:
            locale.use("en")
        said[language] = str(refused.value)
    assert said["en"].startswith("type: cannot be nobody.")
    assert "可以是" in said["zh_CN"]


def test_types_causes_and_states_may_be_named_in_chinese(desk: Desk, told: str) -> None:
    playbook = desk.playbook
    ticket = desk.ticket(told)
    assert ticket.type is not None
    assert ticket.cause is not None
    for text in (
        f"类型:{playbook.type_name(ticket.type, 'zh_CN')}",
        f"原因:{playbook.cause_name(ticket.cause, 'zh_CN')}",
        f'type:"{playbook.type_name(ticket.type, "en")}"',
        f"渠道:{playbook.channel_name(ticket.channel, 'zh_CN')}",
        "状态:未解决",
    ):
        assert found(desk, text) == {told}, text


def test_a_text_of_a_hundred_thousand_characters_is_found_at_its_end(desk: Desk) -> None:
    number = desk.register(complaint("退款不到账" * 20_000 + "饕餮")).number
    assert found(desk, "饕餮") == {number}
    assert marked(desk, "饕餮") == ["饕餮"]


def test_two_desks_on_one_file_find_each_others_tickets(open_desk: Callable[..., Desk]) -> None:
    one, other = open_desk("陈静"), open_desk("李伟")
    number = one.register(complaint("酱油")).number
    other.act(number, Act.NOTED, "已上门")
    assert found(one, "上门") == found(other, "酱油") == {number}
