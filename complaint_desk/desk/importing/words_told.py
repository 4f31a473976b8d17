"""What an import has to say, in sentences: for the command line and the screen."""

from collections.abc import Iterator
from datetime import datetime, tzinfo

from complaint_desk.locale import N_, _, listed, n_
from complaint_desk.models.importing import FileKind, FileLayout, ImportCounts, ImportPlan, OrderAsked, Target

TARGET_NAMES = {
    Target.RECORD: N_("record number"),
    Target.RECEIVED: N_("received"),
    Target.RECEIVED_TIME: N_("time of receipt"),
    Target.WHAT: N_("what happened"),
    Target.CALLER: N_("name of the caller"),
    Target.PHONE: N_("telephone"),
    Target.EXTENSION: N_("extension"),
    Target.WHEN: N_("when it happened"),
    Target.WHERE: N_("where"),
    Target.WHO: N_("who was involved"),
    Target.HOW: N_("how it went"),
    Target.REMEDY_WANTED: N_("what the caller wants"),
    Target.STATUS: N_("status"),
    Target.CHANNEL: N_("channel"),
    Target.CAUSE: N_("cause"),
    Target.TYPE: N_("kind of caller"),
    Target.SEVERITY: N_("severity"),
    Target.STORE: N_("store"),
    Target.OWNER: N_("owner"),
    Target.ASIDE: N_("kept beside"),
    Target.DROPPED: N_("left out"),
}
ORDER_NAMES = {
    "day-month-year": N_("day, month, year"),
    "month-day-year": N_("month, day, year"),
    "year-month-day": N_("year, month, day"),
}
_KINDS = {
    FileKind.TABLE: N_("a table"),
    FileKind.WORKBOOK: N_("a workbook"),
    FileKind.OBJECTS: N_("JSON objects"),
    FileKind.TICKETS: N_("whole tickets of a complaint desk"),
}
_DELIMITERS = {"\t": N_("tab"), "\x1f": "U+001F", "\x01": "U+0001"}
_ENCODINGS = {
    "utf-8-sig": "UTF-8",
    "utf-8": "UTF-8",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "big5": "Big5",
    "cp1252": "Windows-1252",
}


def kind_name(kind: FileKind) -> str:
    """What kind of file it is."""
    return _(_KINDS[kind])


def encoding_name(encoding: str) -> str:
    """An encoding as people write it."""
    return _ENCODINGS.get(encoding, encoding.upper())


def delimiter_name(delimiter: str) -> str:
    """The sign between cells, by name where it cannot be seen."""
    named = _DELIMITERS.get(delimiter)
    return _(named) if named else f"“{delimiter}”"


def layout_words(layout: FileLayout) -> str:
    """How the file is written."""
    parts = [kind_name(layout.kind)]
    if layout.sheet:
        parts.append(_("sheet “{name}”").format(name=layout.sheet))
    if layout.encoding:
        parts.append(encoding_name(layout.encoding))
    if layout.delimiter:
        parts.append(_("delimiter {sign}").format(sign=delimiter_name(layout.delimiter)))
    return listed(parts)


def asked_words(asked: OrderAsked) -> str:
    """Why a column's dates cannot be read without help."""
    orders = [(_(ORDER_NAMES[order]), cell) for order, cell in asked.examples]
    if asked.mixed:
        return _(
            "In the column “{heading}” dates are written both ways: “{one}” can only be {first}, “{other}” only "
            "{second}."
        ).format(
            heading=asked.heading,
            one=orders[0][1],
            first=orders[0][0],
            other=orders[1][1],
            second=orders[1][0],
        )
    return _(
        "In the column “{heading}” every date can be read in several ways: “{cell}” is {orders}."
    ).format(heading=asked.heading, cell=orders[0][1], orders=_(" or ").join(name for name, _cell in orders))


def missing_words(plan: ImportPlan) -> str:
    """What no column becomes; empty where nothing is missing."""
    if not plan.missing:
        return ""
    names = listed(f"“{_(TARGET_NAMES[target])}”" for target in plan.missing)
    return _("No column of {file} tells {names}. Say with a mapping which one does.").format(
        file=plan.name, names=names
    )


def counts_words(counts: ImportCounts, zone: tzinfo, *, written: bool) -> Iterator[str]:
    """What became of the lines, or would."""
    closed = counts.new - counts.open
    if written:
        yield n_(
            "One line became a ticket ({open} open, {closed} settled).",
            "{count} lines became tickets ({open} open, {closed} settled).",
            counts.new,
        ).format(count=f"{counts.new:,}", open=f"{counts.open:,}", closed=f"{closed:,}")
    else:
        yield n_(
            "One line would become a ticket ({open} open, {closed} settled).",
            "{count} lines would become tickets ({open} open, {closed} settled).",
            counts.new,
        ).format(count=f"{counts.new:,}", open=f"{counts.open:,}", closed=f"{closed:,}")
    if counts.first_received and counts.last_received:
        yield _("Received from {first} to {last}.").format(
            first=_day(counts.first_received, zone), last=_day(counts.last_received, zone)
        )
    if counts.known:
        yield n_(
            "One line is in the desk already.", "{count} lines are in the desk already.", counts.known
        ).format(count=f"{counts.known:,}")
    if counts.faulty:
        yield n_("One line is faulty.", "{count} lines are faulty.", counts.faulty).format(
            count=f"{counts.faulty:,}"
        )
    if counts.faulty_file:
        yield _("The faulty lines stand in {file}, each with its reason.").format(file=counts.faulty_file)
    if counts.cancelled:
        yield _("It was stopped. Do it again to go on: what is written already is passed over.")


def guessed_words(counts: ImportCounts) -> Iterator[str]:
    """Values that stand for nothing the desk knows."""
    for (heading, value), count in sorted(counts.guessed.items(), key=lambda pair: -pair[1])[:10]:
        yield n_(
            "{heading}: “{value}” stands for nothing the desk knows (one line); the text is kept beside.",
            "{heading}: “{value}” stands for nothing the desk knows ({count} lines); the text is kept beside.",
            count,
        ).format(heading=heading, value=value, count=f"{count:,}")


def _day(instant: str, zone: tzinfo) -> str:
    return datetime.fromisoformat(instant).astimezone(zone).strftime("%Y-%m-%d")
