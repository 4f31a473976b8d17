"""What a person tells with an act, its words and its time, checked before it is kept."""

from datetime import datetime

from complaint_desk.locale import _
from complaint_desk.models.errors import FieldRefused, WordsTooLong
from complaint_desk.models.forms import TEXT_LIMIT, can_be_kept


def told_words(name: str, text: str, needed: str = "") -> str:
    """The words without the space around them; `needed` is the refusal where they must be there.

    Raises FieldRefused for words that are missing or not text, WordsTooLong.
    """
    words = text.strip()
    if needed and not words:
        raise FieldRefused(name, needed)
    if len(words) > TEXT_LIMIT:
        said = _(
            "It has {count} characters; at most {limit} are kept in one text. Nothing was written."
        ).format(count=f"{len(words):,}", limit=f"{TEXT_LIMIT:,}")
        raise WordsTooLong(name, said, words)
    if not can_be_kept(words):
        raise FieldRefused(name, _("It holds a character that is not text. Nothing was written."))
    return words


def told_moment(
    told: datetime | None, now: datetime, since: datetime | None = None, too_early: str = ""
) -> datetime:
    """When an act happened; now unless told.

    Raises FieldRefused, field `at`, for a time to come, and with the sentence `too_early` for one before `since`.
    """
    at = told or now
    if at > now:
        raise FieldRefused("at", _("An act cannot have happened in the future. Nothing was written."))
    if since is not None and at < since:
        raise FieldRefused("at", too_early)
    return at
