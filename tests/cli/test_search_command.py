"""`search TEXT` and `search reindex` at the command line."""

import json
from collections.abc import Callable

import pytest

from tests.support import EVERY_WORD, HOSTILE, Answer, moves_the_cursor

Run = Callable[..., Answer]


@pytest.fixture
def number(run_cli: Run) -> str:
    return str(run_cli("ticket", "add", "--json", stdin=json.dumps(EVERY_WORD)).object["number"])


def test_what_is_found_is_told_in_two_lines_with_the_words_marked(run_cli: Run, number: str) -> None:
    answer = run_cli("search", "酱油")
    assert answer.code == 0
    assert answer.out.splitlines() == [
        "One ticket:",
        f"{number}  2026-11-23 10:28  open  王芳 138 0013 8000  陈静",
        "    结账多收了两瓶【酱油】的钱",
    ]


def test_the_same_is_told_in_chinese(run_cli: Run, number: str) -> None:
    assert run_cli("search", "酱油", "--lang", "zh_CN").out.splitlines() == [
        "共 1 张投诉单，最相符的在前：",
        f"{number}  2026-11-23 10:28  未结  王芳 138 0013 8000  陈静",
        "    结账多收了两瓶【酱油】的钱",
    ]


def test_the_help_names_the_fields_in_both_languages(run_cli: Run) -> None:
    for language in ("en", "zh_CN"):
        told = " ".join(run_cli("search", "--help", "--lang", language).out.split())
        for field in ("who:", "after:", "late:", "--limit", "--json"):
            assert field in told


def test_a_telephone_number_is_shown_as_it_is_dialled_here(run_cli: Run, number: str) -> None:
    assert "    【138 0013 8000】" in run_cli("search", "phone:8000").out.splitlines()


def test_json_is_one_object_a_line_with_marks_in_characters(run_cli: Run, number: str) -> None:
    row = run_cli("search", "--json", "小李", "酱油").object
    assert (row["number"], row["status"], row["late"], row["owner"]) == (number, "open", False, "陈静")
    assert row["received_at"] == "2026-11-23T10:28:00+08:00"
    assert row["field"] == "what"
    assert [row["snippet"][left:right] for left, right in row["marks"]] == ["酱油"]


def test_nothing_found_is_no_failure_and_says_so(run_cli: Run, number: str) -> None:
    answer = run_cli("search", "饕餮")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith("Nothing was found.")
    as_json = run_cli("search", "饕餮", "--json")
    assert (as_json.code, as_json.out, as_json.err) == (0, "", "")


def test_a_search_without_sense_is_misuse(run_cli: Run, number: str) -> None:
    for text in ("foo:bar", "!!!", "type:nobody", "after:饕餮"):
        answer = run_cli("search", text)
        assert (answer.code, answer.out) == (2, ""), text
        assert answer.err.startswith("search: ")
    assert run_cli("search").code == 2


def test_a_word_ruled_out_needs_no_quoting(run_cli: Run, number: str) -> None:
    assert number in run_cli("search", "酱油", "-空调").out
    assert run_cli("search", "酱油", "-小李").out.startswith("Nothing was found.")


def test_limits_are_kept_and_what_is_left_out_is_told(run_cli: Run) -> None:
    run_cli("ticket", "add", stdin="\n".join(json.dumps({"what": "酱油"}) for _ticket in range(205)))
    everything = [row["number"] for row in run_cli("search", "酱油", "--json", "--limit", "1000").objects]
    assert len(everything) == len(set(everything)) == 205
    few = run_cli("search", "酱油", "--limit", "3")
    assert "205 tickets" in few.out
    assert few.err.startswith("There are more.")
    assert [
        row["number"] for row in run_cli("search", "酱油", "--json", "--limit", "3").objects
    ] == everything[:3]
    assert run_cli("search", "酱油", "--limit", "205").err == ""
    assert run_cli("search", "酱油", "--limit", "0").code == 2


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_move_no_cursor(run_cli: Run, text: str) -> None:
    told = json.dumps({"what": f"{text} 酱油", "caller": text})
    run_cli("ticket", "add", stdin=told)
    for answer in (
        run_cli("search", "酱油"),
        run_cli("search", "酱油", "--json"),
        run_cli("search", "--", text),
    ):
        assert not moves_the_cursor(answer.out + answer.err)
    assert "【酱油】" in run_cli("search", "酱油").out


def test_the_index_is_made_anew_at_the_command_line(run_cli: Run, number: str) -> None:
    answer = run_cli("search", "reindex")
    assert (answer.code, answer.out, answer.err) == (
        0,
        "The index was made anew: it holds one ticket.\n",
        "",
    )
    assert number in run_cli("search", "酱油").out


def test_the_word_reindex_itself_is_found_in_quotation_marks(run_cli: Run) -> None:
    run_cli("ticket", "add", stdin=json.dumps({"what": "You must reindex"}))
    assert "【reindex】" in run_cli("search", '"reindex"').out
