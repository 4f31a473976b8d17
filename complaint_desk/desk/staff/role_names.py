"""What the roles are called, and how somebody's PIN stands."""

from typing import TYPE_CHECKING

from complaint_desk.locale import N_, _, language, listed
from complaint_desk.models.enums import Role
from complaint_desk.models.settling import AuthorityLevel, RoleAuthority
from complaint_desk.models.staff import StaffMember

if TYPE_CHECKING:
    from complaint_desk.playbook.loader import Playbook

_ROLES = {
    Role.AGENT: N_("agent"),
    Role.SUPERVISOR: N_("supervisor"),
    Role.MANAGER: N_("manager"),
    Role.ADMINISTRATOR: N_("administrator"),
}


def role_name(role: Role) -> str:
    """The role, in the language in use."""
    return _(_ROLES[role])


def pin_state(member: StaffMember) -> str:
    """Whether there is a PIN, in a word."""
    if not member.has_pin:
        return _("no PIN")
    return _("one-time PIN") if member.one_time else _("PIN")


def authority_words(own: RoleAuthority, playbook: "Playbook", currency: str) -> str:
    """What a role may grant by itself, in a line."""
    if own.level is AuthorityLevel.FULL:
        return _("full authority")
    if own.level is AuthorityLevel.FULLY_LIMITED:
        return _("asks for every remedy")
    limits = listed(
        f"{playbook.remedy_name(kind, language())} {amount:f} {currency}"
        for kind, amount in own.amounts.items()
    )
    return _("up to: {limits}").format(limits=limits or "—")
