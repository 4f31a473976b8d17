"""The same act on many tickets: one transaction each, so that what fails leaves the others done."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from complaint_desk.locale import _
from complaint_desk.models.errors import DeskError, StoreFault
from complaint_desk.models.ticket import Ticket

Verb = Callable[[str], Ticket]
"""Does the act on the ticket of this number; raises DeskError where it cannot."""


@dataclass(frozen=True, slots=True)
class RowDone:
    """What became of the act on one ticket."""

    number: str
    after: Ticket | None
    """The ticket after the act; None where it was not done."""
    refusal: str = ""
    """Why it was not done, as a sentence."""


def one_by_one(
    numbers: Sequence[str],
    verb: Verb,
    *,
    told: Callable[[int, int], None] = lambda done, count: None,
    stopped: Callable[[], bool] = lambda: False,
) -> Iterator[RowDone]:
    """Do the act on each ticket in turn, and say of each what became of it; nothing that fails stops the others.

    Only where the file itself cannot be used, or somebody stops the work, the rest is left as it is and said to be.
    """
    fault = ""
    for done, number in enumerate(numbers, start=1):
        if not fault and stopped():
            fault = _("Stopped before this ticket. Nothing was changed.")
        if fault:
            yield RowDone(number, None, fault)
            continue
        try:
            yield RowDone(number, verb(number))
        except StoreFault as error:
            fault = str(error)
            yield RowDone(number, None, fault)
        except DeskError as error:
            yield RowDone(number, None, str(error))
        except Exception as error:
            yield RowDone(
                number, None, _("Not done ({fault}). Nothing was changed.").format(fault=type(error).__name__)
            )
        told(done, len(numbers))


def versions(rows: Sequence[RowDone]) -> Mapping[str, int]:
    """The versions that the act left, by number: whoever takes it back takes back nothing that came after."""
    return {row.number: row.after.version for row in rows if row.after is not None}
