"""Numbers leave as they are dialled, and are kept as they are read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaint_desk.rules.phone import dialled_from, kept_phone, read_phone

REGIONS = st.sampled_from(("CN", "US", "GB", "DE", "HK"))
NUMBERS = st.sampled_from(
    ("+8613800138000", "+862161234567", "+442079460958", "+14155552671", "+85221234567", "+4930123456")
)


@given(NUMBERS, REGIONS)
def test_no_kept_number_begins_with_a_plus_and_each_is_read_back(number: str, region: str) -> None:
    shown = dialled_from(number, region)
    assert not shown.startswith("+")
    assert kept_phone(shown, region)[0] == number


@given(st.text(max_size=80), REGIONS)
def test_what_is_kept_is_what_is_read(said: str, region: str) -> None:
    read = read_phone(said, region)
    assert kept_phone(said, region) == (read.e164, read.extension)
    dialled_from(said, region)


@pytest.mark.parametrize(
    ("number", "region", "wanted"),
    [
        ("+8613800138000", "CN", "138 0013 8000"),
        ("+442079460958", "CN", "00 44 20 7946 0958"),
        ("+8613800138000", "US", "011 86 138 0013 8000"),
        ("10086", "CN", "10086"),
        ("匿名", "CN", "匿名"),
    ],
)
def test_a_number_is_shown_as_it_is_dialled(number: str, region: str, wanted: str) -> None:
    assert dialled_from(number, region) == wanted
