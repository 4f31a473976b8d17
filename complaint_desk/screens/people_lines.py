"""A member of staff as a line of the list: the columns, their names, and what stands in them."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from complaint_desk.desk.staff.role_names import authority_words, pin_state, role_name
from complaint_desk.locale import N_, _, n_
from complaint_desk.models.staff import StaffStanding
from complaint_desk.widgets.columns import Cell, Column, TableLine

if TYPE_CHECKING:
    from complaint_desk.playbook.loader import Playbook

_LEAST_NAME = 10
COLUMNS = (
    Column("name", _LEAST_NAME, 14, 24, 0),
    Column("role", 8, 13, 14, 0),
    Column("state", 8, 12, 26, 1, live=True),
    Column("tickets", 4, 7, 12, 2),
    Column("authority", 12, 30, 120, 3),
)
_HEADINGS = {
    "name": N_("Name"),
    "role": N_("Role"),
    "state": N_("PIN"),
    "tickets": N_("Tickets"),
    "authority": N_("May grant"),
}


def headings() -> dict[str, str]:
    """What each column is called."""
    return {name: _(text) for name, text in _HEADINGS.items()}


def line(
    standing: StaffStanding, playbook: Playbook, currency: str, zone: tzinfo, *, asks: bool
) -> TableLine:
    """The line of one person; those who left stand back."""
    member = standing.member
    return TableLine(
        {
            "name": member.name,
            "role": role_name(member.role),
            "state": _state(standing, zone, asks),
            "tickets": str(standing.open_tickets or ""),
            "authority": "" if member.left else authority_words(standing.authority, playbook, currency),
        },
        "waiting" if member.left else "late" if standing.locked_until else "",
    )


def about(standings: list[StaffStanding]) -> str:
    """How many work here, and how many left."""
    left = sum(each.member.left for each in standings)
    here = len(standings) - left
    parts = [n_("{count} works here", "{count} work here", here).format(count=here)]
    if left:
        parts.append(n_("{count} left", "{count} left", left).format(count=left))
    return " · ".join(parts)


def about_person(standing: StaffStanding, playbook: Playbook, currency: str) -> str:
    """What somebody may grant, whole, and how many open tickets they own."""
    member = standing.member
    tickets = n_("{count} open ticket", "{count} open tickets", standing.open_tickets)
    parts = [member.name, tickets.format(count=standing.open_tickets)]
    if not member.left:
        parts.append(authority_words(standing.authority, playbook, currency))
    return " · ".join(parts)


def _state(standing: StaffStanding, zone: tzinfo, asks: bool) -> Cell:
    if standing.member.left:
        return _("left")
    if standing.locked_until is not None:
        whole = _("locked until {time}").format(time=_moment(standing.locked_until, zone))
        return (whole, _("locked"))
    return pin_state(standing.member) if asks else ""


def _moment(at: datetime, zone: tzinfo) -> str:
    return at.astimezone(zone).strftime("%m-%d %H:%M")
