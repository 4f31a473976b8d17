"""Files that mean no good, or are none: each ends in a sentence, and the desk's file is as it was."""

import os
import sqlite3
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support import Answer, moves_the_cursor

Run = Callable[..., Answer]
HEAD = "case id,complaint,date\n"


def kept(file: Path) -> dict[str, int]:
    connection = sqlite3.connect(file)
    tables = ("ticket", "event", "said", "clock", "search_row", "counter")
    counts = {name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in tables}
    connection.close()
    return counts


@pytest.fixture
def seated(run_cli: Run, file: Path) -> dict[str, int]:
    """The supervisor has taken the seat; what the file holds then."""
    run_cli("staff", "list")
    assert run_cli("ticket", "add", stdin='{"what": "ours"}').code == 0
    return kept(file)


def workbook(path: Path, sheet: bytes, **parts: bytes) -> Path:
    """A workbook of the fewest parts, its sheet as told."""
    main = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    kinds = (
        b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        b'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        b'<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        b'spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/'
        b'vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
    )
    office = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = b"http://schemas.openxmlformats.org/package/2006/relationships"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", kinds)
        packed.writestr(
            "_rels/.rels",
            b'<Relationships xmlns="%s"><Relationship Id="r1" Type="%s/officeDocument" Target="xl/workbook.xml"/>'
            b"</Relationships>" % (package, office),
        )
        packed.writestr(
            "xl/workbook.xml",
            b'<workbook %s xmlns:r="%s"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>'
            % (main, office),
        )
        packed.writestr(
            "xl/_rels/workbook.xml.rels",
            b'<Relationships xmlns="%s"><Relationship Id="r1" Type="%s/worksheet" Target="worksheets/sheet1.xml"/>'
            b"</Relationships>" % (package, office),
        )
        packed.writestr("xl/worksheets/sheet1.xml", sheet)
        for name, content in parts.items():
            packed.writestr(name, content)
    return path


def sheet_of(*rows: bytes) -> bytes:
    main = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    return b"<worksheet %s><sheetData>%s</sheetData></worksheet>" % (main, b"".join(rows))


def row_of(number: int, *cells: str) -> bytes:
    told = "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in cells)
    return f'<row r="{number}">{told}</row>'.encode()


