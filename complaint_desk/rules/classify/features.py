"""Turns a caller's words into weighted features: what is said, and where it stands (refused, done, reported, after a "but")."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt

from complaint_desk.rules.classify.text import Token, is_clause_mark, is_sentence_mark, parts, tokenize

_END = ""
_NEGATION_REACH = 4
_LAST_TOKENS = 30
_MONEY_UNITS = frozenset("元块毛万折%$£€¥")
_MONEY_WORDS = frozenset(
    {"dolar", "buck", "quid", "pound", "percent", "usd", "rmb", "cent", "euro", "yuan", "grand", "k"}
)
_TIME_UNITS = frozenset("天周月年号点时分")
_TIME_WORDS = frozenset(
    {"day", "week", "month", "year", "hour", "min", "minut", "am", "pm", "yr", "wk", "hr"}
)
_TIMES_UNITS = frozenset("次回遍")
_HAN_DIGITS = frozenset("一二两三四五六七八九十百千半几")

Trie = dict[str, "Trie | tuple[str, ...]"]


@dataclass(frozen=True, slots=True)
class Feature:
    """One thing seen in the text. `start` and `end` count characters; `value` grows with how much it should count."""

    name: str
    start: int
    end: int
    value: float


@dataclass(slots=True)
class _Clause:
    first: int
    end: int
    contrast: bool = False
    reported: bool = False
    done: bool = False
    negators: list[int] = field(default_factory=list)
    ideas: list[tuple[str, int, int]] = field(default_factory=list)


def build_trie(concepts: Mapping[str, Sequence[str]]) -> Trie:
    """A tree of token forms from the word lists: idea name → phrases. Loaded once with the model."""
    trie: Trie = {}
    for name in sorted(concepts):
        for phrase in concepts[name]:
            node = trie
            for part in parts(phrase):
                node = node.setdefault(part, {})  # type: ignore[assignment]
            names = node.get(_END, ())
            if isinstance(names, tuple) and name not in names:
                node[_END] = (*names, name)
    return trie


def extract(text: str, trie: Trie) -> list[Feature]:
    """All features of a text with their places. The work is in proportion to the length; nothing is looked up elsewhere."""
    tokens = tokenize(text)
    _mark_numbers(tokens)
    clauses = _clauses(tokens, trie)
    found = _ideas(tokens, clauses)
    found += _pieces(tokens)
    return found


def _mark_numbers(tokens: list[Token]) -> None:
    for i, token in enumerate(tokens):
        if token.kind == "n":
            after = tokens[i + 1].form if i + 1 < len(tokens) else ""
            before = tokens[i - 1].form if i else ""
            form = "<n>"
            if after in _MONEY_UNITS or before in _MONEY_UNITS or after in _MONEY_WORDS:
                form = "<money>"
            elif after in _TIME_UNITS or after in _TIME_WORDS or ":" in token.form or "/" in token.form:
                form = "<time>"
            elif after in _TIMES_UNITS or after == "tim":
                form = "<times>"
            tokens[i] = Token(form, "n", token.start, token.end)


def _matches(tokens: Sequence[Token], trie: Trie) -> Iterator[tuple[str, int, int]]:
    for i in range(len(tokens)):
        node: Trie | tuple[str, ...] | None = trie.get(tokens[i].form)
        j = i + 1
        while isinstance(node, dict):
            names = node.get(_END)
            if isinstance(names, tuple):
                for name in names:
                    yield name, i, j
            node = node.get(tokens[j].form) if j < len(tokens) else None
            j += 1


def _clauses(tokens: Sequence[Token], trie: Trie) -> list[_Clause]:
    matches = list(_matches(tokens, trie))
    turns = {i for name, i, _ in matches if name == "scope.contrast"}
    clauses: list[_Clause] = []
    first = 0
    contrast = False
    for i, token in enumerate(tokens):
        if i in turns and i > first:
            clauses.append(_Clause(first, i, contrast))
            first = i
        if i in turns:
            contrast = True
        if is_clause_mark(token):
            clauses.append(_Clause(first, i + 1, contrast))
            first = i + 1
            if is_sentence_mark(token):
                contrast = False
    if first < len(tokens):
        clauses.append(_Clause(first, len(tokens), contrast))
    _fill(clauses, matches)
    return clauses


def _fill(clauses: Sequence[_Clause], matches: Sequence[tuple[str, int, int]]) -> None:
    at = 0
    for name, i, j in matches:
        while at + 1 < len(clauses) and i >= clauses[at].end:
            at += 1
        clause = clauses[at]
        if name == "scope.negator":
            clause.negators.append(i)
        elif name == "scope.done":
            clause.done = True
            clause.ideas.append((name, i, j))
        else:
            clause.ideas.append((name, i, j))
    for clause in clauses:
        names = {name for name, _, _ in clause.ideas}
        clause.reported = "scope.reporter" in names and "scope.said" in names


def _ideas(tokens: Sequence[Token], clauses: Sequence[_Clause]) -> list[Feature]:
    seen: dict[str, int] = defaultdict(int)
    found: list[Feature] = []
    requests = [n for n, c in enumerate(clauses) if any(name in _REQUESTS for name, _, _ in c.ideas)]
    last_request = requests[-1] if requests else -1

    def add(name: str, i: int, j: int) -> None:
        seen[name] += 1
        if seen[name] <= 2:
            value = 1.0 if seen[name] == 1 else 0.4
            found.append(Feature(name, tokens[i].start, tokens[j - 1].end, value))

    for number, clause in enumerate(clauses):
        money = [i for i in range(clause.first, clause.end) if tokens[i].form == "<money>"]
        ideas = [*clause.ideas, *(("idea.money", i, i + 1) for i in money)]
        ideas += [("idea.ask", i, i + 1) for i in range(clause.first, clause.end) if "?" in tokens[i].form]
        names = sorted({name for name, _, _ in ideas if name.startswith("idea.")})
        for name, i, j in ideas:
            add(name, i, j)
            if not name.startswith("idea."):
                continue
            if any(i - _NEGATION_REACH <= n < i for n in clause.negators):
                add("refused:" + name, i, j)
            elif clause.reported:
                add("reported:" + name, i, j)
            elif clause.done:
                add("done:" + name, i, j)
            else:
                add("open:" + name, i, j)
            if clause.contrast:
                add("but:" + name, i, j)
            if number == last_request:
                add("request:" + name, i, j)
            if number >= len(clauses) - 2:
                add("last:" + name, i, j)
        for a, one in enumerate(names):
            for other in names[a + 1 :]:
                add(one + "+" + other, clause.first, clause.end)
    if tokens and not requests:
        found.append(Feature("no request", tokens[0].start, tokens[0].start, 1.0))
        if seen["idea.feeling"] or seen["idea.scene"]:
            found.append(Feature("no request, feeling", tokens[0].start, tokens[0].start, 1.0))
    return found


_REQUESTS = frozenset(
    "idea." + name
    for name in (
        "compensate discount gift refund swap givewant bargain improve question basis urge_fix leverage plan"
    ).split()
)


def _pieces(tokens: Sequence[Token]) -> list[Feature]:
    """Neighbouring characters (up to three), words (up to two) and pieces of words, which still match after a slip."""
    raw: list[tuple[str, int, int]] = []
    last_from = len(tokens) - _LAST_TOKENS
    for i, token in enumerate(tokens):
        if token.kind == "p":
            continue
        grams = [(token.form, i)]
        form = token.form
        for j in range(i + 1, min(i + (3 if token.kind == "h" else 2), len(tokens))):
            after = tokens[j]
            if after.kind == "p" or (after.kind == "w") != (token.kind == "w"):
                break
            form += (" " if token.kind == "w" else "") + after.form
            grams.append((form, j))
        for name, j in grams:
            raw.append((name, token.start, tokens[j].end))
            if i >= last_from and len(tokens) > _LAST_TOKENS:
                raw.append(("end:" + name, token.start, tokens[j].end))
        if token.kind == "w" and len(token.form) > 4:
            raw += [("#" + token.form[k : k + 4], token.start, token.end) for k in range(len(token.form) - 3)]
    seen: set[str] = set()
    once = [piece for piece in raw if not (piece[0] in seen or seen.add(piece[0]))]  # type: ignore[func-returns-value]
    size = 1.0 / sqrt(max(len(once), 12))
    return [Feature(name, start, end, size) for name, start, end in once]
