"""The furniture: text shown plain, fitted by cells, places that do not overlap."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from complaint_desk.models.enums import Cause
from complaint_desk.screens.call_plan import call_plan
from complaint_desk.widgets.choice_field import Choice, matching
from complaint_desk.widgets.fold import cut, fold, padded
from complaint_desk.widgets.key_line import GAP, KeyHint, fitting
from complaint_desk.widgets.plain import plain, visible
from complaint_desk.widgets.too_long import FIELD_CHARACTERS, LINE_CHARACTERS, fits, marks

CONTROL = [chr(code) for code in (*range(0x20), *range(0x7F, 0xA0))]


@given(st.text())
def test_no_control_character_reaches_the_screen(text: str) -> None:
    shown = plain(text).plain
    assert not set(shown) & set(CONTROL)
    assert not any(
        "\u202a" <= character <= "\u202e" or "\u2066" <= character <= "\u2069" for character in shown
    )
    shown.encode("utf-8")


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"])))
def test_ordinary_words_are_shown_to_the_letter(text: str) -> None:
    assert plain(text).plain == text


def test_what_is_not_ordinary_is_shown_as_a_picture_of_itself() -> None:
    assert visible("\x1b[2J\x07") == "␛[2J␇"
    assert visible("a\u202eb") == "a⟨RLO⟩b"
    assert visible("one\r\ntwo\rthree", lines=True) == "one\ntwo\nthree"
    assert visible("one\ntwo") == "one two"


def test_markup_is_text() -> None:
    assert plain("[@click=app.quit]x[/] [/").plain == "[@click=app.quit]x[/] [/"
    assert plain("[bold]x").spans == []


@given(st.text(st.characters(exclude_categories=["C"])), st.integers(0, 40))
def test_a_text_cut_or_padded_never_leaves_its_columns(text: str, width: int) -> None:
    assert cell_len(cut(text, width)) <= width
    assert cell_len(padded(text, width)) == width


@given(st.text(st.characters(categories=["L", "N", "P", "Zs"]), max_size=200), st.integers(2, 60))
def test_folded_text_keeps_every_word_and_fits(text: str, width: int) -> None:
    lines = fold(text, width)
    assert all(cell_len(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_closing_punctuation_does_not_begin_a_line() -> None:
    assert fold("早该给您一个明白的答复，拖到现在，对不起。", 22) == [
        "早该给您一个明白的答",
        "复，拖到现在，对不起。",
    ]


def test_the_bottom_line_drops_the_least_important_keys_and_counts_cells() -> None:
    hints = [KeyHint("^S", "存单", 0), KeyHint("F12", "中/EN", 8), KeyHint("F1", "按键", 1)]
    assert fitting(hints, 200) == hints
    assert fitting(hints, 17) == [hints[0], hints[2]]
    assert fitting(hints, 7) == [hints[0]]
    assert fitting(hints, 6) == []
    kept = fitting(hints, 24)
    assert sum(cell_len(f"{hint.key} {hint.label}") + GAP for hint in kept) - GAP <= 24


@pytest.mark.parametrize("received", [True, False])
@pytest.mark.parametrize("label", [4, 8])
def test_fields_never_overlap_and_never_leave_the_form(label: int, received: bool) -> None:
    for width in range(20, 140, 7):
        for height in range(3, 60, 3):
            places = call_plan(width, height, label, received)
            for first, second in combinations(places.values(), 2):
                assert not first.field.overlaps(second.field)
                if first.reading:
                    assert not first.reading.overlaps(second.field)
            assert all(place.field.right <= max(width, label + 7) for place in places.values())
            assert ("received_at" in places) == received


@pytest.mark.parametrize(("width", "height"), [(80, 14), (70, 35)])
def test_the_callers_story_has_the_most_room(width: int, height: int) -> None:
    places = call_plan(width, height, 8, False)
    heights = {name: place.field.height for name, place in places.items()}
    assert heights["what"] == max(heights.values())
    assert max(place.field.bottom for place in places.values()) <= height


CAUSES = [
    Choice(cause.value, f"name {cause.code}", cause.code, ("收银差错",) if cause.code == "B3" else ())
    for cause in Cause
]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("b3", "cashier_error"),
        ("9", "cashier_error"),
        ("收银", "cashier_error"),
        ("1", "goods_quality"),
        ("12", "facility_environment"),
        ("cashier", "cashier_error"),
    ],
)
def test_a_cause_is_found_by_code_number_or_name_in_any_language(typed: str, first: str) -> None:
    assert matching(CAUSES, typed)[0].value == first


def test_nonsense_finds_no_cause_and_nothing_finds_all() -> None:
    assert matching(CAUSES, "moonlight [/]") == []
    assert matching(CAUSES, "  ") == CAUSES


def test_what_fits_a_field() -> None:
    assert fits("x" * LINE_CHARACTERS)
    assert not fits("x" * (LINE_CHARACTERS + 1))
    assert not fits("\n".join(["x" * 1000] * 21))
    assert not fits("x", FIELD_CHARACTERS)
    assert marks("a ⟦what-1: 9 characters, kept whole⟧ b ⟦how-12: x⟧ ⟦no⟧") == {"what-1", "how-12"}


@pytest.mark.parametrize("piece", ["a", "，", "你", "（", "你，", "word "])
def test_an_unbroken_line_twice_as_long_takes_about_twice_the_work_to_fold(
    piece: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at = 0

    def counted(text: str) -> int:
        nonlocal looked_at
        looked_at += len(text)
        return cell_len(text)

    monkeypatch.setattr("complaint_desk.widgets.fold.cell_len", counted)

    def work(times: int) -> int:
        nonlocal looked_at
        looked_at = 0
        fold(piece * times, 40)
        return looked_at

    assert work(4_000) < 2.2 * work(2_000)
