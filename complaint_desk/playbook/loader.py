"""The playbook as the desk asks it: each topic is read when needed, a store's own entries before ours."""

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar, cast

from complaint_desk.models.enums import Cause, Channel, ClockKind, ComplainantType, HeatStep
from complaint_desk.playbook.avoid_patterns import OwnWords
from complaint_desk.playbook.faults import Fault
from complaint_desk.playbook.overrides import read_overrides
from complaint_desk.playbook.schema import (
    BUILT_IN,
    AvoidEntry,
    CauseEntry,
    ChannelEntry,
    ClockEntry,
    Entry,
    Figure,
    HeatLines,
    Label,
    Named,
    Question,
    SeverityWords,
    Situation,
    Spoken,
    Text,
    TypeEntry,
)
from complaint_desk.playbook.template import Slots, fill
from complaint_desk.playbook.topics import adapter, built_in

MOST_LINES = 3
SEVEN = ("A", "B", "C", "D", "E", "F", "G")
"""The letters of the seven things to avoid."""

E = TypeVar("E", bound=Entry)


class Playbook:
    """What the desk knows, in both languages. A language is `zh_CN` or `en`; another raises KeyError."""

    def __init__(
        self, overrides: Mapping[str, Mapping[str, Entry]] | None = None, faults: tuple[Fault, ...] = ()
    ) -> None:
        self._overrides = overrides or {}
        self._topics: dict[str, dict[str, Entry]] = {}
        self.faults = faults
        """What is wrong with the store's own files; the built-in entry serves in place of each faulty one."""

    def topic(self, topic: str) -> Mapping[str, Entry]:
        """All entries of a topic by dotted key, in the file's order. Raises KeyError for an unknown one."""
        if topic not in self._topics:
            entries = adapter(topic).validate_python(cast(dict[str, Any], built_in(topic)), context=BUILT_IN)
            entries.update(self._overrides.get(topic, {}))
            self._topics[topic] = entries
        return self._topics[topic]

    def _entries(self, topic: str, model: type[E]) -> Mapping[str, E]:
        return cast(Mapping[str, E], self.topic(topic))

    def is_own(self, topic: str, key: str) -> bool:
        """Whether the store's own words serve for this entry."""
        return key in self._overrides.get(topic, {})

    # What to say

    @cached_property
    def _heat(self) -> Mapping[str, HeatLines]:
        return self._entries("heat", HeatLines)

    def say(
        self,
        step: HeatStep,
        complainant_type: ComplainantType | None,
        language: str,
        slots: Slots | None = None,
        cause: Cause | None = None,
    ) -> tuple[str, ...]:
        """One to three lines to say now, the best first, every slot filled or left out.

        With a type known its lines lead and one line about the cause follows; without, the cause leads:
        naming the wrong comes nearest to the caller while the wish is not known yet.
        """
        manner = self._heat[f"{step}.{complainant_type or 'any'}"][language]
        about = self._heat.get(f"{step}.{cause}")
        matter = about[language] if about else ()
        if complainant_type is None:
            lines = matter[:1] + manner
        else:
            lines = manner[: MOST_LINES - 1] + matter[:1] + manner[MOST_LINES - 1 :]
        return tuple(fill(line, slots) for line in lines[:MOST_LINES])

    def spoken(self, moment: str, language: str, slots: Slots | None = None) -> tuple[str, ...]:
        """The lines for a moment of the call, by its key in `call.toml` (greeting, wish, hold, …)."""
        return tuple(fill(line, slots) for line in self._entries("call", Spoken)[moment][language])

    def greeting(self, language: str, slots: Slots | None = None) -> str:
        """The first words of a call (training text 001, principle A: warm and polite)."""
        return self.spoken("greeting", language, slots)[0]

    def first_minute_line(self, language: str, slots: Slots | None = None) -> str:
        """The one line shown while the caller is telling it for the first time: hear, and nothing else."""
        return self.spoken("first_minute", language, slots)[0]

    def clock_promise(self, kind: ClockKind, language: str, slots: Slots | None = None) -> str:
        """What a clock promises, as said to the caller; with the time when the slot is known."""
        return fill(self.clocks[kind].promise[language][0], slots)

    def question_between(
        self, first: ComplainantType, second: ComplainantType, language: str, slots: Slots | None = None
    ) -> str:
        """The question that tells two kinds of caller apart, in either order."""
        return fill(self.question(first, second).ask[language][0], slots)

    def question(self, first: ComplainantType, second: ComplainantType) -> Question:
        """The separating question of a pair and how to read the answers; of a kind with itself, the first."""
        pair = {first, second}
        for question in self.questions.values():
            if set(question.between) == pair:
                return question
        return self.questions["first"]

    def first_question(self, language: str) -> str:
        """The question that opens every reading of a caller: what they would like to come of it."""
        return fill(self.questions["first"].ask[language][0])

    # What not to say

    @cached_property
    def avoidances(self) -> Mapping[str, AvoidEntry]:
        """The seven by their letters, then promise, beyond, fault and over_apology."""
        return self._entries("avoid", AvoidEntry)

    def avoid(self, language: str) -> tuple[tuple[str, str, str], ...]:
        """The seven things to avoid: letter, what it is, and what to say instead."""
        seven = ((letter, self.avoidances[letter]) for letter in SEVEN)
        return tuple(
            (letter, entry.full[language], fill(entry.instead[language][0])) for letter, entry in seven
        )

    def avoid_line(self, language: str) -> str:
        """The seven folded to one line of under 76 cells: letter and name."""
        names = ((letter, self.avoidances[letter].name[language]) for letter in SEVEN)
        if language == "zh_CN":
            return " ".join(letter + name for letter, name in names)
        return "  ".join(f"{letter} {name}" for letter, name in names)

    def instead(self, rule: str, language: str, slots: Slots | None = None) -> str:
        """What to say instead of what breaks a rule: A to G, promise, beyond, fault or over_apology."""
        return fill(self.avoidances[rule].instead[language][0], slots)

    def own_words_to_avoid(self) -> Mapping[str, OwnWords]:
        """By rule, how the store's own entries of `avoid` differ from ours; empty where it has none."""
        own = self._overrides.get("avoid", {})
        if not own:
            return {}
        ours = adapter("avoid").validate_python(cast(dict[str, Any], built_in("avoid")), context=BUILT_IN)
        return {
            rule: _difference(cast(AvoidEntry, entry), cast(AvoidEntry, ours[rule]))
            for rule, entry in own.items()
        }

    # What things are called

    @cached_property
    def types(self) -> Mapping[str, TypeEntry]:
        """The five kinds of caller, by the values of ComplainantType."""
        return self._entries("types", TypeEntry)

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """The separating questions: `first`, and one for each pair of kinds."""
        return self._entries("questions", Question)

    @cached_property
    def causes(self) -> Mapping[str, CauseEntry]:
        """The twelve causes, by the values of Cause."""
        return self._entries("causes", CauseEntry)

    @cached_property
    def channels(self) -> Mapping[str, ChannelEntry]:
        """The five channels, by the values of Channel."""
        return self._entries("channels", ChannelEntry)

    @cached_property
    def clocks(self) -> Mapping[str, ClockEntry]:
        """The clocks, by the values of ClockKind."""
        return self._entries("clocks", ClockEntry)

    @cached_property
    def situations(self) -> Mapping[str, Situation]:
        """The five calls that need another way."""
        return self._entries("situations", Situation)

    @cached_property
    def figures(self) -> Mapping[str, Figure]:
        """The figures of "why this matters", each with the text it stands in."""
        return self._entries("figures", Figure)

    @cached_property
    def severity_words(self) -> Mapping[str, SeverityWords]:
        """The word lists of `rules/severity`."""
        return self._entries("severity", SeverityWords)

    @cached_property
    def labels(self) -> Mapping[str, Label]:
        """What the parts of an entry are called, and how a slot is shown to a reader."""
        return self._entries("labels", Label)

    def named(self, topic: str) -> Mapping[str, Named]:
        """A plain list of the trade: origins, rater, remedies, needs, seven_steps, principles, pledge etc."""
        return self._entries(topic, Named)

    def cause_name(self, cause: Cause, language: str) -> str:
        """The short name of a cause."""
        return self.causes[cause].name[language]

    def cause_origins(self, cause: Cause, language: str) -> tuple[tuple[str, str], ...]:
        """Where this cause may have arisen: key and name of each second-level origin, the likeliest first."""
        origins = self.named("origins")
        return tuple((key, origins[key].name[language]) for key in self.causes[cause].origins)

    def type_name(self, complainant_type: ComplainantType, language: str) -> str:
        """The name of a kind of caller."""
        return self.types[complainant_type].name[language]

    def type_short(self, complainant_type: ComplainantType, language: str) -> str:
        """The name of a kind of caller where room is scarce."""
        return self.types[complainant_type].short[language]

    def type_wish(self, complainant_type: ComplainantType, language: str) -> str:
        """What this kind of caller wants to have at the end of the call."""
        return self.types[complainant_type].wish[language]

    def channel_name(self, channel: Channel, language: str) -> str:
        """The name of a channel."""
        return self.channels[channel].name[language]

    def step_name(self, step: HeatStep, language: str) -> str:
        """The name of a HEAT step, thanks included."""
        return self.named("heat_steps")[step].name[language]

    def clock_name(self, kind: ClockKind, language: str) -> str:
        """The name of a clock."""
        return self.clocks[kind].name[language]

    def remedy_name(self, remedy: str, language: str) -> str:
        """The name of a remedy, by its key or its code R1 to R5. Raises KeyError for another."""
        remedies = self.named("remedies")
        by_code = {entry.code: entry for entry in remedies.values()}
        entry = remedies.get(remedy) or by_code[remedy]
        return entry.name[language]

    def topic_name(self, topic: str) -> Text:
        """What a topic is called."""
        return self.named("topics")[topic].name


def _difference(entry: AvoidEntry, ours: AvoidEntry) -> OwnWords:
    def only(one: AvoidEntry, other: AvoidEntry) -> dict[str, tuple[str, ...]]:
        return {
            name: tuple(phrase for phrase in one.phrases[language] if phrase not in other.phrases[language])
            for name, language in (("zh", "zh_CN"), ("en", "en"))
        }

    instead = (
        None
        if entry.instead == ours.instead
        else (fill(entry.instead["zh_CN"][0]), fill(entry.instead["en"][0]))
    )
    return OwnWords(only(entry, ours), only(ours, entry), instead)


def load_playbook(overrides: Path | None = None) -> Playbook:
    """The playbook, with a store's own good entries from this folder; bad ones are in `faults`."""
    if overrides is None:
        return Playbook()
    return Playbook(*read_overrides(overrides))
