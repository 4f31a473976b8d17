"""A call that is not a ticket yet: every letter so far, as the form holds it. Standard library only."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Self

from complaint_desk.models.call_marks import SituationMet
from complaint_desk.models.enums import Channel, ComplainantType, HeatStep
from complaint_desk.models.settling import PromiseMade

FORMAT = 1
"""The shape of a draft file; a newer one is read as far as it is understood."""

FORM_FIELDS = (
    "phone",
    "caller",
    "when",
    "where",
    "who",
    "what",
    "how",
    "remedy_wanted",
    "cause",
    "channel",
    "received_at",
    "store",
    "extension",
    "promise",
)
"""The call form's fields in the order of Tab; `received_at` is asked of every channel but the telephone."""


@dataclass(slots=True)
class Draft:
    """What one call has come to so far."""

    id: str
    seat: str
    """Who takes the call, as the desk's name for the seat."""
    opened_at: datetime
    """When the call was opened, UTC: the time of receipt of a telephone call."""
    language: str
    fields: dict[str, str] = field(default_factory=dict)
    """What stands in each field, under the names of `FORM_FIELDS`; a chosen cause or channel as its identifier."""
    attached: dict[str, str] = field(default_factory=dict)
    """Texts too long for a field, whole, under names such as `what-1`."""
    heat: dict[HeatStep, datetime] = field(default_factory=dict)
    """The HEAT steps done and when, UTC."""
    type: ComplainantType | None = None
    type_chosen_at: datetime | None = None
    """When the agent chose the type, UTC."""
    answers: dict[str, ComplainantType | None] = field(default_factory=dict)
    """The separating questions asked, and the type each answer spoke for; None where it told nothing."""
    read_back_confirmed_at: datetime | None = None
    """When the caller said that what was taken down is right, UTC."""
    situations: list[SituationMet] = field(default_factory=list)
    """The cards that were used in this call."""
    promises: list[PromiseMade] = field(default_factory=list)
    """What was promised in this call, besides what stands in the field for it."""
    promise_said_at: datetime | None = None
    """When the words in the field for a promise were last typed, UTC: its time is told from then."""
    number: str | None = None
    """The ticket this corrects; None for a new call."""
    version: int | None = None
    """That ticket's version when the correction began."""
    ticket_id: str | None = None
    """The identity its ticket will have, given at the first attempt to save it."""
    saving_since: datetime | None = None
    """Set while it is being saved: found again later, it may be a ticket already."""
    written_at: datetime | None = None
    """When the file was last written, UTC."""

    @property
    def empty(self) -> bool:
        """Nothing was entered, so there is nothing to keep."""
        entered = any(
            said for name, said in self.fields.items() if (name, said) != ("channel", Channel.PHONE)
        )
        marked = self.heat or self.type or self.situations or self.read_back_confirmed_at or self.promises
        return not (entered or marked or self.attached)

    def snapshot(self) -> "Draft":
        """A copy that later keys do not change; the long texts are shared, as they never change."""
        return replace(
            self,
            fields=dict(self.fields),
            attached=dict(self.attached),
            heat=dict(self.heat),
            answers=dict(self.answers),
            situations=list(self.situations),
            promises=list(self.promises),
        )

    def as_json(self) -> dict[str, Any]:
        """Everything but the attached texts themselves, for which only the names are given."""
        return {
            "format": FORMAT,
            "id": self.id,
            "seat": self.seat,
            "opened_at": self.opened_at.isoformat(),
            "written_at": self.written_at.isoformat() if self.written_at else None,
            "language": self.language,
            "number": self.number,
            "version": self.version,
            "ticket_id": self.ticket_id,
            "saving_since": self.saving_since.isoformat() if self.saving_since else None,
            "type": self.type,
            "type_chosen_at": self.type_chosen_at.isoformat() if self.type_chosen_at else None,
            "answers": self.answers,
            "read_back_confirmed_at": (
                self.read_back_confirmed_at.isoformat() if self.read_back_confirmed_at else None
            ),
            "situations": [[met.situation, met.at.isoformat(), met.text] for met in self.situations],
            "promises": [
                {
                    "what": made.what,
                    "by": made.by.isoformat(),
                    "by_said": made.by_said,
                    "owner": made.owner,
                    "to": made.to,
                    "authority": made.authority,
                    "made_at": made.made_at.isoformat() if made.made_at else None,
                }
                for made in self.promises
            ],
            "promise_said_at": self.promise_said_at.isoformat() if self.promise_said_at else None,
            "heat": {step.value: at.isoformat() for step, at in self.heat.items()},
            "attached": list(self.attached),
            "fields": self.fields,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any], attached: Mapping[str, str]) -> Self:
        """The draft that `as_json` wrote. Raises ValueError, TypeError or KeyError where it is not one."""
        fields = data["fields"]
        if not all(isinstance(value, str) for value in fields.values()):
            raise TypeError("fields")
        return cls(
            id=_text(data["id"]),
            seat=_text(data["seat"]),
            opened_at=_instant(data["opened_at"]),
            language=_text(data["language"]),
            fields={name: fields[name] for name in FORM_FIELDS if name in fields},
            attached={name: attached[name] for name in data["attached"] if name in attached},
            heat={HeatStep(step): _instant(at) for step, at in data["heat"].items()},
            type=ComplainantType(data["type"]) if data["type"] else None,
            type_chosen_at=_instant(data["type_chosen_at"]) if data.get("type_chosen_at") else None,
            answers={
                _text(question): ComplainantType(heard) if heard else None
                for question, heard in data.get("answers", {}).items()
            },
            read_back_confirmed_at=(
                _instant(data["read_back_confirmed_at"]) if data.get("read_back_confirmed_at") else None
            ),
            situations=[
                SituationMet(_text(situation), _instant(at), _text(said))
                for situation, at, said in data.get("situations", ())
            ],
            promises=[_promise(made) for made in data.get("promises", ())],
            promise_said_at=_instant(data["promise_said_at"]) if data.get("promise_said_at") else None,
            number=data.get("number"),
            version=data.get("version"),
            ticket_id=data.get("ticket_id"),
            saving_since=_instant(data["saving_since"]) if data.get("saving_since") else None,
            written_at=_instant(data["written_at"]) if data.get("written_at") else None,
        )


def _promise(made: Mapping[str, Any]) -> PromiseMade:
    names = {name: _text(made[name]) for name in ("owner", "to", "authority") if made[name] is not None}
    return PromiseMade(
        _text(made["what"]),
        _instant(made["by"]),
        _text(made["by_said"]),
        owner=names.get("owner"),
        to=names.get("to"),
        authority=names.get("authority"),
        made_at=_instant(made["made_at"]) if made["made_at"] else None,
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _instant(value: object) -> datetime:
    at = datetime.fromisoformat(_text(value))
    if at.tzinfo is None:
        raise ValueError(value)
    return at
