"""`queue` and `ticket show`: what is due next, and everything about one ticket."""

import json
from collections.abc import Callable

import pytest

from tests.support import EVERY_WORD, HOSTILE, Answer, FrozenClock, moves_the_cursor

Run = Callable[..., Answer]


def take(run_cli: Run, **values: str) -> str:
    told = json.dumps({"what": "酱油少了一瓶", **values})
    return str(run_cli("ticket", "add", "--json", stdin=told).object["number"])


def queue(run_cli: Run, *options: str) -> list[str]:
    return [row["number"] for row in run_cli("queue", "--json", *options).objects]


def test_the_flagged_come_first_and_then_what_is_due_next(run_cli: Run, clock: FrozenClock) -> None:
    letter = take(run_cli, channel="letter", received_at="2026-11-20T09:00:00+08:00")
    early = take(run_cli)
    clock.forward(hours=1)
    late = take(run_cli)
    press = take(run_cli, channel="media")
    assert queue(run_cli) == [press, letter, early, late]
    run_cli("ticket", "act", early, "acknowledge", "--text", "x")
    assert queue(run_cli) == [press, letter, late, early]


def test_tickets_of_the_same_moment_keep_one_order_on_every_page(run_cli: Run) -> None:
    lines = "\n".join(json.dumps({"what": "x"}) for _ticket in range(230))
    run_cli("ticket", "add", "--json", stdin=lines)
    everything = queue(run_cli, "--limit", "1000")
    assert len(everything) == len(set(everything)) == 230
    assert queue(run_cli) == everything[:50]
    assert queue(run_cli, "--limit", "201") == everything[:201]
    assert queue(run_cli, "--limit", "1") == everything[:1]


def test_a_resolved_ticket_leaves_the_queue_and_a_reopened_one_comes_back(run_cli: Run) -> None:
    number = take(run_cli)
    run_cli("ticket", "act", number, "resolve", "--text", "x")
    assert queue(run_cli) == []
    run_cli("ticket", "act", number, "reopen", "--text", "x")
    (row,) = run_cli("queue", "--json").objects
    assert (row["number"], row["clock"]) == (number, "reopened")


def test_a_line_of_the_queue_tells_what_is_due_and_how_it_stands(run_cli: Run, clock: FrozenClock) -> None:
    take(run_cli, **EVERY_WORD)
    clock.forward(hours=25)
    (row,) = run_cli("queue", "--json").objects
    for key in ("number", "clock", "due_at", "state", "caller", "type", "cause", "owner"):
        assert row[key]
    assert (row["clock"], row["state"], row["due_at"]) == ("admit", "late", "2026-11-24T10:28:00+08:00")


def test_the_plain_queue_counts_down_in_words_and_sign(run_cli: Run, clock: FrozenClock) -> None:
    number = take(run_cli, caller="王芳")
    clock.forward(hours=21, minutes=46)
    (_head, line) = run_cli("queue").out.splitlines()
    assert "2 h 14 min left" in line
    clock.forward(hours=29)
    (_head, line) = run_cli("queue").out.splitlines()
    assert line.startswith("! 26 h 46 min late")
    for words in (number, "王芳", "陈静", "Admit"):
        assert words in line
    assert "超时26小时46分" in run_cli("--lang", "zh_CN", "queue").out


def test_an_empty_queue_says_so_and_is_no_object_as_json(run_cli: Run) -> None:
    assert run_cli("queue").out.strip()
    assert run_cli("queue", "--json") == Answer(0, "", "")


@pytest.mark.parametrize("limit", ["0", "-1", "x", "", "1.5"])
def test_a_limit_that_is_no_count_is_a_misuse(run_cli: Run, limit: str) -> None:
    assert run_cli("queue", "--limit", limit).code == 2


def test_a_long_number_is_never_cut(run_cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMPLAINT_DESK_STORE_CODE", "NANSHAN1")
    number = take(run_cli)
    assert f" {number} " in run_cli("queue").out


def test_a_number_is_found_in_small_letters_too(run_cli: Run) -> None:
    number = take(run_cli)
    assert run_cli("ticket", "show", f" {number.lower()} ", "--json").object["number"] == number


@pytest.mark.parametrize(
    "number", ["S01-261123-099", "", "x", "[/]", "\x1b[2J", "\udcff", "%", "' OR 1=1 --"]
)
def test_a_ticket_that_is_not_there_is_refused_with_a_sentence(run_cli: Run, number: str) -> None:
    take(run_cli)
    answer = run_cli("ticket", "show", number)
    assert (answer.code, answer.out) == (1, "")
    assert not moves_the_cursor(answer.err)


def test_showing_changes_nothing(run_cli: Run) -> None:
    number = take(run_cli)
    first = run_cli("ticket", "show", number, "--json")
    assert run_cli("ticket", "show", number, "--json", by="somebody new") == first
    assert "somebody new" not in run_cli("staff", "list").out


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_kept_as_given_and_shown_plain(run_cli: Run, text: str, language: str) -> None:
    names = ("caller", "phone", "extension", "when", "where", "who", "what", "how", "remedy_wanted", "store")
    told = {name: f"{name} {text}" for name in names}
    answer = run_cli("ticket", "add", "--json", stdin=json.dumps(told))
    assert answer.code == 0, answer.err
    number = answer.object["number"]
    amended = run_cli("ticket", "amend", number, "--json", stdin=json.dumps({"who": text, "caller": text}))
    assert amended.object["who"] == text
    acted = run_cli("ticket", "act", number, "note", "--json", f"--text={text}x")
    assert acted.object["history"][-1]["text"] == f"{text}x".strip()
    answers = [
        run_cli("ticket", "show", number, "--json"),
        run_cli("queue", "--json"),
        run_cli("--lang", language, "ticket", "show", number),
        run_cli("--lang", language, "queue"),
    ]
    for shown in answers:
        assert shown.code == 0
        assert not moves_the_cursor(shown.out), repr(shown.out)
    kept = answers[0].object
    for name in set(names) - {"when", "who", "caller"}:
        assert kept[name] == told[name]
    assert kept["when"]["said"] == told["when"]
    assert text.splitlines()[0][:5] in answers[2].out or not text[:5].isprintable()