def refused(answer: Answer, file: Path, before: dict[str, int]) -> None:
    assert answer.code in (1, 2)
    assert answer.err.strip()
    assert "Traceback" not in answer.err
    assert not moves_the_cursor(answer.err)
    assert kept(file) == before


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.csv", b""),
        ("blank.csv", b"\n\n  \n,,,\n"),
        ("picture.csv", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 40),
        ("random.csv", bytes((number * 7919 + 13) % 256 for number in range(50_000))),
        ("nuls.csv", b"\x00" * 10_000),
        (
            "latin.csv",
            "case,complaint,date\n1,caf\xe9 \xe0 \xe9t\xe9 m\xe9chant \xe9,2026-11-02\n".encode("latin-1")
            * 9,
        ),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5_000)),
        ("no-book.xlsx", b"PK\x03\x04" + bytes(range(256)) * 10),
        ("list.json", b'[{"a": 1}]'),
        ("broken.jsonl", b'{"a": 1\n{"b": 2\n'),
        ("wide.csv", b"," * 1_000_000 + b"\n"),
        ("columns.csv", b",".join(b"h%d" % number for number in range(5_000)) + b"\n"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_table_is_refused_with_a_sentence(
    run_cli: Run, tmp_path: Path, file: Path, seated: dict[str, int], name: str, content: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    refused(run_cli("import", str(path), "--yes"), file, seated)


def test_a_folder_a_missing_file_and_a_forbidden_one_are_named(
    run_cli: Run, tmp_path: Path, file: Path, seated: dict[str, int]
) -> None:
    refused(run_cli("import", str(tmp_path), "--yes"), file, seated)
    refused(run_cli("import", str(tmp_path / "nowhere.csv"), "--yes"), file, seated)
    refused(run_cli("import", str(tmp_path / "no\x00name.csv"), "--yes"), file, seated)
    locked = tmp_path / "locked.csv"
    locked.write_text(HEAD + "1,a,2026-11-02\n")
    locked.chmod(0)
    if os.access(locked, os.R_OK):
        return
    refused(run_cli("import", str(locked), "--yes"), file, seated)


def test_a_workbook_that_unpacks_to_gigabytes_is_never_unpacked(
    run_cli: Run, tmp_path: Path, file: Path, seated: dict[str, int]
) -> None:
    path = workbook(tmp_path / "bomb.xlsx", sheet_of(row_of(1, "complaint", "date")) + b" " * 60_000_000)
    assert path.stat().st_size < 200_000
    tracemalloc.start()
    answer = run_cli("import", str(path), "--yes")
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    refused(answer, file, seated)
    assert most < 40_000_000


def test_a_workbook_whose_xml_unfolds_itself_is_refused(
    run_cli: Run, tmp_path: Path, file: Path, seated: dict[str, int]
) -> None:
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    sheet = sheet_of(row_of(1, "complaint", "date"), row_of(2, "&b;", "2026-11-02"))
    path = workbook(tmp_path / "laughs.xlsx", laughs + sheet)
    refused(run_cli("import", str(path), "--yes"), file, seated)


def test_a_workbook_with_a_row_far_below_ends_soon(
    run_cli: Run, tmp_path: Path, file: Path, seated: dict[str, int]
) -> None:
    sheet = sheet_of(
        row_of(1, "case id", "complaint", "date"),
        row_of(2, "1", "the only one", "2026-11-02"),
        row_of(99_999_999_999, "2", "far below", "2026-11-02"),
    )
    answer = run_cli("import", str(workbook(tmp_path / "deep.xlsx", sheet)), "--yes")
    assert answer.code == 0
    assert kept(file)["ticket"] == seated["ticket"] + 1


def test_a_formula_without_its_result_is_a_fault_of_its_line_and_one_with_it_is_its_result(
    run_cli: Run, tmp_path: Path, file: Path, seated: dict[str, int]
) -> None:
    rows = (
        row_of(1, "case id", "complaint", "date"),
        b'<row r="2"><c><v>1</v></c><c t="str"><f>1+1</f><v>two bottles</v></c>'
        b'<c t="inlineStr"><is><t>2026-11-02</t></is></c></row>',
        b'<row r="3"><c><v>2</v></c><c><f>HYPERLINK("http://x","y")</f></c>'
        b'<c t="inlineStr"><is><t>2026-11-02</t></is></c></row>',
    )
    path = workbook(tmp_path / "formula.xlsx", sheet_of(*rows))
    answer = run_cli("import", str(path), "--yes", "--faulty", str(tmp_path / "f.csv"))
    assert answer.code == 1
    assert "formula" in answer.out
    assert kept(file)["ticket"] == seated["ticket"] + 1
    assert run_cli("search", "two bottles", "--json").objects


@pytest.mark.slow
def test_a_line_of_two_hundred_megabytes_costs_its_own_line_and_little_memory(
    run_cli: Run, tmp_path: Path, file: Path, seated: dict[str, int]
) -> None:
    path = tmp_path / "long.csv"
    with path.open("wb") as stream:
        stream.write((HEAD + "1,short,2026-11-02\n2,").encode())
        for _chunk in range(200):
            stream.write(b"x" * 1_000_000)
        stream.write(b",2026-11-02\n3,short too,2026-11-02\n")
    tracemalloc.start()
    answer = run_cli("import", str(path), "--yes", "--faulty", str(tmp_path / "f.csv"))
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert answer.code == 1
    assert "line 3" in answer.out
    assert kept(file)["ticket"] == seated["ticket"] + 2
    assert most < 60_000_000


@pytest.mark.slow
def test_a_line_of_two_hundred_megabytes_in_json_is_no_more_than_a_fault(
    run_cli: Run, tmp_path: Path, file: Path, seated: dict[str, int]
) -> None:
    path = tmp_path / "long.jsonl"
    with path.open("wb") as stream:
        stream.write(b'{"id": 1, "complaint": "short", "date": "2026-11-02"}\n{"id": 2, "complaint": "')
        for _chunk in range(200):
            stream.write(b"x" * 1_000_000)
        stream.write(b'"}\n')
    answer = run_cli("import", str(path), "--yes", "--faulty", str(tmp_path / "f.jsonl"))
    assert answer.code == 1
    assert kept(file)["ticket"] == seated["ticket"] + 1


def test_nul_bytes_cost_their_line_only(
    run_cli: Run, tmp_path: Path, file: Path, seated: dict[str, int]
) -> None:
    path = tmp_path / "nul.csv"
    lines = "".join(f"{number},complaint {number},2026-11-02\n" for number in range(2, 200))
    path.write_bytes((HEAD + "1,a\x00b,2026-11-02\n" + lines).encode())
    answer = run_cli("import", str(path), "--yes", "--faulty", str(tmp_path / "f.csv"))
    assert answer.code == 1
    assert "line 2" in answer.out
    assert kept(file)["ticket"] == seated["ticket"] + 198


def test_a_quotation_mark_that_is_never_closed_costs_its_line_only(
    run_cli: Run, tmp_path: Path, file: Path, seated: dict[str, int]
) -> None:
    path = tmp_path / "quote.csv"
    lines = "".join(f"{number},complaint {number},2026-11-02\n" for number in range(2, 3_000))
    path.write_text(HEAD + '1,"never closed,2026-11-02\n' + lines)
    answer = run_cli("import", str(path), "--json")
    assert answer.object["new"] == 2_998
    assert [fault["line"] for fault in answer.object["faults"]] == [2]
    assert kept(file) == seated


def test_the_wrong_encoding_told_is_named(
    run_cli: Run, tmp_path: Path, file: Path, seated: dict[str, int]
) -> None:
    path = tmp_path / "gb.csv"
    path.write_bytes("投诉内容,日期\n太慢了,2026-11-02\n".encode("gb18030"))
    refused(run_cli("import", str(path), "--yes", "--encoding", "utf-8"), file, seated)
    refused(run_cli("import", str(path), "--yes", "--encoding", "no-such"), file, seated)
    assert run_cli("import", str(path), "--yes").code == 0


def test_hostile_text_comes_in_as_text_and_stays_text(
    run_cli: Run, tmp_path: Path, file: Path, seated: dict[str, int]
) -> None:
    from tests.support import HOSTILE

    path = tmp_path / "hostile.csv"
    import csv

    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["case id", "complaint", "date", "=cmd|' /C calc'!A0"])
        writer.writerows([str(number), text, "2026-11-02", text] for number, text in enumerate(HOSTILE))
    answer = run_cli("import", str(path), "--yes")
    assert answer.code == 0
    assert not moves_the_cursor(answer.out)
    assert kept(file)["ticket"] == seated["ticket"] + len(HOSTILE)
    assert run_cli("db", "check").code == 0


@pytest.mark.parametrize(
    "content",
    [
        "",
        "column = 1",
        "[[column]]\nto = 'what'",
        "[[column]]\nheading = 'x'\nto = 'nonsense'",
        "\x00",
        "x" * 2_000_000,
    ],
    ids=["empty", "number", "no-heading", "nonsense", "nul", "long"],
)
def test_a_faulty_mapping_is_named(
    run_cli: Run, tmp_path: Path, file: Path, seated: dict[str, int], content: str
) -> None:
    path, mapping = tmp_path / "a.csv", tmp_path / "map.toml"
    path.write_text(HEAD + "1,a,2026-11-02\n")
    mapping.write_text(content)
    refused(run_cli("import", str(path), "--map", str(mapping), "--yes"), file, seated)
    refused(run_cli("import", str(path), "--map", str(tmp_path), "--yes"), file, seated)


HISTORY = '{"id": "01a20aa9-de40-7653-8390-1e28a8733ae9", "number": "S01-261101-001", "events": [%s]}\n'
EVENT = (
    '{"id": "01a20aa9-de40-7653-8390-1e2714e0c117", "act": "received", "schema_version": 1, "happened_at": '
    '"2026-11-01T00:00:00+00:00", "recorded_at": "2026-11-01T00:00:00+00:00", "by": "eve", "fields": %s, "words": %s}'
)
FIELDS = (
    '{"number": "S01-261101-001", "store": "S01", "channel": "phone", "owner": null, "cause": null, "type": null, '
    '"severity": 2, "safety": [], "missing": [], "clocks": []}'
)


@pytest.mark.parametrize(
    "line",
    [
        HISTORY % "",
        HISTORY % "1",
        HISTORY % EVENT % ("{}", "null"),
        HISTORY % (EVENT % (FIELDS.replace("S01-261101-001", "'; DROP TABLE ticket"), '{"what": "x"}')),
        HISTORY % (EVENT % (FIELDS.replace('"owner": null', '"owner": "nobody-knows"'), '{"what": "x"}')),
        HISTORY % (EVENT % (FIELDS.replace('"S01",', "5,"), '{"what": "x"}')),
        HISTORY % (EVENT % (FIELDS, '{"what": 5}')),
        HISTORY % (EVENT % (FIELDS, '{"what": "a\\u0000b"}')),
        HISTORY % (EVENT % (FIELDS, "[]")),
        HISTORY % (EVENT.replace("received", "staff_joined") % (FIELDS, '{"name": "eve"}')),
        HISTORY % (EVENT.replace("2026-11-01T00", "2096-11-01T00") % (FIELDS, '{"what": "x"}')),
        HISTORY % (EVENT.replace('"eve"', '"e\\u001b[2J"') % (FIELDS, '{"what": "x"}')),
        HISTORY % ",".join([EVENT % (FIELDS, '{"what": "x"}')] * 2),
        HISTORY.replace("01a20aa9", "../../x") % (EVENT % (FIELDS, '{"what": "x"}')),
    ],
)
def test_a_history_that_is_none_is_refused_line_by_line(
    run_cli: Run, tmp_path: Path, file: Path, seated: dict[str, int], line: str
) -> None:
    path = tmp_path / "tickets.jsonl"
    path.write_text(line)
    answer = run_cli("import", str(path), "--yes", "--faulty", str(tmp_path / "f.jsonl"))
    assert answer.code in (1, 2)
    assert "Traceback" not in answer.err
    after = kept(file)
    assert after["ticket"] == seated["ticket"]
    assert run_cli("db", "check").code == 0
