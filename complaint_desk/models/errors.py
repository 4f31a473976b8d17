"""What can go wrong at the desk, each with a name and a sentence that a person can act on."""


class DeskError(Exception):
    """A refusal: `str(error)` says what happened, what was kept and what to do next."""


class FieldRefused(DeskError):
    """A value that a field cannot hold; `field_name` says which, as in the JSON keys."""

    def __init__(self, field_name: str, sentence: str) -> None:
        """Name the field and say why its value is refused."""
        super().__init__(sentence)
        self.field_name = field_name


class TicketNotFound(DeskError):
    """No ticket has this number."""


class ChangedMeanwhile(DeskError):
    """Somebody else changed the ticket since it was read; nothing was written."""


class ActNotAllowed(DeskError):
    """The act does not fit the ticket as it stands, or the person may not do it."""


class StoreFault(DeskError):
    """The file cannot be used: it is missing, locked, damaged, foreign, newer, or cannot be written."""
