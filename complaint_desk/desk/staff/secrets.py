"""PINs, passphrases and codes: made, hashed and compared. Nothing here is ever written down or logged."""

import secrets
from functools import cache
from typing import TYPE_CHECKING

from complaint_desk.locale import N_, _
from complaint_desk.models.errors import FieldRefused
from complaint_desk.rules.pin_strength import (
    LONGEST,
    SHORTEST_PHRASE,
    SHORTEST_PIN,
    PinFault,
    pin_fault,
    tidy_secret,
)

if TYPE_CHECKING:
    from argon2 import PasswordHasher

_SENTENCES = {
    PinFault.EMPTY: N_("Choose a PIN of {digits} digits or more, or a passphrase. Nothing was changed."),
    PinFault.TOO_SHORT: N_("A PIN has {digits} digits or more. Nothing was changed."),
    PinFault.PHRASE_TOO_SHORT: N_(
        "A passphrase has {letters} characters or more; a PIN is digits only, {digits} or more. "
        "Nothing was changed."
    ),
    PinFault.TOO_LONG: N_("It has more than {longest} characters. Nothing was changed."),
    PinFault.REPEATED: N_(
        "It only repeats itself, and would be guessed first. Choose another. Nothing was changed."
    ),
    PinFault.RUN: N_("It is a row of keys, and would be guessed first. Choose another. Nothing was changed."),
    PinFault.DATE: N_("It is a date, and would be guessed first. Choose another. Nothing was changed."),
    PinFault.NAME: N_(
        "It is the name itself, and would be guessed first. Choose another. Nothing was changed."
    ),
}
_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CODE_SIGNS, _GROUP = 20, 5
_ONE_TIME_DIGITS = 8
_MISREAD = str.maketrans("OIL", "011")


@cache
def _hasher() -> "PasswordHasher":
    from argon2 import PasswordHasher

    return PasswordHasher()


def checked_pin(typed: str, name: str) -> str:
    """The PIN or passphrase a person chose, tidied. Raises FieldRefused for a weak one."""
    secret = tidy_secret(typed)
    if fault := pin_fault(secret, name):
        raise FieldRefused(
            "pin",
            _(_SENTENCES[fault]).format(digits=SHORTEST_PIN, letters=SHORTEST_PHRASE, longest=LONGEST),
        )
    return secret


def hashed(secret: str) -> str:
    """The secret as it is kept: argon2id with a salt of its own. Takes a noticeable moment, on purpose."""
    return _hasher().hash(secret)


def fits(kept: str, typed: str) -> bool:
    """Whether what was typed is what this was made from."""
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return _hasher().verify(kept, tidy_secret(typed)[: LONGEST + 1])
    except (VerificationError, InvalidHashError):
        return False


def one_time_pin() -> str:
    """Eight digits that are good for choosing one's own PIN."""
    while True:
        made = "".join(secrets.choice("0123456789") for _place in range(_ONE_TIME_DIGITS))
        if pin_fault(made, "") is None:
            return made


def recovery_code() -> str:
    """A new recovery code: a hundred random bits in four groups of letters and digits that are not misread."""
    signs = "".join(secrets.choice(_SIGNS) for _place in range(_CODE_SIGNS))
    return "-".join(signs[start : start + _GROUP] for start in range(0, _CODE_SIGNS, _GROUP))


def tidy_code(typed: str) -> str:
    """A recovery code as it is compared, however it was copied down."""
    plain = tidy_secret(typed)[: 2 * LONGEST].upper().translate(_MISREAD)
    return "".join(sign for sign in plain if sign in _SIGNS)
