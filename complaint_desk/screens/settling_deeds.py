"""What is done about promises, remedies and the end of a ticket: what each asks for, how it is done, what it did."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, tzinfo
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from complaint_desk.locale import N_, _
from complaint_desk.models.settling import FollowUpKind, PromiseMade, PromiseState, RemedyKind, RemedyState
from complaint_desk.models.ticket import Ticket
from complaint_desk.screens.time_words import moment_words

if TYPE_CHECKING:
    from complaint_desk.desk.desk import Desk
    from complaint_desk.playbook.loader import Playbook


class SettlingDeed(StrEnum):
    """What can be done."""

    PROMISE = "promise"
    END_PROMISE = "end_promise"
    OFFER = "offer"
    DECIDE = "decide"
    CARRY_OUT = "carry_out"
    FOLLOW_UP = "follow_up"
    CLOSE = "close"


class Asked(NamedTuple):
    """What a deed is called, what it asks in words, which fields it has besides, and which of them may stay empty."""

    name: str
    asks: str
    fields: tuple[str, ...] = ()
    may_be_empty: frozenset[str] = frozenset()
    words_needed: bool = True


_WHICH = frozenset({"which"})
ASKED = {
    SettlingDeed.PROMISE: Asked(
        N_("Promise"),
        N_("What is promised? By when, who keeps it, to whom?"),
        ("by", "owner", "to", "authority"),
        frozenset({"by", "owner", "to", "authority"}),
    ),
    SettlingDeed.END_PROMISE: Asked(
        N_("Promise kept, broken or passed on"),
        N_(
            "How was it kept? Or why is it not kept, and what was the caller told? Or who keeps it from now on?"
        ),
        ("which", "end", "keeper", "at"),
        frozenset({"at", "keeper"}),
        False,
    ),
    SettlingDeed.OFFER: Asked(
        N_("Remedy"),
        N_("What does the caller get, and what is it worth?"),
        ("kind", "amount"),
        frozenset({"amount"}),
    ),
    SettlingDeed.DECIDE: Asked(
        N_("Decide on a remedy"),
        N_("Approve, refuse or withdraw it; another kind or amount approves it changed, with the reason."),
        ("which", "decision", "kind", "amount"),
        frozenset({"kind", "amount"}),
        False,
    ),
    SettlingDeed.CARRY_OUT: Asked(
        N_("Remedy carried out"),
        N_("How did the caller get it, and what was said?"),
        ("which",),
        words_needed=False,
    ),
    SettlingDeed.FOLLOW_UP: Asked(N_("Follow-up"), N_("What did the caller say?"), ("by_way",)),
    SettlingDeed.CLOSE: Asked(
        N_("Close"),
        N_(
            "Was the caller thanked? What did the caller say at the follow-up? (may stay empty when recorded before)"
        ),
        ("thanked", "by_way"),
        words_needed=False,
    ),
}
CHOICES = frozenset({"which", "end", "kind", "decision", "by_way", "thanked", "owner", "keeper", "authority"})
"""The fields that take one of a list."""
LABELS = {
    "by": N_("By when"),
    "owner": N_("Who keeps it"),
    "keeper": N_("Passed on to"),
    "to": N_("To whom"),
    "authority": N_("Authority"),
    "which": N_("Which"),
    "end": N_("Kept?"),
    "at": N_("When"),
    "kind": N_("Remedy"),
    "amount": N_("Amount"),
    "decision": N_("Decision"),
    "by_way": N_("Way"),
    "thanked": N_("Thanked?"),
}
PLACEHOLDERS = {
    "by": N_("before five tomorrow"),
    "owner": N_("you, unless told"),
    "keeper": N_("a name, or part of it"),
    "to": N_("the caller, unless told"),
    "authority": N_("yours, unless told"),
    "at": N_("now; or 10:00, yesterday 3pm"),
    "kind": N_("by number or name"),
    "amount": N_("like 49.50"),
}
KEPT, BROKEN, PASSED_ON = "kept", "broken", "passed_on"
APPROVE, REFUSE, WITHDRAW = "approve", "refuse", "withdraw"
YES, NO = "yes", "no"
ENDS = {
    KEPT: N_("it was kept"),
    BROKEN: N_("it is not kept"),
    PASSED_ON: N_("somebody else keeps it"),
}
DECISIONS = {APPROVE: N_("approve"), REFUSE: N_("refuse"), WITHDRAW: N_("withdraw")}
YES_OR_NO = {YES: N_("yes"), NO: N_("no")}
WAYS = {
    FollowUpKind.CALL.value: N_("a call"),
    FollowUpKind.LETTER.value: N_("a letter"),
    FollowUpKind.VISIT.value: N_("a visit"),
}


def deed_for_remedies(ticket: Ticket) -> SettlingDeed:
    """What there is to do about the ticket's remedies: decide where one waits, else offer one."""
    waits = any(each.state is RemedyState.WAITING for each in ticket.remedies)
    return SettlingDeed.DECIDE if waits else SettlingDeed.OFFER


