"""What the coach shows at a moment of the call: one line in the first minute, then the step at hand."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from complaint_desk.locale import _, language
from complaint_desk.models.draft import Draft
from complaint_desk.models.enums import Cause, HeatStep
from complaint_desk.screens.names import step_name
from complaint_desk.widgets.call_line import clock_face
from complaint_desk.widgets.coach_panel import CoachView, Part, StepMark

if TYPE_CHECKING:
    from complaint_desk.playbook.loader import Playbook

CALM_SECONDS = 60
"""So long only the Hear line shows, unless asked: the caller is telling it for the first time."""
HEAT_KEYS = dict(zip(HeatStep, ("F5", "F6", "F7", "F8", "F9"), strict=True))


def current_step(draft: Draft) -> HeatStep | None:
    """The first HEAT step that is not done; None when all are."""
    return next((step for step in HeatStep if step not in draft.heat), None)


def coach_view(
    draft: Draft,
    now: datetime,
    playbook: Playbook | None,
    *,
    unfolded: bool,
    store: str | None,
    agent: str | None,
) -> CoachView:
    """What the coach shows now; without a playbook yet, the steps alone."""
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
    if playbook is None:
        return CoachView(steps)
    speech = language()
    slots = {"caller": draft.fields.get("caller"), "store": store, "agent": agent}
    if calm:
        line = playbook.first_minute_line(speech, slots)  # type: ignore[arg-type]
        return CoachView(steps, (Part(_("Say"), (line,), first=True),))
    return CoachView(steps, _parts(draft, current, playbook, speech, slots, unfolded))


def _parts(
    draft: Draft,
    current: HeatStep | None,
    playbook: Playbook,
    speech: str,
    slots: dict[str, str | None],
    unfolded: bool,
) -> tuple[Part, ...]:
    parts = []
    if current is not None:
        cause = Cause(draft.fields["cause"]) if draft.fields.get("cause") in set(Cause) else None
        lines = playbook.say(current, draft.type, speech, slots, cause)  # type: ignore[arg-type]
        parts.append(Part(_("Say"), lines[:1], first=True))
        if len(lines) > 1:
            parts.append(Part(_("Or"), lines[1:], short=lines[1:] if unfolded else ()))
    else:
        summary = playbook.spoken("anything_missed", speech, slots)  # type: ignore[arg-type]
        parts.append(Part(_("Say"), summary[:1], first=True))
    if ask := _next_question(draft, playbook, speech):
        parts.append(Part(_("Ask"), (ask,)))
    if draft.type is None:
        parts.append(Part(_("Type"), (_("not chosen: F10 or Ctrl+L, then 1 to 5"),)))
    else:
        kind = _("{type}: {wish}").format(
            type=playbook.type_name(draft.type, speech), wish=playbook.type_wish(draft.type, speech)
        )
        parts.append(Part(_("Type"), (kind,)))
    if unfolded:
        seven = playbook.avoid(speech)
        avoid = tuple(f"{letter} {what} → {instead}" for letter, what, instead in seven)
        parts.append(
            Part(_("Avoid"), avoid, short=tuple(f"{letter} {what}" for letter, what, _instead in seven))
        )
    else:
        parts.append(Part(_("Avoid"), (playbook.avoid_line(speech),)))
    return tuple(parts)


def _next_question(draft: Draft, playbook: Playbook, speech: str) -> str | None:
    """What to ask next: the first of the 5W that has no answer, then the wish, then how to reach the caller."""
    questions = {
        "what": _("What happened?"),
        "when": _("When was that?"),
        "where": _("Where was it: which store, which till or shelf?"),
        "who": _("Who served you, or who was there?"),
        "how": _("How was it dealt with, and how did it end?"),
    }
    for name, question in questions.items():
        if not draft.fields.get(name, "").strip():
            return question
    if not draft.fields.get("remedy_wanted", "").strip():
        return playbook.first_question(speech)
    if not draft.fields.get("phone", "").strip() or not draft.fields.get("caller", "").strip():
        return playbook.spoken("name_and_number", speech)[0]
    return None
