"""What a person may type into a search, and what is made of it."""

from contextlib import suppress
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaint_desk.models.search import SearchQuery
from complaint_desk.rules.search_marks import SNIPPET_LENGTH, Marker, cut
from complaint_desk.rules.search_query import (
    LONGEST,
    MOST_ITEMS,
    QueryContext,
    QueryFault,
    QueryRefused,
    read_query,
)
from complaint_desk.rules.tokens import fold, legible
from tests.support import HOSTILE, MONDAY_MORNING

SHANGHAI = ZoneInfo("Asia/Shanghai")
CONTEXT = QueryContext(
    MONDAY_MORNING,
    SHANGHAI,
    names_of=lambda name: {"a1": "goods_quality"} if name == "cause" else {},
    owners=lambda: {"陈静": "01-a", "me": "01-a"},
)


def read(text: str) -> SearchQuery:
    return read_query(text, CONTEXT)


def refusal(text: str) -> QueryRefused:
    with pytest.raises(QueryRefused) as refused:
        read(text)
    return refused.value


def day(month: int, of_month: int, year: int = 2026) -> datetime:
    return datetime(year, month, of_month, tzinfo=SHANGHAI).astimezone(UTC)


def test_words_phrases_exclusions_and_beginnings_are_told_apart() -> None:
    query = read('退款 "the kettle" -换货 deliv*')
    assert [(term.said, term.exact, term.begins) for term in query.wanted] == [
        ("退款", False, False),
        ("the kettle", True, False),
        ("deliv", False, True),
    ]
    assert [term.said for term in query.unwanted] == ["换货"]


def test_quotation_marks_blanks_and_colons_may_be_chinese() -> None:
    query = read("“没 到账”　谁：小李 「收银台」")
    assert [(term.said, term.column) for term in query.wanted] == [
        ("没 到账", None),
        ("小李", "who"),
        ("收银台", None),
    ]


def test_fields_are_known_by_their_names_in_both_languages() -> None:
    for spelt in ("caller:zxh", "来电人:zxh", "來電人：zxh", "CALLER:zxh"):
        assert read(spelt).wanted[0].column == "caller"


def test_facts_of_one_field_are_alternatives_and_of_several_go_together() -> None:
    query = read("type:victim type:rational status:open -channel:media severity:3+ cause:A1 owner:me")
    assert query.facts == (
        ("type_victim", "type_rational"),
        ("status_open",),
        ("severity_3", "severity_4"),
        ("cause_goodsquality",),
        ("owner_01a",),
    )
    assert query.unwanted_facts == ("channel_media",)


@pytest.mark.parametrize(
    ("said", "after"),
    [
        ("2026-11-01", day(11, 1)),
        ("2026/11/01", day(11, 1)),
        ("昨天", day(11, 22)),
        ("上周", day(11, 16)),
        ('"last week"', day(11, 16)),
        ("yesterday", day(11, 22)),
    ],
)
def test_days_are_read_as_they_are_spoken(said: str, after: datetime) -> None:
    assert read(f"after:{said}").after == after


def test_a_span_between_two_days_is_the_narrowest_that_was_asked_for() -> None:
    query = read("after:2026-01-01 after:2026-11-01 before:2026-11-20 before:2027-01-01")
    assert (query.after, query.before) == (day(11, 1), day(11, 20))


def test_a_day_still_to_come_may_end_a_span() -> None:
    assert read("before:明天").before == day(11, 24)


@pytest.mark.parametrize(
    ("said", "late"), [("late:yes", True), ("超时:是", True), ("late:no", False), ("-late:yes", False)]
)
def test_lateness_is_asked_for_or_ruled_out(said: str, late: bool) -> None:
    assert read(said).late is late


def test_numbers_side_by_side_are_also_one_telephone_number() -> None:
    (term,) = read("138 0013 8000").wanted
    each, (tail,) = term.alternatives
    assert [phrase.tokens for phrase in each] == [("138",), ("0013",), ("8000",)]
    assert (tail.column, tail.tokens, tail.begins) == ("phone", ("ᵗ00083100831",), True)
    assert len(read("38 2 退款").wanted) == 3


def test_a_latin_word_is_also_how_a_name_is_typed() -> None:
    (term,) = read("zxh").wanted
    assert [phrases[0].column for phrases in term.alternatives] == [None, "sound"]


