"""How `customer` prints cards and who was found."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from complaint_desk.cli.session import say

if TYPE_CHECKING:
    from complaint_desk.desk.desk import Desk
    from complaint_desk.models.customer import CallerFound, CustomerCard


def print_found(desk: "Desk", found: Sequence["CallerFound"], as_json: bool) -> None:
    """Whom the words may mean, one a line."""
    from complaint_desk.desk.customers.customer_json import found_values
    from complaint_desk.desk.customers.customer_text import found_text
    from complaint_desk.desk.ticket_json import on_one_line

    zone = desk.settings.zone
    for one in found:
        say(on_one_line(found_values(one, zone)) if as_json else found_text(one, zone, desk.settings.region))


def print_card(desk: "Desk", card: "CustomerCard", as_json: bool) -> None:
    """A card as it stands now."""
    from complaint_desk.desk.customers.customer_json import card_values
    from complaint_desk.desk.customers.customer_text import card_text
    from complaint_desk.desk.ticket_json import on_one_line

    zone = desk.settings.zone
    say(on_one_line(card_values(card, zone)) if as_json else card_text(card, zone, desk.settings.region))
