"""What the staff did among themselves, and who looked at whose masked caller."""

from dataclasses import dataclass
from datetime import datetime

from complaint_desk.desk.base import DeskBase
from complaint_desk.models.enums import STAFF_ACTS, Act
from complaint_desk.store import staff, staff_log

LOGGED = (*STAFF_ACTS, Act.CALLER_SEEN)
"""The acts of the log."""


@dataclass(frozen=True, slots=True)
class StaffLogLine:
    """One act: when, by whom, what, and whom or what it is about."""

    at: datetime
    by: str
    act: Act
    about: str
    """The person's name, with the new role where it changed; the ticket's number, or the customer's id."""


class KeepingStaffLog(DeskBase):
    """The verb of looking back at the staff's acts."""

    def staff_log(self, limit: int = 100) -> tuple[StaffLogLine, ...]:
        """The latest acts of the staff: joining, roles, PINs, locks, looks at masked callers; the newest first."""
        with self.store.reading() as connection:
            names = staff.names(connection)
            return tuple(
                StaffLogLine(
                    event.recorded_at, names.get(event.by, ""), event.act, _about(event.fields, number, names)
                )
                for event, number in staff_log.latest(connection, LOGGED, limit)
            )


def _about(fields: dict[str, object], number: str | None, names: dict[str, str]) -> str:
    if number or "customer" in fields:
        return number or str(fields["customer"])
    parts = [names.get(str(fields.get("staff", "")), ""), str(fields.get("role") or "")]
    return " ".join(part for part in parts if part)
