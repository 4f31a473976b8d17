"""A store's own words: single entries in place of ours, and every fault named by file, entry and line."""

from pathlib import Path

import pytest

from complaint_desk.models.enums import ComplainantType, HeatStep
from complaint_desk.playbook.faults import Fault, FaultCode
from complaint_desk.playbook.loader import load_playbook
from complaint_desk.playbook.overrides import LARGEST_FILE_BYTES, check_playbook
from complaint_desk.playbook.positions import Positions


def written(folder: Path, name: str, text: str) -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


GOOD = """
# our own
[hear.victim]
zh_CN = ["您说，我陪着您。"]
en = ["I'm with you."]
"""


def test_a_stores_own_line_is_said_and_every_other_entry_stays_ours(tmp_path: Path) -> None:
    book = load_playbook(written(tmp_path, "heat.toml", GOOD))
    assert book.faults == ()
    assert book.say(HeatStep.HEAR, ComplainantType.VICTIM, "zh_CN") == ("您说，我陪着您。",)
    ours = load_playbook()
    assert book.say(HeatStep.HEAR, None, "en") == ours.say(HeatStep.HEAR, None, "en")
    assert book.is_own("heat", "hear.victim")
    assert not book.is_own("heat", "hear.rational")
    assert book.topic("heat")["hear.victim"].source == "heat.toml"


def test_a_store_may_reword_one_part_of_an_entry_and_keep_the_rest(tmp_path: Path) -> None:
    own = '[victim.wish]\nzh_CN = "要人听"\nen = "wants an ear"\n'
    book = load_playbook(written(tmp_path, "types.toml", own))
    assert book.faults == ()
    assert book.type_wish(ComplainantType.VICTIM, "en") == "wants an ear"
    assert book.types["victim"].cues == load_playbook().types["victim"].cues


def test_entries_keep_their_order_when_one_of_them_is_the_stores_own(tmp_path: Path) -> None:
    book = load_playbook(written(tmp_path, "heat.toml", GOOD))
    assert list(book.topic("heat")) == list(load_playbook().topic("heat"))


def test_a_folder_that_is_not_there_holds_no_entries_and_no_faults(tmp_path: Path) -> None:
    assert load_playbook(tmp_path / "none").faults == ()
    assert check_playbook(tmp_path / "none") == []


def test_a_file_saved_by_notepad_is_read(tmp_path: Path) -> None:
    (tmp_path / "heat.toml").write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert check_playbook(tmp_path) == []


def test_other_files_in_the_folder_are_not_ours_to_judge(tmp_path: Path) -> None:
    written(tmp_path, "README.txt", "[")
    written(tmp_path, "heat.toml~", "[")
    assert check_playbook(tmp_path) == []


