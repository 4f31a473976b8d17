"""Coaching: what the desk reads in a call while it is taken down, and the words it offers; it only reads."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import cast

from complaint_desk.desk.base import DeskBase
from complaint_desk.locale import language
from complaint_desk.models.call_marks import AvoidFound
from complaint_desk.models.draft import Draft
from complaint_desk.models.enums import Act, Channel, ComplainantType, HeatStep, Role
from complaint_desk.models.settling import AuthorityLevel
from complaint_desk.playbook.avoid_patterns import AvoidPatterns, avoid_patterns
from complaint_desk.playbook.caller_model import load_model
from complaint_desk.playbook.spoken_words import AskEntry, ReadBackPart, SituationWords
from complaint_desk.playbook.template import Slots
from complaint_desk.rules.authority import authority_of
from complaint_desk.rules.avoid import Audience, Authority, find, with_own_words
from complaint_desk.rules.classify import Reading, read_caller
from complaint_desk.rules.read_back import ReadBack, missing_of, question_for, read_back
from complaint_desk.rules.situations import Offer, SituationSigns, offered
from complaint_desk.rules.spoken_time import read_spoken_time
from complaint_desk.rules.warm_summary import warm_summary

STORY = ("what", "how", "remedy_wanted")
"""The fields in which the caller's wish can be heard, the last request last."""
FEWEST_SIGNS = 4
"""With fewer signs than this nothing can be said of a caller."""

_SAID_TO_THE_CALLER = frozenset({Act.ACKNOWLEDGED, Act.OWNED, Act.RESOLVED, Act.PROMISED})


WITHOUT_LIMIT, NOTHING = Decimal("Infinity"), Decimal(0)


@dataclass(frozen=True, slots=True)
class Heard:
    """What the desk makes of the words so far."""

    reading: Reading | None
    """The caller's type and the cause; None while too little was told."""
    offers: tuple[Offer, ...] = ()
    """The cards worth offering, the most urgent first."""


@dataclass(frozen=True, slots=True)
class Lint:
    """Words the agent should say otherwise: the rule, where they stand, and what to say instead."""

    found: AvoidFound
    words: str
    instead: str


class Coaching(DeskBase):
    """The desk as the agent's coach. Every verb only reads; call them in a thread."""

    def hear(
        self, told: Mapping[str, str], answers: Mapping[str, ComplainantType | None] | None = None
    ) -> Heard:
        """Read the caller's wish, the cause, and whether the call needs another way, from the form's fields."""
        story = "\n".join(words for name in STORY if (words := told.get(name, "").strip()))
        channel = Channel(told["channel"]) if told.get("channel") in set(Channel) else None
        enough = len(story) >= FEWEST_SIGNS or answers
        return Heard(
            read_caller(story, load_model(), answers) if enough else None,
            offered(story, channel, self.severity_signs, self._situation_signs),
        )

    def read_back(self, draft: Draft, received_at: datetime, *, promise: str = "") -> ReadBack:
        """The sentence to read to the caller, in the caller's language, and the question for what is missing."""
        promised = [*(made.what for made in draft.promises), draft.fields.get("promise", "")]
        words = promise or " ".join(filter(None, promised))
        told = {**draft.fields, **({"promise": words} if words else {})}
        said = told.get("when", "")
        return read_back(
            told,
            read_spoken_time(said, received_at, self.settings.zone) if said.strip() else None,
            received_at=received_at,
            zone=self.settings.zone,
            parts=self._parts,
            asking=self._asking,
            otherwise=language(),
            kind=draft.type,
        )

    def next_question(
        self, told: Mapping[str, str], kind: ComplainantType | None, slots: Slots | None = None
    ) -> str | None:
        """What to ask next, in the language in use, fitted to the kind of caller; None when all was told."""
        missing = missing_of(told, None)
        return question_for(missing[0], kind, self._asking, language(), slots) if missing else None

    def summary_for(self, situation: str, draft: Draft) -> str:
        """What the colleague must know who takes over this call, in the language in use."""
        speech, labels = language(), self._asking
        return warm_summary(
            draft.fields,
            reason=self.playbook.situations[situation].name[speech],
            done=[self.playbook.step_name(step, speech) for step in HeatStep if step in draft.heat],
            open_steps=[self.playbook.step_name(step, speech) for step in HeatStep if step not in draft.heat],
            missing=[labels[f"{name}.any"].name[speech] for name in missing_of(draft.fields, None)],
            parts=self._parts,
            language=speech,
        )

    def lint(self, text: str, act: Act) -> tuple[Lint, ...]:
        """What in the agent's own words about an act should be said otherwise; a note may say more than a letter."""
        audience: Audience = "caller" if act in _SAID_TO_THE_CALLER else "internal"
        chinese = language() == "zh_CN"
        return tuple(
            Lint(
                AvoidFound(found.rule, found.start, found.end),
                found.words,
                found.instead_zh if chinese else found.instead_en,
            )
            for found in find(text, audience, self._own_authority(), patterns=self.avoid_patterns)
        )

    @cached_property
    def avoid_patterns(self) -> AvoidPatterns:
        """The words to avoid, with the store's own."""
        return with_own_words(avoid_patterns(), self.playbook.own_words_to_avoid())

    def _own_authority(self) -> Authority | None:
        """How much whoever is at this seat may agree alone, by the store's rules; None where nobody is known."""
        with self.store.reading() as connection:
            self._policy_changed(connection)
            me = self._look_who(connection)
        if me is None:
            return None
        own = authority_of(self.policy.authority, me.role)
        if own.level is AuthorityLevel.FULL:
            return Authority(Role.MANAGER, WITHOUT_LIMIT)
        return Authority(Role.AGENT, max(own.amounts.values(), default=NOTHING))

    @cached_property
    def _parts(self) -> Mapping[str, ReadBackPart]:
        return cast(Mapping[str, ReadBackPart], self.playbook.topic("read_back"))

    @cached_property
    def _asking(self) -> Mapping[str, AskEntry]:
        return cast(Mapping[str, AskEntry], self.playbook.topic("asking"))

    @cached_property
    def _situation_signs(self) -> SituationSigns:
        return SituationSigns(cast(Mapping[str, SituationWords], self.playbook.topic("situation_words")))
