"""How common the five kinds of caller are before a word is said (training text 003), and the store's own counts."""

from collections.abc import Mapping

from complaint_desk.models.enums import ComplainantType

SEED_RANGES: Mapping[ComplainantType, tuple[float, float]] = {
    ComplainantType.QUALITY_MONITOR: (20.0, 30.0),
    ComplainantType.RATIONAL: (20.0, 25.0),
    ComplainantType.NEGOTIATOR: (30.0, 40.0),
    ComplainantType.VICTIM: (15.0, 20.0),
    ComplainantType.LOYAL_ADVOCATE: (5.0, 20.0),
}
"""Per cent, lowest and highest, as training text 003 gives them; the lows sum to 90 and the highs to 135."""

_MIDPOINTS = {kind: (low + high) / 2 for kind, (low, high) in SEED_RANGES.items()}
SEED_SHARES: Mapping[ComplainantType, float] = {
    kind: middle / sum(_MIDPOINTS.values()) for kind, middle in _MIDPOINTS.items()
}
"""The midpoints made to sum to one: 22.2, 20.0, 31.1, 15.6 and 11.1 per cent."""

SEED_WEIGHT = 20
"""The seed counts as much as twenty closed calls of the store's own."""


def learned_shares(counts: Mapping[ComplainantType, int]) -> dict[ComplainantType, float]:
    """The shares after the store has closed so many calls of each type: (midpoint·20 + count) / (20 + all)."""
    total = SEED_WEIGHT + sum(counts.values())
    return {kind: (share * SEED_WEIGHT + counts.get(kind, 0)) / total for kind, share in SEED_SHARES.items()}
