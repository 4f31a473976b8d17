"""`ticket act`: what was done, when it happened, and which clocks it meets."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support import Answer, FrozenClock

Run = Callable[..., Answer]


@pytest.fixture
def number(run_cli: Run) -> str:
    taken = run_cli("ticket", "add", "--json", stdin=json.dumps({"what": "酱油少了一瓶"})).object
    return str(taken["number"])


@pytest.fixture
def act(run_cli: Run, number: str) -> Callable[..., Answer]:
    def record(what: str, text: str | None = "给王女士回了电话", **more: str) -> Answer:
        words = [] if text is None else ["--text", text]
        at = ["--at", more.pop("at")] if "at" in more else []
        return run_cli("ticket", "act", number, what, *words, *at, "--json", **more)

    return record


Act = Callable[..., Answer]


def clocks(answer: Answer) -> dict[str, dict[str, Any]]:
    return {clock["kind"]: clock for clock in answer.object["clocks"]}


def states(answer: Answer) -> dict[str, str]:
    return {kind: clock["state"] for kind, clock in clocks(answer).items()}


def test_acknowledging_meets_the_first_clock_alone(act: Act, clock: FrozenClock) -> None:
    clock.forward(hours=2)
    answer = act("acknowledge")
    assert states(answer) == {"admit": "met", "own": "running", "solve": "running"}
    assert clocks(answer)["admit"]["met_at"] == "2026-11-23T12:28:00+08:00"
    assert answer.object["history"][-1] | {"meets": ["admit"]} == {
        "happened_at": "2026-11-23T12:28:00+08:00",
        "recorded_at": "2026-11-23T12:28:00+08:00",
        "by": "陈静",
        "act": "acknowledge",
        "text": "给王女士回了电话",
        "meets": ["admit"],
    }


def test_owning_also_meets_an_unmet_admission(act: Act) -> None:
    assert states(act("own")) == {"admit": "met", "own": "met", "solve": "running"}


def test_owning_leaves_a_met_admission_as_it_was(act: Act, clock: FrozenClock) -> None:
    clock.forward(hours=1)
    acknowledged = clocks(act("acknowledge"))["admit"]
    clock.forward(hours=1)
    assert clocks(act("own"))["admit"] == acknowledged


def test_resolving_meets_every_earlier_clock_and_says_so(run_cli: Run, number: str) -> None:
    answer = run_cli("ticket", "act", number, "resolve", "--text", "退了38元,王女士满意")
    assert answer.code == 0
    assert answer.out.splitlines()[-1] == "This act meets: Admit, Own, Solve."
    assert "(meets Admit, Own, Solve)" in run_cli("ticket", "show", number).out
    ticket = run_cli("ticket", "show", number, "--json").object
    assert ticket["status"] == "resolved"
    assert {clock["state"] for clock in ticket["clocks"]} == {"met"}


def test_owning_says_which_clocks_it_met(run_cli: Run, number: str) -> None:
    run_cli("ticket", "act", number, "acknowledge", "--text", "x")
    answer = run_cli("ticket", "act", number, "own", "--text", "x")
    assert answer.out.splitlines()[-1] == "This act meets: Own."


def test_a_note_meets_nothing(act: Act, run_cli: Run, number: str) -> None:
    assert set(states(act("note")).values()) == {"running"}
    assert "meets" not in run_cli("ticket", "act", number, "note", "--text", "x").out


def test_reopening_leaves_the_old_clocks_and_starts_a_new_one(act: Act, clock: FrozenClock) -> None:
    clock.forward(hours=5)
    before = clocks(act("resolve"))
    clock.forward(days=3)
    answer = act("reopen", "王女士说钱没有到账")
    after = clocks(answer)
    assert {kind: after[kind] for kind in before} == before
    assert after["reopened"]["due_at"] == "2026-11-28T15:28:00+08:00"
    assert after["reopened"]["state"] == "running"
    assert answer.object["status"] == "open"
    assert states(act("resolve"))["reopened"] == "met"


def test_a_late_act_meets_the_clock_and_the_breach_stays(act: Act, clock: FrozenClock) -> None:
    clock.forward(hours=30)
    admit = clocks(act("acknowledge"))["admit"]
    assert admit["state"] == "met"
    assert admit["breached_at"] == admit["due_at"] == "2026-11-24T10:28:00+08:00"


def test_a_clock_is_late_after_its_due_time_and_not_at_it(
    run_cli: Run, number: str, clock: FrozenClock
) -> None:
    clock.forward(hours=24)
    assert states(run_cli("ticket", "show", number, "--json"))["admit"] == "running"
    clock.forward(microseconds=1)
    late = clocks(run_cli("ticket", "show", number, "--json"))["admit"]
    assert (late["state"], late["breached_at"]) == ("late", "2026-11-24T10:28:00+08:00")


@pytest.mark.parametrize(
    ("at", "happened"),
    [
        ("2026-11-23T12:00:00+08:00", "2026-11-23T12:00:00+08:00"),
        ("2026-11-23T04:00:00Z", "2026-11-23T12:00:00+08:00"),
        ("2026-11-23 12:00", "2026-11-23T12:00:00+08:00"),
        ("12:00", "2026-11-23T12:00:00+08:00"),
        ("今天中午12点", "2026-11-23T12:00:00+08:00"),
        ("today at 12:00", "2026-11-23T12:00:00+08:00"),
        ("一小时前", "2026-11-23T13:28:00+08:00"),
    ],
)
def test_an_act_may_be_recorded_after_it_happened(
    act: Act, clock: FrozenClock, at: str, happened: str
) -> None:
    clock.forward(hours=4)
    answer = act("acknowledge", at=at)
    assert answer.code == 0, answer.err
    line = answer.object["history"][-1]
    assert (line["happened_at"], line["recorded_at"]) == (happened, "2026-11-23T14:28:00+08:00")
    admit = clocks(answer)["admit"]
    assert (admit["met_at"], admit["recorded_late"], admit["disputed"]) == (happened, True, False)
    assert admit["breached_at"] is None


@pytest.mark.parametrize(
    "at",
    ["2026-11-23T14:28:01+08:00", "明天", "2026-11-23T10:27:59+08:00", "昨天", "whenever", "", "\x1b[2J"],
)
def test_a_time_that_lies_ahead_or_before_receipt_or_is_none_is_refused(
    act: Act, run_cli: Run, number: str, clock: FrozenClock, at: str
) -> None:
    clock.forward(hours=4)
    answer = act("acknowledge", at=at)
    assert answer.code == 2
    assert answer.err.startswith("at: ")
    assert "\x1b" not in answer.err
    assert len(run_cli("ticket", "show", number, "--json").object["history"]) == 1


def test_a_word_given_after_the_due_time_is_disputed_until_a_supervisor_confirms_it(
    act: Act, run_cli: Run, number: str, clock: FrozenClock
) -> None:
    clock.forward(hours=30)
    said = clocks(act("acknowledge", "十点打过电话", at="2026-11-23T12:00:00+08:00"))["admit"]
    assert (said["state"], said["disputed"], said["breached_at"]) == ("met", True, said["due_at"])
    assert "disputed" in run_cli("ticket", "show", number).out
    assert act("confirm", None, by="李敏").code == 1
    confirmed = clocks(act("confirm", None, by="陈静"))["admit"]
    assert (confirmed["disputed"], confirmed["breached_at"]) == (False, None)
    assert confirmed["met_at"] == "2026-11-23T12:00:00+08:00"


def test_only_what_is_disputed_can_be_confirmed(act: Act) -> None:
    answer = act("confirm", None)
    assert answer.code == 1
    assert "disputed" in answer.err


def test_of_two_acts_the_earlier_one_counts_whatever_was_written_first(act: Act, clock: FrozenClock) -> None:
    clock.forward(hours=4)
    act("acknowledge")
    assert clocks(act("acknowledge", at="12:00"))["admit"]["met_at"] == "2026-11-23T12:00:00+08:00"
    clock.forward(hours=1)
    assert clocks(act("acknowledge"))["admit"]["met_at"] == "2026-11-23T12:00:00+08:00"


def test_a_word_that_comes_too_late_never_shakes_an_act_in_good_time(act: Act, clock: FrozenClock) -> None:
    clock.forward(hours=4)
    in_time = clocks(act("acknowledge"))["admit"]
    clock.forward(hours=40)
    assert clocks(act("acknowledge", at="2026-11-23T11:00:00+08:00"))["admit"] == in_time


def test_undoing_takes_back_one_act_after_another_as_new_events(act: Act) -> None:
    act("acknowledge")
    act("own")
    act("resolve")
    answer = act("undo", None)
    assert answer.object["status"] == "open"
    assert states(answer) == {"admit": "met", "own": "met", "solve": "running"}
    assert states(act("undo", None)) == {"admit": "met", "own": "running", "solve": "running"}
    answer = act("undo", "打错了单")
    assert states(answer) == {"admit": "running", "own": "running", "solve": "running"}
    history = answer.object["history"]
    assert [line["act"] for line in history] == [
        *("received", "acknowledge", "own", "resolve", "undo", "undo", "undo")
    ]
    assert [line.get("undone", False) for line in history] == [False, True, True, True, False, False, False]
    assert act("undo", None).code == 1


def test_undoing_a_reopening_resolves_the_ticket_again(act: Act) -> None:
    act("resolve")
    act("reopen")
    answer = act("undo", None)
    assert answer.object["status"] == "resolved"
    assert "reopened" not in states(answer)
    assert states(act("reopen"))["reopened"] == "running"


def test_undoing_the_admission_makes_a_past_clock_late_again(act: Act, clock: FrozenClock) -> None:
    act("acknowledge")
    clock.forward(hours=30)
    admit = clocks(act("undo", None))["admit"]
    assert (admit["state"], admit["met_at"], admit["breached_at"]) == ("late", None, admit["due_at"])


def test_a_note_is_taken_back_by_its_writer_only(act: Act) -> None:
    act("acknowledge", by="陈静")
    act("note", by="李敏")
    assert states(act("undo", None, by="陈静"))["admit"] == "running"
    history = act("undo", None, by="李敏").object["history"]
    assert [line["act"] for line in history if line.get("undone")] == ["acknowledge", "note"]


def test_an_undone_confirmation_leaves_the_act_disputed(act: Act, clock: FrozenClock) -> None:
    clock.forward(hours=30)
    act("acknowledge", at="2026-11-23T12:00:00+08:00")
    act("confirm", None)
    assert clocks(act("undo", None))["admit"]["disputed"] is True


@pytest.mark.parametrize("what", ["acknowledge", "own", "resolve", "note", "reopen"])
@pytest.mark.parametrize("text", [None, "", "  ", "　"])
def test_an_act_needs_its_words(act: Act, run_cli: Run, number: str, what: str, text: str | None) -> None:
    answer = act(what, text)
    assert answer.code == 2
    assert answer.err.startswith("text: ")
    assert len(run_cli("ticket", "show", number, "--json").object["history"]) == 1


def test_a_resolved_ticket_is_not_resolved_again_and_an_open_one_not_reopened(act: Act) -> None:
    assert act("reopen").code == 1
    assert act("resolve").code == 0
    answer = act("resolve")
    assert answer.code == 1
    assert "resolved already" in answer.err


def test_a_resolved_ticket_still_takes_notes_and_words_about_its_clocks(act: Act) -> None:
    act("resolve")
    for what in ("note", "acknowledge", "own"):
        assert act(what).object["status"] == "resolved"


def test_a_reopening_comes_after_the_resolution_and_a_resolution_after_the_reopening(
    act: Act, clock: FrozenClock
) -> None:
    clock.forward(hours=2)
    act("resolve")
    clock.forward(hours=2)
    assert act("reopen", at="2026-11-23T12:00:00+08:00").code == 2
    act("reopen")
    clock.forward(hours=2)
    assert act("resolve", at="2026-11-23T13:00:00+08:00").code == 2
    assert act("resolve", at="2026-11-23T15:00:00+08:00").code == 0


def test_an_unknown_act_is_a_misuse_and_the_acts_are_named(act: Act) -> None:
    for what in ("close", "received", "amended", "[/]"):
        answer = act(what)
        assert answer.code == 2
        assert "acknowledge, own, resolve, note, reopen, confirm, undo" in answer.err


def test_an_act_on_a_ticket_that_is_not_there_is_refused(run_cli: Run) -> None:
    answer = run_cli("ticket", "act", "S01-261123-099", "note", "--text", "x")
    assert answer.code == 1
    assert "S01-261123-099" in answer.err


def test_who_acted_stands_in_the_history(act: Act) -> None:
    assert act("note", by="O'Brien  [/]").object["history"][-1]["by"] == "O'Brien [/]"


def test_the_clock_of_this_pc_set_back_stops_nobody(act: Act, clock: FrozenClock) -> None:
    clock.forward(hours=-5)
    assert states(act("acknowledge"))["admit"] == "met"


def test_the_agents_own_words_are_looked_at_and_what_was_found_stays_with_the_act(act: Act) -> None:
    said = "  已给王女士回电，规定就是这样。"
    answer = act("acknowledge", said)
    assert answer.code == 0
    (found,) = answer.object["avoid"]
    assert (found["rule"], found["words"]) == ("C", "规定就是这样")
    start, end = found["span"]
    assert said.strip()[start:end] == found["words"]
    assert found["instead"]
    kept = answer.object["history"][-1]["avoid"]
    assert kept == [{"rule": "C", "span": found["span"]}]


def test_for_a_person_the_advice_stands_on_the_error_stream_and_the_act_is_done(
    run_cli: Run, number: str
) -> None:
    answer = run_cli("ticket", "act", number, "acknowledge", "--text", "给王女士回了电话，规定就是这样。")
    assert answer.code == 0
    assert "规定就是这样" in answer.err
    assert number in answer.out


def test_a_note_for_colleagues_may_say_what_is_not_for_the_caller(act: Act) -> None:
    answer = act("note", "没办法，仓库那边没货。")
    assert "avoid" not in answer.object
    assert "avoid" not in answer.object["history"][-1]


def test_words_that_are_too_long_are_refused_with_the_limit_and_kept_whole_in_a_file(
    run_cli: Run, number: str, file: Path
) -> None:
    words = "酱油" * 500_000
    refused = run_cli("ticket", "act", number, "note", "--text", words)
    assert refused.code == 2
    assert "at most 250,000 are kept in one text. Nothing was written." in refused.err
    (kept,) = (file.with_suffix(".drafts") / "kept").glob("refused-*.txt")
    assert str(kept) in refused.err
    assert kept.read_text("utf-8") == words
    assert kept.stat().st_mode & 0o077 == 0
    assert run_cli("ticket", "act", number, "note", "--text", words[:250_000]).code == 0


def test_every_free_text_of_a_command_has_that_limit(run_cli: Run, number: str, file: Path) -> None:
    words = "x" * 250_001
    for command in (
        ("ticket", "assign", number, "chen", "--text", words),
        ("ticket", "severity", number, "3", "--text", words),
        ("promise", "add", number, words, "--by", "2026-11-25T12:00+08:00"),
        ("remedy", "add", number, "price_adjustment", "--amount", "10", "--text", words),
    ):
        refused = run_cli(*command)
        assert "at most 250,000" in refused.err, command[:2]
    assert len(run_cli("ticket", "show", number, "--json").object["history"]) == 1
