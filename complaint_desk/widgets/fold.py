"""Text fitted to columns by terminal cells: a Chinese character takes two, a combining mark none."""

import re
from itertools import pairwise

from rich.cells import cell_len, set_cell_size

_NOT_FIRST = frozenset("，。、；：？！”’）》」』】〉…,.;:?!)]}%")
_NOT_LAST = frozenset("“‘（《「『【〈([{")
_PIECE = re.compile(r"\s+|[^\s\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60\uac00-\ud7af]+|.", re.DOTALL)


def cut(text: str, width: int) -> str:
    """The text in at most `width` cells, with an ellipsis where something was left out."""
    if cell_len(text) <= width:
        return text
    if width <= 0:
        return ""
    return set_cell_size(text, width - 1).rstrip() + "…"


def padded(text: str, width: int) -> str:
    """The text cut or filled with blanks to exactly `width` cells."""
    return set_cell_size(cut(text, width), max(width, 0))


def fold(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` cells: broken at blanks and between Chinese characters.

    Closing punctuation does not begin a line and an opening bracket does not end one; a word longer than a line is
    broken where the line ends.
    """
    if width < 2:
        return [text] if text else []
    folded: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for piece in _pieces(paragraph):
            if cell_len(line) + cell_len(piece.rstrip()) <= width:
                line += piece
                continue
            if line.strip():
                folded.append(line.rstrip())
            *full, line = _broken(piece.lstrip(), width)
            folded += full
        folded.append(line.rstrip())
    return folded


def _pieces(paragraph: str) -> list[str]:
    """The pieces that stay together on a line; each is cut out once, however many parts it is made of."""
    starts: list[int] = []
    before = ""
    blank = True
    for found in _PIECE.finditer(paragraph):
        piece = found[0]
        joined = starts and (
            piece[0] in _NOT_FIRST or before[-1] in _NOT_LAST or (piece.isspace() and not blank)
        )
        if not joined:
            starts.append(found.start())
            blank = piece.isspace()
        elif not piece.isspace():
            blank = False
        before = piece
    return [paragraph[start:end] for start, end in pairwise([*starts, len(paragraph)])]


def _broken(word: str, width: int) -> list[str]:
    """A piece in lines of at most `width` cells, the last of them perhaps empty; one look at each character."""
    if cell_len(word) <= width:
        return [word]
    lines: list[str] = []
    start = used = 0
    for index, character in enumerate(word):
        cells = cell_len(character)
        if used + cells > width and index > start:
            lines.append(word[start:index])
            start, used = index, 0
        used += cells
    return [*lines, word[start:]]
