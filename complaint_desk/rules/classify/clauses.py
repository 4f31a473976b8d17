"""The clauses of a caller's text, and what governs each: a refusal, somebody else's saying, a thing done, a "but"."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import add

from complaint_desk.playbook.caller_model import END, PhraseTree
from complaint_desk.rules.classify.text import Token, is_clause_mark, is_sentence_mark

_NO_IDEAS = frozenset(("verb.", "class", "word."))


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


def matches(forms: Sequence[str], phrases: PhraseTree) -> list[tuple[str, int, int]]:
    """The phrases of the word lists in the text: idea, first token, and the token after the last."""
    found: list[tuple[str, int, int]] = []
    count = len(forms)
    alone, openings, root = phrases.alone, phrases.openings, phrases.root
    begun = [i for i, pair in enumerate(map(add, forms, forms[1:])) if pair in openings]
    begun += [i for i, form in enumerate(forms) if form in alone]
    for i in sorted(set(begun)):
        node = root.get(forms[i])
        j = i + 1
        while node is not None:
            names = node.get(END)
            if names is not None:
                found += [(name, i, j) for name in names]
            if j == count:
                break
            node = node.get(forms[j])
            j += 1
    return found


def clauses_of(
    tokens: Sequence[Token], phrases: PhraseTree
) -> tuple[list[Clause], list[tuple[str, int, int]]]:
    """The clauses of a text, each with what governs it, and every phrase of the word lists found."""
    found = matches([token[0] for token in tokens], phrases)
    turns = {i for name, i, _ in found if name == "scope.contrast"}
    marks = {i for i, token in enumerate(tokens) if token[1] == "p" and is_clause_mark(token[0])}
    clauses: list[Clause] = []
    first = 0
    contrast = False
    for i in sorted(turns | marks):
        if i in turns:
            if i > first:
                clauses.append(Clause(first, i, contrast))
                first = i
            contrast = True
        else:
            clauses.append(Clause(first, i + 1, contrast))
            first = i + 1
            if is_sentence_mark(tokens[i][0]):
                contrast = False
    if first < len(tokens):
        clauses.append(Clause(first, len(tokens), contrast))
    _fill(clauses, found)
    return clauses, found


def _fill(clauses: Sequence[Clause], found: Sequence[tuple[str, int, int]]) -> None:
    at = 0
    told = set()
    for match in found:
        name, i, _ = match
        if name[:5] in _NO_IDEAS:
            continue
        while i >= clauses[at].end:
            at += 1
        clause = clauses[at]
        if name == "scope.negator":
            clause.negators.append(i)
            continue
        clause.ideas.append(match)
        if name == "scope.done":
            clause.done = True
        elif name == "scope.reporter" or name == "scope.said":
            told.add((at, name))
    for number, clause in enumerate(clauses):
        clause.reported = (number, "scope.reporter") in told and (number, "scope.said") in told
