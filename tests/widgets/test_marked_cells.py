"""Words that stand out in a column: always in sight, always exactly as wide as the column."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from complaint_desk.widgets.columns import Marked, shown, shown_marked

TEXT = st.text(st.sampled_from("ab 酱油\t\u202e\x1b…"), max_size=60)


@given(TEXT, st.integers(0, 59), st.integers(1, 20), st.integers(4, 60))
def test_a_marked_text_fills_its_column_exactly(text: str, left: int, length: int, width: int) -> None:
    marks = ((left, min(left + length, len(text))),) if left < len(text) else ()
    cell = Marked(text, marks)
    assert cell_len(shown(cell, width)) == width
    assert "\x1b" not in shown(cell, width)


@pytest.mark.parametrize("width", [20, 30, 60])
def test_the_first_mark_is_in_sight_however_far_back_it_stands(width: int) -> None:
    text = "约了三次都没有人来,每次都让我在家等," * 3 + "酱油漏了一地"
    at = text.index("酱油")
    pieces = shown_marked(Marked(text, ((at, at + 2),)), width)
    assert [words for words, marked in pieces if marked] == ["酱油"]
    assert pieces[0][0].startswith("…")
