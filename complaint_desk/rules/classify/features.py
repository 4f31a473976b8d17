"""Turns a caller's words into weighted features.

What is said counts by where it stands: refused, done, told of others, after a "but", in the last request.
"""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field

from complaint_desk.playbook.caller_model import END, PhraseTree
from complaint_desk.rules.classify.pieces import Feature, pieces
from complaint_desk.rules.classify.text import Token, is_clause_mark, is_sentence_mark, tokenize

_NEGATION_REACH = 4
_AGAIN = 0.4
_MONEY_UNITS = frozenset("元块毛万折蚊%$£€¥")
_MONEY_WORDS = frozenset(
    ("dolar", "buck", "quid", "pound", "percent", "usd", "rmb", "cent", "euro", "yuan", "grand", "k")
)
_TIME_UNITS = frozenset("天周月年号点时分日")
_TIME_WORDS = frozenset(
    ("day", "week", "month", "year", "hour", "min", "minut", "am", "pm", "yr", "wk", "hr")
)
_COUNTED_WORDS = frozenset(
    (
        "one",
        "two",
        "thre",
        "four",
        "fiv",
        "six",
        "seven",
        "eight",
        "nin",
        "ten",
        "fiften",
        "twenty",
        "thirty",
        "forty",
        "fifty",
        "sixty",
        "seventy",
        "eighty",
        "ninety",
        "hundr",
        "thousand",
        "grand",
        "fiver",
        "tener",
    )
)
_HAN_NUMERALS = frozenset("一二两三四五六七八九十百千半几")
_TIMES_UNITS = frozenset("次回遍")
_REQUESTS = frozenset(
    "idea." + name
    for name in (
        "compensate",
        "discount",
        "gift",
        "refund",
        "swap",
        "givewant",
        "bargain",
        "improve",
        "question",
        "basis",
        "urge_fix",
        "leverage",
        "plan",
    )
)


_VALUES = frozenset(
    "idea." + name
    for name in (
        "compensate",
        "discount",
        "gift",
        "refund",
        "swap",
        "givewant",
        "bargain",
        "money",
        "sum",
        "price_amount",
    )
)


@dataclass(slots=True)
class Clause:
    """A stretch between two marks or turns, as token numbers, and what governs it."""

    first: int
    end: int
    contrast: bool
    reported: bool = False
    done: bool = False
    negators: list[int] = field(default_factory=list)
    ideas: list[tuple[str, int, int]] = field(default_factory=list)


def extract(
    text: str, phrases: PhraseTree, known: Container[str] | None = None
) -> tuple[list[Feature], list[Token], list[Clause]]:
    """The features of a text with their places, its tokens and its clauses; work in proportion to the length.

    With `known` given, of characters and words only those that the model knows.
    """
    tokens = tokenize(text)
    _name_numbers(tokens)
    clauses = _clauses(tokens, phrases)
    ideas, silent = _ideas(tokens, clauses)
    return ideas + pieces(tokens, silent, known), tokens, clauses


def _name_numbers(tokens: list[Token]) -> None:
    for i, (written, kind, start, end) in enumerate(tokens):
        if kind != "n":
            continue
        after = tokens[i + 1][0] if i + 1 < len(tokens) else ""
        before = tokens[i - 1][0] if i else ""
        form = "<n>"
        if after in _MONEY_UNITS or before in _MONEY_UNITS or after in _MONEY_WORDS:
            form = "<money>"
        elif after in _TIME_UNITS or after in _TIME_WORDS or ":" in written or "/" in written:
            form = "<time>"
        elif after in _TIMES_UNITS or after == "tim":
            form = "<times>"
        tokens[i] = (form, "n", start, end)


def _matches(tokens: Sequence[Token], phrases: PhraseTree) -> Iterator[tuple[str, int, int]]:
    forms = [token[0] for token in tokens]
    count = len(forms)
    for i, form in enumerate(forms):
        node = phrases.get(form)
        j = i + 1
        while node is not None:
            for name in node.get(END, ()):
                yield name, i, j
            node = node.get(forms[j]) if j < count else None
            j += 1


def _clauses(tokens: Sequence[Token], phrases: PhraseTree) -> list[Clause]:
    matches = list(_matches(tokens, phrases))
    turns = {i for name, i, _ in matches if name == "scope.contrast"}
    clauses: list[Clause] = []
    first = 0
    contrast = False
    for i, (form, kind, _, _) in enumerate(tokens):
        if i in turns:
            if i > first:
                clauses.append(Clause(first, i, contrast))
                first = i
            contrast = True
        if kind == "p" and is_clause_mark(form):
            clauses.append(Clause(first, i + 1, contrast))
            first = i + 1
            if is_sentence_mark(form):
                contrast = False
    if first < len(tokens):
        clauses.append(Clause(first, len(tokens), contrast))
    _fill(clauses, matches)
    return clauses


