"""What can go wrong at the desk, each with a name and a sentence that a person can act on."""


class DeskError(Exception):
    """A refusal: `str(error)` says what happened, what was kept and what to do next."""


class FieldRefused(DeskError):
    """A value that a field cannot hold; `field_name` says which, as in the JSON keys."""

    def __init__(self, field_name: str, sentence: str) -> None:
        """Name the field and say why its value is refused."""
        super().__init__(sentence)
        self.field_name = field_name


class WordsTooLong(FieldRefused):
    """What was written is longer than the desk keeps; `words` is all of it, for whoever can put it by."""

    def __init__(self, field_name: str, sentence: str, words: str) -> None:
        """Name the field, say how long it may be, and hand the words back."""
        super().__init__(field_name, sentence)
        self.words = words


class TicketNotFound(DeskError):
    """No ticket has this number."""


class CustomerNotFound(DeskError):
    """No customer is called so."""


class ChangedMeanwhile(DeskError):
    """Somebody else changed the ticket since it was read; nothing was written."""


class ActNotAllowed(DeskError):
    """The act does not fit the ticket as it stands, or the person may not do it."""


class NotPermitted(ActNotAllowed):
    """The person's role does not hold the right to do this; nothing was written."""


class NotSignedIn(DeskError):
    """This desk asks for a PIN, and nobody has signed in at this seat."""


class SignInRefused(DeskError):
    """The PIN or the recovery code was not right, or it is too early to try again."""


class StoreFault(DeskError):
    """The file cannot be used: it is missing, locked, damaged, foreign, newer, or cannot be written."""


class FileUnusable(StoreFault):
    """The file is there and cannot be opened: damaged, newer, or not a desk's. It was left as it is."""


class FileDamaged(FileUnusable):
    """The file, or part of it, cannot be read any more."""


class FileRefused(DeskError):
    """A file that cannot be brought in or written: missing, foreign, damaged, a trap, or in the way."""
