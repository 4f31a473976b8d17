"""Checking: whether the file is whole, and making what follows from its history anew."""

from sqlalchemy import Connection

from complaint_desk.desk.base import DeskBase
from complaint_desk.desk.customers import customer_rows
from complaint_desk.desk.finding import search_index
from complaint_desk.locale import N_, _
from complaint_desk.rules.lifecycle import fold
from complaint_desk.store import checking, staff_checking
from complaint_desk.store.checking import FaultKind, FileFault, Told
from complaint_desk.store.finding import number_of

_SENTENCES = {
    FaultKind.GUARD_MISSING: N_("The guard {about} is missing or altered: history could be changed unseen."),
    FaultKind.EVENT_MISSING: N_("Before event {seq} ({about}) an event is missing."),
    FaultKind.EVENT_CHANGED: N_("Event {seq} ({about}) was changed after it was written."),
    FaultKind.EVENT_OUT_OF_PLACE: N_("Event {seq} ({about}) does not follow from the one before it."),
    FaultKind.WORDS_CHANGED: N_("What was said in event {seq} ({about}) was changed after it was written."),
    FaultKind.WORDS_MISSING: N_("What was said in event {seq} ({about}) is gone, and nobody erased it."),
    FaultKind.ORIGIN_UNKNOWN: N_("The history {about} goes on from an event that is not there."),
    FaultKind.TICKET_UNREADABLE: N_("Its history cannot be read: {about}."),
    FaultKind.TICKET_DIFFERS: N_("It differs from its history in: {about}."),
    FaultKind.TICKET_WITHOUT_HISTORY: N_("It has no history."),
    FaultKind.COUNTER_BEHIND: N_("The counter of {about} would give a number twice."),
    FaultKind.NOT_AS_INDEXED: N_("The index of words does not hold it as it stands."),
    FaultKind.CUSTOMER_DIFFERS: N_("The card of customer {about} is not what its history amounts to."),
    FaultKind.STAFF_DIFFERS: N_("The role of {about} is not what the history tells."),
    FaultKind.REFERENCE_BROKEN: N_("A row names another that is not there: {about}."),
    FaultKind.PAGE_DAMAGED: N_("The file itself is damaged: {about}."),
}
MENDABLE = frozenset(
    {
        FaultKind.TICKET_DIFFERS,
        FaultKind.TICKET_WITHOUT_HISTORY,
        FaultKind.COUNTER_BEHIND,
        FaultKind.NOT_AS_INDEXED,
        FaultKind.CUSTOMER_DIFFERS,
        FaultKind.STAFF_DIFFERS,
    }
)
"""What follows from the history, and can be made anew from it."""


class Checking(DeskBase):
    """The verbs of looking after the file."""

    def check(self, told: Told = lambda done, of: None) -> list[FileFault]:
        """Everything that is wrong with the file, in one pass; nothing for a sound one. Only reads.

        `told` hears how many rows were looked at, and of how many.
        """
        with self.store.reading() as connection:
            faults = list(checking.faults_of(connection, fold, told))
            if all(fault.kind is not FaultKind.TICKET_UNREADABLE for fault in faults):
                faults += _index_faults(connection)
                faults += [
                    FileFault(FaultKind.CUSTOMER_DIFFERS, about=customer_id)
                    for customer_id in customer_rows.compare(connection)
                ]
            faults += [
                FileFault(FaultKind.STAFF_DIFFERS, about=name)
                for name in staff_checking.differing(connection)
            ]
            return faults

    def rebuild(self) -> int:
        """Make tickets, clocks, counters and cards anew from the history, in one transaction; how many tickets.

        The index of words follows where it no longer fits.
        """
        with self.store.writing() as connection:
            told = checking.rebuild(connection, fold)
            customer_rows.rebuild(connection)
            staff_checking.rebuild(connection)
        with self.store.reading() as connection:
            fits = not _index_faults(connection)
        if not fits:
            search_index.rebuild(self.store)
        return told


def _index_faults(connection: Connection) -> list[FileFault]:
    found = search_index.compare(connection)
    return [
        FileFault(FaultKind.NOT_AS_INDEXED, number_of(connection, ticket_id), ticket_id)
        for ticket_id in (*found.missing, *found.stale, *found.unknown)
    ]


def fault_in_words(fault: FileFault) -> str:
    """The fault as a sentence, with its ticket in front where it has one."""
    sentence = _(_SENTENCES[fault.kind]).format(seq=fault.seq, about=fault.about)
    number = fault.number or fault.ticket_id
    return f"{number}: {sentence}" if number else sentence
