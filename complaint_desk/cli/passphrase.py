"""A passphrase from the environment, a file descriptor or a prompt; never an argument, which others could read."""

import getpass
import os
import sys

from complaint_desk.locale import _
from complaint_desk.models.errors import StoreFault
from complaint_desk.startup import ENVIRONMENT_PREFIX

VARIABLE = f"{ENVIRONMENT_PREFIX}PASSPHRASE"
"""Where the environment may hold a passphrase."""


def read_passphrase(descriptor: int | None, *, twice: bool) -> str:
    """The passphrase; with `twice` a prompt asks for it again. Raises StoreFault where there is none to be had."""
    if descriptor is not None:
        try:
            with os.fdopen(os.dup(descriptor), encoding="utf-8") as file:
                return file.readline().rstrip("\r\n")
        except (OSError, UnicodeDecodeError, OverflowError) as error:
            raise StoreFault(
                _("The passphrase cannot be read from descriptor {number}. Nothing was done.").format(
                    number=descriptor
                )
            ) from error
    if found := os.environ.get(VARIABLE):
        return found
    if not sys.stdin.isatty():
        raise StoreFault(
            _(
                "A passphrase is needed. Nothing was done. "
                "Give it in {variable}, by --passphrase-fd, or at a terminal."
            ).format(variable=VARIABLE)
        )
    given = getpass.getpass(_("Passphrase: "))
    if twice and getpass.getpass(_("The same again: ")) != given:
        raise StoreFault(_("The two passphrases differ. Nothing was done."))
    return given
