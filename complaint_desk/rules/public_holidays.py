"""What a country's yearly notice says: public holidays, and the weekend days worked in their place (调休)."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

COUNTRIES_KNOWN_BY_NOTICE_ONLY = frozenset({"CN"})
"""Countries whose holidays are not known until the year's notice is out, as it moves working days about.

The notice of every year so far has make-up days; a year without one in the library's data is not out yet.
"""


@dataclass(frozen=True, slots=True)
class Notice:
    """One year's public holidays and make-up working days."""

    holidays: Set[date]
    make_up_days: Set[date]


@lru_cache(maxsize=1)
def country_codes() -> frozenset[str]:
    """The countries whose public holidays are known, as two capital letters (ISO 3166-1)."""
    from holidays import list_supported_countries

    return frozenset(list_supported_countries(include_aliases=False))


@lru_cache(maxsize=1024)
def notice_of(country: str, year: int) -> Notice | None:
    """What is known of a country's year; None where its notice is not out.

    Raises ValueError for a country that is not in `country_codes`.
    """
    from holidays import country_holidays

    if country not in country_codes():
        raise ValueError(country)
    known = country_holidays(country, years=year)
    # The library carries make-up days of other years along, where a notice reaches into the year before.
    make_up_days = frozenset(day for day in known.weekend_workdays if day.year == year)
    if country in COUNTRIES_KNOWN_BY_NOTICE_ONLY and not make_up_days:
        return None
    return Notice(frozenset(day for day in known if day.year == year), make_up_days)


def holiday_name(country: str, day: date, language: str) -> str | None:
    """What a public holiday is called in this language (`zh_CN` or `en`), else as its country calls it.

    None if the day is no public holiday.
    """
    from holidays import country_holidays

    plain = country_holidays(country, years=day.year)
    wished = {"en": "en_US"}.get(language, language)
    if wished not in plain.supported_languages:
        return plain.get(day)
    return country_holidays(country, years=day.year, language=wished).get(day)