@pytest.mark.parametrize(
    ("text", "fault", "about"),
    [
        ("", QueryFault.EMPTY, ""),
        ("  \t　", QueryFault.EMPTY, ""),
        ('!!! *** "" “” - -- \'', QueryFault.EMPTY, ""),
        ("foo:bar", QueryFault.UNKNOWN_FIELD, "foo"),
        ("who:", QueryFault.EMPTY_FIELD, ""),
        ("who:*", QueryFault.EMPTY_FIELD, ""),
        ('caller:""', QueryFault.EMPTY_FIELD, ""),
        ("type:nobody", QueryFault.UNKNOWN_VALUE, "nobody"),
        ("owner:李四", QueryFault.UNKNOWN_VALUE, "李四"),
        ("severity:9", QueryFault.UNKNOWN_VALUE, "9"),
        ("late:perhaps", QueryFault.UNKNOWN_VALUE, "perhaps"),
        ("after:饕餮", QueryFault.UNREADABLE_DATE, "饕餮"),
        ("-after:2026-11-01", QueryFault.NOT_EXCLUDABLE, ""),
        ("退" * (LONGEST + 1), QueryFault.TOO_LONG, ""),
        ("退 " * (MOST_ITEMS + 1), QueryFault.TOO_MANY, ""),
    ],
)
def test_a_search_without_sense_is_refused_by_name(text: str, fault: QueryFault, about: str) -> None:
    refused = refusal(text)
    assert (refused.fault, refused.value) == (fault, about)


def test_a_colon_that_is_no_fields_is_only_a_mark() -> None:
    assert [term.said for term in read("10:30 https://example.org 备注:坏了").wanted] == [
        "10:30",
        "https://example.org",
        "备注:坏了",
    ]


@given(st.text(max_size=80) | st.text("-:*\"“”who typelate:after:是()^NEAR{}_\\'%;", max_size=60))
def test_whatever_is_typed_is_a_query_or_refused(text: str) -> None:
    query = SearchQuery()
    with suppress(QueryRefused):
        query = read(text)
        assert query != SearchQuery()


@given(st.text(max_size=60), st.sampled_from(HOSTILE) | st.text(max_size=200))
def test_marks_stand_inside_the_snippet_and_in_order(said: str, text: str) -> None:
    try:
        marker = Marker(read(said).wanted)
    except QueryRefused:
        return
    snippet = marker.snippet([("what", text)])
    if snippet is not None:
        assert snippet.marks
        ends = [end for mark in snippet.marks for end in mark]
        assert ends == sorted(ends)
        assert ends[-1] <= len(snippet.text) <= SNIPPET_LENGTH + 2


@pytest.mark.parametrize(
    ("said", "text", "marked"),
    [
        ("退款", "说好退款,退款没到", ["退款", "退款"]),
        ("退款", "說好退款", ["退款"]),
        ("delivery", "Late deliveries, delivery men, delivered", ["deliveries", "delivery"]),
        ('"delivery"', "Late deliveries, delivery men", ["delivery"]),
        ("deliv*", "undelivered delivery", ["delivery"]),
        ("XK-200b", "型号xk200B坏", ["xk200B"]),
        ("1299", "多收1,299元和21299元", ["1,299"]),
        ("8000", "拨13800138000没人接", ["13800138000"]),
        ("refund kettle", "kettle, then a refund", ["kettle", "refund"]),
    ],
)
def test_the_words_are_marked_as_they_stand(said: str, text: str, marked: list[str]) -> None:
    snippet = Marker(read(said).wanted).snippet([("what", text)])
    assert snippet is not None
    assert [snippet.text[left:right] for left, right in snippet.marks] == marked


def test_a_long_text_is_cut_around_the_first_mark() -> None:
    snippet = Marker(read("鲍鱼").wanted).snippet([("what", "前" * 300 + "鲍鱼" + "后" * 300)])
    assert snippet is not None
    ((left, right),) = snippet.marks
    assert snippet.text[left:right] == "鲍鱼"
    assert snippet.text[0] == snippet.text[-1] == "…"
    assert "\n" not in cut("what", "一\n二").text


def test_the_text_with_most_of_the_words_is_shown() -> None:
    marker = Marker(read("退款 小李").wanted)
    snippet = marker.snippet([("what", "退款"), ("how", "小李说退款"), ("who", "小李")])
    assert snippet is not None
    assert snippet.field_name == "how"


@given(st.text(max_size=100))
def test_a_word_taken_from_a_text_is_marked_in_it(text: str) -> None:
    plain = legible(text)
    for word in fold(plain).split()[:3]:
        try:
            terms = read(f'"{word}"').wanted
        except QueryRefused:
            continue
        if terms:
            spans, _different = Marker(terms).spans(plain, "what")
            assert spans
