"""Masking: whoever may not see all customers sees the names and numbers of their own callers only.

What a verb returns is masked as it leaves the desk (`guarded`), whatever it is: anything with a field `caller`,
`phone` or `extension`, as deep as it lies, unless the ticket it belongs to is one's own or was looked at by
`see_caller`. Within sentences the ticket's own customer is covered wherever erasing would find them: by the name and
number told in it, and on a ticket and in a table also by everything their card knows. Other people who are named
there, and what only a reader understands (her sister, the woman from number 12), stay. Masking guards the screen, not
the file.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, timedelta
from enum import Enum
from typing import Any

from complaint_desk.desk.staff.masked_words import COVERED_WORDS, NO_WORDS, cover_for
from complaint_desk.locale import N_, _
from complaint_desk.models.customer import CallerCard, CallerFound, CustomerCard, FoundBy, KnownBy
from complaint_desk.models.enums import Act
from complaint_desk.models.erasure import DueForErasure, ErasurePlan
from complaint_desk.models.errors import FieldRefused
from complaint_desk.models.search import SearchRow, Snippet
from complaint_desk.models.ticket import HistoryLine, Ticket
from complaint_desk.rules.erasing import Redactor
from complaint_desk.rules.masks import COVERED, mask_name, mask_phone


def _hide(_extension: str | None) -> None:
    """An extension has too few digits to be shown in part."""


_MASKS: Mapping[str, Callable[[str | None], str | None]] = {
    "caller": mask_name,
    "phone": mask_phone,
    "extension": _hide,
}
_HIDDEN_ON_CARD = ("address", "notes")
_MASKED = N_("This is masked. Look at the whole of it first, then correct it. Nothing was written.")
_NAMES_IN_TEXTS = frozenset(_MASKS)


@dataclass(frozen=True, slots=True)
class Veil:
    """What one person may not see."""

    owner: str
    """The person's name: what this person owns stands open."""
    seen: frozenset[str] = frozenset()
    """Numbers of tickets, and ids of customers, that were looked at since signing in."""
    card_of: Callable[[str], KnownBy] | None = None
    """What the card of a customer, called by id, knows them by."""

    def over(self, value: Any, cover: Redactor | None = None) -> Any:
        """The same with customers' names and numbers masked, but for those of one's own callers.

        `cover` covers the customer of the ticket to which the value belongs.
        """
        if isinstance(value, str) and cover is not None and not isinstance(value, Enum):
            return cover.redact(value)
        if isinstance(value, _PLAIN):
            return value
        if isinstance(value, Mapping):
            return {key: self.over(each, cover) for key, each in value.items()}
        if isinstance(value, Iterator):
            return (self.over(each, cover) for each in value)
        if isinstance(value, tuple) and hasattr(value, "_fields"):
            line: Any = value
            changes = self._changes(line, line._fields, cover)
            return line._replace(**changes) if changes else line
        if isinstance(value, tuple | list | frozenset | set):
            return type(value)(self.over(each, cover) for each in value)
        if is_dataclass(value) and not isinstance(value, type):
            changes = self._changes(value, [each.name for each in fields(value) if each.init], cover)
            return replace(value, **changes) if changes else value
        return value

    def cover_of(self, value: Any) -> Redactor | None:
        """What covers the customer of this line or ticket within its sentences."""
        caller, phone = getattr(value, "caller", None), getattr(value, "phone", None)
        names, numbers, address = [caller], [phone], None
        if isinstance(value, Ticket) and value.customer_id is not None and self.card_of is not None:
            known = self.card_of(value.customer_id)
            names, numbers, address = [*names, *known.names], [*numbers, *known.numbers], known.address
        return cover_for(names, numbers, address)

    def is_open(self, value: Any) -> bool:
        """Whether this line, ticket or card stands open to the person."""
        return (
            getattr(value, "owner", None) == self.owner
            or getattr(value, "number", None) in self.seen
            or getattr(value, "customer_id", None) in self.seen
        )

    def without_masks(self, ticket: Ticket, told: Mapping[str, str | None]) -> dict[str, str | None]:
        """Corrections by somebody who sees this ticket masked: a mask that is only handed back is no correction.

        Raises FieldRefused for one that was typed into: nobody saves a mask over a name.
        """
        kept, cover = {}, self.cover_of(ticket)
        for name, value in told.items():
            if name not in _MASKS and value and cover is not None:
                before = _words_of(ticket, name)
                covered = cover.redact(before)
                if covered != before and value == covered:
                    continue
                if covered != before and COVERED_WORDS in value:
                    raise FieldRefused(name, _(_MASKED))
            if name in _MASKS and value and value == _MASKS[name](getattr(ticket, name)):
                continue
            if name in _MASKS and value and COVERED in value:
                raise FieldRefused(name, _(_MASKED))
            kept[name] = value
        return kept

    def _changes(self, value: Any, names: Any, cover: Redactor | None) -> dict[str, Any]:
        """The fields that change, with what they are then."""
        if isinstance(value, CallerCard | CustomerCard | CallerFound):
            return self._of_card(value)
        if isinstance(value, DueForErasure):
            return {"name": mask_name(value.name)}
        if isinstance(value, ErasurePlan):
            numbers = tuple(mask_phone(number) or "" for number in value.shared_numbers)
            return {"card": self.over(value.card), "shared_numbers": numbers}
        if cover is None:
            if self.is_open(value):
                return {}
            cover = self.cover_of(value)
        if isinstance(value, HistoryLine) and value.act is Act.AMENDED and (value.field_name or "") in _MASKS:
            mask = _MASKS[value.field_name or ""]
            return {"old": mask(value.old), "new": mask(value.new)}
        changes: dict[str, Any] = {}
        for name in names:
            before = getattr(value, name)
            if name in _MASKS and _is_told(before):
                after = _MASKS[name](before)
            elif name in NO_WORDS and isinstance(before, str):
                after = before
            else:
                after = self.over(before, cover)
            if after is not before:
                changes[name] = after
        if isinstance(value, SearchRow):
            changes["snippet"] = _masked_snippet(value.snippet, changes, cover)
        if isinstance(value, Ticket):
            changes["brought"] = replace(value.brought, texts=()) if value.brought else None
            changes["attachments"] = tuple(
                (name, text)
                for name, text in changes.get("attachments", value.attachments)
                if name not in _NAMES_IN_TEXTS
            )
        return changes

    def refuse_what_is_hidden(self, card: CustomerCard, told: Mapping[str, str | None]) -> None:
        """Raise FieldRefused for a field of a masked card that holds something the person does not see."""
        for name in _HIDDEN_ON_CARD:
            if name in told and getattr(card, name) and card.id not in self.seen:
                raise FieldRefused(name, _(_MASKED))

    def _of_card(self, value: CallerCard | CustomerCard | CallerFound) -> dict[str, Any]:
        """A customer's card: who rings and gives the whole number has said who they are."""
        if isinstance(value, CallerCard):
            mine = any(line.owner == self.owner for line in value.open_tickets)
            if mine or value.card.id in self.seen:
                return {}
            return {"card": self.over(value.card)}
        if isinstance(value, CallerFound):
            if value.by is FoundBy.NUMBER or value.customer_id in self.seen:
                return {}
        elif value.id in self.seen:
            return {}
        changes: dict[str, Any] = {
            "name": mask_name(value.name),
            "numbers": tuple(mask_phone(number) or "" for number in value.numbers),
        }
        if isinstance(value, CustomerCard):
            changes |= {
                "names": tuple(mask_name(name) or "" for name in value.names),
                **dict.fromkeys(_HIDDEN_ON_CARD),
                "history": tuple(replace(line, old=None, new=None, text=None) for line in value.history),
            }
        return changes


_PLAIN = (str, bytes, int, float, type(None), date, timedelta, Enum)


def _is_told(value: object) -> bool:
    return isinstance(value, str) and bool(value)


def _words_of(ticket: Ticket, name: str) -> str:
    """What stands in a field of the ticket that holds sentences; empty for any other."""
    if name == "when":
        return ticket.when.said if ticket.when else ""
    told = getattr(ticket, name, None)
    return told if isinstance(told, str) and not isinstance(told, Enum) else ""


def _masked_snippet(found: Snippet, changes: Mapping[str, Any], cover: Redactor | None) -> Snippet:
    """The place that was found; its marks go where it changes, as they would tell what is covered."""
    if found.field_name in _NAMES_IN_TEXTS:
        return Snippet(found.field_name, changes.get(found.field_name) or "")
    text = cover.redact(found.text) if cover is not None else found.text
    return found if text == found.text else Snippet(found.field_name, text)
