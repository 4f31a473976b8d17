"""Promises told along with a complaint, as JSON: the list under the key `promises`."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from complaint_desk.locale import _
from complaint_desk.models.errors import FieldRefused
from complaint_desk.models.settling import PromiseMade

if TYPE_CHECKING:
    from complaint_desk.desk.desk import Desk

_KEY = "promises"
_NEEDED, _MAY_BE_TOLD = ("what", "by"), ("owner", "to", "authority")
_MOST = 50


def promises_told(desk: "Desk", keys: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[PromiseMade, ...]]:
    """The other keys of a complaint, and its promises as `promise add` takes them: what, by, owner, to, authority.

    Raises FieldRefused, naming the promise from 1 on and its key.
    """
    others = {name: value for name, value in keys.items() if name != _KEY}
    told = keys.get(_KEY)
    if told is None:
        return others, ()
    if not isinstance(told, list) or len(told) > _MOST:
        raise FieldRefused(
            _KEY, _("It must be a list of at most {count} objects in braces.").format(count=_MOST)
        )
    store = keys.get("store")
    in_store = store if isinstance(store, str) else ""
    return others, tuple(
        _promise(desk, f"{_KEY}[{place}]", each, in_store) for place, each in enumerate(told, 1)
    )


def _promise(desk: "Desk", name: str, told: Any, store: str) -> PromiseMade:
    if not isinstance(told, dict):
        raise FieldRefused(name, _("It is not a JSON object in braces."))
    allowed = (*_NEEDED, *_MAY_BE_TOLD)
    for key, value in told.items():
        if key not in allowed:
            raise FieldRefused(f"{name}.{key}", _("No such key is known here."))
        if not isinstance(value, str) and (value is not None or key in _NEEDED):
            raise FieldRefused(f"{name}.{key}", _("It must be a text in quotation marks."))
    for key in _NEEDED:
        if not told.get(key, "").strip():
            raise FieldRefused(f"{name}.{key}", _("It must not be empty."))
    try:
        due = desk.due_told(told["by"], store)
    except FieldRefused as refused:
        raise FieldRefused(f"{name}.{refused.field_name}", str(refused)) from refused
    owner, to, authority = (told.get(key) or None for key in _MAY_BE_TOLD)
    return PromiseMade(told["what"], due, told["by"], owner, to, authority)
