"""The desk's two languages: gettext catalogues and the one place that knows which is in use.

Message ids are the English sentences. The language can change at any moment, so text is looked up when it
is shown.
"""

import gettext
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

LANGUAGES = ("zh_CN", "en")
"""The languages the desk speaks, as their gettext names."""

_in_use: list[gettext.NullTranslations] = [gettext.NullTranslations()]
_language: list[str] = ["en"]


@lru_cache(maxsize=len(LANGUAGES))
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation("complaint_desk", Path(__file__).parent, [language], fallback=True)


def use(language: str) -> None:
    """Speak this language from now on; the program is the unit, as one person sits at one seat.

    Raises ValueError for a language the desk does not speak.
    """
    if language not in LANGUAGES:
        raise ValueError(language)
    _in_use[0] = _catalogue(language)
    _language[0] = language


def language() -> str:
    """The language in use, one of `LANGUAGES`."""
    return _language[0]


def _(message: str) -> str:
    """This sentence in the language in use."""
    return _in_use[0].gettext(message)


def n_(singular: str, plural: str, count: int) -> str:
    """This sentence for so many, in the language in use."""
    return _in_use[0].ngettext(singular, plural, count)


def N_(message: str) -> str:
    """Mark a sentence for the catalogue without translating it yet."""
    return message


def listed(names: Iterable[str]) -> str:
    """Names in a row, as the language separates them."""
    return ("、" if language() == "zh_CN" else ", ").join(names)


def aside(words: str) -> str:
    """Words in brackets after others, as the language sets them."""
    return f"（{words}）" if language() == "zh_CN" else f" ({words})"
