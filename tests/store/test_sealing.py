"""A backup that a passphrase guards: opened by nothing else, and no piece of it can be changed, moved or cut off."""

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaint_desk.models.errors import FileDamaged, StoreFault
from complaint_desk.store import sealing
from complaint_desk.store.sealing import WrongPassphrase, is_sealed, seal, strong_enough, unseal

CHEAP = 4
SECRET = "盐焗鸡 and a bus ticket"


def sealed(plain: bytes, passphrase: str = SECRET) -> bytes:
    into = io.BytesIO()
    seal(io.BytesIO(plain), into, passphrase, cost=CHEAP)
    return into.getvalue()


def opened(content: bytes, passphrase: str = SECRET) -> bytes:
    into = io.BytesIO()
    unseal(io.BytesIO(content), into, passphrase)
    return into.getvalue()


@pytest.fixture(autouse=True)
def _small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "PIECE", 64)


@pytest.mark.parametrize("size", [0, 1, 63, 64, 65, 128, 1_000])
def test_what_is_sealed_comes_back_as_it_was(size: int) -> None:
    plain = bytes(number % 251 for number in range(size))
    assert opened(sealed(plain)) == plain
    assert size < 10 or plain not in sealed(plain)


def test_another_passphrase_opens_nothing() -> None:
    with pytest.raises(WrongPassphrase):
        opened(sealed(b"x" * 500), SECRET + " ")


def test_the_same_file_is_sealed_differently_each_time() -> None:
    assert sealed(b"x" * 500) != sealed(b"x" * 500)


@given(at=st.integers(0, 577), bit=st.integers(0, 7))
def test_a_bit_changed_anywhere_is_noticed(at: int, bit: int) -> None:
    content = bytearray(sealed(bytes(400)))
    heading = len(sealing.SIGN)
    content[heading + at % (len(content) - heading)] ^= 1 << bit
    with pytest.raises(StoreFault):
        opened(bytes(content))


def test_pieces_left_out_moved_or_added_are_noticed() -> None:
    content = sealed(bytes(range(256)))
    start, size = len(sealing.SIGN) + 26, 64 + 16
    head, pieces = content[:start], [content[at : at + size] for at in range(start, len(content), size)]
    assert len(pieces) == 4
    for wrong in (pieces[:-1], pieces[1:], [pieces[1], pieces[0], *pieces[2:]], [*pieces, pieces[-1]], []):
        with pytest.raises(StoreFault):
            opened(head + b"".join(wrong))
    with pytest.raises(FileDamaged):
        opened(head + b"".join(pieces[:2]) + pieces[2][:-1])


@pytest.mark.parametrize("heading", [b"", b"\x11", b"\xff" * 26, b"\x00" * 26])
def test_a_heading_that_asks_for_the_impossible_is_refused_at_once(heading: bytes) -> None:
    with pytest.raises(FileDamaged):
        opened(sealing.SIGN + heading)


def test_a_sealed_file_is_known_by_its_beginning(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(sealed(b"x"))
    assert is_sealed(path)
    path.write_bytes(b"SQLite format 3\x00")
    assert not is_sealed(path)


def test_a_passphrase_of_a_few_characters_is_refused() -> None:
    with pytest.raises(StoreFault, match="8"):
        strong_enough("1234567")
    assert strong_enough("12345678") == "12345678"
