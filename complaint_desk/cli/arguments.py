"""Arguments and options that several commands share; called as a command is built, in the language in use then."""

import typer
from typer.models import ArgumentInfo, OptionInfo

from complaint_desk.locale import _
from complaint_desk.models.queue_view import QueueView

_VIEWS = "|".join(QueueView)


def _argument(metavar: str, sentence: str) -> ArgumentInfo:
    found: ArgumentInfo = typer.Argument(metavar=metavar, help=sentence)
    return found


def _option(
    flag: str, sentence: str, metavar: str | None = None, *, least: int | None = None, most: int | None = None
) -> OptionInfo:
    found: OptionInfo = typer.Option(flag, metavar=metavar, help=sentence, min=least, max=most)
    return found


def ticket_number() -> ArgumentInfo:
    """The ticket that a command is about."""
    return _argument("NUMBER", _("The ticket's number, such as S01-261122-007."))


def promise_number() -> ArgumentInfo:
    """Which promise of a ticket."""
    return _argument(
        "WHICH", _("Which promise of the ticket, by its number; the only one that waits if not told.")
    )


def remedy_number() -> ArgumentInfo:
    """Which remedy of a ticket."""
    return _argument(
        "WHICH", _("Which remedy of the ticket, by its number; the only one in question if not told.")
    )


def customer_called() -> ArgumentInfo:
    """The customer that a command is about."""
    return _argument(
        "CUSTOMER", _("The customer: the id, its last signs, or the number of one of their complaints.")
    )


def json_lines() -> OptionInfo:
    """`--json` of a command that answers with one object or with many."""
    return _option("--json", _("Answer with one JSON object a line."))


def json_object() -> OptionInfo:
    """`--json` of a command that answers with one object."""
    return _option("--json", _("Answer with one JSON object."))


def at_most(most: int | None = None) -> OptionInfo:
    """`--limit`: how many lines a list may have, never more than `most`."""
    return _option("--limit", _("How many at most."), least=1, most=most)


def reason() -> OptionInfo:
    """`--text` of an act that wants a reason."""
    return _option("--text", _("Why."))


def remark() -> OptionInfo:
    """`--text` of an act that goes without words."""
    return _option("--text", _("What to add."))


def when_it_happened() -> OptionInfo:
    """`--at`: when an act happened that is recorded later."""
    return _option("--at", _("When it happened; now if not told."), "TIME")


def caller_shown() -> OptionInfo:
    """`--see-caller`: show what the desk masks, and record who looked."""
    return _option("--see-caller", _("Show a masked name and number whole; that is recorded."))


def queue_view() -> OptionInfo:
    """`--view`: one of the queue's views."""
    return _option("--view", _("Only the tickets of this view."), _VIEWS)


def queue_store() -> OptionInfo:
    """`--store`: one store's tickets."""
    return _option("--store", _("Only the tickets of this store."), "STORE")


def passphrase_descriptor() -> OptionInfo:
    """`--passphrase-fd`: where a program gives the passphrase of a sealed backup."""
    return _option("--passphrase-fd", _("Read the passphrase from there."), "N")
