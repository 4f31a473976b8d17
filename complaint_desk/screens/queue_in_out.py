"""The queue's ways in and out: what it shows goes to a file, and records of another program come in."""

from collections.abc import Sequence
from contextlib import suppress

from complaint_desk.desk.view_names import view_name
from complaint_desk.locale import _
from complaint_desk.models.errors import DeskError
from complaint_desk.models.exporting import Chosen, OfQueue
from complaint_desk.screens.at_desk import at_desk
from complaint_desk.screens.keys import DeskKey
from complaint_desk.screens.people_keys import PEOPLE_KEY
from complaint_desk.screens.queue_views import ChoosingView


class QueueInAndOut(ChoosingView):
    """Export of the view that is shown, and the way to the import."""

    def what_to_export(self) -> tuple[Chosen, str, str] | None:
        """The view with its store and its filter, in the order on the screen."""
        parts = [_("Queue"), view_name(self.choice.view), self.choice.store or "", self.text]
        desk = at_desk(self).desk
        day = f"-{desk.clock().astimezone(desk.settings.zone):%Y-%m-%d}" if desk else ""
        about = " · ".join(part for part in parts if part)
        return OfQueue(self.choice, self.text, typed=False), about, f"queue-{self.choice.view}{day}"

    def menu_keys(self) -> Sequence[DeskKey]:
        """The staff only for whoever leads it; the desk would refuse the others."""
        desk = at_desk(self).desk
        with suppress(DeskError):
            if desk is not None and desk.leads_staff:
                return self.MENU
        return [key for key in self.MENU if key.id != PEOPLE_KEY.id]

    def action_bring_in(self) -> None:
        """To the import; Esc comes back to the list."""
        from complaint_desk.screens.bring_in import BringInScreen

        self.app.push_screen(BringInScreen(), self._say_what_came_in)

    def _say_what_came_in(self, sentence: str | None) -> None:
        if sentence:
            self.said.say(sentence, "good")
        self.look()
