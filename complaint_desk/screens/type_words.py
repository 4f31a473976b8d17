"""The reading of the caller in words: one line for the coach, bars and reasons for the card."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from complaint_desk.locale import _, language
from complaint_desk.models.enums import ComplainantType

if TYPE_CHECKING:
    from complaint_desk.playbook.loader import Playbook
    from complaint_desk.rules.classify import Reading

BAR_CELLS = 10


def percent(share: float) -> int:
    """A share as people say it: never a certainty."""
    return min(99, max(1, round(100 * share)))


def bar(share: float) -> str:
    """A share as a bar of `BAR_CELLS` cells."""
    full = round(share * BAR_CELLS)
    return "█" * full + "░" * (BAR_CELLS - full)


def second_of(reading: Reading) -> ComplainantType:
    """The type that comes next after the leading one."""
    return sorted(reading.probabilities, key=lambda kind: -reading.probabilities[kind])[1]


def type_line(chosen: ComplainantType | None, reading: Reading | None, playbook: Playbook) -> str:
    """What the coach says of the caller: the choice, else the leading type, else the question to ask."""
    speech = language()
    if chosen is not None:
        line = _("{type}: {wish}").format(
            type=playbook.type_name(chosen, speech), wish=playbook.type_wish(chosen, speech)
        )
        if reading is not None and not reading.unsure and reading.type is not chosen:
            line += _(" (reads as {type} {share} %)").format(
                type=playbook.type_short(reading.type, speech),
                share=percent(reading.probabilities[reading.type]),
            )
        return line
    if reading is None:
        return _("not chosen: F10 or Ctrl+L, then 1 to 5")
    if reading.unsure:
        question = ask_line(reading, playbook)
        return (
            _("ask: “{question}”").format(question=question) if question else _("not sure: F10, then 1 to 5")
        )
    second = second_of(reading)
    return _("{type} {share} % ({second} {share2} %): {wish}. F10 Enter accepts").format(
        type=playbook.type_name(reading.type, speech),
        share=percent(reading.probabilities[reading.type]),
        second=playbook.type_short(second, speech),
        share2=percent(reading.probabilities[second]),
        wish=playbook.type_wish(reading.type, speech),
    )


def ask_line(reading: Reading, playbook: Playbook) -> str | None:
    """The separating question worth asking, as it is said; None when two were asked."""
    if reading.ask is None:
        return None
    from complaint_desk.playbook.template import fill

    return fill(playbook.questions[reading.ask].ask[language()][0])


def reason_lines(reading: Reading, playbook: Playbook) -> Iterator[tuple[str, str, str]]:
    """Why: points, the caller's words, and the type they spoke for or against; where the leader began comes last."""
    speech = language()
    for reason in reading.reasons:
        words = reason.words
        if words in playbook.questions:
            words = _("answer to “{question}”").format(question=playbook.questions[words].ask[speech][0])
        else:
            words = _("“{words}”").format(words=words)
        yield f"{reason.points:+.1f}", words, playbook.type_short(reason.type, speech)
    start = _("began at {share} %: training text 003").format(share=percent(reading.prior.share))
    if reading.depends_on_prior:
        start += _("; within its range another type could lead")
    yield f"{reading.prior.points:+.1f}", start, playbook.type_short(reading.prior.type, speech)
