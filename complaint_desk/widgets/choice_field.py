"""A field that takes one of a closed list: by number, by code, or by typing part of its name, in any language."""

from collections.abc import Sequence
from typing import NamedTuple

from textual import events

from complaint_desk.widgets.choice_menu import ChoiceMenu
from complaint_desk.widgets.line_field import LineField


class Choice(NamedTuple):
    """One thing that can be chosen."""

    value: str
    """Its stable identifier."""
    label: str
    code: str = ""
    """A short code people say, such as B3."""
    also: tuple[str, ...] = ()
    """Other names that find it."""


def matching(choices: Sequence[Choice], typed: str) -> list[Choice]:
    """The choices that what was typed may mean: by number or code first, then by any part of a name."""
    wanted = typed.strip().casefold()
    if not wanted:
        return list(choices)
    ranked: list[tuple[int, int, Choice]] = []
    for number, choice in enumerate(choices, 1):
        code, label = choice.code.casefold(), choice.label.casefold()
        others = (choice.value.replace("_", " "), *choice.also)
        if wanted in (str(number), code, label, f"{code} {label}"):
            rank = 0
        elif str(number).startswith(wanted) or (code and code.startswith(wanted)):
            rank = 1
        elif label.startswith(wanted):
            rank = 2
        elif wanted in label or any(wanted in name.casefold() for name in others):
            rank = 3
        else:
            continue
        ranked.append((rank, number, choice))
    ranked.sort(key=lambda found: found[:2])
    if ranked and ranked[0][0] == 0:
        return [found[2] for found in ranked if found[0] <= 1]
    return [found[2] for found in ranked]


class ChoiceField(LineField):
    """A line that becomes one of its choices; words that are none of them stay as typed."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.select_on_focus = True
        self.choices: tuple[Choice, ...] = ()
        self.chosen: str | None = None
        """The identifier of the choice made; None while there is none."""
        self._typed = False

    def offer(self, choices: Sequence[Choice]) -> None:
        """Offer these choices from now on; one already made is shown under its new name."""
        self.choices = tuple(choices)
        if self.chosen is not None:
            self._show_chosen()
        elif self.value:
            self.words = self.value

    @property
    def words(self) -> str:
        """The identifier chosen, else the words as typed."""
        return self.chosen if self.chosen is not None else self.value

    @words.setter
    def words(self, words: str) -> None:
        self.chosen = words if any(choice.value == words for choice in self.choices) else None
        self._typed = False
        if self.chosen is not None:
            self._show_chosen()
        else:
            self._set(words)

    @property
    def undecided(self) -> bool:
        """Something stands here that is none of the choices."""
        return bool(self.value.strip()) and self.chosen is None

    def decide(self) -> None:
        """Take what was typed for the choice it means, if it means one."""
        if self._typed and self.value.strip():
            menu = self._menu()
            found = matching(self.choices, self.value)
            if menu is not None and menu.owner is self and menu.highlighted is not None:
                self._choose(menu.highlighted.value)
            elif found and (len(found) == 1 or matching([found[0]], self.value)):
                self._choose(found[0].value)
        self._typed = False
        self._close()

    def _choose(self, value: str) -> None:
        self.chosen = value
        self._typed = False
        self._show_chosen()
        self._close()

    def _show_chosen(self) -> None:
        choice = next((choice for choice in self.choices if choice.value == self.chosen), None)
        if choice is not None:
            self._set(f"{choice.code} {choice.label}".strip())

    def _set(self, text: str) -> None:
        if text != self.value:
            self.value = text
            self.cursor_position = len(text)

    def replace(self, text: str, start: int, end: int) -> None:
        """Typing undoes the choice and shows what the letters may mean."""
        self.chosen = None
        self._typed = True
        super().replace(text, start, end)
        self._open(matching(self.choices, self.value) if self.value.strip() else [])

    def on_key(self, event: events.Key) -> None:
        """Move in the list, take from it, or close it; all without a mouse."""
        menu = self._menu()
        is_open = menu is not None and menu.owner is self
        if event.key in ("down", "up"):
            if not is_open:
                self._open(matching(self.choices, "" if self.chosen else self.value) or list(self.choices))
            elif menu is not None:
                menu.move(1 if event.key == "down" else -1)
        elif event.key == "enter" and is_open and menu is not None and menu.highlighted is not None:
            self._choose(menu.highlighted.value)
            self.screen.focus_next()
        elif event.key == "escape" and is_open:
            self._close()
        else:
            return
        event.stop()
        event.prevent_default()

    def _on_blur(self, event: events.Blur) -> None:
        super()._on_blur(event)
        self.decide()

    def _menu(self) -> ChoiceMenu | None:
        return next(iter(self.screen.query(ChoiceMenu)), None) if self.is_attached else None

    def _open(self, choices: Sequence[Choice]) -> None:
        menu = self._menu()
        if not choices:
            self._close()
            return
        if menu is None:
            menu = ChoiceMenu()
            self.screen.mount(menu)
        numbers = {choice.value: number for number, choice in enumerate(self.choices, 1)}
        menu.open(self, [(numbers[choice.value], choice) for choice in choices], self.chosen)

    def _close(self) -> None:
        menu = self._menu()
        if menu is not None and menu.owner is self:
            menu.close()
