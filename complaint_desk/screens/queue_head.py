"""The line above the queue: its views with how many lines each has, as far as there is room."""

from textual.content import Content

from complaint_desk.desk.view_names import view_name
from complaint_desk.locale import _
from complaint_desk.models.queue_view import QueueChoice, QueueView
from complaint_desk.models.ticket import QueueCounts
from complaint_desk.widgets.plain import plain

VIEWS = tuple(QueueView)
"""In the order of the digits that choose them."""
_WORDS_FROM = 100
"""From so many columns on there is room for words on both sides."""


def head_of(counts: QueueCounts, choice: QueueChoice, soon: int, width: int) -> Content:
    """The views in the longest form that fits: all of them, those with a line, the one looked at in words only."""
    filled = [view for view in VIEWS if counts.views.get(view) or view in (choice.view, QueueView.ALL)]
    forms = (
        (VIEWS, " │ ", True),
        (VIEWS, "  ", True),
        (filled, " │ ", True),
        (filled, "  ", True),
        (filled, "  ", False),
    )
    found = Content("")
    for views, gap, named in forms:
        parts = [_part(view, counts, choice, named or view is choice.view) for view in views]
        found = Content.assemble(*_before(counts, choice, soon), Content.styled(gap, "$quiet").join(parts))
        if found.cell_length <= width:
            break
    return found


def _before(counts: QueueCounts, choice: QueueChoice, soon: int) -> list[Content]:
    parts = []
    if choice.store is not None:
        parts.append(plain(f"{choice.store}: ").stylize("bold"))
    if counts.flagged:
        parts.append(Content.styled(f"⚑ {counts.flagged:,}  ", "$accent"))
    if soon:
        parts.append(Content.styled(f"▲ {soon:,}  ", "$warn"))
    return parts


def _part(view: QueueView, counts: QueueCounts, choice: QueueChoice, named: bool) -> Content:
    count = counts.views.get(view, 0)
    sign = {QueueView.LATE: "!", QueueView.PAUSED: "‖"}.get(view, "")
    name = view_name(view) if named else ""
    words = " ".join(part for part in (str(VIEWS.index(view) + 1), sign, name, f"{count:,}") if part)
    if view is choice.view:
        return Content.styled(
            words, "bold reverse" if view is not QueueView.LATE or not count else "bold $error reverse"
        )
    if not count:
        return Content.styled(words, "$quiet")
    return Content.styled(words, "$error" if view is QueueView.LATE else "")


def about_lines(place: int, total: int, marked: int, more: bool, width: int) -> Content:
    """Where the cursor stands, and how many tickets are marked; in figures alone where there is little room."""
    parts = []
    narrow = bool(marked) and width < _WORDS_FROM
    if marked:
        words = f"{marked:,}" if narrow else _("{count} marked").format(count=f"{marked:,}")
        parts.append(Content.styled("● " + words, "$mark"))
    if total:
        last = f"{total:,}" + ("+" if more else "")
        of = f"{place:,}/{last}" if narrow else _("{place} of {total}").format(place=f"{place:,}", total=last)
        parts.append(Content.styled(of, "$quiet"))
    return Content("  ").join(parts)
