"""What a call came to besides the complaint, in words: the caller's type and who said so, cards, coaching."""

from __future__ import annotations

from typing import TYPE_CHECKING

from complaint_desk.locale import _, language, listed
from complaint_desk.models.ticket import HistoryLine, Ticket

if TYPE_CHECKING:
    from complaint_desk.playbook.loader import Playbook


def type_words(ticket: Ticket, playbook: Playbook) -> str:
    """The type chosen, what the desk had proposed and how sure it was, and the type at the end; empty if none."""
    speech, parts = language(), []
    if ticket.type:
        parts.append(playbook.type_name(ticket.type, speech))
    if reading := ticket.type_reading:
        proposed = _("proposed: {type} {share} %").format(
            type=playbook.type_name(reading.proposed, speech),
            share=round(100 * reading.probabilities.get(reading.proposed, 0)),
        )
        if reading.unsure:
            proposed = _("not sure, {proposed}").format(proposed=proposed)
        parts.append(proposed)
        if reading.chosen_by:
            parts.append(_("chosen by {name}").format(name=reading.chosen_by))
    if ticket.type_end:
        parts.append(_("at the end: {type}").format(type=playbook.type_name(ticket.type_end, speech)))
    return " · ".join(parts)


def about_words(line: HistoryLine, playbook: Playbook) -> str:
    """What a line of the history concerns besides its text: a type, a card, findings for coaching."""
    speech, parts = language(), []
    if line.type is not None:
        parts.append(playbook.type_name(line.type, speech))
    if line.about:
        parts.append(_("→ {name}").format(name=line.about))
    if line.situation is not None:
        situation = playbook.situations.get(line.situation)
        parts.append(situation.name[speech] if situation else line.situation)
    if line.avoid:
        rules = dict.fromkeys(found.rule for found in line.avoid)
        parts.append(
            _("(to be said otherwise: {rules})").format(
                rules=listed(playbook.avoidances[rule].name[speech] for rule in rules)
            )
        )
    return "  ".join(parts)
