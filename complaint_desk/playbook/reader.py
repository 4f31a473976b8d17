"""The playbook to be read and searched: every entry as a page of plain text, in either language.

A page is what the playbook screen and `playbook show` lay out. Lines with slots show them as 〔称呼〕 and the like.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple, cast

from complaint_desk.models.enums import HeatStep
from complaint_desk.playbook.loader import Playbook
from complaint_desk.playbook.schema import (
    LANGUAGES,
    Answer,
    CauseEntry,
    Entry,
    Figure,
    HelpLine,
    Lines,
    Question,
    SeverityWords,
    Situation,
    Spoken,
    Text,
    Texts,
    TypeEntry,
)
from complaint_desk.playbook.template import SLOTS, Slots, fill
from complaint_desk.playbook.topics import TOPICS

_FOR_THE_READER = ("topics", "labels")
"""Topics that only name the parts of the others."""
_SOURCE_WORDS = re.compile(
    r"(training text|principle|way|cause|avoid|step|trade|ours)(s(?= ))?( (?=[0-9A-G]))?"
)
_IN_THE_TITLE = frozenset({"name", "when", "figure"})


class Row(NamedTuple):
    """A part of an entry: what it is called, and its texts."""

    label: str
    texts: tuple[str, ...]


class Page(NamedTuple):
    """An entry laid out for reading."""

    topic: str
    key: str
    title: str
    rows: tuple[Row, ...]
    own: bool
    """Whether these are the store's own words."""


class Found(NamedTuple):
    """A page that a search found, and the texts in it that held what was looked for."""

    page: Page
    texts: tuple[str, ...]


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


class Reader:
    """The pages of a playbook in one language."""

    def __init__(self, playbook: Playbook, language: str) -> None:
        self._playbook = playbook
        self._language = language
        labels = playbook.labels
        shown = {slot: labels[f"slot_{slot}"][language] for slot in SLOTS}
        self._slots = cast(Slots, shown)

    def topics(self) -> tuple[tuple[str, str, str], ...]:
        """The topics in reading order: key, name, and what they hold."""
        names = self._playbook.named("topics")
        keys = (topic for topic in TOPICS if topic not in _FOR_THE_READER)
        return tuple(
            (key, names[key].name[self._language], names[key].explain[self._language]) for key in keys
        )

    def pages(self, topic: str) -> tuple[Page, ...]:
        """The pages of a topic. Raises KeyError for a topic the playbook does not have."""
        if topic in _FOR_THE_READER:
            raise KeyError(topic)
        entries = self._playbook.topic(topic)
        return tuple(self._page(topic, key, entry) for key, entry in entries.items() if self._is_read(entry))

    def page(self, topic: str, key: str) -> Page:
        """One page, by the dotted key of its entry. Raises KeyError when there is none."""
        for page in self.pages(topic):
            if page.key == key:
                return page
        raise KeyError(key)

    @cached_property
    def all_pages(self) -> tuple[Page, ...]:
        """Every page, in reading order."""
        return tuple(page for topic, _, _ in self.topics() for page in self.pages(topic))

    @staticmethod
    def _is_read(entry: Entry) -> bool:
        return not isinstance(entry, SeverityWords) or entry.flag is not None

    def _label(self, name: str) -> str:
        return self._playbook.labels[name][self._language]

    def _title(self, key: str, entry: Entry) -> str:
        language = self._language
        match entry:
            case Spoken():
                return entry.when[language]
            case Figure():
                return entry.figure[language]
            case Question():
                return self._between(entry) or fill(entry.ask[language][0])
            case SeverityWords():
                return entry.explain[language]
        name = getattr(entry, "name", None)
        if isinstance(name, Text):
            code = getattr(entry, "code", None)
            return f"{code} {name[language]}" if code else name[language]
        step, _, about = key.partition(".")
        return f"{self._playbook.step_name(HeatStep(step), language)} · {self._about(about)}"

    def _about(self, key: str) -> str:
        if key in self._playbook.types:
            return self._playbook.types[key].name[self._language]
        if key in self._playbook.causes:
            return self._playbook.causes[key].name[self._language]
        return self._label("any")

    def _between(self, question: Question) -> str:
        return " / ".join(self._about(kind) for kind in question.between)

    def _page(self, topic: str, key: str, entry: Entry) -> Page:
        rows = tuple(Row(self._label(name), texts) for name, texts in self._parts(entry) if texts)
        return Page(topic, key, self._title(key, entry), rows, self._playbook.is_own(topic, key))

    def _parts(self, entry: Entry) -> Iterator[tuple[str, tuple[str, ...]]]:
        if isinstance(entry, Lines):
            yield "lines", self._said(entry)
        if isinstance(entry, TypeEntry):
            yield "share", (f"{entry.share_low}–{entry.share_high} %",)
        if isinstance(entry, SeverityWords):
            if entry.flag:
                yield "flag", (self._label(entry.flag),)
            if entry.severity:
                yield "severity", (str(int(entry.severity)),)
        else:
            for name in type(entry).model_fields:
                if name not in _IN_THE_TITLE and name not in ("source", "code", *LANGUAGES):
                    yield from self._part(entry, name)
        yield "source", (self._source(entry.source),)

    def _part(self, entry: Entry, name: str) -> Iterator[tuple[str, tuple[str, ...]]]:
        value = getattr(entry, name)
        language = self._language
        match value:
            case Text():
                yield name, (value[language],)
            case Texts():
                yield name, value[language]
            case Lines():
                yield name, self._said(value)
            case dict():
                yield name, tuple(text[language] for text in value.values())
            case (Answer(), *_):
                yield (
                    name,
                    tuple(f"{answer.heard[language]} → {self._about(answer.speaks_for)}" for answer in value),
                )
            case (HelpLine(), *_):
                yield name, tuple(f"{line.number} {line.name[language]}" for line in value)
            case _ if isinstance(entry, CauseEntry) and name in ("origins", "rater"):
                names = self._playbook.named(name)
                yield name, tuple(names[key].name[language] for key in value)
            case bool() if isinstance(entry, Situation):
                yield "supervisor", (self._label(name if value else "supervisor_on_request"),)

    def _source(self, source: str) -> str:
        """The source in this language; a store's own file keeps its name."""
        if self._language == "en" or source.endswith(".toml"):
            return source
        words = _SOURCE_WORDS.sub(lambda found: self._label(f"source_{found[1].replace(' ', '_')}"), source)
        return words.replace(", ", "，").replace("; ", "；")

    def _said(self, lines: Lines) -> tuple[str, ...]:
        return tuple(fill(line, self._slots) for line in lines[self._language])


