"""How grave a ticket becomes when a card for a grave call was used, whatever its words said."""

from collections.abc import Collection, Sequence
from typing import Final, NamedTuple

from complaint_desk.models.enums import SafetyFlag, Severity


class Grave(NamedTuple):
    """How grave a situation is, and its flag where the card tells which."""

    severity: Severity
    flag: SafetyFlag | None


_GRAVE: Final = {
    "danger_or_self_harm": Grave(Severity.GRAVE, SafetyFlag.DANGER),
    "food_safety_or_injury": Grave(Severity.GRAVE, None),
    "media_or_regulator": Grave(Severity.SERIOUS, SafetyFlag.MEDIA_OR_REGULATOR),
}
"""Food safety or injury: the card does not tell which of the two, so it sets the severity and no flag."""


def raised_by(
    situations: Collection[str], severity: Severity, safety: Sequence[SafetyFlag]
) -> tuple[Severity, tuple[SafetyFlag, ...]]:
    """Severity and flags of a ticket on which these cards were used: they are only ever raised."""
    grave = [_GRAVE[situation] for situation in situations if situation in _GRAVE]
    flags = {*safety, *(each.flag for each in grave if each.flag)}
    return (
        max([severity, *(each.severity for each in grave)]),
        tuple(flag for flag in SafetyFlag if flag in flags),
    )
