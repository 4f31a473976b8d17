"""What the radar found, in sentences of the language in use."""

from collections.abc import Iterator
from typing import Any

from complaint_desk.locale import N_, _, n_
from complaint_desk.models.radar import Alike, Duplicate, Echo, Radar, SignKind

_KINDS = {
    SignKind.BATCH: N_("batch {named}"),
    SignKind.CODE: N_("code {named}"),
    SignKind.PERSON: N_("{named}, of the staff"),
    SignKind.TILL: N_("{named}, the till"),
    SignKind.PRODUCT: N_("{named}"),
}
_ALIKE = {
    Alike.NUMBER: N_("same number"),
    Alike.NAME: N_("same name"),
    Alike.WORDS: N_("similar words"),
    Alike.NAMED: N_("names the same thing"),
    Alike.TIME: N_("same time"),
}
_LONGEST_NAME = 24


def ordinal(number: int) -> str:
    """2nd, 3rd, 11th; in Chinese the number alone."""
    teen = number % 100 in (11, 12, 13)
    endings = {1: N_("{number}st"), 2: N_("{number}nd"), 3: N_("{number}rd")}
    ending = N_("{number}th") if teen else endings.get(number % 10, N_("{number}th"))
    return _(ending).format(number=f"{number:,}")


def echo_words(echo: Echo) -> str:
    """One thing that others name too: `yoghurt: 3rd in 7 days (1 injury)`."""
    named = echo.said if len(echo.said) <= _LONGEST_NAME else echo.said[:_LONGEST_NAME] + "…"
    named = _(_KINDS[echo.kind]).format(named=named)
    if echo.at_least:
        count = _("more than {count} in {days} days").format(count=echo.others, days=echo.days)
    else:
        count = _("{ordinal} in {days} days").format(ordinal=ordinal(echo.others + 1), days=echo.days)
    counted = [
        words.format(count=number)
        for number, words in (
            (echo.injuries, n_("{count} injury", "{count} injuries", echo.injuries)),
            (echo.food_safety, n_("{count} of food safety", "{count} of food safety", echo.food_safety)),
        )
        if number
    ]
    grave = _(" ({flagged})").format(flagged=_(", ").join(counted)) if counted else ""
    return _("{named}: {count}{grave}").format(named=named, count=count, grave=grave)


def duplicate_words(duplicate: Duplicate) -> str:
    """An open ticket that may be the same: `perhaps S01-261121-002 again: same number, similar words`."""
    reasons = _(", ").join(_(_ALIKE[reason]) for reason in duplicate.alike)
    return _("perhaps {number} again: {reasons}").format(number=duplicate.number, reasons=reasons)


def radar_line(radar: Radar) -> str:
    """The whole of it in one calm line, the gravest first; empty where there is nothing to say."""
    echoes, duplicates = [echo_words(echo) for echo in radar.echoes[:2]], radar.duplicates[:1]
    again = [duplicate_words(duplicate) for duplicate in duplicates]
    grave = bool(radar.echoes and (radar.echoes[0].injuries or radar.echoes[0].food_safety))
    return " · ".join([*echoes, *again] if grave else [*again, *echoes])


def radar_lines(radar: Radar) -> Iterator[str]:
    """Each finding in a line of its own, with the tickets it rests on."""
    for echo in radar.echoes:
        yield _("{finding}: {numbers}").format(finding=echo_words(echo), numbers=_(", ").join(echo.numbers))
    for duplicate in radar.duplicates:
        yield _("{finding}. “{what}”").format(finding=duplicate_words(duplicate), what=duplicate.what)


def radar_values(radar: Radar) -> dict[str, Any]:
    """What the radar found, as JSON tells it."""
    return {
        "echoes": [
            {
                "kind": echo.kind.value,
                "named": echo.said,
                "others": echo.others,
                "at_least": echo.at_least,
                "days": echo.days,
                "injuries": echo.injuries,
                "food_safety": echo.food_safety,
                "numbers": list(echo.numbers),
            }
            for echo in radar.echoes
        ],
        "duplicates": [
            {
                "number": one.number,
                "caller": one.caller,
                "phone": one.phone,
                "owner": one.owner,
                "received_at": one.received_at.isoformat(),
                "alike": [reason.value for reason in one.alike],
                "likeness": one.likeness,
            }
            for one in radar.duplicates
        ],
    }
