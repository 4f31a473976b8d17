"""Who works at the desk. Standard library only."""

from dataclasses import dataclass
from datetime import datetime

from complaint_desk.models.enums import Role
from complaint_desk.models.settling import RoleAuthority


@dataclass(frozen=True, slots=True)
class StaffMember:
    """A member of staff, known by name."""

    id: str
    name: str
    role: Role
    pin_set_at: datetime | None = None
    """When the PIN or passphrase was set; None where there is none."""
    one_time: bool = False
    """The PIN was given by somebody else and only serves to choose one's own."""
    left: bool = False
    """Works here no more."""

    @property
    def has_pin(self) -> bool:
        """Whether a PIN or passphrase was set."""
        return self.pin_set_at is not None


@dataclass(frozen=True, slots=True)
class StaffStanding:
    """A member of staff as whoever leads the staff sees them."""

    member: StaffMember
    authority: RoleAuthority
    """What they may grant by themselves."""
    open_tickets: int
    """How many open tickets they own."""
    locked_until: datetime | None = None
    """Until when no PIN of theirs is taken after too many wrong ones; None where one is."""
