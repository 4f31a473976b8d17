"""`setup`: language, store, and the first supervisor; asked at a terminal, or from a file for many PCs."""

import sys
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from complaint_desk.cli.pin_entry import PIN, ask_secret
from complaint_desk.cli.session import MISUSED, REFUSED, complain, open_desk, refusals, say
from complaint_desk.locale import N_, _
from complaint_desk.models.enums import Role
from complaint_desk.models.errors import FieldRefused
from complaint_desk.rules.plain_text import plain
from complaint_desk.startup import account_name, settings_file

if TYPE_CHECKING:
    from complaint_desk.desk.desk import Desk

_QUESTIONS = {
    "language": N_("Language, zh_CN or en"),
    "store_code": N_("Store code, such as S01 (may stay empty)"),
    "store_name": N_("Name of the store (may stay empty)"),
    "region": N_("Region of the telephone numbers"),
    "time_zone": N_("Time zone"),
}
_KEYS = frozenset({*_QUESTIONS, "supervisor", "staff"})


@dataclass(frozen=True, slots=True)
class _Told:
    """What setup was told."""

    settings: Mapping[str, str]
    supervisor: str | None
    staff: Mapping[str, Role] = field(default_factory=dict)


def register(app: typer.Typer) -> None:
    """Add the command, its help in the language in use."""

    @app.command("setup", help=_("Set the desk up: language, store, the first supervisor. Never needed."))
    def setup(
        context: typer.Context,
        source: Annotated[
            str | None,
            typer.Option(
                "--from",
                metavar="FILE|-",
                help=_(
                    "A TOML file with language, store_code, store_name, region, time_zone, supervisor and "
                    "a list staff with name and role; the PIN comes from COMPLAINT_DESK_PIN or --pin-fd."
                ),
            ),
        ] = None,
    ) -> None:
        if source is None and not sys.stdin.isatty():
            complain(_("Nobody sits at a terminal here: name a file with --from. Nothing was changed."))
            raise typer.Exit(MISUSED)
        with refusals():
            told = _read(source) if source is not None else None
        with open_desk(context) as desk:
            if told is not None:
                _set_up(desk, told, ask_secret(context.obj, PIN, None) or "")
                return
            try:
                told = _ask(desk)
                _set_up(desk, told, _ask_pin(told.supervisor) if told.supervisor is not None else "")
            except (EOFError, KeyboardInterrupt):
                complain(_("Left. Nothing was changed."))
                raise typer.Exit(REFUSED) from None


def _set_up(desk: "Desk", told: _Told, pin: str) -> None:
    from complaint_desk.desk.file.set_up import FirstPerson

    first = FirstPerson(told.supervisor, pin) if told.supervisor is not None else None
    done = desk.set_up(told.settings, first, told.staff, file=settings_file())
    complain(_("The settings are in {file}.").format(file=settings_file()))
    for name, given in done.one_time_pins.items():
        say(f"{plain(name)}\t{given}")
    if done.recovery_code is not None:
        from complaint_desk.cli.staff import tell_recovery_code

        tell_recovery_code(done.recovery_code)


# From a file


def _read(source: str) -> _Told:
    """What the file tells. Raises FieldRefused for a key or a value that setup does not know."""
    try:
        text = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
        keys = tomllib.loads(text.decode("utf-8-sig"))
    except (OSError, ValueError) as error:
        raise FieldRefused(
            "from",
            _("{file} cannot be read: {reason}. Nothing was changed.").format(
                file=source, reason=getattr(error, "strerror", None) or error
            ),
        ) from error
    for name in keys:
        if name not in _KEYS:
            raise FieldRefused(
                name,
                _(
                    "Setup does not know this key. It knows: {keys}. A PIN never stands in the file. "
                    "Nothing was changed."
                ).format(keys=", ".join(sorted(_KEYS))),
            )
    supervisor = keys.pop("supervisor", None)
    return _Told(
        settings={name: _text(name, value) for name, value in keys.items() if name in _QUESTIONS},
        supervisor=None if supervisor is None else _text("supervisor", supervisor),
        staff=dict(_person(entry) for entry in keys.get("staff", ())),
    )


def _text(name: str, value: Any) -> str:
    if not isinstance(value, str):
        raise FieldRefused(name, _("{field} must be text.").format(field=name))
    return value


def _person(entry: Any) -> tuple[str, Role]:
    told = entry if isinstance(entry, dict) else {}
    name, role = _text("staff", told.get("name")), told.get("role", Role.AGENT.value)
    if role not in tuple(Role):
        raise FieldRefused(
            "staff",
            _("There is no role {role}. The roles are: {roles}.").format(
                role=plain(str(role)), roles=", ".join(Role)
            ),
        )
    return name, Role(role)


# At a terminal


def _ask(desk: "Desk") -> _Told:
    """Ask for each setting until it can be used; Enter takes what stands in brackets."""
    settings: dict[str, str] = {}
    for name, question in _QUESTIONS.items():
        settings[name] = _asked(
            _(question),
            str(getattr(desk.settings, name) or ""),
            partial(_check_one, name),
        )
    from complaint_desk.desk.staff.people import seat_name

    new = desk.is_new()
    first = _asked(_("Name of the first supervisor"), account_name(), seat_name) if new else None
    return _Told(settings, first)


def _check_one(name: str, given: str) -> None:
    from complaint_desk.desk.file.set_up import checked_settings

    checked_settings({name: given})


def _asked(question: str, otherwise: str, check: Callable[[str], object]) -> str:
    while True:
        shown = f"{question} [{otherwise}]: " if otherwise else f"{question}: "
        given = input(shown).strip() or otherwise
        try:
            check(given)
        except FieldRefused as refused:
            complain(str(refused))
            continue
        return given


def _ask_pin(name: str) -> str:
    """A PIN typed twice unseen, until it can be used; empty for a desk that asks nobody."""
    from getpass import getpass

    from complaint_desk.desk.staff.secrets import checked_pin

    while given := getpass(_("PIN (six digits or more) or passphrase; Enter for none: ")):
        try:
            checked_pin(given, name)
        except FieldRefused as refused:
            complain(str(refused))
            continue
        if getpass(_("Once more: ")) == given:
            return given
        complain(_("The two were not the same. Nothing was changed."))
    return ""
