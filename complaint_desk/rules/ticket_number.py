"""The short number people see on a ticket, such as `S01-261122-007`."""

from datetime import datetime, tzinfo


def store_sign(store_code: str | None, origin: str) -> str:
    """The store's code, or X and three signs of the file's origin while no code is set."""
    return store_code or f"X{origin.replace('-', '')[-3:].upper()}"


def local_day(received_at: datetime, zone: tzinfo) -> str:
    """The store's local day of receipt, year, month and day in two digits each."""
    return received_at.astimezone(zone).strftime("%y%m%d")


def ticket_number(sign: str, day: str, running: int) -> str:
    """Sign, day and the day's running number, three digits and growing past 999."""
    return f"{sign}-{day}-{running:03d}"
