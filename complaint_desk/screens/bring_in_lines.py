"""What the import screen shows, line by line, and how its keys change a mapping."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, tzinfo
from pathlib import Path

from rich.cells import set_cell_size
from textual.content import Content

from complaint_desk.desk.importing import words_told
from complaint_desk.locale import _, n_
from complaint_desk.models.importing import ColumnMap, FileKind, ImportCounts, ImportPlan, Target
from complaint_desk.widgets.pick_list import Pick
from complaint_desk.widgets.plain import visible

_ORDERS = tuple(words_told.ORDER_NAMES)
_DATES = (Target.RECEIVED, Target.WHEN)
_FAULTS = 4


def state(start_clocks: bool, done: bool) -> str:
    """Whether anything is written, and what becomes of the clocks."""
    if done:
        return _("written")
    clocks = _("our clocks start for open ones") if start_clocks else _("without clocks of ours")
    return f"{clocks} · " + _("nothing is written yet")


def about(plan: ImportPlan) -> str:
    """The file in a line."""
    return _("{file}: {lines} lines, {layout}").format(
        file=visible(plan.name), lines=f"{plan.lines:,}", layout=words_told.kind_name(plan.layout.kind)
    )


def picks(plan: ImportPlan, width: int) -> list[Pick]:
    """A line for each column: its heading, what it becomes, how it is read."""
    if plan.layout.kind is FileKind.TICKETS:
        return [Pick("0", _("Whole tickets: they come back with their numbers, clocks and history."))]
    asked = {each.column for each in plan.asked}
    head = max(min(width // 3, 34), 12)
    found = []
    for place, column in enumerate(plan.columns):
        becomes = _(words_told.TARGET_NAMES[column.to])
        how = _(words_told.ORDER_NAMES[column.order]) if column.order else ""
        if place in asked:
            how = _("? D tells the order of its dates")
        elif column.values:
            how = ", ".join(f"{visible(value)} = {meaning}" for value, meaning in column.values.items())
        line = f"{set_cell_size(visible(column.heading), head)} → {becomes}" + (f" · {how}" if how else "")
        found.append(Pick(str(place), set_cell_size(line, width).rstrip()))
    return found


def samples(plan: ImportPlan, place: int, width: int) -> list[Content]:
    """The first cells of a column."""
    texts = [cells[place] for cells in plan.samples if place < len(cells)]
    return [Content.styled(set_cell_size(visible(text) or "—", max(width, 10)), "$quiet") for text in texts]


def report(counts: ImportCounts, zone: tzinfo | None, *, written: bool) -> list[str]:
    """What became of the lines, the first faults, what was not understood."""
    told = list(words_told.counts_words(counts, zone or UTC, written=written))
    for fault in counts.faults[:_FAULTS]:
        where = _("line {number}").format(number=f"{fault.line:,}")
        heading = f"{fault.column}: " if fault.column else ""
        told.append(visible(f"{where}: {heading}{fault.reason}"))
    return [*told, *(visible(line) for line in words_told.guessed_words(counts))]


def wanting(plan: ImportPlan) -> str:
    """What must be told before the file can come in; empty where nothing must."""
    if plan.asked:
        return words_told.asked_words(plan.asked[0]) + " " + _("D tells which is meant.")
    return words_told.missing_words(plan)


def question(counts: ImportCounts, start_clocks: bool) -> str:
    """What is asked before anything is written."""
    asked = n_("Bring in one ticket?", "Bring in {count} tickets?", counts.new).format(
        count=f"{counts.new:,}"
    )
    if start_clocks and counts.open:
        asked += " " + _("Our clocks start now for the open ones.")
    if counts.faulty:
        asked += " " + _("Faulty lines go to a file of their own.")
    return asked


def turned(plan: ImportPlan, place: int, by: int) -> tuple[ColumnMap, ...]:
    """The mapping with another target for this column."""
    targets = list(Target)
    if not plan.columns:
        return plan.columns
    return becoming(plan, place, targets[(targets.index(plan.columns[place].to) + by) % len(targets)])


def becoming(plan: ImportPlan, place: int, to: str) -> tuple[ColumnMap, ...]:
    """The mapping with this target for this column; one that only one column can be is taken from the other."""
    target = Target(to)
    single = target in (Target.RECORD, Target.RECEIVED, Target.RECEIVED_TIME, Target.STATUS, Target.CHANNEL)
    return _with(
        (ColumnMap(column.heading, Target.ASIDE) if single and column.to is target else column)
        if at != place
        else ColumnMap(column.heading, target)
        for at, column in enumerate(plan.columns)
    )


def reordered(plan: ImportPlan, place: int) -> tuple[ColumnMap, ...] | None:
    """The mapping with the next order for this column's dates; None where it is not read as dates."""
    if not plan.columns or plan.columns[place].to not in _DATES:
        return None
    now = plan.columns[place].order
    chosen = _ORDERS[(_ORDERS.index(now) + 1) % len(_ORDERS)] if now in _ORDERS else _ORDERS[0]
    return _with(replace(c, order=chosen) if at == place else c for at, c in enumerate(plan.columns))


def keep(plan: ImportPlan) -> Path:
    """Write the mapping to a new file where a person looks for files. Raises FileRefused."""
    from complaint_desk.desk.exporting.new_file import new_file
    from complaint_desk.desk.exporting.places import folder, free
    from complaint_desk.desk.importing.mapping_file import mapping_toml

    path = free(folder() / f"{Path(plan.name).stem}-map.toml")
    with new_file(path) as stream:
        stream.write(mapping_toml(plan.columns, plan.name).encode("utf-8"))
    return path


def faulty_place(plan: ImportPlan) -> Path:
    """Where faulty lines go."""
    from complaint_desk.desk.exporting.places import folder, free

    ending = ".jsonl" if plan.layout.kind in (FileKind.OBJECTS, FileKind.TICKETS) else ".csv"
    return free(folder() / f"{Path(plan.name).stem}-faulty{ending}")


def _with(columns: Iterable[ColumnMap]) -> tuple[ColumnMap, ...]:
    return tuple(columns)


def target_picks() -> Sequence[Pick]:
    """Everything a column can become."""
    return [Pick(target.value, _(words_told.TARGET_NAMES[target])) for target in Target]
