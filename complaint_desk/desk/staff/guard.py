"""The guard before every verb of a desk: it asks for the verb's right, and masks what the verb answers.

One place for all verbs, so that none is forgotten: a class of verbs is decorated once, and what it inherits is
guarded with it.
"""

import inspect
from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from typing import Any, TypeVar

from complaint_desk.desk.staff.permissions import Right, right_for

OPEN_AND_CLOSE = frozenset({"open", "close"})
"""Public methods that are no business acts."""


def public_verbs(kind: type) -> list[str]:
    """The names of the verbs of a desk: its public methods, but for opening and closing it."""
    return [
        name
        for name in dir(kind)
        if not name.startswith("_")
        and name not in OPEN_AND_CLOSE
        and inspect.isfunction(inspect.getattr_static(kind, name))
    ]


_within_a_verb: ContextVar[bool] = ContextVar("within_a_verb", default=False)
Kind = TypeVar("Kind", bound=type)


def guarded(kind: Kind) -> Kind:
    """Have every verb of this desk ask for its right before it does anything, those it inherits too.

    What it returns is masked where the person may not see all customers. A verb that another verb calls asks for
    nothing more and gets everything: the one that was called from outside answers for it.
    """
    for name in public_verbs(kind):
        verb = inspect.getattr_static(kind, name)
        if not hasattr(verb, "asks_for"):
            setattr(kind, name, _asking(verb, right_for(name)))
    return kind


def unguarded(verb: Callable[..., Any]) -> Callable[..., Any]:
    """The verb itself, for what the desk does on its own account and nobody asked for."""
    inner: Callable[..., Any] = getattr(verb, "__wrapped__", verb)
    return inner


def _asking(verb: Callable[..., Any], right: Right) -> Callable[..., Any]:
    @wraps(verb)
    def asked(desk: Any, *args: Any, **kwargs: Any) -> Any:
        if _within_a_verb.get():
            return verb(desk, *args, **kwargs)
        desk._may_use(right)
        entered = _within_a_verb.set(True)
        try:
            answer = verb(desk, *args, **kwargs)
        finally:
            _within_a_verb.reset(entered)
        return answer if right is Right.ENTER else desk._as_may_be_seen(answer)

    asked.asks_for = right  # type: ignore[attr-defined]
    return asked
