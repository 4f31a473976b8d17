"""Why this deadline: each addend of a due time as a sentence that a caller could be told."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta, tzinfo

from complaint_desk.locale import N_, _, language, n_
from complaint_desk.rules.addends import Addend, AddendCode
from complaint_desk.rules.local_time import shown_in
from complaint_desk.rules.public_holidays import holiday_name
from complaint_desk.rules.sla_targets import Target, TargetUnit

_WEEKDAYS = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)
_MONTHS = (
    N_("January"),
    N_("February"),
    N_("March"),
    N_("April"),
    N_("May"),
    N_("June"),
    N_("July"),
    N_("August"),
    N_("September"),
    N_("October"),
    N_("November"),
    N_("December"),
)


def day_in_words(day: date) -> str:
    """A day in full, in the language in use: "Friday, 20 February 2026"."""
    return _("{weekday}, {day} {month} {year}").format(
        weekday=_(_WEEKDAYS[day.weekday()]), day=day.day, month=_(_MONTHS[day.month - 1]), year=day.year
    )


def moment_in_words(instant: datetime, zone: tzinfo) -> str:
    """An instant as the zone's clocks show it: the day in full and the time, seconds only if it has any."""
    local = shown_in(instant, zone)
    time = f"{local:%H:%M:%S}" if local.second else f"{local:%H:%M}"
    return _("{day} at {time}").format(day=day_in_words(local), time=time)


def length_in_words(length: timedelta) -> str:
    """A length of time in days, hours, minutes and seconds, those that are not zero."""
    hours, rest = divmod(length.seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    parts = [
        n_("{number} day", "{number} days", length.days).format(number=length.days) if length.days else "",
        n_("{number} hour", "{number} hours", hours).format(number=hours) if hours else "",
        n_("{number} minute", "{number} minutes", minutes).format(number=minutes) if minutes else "",
        n_("{number} second", "{number} seconds", seconds).format(number=seconds) if seconds else "",
    ]
    words = ""
    for part in filter(None, parts):
        words = _("{longer} {shorter}").format(longer=words, shorter=part) if words else part
    return words or _("less than a second")


def explained(why: Iterable[Addend], zone: tzinfo) -> list[str]:
    """A due time explained line by line, times in the zone, in the language in use."""
    return [_sentence(addend, zone) for addend in why]


def _sentence(addend: Addend, zone: tzinfo) -> str:
    match addend:
        case Addend(code=AddendCode.TARGET, target=Target() as target):
            return _allowed(target)
        case Addend(at=datetime() as at, until=datetime() as until):
            return _pause(addend, moment_in_words(at, zone), moment_in_words(until, zone))
        case Addend(at=datetime() as at):
            return _(_AT[addend.code]).format(moment=moment_in_words(at, zone))
        case Addend(code=AddendCode.HOLIDAY, day=date() as day, country=str(country)):
            name = holiday_name(country, day, language())
            if name is None:
                return _("{day} is a public holiday and does not count.").format(day=day_in_words(day))
            return _("{day} is a public holiday and does not count: {name}.").format(
                day=day_in_words(day), name=name
            )
        case Addend(day=date() as day):
            return _(_ON[addend.code]).format(day=day_in_words(day))
        case Addend(code=AddendCode.UNKNOWN_YEAR, number=int(year)):
            return _(
                "The public holidays of {year} are not announced yet: its days are counted by the weekday, "
                "without them."
            ).format(year=year)
        case Addend(code=AddendCode.WEEKLY_REST, number=int(number)):
            return n_(
                "{number} weekly closing day in between does not count.",
                "{number} weekly closing days in between do not count.",
                number,
            ).format(number=number)
    raise ValueError(addend)


_AT = {
    AddendCode.RECEIPT: N_("The complaint was received on {moment}."),
    AddendCode.SKIPPED_LOCAL_TIME: N_(
        "The change to summer time skips that time of day: it becomes {moment}."
    ),
    AddendCode.DOUBLED_LOCAL_TIME: N_(
        "The end of summer time makes that time of day come twice: the first counts, {moment}."
    ),
    AddendCode.PAUSE_TOO_LATE: N_(
        "The pause from {moment} began when the time was already up: it moves nothing."
    ),
    AddendCode.RESULT: N_("So it is due on {moment}."),
}
_ON = {
    AddendCode.CLOSED_DAY: N_("On {day} the store is closed: the day does not count."),
    AddendCode.HOLIDAY: N_("{day} is a public holiday and does not count."),
    AddendCode.MAKE_UP_DAY: N_("{day} is a working day in place of another."),
    AddendCode.OPENED_DAY: N_("On {day} the store is open at hours of its own."),
}


def _allowed(target: Target) -> str:
    number = target.number
    match target.unit:
        case TargetUnit.HOURS:
            words = n_(
                "{number} hour is allowed, day and night.",
                "{number} hours are allowed, day and night.",
                number,
            )
        case TargetUnit.DAYS:
            words = n_(
                "{number} calendar day is allowed, to the same time of day.",
                "{number} calendar days are allowed, to the same time of day.",
                number,
            )
        case TargetUnit.WORKING_HOURS:
            words = n_(
                "{number} hour is allowed, counted while the store is open.",
                "{number} hours are allowed, counted while the store is open.",
                number,
            )
        case TargetUnit.WORKING_DAYS:
            words = n_(
                "{number} working day after the day of receipt is allowed, to its close.",
                "{number} working days after the day of receipt are allowed, to the close of the last.",
                number,
            )
    return words.format(number=number)


def _pause(addend: Addend, start: str, end: str) -> str:
    if addend.code is AddendCode.PAUSE_OPEN:
        return _(
            "The clock has stood still since {start}: the due time is as if it went on from {end}."
        ).format(start=start, end=end)
    if not addend.length and not addend.number:
        return _(
            "From {start} to {end} the clock stood still, which took nothing from the time allowed."
        ).format(start=start, end=end)
    if addend.length:
        return _("From {start} to {end} the clock stood still: {length} did not count.").format(
            start=start, end=end, length=length_in_words(addend.length)
        )
    days = addend.number or 0
    return n_(
        "From {start} to {end} the clock stood still: {number} working day did not count.",
        "From {start} to {end} the clock stood still: {number} working days did not count.",
        days,
    ).format(start=start, end=end, number=days)
