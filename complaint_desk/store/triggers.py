"""The guards in the database itself: history only grows."""

from sqlalchemy import Connection

_REFUSAL = "history only grows"
_BUT_ERASED = "WHEN NOT EXISTS (SELECT 1 FROM erasure WHERE event_id = OLD.event_id) "
"""What was said may go only where an erasure was recorded for it."""

SQLITE_TRIGGERS = {
    f"{table}_refuses_{verb.lower()}": (
        f"CREATE TRIGGER {table}_refuses_{verb.lower()} BEFORE {verb} ON {table} {but}"
        f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
    )
    for table in ("event", "said", "erasure")
    for verb in ("UPDATE", "DELETE")
    for but in (_BUT_ERASED if (table, verb) == ("said", "DELETE") else "",)
} | {
    "event_refuses_replacement": (
        "CREATE TRIGGER event_refuses_replacement BEFORE INSERT ON event WHEN EXISTS "
        "(SELECT 1 FROM event WHERE id = NEW.id OR (origin = NEW.origin AND seq = NEW.seq)) "
        f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
    ),
    "said_refuses_replacement": (
        "CREATE TRIGGER said_refuses_replacement BEFORE INSERT ON said WHEN EXISTS "
        f"(SELECT 1 FROM said WHERE event_id = NEW.event_id) BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
    ),
    "erasure_refuses_replacement": (
        "CREATE TRIGGER erasure_refuses_replacement BEFORE INSERT ON erasure WHEN EXISTS "
        f"(SELECT 1 FROM erasure WHERE event_id = NEW.event_id) BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
    ),
    "erasure_needs_its_act": (
        "CREATE TRIGGER erasure_needs_its_act BEFORE INSERT ON erasure WHEN NOT EXISTS (SELECT 1 FROM event "
        "WHERE id = NEW.erased_by AND act IN ('words_erased', 'customer_erased')) "
        f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
    ),
}
"""Name and text of each trigger of the file, as SQLite keeps it."""


class TriggersDiffer(RuntimeError):
    """The guards of a file are not the ones this program makes."""


def make_triggers(connection: Connection) -> None:
    """Make the guards anew and compare them with what the database then holds.

    Raises TriggersDiffer where they are not as written here.
    """
    for name, text in SQLITE_TRIGGERS.items():
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")
        connection.exec_driver_sql(text)
    if missing := missing_triggers(connection):
        raise TriggersDiffer(", ".join(missing))


def missing_triggers(connection: Connection) -> list[str]:
    """Names of guards that the file lacks or holds in another form."""
    rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    held = {row.name: row.sql for row in rows}
    return [name for name, text in SQLITE_TRIGGERS.items() if held.get(name) != text]
