"""Who works here by a name that was told."""

from sqlalchemy import Connection

from complaint_desk.locale import _, listed
from complaint_desk.models.errors import ActNotAllowed, FieldRefused
from complaint_desk.models.staff import StaffMember
from complaint_desk.store import staff


def working_here(connection: Connection, name: str, field: str = "") -> StaffMember:
    """The person of that name who has not left; `field` is where the name was told.

    Raises FieldRefused of that field where nobody is called so, ActNotAllowed where it came from no field.
    """
    tidy = " ".join(name.split())
    found = staff.by_name(connection, tidy)
    if found is not None and not found.left:
        return found
    sentence = _("Nobody called {name} works here. Nothing was changed. The staff: {names}.").format(
        name=tidy, names=listed(member.name for member in staff.everybody(connection))
    )
    raise FieldRefused(field, sentence) if field else ActNotAllowed(sentence)
