"""A text field for a card that comes and goes: nothing of it stays behind when the card is gone."""

from collections.abc import Callable
from typing import Any

from textual.dom import DOMNode

from complaint_desk.widgets.text_field import TextField


class ToldText(TextField):
    """A text field that hears of a new theme by the app's signal.

    The toolkit's text area watches the app instead, which keeps every one that was ever opened alive.
    """

    def watch(
        self, obj: DOMNode, attribute_name: str, callback: Callable[..., Any], init: bool = True
    ) -> None:
        """Watch anything but the app's theme."""
        if obj is self.app and attribute_name == "theme":
            self.app.theme_changed_signal.subscribe(self, lambda _theme: self._app_theme_changed())
        else:
            super().watch(obj, attribute_name, callback, init)

    def on_unmount(self) -> None:
        """Hear no more of themes."""
        self.app.theme_changed_signal.unsubscribe(self)
