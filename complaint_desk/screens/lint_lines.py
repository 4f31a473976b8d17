"""Words of the agent that should be said otherwise, as quiet lines on a card."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from complaint_desk.locale import _
from complaint_desk.widgets.plain import plain

if TYPE_CHECKING:
    from complaint_desk.desk.coach import Lint

MOST_LINTS = 2
"""So many findings in the agent's own words are shown at a time."""


def lint_lines(found: Sequence[Lint]) -> Content:
    """What was said, and what to say instead."""
    lines = [
        Content.assemble(
            ("· ", "$mark"), plain(_("“{words}” → {instead}").format(words=each.words, instead=each.instead))
        )
        for each in found[:MOST_LINTS]
    ]
    return Content("\n").join(lines)
