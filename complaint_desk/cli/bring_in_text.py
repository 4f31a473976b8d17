"""What `import` answers: the file and its columns, then what became of its lines."""

from typing import TYPE_CHECKING, Any

from complaint_desk.cli.session import say
from complaint_desk.locale import _, aside
from complaint_desk.models.importing import ImportCounts, ImportPlan
from complaint_desk.rules.plain_text import plain, spelt_out

if TYPE_CHECKING:
    from complaint_desk.desk.desk import Desk


def show_plan(plan: ImportPlan, as_json: bool) -> None:
    """The file, and what its columns become."""
    if as_json:
        return
    from rich.cells import cell_len

    from complaint_desk.desk.importing.words_told import ORDER_NAMES, TARGET_NAMES, layout_words

    say(
        _("{file}: {lines} lines, {layout}").format(
            file=spelt_out(plan.name), lines=f"{plan.lines:,}", layout=spelt_out(layout_words(plan.layout))
        )
    )
    width = min(max((cell_len(plain(column.heading)) for column in plan.columns), default=0), 40)
    for column in plan.columns:
        heading = plain(column.heading)
        order = aside(_(ORDER_NAMES[column.order])) if column.order else ""
        meanings = ", ".join(
            f"{plain(value)} = {meaning}" for value, meaning in list(column.values.items())[:8]
        )
        gap = " " * max(1, width - cell_len(heading) + 1)
        say(f"  {heading}{gap}→ {_(TARGET_NAMES[column.to])}{order}" + (f"  {meanings}" if meanings else ""))


def tell_counts(desk: "Desk", plan: ImportPlan, counts: ImportCounts, written: bool, as_json: bool) -> None:
    """What became of the lines, or would."""
    from complaint_desk.desk.importing.words_told import counts_words, guessed_words

    if as_json:
        from complaint_desk.desk.ticket_json import on_one_line

        say(on_one_line(_object(plan, counts, written)))
        return
    for line in counts_words(counts, desk.settings.zone, written=written):
        say(spelt_out(line))
    for fault in counts.faults:
        where = _("line {number}").format(number=f"{fault.line:,}")
        heading = f"{plain(fault.column)}: " if fault.column else ""
        say(f"  {where}: {heading}{spelt_out(fault.reason)}")
    if counts.faulty > len(counts.faults):
        say("  …")
    for line in guessed_words(counts):
        say(f"  {spelt_out(line)}")
    if not written:
        say(_("Nothing was written. Add --yes to write."))


def _object(plan: ImportPlan, counts: ImportCounts, written: bool) -> dict[str, Any]:
    return {
        "file": plan.name,
        "kind": plan.layout.kind,
        "columns": [
            {"heading": c.heading, "to": c.to, "order": c.order, "values": dict(c.values)}
            for c in plan.columns
        ],
        "written": written,
        "lines": counts.read,
        "new": counts.new,
        "open": counts.open,
        "known": counts.known,
        "faulty": counts.faulty,
        "blank": counts.blank,
        "cancelled": counts.cancelled,
        "first_received": counts.first_received,
        "last_received": counts.last_received,
        "faults": [{"line": f.line, "column": f.column, "reason": f.reason} for f in counts.faults],
        "unknown_values": [
            {"heading": heading, "value": value, "lines": count}
            for (heading, value), count in counts.guessed.items()
        ],
        "faulty_file": counts.faulty_file,
    }
