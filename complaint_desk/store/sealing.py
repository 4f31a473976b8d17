"""Seals a file with a passphrase and opens it again, piece by piece: scrypt for the key, AES-256-GCM for the pieces.

The pieces are bound to their place and the last one to being the last (the STREAM construction of Hoang,
Reyhanitabar, Rogaway and Vizár, 2015), so that a piece that was changed, moved, left out or cut off is noticed. The
heading is bound to every piece.
"""

import os
import struct
from collections.abc import Callable
from pathlib import Path
from typing import IO, TYPE_CHECKING

from complaint_desk.locale import _
from complaint_desk.models.errors import FileDamaged, StoreFault

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

SIGN = b"Complaint Desk sealed 1\n"
"""How every sealed file begins."""
PIECE = 2**20
"""Bytes of a piece before it is sealed."""
SHORTEST_PASSPHRASE = 8
_TAG = 16
_HEADING = struct.Struct(">BBB16s7s")
_COST, _BLOCK, _LANES = 17, 8, 1
"""What a guess costs: scrypt with 2**17 rounds, 128 MB of memory."""
_DEAREST = 20


class WrongPassphrase(StoreFault):
    """The passphrase does not open the file."""


def is_sealed(path: Path) -> bool:
    """Whether a file begins as a sealed one does. Raises OSError."""
    with path.open("rb") as file:
        return file.read(len(SIGN)) == SIGN


def seal(plain: IO[bytes], sealed: IO[bytes], passphrase: str, *, cost: int = _COST) -> None:
    """Write what `plain` holds, sealed. `cost` is the binary logarithm of scrypt's rounds. Raises OSError."""
    heading = _HEADING.pack(cost, _BLOCK, _LANES, os.urandom(16), os.urandom(7))
    cipher, nonce, bound = _key(heading, passphrase)
    sealed.write(SIGN + heading)
    piece, count = plain.read(PIECE), 0
    while True:
        following = plain.read(PIECE)
        sealed.write(cipher.encrypt(nonce(count, not following), piece, bound))
        if not following:
            return
        piece, count = following, count + 1


def unseal(sealed: IO[bytes], plain: IO[bytes], passphrase: str) -> None:
    """Write what was sealed, piece by piece, each proved before it is written.

    Raises WrongPassphrase, FileDamaged where the file was changed or cut off, OSError.
    """
    from cryptography.exceptions import InvalidTag

    cipher, nonce, bound = _key(_heading(sealed), passphrase)
    piece, count = sealed.read(PIECE + _TAG), 0
    while True:
        following = sealed.read(PIECE + _TAG)
        try:
            plain.write(cipher.decrypt(nonce(count, not following), piece, bound))
        except InvalidTag as error:
            raise (_broken() if count else _wrong()) from error
        if not following:
            return
        piece, count = following, count + 1


def opens(path: Path, passphrase: str) -> bool:
    """Whether a passphrase opens a sealed file, as far as its first piece tells. Raises FileDamaged, OSError."""
    from cryptography.exceptions import InvalidTag

    with path.open("rb") as sealed:
        cipher, nonce, bound = _key(_heading(sealed), passphrase)
        piece, following = sealed.read(PIECE + _TAG), sealed.read(1)
    try:
        cipher.decrypt(nonce(0, not following), piece, bound)
    except InvalidTag:
        return False
    return True


def strong_enough(passphrase: str) -> str:
    """The passphrase itself. Raises StoreFault for one that is too short to guard anything."""
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise StoreFault(
            _("A passphrase has at least {count} characters. Nothing was done.").format(
                count=SHORTEST_PASSPHRASE
            )
        )
    return passphrase


def _heading(sealed: IO[bytes]) -> bytes:
    heading = sealed.read(len(SIGN) + _HEADING.size)[len(SIGN) :]
    if (
        len(heading) != _HEADING.size
        or not 0 < heading[0] <= _DEAREST
        or heading[1:3] != bytes((_BLOCK, _LANES))
    ):
        raise _broken()
    return heading


def _key(heading: bytes, passphrase: str) -> tuple["AESGCM", Callable[[int, bool], bytes], bytes]:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    cost, block, lanes, salt, prefix = _HEADING.unpack(heading)
    secret = passphrase.encode("utf-8", "surrogatepass")
    key = Scrypt(salt=salt, length=32, n=2**cost, r=block, p=lanes).derive(secret)

    def nonce(count: int, last: bool) -> bytes:
        return bytes(prefix) + struct.pack(">IB", count, last)

    return AESGCM(key), nonce, SIGN + heading


def _wrong() -> WrongPassphrase:
    return WrongPassphrase(
        _("The passphrase does not open this backup, or the backup was changed. Nothing was done.")
    )


def _broken() -> FileDamaged:
    return FileDamaged(_("The sealed backup is damaged or cut off. Nothing was done. Take another one."))
