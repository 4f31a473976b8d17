"""The warm summary: what a colleague must know who takes over, so that the caller need not tell it again.

Training text 001, principle E: change the person and the place; its step 6: hand over in time.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from complaint_desk.playbook.spoken_words import ReadBackPart
from complaint_desk.rules.read_back import around, clause_of
from complaint_desk.rules.spoken_back import EN

_TOLD: Final = ("caller", "phone", "what", "when", "where", "who", "how", "remedy_wanted", "promise")
_CELLS = 240


def warm_summary(
    told: Mapping[str, str],
    *,
    reason: str,
    done: Sequence[str],
    open_steps: Sequence[str],
    missing: Sequence[str],
    parts: Mapping[str, ReadBackPart],
    language: str,
) -> str:
    """What was told, done, left and not known, in the desk's language, ready to be read to a colleague.

    `reason` is why it is handed over; `done`, `open_steps` and `missing` are names in that language. Nothing is said
    that was not told.
    """
    comma = "、" if language != EN else ", "
    pieces = [("reason", reason)]
    pieces += [(name, clause_of(told.get(name), _CELLS, parts, language)) for name in _TOLD]
    pieces += [("done", comma.join(done)), ("open", comma.join(open_steps)), ("missing", comma.join(missing))]
    said = [around(parts, f"handover_{name}", language, words) for name, words in pieces if words]
    return around(parts, "handover", language, ("；" if language != EN else "; ").join(said))
