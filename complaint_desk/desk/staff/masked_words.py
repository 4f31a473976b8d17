"""Covers the customer of a ticket within what was told and written about it, as erasing would find them there."""

from collections.abc import Iterable
from functools import lru_cache

from complaint_desk.desk.customers.erase_terms import spellings
from complaint_desk.rules.customers import number_key, told_name
from complaint_desk.rules.erasing import PersonTerms, Redactor
from complaint_desk.rules.masks import COVERED

COVERED_WORDS = COVERED * 3
"""Stands where the customer's name, number or address stood within a sentence."""
NO_WORDS = frozenset(
    {
        *("id", "number", "store", "owner", "owner_id", "by", "by_id", "to", "to_id", "customer_id", "key"),
        *("field_name", "met_by", "target", "record", "file"),
    }
)
"""Fields that hold no sentence: what the desk calls things, and the names of its staff."""


def cover_for(
    names: Iterable[str | None], numbers: Iterable[str | None], address: str | None
) -> Redactor | None:
    """What covers somebody of these names and numbers; None where nothing is known of them."""
    told = frozenset(name for one in names if (name := told_name(one)))
    keys = frozenset(key for one in numbers if (key := number_key(one)))
    return _cover(told, keys, address or "") if told or keys or address else None


@lru_cache(maxsize=512)
def _cover(names: frozenset[str], numbers: frozenset[str], address: str) -> Redactor:
    terms = PersonTerms(
        names=names,
        numbers=frozenset(spelt for number in numbers for spelt in spellings(number)),
        addresses=frozenset({address} if address else ()),
    )
    return Redactor(terms, mark=COVERED_WORDS)
