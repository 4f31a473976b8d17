"""What the roles are called, and how somebody's PIN stands."""

from complaint_desk.locale import N_, _
from complaint_desk.models.enums import Role
from complaint_desk.models.staff import StaffMember

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