FAULTY = [
    ("heat.toml", '[hear.victim]\nzh_CN = ["一"]\nen = [\n', FaultCode.BAD_TOML, "", 3),
    ("heat.toml", "a = 1\na = 2\n", FaultCode.BAD_TOML, "", 2),
    ("haet.toml", GOOD, FaultCode.UNKNOWN_FILE, "", None),
    ("heat.TOML", GOOD, FaultCode.UNKNOWN_FILE, "", None),
    (
        "heat.toml",
        GOOD + '\n[hear.pirate]\nzh_CN = ["x"]\nen = ["x"]\n',
        FaultCode.UNKNOWN_ENTRY,
        "hear.pirate",
        7,
    ),
    ("heat.toml", "[hear]\nvictim = 3\n", FaultCode.WRONG_TYPE, "hear.victim", 2),
    ("heat.toml", "hear = 3\n", FaultCode.UNKNOWN_ENTRY, "hear", 1),
    ("heat.toml", GOOD + 'fr = ["x"]\n', FaultCode.UNKNOWN_KEY, "hear.victim.fr", 6),
    ("heat.toml", '\n[hear.victim]\nzh_CN = ["一"]\n', FaultCode.MISSING_LANGUAGE, "hear.victim", 2),
    ("types.toml", '[victim]\nwish = { en = "x" }\n', FaultCode.MISSING_LANGUAGE, "victim.wish", 2),
    (
        "questions.toml",
        '[first]\nanswers = [\n  { heard = { zh_CN = "一", en = "x" } },\n'
        '  { heard = { zh_CN = "二", en = "y" }, speaks_for = "victim" },\n]\n',
        FaultCode.MISSING_KEY,
        "first.answers.0.speaks_for",
        2,
    ),
    ("heat.toml", '[hear.victim]\nzh_CN = "一"\nen = ["x"]\n', FaultCode.WRONG_TYPE, "hear.victim.zh_CN", 2),
    ("types.toml", "[victim]\nshare_low = '15'\n", FaultCode.WRONG_TYPE, "victim.share_low", 2),
    ("types.toml", "[victim]\nshare_low = 150\n", FaultCode.WRONG_VALUE, "victim.share_low", 2),
    ("heat.toml", '[hear.victim]\nzh_CN = []\nen = ["x"]\n', FaultCode.WRONG_COUNT, "hear.victim.zh_CN", 2),
    (
        "heat.toml",
        '[hear.victim]\nzh_CN = ["一", "二", "三", "四"]\nen = ["x"]\n',
        FaultCode.WRONG_COUNT,
        "hear.victim.zh_CN",
        2,
    ),
    (
        "heat.toml",
        '[hear.victim]\nzh_CN = ["一"]\nen = [\n  "x",\n  " ",\n]\n',
        FaultCode.EMPTY_TEXT,
        "hear.victim.en.1",
        5,
    ),
    (
        "heat.toml",
        '[hear.victim]\nzh_CN = ["一\\u001b[31m"]\nen = ["x"]\n',
        FaultCode.CONTROL_CHARACTER,
        "hear.victim.zh_CN.0",
        2,
    ),
    (
        "heat.toml",
        '[hear.victim]\nzh_CN = ["一\\u202e"]\nen = ["x"]\n',
        FaultCode.CONTROL_CHARACTER,
        "hear.victim.zh_CN.0",
        2,
    ),
    (
        "heat.toml",
        '[hear.victim]\nzh_CN = ["一"]\nen = [\n  "Hello.",\n  "[{calller}, ]hello.",\n]\n',
        FaultCode.UNKNOWN_SLOT,
        "hear.victim.en.1",
        5,
    ),
    (
        "heat.toml",
        '[hear.victim]\nzh_CN = ["{caller}您好"]\nen = ["x"]\n',
        FaultCode.SLOT_OUTSIDE_GROUP,
        "hear.victim.zh_CN.0",
        2,
    ),
    (
        "heat.toml",
        '[hear.victim]\nzh_CN = ["一"]\nen = ["[x"]\n',
        FaultCode.UNBALANCED_BRACKETS,
        "hear.victim.en.0",
        3,
    ),
    (
        "heat.toml",
        '[hear.victim]\nzh_CN = ["一"]\nen = ["x}"]\n',
        FaultCode.UNBALANCED_BRACKETS,
        "hear.victim.en.0",
        3,
    ),
    (
        "types.toml",
        '[victim.wish]\nzh_CN = "给{caller}"\nen = "x"\n',
        FaultCode.SLOT_IN_PLAIN_TEXT,
        "victim.wish.zh_CN",
        2,
    ),
    (
        "questions.toml",
        '[first]\nanswers = [\n  { heard = { zh_CN = "一", en = "x" }, speaks_for = "pirate" },\n'
        '  { heard = { zh_CN = "二", en = "y" }, speaks_for = "victim" },\n]\n',
        FaultCode.WRONG_VALUE,
        "first.answers.0.speaks_for",
        3,
    ),
    (
        "severity.toml",
        '[trouble]\nzh_CN = ["(坏"]\nen = ["bad"]\n',
        FaultCode.WRONG_VALUE,
        "trouble.zh_CN.0",
        2,
    ),
    (
        "severity.toml",
        '[trouble]\nzh_CN = ["(坏)"]\nen = ["bad"]\n',
        FaultCode.WRONG_VALUE,
        "trouble.zh_CN.0",
        2,
    ),
    (
        "severity.toml",
        '[trouble]\nzh_CN = ["(?i)坏"]\nen = ["bad"]\n',
        FaultCode.WRONG_VALUE,
        "trouble.zh_CN.0",
        2,
    ),
    (
        "severity.toml",
        '[trouble]\nzh_CN = ["<foood>坏"]\nen = ["bad"]\n',
        FaultCode.WRONG_VALUE,
        "trouble.zh_CN.0",
        2,
    ),
]


