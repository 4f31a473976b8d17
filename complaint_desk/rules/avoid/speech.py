"""Whose words they are: what is quoted, and what is told of somebody's saying, is not the agent's own."""

import re

_PAIRS = {
    "“": "”",
    "「": "」",
    "『": "』",
    "《": "》",
    "﹁": "﹂",
    "﹃": "﹄",
    "«": "»",
    "〝": "〞",
    "＂": "＂",
}
_STRAIGHT = re.compile(r'"')
_OPENING = re.compile(r"(?:(?<=^)|(?<=[\s(\[,:;，。：；（—-]))['‘](?=\S)")
_CLOSING = re.compile(r"(?<=\S)['’](?=$|[\s)\].,:;!?，。：；！？）—-])")


def quoted_spans(text: str) -> list[tuple[int, int]]:
    """The spans within quotation marks, marks included, in order and apart; a mark never closed quotes nothing."""
    spans: list[tuple[int, int]] = []
    opened: list[tuple[str, int]] = []
    straight = -1
    for at, sign in enumerate(text):
        if opened and sign == opened[-1][0]:
            spans.append((opened.pop()[1], at + 1))
        elif sign in _PAIRS:
            opened.append((_PAIRS[sign], at))
        elif sign == '"':
            if straight < 0:
                straight = at
            else:
                spans.append((straight, at + 1))
                straight = -1
    spans += _single_quoted(text)
    return _joined(spans)


def _single_quoted(text: str) -> list[tuple[int, int]]:
    if "'" not in text and "‘" not in text:
        return []
    spans: list[tuple[int, int]] = []
    closings = [found.end() for found in _CLOSING.finditer(text)]
    next_closing = 0
    after = 0
    for opening in _OPENING.finditer(text):
        if opening.start() < after:
            continue
        while next_closing < len(closings) and closings[next_closing] <= opening.end() + 1:
            next_closing += 1
        if next_closing == len(closings):
            break
        after = closings[next_closing]
        spans.append((opening.start(), after))
    return spans


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for left, right in sorted(spans):
        if joined and left <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(right, joined[-1][1]))
        else:
            joined.append((left, right))
    return joined


class Reported:
    """Finds reported speech in folded text by the phrases that begin it and those that go on with it."""

    def __init__(self, phrases: dict[str, str]) -> None:
        """`phrases` holds `reported_*`, `told_*` and `goes_on_*` for each language."""
        self._kinds = tuple(
            (
                re.compile(phrases[f"reported_{language}"]),
                re.compile(phrases[f"told_{language}"]),
                re.compile(phrases[f"goes_on_{language}"]),
            )
            for language in ("zh", "en")
        )
        self._clause_end = re.compile(
            r"[，,。！？!?；;]|\.(?= |$)|(?<= )(?:but|however|so i|and i)(?= )|但是|不过|可是"
        )
        self._stop = "。！？!?；;."

    def spans(self, text: str) -> list[tuple[int, int]]:
        """The folded spans that tell what somebody else said."""
        found: list[tuple[int, int]] = []
        for one_clause, more_clauses, goes_on in self._kinds:
            for kind, far in ((one_clause, False), (more_clauses, True)):
                after = 0
                for start in kind.finditer(text):
                    if start.start() < after:
                        continue
                    after = self._end(text, start.end(), goes_on, far)
                    found.append((start.start(), after))
        return found

    def _end(self, text: str, at: int, goes_on: re.Pattern[str], far: bool) -> int:
        """Where the telling ends: its clause, and the clauses after it that go on with it."""
        while True:
            stop = self._clause_end.search(text, at)
            if stop is None:
                return len(text)
            if stop[0][0] in self._stop or stop[0][0] not in "，,":
                return stop.start()
            if not (far or goes_on.match(text, stop.end())):
                return stop.start()
            if far and text[stop.end() : stop.end() + 4].lstrip().startswith(("我", "i ", "we ", "您")):
                return stop.start()
            at = stop.end()
