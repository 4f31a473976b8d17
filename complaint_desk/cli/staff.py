"""`staff`: who works at the desk, in which role, and how they sign in."""

import json
from typing import TYPE_CHECKING, Annotated

import typer

from complaint_desk.cli.arguments import at_most, json_lines
from complaint_desk.cli.session import MISUSED, complain, open_desk, say
from complaint_desk.locale import N_, _, n_
from complaint_desk.models.enums import Role
from complaint_desk.rules.plain_text import plain

if TYPE_CHECKING:
    from complaint_desk.desk.desk import Desk
    from complaint_desk.desk.staff.staff_log import StaffLogLine
    from complaint_desk.models.staff import StaffMember

_ROLES = "|".join(Role)
_KEEP_IT = N_("Write the recovery code down and keep it away from this PC; it is told this once:")


def build() -> typer.Typer:
    """The `staff` commands, their help in the language in use."""
    app = typer.Typer(help=_("Who works at the desk."), no_args_is_help=True)
    name_help = _("The person, by name.")

    @app.command("list", help=_("List everybody with their role."))
    def everybody(
        context: typer.Context,
        left_too: Annotated[bool, typer.Option("--all", help=_("Those who left, too."))] = False,
        as_json: Annotated[bool, json_lines()] = False,
    ) -> None:
        with open_desk(context) as desk:
            asks = desk.asks_for_pin()
            for member in desk.everybody(left_too=left_too):
                say(_as_json(member) if as_json else _as_line(member, asks))

    @app.command("add", help=_("Add a person, or take one back who left; only a supervisor may."))
    def add(
        context: typer.Context,
        name: Annotated[str, typer.Argument(metavar="NAME")],
        role: Annotated[str, typer.Option("--role", metavar=_ROLES)] = Role.AGENT,
    ) -> None:
        chosen = _role(role)
        with open_desk(context) as desk:
            member = desk.join(name, chosen)
            say(f"{plain(member.name)}\t{member.role}")
            if desk.asks_for_pin():
                _tell_one_time_pin(desk, member.name)

    @app.command("role", help=_("Give a person another role; only a supervisor may."))
    def change_role(
        context: typer.Context,
        name: Annotated[str, typer.Argument(metavar="NAME", help=name_help)],
        role: Annotated[str, typer.Argument(metavar=_ROLES)],
    ) -> None:
        chosen = _role(role)
        with open_desk(context) as desk:
            member = desk.change_role(name, chosen)
            say(f"{plain(member.name)}\t{member.role}")

    @app.command("leave", help=_("A person works here no more; the name stays on what was done."))
    def leave(
        context: typer.Context, name: Annotated[str, typer.Argument(metavar="NAME", help=name_help)]
    ) -> None:
        with open_desk(context) as desk:
            left = desk.leave(name)
            say(_("{name} works here no more.").format(name=plain(name)))
            if left:
                complain(
                    n_(
                        "{count} open ticket is still theirs: assign it to somebody.",
                        "{count} open tickets are still theirs: assign them to somebody.",
                        left,
                    ).format(count=left)
                )

    @app.command("pin", help=_("Choose your own PIN or passphrase. The first one is a supervisor's."))
    def pin(
        context: typer.Context,
        off: Annotated[
            bool, typer.Option("--off", help=_("Take everybody's PIN away: nobody is asked any more."))
        ] = False,
    ) -> None:
        with open_desk(context) as desk:
            if off:
                desk.remove_pins()
                say(_("Nobody has a PIN any more."))
            else:
                _choose_own_pin(desk, context)

    @app.command("reset", help=_("Give a person a one-time PIN, for a forgotten one or the first."))
    def reset(
        context: typer.Context,
        name: Annotated[str, typer.Argument(metavar="NAME", help=name_help)],
        recovery: Annotated[
            bool,
            typer.Option(
                "--recovery",
                help=_("With the recovery code, where no supervisor can: set the PIN of this person anew."),
            ),
        ] = False,
    ) -> None:
        with open_desk(context) as desk:
            if recovery:
                _recover(desk, context, name)
            else:
                _tell_one_time_pin(desk, name)

    @app.command("recovery", help=_("Make a new recovery code in place of the old one."))
    def recovery_code(context: typer.Context) -> None:
        with open_desk(context) as desk:
            tell_recovery_code(desk.make_recovery_code())

    @app.command("log", help=_("What the staff did among themselves, and who looked at masked callers."))
    def log(
        context: typer.Context,
        limit: Annotated[int, at_most()] = 50,
        as_json: Annotated[bool, json_lines()] = False,
    ) -> None:
        with open_desk(context) as desk:
            for line in desk.staff_log(limit):
                say(_log_json(line) if as_json else _log_line(line, desk))

    return app


