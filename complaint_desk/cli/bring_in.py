"""`import`: the records of another program, looked at first, then written."""

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from complaint_desk.cli.arguments import json_object
from complaint_desk.cli.bring_in_text import show_plan, tell_counts
from complaint_desk.cli.progress import bar
from complaint_desk.cli.session import DONE, MISUSED, REFUSED, complain, open_desk
from complaint_desk.locale import _
from complaint_desk.models.enums import TicketStatus
from complaint_desk.models.errors import FileRefused
from complaint_desk.models.importing import ColumnMap, ImportPlan
from complaint_desk.rules.importing.dates import DateOrder

if TYPE_CHECKING:
    from complaint_desk.desk.desk import Desk

_SHORT_ORDERS = {"dmy": DateOrder.DAY_FIRST, "mdy": DateOrder.MONTH_FIRST, "ymd": DateOrder.YEAR_FIRST}


def register(app: typer.Typer) -> None:
    """Add the command, its help in the language in use."""

    @app.command(
        "import",
        help=_(
            "Bring in records of another program: CSV, TSV, XLSX, or JSON, one object a line. Without --yes it only "
            "says what would happen. The same file twice makes no ticket twice."
        ),
    )
    def bring_in(
        context: typer.Context,
        file: Annotated[Path, typer.Argument(metavar="FILE", help=_("The file to bring in."))],
        yes: Annotated[bool, typer.Option("--yes", help=_("Write. Without it nothing is written."))] = False,
        mapping: Annotated[
            Path | None,
            typer.Option("--map", metavar="FILE", help=_("Take the columns as this mapping (TOML) says.")),
        ] = None,
        write_map: Annotated[
            Path | None,
            typer.Option("--write-map", metavar="FILE", help=_("Write the mapping there, to edit and keep.")),
        ] = None,
        date_order: Annotated[
            str | None,
            typer.Option(
                "--date-order",
                metavar="dmy|mdy|ymd",
                help=_("The order of dates that the file does not tell."),
            ),
        ] = None,
        encoding: Annotated[
            str | None, typer.Option("--encoding", metavar="NAME", help=_("Read the text in this encoding."))
        ] = None,
        delimiter: Annotated[
            str | None, typer.Option("--delimiter", metavar="SIGN", help=_("The sign between cells."))
        ] = None,
        sheet: Annotated[
            str | None, typer.Option("--sheet", metavar="NAME", help=_("The sheet of a workbook."))
        ] = None,
        status: Annotated[
            str,
            typer.Option(
                "--status",
                metavar="open|resolved|closed",
                help=_("What lines are whose status the file does not tell."),
            ),
        ] = TicketStatus.OPEN.value,
        start_clocks: Annotated[
            bool,
            typer.Option("--start-clocks", help=_("Start our clocks for those that are open, from now on.")),
        ] = False,
        faulty: Annotated[
            Path | None,
            typer.Option(
                "--faulty",
                metavar="FILE",
                help=_("Write faulty lines there; by default beside you, named after the file."),
            ),
        ] = None,
        as_json: Annotated[bool, json_object()] = False,
    ) -> None:
        order = _order(date_order)
        if status not in set(TicketStatus):
            complain(_("--status must be one of {words}.").format(words=", ".join(TicketStatus)))
            raise typer.Exit(MISUSED)
        sign = {"\\t": "\t", "tab": "\t"}.get(delimiter, delimiter) if delimiter else None
        if sign is not None and (len(sign) != 1 or sign in "\r\n\"'"):
            complain(_("The delimiter is a single sign, such as ; or tab."))
            raise typer.Exit(MISUSED)
        with open_desk(context) as desk:
            passed, ended = bar()
            try:
                columns = _mapping(mapping)
                look = desk.look_at_file(file, encoding=encoding, delimiter=sign, sheet=sheet, passed=passed)
                plan = look.plan(columns, order)
                if plan.asked and sys.stdin.isatty() and not as_json:
                    ended()
                    plan = look.plan(columns, _ask(plan))
            finally:
                ended()
            if write_map is not None:
                _write_map(write_map, plan)
            show_plan(plan, as_json)
            _must_be_ready(plan)
            raise typer.Exit(_go(desk, plan, TicketStatus(status), yes, start_clocks, faulty, as_json))


