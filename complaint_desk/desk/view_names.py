"""What the views of the queue are called, on screens and on the command line."""

from collections.abc import Mapping

from complaint_desk.locale import N_, _
from complaint_desk.models.queue_view import QueueView
from complaint_desk.models.ticket import QueueCounts

VIEW_NAMES: Mapping[QueueView, str] = {
    QueueView.ALL: N_("All"),
    QueueView.MINE: N_("Mine"),
    QueueView.NOBODYS: N_("Nobody's"),
    QueueView.LATE: N_("Late"),
    QueueView.DUE: N_("This shift"),
    QueueView.APPROVAL: N_("For approval"),
    QueueView.PAUSED: N_("Paused"),
    QueueView.PROMISES: N_("Promised today"),
    QueueView.BROUGHT_ALONG: N_("Brought along"),
}
_NOTHING = {
    QueueView.MINE: N_("You own no open ticket."),
    QueueView.NOBODYS: N_("Every open ticket has an owner."),
    QueueView.LATE: N_("Nothing is late."),
    QueueView.DUE: N_("Nothing more is due in this shift."),
    QueueView.APPROVAL: N_("Nothing waits for approval."),
    QueueView.PAUSED: N_("No clock stands still."),
    QueueView.PROMISES: N_("Nothing is promised for today."),
    QueueView.BROUGHT_ALONG: N_("Nothing was brought along from another program that is open still."),
}


def view_name(view: QueueView) -> str:
    """What the view is called, in the language in use."""
    return _(VIEW_NAMES[view])


def nothing_in(view: QueueView) -> str:
    """What to say of a view without a line."""
    return _(_NOTHING[view]) if view in _NOTHING else _("No ticket is open.")


def counts_line(counts: QueueCounts) -> str:
    """The views with how many lines each has, in one line."""
    return " │ ".join(f"{view_name(view)} {count:,}" for view, count in counts.views.items())
