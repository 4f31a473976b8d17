"""A store's own playbook files: single entries in place of the built-in ones, checked one by one.

A file has the name of a built-in one (`heat.toml`) and holds only the entries, and in them only the parts,
that the store words differently. A text is given in both languages or not at all. A faulty entry is left out
and named.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from complaint_desk.playbook.faults import Fault, FaultCode
from complaint_desk.playbook.positions import Path as KeyPath
from complaint_desk.playbook.positions import Positions
from complaint_desk.playbook.schema import LANGUAGES, Entry
from complaint_desk.playbook.topics import TOPICS, built_in, entries_of

LARGEST_FILE_BYTES = 1_000_000

_TOML_LINE = re.compile(r"\s*\(at line (\d+), column \d+\)$")
_CODES: Mapping[str, FaultCode] = {
    "missing": FaultCode.MISSING_KEY,
    "extra_forbidden": FaultCode.UNKNOWN_KEY,
    "too_short": FaultCode.WRONG_COUNT,
    "too_long": FaultCode.WRONG_COUNT,
    "literal_error": FaultCode.WRONG_VALUE,
    "wrong_value": FaultCode.WRONG_VALUE,
    "enum": FaultCode.WRONG_VALUE,
    "greater_than_equal": FaultCode.WRONG_VALUE,
    "less_than_equal": FaultCode.WRONG_VALUE,
    "empty_text": FaultCode.EMPTY_TEXT,
    "control_character": FaultCode.CONTROL_CHARACTER,
    "unknown_slot": FaultCode.UNKNOWN_SLOT,
    "slot_outside_group": FaultCode.SLOT_OUTSIDE_GROUP,
    "slot_in_plain_text": FaultCode.SLOT_IN_PLAIN_TEXT,
    "unbalanced_brackets": FaultCode.UNBALANCED_BRACKETS,
}


def _languages_missing(value: object, path: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    if isinstance(value, dict):
        given = [language for language in LANGUAGES if language in value]
        if len(given) == 1:
            yield path, next(language for language in LANGUAGES if language not in given)
        for key, inner in value.items():
            yield from _languages_missing(inner, (*path, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _languages_missing(inner, (*path, number))


def _worth_naming(error: ValidationError, halves: set[KeyPath]) -> Iterator[ErrorDetails]:
    """The errors that are faults of their own.

    A text in one language is told as such, not as a missing key too; a list is not called short for an item refused.
    """
    found = error.errors(include_url=False)
    refused = {fault["loc"][:length] for fault in found for length in range(len(fault["loc"]))}
    for fault in found:
        half = fault["type"] == "missing" and fault["loc"][:-1] in halves
        if not half and not (fault["type"] == "too_short" and fault["loc"] in refused):
            yield fault


class _File:
    """One override file being checked: gathers its good entries and its faults."""

    def __init__(self, file: Path, text: str) -> None:
        self.name = file.name
        self.topic = file.stem
        self.text = text
        self.entries: dict[str, Entry] = {}
        self.faults: list[Fault] = []
        self._positions: Positions | None = None

    def _fault(self, code: FaultCode, path: KeyPath, detail: str = "", value: object = None) -> None:
        if self._positions is None:
            self._positions = Positions(self.text)
        line = self._positions.line_of(path, value)
        self.faults.append(Fault(code, self.name, ".".join(map(str, path)), line, detail))

    def check(self) -> None:
        try:
            parsed = tomllib.loads(self.text)
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            message = str(error)
            at = _TOML_LINE.search(message)
            line = int(at[1]) if at else len(self.text.splitlines()) or 1
            self.faults.append(Fault(FaultCode.BAD_TOML, self.name, "", line, _TOML_LINE.sub("", message)))
            return
        known = built_in(self.topic)
        for key, raw in entries_of(parsed, TOPICS[self.topic].depth).items():
            path: KeyPath = tuple(key.split(".", TOPICS[self.topic].depth - 1))
            if key not in known:
                self._fault(FaultCode.UNKNOWN_ENTRY, path, key)
            elif not isinstance(raw, dict):
                self._fault(FaultCode.WRONG_TYPE, path, key)
            else:
                self._entry(key, path, raw, known[key])

    def _entry(self, key: str, path: KeyPath, raw: dict[str, Any], built_in_entry: Mapping[str, Any]) -> None:
        before = len(self.faults)
        halves = list(_languages_missing(raw, ()))
        for half, language in halves:
            self._fault(FaultCode.MISSING_LANGUAGE, path + half, language)
        merged = {**built_in_entry, "source": self.name, **raw}
        try:
            entry = TOPICS[self.topic].model.model_validate(merged)
        except ValidationError as error:
            for found in _worth_naming(error, {half for half, _ in halves}):
                where = tuple(found["loc"])
                code = _CODES.get(found["type"], FaultCode.WRONG_TYPE)
                value = found["input"] if code == FaultCode.WRONG_VALUE else None
                quoted = found.get("ctx", {}).get("quoted") or value or (where[-1] if where else key)
                self._fault(code, path + where, str(quoted), found["input"])
        else:
            if len(self.faults) == before:
                self.entries[key] = entry


def _text_of(file: Path) -> str | FaultCode:
    try:
        if file.stat().st_size > LARGEST_FILE_BYTES:
            return FaultCode.UNREADABLE_FILE
        return file.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        return FaultCode.NOT_UTF8
    except OSError:
        return FaultCode.UNREADABLE_FILE


def read_overrides(folder: Path) -> tuple[dict[str, dict[str, Entry]], tuple[Fault, ...]]:
    """The good entries of a store's own files by topic and key, and every fault, by file and line.

    A folder that does not exist holds nothing. Files that do not end in `.toml` are not ours to judge.
    """
    entries: dict[str, dict[str, Entry]] = {}
    faults: list[Fault] = []
    try:
        files = sorted(file for file in folder.iterdir() if file.suffix.lower() == ".toml")
    except FileNotFoundError:
        return {}, ()
    except OSError:
        return {}, (Fault(FaultCode.UNREADABLE_FILE, folder.name),)
    for path in files:
        if path.stem not in TOPICS or path.suffix != ".toml":
            faults.append(Fault(FaultCode.UNKNOWN_FILE, path.name, detail=path.stem))
            continue
        text = _text_of(path)
        if isinstance(text, FaultCode):
            faults.append(Fault(text, path.name))
            continue
        file = _File(path, text)
        file.check()
        if file.entries:
            entries[path.stem] = file.entries
        faults += sorted(file.faults, key=lambda fault: fault.line or 0)
    return entries, tuple(faults)


def check_playbook(folder: Path) -> list[Fault]:
    """Every fault of a store's own playbook files, by file and line; empty when all is well."""
    return list(read_overrides(folder)[1])