def tell_recovery_code(code: str) -> None:
    """Print the code, the only time; what to do with it goes beside it, so that a script gets the code alone."""
    complain(_(_KEEP_IT))
    say(code)


def _tell_one_time_pin(desk: "Desk", name: str) -> None:
    given = desk.reset_pin(name)
    complain(
        _("With this one-time PIN {name} signs in and chooses one: staff pin. It is told this once:").format(
            name=plain(" ".join(name.split()))
        )
    )
    say(given)


def _choose_own_pin(desk: "Desk", context: typer.Context) -> None:
    from complaint_desk.cli.pin_entry import PIN, ask_secret, choose_pin

    me = plain(desk.as_name)
    first = not desk.asks_for_pin()
    old = "" if first else ask_secret(context.obj, PIN, _("PIN of {name}: ").format(name=me)) or ""
    if not first:
        desk.sign_in(desk.as_name, old)
    desk.set_pin(choose_pin(context.obj), old)
    say(_("{name} has a PIN from now on.").format(name=me))
    if first:
        complain(_("Everybody signs in from now on; the others get a one-time PIN: staff reset NAME."))
        tell_recovery_code(desk.make_recovery_code())


def _recover(desk: "Desk", context: typer.Context, name: str) -> None:
    from complaint_desk.cli.pin_entry import RECOVERY_CODE, ask_secret, choose_pin

    code = ask_secret(context.obj, RECOVERY_CODE, _("Recovery code: ")) or ""
    following = desk.recover(name, code, choose_pin(context.obj))
    say(_("{name} has a PIN from now on.").format(name=plain(desk.as_name)))
    complain(_("The code is used up. The next one:"))
    tell_recovery_code(following)


def _role(name: str) -> Role:
    if name not in tuple(Role):
        complain(
            _("There is no role {role}. The roles are: {roles}.").format(
                role=plain(name), roles=", ".join(Role)
            )
        )
        raise typer.Exit(MISUSED)
    return Role(name)


def _as_line(member: "StaffMember", asks: bool) -> str:
    parts = [plain(member.name), str(member.role)]
    if member.left:
        parts.append(_("left"))
    elif asks:
        from complaint_desk.desk.staff.role_names import pin_state

        parts.append(pin_state(member))
    return "\t".join(parts)


def _as_json(member: "StaffMember") -> str:
    values = {
        "name": member.name,
        "role": member.role.value,
        "left": member.left,
        "pin": member.has_pin,
        "one_time_pin": member.one_time,
    }
    return json.dumps(values, ensure_ascii=False)


def _log_line(line: "StaffLogLine", desk: "Desk") -> str:
    from complaint_desk.desk.act_names import DONE

    at = line.at.astimezone(desk.settings.zone).strftime("%Y-%m-%d %H:%M:%S")
    return "\t".join((at, plain(line.by), _(DONE[line.act]), plain(line.about))).rstrip()


def _log_json(line: "StaffLogLine") -> str:
    values = {"at": line.at.isoformat(), "by": line.by, "act": line.act.value, "about": line.about}
    return json.dumps(values, ensure_ascii=False)
