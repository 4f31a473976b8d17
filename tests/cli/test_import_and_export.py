"""`import` looks, tries and writes; `export` writes what a list shows; a ticket is shown whole and as Markdown."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support import Answer

Run = Callable[..., Answer]
TABLE = (
    "case id,complaint,date,received via,status,customer name\n"
    "1,charged twice,13/11/2026,hotline,closed,Wang Fang\n"
    "2,the kettle leaked,14/11/2026,carrier pigeon,open,Li Min\n"
    "3,,15/11/2026,hotline,open,\n"
)


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A legacy file in the folder one is in."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "old.csv"
    path.write_text(TABLE)
    return path


def test_without_yes_it_says_what_would_happen_and_writes_nothing(run_cli: Run, old: Path) -> None:
    answer = run_cli("import", str(old))
    assert answer.code == 1
    assert "case id       → record number" in answer.out
    assert "2 lines would become tickets (1 open, 1 settled)." in answer.out
    assert "line 4: complaint: It does not tell what happened." in answer.out
    assert "received via: “carrier pigeon” stands for nothing the desk knows (one line)" in answer.out
    assert "Add --yes to write." in answer.out
    assert run_cli("search", "kettle", "--json").out == ""
    assert not (old.parent / "old-faulty.csv").exists()


def test_with_yes_it_writes_and_the_second_time_it_has_nothing_to_write(run_cli: Run, old: Path) -> None:
    written = run_cli("import", str(old), "--yes", "--json").object
    assert (written["new"], written["faulty"], written["open"]) == (2, 1, 1)
    assert "does not tell what happened" in Path(written["faulty_file"]).read_text("utf-8-sig")
    assert written["unknown_values"] == [{"heading": "received via", "value": "carrier pigeon", "lines": 1}]
    again = run_cli("import", str(old), "--yes", "--json").object
    assert (again["new"], again["known"]) == (0, 2)


def test_a_mapping_is_written_edited_and_taken(run_cli: Run, old: Path) -> None:
    mapping = old.parent / "map.toml"
    assert run_cli("import", str(old), "--write-map", str(mapping)).code == 1
    text = mapping.read_text("utf-8")
    assert 'heading = "complaint"\nto = "what"' in text
    assert run_cli("import", str(old), "--write-map", str(mapping)).code != 0
    assert mapping.read_text("utf-8") == text
    edited = text.replace(
        'to = "channel"\n[column.values]', 'to = "channel"\n[column.values]\n"carrier pigeon" = "letter"'
    )
    mapping.write_text(edited.replace('to = "caller"', 'to = "who"'), "utf-8")
    assert run_cli("import", str(old), "--map", str(mapping), "--yes").code == 1
    (row,) = run_cli("search", "kettle", "--json").objects
    shown = run_cli("ticket", "show", row["number"], "--json").object
    assert (shown["channel"], shown["who"], shown["caller"]) == ("letter", "Li Min", None)


def test_dates_that_need_telling_are_refused_with_the_flag_that_tells_them(run_cli: Run, old: Path) -> None:
    old.write_text("case id,complaint,date\n1,first,03/04/2026\n2,second,05/06/2026\n")
    refused = run_cli("import", str(old), "--yes")
    assert refused.code == 2
    assert "--date-order day-month-year | month-day-year" in refused.err
    assert "Nothing was written." in refused.err
    assert run_cli("import", str(old), "--yes", "--date-order", "nonsense").code == 2
    assert run_cli("import", str(old), "--yes", "--date-order", "dmy").code == 0
    (row,) = run_cli("search", "first", "--json").objects
    assert row["received_at"].startswith("2026-04-03")


def test_a_file_in_which_nothing_tells_what_happened_is_refused_with_a_way_on(
    run_cli: Run, old: Path
) -> None:
    old.write_text("x,y\n1,2\n3,4\n")
    answer = run_cli("import", str(old), "--yes")
    assert answer.code == 2
    assert "“what happened”, “received”" in answer.err
    assert "--write-map" in answer.err


def test_lines_without_a_status_are_what_one_says(run_cli: Run, old: Path) -> None:
    old.write_text("case id,complaint,date\n1,first,2026-04-03\n")
    assert run_cli("import", str(old), "--yes", "--status", "closed").code == 0
    (row,) = run_cli("search", "first", "--json").objects
    assert row["status"] == "closed"


def test_what_is_exported_comes_in_at_another_desk(run_cli: Run, old: Path) -> None:
    run_cli(
        "ticket",
        "add",
        stdin=json.dumps({"what": "charged for two", "caller": "王芳", "phone": "13800138000"}),
    )
    run_cli("import", str(old), "--yes")
    out = old.parent / "all.jsonl"
    answer = run_cli("export", "-o", str(out))
    assert answer.code == 0
    assert "3 tickets were written" in answer.err
    other = old.parent / "other.db"
    assert run_cli("import", str(out), "--yes", db=other).code == 0
    assert run_cli("export", "--format", "jsonl", db=other).out == out.read_text("utf-8")


def test_an_export_goes_to_the_standard_output_and_takes_the_filters_of_queue_and_search(
    run_cli: Run, old: Path
) -> None:
    run_cli("ticket", "add", stdin=json.dumps({"what": "charged for two", "caller": "王芳"}))
    run_cli("import", str(old), "--yes")
    everything = run_cli("export")
    assert everything.out.startswith("\ufeffNumber,Status,")
    assert len(everything.out.splitlines()) == 4
    assert len(run_cli("export", "--view", "all").out.splitlines()) == 2
    assert "kettle" in run_cli("export", "--view", "brought-along").out
    assert len(run_cli("export", "--search", "charged").out.splitlines()) == 3
    assert run_cli("export", "--search", "x", "--view", "all").code == 2
    assert run_cli("export", "--view", "nonsense").code == 2
    assert run_cli("export", "--format", "pdf").code == 2
    assert run_cli("export", "--format", "xlsx").code == 2


def test_a_ticket_is_shown_whole_and_as_markdown(run_cli: Run) -> None:
    number = run_cli("ticket", "add", "--json", stdin='{"what": "*charged* twice"}').object["number"]
    whole = run_cli("ticket", "show", number, "--json", "--full").object
    assert [event["act"] for event in whole["events"]] == ["received"]
    assert whole["what"] == "*charged* twice"
    page = run_cli("ticket", "show", number, "--markdown").out
    assert page.startswith(f"# {number}\n")
    assert "> \\*charged\\* twice" in page


def test_an_agent_is_told_who_may_import(run_cli: Run, old: Path) -> None:
    run_cli("ticket", "add", stdin='{"what": "ours"}')
    answer = run_cli("import", str(old), "--yes", by="刘洋")
    assert answer.code == 1
    assert "supervisor" in answer.err
