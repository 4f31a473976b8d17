"""The end of an erasure: what a file keeps of words that were deleted is wiped, and the file is read for the rest."""

from collections.abc import Callable
from pathlib import Path

from complaint_desk.desk.customers.erase_copies import kept_copies
from complaint_desk.desk.customers.erase_terms import sought_bytes
from complaint_desk.desk.customers.erase_words import Scope, beside
from complaint_desk.desk.finding.find import Finding
from complaint_desk.locale import _
from complaint_desk.models.erasure import ErasureDone, ErasureStep, KeptCopy, Mention
from complaint_desk.models.errors import StoreFault
from complaint_desk.rules.erasing import PersonTerms
from complaint_desk.startup import drafts_folder, reports_folder
from complaint_desk.store import erasing
from complaint_desk.store.full_text import LIVE, has_index
from complaint_desk.store.scrubbing import scrub

Told = Callable[[ErasureStep, int], None]
"""Called with what is being done, and for how many seconds by now."""


def untold(step: ErasureStep, seconds: int) -> None:
    """Tell nobody."""


class FinishingErasures(Finding):
    """The verb of finishing an erasure."""

    def finish_erasure(self, told: Told = untold) -> None:
        """Merge the index of words and write the file anew, where that failed or was put off.

        While the file is written anew no desk can save: some seconds for each hundred megabytes. Raises StoreFault
        where other desks still stand in the way.
        """
        self._merge_index(told)
        if self.store.path is not None:
            scrub(self.store.path, lambda seconds: told(ErasureStep.WRITING_ANEW, seconds))

    def _finished(
        self, scope: Scope, texts: int, left: tuple[Mention, ...], later: bool, told: Told
    ) -> ErasureDone:
        """Wipe what a file keeps of deleted words, and look whether anything is left."""
        drafts = erasing.redact_drafts(self._beside(), beside(scope))
        trouble, path = None, self.store.path
        if later and path is not None:
            trouble = _(
                "The words are erased; traces of them may lie in free places of {file} until it is written anew. "
                "Do that when nobody has to save: customer erase --finish"
            ).format(file=path)
            found: list[erasing.Trace] = []
        else:
            try:
                self.finish_erasure(told)
            except StoreFault as fault:
                trouble = str(fault)
            told(ErasureStep.READING, 0)
            looked_in = [*(erasing.files_of(path) if path else ()), *erasing.files_in(self._beside())]
            sought = sought_bytes(PersonTerms(scope.terms.names, scope.far.numbers))
            found = erasing.traces(looked_in, sought)
        return ErasureDone(
            customer_id=scope.card.id,
            tickets=tuple(scope.tickets),
            texts=texts,
            left_in=left,
            drafts=tuple(drafts),
            copies=self._copies(),
            traces=tuple((trace.path, trace.times) for trace in found),
            trouble=trouble,
        )

    def _merge_index(self, told: Told) -> None:
        told(ErasureStep.MERGING, 0)
        with self.store.reading() as connection:
            if not has_index(connection):
                return
            rows, words = LIVE.counted(connection)
        if words > rows:
            self.rebuild_search()
        erasing.settle_index(self.store.writing)

    def _beside(self) -> tuple[Path, ...]:
        """Where words are kept beside the file: calls that wait, what seats remember, reports of crashes."""
        drafts = drafts_folder(self.settings.db)
        return drafts, drafts.with_suffix(".seats"), reports_folder(self.settings.db)

    def _copies(self) -> tuple[KeptCopy, ...]:
        return kept_copies(self.store.path, self.settings) if self.store.path else ()
