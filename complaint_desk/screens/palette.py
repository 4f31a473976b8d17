"""The command palette: every action of the screen and of the desk, by its name in the language in use."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from complaint_desk.locale import _


class DeskCommands(Provider):
    """Finds what has a key, and what has none."""

    def _commands(self) -> Iterator[tuple[str, str, Any]]:
        for active in self.screen.active_bindings.values():
            binding = active.binding
            if binding.id and binding.tooltip:
                yield (
                    _(binding.tooltip),
                    binding.key_display or "",
                    partial(self.app.run_action, binding.action, active.node),
                )
        for name, action in getattr(self.screen, "unkeyed_commands", dict)().items():
            yield name, "", partial(self.app.run_action, action, self.screen)
        for name, action in getattr(self.app, "unkeyed_commands", dict)().items():
            yield name, "", partial(self.app.run_action, action)
        bring_in = partial(self.app.run_action, "bring_in", self.app)
        yield _("Bring in the records of another program from a file."), "", bring_in
        yield _("Switch between the dark and the light screen."), "", partial(self.app.run_action, "light")

    async def discover(self) -> Hits:
        """Everything, before a letter is typed."""
        seen = set()
        for name, shown, command in self._commands():
            if name not in seen:
                seen.add(name)
                yield DiscoveryHit(Content(name), command, name, shown or None)

    async def search(self, query: str) -> Hits:
        """What matches the letters typed."""
        matcher = self.matcher(query)
        seen = set()
        for name, shown, command in self._commands():
            score = matcher.match(name)
            if query and query in name:
                score = max(score, 1.0)
            if score > 0 and name not in seen:
                seen.add(name)
                yield Hit(score, matcher.highlight(name), command, name, shown or None)
