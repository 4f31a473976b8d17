"""On real reviews by shoppers: every text that holds a word is found, and no other."""

import csv
import gzip
import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection, create_engine

from complaint_desk.models.search import SEARCH_COLUMNS
from complaint_desk.rules.search_query import QueryContext, read_query
from complaint_desk.rules.tokens import fold, indexed
from complaint_desk.store.full_text import LIVE
from complaint_desk.store.search import expression

REVIEWS = Path(__file__).resolve().parents[3] / "shared" / "data" / "reviews_zh_negative.csv.gz"
CONTEXT = QueryContext(datetime(2026, 11, 23, tzinfo=UTC), ZoneInfo("Asia/Shanghai"))
CHINESE = (
    *("退", "鱼", "臭", "卡", "货", "旧", "丑", "鸡", "饕"),
    *("退款", "客服", "快递", "发货", "质量", "屏幕", "充电", "太差", "生锈", "饕餮", "不会", "货到"),
    *("不满意", "没有用", "洗发水", "差评的", "垃圾货", "充电器"),
    *("消费者协会", "售后服务", "不能退货", "一点都不", "非常失望", "根本不能"),
)
LATIN = ("ok", "iPad", "app", "usb", "vip", "wifi", "nothing")


@pytest.fixture(scope="module")
def texts() -> list[str]:
    if not REVIEWS.exists():
        pytest.skip("the real reviews are not beside the checkout: ../shared/data/reviews_zh_negative.csv.gz")
    with gzip.open(REVIEWS) as packed:
        return [row[1] for row in csv.reader(io.TextIOWrapper(packed, "utf-8"))][1:]


@pytest.fixture(scope="module")
def index(texts: list[str]) -> Iterator[Connection]:
    """All texts in one index, each as what a caller told, in the row of its place in the list."""
    blank = ("",) * (len(SEARCH_COLUMNS) - 1)
    with create_engine("sqlite://").begin() as connection:
        connection.exec_driver_sql(LIVE.creating)
        for row, text in enumerate(texts):
            LIVE.put_in(connection, row, (indexed(text), *blank))
        yield connection


def found(index: Connection, said: str) -> set[int]:
    match = expression(read_query(said, CONTEXT), with_facts=False)
    rows = index.exec_driver_sql("SELECT rowid FROM search_words WHERE search_words MATCH ?", (match,))
    return set(rows.scalars())


def scanned(texts: list[str], word: str) -> set[int]:
    """The texts that hold the word, by reading every one of them."""
    folded = re.escape(fold(word))
    pattern = re.compile(rf"(?<![a-z]){folded}(?![a-z])" if word.isascii() else folded)
    return {row for row, text in enumerate(texts) if pattern.search(fold(text))}


@pytest.mark.parametrize("word", CHINESE)
def test_a_chinese_word_finds_every_text_that_holds_it_and_no_other(
    texts: list[str], index: Connection, word: str
) -> None:
    assert found(index, word) == found(index, f'"{word}"') == scanned(texts, word)


@pytest.mark.parametrize("word", LATIN)
def test_an_english_word_finds_every_text_that_holds_it_and_no_other(
    texts: list[str], index: Connection, word: str
) -> None:
    assert found(index, f'"{word}"') == scanned(texts, word)
    assert found(index, word) >= scanned(texts, word)


def test_words_together_and_words_ruled_out_are_as_sets(texts: list[str], index: Connection) -> None:
    refund, parcel = scanned(texts, "退款"), scanned(texts, "快递")
    assert refund & parcel
    assert found(index, "退款 快递") == refund & parcel
    assert found(index, "退款 -快递") == refund - parcel
    assert found(index, "退款 -快递 -客服") == refund - parcel - scanned(texts, "客服")


def test_the_words_taken_for_these_tests_are_real_ones(texts: list[str]) -> None:
    empty = {word for word in (*CHINESE, *LATIN) if not scanned(texts, word)}
    assert empty <= {"饕", "饕餮", "nothing", "vip", "消费者协会"}
