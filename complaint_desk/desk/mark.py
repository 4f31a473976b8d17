"""Marking: what happened in the call beside the complaint, recorded on its ticket; marks never conflict."""

from datetime import datetime

from complaint_desk.desk.call_events import situation_event
from complaint_desk.desk.listen import Listening
from complaint_desk.locale import _
from complaint_desk.models.call_marks import SituationMet, TypeReading
from complaint_desk.models.enums import Act, ComplainantType
from complaint_desk.models.errors import FieldRefused
from complaint_desk.models.event import NewEvent
from complaint_desk.models.ticket import Ticket
from complaint_desk.rules.type_reading import type_read_event


class Marking(Listening):
    """The verbs of the call's marks."""

    def confirm_read_back(self, number: str, at: datetime | None = None) -> Ticket:
        """Record that the caller said, now or at `at`, that what was taken down is right."""
        return self._mark(number, NewEvent(Act.READ_BACK_CONFIRMED, at or self.clock()))

    def meet_situation(self, number: str, met: SituationMet) -> Ticket:
        """Record that a card for a call that needs another way was used. Raises FieldRefused for an unknown one."""
        if met.situation not in self.playbook.situations:
            raise FieldRefused("situation", _("There is no card {name}.").format(name=met.situation))
        return self._mark(number, situation_event(met))

    def keep_type_reading(self, number: str, reading: TypeReading) -> Ticket:
        """Keep what the desk proposes about the caller now, with its reasons; the type itself stays as it is."""
        return self._mark(number, type_read_event(reading, self.clock()))

    def end_type(self, number: str, kind: ComplainantType | None) -> Ticket:
        """Record the kind the caller had become in the end; None where it is not known after all."""
        return self._mark(number, NewEvent(Act.TYPE_ENDED, self.clock(), {"type": kind and kind.value}))

    def _mark(self, number: str, new: NewEvent) -> Ticket:
        with self.store.writing() as connection:
            events = self._events(connection, number)
            now = self.clock()
            return self._record(connection, events, [new], by=self._me(connection), recorded_at=now)
