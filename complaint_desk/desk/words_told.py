"""What a person writes with an act, checked before it is kept."""

from complaint_desk.locale import _
from complaint_desk.models.errors import FieldRefused
from complaint_desk.models.forms import TEXT_LIMIT, can_be_kept


def told_words(name: str, text: str, needed: str = "") -> str:
    """The words without the space around them; `needed` is the refusal where they must be there.

    Raises FieldRefused for words that are missing, too long, or not text.
    """
    words = text.strip()
    if needed and not words:
        raise FieldRefused(name, needed)
    if len(words) > TEXT_LIMIT or not can_be_kept(words):
        raise FieldRefused(
            name, _("It is too long, or holds a character that is not text. Nothing was written.")
        )
    return words
