"""What must be known before anything heavy is imported: the flags, the language, where the file lies.

Standard library and platformdirs only, so that the first screen paints at once. The settings file is read
here for two values; `settings.py` validates the whole of it later.
"""

import getpass
import locale
import os
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_config_path, user_data_path

PROGRAM = "complaint-desk"
ENVIRONMENT_PREFIX = "COMPLAINT_DESK_"
FILE_NAME = "desk.db"

VALUED_FLAGS = ("--db", "--lang", "--as")
"""The flags every command shares that are followed by a value."""
PIN_FLAG = "--pin-fd"
"""Names a file descriptor from which a command reads the PIN; the screen asks for it itself."""


@dataclass(frozen=True, slots=True)
class StartOptions:
    """The flags that every command shares."""

    db: str | None = None
    lang: str | None = None
    as_name: str | None = None
    demo: bool = False
    pin_fd: int | None = None
    """The file descriptor that a PIN is read from, line by line; never the PIN itself."""


def read_global_flags(arguments: Sequence[str]) -> StartOptions | None:
    """The shared flags if there is nothing else among the arguments, else None: a command or `--help`."""
    given: dict[str, str] = {}
    demo = False
    rest = list(arguments)
    while rest:
        name, equals, value = rest.pop(0).partition("=")
        if name == "--demo" and not equals:
            demo = True
        elif name in VALUED_FLAGS and (equals or rest):
            given[name] = value if equals else rest.pop(0)
        else:
            return None
    return StartOptions(given.get("--db"), given.get("--lang"), given.get("--as"), demo)


def settings_file() -> Path:
    """The one documented settings file, in the platform's folder for settings."""
    named = os.environ.get(f"{ENVIRONMENT_PREFIX}SETTINGS")
    return Path(named) if named else user_config_path(PROGRAM, appauthor=False) / "settings.toml"


def quick_value(name: str) -> str | None:
    """One value of the settings, from the environment or else the file; None where neither has it as text."""
    if found := os.environ.get(f"{ENVIRONMENT_PREFIX}{name.upper()}"):
        return found
    try:
        with settings_file().open("rb") as file:
            value = tomllib.load(file).get(name)
    except (OSError, ValueError):
        return None
    return value if isinstance(value, str) else None


def language_from(options: StartOptions) -> str:
    """The language to open in: the flag, else the settings, else the operating system's."""
    asked = options.lang or quick_value("language")
    if asked is None:
        asked = locale.getlocale()[0] or os.environ.get("LANG", "")
    return "zh_CN" if asked.lower().startswith(("zh", "chinese")) else "en"


def own_data_folder() -> Path:
    """The platform's own folder for the desk's data."""
    return user_data_path(PROGRAM, appauthor=False)


def database_from(options: StartOptions) -> str:
    """The file or the server URL the desk keeps its complaints in."""
    return options.db or quick_value("db") or str(own_data_folder() / FILE_NAME)


def drafts_folder(database: str) -> Path:
    """Where calls wait until they are tickets: beside the file, or in this PC's own folder for a server."""
    if "://" in database:
        return own_data_folder() / "desk.drafts"
    return Path(database).absolute().with_suffix(".drafts")


def reports_folder(database: str) -> Path:
    """Where reports of crashes lie: beside the file, or in this PC's own folder for a server."""
    return drafts_folder(database).with_suffix(".reports")


def account_name() -> str:
    """The operating-system account, as whom a seat acts until told otherwise."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "desk"
