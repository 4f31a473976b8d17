"""Who works at the desk. Standard library only."""

from dataclasses import dataclass

from complaint_desk.models.enums import Role


@dataclass(frozen=True, slots=True)
class StaffMember:
    """A member of staff, known by name."""

    id: str
    name: str
    role: Role
