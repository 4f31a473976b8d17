"""Where a command takes a PIN from: a file descriptor, the environment, or the terminal; never an argument.

What stands among a command's arguments can be read by anybody on the PC while it runs, and stays in the shell's
history.
"""

import os
import sys

from complaint_desk.locale import _
from complaint_desk.models.errors import FieldRefused
from complaint_desk.startup import ENVIRONMENT_PREFIX, StartOptions

PIN, NEW_PIN, RECOVERY_CODE = (f"{ENVIRONMENT_PREFIX}{name}" for name in ("PIN", "NEW_PIN", "RECOVERY_CODE"))
"""The environment variables that may hold one; each is taken out of the environment when it is read."""
_LONGEST_LINE = 1_000


def ask_secret(options: StartOptions, variable: str, question: str | None) -> str | None:
    """The next secret: the next line of `--pin-fd`, else the variable, else as typed unseen; None where none is.

    Nobody is asked where nobody sits at a terminal, nor without a question. Raises FieldRefused for a descriptor
    that cannot be read.
    """
    if options.pin_fd is not None:
        try:
            return _next_line(options.pin_fd)
        except (OSError, ValueError, OverflowError) as error:
            raise FieldRefused(
                "pin-fd", _("File descriptor {number} cannot be read.").format(number=options.pin_fd)
            ) from error
    if (given := os.environ.pop(variable, None)) is not None:
        return given
    if question is None or not sys.stderr.isatty():
        return None
    from getpass import getpass

    return getpass(question, sys.stderr)


def choose_pin(options: StartOptions, variable: str = NEW_PIN) -> str:
    """A new PIN or passphrase; typed twice at a terminal. Raises FieldRefused for none, or two that differ."""
    first = ask_secret(options, variable, _("New PIN (six digits or more) or passphrase: "))
    if first is None:
        raise FieldRefused(
            "pin",
            _("No PIN was given. Put it into {variable}, or name a descriptor with --pin-fd.").format(
                variable=variable
            ),
        )
    typed = options.pin_fd is None and sys.stderr.isatty()
    if typed and ask_secret(options, variable, _("Once more: ")) != first:
        raise FieldRefused("pin", _("The two were not the same. Nothing was changed."))
    return first


def _next_line(descriptor: int) -> str:
    """The next line, sign by sign, so that what follows stays there for the next question."""
    line = bytearray()
    while len(line) < _LONGEST_LINE and (sign := os.read(descriptor, 1)) not in (b"", b"\n"):
        line += sign
    return line.decode("utf-8").rstrip("\r")
