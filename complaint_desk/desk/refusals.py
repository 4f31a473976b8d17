"""Says in a sentence why a value of a form was refused."""

from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from complaint_desk.locale import N_, _

_SENTENCES = {
    "missing": N_("{field} must be there: what happened, in the caller's words."),
    "extra_forbidden": N_("{field} is not a field of a complaint."),
    "string_type": N_("{field} must be text."),
    "string_too_long": N_("{field} holds at most {limit} characters."),
    "enum": N_("{field} must be one of {expected}."),
    "not_text": N_("{field} holds a character that is not text (NUL or half of a surrogate pair)."),
    "instant": N_("{field} must be a date and time with its offset, such as 2026-11-20T15:30:00+08:00."),
}
_OTHERWISE = N_("{field} cannot be used.")


def refusals(error: ValidationError) -> list[tuple[str, str]]:
    """Every fault of a form as the field's name and a sentence, in the form's order."""
    return [_refusal(detail) for detail in error.errors(include_url=False)]


def first_refusal(error: ValidationError) -> tuple[str, str]:
    """The first fault of a form."""
    return refusals(error)[0]


def _refusal(detail: ErrorDetails) -> tuple[str, str]:
    name = ".".join(str(part) for part in detail["loc"]) or "?"
    context: dict[str, Any] = detail.get("ctx", {})
    kind = detail["type"]
    if kind == "string_type" and detail["input"] is None:
        kind = "missing"
    sentence = _(_SENTENCES.get(kind, _OTHERWISE))
    return name, sentence.format(
        field=name,
        limit=context.get("max_length"),
        expected=context.get("expected", "").replace(" or ", ", "),
    )