def _texts(page: Page) -> Iterable[str]:
    yield page.title
    for row in page.rows:
        yield from row.texts


class Search:
    """The whole playbook in both languages, folded once, so that each key typed is only a scan."""

    def __init__(self, playbook: Playbook) -> None:
        self._pages = {language: Reader(playbook, language).all_pages for language in LANGUAGES}
        folded = {
            language: [tuple(map(_folded, _texts(page))) for page in self._pages[language]]
            for language in LANGUAGES
        }
        self._folded = folded

    def find(self, text: str, language: str) -> tuple[Found, ...]:
        """The pages that hold every word of the text, in whichever language it is written, shown in this one.

        Pages with the words in their title come first; an empty text finds nothing. Raises KeyError for a language
        the desk does not speak.
        """
        pages = self._pages[language]
        words = _folded(text).split()
        if not words:
            return ()
        ranked: list[tuple[int, int, Found]] = []
        for place, page in enumerate(pages):
            sides = [self._folded[side][place] for side in LANGUAGES]
            if not all(any(word in part for side in sides for part in side) for word in words):
                continue
            in_title = any(all(word in side[0] for word in words) for side in sides)
            shown = self._folded[language][place]
            texts = zip(_texts(page), shown, strict=True)
            held = tuple(text for text, folded in texts if any(word in folded for word in words))
            ranked.append((0 if in_title else 1, place, Found(page, held)))
        return tuple(found for _, _, found in sorted(ranked, key=lambda rank: rank[:2]))


def search(playbook: Playbook, text: str, language: str) -> tuple[Found, ...]:
    """Look once through the playbook; a screen that searches while one types keeps a `Search` instead."""
    return Search(playbook).find(text, language)
