"""Backups, restoring and salvaging in words, for screens and plain text."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta, tzinfo
from pathlib import Path

from complaint_desk.desk.act_names import DONE
from complaint_desk.desk.deadlines.explain import moment_in_words
from complaint_desk.desk.file.check import fault_in_words
from complaint_desk.desk.file.restore import RestoreLook
from complaint_desk.desk.file.salvage import Salvaged
from complaint_desk.locale import _, listed, n_
from complaint_desk.models.enums import Act
from complaint_desk.rules.plain_text import plain
from complaint_desk.store.backups import Backup

_SHOWN_NUMBERS = 20
_MEGABYTE = 10**6


def age_in_words(age: timedelta) -> str:
    """How long ago, in the largest unit that fits."""
    if age < timedelta():
        return _("dated into the future")
    if age < timedelta(hours=1):
        minutes = age // timedelta(minutes=1)
        return n_("{count} minute ago", "{count} minutes ago", minutes).format(count=minutes)
    if age < timedelta(days=1):
        hours = age // timedelta(hours=1)
        return n_("{count} hour ago", "{count} hours ago", hours).format(count=hours)
    days = age // timedelta(days=1)
    return n_("{count} day ago", "{count} days ago", days).format(count=days)


def size_in_words(size: int) -> str:
    """Bytes as megabytes, with a digit behind the point while there are few; as gigabytes where there are many."""
    megabytes = size / _MEGABYTE
    if megabytes >= 10_000:
        return f"{megabytes / 1_000:,.0f} GB"
    return f"{megabytes:.1f} MB" if megabytes < 100 else f"{megabytes:,.0f} MB"


def backup_lines(backups: Sequence[Backup], now: datetime, zone: tzinfo) -> Iterator[str]:
    """Each backup as a line: when it was made, how long ago, its size and its file."""
    if not backups:
        yield _("There is no backup yet.")
    for backup in backups:
        made, age = moment_in_words(backup.made_at, zone), age_in_words(now - backup.made_at)
        yield f"{made}  {age}  {size_in_words(backup.size)}  {backup.path}"


def look_in_words(look: RestoreLook, zone: tzinfo) -> Iterator[str]:
    """What the backup holds, and what putting it back would lose."""
    holds = look.holds
    yield _("Backup: {file}").format(file=look.source)
    yield n_(
        "It holds {count} ticket and {events} events.",
        "It holds {count} tickets and {events} events.",
        holds.tickets,
    ).format(count=f"{holds.tickets:,}", events=f"{holds.events:,}")
    if holds.last_at is not None:
        yield _("The last thing written in it: {moment}").format(moment=moment_in_words(holds.last_at, zone))
    for fault in look.faults[:_SHOWN_NUMBERS]:
        yield _("Wrong in the backup: {fault}").format(fault=plain(fault_in_words(fault)))
    yield from _loss_in_words(look, zone)


def _loss_in_words(look: RestoreLook, zone: tzinfo) -> Iterator[str]:
    lost = look.lost
    if lost is None:
        yield _("What would be lost cannot be told: {reason}").format(reason=look.unread)
    elif not lost.events:
        yield _("Nothing would be lost: everything in the file is in the backup too.")
    else:
        assert lost.since is not None
        yield n_(
            "{count} event would be lost, written since {moment}:",
            "{count} events would be lost, written since {moment}:",
            lost.events,
        ).format(count=f"{lost.events:,}", moment=moment_in_words(lost.since, zone))
        for act, count in lost.acts:
            yield f"  {count:,} × {_act_name(act)}"
        if lost.tickets:
            shown = listed(plain(number) for number in lost.tickets[:_SHOWN_NUMBERS])
            more = len(lost.tickets) - _SHOWN_NUMBERS
            yield n_(
                "{count} ticket would be gone: {numbers}",
                "{count} tickets would be gone: {numbers}",
                len(lost.tickets),
            ).format(count=f"{len(lost.tickets):,}", numbers=shown + (" …" if more > 0 else ""))


def _act_name(act: str) -> str:
    try:
        return _(DONE[Act(act)])
    except (ValueError, KeyError):
        return plain(act)


def restored_in_words(kept: Path | None) -> Iterator[str]:
    """What was done, and where the old file lies."""
    yield _("The backup stands in the place of the file.")
    if kept is not None:
        yield _("The old file is kept: {file}").format(file=kept)


def salvaged_in_words(done: Salvaged) -> Iterator[str]:
    """What was saved, what was lost, and what to do next."""
    yield _("Saved into {file}").format(file=done.file)
    yield n_(
        "{count} ticket and {events} events could be read.",
        "{count} tickets and {events} events could be read.",
        done.tickets,
    ).format(count=f"{done.tickets:,}", events=f"{done.events:,}")
    if done.whole:
        yield _("Nothing is missing.")
    if done.missing_events:
        yield n_(
            "In {count} place of the history events are missing.",
            "In {count} places of the history events are missing.",
            done.missing_events,
        ).format(count=f"{done.missing_events:,}")
    if done.lost_words:
        yield n_(
            "Of {count} event the words are lost.", "Of {count} events the words are lost.", done.lost_words
        ).format(count=f"{done.lost_words:,}")
    if done.lost_tickets:
        yield _("These tickets could not be made again: {numbers}").format(
            numbers=listed(plain(number) for number in done.lost_tickets)
        )
    if done.scraps is not None:
        yield _("What was read and fits nowhere lies in {file}; it holds customers' words.").format(
            file=done.scraps
        )
    yield _("Look at it with --db. To go on with it: `restore {file}`").format(file=done.file)
