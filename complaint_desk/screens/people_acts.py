"""What whoever leads the staff does about it: each asks what it must, calls one verb, and says what was done."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from complaint_desk.desk.act_names import DONE
from complaint_desk.desk.staff.role_names import authority_words, role_name
from complaint_desk.locale import _, n_
from complaint_desk.models.enums import Role
from complaint_desk.rules.authority import authority_of
from complaint_desk.screens.ask_line import AskLine
from complaint_desk.screens.confirm import Confirm
from complaint_desk.screens.pick_card import PickCard
from complaint_desk.screens.told_card import Told
from complaint_desk.screens.told_once import ToldOnce
from complaint_desk.widgets.pick_list import Pick

if TYPE_CHECKING:
    from complaint_desk.desk.desk import Desk
    from complaint_desk.models.staff import StaffStanding
    from complaint_desk.screens.people import PeopleScreen

_LOG_LINES = 200


async def change_role(screen: PeopleScreen, desk: Desk, chosen: StaffStanding) -> str:
    """Pick another role, each with what it may grant."""
    picks = [
        Pick(
            role.value,
            role_name(role),
            authority_words(authority_of(desk.policy.authority, role), desk.playbook, desk.settings.currency),
        )
        for role in Role
    ]
    name = chosen.member.name
    heading = _("Which role has {name} from now on?").format(name=name)
    picked = await screen.app.push_screen_wait(
        PickCard(heading, "", picks, chosen.member.role.value, does=_("Give"))
    )
    if picked is None:
        return ""
    member = await asyncio.to_thread(desk.change_role, name, Role(picked))
    return _("{name}: {role} from now on.").format(name=member.name, role=role_name(member.role))


async def leave_or_return(screen: PeopleScreen, desk: Desk, chosen: StaffStanding) -> str:
    """Let somebody go after a question, or take back who left, as an agent."""
    name = chosen.member.name
    if chosen.member.left:
        question = _("Does {name} work here again, as an agent?").format(name=name)
        if not await screen.app.push_screen_wait(Confirm(question)):
            return ""
        return await _joined(screen, desk, name)
    lines = [
        _("Does {name} work here no more? The PIN goes; the name stays on what was done.").format(name=name)
    ]
    if chosen.open_tickets:
        lines.append(_still_theirs(chosen.open_tickets))
    if not await screen.app.push_screen_wait(Confirm("\n".join(lines))):
        return ""
    left = await asyncio.to_thread(desk.leave, name)
    said = _("{name} works here no more.").format(name=name)
    return f"{said}\n{_still_theirs(left)}" if left else said


async def reset_pin(screen: PeopleScreen, desk: Desk, chosen: StaffStanding) -> str:
    """A one-time PIN, shown once; one that is in use is only replaced after a question."""
    name = chosen.member.name
    if chosen.member.has_pin and not chosen.member.one_time:
        question = _("Take {name}'s PIN away and give a one-time PIN instead?").format(name=name)
        if not await screen.app.push_screen_wait(Confirm(question)):
            return ""
    given = await asyncio.to_thread(desk.reset_pin, name)
    said = _("With this one-time PIN {name} signs in and chooses one of their own. It is shown this once:")
    await screen.app.push_screen_wait(ToldOnce(said.format(name=name), given))
    return _("{name} has a one-time PIN.").format(name=name)


async def add(screen: PeopleScreen, desk: Desk, _chosen: StaffStanding | None) -> str:
    """Somebody new, as an agent."""
    name = await screen.app.push_screen_wait(AskLine(_("Name of the new agent"), _("Add")))
    return await _joined(screen, desk, name) if name else ""


async def make_code(screen: PeopleScreen, desk: Desk, _chosen: StaffStanding | None) -> str:
    """Another recovery code, shown once; the old one opens nothing any more."""
    question = _(
        "Make a new recovery code? The old one opens nothing any more. With it a forgotten PIN is set anew "
        "where no supervisor can."
    )
    if not await screen.app.push_screen_wait(Confirm(question)):
        return ""
    code = await asyncio.to_thread(desk.make_recovery_code)
    told = _("Write the recovery code down and keep it away from this PC; it is told this once:")
    await screen.app.push_screen_wait(ToldOnce(told, code))
    return _("There is a new recovery code.")


async def show_log(screen: PeopleScreen, desk: Desk, _chosen: StaffStanding | None) -> str:
    """What the staff did among themselves, the newest first."""
    log = await asyncio.to_thread(desk.staff_log, _LOG_LINES)
    lines = []
    for each in log:
        at = each.at.astimezone(desk.settings.zone).strftime("%Y-%m-%d %H:%M")
        lines.append(f"{at}  {each.by}  {_(DONE[each.act])}  {each.about}".rstrip())
    await screen.app.push_screen_wait(Told(lines or [_("Nothing yet.")]))
    return ""


async def _joined(screen: PeopleScreen, desk: Desk, name: str) -> str:
    member = await asyncio.to_thread(desk.join, name, Role.AGENT)
    if desk.signed_in is not None:
        given = await asyncio.to_thread(desk.reset_pin, member.name)
        said = _(
            "With this one-time PIN {name} signs in and chooses one of their own. It is shown this once:"
        )
        await screen.app.push_screen_wait(ToldOnce(said.format(name=member.name), given))
    return _("{name} works here now, as an agent.").format(name=member.name)


def _still_theirs(count: int) -> str:
    return n_(
        "{count} open ticket is still theirs: assign it to somebody.",
        "{count} open tickets are still theirs: assign them to somebody.",
        count,
    ).format(count=count)
