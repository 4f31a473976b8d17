"""Keeping the file safe: a backup where a person wants it, the head of the record, a new origin after a restore."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from complaint_desk.desk.base import DeskBase
from complaint_desk.locale import _
from complaint_desk.models.enums import Act
from complaint_desk.models.errors import StoreFault
from complaint_desk.models.event import NewEvent
from complaint_desk.models.shift import RecordHead
from complaint_desk.rules.local_time import instant_of
from complaint_desk.rules.plain_text import plain
from complaint_desk.store import history, staff
from complaint_desk.store.projections import keep_counters_ahead

_HASH = re.compile("[0-9a-f]{8,64}")
"""So much of a hash tells one event from any other."""


class KeepingSafe(DeskBase):
    """The verbs of keeping the file safe."""

    def back_up(self, to: Path, passphrase: str | None = None) -> Path:
        """Make a backup where a person wants it, sealed where a passphrase is given, and read it back.

        A file that is there is never written over. Raises StoreFault.
        """
        from complaint_desk.store.backups import SEALED_SUFFIX, backup_name
        from complaint_desk.store.own_backup import make_own_backup

        path = self.store.path
        if path is None:
            raise StoreFault(_("The complaints lie on a server; its own tools back it up."))
        if to.is_dir():
            name = backup_name(path, self.clock().astimezone(self.settings.zone))
            to = to / (name + (SEALED_SUFFIX if passphrase else ""))
        make_own_backup(path, to, passphrase)
        return to

    def may_restore(self) -> None:
        """Raise NotPermitted where whoever is at this seat may not put a backup in the place of the file."""

    def head(self, on: date | None = None) -> RecordHead | None:
        """The last event of this file's record now, or at the end of a local day; None where there was none."""
        zone = self.settings.zone
        before = instant_of(datetime.combine(on + timedelta(days=1), time()), zone) if on else None
        with self.store.reading() as connection:
            found = history.last_recorded(connection, before)
        return RecordHead(*found) if found else None

    def event_with_hash(self, beginning: str) -> RecordHead:
        """The event whose hash begins so, spaces aside. Raises StoreFault where the record holds none, or several."""
        signs = "".join(beginning.split()).lower()
        with self.store.reading() as connection:
            found = history.with_hash(connection, signs) if _HASH.fullmatch(signs) else []
        if len(found) != 1:
            raise StoreFault(
                _(
                    "This record holds no event with the hash {hash}. If it was printed from this desk, the file "
                    "was replaced or put back from a backup since."
                ).format(hash=plain(signs))
            )
        return RecordHead(*found[0])

    def _begin_new_origin(
        self, act: Act, fields: Mapping[str, Any], counters: Iterable[tuple[str, str, int]]
    ) -> None:
        """Have what follows be told apart from what other copies of this file go on with; say why in the record."""
        now = self.clock()
        with self.store.writing() as connection:
            head = history.start_origin(connection, now)
            keep_counters_ahead(connection, counters)
            me = staff.by_name(connection, self.as_name)
            if me is None:
                me = self._join(connection, self.as_name, self._role_when_new(connection), by=None)
            told = NewEvent(act, now, fields={**fields, "head": head.hash, "head_seq": head.seq})
            history.append(connection, [told], ticket_id=None, by=me.id, recorded_at=now)
