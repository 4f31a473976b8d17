"""Moments as a person or a program writes them on the command line."""

import re
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING

from complaint_desk.locale import _
from complaint_desk.models.enums import Precision
from complaint_desk.models.errors import FieldRefused
from complaint_desk.rules.plain_text import plain

if TYPE_CHECKING:
    from complaint_desk.desk.desk import Desk

_HAS_AN_HOUR = re.compile(r"\d[Tt ]\d")


def past_moment(desk: "Desk", told: str | None) -> datetime | None:
    """When something happened, None if not told. Raises FieldRefused, field `at`, for what cannot be read."""
    if told is None:
        return None
    if exact := _exact(told, desk.settings.zone):
        return exact
    read = desk.understand_when(told, desk.clock())
    if read.at is None:
        raise FieldRefused(
            "at",
            _(
                "“{said}” is no time in the past that can be read. Write it like 2026-11-20T15:30:00+08:00."
            ).format(said=plain(told)),
        )
    if read.precision not in (Precision.MINUTE, Precision.HOUR):
        raise FieldRefused(
            "at",
            _("“{said}” does not say the hour, and clocks are met to the minute. Say when it was.").format(
                said=plain(told)
            ),
        )
    return read.at


def moment_to_come(desk: "Desk", told: str) -> datetime:
    """Until when something lasts. Raises FieldRefused, field `until`, for what cannot be read."""
    from complaint_desk.rules.spoken_time import read_future_time

    if exact := _exact(told, desk.settings.zone):
        return exact
    read = read_future_time(told, desk.clock(), desk.settings.zone)
    if read.at is None:
        raise FieldRefused(
            "until",
            _(
                "“{said}” is no time to come that can be read. Write it like 2026-11-20T15:30:00+08:00. "
                "Nothing was written."
            ).format(said=plain(told)),
        )
    return read.at


def _exact(told: str, zone: tzinfo) -> datetime | None:
    """The moment of a date and an hour in ISO 8601, in the store's zone where it names none; None for other words."""
    try:
        exact = datetime.fromisoformat(told.strip())
        if _HAS_AN_HOUR.search(told):
            return (exact if exact.tzinfo else exact.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    return None
