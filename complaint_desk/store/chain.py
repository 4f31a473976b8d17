"""The chain of hashes over the history: what is hashed, and how. SHA-256 over canonical JSON.

The words themselves are not hashed into the chain but their salted digest is, so that a person's words
can be erased and the chain still verifies.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

_TEXT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_SORTED_TEXT = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode

GENESIS = "0" * 64
"""Stands for the event before the first one of a history."""


def canonical(values: Mapping[str, Any]) -> str:
    """These values as one JSON text that is the same wherever it is made: keys sorted, no spaces."""
    return _SORTED_TEXT(values)


def instant_text(instant: datetime) -> str:
    """An instant as it enters the chain: UTC, to the microsecond."""
    return instant.astimezone(UTC).isoformat(timespec="microseconds")


def words_digest(salt: bytes, words: str) -> str:
    """The salted digest of what was said, in hexadecimal."""
    return hashlib.sha256(salt + words.encode("utf-8")).hexdigest()


def event_hash(
    *,
    id: str,
    origin: str,
    seq: int,
    ticket_id: str | None,
    act: str,
    schema_version: int,
    happened_at: datetime,
    recorded_at: datetime,
    by: str,
    fields: str,
    words_digest: str | None,
    previous_hash: str,
) -> str:
    """The hash of one event, in hexadecimal: everything it sets, and the hash before it in its origin."""
    parts = [
        previous_hash,
        origin,
        seq,
        id,
        ticket_id,
        act,
        schema_version,
        instant_text(happened_at),
        instant_text(recorded_at),
        by,
        fields,
        words_digest,
    ]
    return hashlib.sha256(_TEXT(parts).encode("utf-8")).hexdigest()
