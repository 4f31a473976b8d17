"""Columns fitted to a width."""

from itertools import pairwise

import pytest
from rich.cells import cell_len

from complaint_desk.widgets.columns import Column, fitted, shown

COLUMNS = (
    Column("sign", 2, 2, 2, 0, live=True),
    Column("number", 14, 14, 14, 0),
    Column("caller", 8, 8, 14, 1),
    Column("cause", 3, 12, 20, 2),
    Column("what", 20, 20, 200, 3),
)


@pytest.mark.parametrize("width", range(20, 201))
def test_columns_stand_in_their_order_and_never_beyond_the_width(width: int) -> None:
    placed = fitted(COLUMNS, width)
    assert [place.column.name for place in placed][:2] == ["sign", "number"]
    assert placed[-1].x + placed[-1].width <= width
    assert all(left.x + left.width < right.x for left, right in pairwise(placed))
    order = [column.name for column in COLUMNS]
    assert [place.column.name for place in placed] == [
        name for name in order if name in {p.column.name for p in placed}
    ]


def test_a_luxury_comes_only_when_the_needful_is_comfortable() -> None:
    for width in range(20, 201):
        widths = {place.column.name: place.width for place in fitted(COLUMNS, width)}
        if "what" in widths:
            assert widths["cause"] >= 12


def test_the_longest_form_that_fits_is_shown() -> None:
    cause = ("B3 Cashier error", "B3")
    assert shown(cause, 20) == "B3 Cashier error    "
    assert shown(cause, 6) == "B3    "


@pytest.mark.parametrize("width", range(1, 12))
def test_a_cell_is_as_wide_as_its_column_in_any_script(width: int) -> None:
    for text in ("王芳芳芳芳芳", "O'Brien-Featherstonehaugh", "a王b芳c", "👩‍👩‍👧 family", "", "é" * 20):
        assert cell_len(shown(text, width)) == width


def test_an_escape_sequence_in_a_cell_is_a_picture_of_itself() -> None:
    assert shown("\x1b[31mred\n[/]", 20).startswith("␛[31mred [/]")
