"""`promise`, `remedy`, `ticket follow-up` and `ticket close`: the settling of complaints without the screen."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support import HOSTILE, Answer, FrozenClock, moves_the_cursor

Run = Callable[..., Answer]


@pytest.fixture
def number(run_cli: Run) -> str:
    told = json.dumps({"what": "多收了钱", "caller": "王芳", "phone": "13800138000"})
    return str(run_cli("ticket", "add", "--json", stdin=told).object["number"])


def test_a_promise_is_added_listed_and_kept(run_cli: Run, number: str, clock: FrozenClock) -> None:
    added = run_cli(
        "promise", "add", number, "回电", "--by", "before five tomorrow", "--to", "她先生", "--json"
    )
    (promise,) = added.object["promises"]
    assert (promise["due_at"], promise["owner"], promise["to"], promise["state"]) == (
        "2026-11-24T17:00:00+08:00",
        "陈静",
        "她先生",
        "open",
    )
    assert added.object["clocks"][-1]["kind"] == "promise"
    (line,) = run_cli("promise", "list", "--json").objects
    assert (line["number"], line["promise"], line["what"]) == (number, 1, "回电")
    assert "回电" in run_cli("promise", "list").out
    clock.forward(days=2)
    assert run_cli("promise", "list", "--json").object["state"] == "late"
    kept = run_cli("promise", "keep", number, "--text", "打过了", "--json").object
    assert kept["promises"][0]["state"] == "kept_late"
    assert run_cli("promise", "list").out == "No promise waits to be kept.\n"
    assert run_cli("promise", "list", "--all", "--json").object["state"] == "kept_late"


def test_words_to_avoid_in_a_promise_are_told_and_block_nothing(run_cli: Run, number: str) -> None:
    said = "这是我们的法律责任，明天赔给您"
    added = run_cli("promise", "add", number, said, "--by", "明天", "--json")
    assert added.code == 0
    assert added.object["promises"][0]["what"] == said
    assert "fault" in {found["rule"] for found in added.object["avoid"]}
    assert "法律责任" in run_cli("promise", "add", number, said, "--by", "明天").err
    assert "avoid" not in run_cli("promise", "add", number, "明天回电", "--by", "明天", "--json").object


def test_a_promise_is_broken_only_with_a_reason(run_cli: Run, number: str) -> None:
    run_cli("promise", "add", number, "回电", "--by", "明天")
    assert run_cli("promise", "break", number).code == 2
    broken = run_cli("promise", "break", number, "1", "--text", "找不到人", "--json").object
    assert broken["promises"][0]["state"] == "broken"
    assert broken["clocks"][-1]["state"] == "broken"
    assert "not kept" in run_cli("ticket", "show", number).out


@pytest.mark.parametrize(
    ("arguments", "code", "named"),
    [
        (("add", "NUMBER", "x", "--by", "回电"), 2, "by"),
        (("add", "NUMBER", "x", "--by", "yesterday"), 2, "by"),
        (("add", "NUMBER", " ", "--by", "明天"), 2, "what"),
        (("add", "NUMBER", "x"), 2, "--by"),
        (("add", "NUMBER", "x", "--by", "明天", "--owner", "无此人"), 2, "owner"),
        (("add", "S01-000000-000", "x", "--by", "明天"), 1, "S01-000000-000"),
        (("keep", "NUMBER"), 1, "promise"),
        (("keep", "NUMBER", "7"), 2, "which"),
    ],
)
def test_what_cannot_be_promised_is_refused_by_name(
    run_cli: Run, number: str, arguments: tuple[str, ...], code: int, named: str
) -> None:
    answer = run_cli("promise", *(number if each == "NUMBER" else each for each in arguments))
    assert answer.code == code
    assert named in answer.err
    assert run_cli("ticket", "show", number, "--json").object["promises"] == []


def test_show_queue_and_explain_tell_of_the_promise(run_cli: Run, number: str) -> None:
    run_cli("promise", "add", number, "回电", "--by", "今天18:00前")
    assert run_cli("queue", "--json").object["clock"] == "promise"
    shown = run_cli("ticket", "show", number).out
    assert "Promises" in shown
    assert "#1  by 2026-11-23 18:00" in shown
    explained = run_cli("sla", "explain", number).out
    assert "promised: 回电 (told as: 今天18:00前)" in explained
    clock = run_cli("sla", "explain", number, "--json").object["clocks"][-1]
    assert (clock["kind"], clock["due_at"]) == ("promise", "2026-11-23T18:00:00+08:00")
    assert clock["why"]


def test_a_remedy_is_granted_approved_refused_and_carried_out(run_cli: Run, number: str) -> None:
    granted = run_cli(
        "remedy", "add", number, "price_adjustment", "--amount", "38", "--text", "退差价", "--json"
    )
    assert granted.object["remedies"][0]["state"] == "granted"
    assert granted.object["remedies"][0]["amount"] == {
        "amount": "38.00",
        "currency": "CNY",
        "minor_units": 3800,
    }
    asked = run_cli(
        *("remedy", "add", number, "return_goods", "--amount", "900", "--text", "退货", "--json"), by="小王"
    ).object
    assert asked["remedies"][1]["state"] == "waiting"
    assert asked["clocks"][-1]["kind"] == "approval"
    assert run_cli("remedy", "approve", number, by="小王").code == 1
    assert run_cli("remedy", "approve", number, "--amount", "500").code == 2
    approved = run_cli("remedy", "approve", number, "--amount", "500", "--text", "折旧", "--json").object
    assert approved["remedies"][1]["asked_amount"]["amount"] == "900.00"
    assert "In 90 days: 2 remedies, 538.00 CNY." in run_cli("remedy", "done", number, "2").out
    assert run_cli("remedy", "add", number, "gift").code == 2
    assert run_cli("remedy", "add", number, "price_adjustment", "--amount", "1e3", "--text", "x").code == 2
    assert "agent" in run_cli("remedy", "authority").out
    assert {each["role"] for each in run_cli("remedy", "authority", "--json").objects} >= {"agent", "manager"}


def test_the_outcome_is_told_with_the_resolution(run_cli: Run, number: str) -> None:
    act = ("ticket", "act", number, "resolve", "--text", "x")
    assert run_cli(*act, "--outcome", "done").code == 2
    assert run_cli(*act, "--outcome", "rejected").code == 2
    assert run_cli(*act, "--outcome", "remedy").code == 1
    assert run_cli("ticket", "act", number, "note", "--text", "x", "--outcome", "explained").code == 2
    assert run_cli(*act, "--amount", "5").code == 2
    done = run_cli(*act, "--outcome", "price_adjustment", "--amount", "5", "--json").object
    assert (done["outcome"], done["remedies"][0]["kind"]) == ("remedy", "price_adjustment")
    run_cli("ticket", "act", number, "undo")
    assert run_cli(*act, "--outcome", "withdrawn", "--json").object["outcome"] == "withdrawn"


def test_without_a_word_on_it_a_complaint_ends_explained(run_cli: Run, number: str) -> None:
    done = run_cli("ticket", "act", number, "resolve", "--text", "x", "--json").object
    assert (done["status"], done["outcome"]) == ("resolved", "explained")


def test_a_ticket_is_closed_when_nothing_is_missing(run_cli: Run, number: str) -> None:
    run_cli("ticket", "act", number, "resolve", "--text", "x")
    refused = run_cli("ticket", "close", number)
    assert refused.code == 1
    assert "thanked" in refused.err
    assert "followed up" in refused.err
    followed = run_cli("ticket", "follow-up", number, "--text", "满意", "--by", "visit", "--json").object
    assert followed["follow_ups"][0]["kind"] == "visit"
    closed = run_cli("ticket", "close", number, "--thanked", "--json").object
    assert closed["status"] == "closed"
    assert closed["closed_at"] is not None
    assert run_cli("ticket", "follow-up", number, "--text", "x", "--by", "fax").code == 2


def test_the_shift_sheet_tells_what_was_promised_and_kept(run_cli: Run, number: str, tmp_path: Path) -> None:
    run_cli("promise", "add", number, "回电<&>{{7*7}}", "--by", "今天18:00")
    run_cli("promise", "add", number, "寄赠品", "--by", "今天17:00")
    run_cli("promise", "keep", number, "2")
    sheet = run_cli("handover", "--json").object
    assert [each["what"] for each in sheet["promises"]] == ["回电<&>{{7*7}}"]
    assert [each["what"] for each in sheet["promises_kept"]] == ["寄赠品"]
    text = run_cli("handover").out
    assert text.index("Promises kept today: 1") < text.index("Hot cases") < text.index("Promises to keep: 1")
    file = tmp_path / "sheet.docx"
    assert run_cli("handover", "--docx", str(file)).out.strip() == str(file)
    words = all_words(file)
    assert "回电<&>{{7*7}}" in words
    assert words.index("寄赠品") < words.index("回电<&>{{7*7}}")
    again = run_cli("handover", "--docx", str(file))
    assert (again.code, "there already" in again.err) == (1, True)


def all_words(file: Path) -> list[str]:
    from docx import Document

    body = Document(str(file)).element.body
    return [
        "".join(text.text or "" for text in each.iter() if text.tag.endswith("}t")) for each in body.iter()
    ]


def test_a_store_lays_out_its_own_sheet_and_a_faulty_one_is_named(
    run_cli: Run, number: str, tmp_path: Path
) -> None:
    from docx import Document

    folder = tmp_path / "letters"
    folder.mkdir()
    own = Document()
    own.add_paragraph("南山店 {{ title }}")
    own.save(str(folder / "shift_sheet.docx"))
    run_cli("handover", "--docx", str(tmp_path / "own.docx"))
    assert any(words.startswith("南山店 Shift sheet") for words in all_words(tmp_path / "own.docx"))
    own.add_paragraph("{% for row in late %}")
    own.save(str(folder / "shift_sheet.docx"))
    faulty = run_cli("handover", "--docx", str(tmp_path / "faulty.docx"))
    assert faulty.code == 1
    assert "shift_sheet.docx" in faulty.err
    assert not (tmp_path / "faulty.docx").exists()
    (folder / "shift_sheet.docx").write_bytes(b"no archive")
    assert run_cli("handover", "--docx", str(tmp_path / "faulty.docx")).code == 1


def test_hostile_words_in_promises_and_remedies_move_no_cursor(
    run_cli: Run, number: str, tmp_path: Path
) -> None:
    for text in HOSTILE:
        run_cli("promise", "add", number, text, "--by", "明天", "--to", text)
        run_cli("remedy", "add", number, "change_service", "--text", text)
    assert run_cli("ticket", "show", number, "--json").object["promises"]
    for command in (
        ("promise", "list"),
        ("ticket", "show", number),
        ("sla", "explain", number),
        ("handover",),
    ):
        for flags in ((), ("--json",)):
            answer = run_cli(*command, *flags)
            assert (answer.code, moves_the_cursor(answer.out)) == (0, False)
    assert run_cli("handover", "--docx", str(tmp_path / "hostile.docx")).code == 0
    assert all_words(tmp_path / "hostile.docx")


def test_the_help_of_the_new_commands_is_there_in_both_languages(run_cli: Run) -> None:
    for language in ("en", "zh_CN"):
        for noun in ("promise", "remedy"):
            assert run_cli("--lang", language, noun, "--help").code == 0


def test_promises_and_remedies_go_along_to_another_desk(run_cli: Run, number: str, tmp_path: Path) -> None:
    run_cli("promise", "add", number, "回电", "--by", "明天")
    run_cli("remedy", "add", number, "return_goods", "--amount", "900", "--text", "退货", by="小王")
    run_cli("remedy", "approve", number)
    run_cli("ticket", "act", number, "resolve", "--text", "x")
    before = run_cli("ticket", "show", number, "--json").object
    file = tmp_path / "whole.jsonl"
    assert run_cli("export", "-o", str(file), "--format", "jsonl").code == 0
    other = tmp_path / "other.db"
    brought = run_cli("import", str(file), "--yes", db=other)
    assert brought.code == 0, brought.err
    after = run_cli("ticket", "show", number, "--json", db=other).object
    for key in ("promises", "remedies", "outcome", "clocks"):
        assert after[key] == before[key], key
    assert run_cli("promise", "list", "--json", db=other).object["what"] == "回电"
    assert run_cli("db", "check", db=other).code == 0


def test_a_row_that_differs_from_the_history_is_named_and_mended(
    run_cli: Run, number: str, file: Path
) -> None:
    import sqlite3

    run_cli("promise", "add", number, "回电", "--by", "明天")
    run_cli("remedy", "add", number, "price_adjustment", "--amount", "5", "--text", "x")
    connection = sqlite3.connect(file)
    connection.execute("UPDATE promise SET what = 'x'")
    connection.execute("UPDATE remedy SET amount = 1")
    connection.execute("UPDATE ticket SET promise_due_at = NULL")
    connection.commit()
    connection.close()
    found = run_cli("db", "check")
    assert found.code == 1
    for name in ("promises", "remedies", "promise_due_at"):
        assert name in found.out + found.err
    assert run_cli("db", "check", "--mend").code == 0
    assert run_cli("db", "check").code == 0
    assert run_cli("promise", "list", "--json").object["what"] == "回电"
