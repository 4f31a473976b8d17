"""What a country's yearly notice says: public holidays, and the weekend days worked in their place (调休)."""

from collections.abc import Mapping, Set
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

    None if the day is no public holiday, or one that has no name but only the date it was moved from.
    """
    name = _named(country, day.year, language).get(day)
    return None if name is None or any(sign.isdigit() for sign in name) else name


@lru_cache(maxsize=64)
def _named(country: str, year: int, language: str) -> Mapping[date, str]:
    from holidays import country_holidays

    plain = country_holidays(country, years=year)
    wished = {"en": "en_US"}.get(language, language)
    if wished not in plain.supported_languages:
        return dict(plain)
    return dict(country_holidays(country, years=year, language=wished))