@pytest.mark.parametrize(("file", "text", "code", "entry", "line"), FAULTY)
def test_each_fault_is_named_with_file_entry_and_line(
    tmp_path: Path, file: str, text: str, code: FaultCode, entry: str, line: int | None
) -> None:
    faults = check_playbook(written(tmp_path, file, text))
    assert [(fault.code, fault.file, fault.entry, fault.line) for fault in faults] == [
        (code, file, entry, line)
    ]


def test_every_code_of_fault_is_shown_to_be_found() -> None:
    elsewhere = {FaultCode.UNREADABLE_FILE, FaultCode.NOT_UTF8}
    assert {code for _, _, code, _, _ in FAULTY} | elsewhere == set(FaultCode)


def test_a_faulty_entry_leaves_ours_in_place_and_the_good_ones_beside_it_serve(tmp_path: Path) -> None:
    text = GOOD + '\n[hear.rational]\nzh_CN = ["{caller}"]\nen = ["x"]\n'
    book = load_playbook(written(tmp_path, "heat.toml", text))
    assert [fault.entry for fault in book.faults] == ["hear.rational.zh_CN.0"]
    assert book.say(HeatStep.HEAR, ComplainantType.VICTIM, "en") == ("I'm with you.",)
    ours = load_playbook().say(HeatStep.HEAR, ComplainantType.RATIONAL, "en")
    assert book.say(HeatStep.HEAR, ComplainantType.RATIONAL, "en") == ours


def test_several_faults_come_in_the_order_of_their_lines(tmp_path: Path) -> None:
    text = '[hear.victim]\nzh_CN = ["{x}"]\nen = ["]"]\nfr = 1\n'
    faults = check_playbook(written(tmp_path, "heat.toml", text))
    assert [fault.line for fault in faults] == [2, 3, 4]


def test_text_that_looks_like_markup_is_no_fault_and_is_said_as_it_stands(tmp_path: Path) -> None:
    text = '[hear.victim]\nzh_CN = ["[/]一"]\nen = ["[@click=app.quit]x"]\n'
    book = load_playbook(written(tmp_path, "heat.toml", text))
    assert book.faults == ()
    assert book.say(HeatStep.HEAR, ComplainantType.VICTIM, "en") == ("[@click=app.quit]x",)


def test_files_that_cannot_be_read_as_text_are_named(tmp_path: Path) -> None:
    (tmp_path / "avoid.toml").write_bytes("[A]\n".encode("utf-16"))
    (tmp_path / "call.toml").mkdir()
    (tmp_path / "heat.toml").write_bytes(b"#" * (LARGEST_FILE_BYTES + 1))
    assert check_playbook(tmp_path) == [
        Fault(FaultCode.NOT_UTF8, "avoid.toml"),
        Fault(FaultCode.UNREADABLE_FILE, "call.toml"),
        Fault(FaultCode.UNREADABLE_FILE, "heat.toml"),
    ]


def test_lines_are_found_through_comments_long_lists_and_texts_over_several_lines() -> None:
    text = '# a\n[a.b]\n\nc = """\n[x.y]\nd = 1\n"""\ne = [\n  1,\n  2,\n]\nf.g = { h = "q" }\n[a."k l"]\nm = 1\n'
    positions = Positions(text)
    assert positions.line_of(("a", "b")) == 2
    assert positions.line_of(("a", "b", "c")) == 4
    assert positions.line_of(("a", "b", "e", 1)) == 8
    assert positions.line_of(("a", "b", "f", "g", "h")) == 12
    assert positions.line_of(("a", "k l", "m")) == 14
    assert positions.line_of(("x", "y")) is None
