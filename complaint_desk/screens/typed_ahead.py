"""Keys typed in one breath with the one that closes a card are meant for what stands beneath it."""

from typing import Any
from weakref import WeakKeyDictionary

from textual.app import App
from textual.events import Event, Key
from textual.screen import Screen

_typed_on: WeakKeyDictionary[Key, Screen[Any]] = WeakKeyDictionary()
"""Which screen stood when a key was pressed, until the key was done with."""


class TypedAhead(App[None]):
    """An app that hands on what a card that is gone had left in its queue."""

    async def on_event(self, event: Event) -> None:
        """Give a key that comes back unheard from a screen no longer there to the one that is.

        A screen that opened meanwhile gets nothing: nobody has seen it when the key was pressed.
        """
        if isinstance(event, Key):
            if not event.is_forwarded:
                _typed_on[event] = self.screen
            elif (stood := _typed_on.pop(event, None)) is not None and stood not in self.screen_stack:
                event = Key(event.key, event.character)
        await super().on_event(event)
