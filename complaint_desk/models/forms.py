"""What a caller tells us, checked: the form behind the call screen and behind `ticket add`."""

import re
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from complaint_desk.models.enums import Cause, Channel, ComplainantType

LINE_LIMIT = 2_000
"""Characters in a short field such as a name, a number or a place."""
TEXT_LIMIT = 250_000
"""Characters in whatever is told at length: fields and acts alike. A million would hold up every desk for seconds."""


_NOT_TEXT = re.compile("[\0\ud800-\udfff]")


def _blank_is_absent(value: Any) -> Any:
    return None if isinstance(value, str) and not value.strip() else value


def can_be_kept(text: str) -> bool:
    """Whether it is free of the two things no text column holds everywhere: NUL and half a surrogate pair."""
    return _NOT_TEXT.search(text) is None


def _kept(value: str | None) -> str | None:
    if value is not None and not can_be_kept(value):
        raise PydanticCustomError("not_text", "not text")
    return value


def _instant(value: Any) -> Any:
    """Read ISO 8601 with an offset; numbers and times without an offset are refused."""
    if value is None or isinstance(value, datetime):
        return value
    if not isinstance(value, str):
        raise PydanticCustomError("instant", "not an instant")
    try:
        instant = datetime.fromisoformat(value.strip())
    except ValueError as error:
        raise PydanticCustomError("instant", "not an instant") from error
    if instant.tzinfo is None:
        raise PydanticCustomError("instant", "not an instant")
    try:
        return instant.astimezone(UTC)
    except OverflowError as error:
        raise PydanticCustomError("instant", "not an instant") from error


_Text = Annotated[str, Field(strict=True, max_length=TEXT_LIMIT), AfterValidator(_kept)]
_Line = Annotated[str, Field(strict=True, max_length=LINE_LIMIT), AfterValidator(_kept)]
Text = Annotated[_Text | None, BeforeValidator(_blank_is_absent)]
Line = Annotated[_Line | None, BeforeValidator(_blank_is_absent)]


class ComplaintWords(BaseModel):
    """What was said, in the caller's words and language; shared by the form and the ticket's row."""

    what: _Text
    caller: Line = None
    phone: Line = None
    extension: Line = None
    where: Text = None
    who: Text = None
    how: Text = None
    remedy_wanted: Text = None


class ComplaintForm(ComplaintWords):
    """A complaint as it is handed in. Only `what` must be there; absent, null and blank are alike."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    what: Annotated[_Text, BeforeValidator(_blank_is_absent)]
    when: Text = None
    cause: Annotated[Cause | None, BeforeValidator(_blank_is_absent)] = None
    channel: Annotated[Channel | None, BeforeValidator(_blank_is_absent)] = None
    type: Annotated[ComplainantType | None, BeforeValidator(_blank_is_absent)] = None
    store: Line = None
    received_at: Annotated[
        AwareDatetime | None, BeforeValidator(_instant), BeforeValidator(_blank_is_absent)
    ] = None


ASKED_FOR = ("phone", "caller", "when", "where", "who", "what", "how", "remedy_wanted", "cause")
"""The fields an agent asks for, in the order of the call screen; what is absent is recorded as missing."""
