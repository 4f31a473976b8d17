"""`sla explain` and `sla pauses`: the clocks of real tickets, in words and as JSON."""

from datetime import tzinfo
from typing import TYPE_CHECKING, Annotated, Any

import typer

from complaint_desk.cli.arguments import json_lines, ticket_number
from complaint_desk.cli.session import open_desk, say
from complaint_desk.locale import N_, _, language
from complaint_desk.models.enums import ClockState
from complaint_desk.rules.local_time import iso
from complaint_desk.rules.plain_text import spelt_out

if TYPE_CHECKING:
    from complaint_desk.desk.deadlines.explaining import ClockExplained, HiddenBreach, TicketExplained
    from complaint_desk.desk.desk import Desk

_STATES = {
    ClockState.RUNNING: N_("running"),
    ClockState.LATE: N_("late"),
    ClockState.MET: N_("met"),
}


def add_to(app: typer.Typer) -> None:
    """Add the two commands, their help in the language in use."""

    @app.command("explain", help=_("Say why a ticket's clocks are due when they are, line by line."))
    def explain(
        context: typer.Context,
        number: Annotated[str, ticket_number()],
        as_json: Annotated[bool, json_lines()] = False,
    ) -> None:
        with open_desk(context) as desk:
            found = desk.explain(number)
            say(_explained_json(found, desk) if as_json else _explained_text(found, desk))

    @app.command("pauses", help=_("List the pauses without which a clock would have been late."))
    def pauses(
        context: typer.Context,
        as_json: Annotated[bool, json_lines()] = False,
    ) -> None:
        with open_desk(context) as desk:
            found = desk.hidden_breaches()
            for hidden in found:
                say(_hidden_json(hidden, desk.settings.zone) if as_json else _hidden_text(hidden, desk))
            if not found and not as_json:
                say(_("No pause has hidden a breach."))


def _explained_text(found: "TicketExplained", desk: "Desk") -> str:
    lines = [found.ticket.number]
    for each in found.clocks:
        state = _("replaced") if each.clock.superseded_at else _(_STATES[each.state])
        name = desk.playbook.clock_name(each.clock.kind, language())
        lines += ["", _("{clock}: {state}").format(clock=name, state=state)]
        lines += [f"  {spelt_out(line)}" for line in each.lines]
    return "\n".join(lines)


def _explained_json(found: "TicketExplained", desk: "Desk") -> str:
    from complaint_desk.desk.ticket_json import on_one_line

    zone = desk.settings.zone
    return on_one_line(
        {"number": found.ticket.number, "clocks": [_clock_json(each, zone) for each in found.clocks]}
    )


def _clock_json(each: "ClockExplained", zone: tzinfo) -> dict[str, Any]:
    clock = each.clock
    return {
        "kind": clock.kind,
        "target": clock.target,
        "policy_version": clock.policy_version,
        "started_at": iso(clock.started_at, zone),
        "due_at": iso(clock.due_at, zone),
        "due_without_pauses": iso(clock.unpaused_due_at, zone),
        "paused_until": iso(each.paused_until, zone),
        "due_if_resumed_now": iso(each.due_if_resumed_now, zone),
        "met_at": iso(clock.met_at, zone),
        "met_by": each.met_by and {"act": each.met_by.act, "by": each.met_by.by, "text": each.met_by.text},
        "state": "superseded" if clock.superseded_at else each.state,
        "breached_at": iso(each.breached_at, zone),
        "disputed": clock.disputed,
        "why": list(each.lines),
    }


def _hidden_text(hidden: "HiddenBreach", desk: "Desk") -> str:
    from complaint_desk.desk.deadlines.explain import moment_in_words

    zone = desk.settings.zone
    lines = [
        _("{number}  {clock}: without its pauses missed on {without}; due on {due}. Owner: {owner}").format(
            number=hidden.number,
            clock=desk.playbook.clock_name(hidden.kind, language()),
            without=moment_in_words(hidden.due_without_pauses, zone),
            due=moment_in_words(hidden.due_at, zone),
            owner=hidden.owner or "—",
        )
    ]
    lines += [
        "  "
        + _("paused from {start} to {end} by {name}: {reason}").format(
            start=moment_in_words(pause.started_at, zone),
            end=moment_in_words(pause.until, zone),
            name=pause.by,
            reason=pause.reason,
        )
        for pause in hidden.pauses
    ]
    return spelt_out("\n".join(lines))


def _hidden_json(hidden: "HiddenBreach", zone: tzinfo) -> str:
    from complaint_desk.desk.ticket_json import on_one_line

    return on_one_line(
        {
            "number": hidden.number,
            "owner": hidden.owner,
            "kind": hidden.kind,
            "due_at": iso(hidden.due_at, zone),
            "due_without_pauses": iso(hidden.due_without_pauses, zone),
            "met_at": iso(hidden.met_at, zone),
            "pauses": [
                {
                    "from": iso(pause.started_at, zone),
                    "to": iso(pause.until, zone),
                    "by": pause.by,
                    "reason": pause.reason,
                }
                for pause in hidden.pauses
            ],
        }
    )
