"""The keys of a customer's card, and the one that leads to it."""

from complaint_desk.locale import N_
from complaint_desk.screens.keys import DeskKey

CALLER_KEY = DeskKey(
    "list.caller", "ctrl+o", "customer", "Ctrl+O", "",
    N_("Show the customer's card of the ticket."), 7,
)  # fmt: skip
"""From a ticket, wherever it is listed, to its customer."""

CUSTOMER_KEYS = (
    DeskKey(
        "customer.save", "ctrl+s", "save", "Ctrl+S", N_("Save"),
        N_("Save what was changed on the card."), 0,
    ),
    DeskKey(
        "list.menu", "ctrl+k", "menu", "Ctrl+K", N_("Menu"),
        N_("Complaints, merge, split, take back, hold, erase: by digits."), 1,
    ),
    DeskKey(
        "customer.back", "escape", "back", "Esc", N_("Back"),
        N_("Back to where you came from; what is not saved is asked about."), 0,
    ),
)  # fmt: skip
"""What works on a customer's card."""

CUSTOMER_MENU = (
    DeskKey("customer.complaints", "", "complaints", "", "", N_("Show every complaint of this customer.")),
    DeskKey("customer.see", "", "see", "", "", N_("Show a masked card whole; that is recorded.")),
    DeskKey("customer.merge", "", "merge", "", "", N_("Merge another card into this one.")),
    DeskKey("customer.split", "", "split", "", "", N_("Split complaints off to a card of their own.")),
    DeskKey("customer.undo", "", "take_back", "", "", N_("Take back the last change or merge on this card.")),
    DeskKey("customer.hold", "", "hold", "", "", N_("Set or release a legal hold: held cards are not erased.")),
    DeskKey("customer.erase", "", "erase", "", "", N_("Erase this person for good, by the law on personal data.")),
)  # fmt: skip
"""What the menu of a customer's card does."""