def _go(
    desk: "Desk",
    plan: ImportPlan,
    status: TicketStatus,
    yes: bool,
    start_clocks: bool,
    faulty: Path | None,
    as_json: bool,
) -> int:
    passed, ended = bar()
    with _stopped_by_hand() as stop:
        try:
            if yes:
                counts = desk.bring_in(
                    plan,
                    status=status,
                    start_clocks=start_clocks,
                    faulty_to=faulty or _faulty_beside_us(plan),
                    passed=passed,
                    stop=stop,
                )
            else:
                counts = desk.try_import(plan, status=status, passed=passed, stop=stop)
        finally:
            ended()
    tell_counts(desk, plan, counts, yes, as_json)
    return REFUSED if counts.faulty or counts.cancelled else DONE


@contextmanager
def _stopped_by_hand() -> Iterator[Callable[[], bool]]:
    """Ctrl+C ends the work after the batch at hand, so that nothing is left by halves."""
    asked = False

    def ask(_signal: int, _frame: object) -> None:
        nonlocal asked
        asked = True

    try:
        before = signal.signal(signal.SIGINT, ask)
    except ValueError:
        yield lambda: False
        return
    try:
        yield lambda: asked
    finally:
        signal.signal(signal.SIGINT, before)


def _order(told: str | None) -> DateOrder | None:
    if told is None:
        return None
    order = _SHORT_ORDERS.get(told.lower())
    if order is None and told in set(DateOrder):
        order = DateOrder(told)
    if order is None:
        complain(
            _("--date-order must be one of {words}.").format(words=", ".join((*_SHORT_ORDERS, *DateOrder)))
        )
        raise typer.Exit(MISUSED)
    return order


def _mapping(path: Path | None) -> tuple[ColumnMap, ...] | None:
    from complaint_desk.desk.importing.mapping_file import read_mapping

    return read_mapping(path) if path is not None else None


def _write_map(path: Path, plan: ImportPlan) -> None:
    from complaint_desk.desk.importing.mapping_file import mapping_toml

    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(mapping_toml(plan.columns, plan.name))
    except FileExistsError as error:
        raise FileRefused(
            _("{file} is there already and was left as it is. Name another one.").format(file=path)
        ) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise FileRefused(
            _("{file} cannot be written: {reason}.").format(file=path, reason=reason)
        ) from error


def _faulty_beside_us(plan: ImportPlan) -> Path:
    stem = Path(plan.name).stem
    ending = ".jsonl" if plan.layout.kind in ("objects", "tickets") else ".csv"
    names = (f"{stem}-faulty{f'-{number}' if number > 1 else ''}{ending}" for number in range(1, 10_000))
    return next(path for name in names if not (path := Path.cwd() / name).exists())


def _ask(plan: ImportPlan) -> DateOrder:
    """Ask on the terminal which order is meant."""
    from complaint_desk.desk.importing.words_told import ORDER_NAMES, asked_words

    asked = plan.asked[0]
    complain(asked_words(asked))
    orders = [DateOrder(order) for order, _cell in asked.examples]
    for number, order in enumerate(orders, 1):
        complain(f"  {number}  {_(ORDER_NAMES[order])}")
    while True:
        told = str(typer.prompt(_("Which is meant?"), err=True)).strip()
        if told.isdecimal() and 1 <= int(told) <= len(orders):
            return orders[int(told) - 1]


def _must_be_ready(plan: ImportPlan) -> None:
    from complaint_desk.desk.importing.words_told import asked_words, missing_words

    for asked in plan.asked:
        orders = " | ".join(order for order, _cell in asked.examples)
        complain(f"{asked_words(asked)} " + _("Say which: --date-order {orders}.").format(orders=orders))
    if words := missing_words(plan):
        complain(words + " " + _("--write-map FILE writes one to edit, --map FILE takes it."))
    if not plan.is_ready:
        complain(_("Nothing was written."))
        raise typer.Exit(MISUSED)
