"""Sorts a call by what the caller wishes to have at its end (training text 003), from words alone.

`read_caller(text, load_model())` is the door; the model comes from `complaint_desk.playbook.caller_model`.
"""

from complaint_desk.rules.classify.priors import SEED_SHARES, learned_shares
from complaint_desk.rules.classify.questions import FIRST_QUESTION, QUESTION_IDS, compared
from complaint_desk.rules.classify.reading import PriorShare, Reading, Reason, read_caller

__all__ = [
    "FIRST_QUESTION",
    "QUESTION_IDS",
    "SEED_SHARES",
    "PriorShare",
    "Reading",
    "Reason",
    "compared",
    "learned_shares",
    "read_caller",
]
