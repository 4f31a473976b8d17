"""Writes values into the settings file; every other line of it, comments too, stays as it is."""

import json
import os
import re
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from complaint_desk.locale import _
from complaint_desk.models.errors import StoreFault
from complaint_desk.settings import SettingsRefused

_TABLE = re.compile(r"^\s*\[")


def write_settings(path: Path, values: Mapping[str, str | int | bool]) -> None:
    """Put these values into the file, which is made where it is missing, for its owner alone.

    It is written aside and then takes its place. Raises SettingsRefused for a file that is no TOML, StoreFault
    where it cannot be written; then it is as it was.
    """
    try:
        before = path.read_text("utf-8") if path.exists() else ""
        tomllib.loads(before)
        after = with_values(before, values)
        held = tomllib.loads(after)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsRefused(
            _("The settings file {file} is not valid TOML: {reason}. Nothing was changed.").format(
                file=path, reason=error
            )
        ) from error
    except OSError as error:
        raise _not_written(path, error) from error
    assert all(held[name] == value for name, value in values.items())
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _put(path, after)
    except OSError as error:
        raise _not_written(path, error) from error


def with_values(text: str, values: Mapping[str, str | int | bool]) -> str:
    """The TOML text with these values at its top level: in the place of the old ones, else before the first table."""
    lines = text.splitlines()
    first_table = next((at for at, line in enumerate(lines) if _TABLE.match(line)), len(lines))
    top, rest = lines[:first_table], lines[first_table:]
    for name, value in values.items():
        line = f"{name} = {_written(value)}"
        at = next((at for at, old in enumerate(top) if re.match(rf"\s*{re.escape(name)}\s*=", old)), None)
        if at is None:
            top.append(line)
        else:
            top[at] = line
    return "\n".join([*top, *rest]) + "\n"


def _written(value: str | int | bool) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _put(path: Path, text: str) -> None:
    with NamedTemporaryFile(
        "w", encoding="utf-8", dir=path.parent, prefix=".settings-", delete=False
    ) as aside:
        try:
            aside.write(text)
            aside.flush()
            os.fsync(aside.fileno())
            aside.close()
            Path(aside.name).replace(path)
        except BaseException:
            with suppress(OSError):
                Path(aside.name).unlink()
            raise


def _not_written(path: Path, error: OSError) -> StoreFault:
    return StoreFault(
        _("The settings file {file} cannot be written: {reason}. Nothing was changed.").format(
            file=path, reason=error.strerror or error
        )
    )
