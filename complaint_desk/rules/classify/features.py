"""Turns a caller's words into weighted features.

What is said counts by where it stands: refused, done, told of others, after a "but", in the last request.
"""

from collections.abc import Container, Sequence
from itertools import combinations

from complaint_desk.playbook.caller_model import END, PhraseTree
from complaint_desk.rules.classify.clauses import Clause, clauses_of
from complaint_desk.rules.classify.frames import frames
from complaint_desk.rules.classify.pieces import Feature, pieces
from complaint_desk.rules.classify.text import Token, stem, tokenize

_NEGATION_REACH = 4
_AGAIN = 0.4
_COUNTED = 2
_MONEY_UNITS = frozenset("元块毛万折蚊%$£€¥")
_MONEY_WORDS = frozenset(
    ("dolar", "buck", "quid", "pound", "percent", "usd", "rmb", "cent", "euro", "yuan", "grand", "k")
)
_TIME_UNITS = frozenset("天周月年号点时分日")
_TIME_WORDS = frozenset(
    ("day", "week", "month", "year", "hour", "min", "minut", "am", "pm", "yr", "wk", "hr")
)
_COUNTED_WORDS = frozenset(
    map(
        stem,
        (
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "fifteen",
            "twenty",
            "thirty",
            "forty",
            "fifty",
            "sixty",
            "seventy",
            "eighty",
            "ninety",
            "hundred",
            "thousand",
            "grand",
            "fiver",
            "tenner",
        ),
    )
)
_HAN_NUMERALS = frozenset("一二两三四五六七八九十百千半几")
_TIMES_UNITS = frozenset("次回遍")
_AMOUNTS = _COUNTED_WORDS | _HAN_NUMERALS | {"<n>", "<money>"}
_LEADING_IN = frozenset(
    map(
        stem,
        (
            "please",
            "and",
            "so",
            "just",
            "then",
            "but",
            "or",
            "either",
            "kindly",
            "now",
            "do",
            "simply",
            "maybe",
            "perhaps",
            "also",
        ),
    )
)
_ASKING_POLITELY = frozenset(map(stem, ("could", "can", "would", "will", "might", "may")))
_THOSE_ASKED = frozenset(map(stem, ("you", "somebody", "someone", "we", "i", "the", "your")))
_NO_COMMAND = frozenset(map(stem, ("was", "were", "is")))
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


def extract(
    text: str, phrases: PhraseTree, known: Container[str] | None = None
) -> tuple[list[Feature], list[Token], list[Clause]]:
    """The features of a text with their places, its tokens and its clauses; work in proportion to the length.

    With `known` given, of characters and words only those that the model knows.
    """
    tokens = tokenize(text)
    _name_numbers(tokens)
    clauses, found = clauses_of(tokens, phrases)
    ideas, silent = _ideas(tokens, clauses)
    put = _asked(tokens, clauses, phrases) + frames(tokens, found)
    return ideas + put + pieces(tokens, silent, known), tokens, clauses


def _name_numbers(tokens: list[Token]) -> None:
    for i in [i for i, token in enumerate(tokens) if token[1] == "n"]:
        written, _, start, end = tokens[i]
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


def _is_sum(tokens: Sequence[Token], i: int) -> bool:
    """Whether a number stands here that counts neither time nor turns: maybe an amount somebody names."""
    form, kind, _, _ = tokens[i]
    after = tokens[i + 1][0] if i + 1 < len(tokens) else ""
    if form in _COUNTED_WORDS or form == "<n>":
        return after not in _TIME_WORDS and after not in _COUNTED_WORDS and after != "tim"
    if kind != "h" or form not in _HAN_NUMERALS or i == 0 or tokens[i - 1][0] not in _HAN_NUMERALS:
        return False
    return after not in _HAN_NUMERALS and after not in _TIME_UNITS and after not in _TIMES_UNITS


def _add_counted(tokens: Sequence[Token], clauses: Sequence[Clause]) -> None:
    """Add to each clause the amounts named in it, and the marks of a question."""
    at = 0
    for i in [i for i, token in enumerate(tokens) if token[0] in _AMOUNTS or token[1] == "p"]:
        form, kind, _, _ = tokens[i]
        if kind == "p":
            name = "idea.ask" if "?" in form else ""
        else:
            name = "idea.money" if form == "<money>" else "idea.sum" if _is_sum(tokens, i) else ""
        if name:
            while i >= clauses[at].end:
                at += 1
            clauses[at].ideas.append((name, i, i + 1))


