"""What is too long for a field is kept whole beside it, with a mark in the text that says so."""

import re

FIELD_CHARACTERS = 20_000
"""How much a field takes."""
LINE_CHARACTERS = 2_000
"""How long a line in it may be; one of 100,000 costs half a second a key."""

_MARK = re.compile(r"⟦([a-z_]+-\d+)")


def fits(text: str, beside: int = 0) -> bool:
    """Whether the text may stand in a field that holds `beside` characters already."""
    return len(text) + beside <= FIELD_CHARACTERS and all(
        len(line) <= LINE_CHARACTERS for line in text.split("\n")
    )


def marks(text: str) -> frozenset[str]:
    """The names of the attached texts whose marks stand in this text."""
    return frozenset(_MARK.findall(text)) if "⟦" in text else frozenset()
