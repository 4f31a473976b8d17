"""`customer`: who calls; cards looked up, corrected, merged, split, held and erased."""

from typing import TYPE_CHECKING, Annotated

import typer

from complaint_desk.cli import customer_erase
from complaint_desk.cli.arguments import at_most, caller_shown, customer_called, json_lines, ticket_number
from complaint_desk.cli.customer_print import print_card, print_found
from complaint_desk.cli.session import MISUSED, REFUSED, complain, open_desk, say
from complaint_desk.cli.ticket import print_ticket
from complaint_desk.locale import _

if TYPE_CHECKING:
    from complaint_desk.models.customer import CustomerCard


def build() -> typer.Typer:
    """The `customer` commands, their help in the language in use."""
    app = typer.Typer(
        help=_("Who calls: find, show, edit, merge, split, link, hold, erase."), no_args_is_help=True
    )

    @app.command(
        "find", help=_("Find a customer by a number, its last four digits, a name, pinyin or initials.")
    )
    def find(
        context: typer.Context,
        text: Annotated[list[str], typer.Argument(metavar="TEXT", help=_("What was told of it."))],
        limit: Annotated[int, at_most(200)] = 20,
        as_json: Annotated[bool, json_lines()] = False,
    ) -> None:
        with open_desk(context) as desk:
            found = desk.who_is(" ".join(text), limit)
            print_found(desk, found, as_json)
            if not found:
                complain(_("Nobody was found. Write four digits, or two letters of a name, at least."))
                raise typer.Exit(REFUSED)

    @app.command("show", help=_("Show a card: what is open, promised, granted, and how the last one ended."))
    def show(
        context: typer.Context,
        customer: Annotated[str, customer_called()],
        whole: Annotated[bool, caller_shown()] = False,
        as_json: Annotated[bool, json_lines()] = False,
    ) -> None:
        from complaint_desk.desk.customers.customer_json import caller_values
        from complaint_desk.desk.customers.customer_text import caller_text
        from complaint_desk.desk.ticket_json import on_one_line

        with open_desk(context) as desk:
            if whole:
                desk.see_customer(customer)
            card, zone = desk.caller_card(customer), desk.settings.zone
            if as_json:
                say(on_one_line(caller_values(card, zone)))
            else:
                say(caller_text(card, zone, desk.settings.region))

    @app.command("edit", help=_("Change a card; an empty value empties a field."))
    def edit(
        context: typer.Context,
        customer: Annotated[str, customer_called()],
        name: Annotated[str | None, typer.Option("--name", help=_("The name it is shown by."))] = None,
        address: Annotated[str | None, typer.Option("--address", help=_("Where to write to."))] = None,
        contact_way: Annotated[
            str | None,
            typer.Option(
                "--contact-way", metavar="phone|message|email|letter|visit", help=_("How to reach.")
            ),
        ] = None,
        contact_time: Annotated[
            str | None, typer.Option("--contact-time", help=_("When to call, in words."))
        ] = None,
        consent: Annotated[
            str | None,
            typer.Option("--consent", metavar="given|refused|withdrawn", help=_("To being kept and called.")),
        ] = None,
        level: Annotated[str | None, typer.Option("--level", metavar="A|B|C|D", help=_("How close."))] = None,
        notes: Annotated[str | None, typer.Option("--notes", help=_("What else to know."))] = None,
        add_number: Annotated[
            str | None, typer.Option("--add-number", help=_("A number that was not told in a complaint."))
        ] = None,
        remove_number: Annotated[
            str | None, typer.Option("--remove-number", help=_("A number that is no longer theirs."))
        ] = None,
        add_name: Annotated[str | None, typer.Option("--add-name", help=_("Another name."))] = None,
        remove_name: Annotated[
            str | None, typer.Option("--remove-name", help=_("A name that is not theirs."))
        ] = None,
        as_json: Annotated[bool, json_lines()] = False,
    ) -> None:
        told = {
            "name": name,
            "address": address,
            "contact_way": contact_way,
            "contact_time": contact_time,
            "consent": consent,
            "level": level,
            "notes": notes,
            "number_added": add_number,
            "number_removed": remove_number,
            "name_added": add_name,
            "name_removed": remove_name,
        }
        changes = {field: value for field, value in told.items() if value is not None}
        if not changes:
            complain(_("Say what changes, such as --address or --add-number. Nothing was written."))
            raise typer.Exit(MISUSED)
        with open_desk(context) as desk:
            print_card(desk, desk.edit_customer(customer, changes), as_json)

    @app.command("merge", help=_("Let two cards be one; `customer undo` takes it back."))
    def merge(
        context: typer.Context,
        into: Annotated[str, customer_called()],
        other: Annotated[str, typer.Argument(metavar="OTHER", help=_("The one that goes into it."))],
        take: Annotated[
            list[str] | None,
            typer.Option(
                "--take",
                metavar="FIELD",
                help=_(
                    "A field whose value comes from the other: name, address, contact_way, contact_time, …"
                ),
            ),
        ] = None,
        as_json: Annotated[bool, json_lines()] = False,
    ) -> None:
        with open_desk(context) as desk:
            print_card(desk, desk.merge_customers(into, other, take or ()), as_json)

    @app.command("undo", help=_("Take back the last change or merge on a card."))
    def undo(
        context: typer.Context,
        customer: Annotated[str, customer_called()],
        as_json: Annotated[bool, json_lines()] = False,
    ) -> None:
        with open_desk(context) as desk:
            print_card(desk, desk.undo_customer(customer), as_json)

    @app.command("split", help=_("Part a card: the last merge, or complaints that are somebody else's."))
    def split(
        context: typer.Context,
        customer: Annotated[str, customer_called()],
        ticket: Annotated[
            list[str] | None,
            typer.Option("--ticket", metavar="NUMBER", help=_("A complaint that goes to a card of its own.")),
        ] = None,
        number: Annotated[
            list[str] | None,
            typer.Option(
                "--number", metavar="PHONE", help=_("A number written on the card that goes along.")
            ),
        ] = None,
        as_json: Annotated[bool, json_lines()] = False,
    ) -> None:
        with open_desk(context) as desk:
            parted: CustomerCard = desk.split_customer(customer, ticket or (), number or ())
            print_card(desk, parted, as_json)

    @app.command("link", help=_("Say whose a complaint is; without a customer, somebody new."))
    def link(
        context: typer.Context,
        number: Annotated[str, ticket_number()],
        customer: Annotated[str | None, customer_called()] = None,
        as_json: Annotated[bool, json_lines()] = False,
    ) -> None:
        with open_desk(context) as desk:
            print_ticket(desk, desk.relink(number, customer), as_json)

    customer_erase.add_to(app)
    return app