def _fill(clauses: Sequence[Clause], matches: Sequence[tuple[str, int, int]]) -> None:
    at = 0
    for name, i, j in matches:
        while i >= clauses[at].end:
            at += 1
        clause = clauses[at]
        if name == "scope.negator":
            clause.negators.append(i)
        else:
            clause.ideas.append((name, i, j))
    for clause in clauses:
        names = {name for name, _, _ in clause.ideas}
        clause.done = "scope.done" in names
        clause.reported = "scope.reporter" in names and "scope.said" in names


def _is_sum(tokens: Sequence[Token], i: int) -> bool:
    """Whether a number stands here that counts neither time nor turns: maybe an amount somebody names."""
    form, kind, _, _ = tokens[i]
    after = tokens[i + 1][0] if i + 1 < len(tokens) else ""
    if form in _COUNTED_WORDS or form == "<n>":
        return after not in _TIME_WORDS and after not in _COUNTED_WORDS and after != "tim"
    if kind != "h" or form not in _HAN_NUMERALS or i == 0 or tokens[i - 1][0] not in _HAN_NUMERALS:
        return False
    return after not in _HAN_NUMERALS and after not in _TIME_UNITS and after not in _TIMES_UNITS


def _standing(clause: Clause, i: int) -> str:
    """Whether an idea is refused, told of others, over and done with, or open."""
    if any(i - _NEGATION_REACH <= negator < i for negator in clause.negators):
        return "refused:"
    if clause.reported:
        return "reported:"
    return "done:" if clause.done else "open:"


def _ideas(tokens: Sequence[Token], clauses: Sequence[Clause]) -> tuple[list[Feature], set[int]]:
    """The ideas with their standing, and the tokens of values that nobody asks for.

    A value refused, already given or asked for by somebody else says nothing of this caller's wish but that it is not
    that; neither the idea nor its words count as if it stood open.
    """
    seen: dict[str, int] = {}
    found: list[Feature] = []
    silent: set[int] = set()
    requests = [n for n, c in enumerate(clauses) if any(name in _REQUESTS for name, _, _ in c.ideas)]
    last_request = requests[-1] if requests else -1

    def add(name: str, i: int, j: int) -> None:
        times = seen.get(name, 0)
        seen[name] = times + 1
        if times < 2:
            found.append((name, tokens[i][2], tokens[j - 1][3], _AGAIN if times else 1.0))

    for number, clause in enumerate(clauses):
        ideas = list(clause.ideas)
        for i in range(clause.first, clause.end):
            if tokens[i][0] == "<money>":
                ideas.append(("idea.money", i, i + 1))
            elif _is_sum(tokens, i):
                ideas.append(("idea.sum", i, i + 1))
            elif tokens[i][1] == "p" and "?" in tokens[i][0]:
                ideas.append(("idea.ask", i, i + 1))
        names: set[str] = set()
        for name, i, j in ideas:
            if not name.startswith("idea."):
                add(name, i, j)
                continue
            standing = _standing(clause, i)
            add(standing + name, i, j)
            if name in _VALUES and standing != "open:":
                silent.update(range(i, j))
                continue
            names.add(name)
            add(name, i, j)
            if clause.contrast:
                add("but:" + name, i, j)
            if number == last_request:
                add("request:" + name, i, j)
            if number >= len(clauses) - 2:
                add("last:" + name, i, j)
        if clause.first < clause.end and tokens[clause.first][1] in "wh":
            opening = "start:" + tokens[clause.first][0]
            if tokens[clause.first][1] == "h" and clause.first + 1 < clause.end:
                opening += tokens[clause.first + 1][0]
            add(opening, clause.first, clause.first + 1)
        together = sorted(names)
        for a, one in enumerate(together):
            for other in together[a + 1 :]:
                add(one + "+" + other, clause.first, clause.end)
    if tokens and not requests:
        found.append(("no request", tokens[0][2], tokens[0][2], 1.0))
        if "idea.feeling" in seen or "idea.scene" in seen:
            found.append(("no request, feeling", tokens[0][2], tokens[0][2], 1.0))
    return found, silent