def promise_told(desk: Desk, fields: Mapping[str, str], words: str, store: str = "") -> PromiseMade:
    """The promise as it was told; by when from its own field, else from the words. Raises FieldRefused."""
    said = fields.get("by", "").strip() or words.strip()
    return PromiseMade(
        words.strip(),
        desk.due_told(said, store),
        said,
        owner=fields.get("owner") or None,
        to=fields.get("to", "").strip() or None,
        authority=fields.get("authority") or None,
        made_at=desk.clock(),
    )


def do(
    desk: Desk,
    deed: SettlingDeed,
    ticket: Ticket,
    fields: Mapping[str, str],
    words: str,
    happened_at: datetime | None,
) -> Ticket:
    """Do it to this ticket as the person sees it. Raises DeskError; then nothing is written."""
    number, version = ticket.number, ticket.version
    which = int(fields["which"]) if fields.get("which") else None
    kind = RemedyKind(fields["kind"]) if fields.get("kind") else None
    match deed:
        case SettlingDeed.PROMISE:
            return desk.promise(number, promise_told(desk, fields, words, ticket.store), version=version)
        case SettlingDeed.END_PROMISE if fields["end"] == BROKEN:
            return desk.break_promise(number, which, words, version=version)
        case SettlingDeed.END_PROMISE if fields["end"] == PASSED_ON:
            return desk.pass_promise_on(number, which, fields["keeper"], words, version=version)
        case SettlingDeed.END_PROMISE:
            return desk.keep_promise(number, which, words, happened_at=happened_at, version=version)
        case SettlingDeed.OFFER:
            assert kind is not None
            return desk.offer_remedy(number, kind, desk.money(fields["amount"]), words, version=version)
        case SettlingDeed.DECIDE if fields["decision"] == REFUSE:
            return desk.refuse_remedy(number, which, words, version=version)
        case SettlingDeed.DECIDE if fields["decision"] == WITHDRAW:
            return desk.withdraw_remedy(number, which, words, version=version)
        case SettlingDeed.DECIDE:
            amount = desk.money(fields["amount"])
            return desk.approve_remedy(number, which, words, kind=kind, amount=amount, version=version)
        case SettlingDeed.CARRY_OUT:
            return desk.carry_out_remedy(number, which, words, version=version)
        case SettlingDeed.FOLLOW_UP:
            return desk.follow_up(number, FollowUpKind(fields["by_way"]), words)
        case _:
            return desk.close_ticket(
                number,
                thanked=fields["thanked"] == YES,
                followed_up=FollowUpKind(fields["by_way"]) if words.strip() else None,
                follow_up_text=words,
                version=version,
            )


def what_came_of_it(
    deed: SettlingDeed, before: Ticket, after: Ticket, playbook: Playbook, now: datetime, zone: tzinfo
) -> tuple[str, str]:
    """What a deed has changed, as a sentence, and the tone to say it in."""
    from complaint_desk.desk.settling.settling_words import PROMISE_STATES, REMEDY_STATES, remedy_words

    promises = [each for each in after.promises if each not in before.promises]
    remedies = [each for each in after.remedies if each not in before.remedies]
    if deed is SettlingDeed.PROMISE and promises:
        due = moment_words(promises[0].due_at, now, zone)
        return _("Promised, by {moment}: {what}").format(moment=due, what=promises[0].what), "good"
    if deed is SettlingDeed.END_PROMISE and promises and promises[0].is_waiting:
        sentence = _("Promise {number}: {name} keeps it from now on.").format(
            number=promises[0].number, name=promises[0].owner
        )
        return sentence, "good"
    if deed is SettlingDeed.END_PROMISE and promises:
        state = promises[0].state(now)
        sentence = _("Promise {number}: {state}.").format(
            number=promises[0].number, state=_(PROMISE_STATES[state])
        )
        return sentence, "good" if state is PromiseState.KEPT else "warns"
    if remedies:
        remedy = remedies[0]
        sentence = _("{remedy}: {state}.").format(
            remedy=remedy_words(remedy, playbook), state=_(REMEDY_STATES[remedy.state])
        )
        if remedy.state is RemedyState.WAITING and remedy.approval_due_at:
            due = moment_words(remedy.approval_due_at, now, zone)
            return sentence + " " + _("To be decided by {moment}.").format(moment=due), "asks"
        return sentence, "good"
    return (_("Closed.") if deed is SettlingDeed.CLOSE else _("Recorded.")), "good"
