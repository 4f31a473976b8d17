"""Promises, remedies and the end in words, for screens and plain text."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from complaint_desk.locale import N_, _, language, listed, n_
from complaint_desk.models.settling import (
    FollowUpKind,
    Outcome,
    PaidBefore,
    PromiseState,
    Remedy,
    RemedyState,
    SettlingAct,
)

if TYPE_CHECKING:
    from complaint_desk.playbook.loader import Playbook
    from complaint_desk.rules.ending import MissingToClose

PROMISE_STATES = {
    PromiseState.OPEN: N_("still to be kept"),
    PromiseState.LATE: N_("overdue"),
    PromiseState.KEPT: N_("kept as promised"),
    PromiseState.KEPT_LATE: N_("kept too late"),
    PromiseState.BROKEN: N_("not kept"),
}
REMEDY_STATES = {
    RemedyState.WAITING: N_("waits for approval"),
    RemedyState.GRANTED: N_("granted"),
    RemedyState.REFUSED: N_("refused"),
    RemedyState.WITHDRAWN: N_("withdrawn"),
    RemedyState.CARRIED_OUT: N_("carried out"),
}
OUTCOMES = {
    Outcome.REMEDY: N_("a remedy"),
    Outcome.EXPLAINED: N_("explained"),
    Outcome.REJECTED: N_("rejected, with the way outside told"),
    Outcome.WITHDRAWN: N_("withdrawn by the caller"),
}
FOLLOW_UPS = {
    FollowUpKind.CALL: N_("rung"),
    FollowUpKind.LETTER: N_("written to"),
    FollowUpKind.VISIT: N_("visited"),
}


def outcome_word(outcome: Outcome) -> str:
    """How it ended, in a few words."""
    return _(OUTCOMES[outcome])


def remedy_words(remedy: Remedy, playbook: Playbook) -> str:
    """The remedy's kind and amount."""
    name = playbook.remedy_name(remedy.kind, language())
    return f"{name} {remedy.amount}" if remedy.amount else name


def paid_words(paid: PaidBefore) -> str:
    """What the caller was granted before, as a short sentence."""
    if not paid.count:
        return _("Nothing granted in {days} days.").format(days=paid.days)
    times = n_("{number} remedy", "{number} remedies", paid.count).format(number=paid.count)
    total = listed(map(str, paid.totals)) or _("without money")
    return _("In {days} days: {times}, {total}.").format(days=paid.days, times=times, total=total)


def missing_words(missing: MissingToClose) -> str:
    """What a ticket lacks to be closed, as a list."""
    parts = []
    if not missing.resolved:
        parts.append(_("it is not resolved"))
    if not missing.thanked:
        parts.append(_("the caller was not thanked (mark F9, or say so when closing)"))
    if not missing.followed_up:
        parts.append(_("nobody has followed up since it was resolved"))
    parts += [
        _("promise {number} is neither kept nor broken").format(number=number) for number in missing.promises
    ]
    parts += [_("remedy {number} is not carried out").format(number=number) for number in missing.remedies]
    return "; ".join(parts) if language() == "en" else "；".join(parts)


def act_words(act: SettlingAct, playbook: Playbook) -> str:
    """What an act set about a promise, a remedy or the end, for a line of the history."""
    parts = []
    if act.number is not None:
        parts.append(f"#{act.number}")
    if act.remedy is not None:
        parts.append(playbook.remedy_name(act.remedy, language()))
    if act.amount is not None:
        parts.append(str(act.amount))
    if act.outcome is not None:
        parts.append(outcome_word(act.outcome))
    if act.follow_up is not None:
        parts.append(_(FOLLOW_UPS[act.follow_up]))
    return " ".join(parts)


def local_moment(at: datetime, zone: tzinfo) -> str:
    """A moment as plain text shows it."""
    return at.astimezone(zone).strftime("%Y-%m-%d %H:%M")
