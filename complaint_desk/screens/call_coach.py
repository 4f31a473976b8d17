"""What the coach shows at a moment of the call: one line in the first minute, then the step at hand."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from complaint_desk.locale import _, language, listed
from complaint_desk.models.draft import Draft
from complaint_desk.models.enums import Cause, HeatStep
from complaint_desk.rules.unsaid import READ_BACK, unsaid
from complaint_desk.screens.names import step_name
from complaint_desk.screens.type_words import type_line
from complaint_desk.widgets.call_line import clock_face
from complaint_desk.widgets.coach_panel import CoachView, Part, StepMark

if TYPE_CHECKING:
    from complaint_desk.desk.coach import Heard
    from complaint_desk.desk.desk import Desk
    from complaint_desk.playbook.loader import Playbook
    from complaint_desk.playbook.template import Slots

CALM_SECONDS = 60
"""So long only the Hear line shows, unless asked: the caller is telling it for the first time."""
HEAT_KEYS = dict(zip(HeatStep, ("F5", "F6", "F7", "F8", "F9"), strict=True))


def current_step(draft: Draft) -> HeatStep | None:
    """The first HEAT step that is not done; None when all are."""
    return next((step for step in HeatStep if step not in draft.heat), None)


def coach_view(
    draft: Draft,
    now: datetime,
    desk: Desk | None,
    *,
    unfolded: bool,
    heard: Heard | None = None,
    repeats: str = "",
) -> CoachView:
    """What the coach shows now; before the desk is open, the steps alone. `repeats` is what others told like it."""
    since = (now - draft.opened_at).total_seconds()
    calm = since < CALM_SECONDS and not draft.heat and not unfolded and draft.number is None
    current = current_step(draft)
    steps = tuple(
        StepMark(
            step.value,
            step_name(step),
            HEAT_KEYS[step],
            clock_face((draft.heat[step] - draft.opened_at).total_seconds()) if step in draft.heat else None,
            step is current,
        )
        for step in ((HeatStep.HEAR,) if calm else HeatStep)
    )
    if desk is None:
        return CoachView(steps)
    slots: Slots = {
        "caller": draft.fields.get("caller"),
        "store": desk.settings.store_name,
        "agent": desk.as_name,
    }
    offers = _offered(draft, heard, desk.playbook)
    if calm:
        line = desk.playbook.first_minute_line(language(), slots)
        return CoachView(steps, (*offers, Part(_("Say"), (line,), first=True), *_repeats(repeats)))
    return CoachView(steps, (*offers, *_parts(draft, current, desk, slots, unfolded, heard, repeats)))


def _repeats(line: str) -> tuple[Part, ...]:
    """What recent complaints have in common with this one, where there is anything to say."""
    return (Part(_("Repeat"), (_("{repeats} Ctrl+O").format(repeats=line),)),) if line else ()


def _offered(draft: Draft, heard: Heard | None, playbook: Playbook) -> tuple[Part, ...]:
    """The card that fits this call best, unless it was used; the key opens it, nothing is forced."""
    used = {met.situation for met in draft.situations}
    names = [
        playbook.situations[offer.situation].name[language()]
        for offer in (heard.offers if heard else ())
        if offer.situation not in used
    ]
    return (
        (Part(_("Card"), (_("{situation}: Ctrl+K").format(situation=listed(names)),), first=True),)
        if names
        else ()
    )


def _parts(
    draft: Draft,
    current: HeatStep | None,
    desk: Desk,
    slots: Slots,
    unfolded: bool,
    heard: Heard | None,
    repeats: str,
) -> tuple[Part, ...]:
    playbook, speech, parts = desk.playbook, language(), []
    reading = heard.reading if heard else None
    kind = draft.type or (reading.type if reading and not reading.unsure else None)
    if current is not None:
        cause = Cause(draft.fields["cause"]) if draft.fields.get("cause") in set(Cause) else None
        lines = playbook.say(current, kind, speech, slots, cause)
        parts.append(Part(_("Say"), lines[:1], first=True))
        if len(lines) > 1:
            parts.append(Part(_("Or"), lines[1:], short=lines[1:] if unfolded else ()))
    else:
        parts.append(Part(_("Say"), playbook.spoken("anything_missed", speech, slots)[:1], first=True))
    if ask := desk.next_question(draft.fields, kind, slots):
        parts.append(Part(_("Ask"), (ask,)))
    elif left := _left(draft):
        parts.append(Part(_("Left"), (left,)))
    parts += _repeats(repeats)
    parts.append(Part(_("Type"), (type_line(draft.type, reading, playbook),)))
    if unfolded:
        seven = playbook.avoid(speech)
        avoid = tuple(f"{letter} {what} → {instead}" for letter, what, instead in seven)
        parts.append(
            Part(_("Avoid"), avoid, short=tuple(f"{letter} {what}" for letter, what, _instead in seven))
        )
    else:
        parts.append(Part(_("Avoid"), (playbook.avoid_line(speech),)))
    return tuple(parts)


def _left(draft: Draft) -> str | None:
    """What is easily forgotten before goodbye and still unsaid, with its key: the read-back and the thanks."""
    confirmed = draft.read_back_confirmed_at is not None
    left = unsaid(draft.heat, five_told=True, read_back_confirmed=confirmed).before_goodbye
    return listed(
        _("read it back Ctrl+R")
        if step == READ_BACK
        else f"{step_name(HeatStep.THANK)} {HEAT_KEYS[HeatStep.THANK]}"
        for step in left
    )
