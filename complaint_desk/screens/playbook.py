"""The playbook, to read and to search (F11): topics or what was found to the left, the words to the right."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content
from textual.getters import query_one
from textual.screen import Screen
from textual.widgets import Input

from complaint_desk.locale import _, language, n_
from complaint_desk.models.errors import DeskError
from complaint_desk.screens.at_desk import TellsFaults, at_desk
from complaint_desk.widgets.head_line import HeadLine
from complaint_desk.widgets.key_line import KeyHint, KeyLine
from complaint_desk.widgets.line_field import LineField
from complaint_desk.widgets.pick_list import Pick, PickList
from complaint_desk.widgets.plain import plain
from complaint_desk.widgets.sheet import Block, Heading, Sheet, Told

if TYPE_CHECKING:
    from complaint_desk.playbook.loader import Playbook
    from complaint_desk.playbook.reader import Page, Search

SEARCH_AFTER_SECONDS = 0.1
WIDE = 100
"""From so many columns on, labels stand beside what they name."""


class PlaybookScreen(TellsFaults, Screen[None]):
    """What the desk knows; it lies over the screen it was called from, which stays as it was.

    The cursor stays in the search line: letters search, the arrows move in the list, the page keys in the words.
    """

    CSS_PATH = "playbook.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012
    AUTO_FOCUS = "#find"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False, priority=True),
        Binding("down", "move(1)", show=False, priority=True),
        Binding("pageup", "page(-1)", show=False, priority=True),
        Binding("pagedown", "page(1)", show=False, priority=True),
        Binding("escape", "back", show=False, priority=True),
        Binding("f11,ctrl+b", "leave", show=False, priority=True),
    ]

    head = query_one("#head", HeadLine)
    find = query_one("#find", LineField)
    index = query_one("#index", PickList)
    words = query_one("#words", Sheet)
    key_line = query_one("#key-line", KeyLine)

    def __init__(self) -> None:
        super().__init__()
        self._playbook: Playbook | None = None
        self._search: Search | None = None
        self._pages: dict[str, tuple[Page, ...]] = {}
        """The pages behind each line of the list: a topic's, or one that was found."""
        self._says = ""

    def compose(self) -> ComposeResult:
        """The search line, the list beside the words, the keys."""
        yield HeadLine(id="head")
        yield LineField("find")
        with Container(id="room"):
            yield PickList([], id="index")
            yield Sheet(id="words")
        yield KeyLine(id="key-line")

    def on_mount(self) -> None:
        """Show the screen at once and read the playbook beside it."""
        self.index.can_focus = self.words.can_focus = False
        self.speak()

    def speak(self) -> None:
        """Say everything in the language in use; what is searched for stays."""
        self.find.placeholder = _("Search in Chinese or English; two characters are enough")
        self.key_line.show(
            [
                KeyHint("↑ ↓", _("Choose"), 1),
                KeyHint("PgUp PgDn", _("Read on"), 2),
                KeyHint("Esc", _("Back"), 0),
                KeyHint("F12", "中/EN", 4),
            ]
        )
        self._show_head()
        self.look()

    def on_resize(self, event: events.Resize) -> None:
        """Labels beside the words, or over them."""
        self._show_page()

    # Reading

    @on(Input.Changed, "#find")
    def typed(self) -> None:
        """Search a moment after the last letter."""
        self.look()

    @work(group="look", exclusive=True, exit_on_error=False)
    async def look(self) -> None:
        """List the topics, or the pages that hold every word typed."""
        if self._search is not None:
            await asyncio.sleep(SEARCH_AFTER_SECONDS)
        sought, speech = self.find.words.strip(), language()
        try:
            desk = await at_desk(self).desk_ready()
        except DeskError as error:
            self._says = str(error)
            self._show_head()
            return
        self._playbook = desk.playbook
        if sought:
            await self._list_found(desk.playbook, sought, speech)
        else:
            await self._list_topics(desk.playbook, speech)
        self._show_page()

    async def _list_topics(self, playbook: Playbook, speech: str) -> None:
        def read() -> tuple[list[Pick], dict[str, tuple[Page, ...]]]:
            from complaint_desk.playbook.reader import Reader

            reader = Reader(playbook, speech)
            topics = reader.topics()
            return [Pick(key, name) for key, name, _about in topics], {
                key: reader.pages(key) for key, *_ in topics
            }

        picks, self._pages = await asyncio.to_thread(read)
        self._says = n_("{count} topic", "{count} topics", len(picks)).format(count=len(picks))
        self._offer(picks)

    async def _list_found(self, playbook: Playbook, sought: str, speech: str) -> None:
        def search() -> tuple[list[Pick], dict[str, tuple[Page, ...]]]:
            from complaint_desk.playbook.reader import Search

            if self._search is None:
                self._search = Search(playbook)
            found = [each.page for each in self._search.find(sought, speech)]
            keys = [f"{page.topic}.{page.key}" for page in found]
            return (
                [Pick(key, page.title) for key, page in zip(keys, found, strict=True)],
                {key: (page,) for key, page in zip(keys, found, strict=True)},
            )

        picks, self._pages = await asyncio.to_thread(search)
        if picks:
            self._says = n_("{count} entry found", "{count} entries found", len(picks)).format(
                count=len(picks)
            )
        else:
            self._says = _("Nothing found. Fewer words find more.")
        self._offer(picks)

    def _offer(self, picks: list[Pick]) -> None:
        current = self.index.current
        values = [pick.value for pick in picks]
        self.index.at = values.index(current.value) if current and current.value in values else 0
        self.index.show(picks)

    # Showing

    def _show_head(self) -> None:
        self.head.show(Content.styled(_("Playbook"), "bold"), plain(self._says))

    def _show_page(self) -> None:
        if not self.is_mounted:
            return
        self._show_head()
        current = self.index.current
        blocks: list[Block] = []
        for page in self._pages.get(current.value, ()) if current else ():
            blocks.append(Heading(self._heading(page)))
            blocks += self._rows(page)
        if tuple(blocks) != self.words.blocks:
            self.words.show(blocks)
            self.words.scroll_home(animate=False)

    def _rows(self, page: Page) -> Iterator[Block]:
        """The parts of an entry beside their labels; under them where there is little room."""
        for row in page.rows:
            if self.size.width >= WIDE:
                yield Told(row.label, "\n".join(row.texts))
            else:
                yield Told("", row.label, "label")
                yield from (Told("", f"· {text}") for text in row.texts)

    def _heading(self, page: Page) -> str:
        title = page.title
        if self.find.words.strip() and self._playbook is not None:
            title = f"{self._playbook.topic_name(page.topic)[language()]} · {title}"
        return _("{title} (the store's own words)").format(title=title) if page.own else title

    # Moving

    def action_move(self, by: int) -> None:
        """To the next line of the list or the one before."""
        self.index.action_move(by)
        self._show_page()

    def action_page(self, by: int) -> None:
        """Read on, or back."""
        self.words.scroll_relative(y=by * max(self.words.size.height - 2, 1), animate=False)

    def action_back(self) -> None:
        """Clear the search; with nothing searched for, back to where one was."""
        if self.find.value:
            self.find.value = ""
        else:
            self.dismiss(None)

    def action_leave(self) -> None:
        """Back to where one was."""
        self.dismiss(None)
