"""Opening the desk on its file, for all its verbs or for some of them."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from complaint_desk.desk.base import Clock
from complaint_desk.desk.file.backing_up import BackingUp
from complaint_desk.desk.staff.guard import guarded
from complaint_desk.desk.staff.people import seat_name
from complaint_desk.desk.staff.sign_in import SigningIn
from complaint_desk.desk.watch import Watching
from complaint_desk.settings import Settings
from complaint_desk.startup import account_name, own_data_folder
from complaint_desk.store.copies import CopyNotMade
from complaint_desk.store.engine import open_store


def utc_now() -> datetime:
    """The present moment, in UTC: the desk's one look at a clock."""
    return datetime.now(UTC)


@guarded
class Opening(SigningIn, Watching, BackingUp):
    """A desk that can be opened, and that says what is due: what a command needs that only looks at the queue."""

    @classmethod
    def open(
        cls,
        settings: Settings,
        *,
        as_name: str | None = None,
        clock: Clock = utc_now,
        tell: Callable[[], None] | None = None,
        back_up: bool = True,
    ) -> Self:
        """Open the desk on the file the settings name, and make the first backup of the day.

        The platform's own data folder is made where it is missing; a folder a person named is not. `tell` is
        called before a backup that takes a while; without `back_up` none is made, for whoever makes it beside the
        work. One that fails while the file is well stops nobody: `copy_fault` then holds the sentence. Raises
        StoreFault with a sentence, FieldRefused for the name.
        """
        name = seat_name(account_name() if as_name is None else as_name)
        if "://" not in settings.db and (folder := Path(settings.db).parent) == own_data_folder():
            with suppress(OSError):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        store = open_store(settings.db)
        desk = cls(store, clock, settings, name)
        try:
            if back_up:
                desk.keep_copy(tell)
        except CopyNotMade as fault:
            desk.copy_fault = str(fault)
        except BaseException:
            store.close()
            raise
        return desk
