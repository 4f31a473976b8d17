"""Setting a desk up: its language, its store, and the first person, who leads the staff and may have a PIN."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from complaint_desk.desk.file.settings_writing import write_settings
from complaint_desk.desk.staff.people import seat_name
from complaint_desk.desk.staff.pins import KeepingPins
from complaint_desk.desk.staff.sign_in import together
from complaint_desk.locale import N_, _
from complaint_desk.models.enums import Role
from complaint_desk.models.errors import ActNotAllowed, FieldRefused
from complaint_desk.settings import Settings
from complaint_desk.store import staff

SETTINGS_ASKED = ("language", "store_code", "store_name", "region", "time_zone")
"""The settings that setup asks for, in the order it asks."""

_SENTENCES = {
    "language": N_("The desk speaks zh_CN and en."),
    "store_code": N_("A store code has 1 to 8 letters and digits, such as S01."),
    "region": N_("A region is two capital letters, such as CN."),
    "time_zone": N_("A time zone is named like Asia/Shanghai."),
}


@dataclass(frozen=True, slots=True)
class FirstPerson:
    """Who leads the staff from the beginning."""

    name: str
    pin: str = ""
    """A PIN or passphrase; empty for a desk that asks nobody for one."""

    def __repr__(self) -> str:
        """Without the PIN."""
        return f"FirstPerson({self.name!r})"


@dataclass(frozen=True, slots=True)
class SetUp:
    """What became of it."""

    recovery_code: str | None
    """Told this once; None where nobody has a PIN."""
    one_time_pins: Mapping[str, str]
    """By name, for the rest of the staff, where PINs are in use."""

    def __repr__(self) -> str:
        """Without codes and PINs."""
        return "SetUp()"


def checked_settings(values: Mapping[str, str]) -> dict[str, str]:
    """The settings as they are kept; empty ones are left out. Raises FieldRefused for the first that cannot be."""
    told = {name: value.strip() for name, value in values.items() if value.strip()}
    if "store_code" in told:
        told["store_code"] = told["store_code"].upper()
    if "region" in told:
        told["region"] = told["region"].upper()
    try:
        Settings.model_validate(told)
    except ValidationError as error:
        name = str(error.errors()[0]["loc"][0])
        sentence = (
            _(_SENTENCES[name]) if name in _SENTENCES else _("{field} cannot be used.").format(field=name)
        )
        raise FieldRefused(name, together(sentence, _("Nothing was changed."))) from error
    return told


class SettingUp(KeepingPins):
    """The verbs of setting up."""

    def is_new(self) -> bool:
        """Whether nobody works at this desk yet, so that setup may be offered."""
        with self.store.reading() as connection:
            return staff.is_empty(connection)

    def set_up(
        self,
        settings: Mapping[str, str],
        first: FirstPerson | None,
        others: Mapping[str, Role] | None = None,
        *,
        file: Path,
    ) -> SetUp:
        """Write the settings into their file, and have the first person and the others work here.

        Everything is looked at before anything is written. Without a first person only the settings are written.
        Raises FieldRefused for a value that cannot be, ActNotAllowed where somebody works here already.
        """
        from complaint_desk.desk.staff.secrets import checked_pin

        kept = checked_settings(settings)
        named = {seat_name(name): role for name, role in (others or {}).items()}
        if first is not None:
            first = FirstPerson(seat_name(first.name), first.pin)
            if first.pin:
                checked_pin(first.pin, first.name)
            if not self.is_new():
                raise ActNotAllowed(
                    _(
                        "Somebody works at this desk already: use staff add and staff pin. Nothing was changed."
                    )
                )
        if kept:
            write_settings(file, kept)
            new = Settings.model_validate(kept)
            self.settings = self.settings.model_copy(update={name: getattr(new, name) for name in kept})
        return self._begin(first, named)

    def _begin(self, first: FirstPerson | None, others: Mapping[str, Role]) -> SetUp:
        if first is None:
            return SetUp(None, {})
        self.as_name = first.name
        self.take_seat()
        for name, role in others.items():
            if name != first.name:
                self.join(name, role)
        if not first.pin:
            return SetUp(None, {})
        self.set_pin(first.pin)
        given = {name: self.reset_pin(name) for name in others if name != first.name}
        return SetUp(self.make_recovery_code(), given)
