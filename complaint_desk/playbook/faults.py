"""What can be wrong with a store's own playbook file, as codes and values; their sentences live elsewhere."""

from dataclasses import dataclass
from enum import StrEnum


class FaultCode(StrEnum):
    """The kinds of fault `playbook check` names."""

    UNREADABLE_FILE = "unreadable_file"
    NOT_UTF8 = "not_utf8"
    BAD_TOML = "bad_toml"
    UNKNOWN_FILE = "unknown_file"
    UNKNOWN_ENTRY = "unknown_entry"
    UNKNOWN_KEY = "unknown_key"
    MISSING_LANGUAGE = "missing_language"
    MISSING_KEY = "missing_key"
    WRONG_TYPE = "wrong_type"
    WRONG_VALUE = "wrong_value"
    WRONG_COUNT = "wrong_count"
    EMPTY_TEXT = "empty_text"
    CONTROL_CHARACTER = "control_character"
    UNKNOWN_SLOT = "unknown_slot"
    SLOT_OUTSIDE_GROUP = "slot_outside_group"
    SLOT_IN_PLAIN_TEXT = "slot_in_plain_text"
    UNBALANCED_BRACKETS = "unbalanced_brackets"


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a store's own file. The built-in entry serves in place of the faulty one.

    `entry` is the dotted path of what is wrong, empty when it is the file itself; `line` counts from 1 and is
    None when the fault has no place in the text; `detail` is the value, name or message to quote.
    """

    code: FaultCode
    file: str
    entry: str = ""
    line: int | None = None
    detail: str = ""
