"""Which PINs and passphrases are too easy to guess."""

import re
import unicodedata
from datetime import date
from enum import StrEnum

SHORTEST_PIN = 6
"""Digits of the shortest PIN."""
SHORTEST_PHRASE = 10
"""Characters of the shortest passphrase."""
LONGEST = 128

_PERIOD = re.compile(r"(.{1,3}?)\1+.{0,2}")
_RUNS = ("01234567890123456789", "1357913579", "2468024680", "147258369", "qwertyuiop", "abcdefghijklmnop")
_RUNS_BOTH_WAYS = (*_RUNS, *(run[::-1] for run in _RUNS))
_STRAYS = 2
_LEAST_PIECE = 4
"""From so many keys in a row on, a run is one."""
_USUAL = frozenset(
    {"112233", "223344", "445566", "778899", "159753", "159357", "147852", "520131", "5201314"}
)


class PinFault(StrEnum):
    """Why a PIN or passphrase is refused."""

    EMPTY = "empty"
    TOO_SHORT = "too_short"
    PHRASE_TOO_SHORT = "phrase_too_short"
    TOO_LONG = "too_long"
    REPEATED = "repeated"
    RUN = "run"
    DATE = "date"
    NAME = "name"


def tidy_secret(typed: str) -> str:
    """A PIN or passphrase as it is compared: full-width digits and letters are the plain ones, ends are trimmed."""
    return unicodedata.normalize("NFKC", typed).strip()


def pin_fault(secret: str, name: str) -> PinFault | None:
    """Why this PIN or passphrase of the person of this name is too weak; None for a good one."""
    if not secret:
        return PinFault.EMPTY
    if len(secret) > LONGEST:
        return PinFault.TOO_LONG
    digits = secret.isascii() and secret.isdigit()
    if digits and len(secret) < SHORTEST_PIN:
        return PinFault.TOO_SHORT
    if not digits and len(secret) < SHORTEST_PHRASE:
        return PinFault.PHRASE_TOO_SHORT
    plain = secret.casefold()
    if len(set(plain)) < 3 or _PERIOD.fullmatch(plain):
        return PinFault.REPEATED
    if plain in _USUAL or _is_of_runs(plain):
        return PinFault.RUN
    if digits and _is_date(secret):
        return PinFault.DATE
    if len(name) > 1 and plain.replace(name.casefold(), "").strip("0123456789 ") == "" and not digits:
        return PinFault.NAME
    return None


def _is_of_runs(plain: str) -> bool:
    """Whether all of it but one or two keys is a run of keys, such as 123456 or 654321."""
    pieces = [
        plain[lead : len(plain) - tail] for lead in range(_STRAYS + 1) for tail in range(_STRAYS + 1 - lead)
    ]
    return any(len(piece) >= _LEAST_PIECE and piece in run for piece in pieces for run in _RUNS_BOTH_WAYS)


def _is_date(digits: str) -> bool:
    """Whether it is a day of somebody's life, as year, month, day in eight digits."""
    if len(digits) != 8 or not 1900 <= int(digits[:4]) <= 2099:
        return False
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True
