"""What a call came to besides the complaint: the reading of its caller, cards used, findings for coaching.

Read models, standard library only.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from complaint_desk.models.enums import ComplainantType


@dataclass(frozen=True, slots=True)
class TypeReason:
    """Words that spoke for a kind of caller (points above nought) or against it, as the reading gave them."""

    words: str
    type: ComplainantType
    points: float


@dataclass(frozen=True, slots=True)
class TypeReading:
    """What the desk proposed about the caller of this call, why, and what the agent chose.

    It belongs to the call; no remedy, priority or deadline follows from it: fairness asks for equal remedies for
    equal failures (training text 003).
    """

    proposed: ComplainantType
    probabilities: Mapping[ComplainantType, float]
    unsure: bool = False
    """The desk asked instead of guessing."""
    reasons: tuple[TypeReason, ...] = ()
    answers: tuple[tuple[str, ComplainantType | None], ...] = ()
    """The separating questions asked, and the kind each answer spoke for."""
    chosen: ComplainantType | None = None
    chosen_by: str | None = None
    """Who chose; None while nobody has."""
    chosen_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SituationMet:
    """A card for a call that needs another way was used: which, when, and the summary handed over."""

    situation: str
    at: datetime
    text: str = ""


@dataclass(frozen=True, slots=True)
class AvoidFound:
    """A finding of the words to avoid in the agent's own text, kept for coaching: the rule and where it stands."""

    rule: str
    start: int
    end: int
