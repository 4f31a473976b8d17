"""What the roles are called."""

from complaint_desk.locale import N_, _
from complaint_desk.models.enums import Role

_ROLES = {
    Role.AGENT: N_("agent"),
    Role.SUPERVISOR: N_("supervisor"),
    Role.MANAGER: N_("manager"),
    Role.ADMINISTRATOR: N_("administrator"),
}


def role_name(role: Role) -> str:
    """The role, in the language in use."""
    return _(_ROLES[role])
