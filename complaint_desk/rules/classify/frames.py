"""How an English caller puts it: words taken by their kind, and which kind follows which within a clause.

"I want an answer" and "we'd like some explanation" share no word but a frame: somebody wants a thing of one kind.
The kinds are the `class` and `word` lists under training/.
"""

from collections.abc import Sequence

from complaint_desk.rules.classify.pieces import Feature
from complaint_desk.rules.classify.text import Token, is_clause_mark

Match = tuple[str, int, int]
"""A phrase of the word lists found in a text: its list, first token, and the token after the last."""

_NEGATION = "neg"
_SUM = "sum"
_ITSELF = "itself"
_NEGATION_REACH = 4
_CLASS_REACH, _CLASSES_AHEAD = 7, 13
_WORD_REACH, _WORDS_BACK = 3, 4
_SUMS = frozenset(("<money>", "<n>"))


def frames(tokens: Sequence[Token], found: Sequence[Match]) -> list[Feature]:
    """The kinds of word in an English text, and the pairs of kinds that follow each other closely.

    A pair whose first stands after a refusal is another pair; the last clause counts once more by itself.
    """
    kinds = [token[1] for token in tokens]
    if kinds.count("w") <= kinds.count("h"):
        return []
    clause_of = []
    clause = 0
    for form, kind, _, _ in tokens:
        clause_of.append(clause)
        clause += kind == "p" and is_clause_mark(form)
    places: dict[str, int] = {}
    _add_classes(places, tokens, found, clause_of, clause - 1)
    _add_words(places, tokens, found, clause_of, clause - 1)
    return [(name, tokens[i][2], tokens[i][3], 1.0) for name, i in places.items()]


def _add_classes(
    places: dict[str, int],
    tokens: Sequence[Token],
    found: Sequence[Match],
    clause_of: Sequence[int],
    late: int,
) -> None:
    seen = [(name[6:], i) for name, i, _ in found if name[:6] == "class."]
    seen += [(_SUM, i) for i, token in enumerate(tokens) if token[0] in _SUMS]
    seen.sort(key=lambda one: one[1])
    for number, (first, i) in enumerate(seen):
        before = seen[max(0, number - 6) : number]
        refused = any(
            name == _NEGATION and clause_of[k] == clause_of[i] and 0 < i - k <= _NEGATION_REACH
            for name, k in before
        )
        for second, k in seen[number + 1 : number + 1 + _CLASSES_AHEAD]:
            if clause_of[k] != clause_of[i] or k - i > _CLASS_REACH:
                break
            if k == i:
                continue
            pair = f"{first}>{second}"
            if refused and second != _NEGATION:
                pair = "not:" + pair
            places.setdefault("class:" + pair, i)
            if clause_of[i] >= late:
                places.setdefault("class:last:" + pair, i)


def _add_words(
    places: dict[str, int],
    tokens: Sequence[Token],
    found: Sequence[Match],
    clause_of: Sequence[int],
    late: int,
) -> None:
    kinds: dict[int, list[str]] = {}
    for name, i, _ in found:
        if name[:5] == "word.":
            kinds.setdefault(i, []).append(name[5:])
    earlier: list[tuple[int, list[str]]] = []
    for i, own in sorted(kinds.items()):
        told = [name for name in own if name != _ITSELF]
        for name in told:
            places.setdefault("word:" + name, i)
            if clause_of[i] >= late:
                places.setdefault("word:last:" + name, i)
        labels = told or [tokens[i][0]]
        for k, others in earlier[-_WORDS_BACK:]:
            if i - k <= _WORD_REACH and clause_of[k] == clause_of[i] and (told or others[0][:1] != "="):
                for other in others:
                    for label in labels:
                        places.setdefault(f"word:{other.removeprefix('=')}>{label}", k)
        earlier.append((i, told or ["=" + tokens[i][0]]))