def _refused(clause: Clause, i: int) -> bool:
    """Whether a word of refusal stands close before this token."""
    return any(i - _NEGATION_REACH <= negator < i for negator in clause.negators)


def _ideas(tokens: Sequence[Token], clauses: Sequence[Clause]) -> tuple[list[Feature], set[int]]:
    """The ideas with their standing, and the tokens of values that nobody asks for.

    A value refused, already given or asked for by somebody else says nothing of this caller's wish but that it is not
    that; neither the idea nor its words count as if it stood open.
    """
    seen: dict[str, int] = {}
    found: list[Feature] = []
    silent: set[int] = set()
    placed: dict[tuple[str, str, bool, bool, bool], int] = {}
    last_request = -1
    for number, clause in enumerate(clauses):
        if any(idea[0] in _REQUESTS for idea in clause.ideas):
            last_request = number
    _add_counted(tokens, clauses)

    def add(name: str, i: int, j: int) -> None:
        times = seen.get(name, 0)
        if times < _COUNTED:
            seen[name] = times + 1
            found.append((name, tokens[i][2], tokens[j - 1][3], _AGAIN if times else 1.0))

    for number, clause in enumerate(clauses):
        names: set[str] = set()
        plain = "reported:" if clause.reported else "done:" if clause.done else "open:"
        late = number >= len(clauses) - 2
        for name, i, j in clause.ideas:
            if name[:5] != "idea.":
                add(name, i, j)
                continue
            standing = "refused:" if clause.negators and _refused(clause, i) else plain
            unopen = standing != "open:" and name in _VALUES
            if unopen:
                silent.update(range(i, j))
            else:
                names.add(name)
            place = (name, standing, clause.contrast, number == last_request, late)
            times = placed.get(place, 0)
            if times == _COUNTED:
                continue
            placed[place] = times + 1
            add(standing + name, i, j)
            if unopen:
                continue
            add(name, i, j)
            if clause.contrast:
                add("but:" + name, i, j)
            if number == last_request:
                add("request:" + name, i, j)
            if late:
                add("last:" + name, i, j)
        if clause.first < clause.end and tokens[clause.first][1] in "wh":
            opening = "start:" + tokens[clause.first][0]
            if tokens[clause.first][1] == "h" and clause.first + 1 < clause.end:
                opening += tokens[clause.first + 1][0]
            add(opening, clause.first, clause.first + 1)
        for one, other in combinations(sorted(names), 2):
            add(one + "+" + other, clause.first, clause.end)
    if tokens and last_request < 0:
        found.append(("no request", tokens[0][2], tokens[0][2], 1.0))
        if "idea.feeling" in seen or "idea.scene" in seen:
            found.append(("no request, feeling", tokens[0][2], tokens[0][2], 1.0))
    return found, silent


def _asked(tokens: Sequence[Token], clauses: Sequence[Clause], phrases: PhraseTree) -> list[Feature]:
    """What the clauses of an English text ask to be done: those that begin with a command, or with "could you".

    To mend, to give and to tell are asked for by different callers; so is nothing at all.
    """
    kinds = [token[1] for token in tokens]
    if kinds.count("w") <= kinds.count("h"):
        return []
    found: dict[str, Feature] = {}
    asks = any(kind == "p" and "?" in form for form, kind, _, _ in tokens)
    late = clauses[-2].first if len(clauses) > 1 else 0
    for clause in clauses:
        i = clause.first
        while i < clause.end and tokens[i][0] in _LEADING_IN:
            i += 1
        if i >= clause.end or tokens[i][1] != "w":
            continue
        form, _, start, end = tokens[i]
        after = tokens[i + 1][0] if i + 1 < len(tokens) else ""
        what = []
        if form in _ASKING_POLITELY and after in _THOSE_ASKED:
            what.append("politely")
        node = phrases.root.get(form)
        verbs = [name for name in node.get(END, ()) if name.startswith("verb.")] if node else []
        if verbs and after not in _NO_COMMAND:
            what += ["at all", *verbs]
            if after in ("me", "us"):
                what.append("for the caller")
        for each in what:
            for name in ("asked:" + each, "asked last:" + each) if i >= late else ("asked:" + each,):
                found.setdefault(name, (name, start, end, 1.0))
    if not found and not asks:
        found[""] = ("asked:nothing", tokens[0][2], tokens[0][2], 1.0)
    return list(found.values())
