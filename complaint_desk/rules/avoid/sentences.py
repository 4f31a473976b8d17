"""The sentences of a text, and the language each is in."""

import re
from dataclasses import dataclass

_SENTENCE = re.compile(r"[^。！？!?；;\n.]+(?:\.(?=\S)[^。！？!?；;\n.]*)*[。！？!?；;\n.]*")
_CJK = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]+")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the folded text."""

    start: int
    end: int
    language: str


def sentences_of(text: str) -> list[Sentence]:
    """The folded text's sentences, each with the language most of it is in."""
    return [Sentence(found.start(), found.end(), language_of(found[0])) for found in _SENTENCE.finditer(text)]


def language_of(text: str) -> str:
    """ "zh" if there are as many Chinese characters as Latin words, else "en"."""
    chinese = len(_CJK.findall(text))
    return "zh" if chinese and chinese >= len(_LATIN.findall(text)) else "en"


def joined_short(sentences: list[Sentence]) -> list[Sentence]:
    """Sentences, with one too short to judge joined to the one before it."""
    joined: list[Sentence] = []
    for sentence in sentences:
        short = sentence.end - sentence.start < (7 if sentence.language == "zh" else 18)
        if joined and (short or joined[-1].end - joined[-1].start < 7):
            joined[-1] = Sentence(joined[-1].start, sentence.end, joined[-1].language)
        else:
            joined.append(sentence)
    return joined


def home_of(sentences: list[Sentence], at: int) -> Sentence | None:
    """The sentence this place lies in, found by halving."""
    low, high = 0, len(sentences)
    while low < high:
        middle = (low + high) // 2
        if sentences[middle].end <= at:
            low = middle + 1
        else:
            high = middle
    return sentences[low] if low < len(sentences) else None
