"""Dates and times as a person says them, in the language in use and the store's time zone."""

from datetime import datetime, tzinfo

from complaint_desk.locale import N_, _
from complaint_desk.models.enums import Precision

_WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
_MONTHS = (
    N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), N_("May"), N_("Jun"),
    N_("Jul"), N_("Aug"), N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec"),
)  # fmt: skip


def day_words(at: datetime, now: datetime, zone: tzinfo) -> str:
    """The day with its weekday; the year only where it is not this one: `Sat 21 Nov`."""
    local = at.astimezone(zone)
    parts = {
        "weekday": _(_WEEKDAYS[local.weekday()]),
        "day": local.day,
        "month": _(_MONTHS[local.month - 1]),
        "year": local.year,
    }
    if local.year == now.astimezone(zone).year:
        return _("{weekday} {day} {month}").format(**parts)
    return _("{weekday} {day} {month} {year}").format(**parts)


def moment_words(at: datetime, now: datetime, zone: tzinfo) -> str:
    """The day, as today or tomorrow where it is, and the time: `tomorrow 10:28`."""
    local = at.astimezone(zone)
    away = (local.date() - now.astimezone(zone).date()).days
    near = {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}
    day = near.get(away) or day_words(at, now, zone)
    return _("{day} {time}").format(day=day, time=f"{local:%H:%M}")


def due_words(due_at: datetime, now: datetime, zone: tzinfo) -> str:
    """A due time as it is said to a caller: `by tomorrow 10:28`."""
    return _("by {moment}").format(moment=moment_words(due_at, now, zone))


def when_words(at: datetime, precision: Precision | None, now: datetime, zone: tzinfo) -> str:
    """When it happened, no more exactly than the caller said: `Sat 21 Nov 15:00 (to the hour)`."""
    local = at.astimezone(zone)
    day, time = day_words(at, now, zone), f"{local:%H:%M}"
    match precision:
        case Precision.HOUR:
            return _("{day} {time} (to the hour)").format(day=day, time=time)
        case Precision.PART:
            return _("{day} from {time} (part of the day)").format(day=day, time=time)
        case Precision.DAY:
            return _("{day} (the day)").format(day=day)
        case Precision.WEEK:
            return _("the week from {day}").format(day=day)
        case Precision.MONTH:
            return _("{month} {year} (the month)").format(month=_(_MONTHS[local.month - 1]), year=local.year)
        case _:
            return _("{day} {time}").format(day=day, time=time)
