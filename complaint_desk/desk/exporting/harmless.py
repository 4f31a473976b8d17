"""Text that no spreadsheet takes for a formula."""

_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
MARK = "'"
"""The sign by which spreadsheets know text; the import takes it off again."""


def harmless(text: str) -> str:
    """The text with an apostrophe in front where a spreadsheet would calculate with it or run it."""
    if text.startswith(_BEGINS_A_FORMULA) or (text[:1] == MARK and text[1:].startswith(_BEGINS_A_FORMULA)):
        return MARK + text
    return text
