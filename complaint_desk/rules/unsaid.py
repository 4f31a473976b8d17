"""The coach's memory: what of the call is still unsaid, and what comes next. Standard library only."""

from collections.abc import Collection
from typing import Final, NamedTuple

from complaint_desk.models.enums import HeatStep

READ_BACK: Final = "read_back"
"""The step between listening and acting: what was taken down is read to the caller, who says that it is right."""

IN_ORDER: Final = (
    HeatStep.HEAR,
    HeatStep.EMPATHISE,
    HeatStep.APOLOGISE,
    READ_BACK,
    HeatStep.TAKE_ACTION,
    HeatStep.THANK,
)
"""HEAT (training text 003), the read-back before anything is promised, and the thanks of training text 001."""


class Unsaid(NamedTuple):
    """What is left of a call."""

    left: tuple[str, ...]
    """Every step that was not done, in order."""
    next: str | None
    """The one that comes next; None when all is said."""

    @property
    def before_goodbye(self) -> tuple[str, ...]:
        """What is most often forgotten at the end of a call and is still open: the read-back and the thanks."""
        return tuple(step for step in self.left if step in (READ_BACK, HeatStep.THANK))


def unsaid(done: Collection[HeatStep], *, five_told: bool, read_back_confirmed: bool) -> Unsaid:
    """What is still unsaid, given the steps done, whether the 5W are all told, and the caller's word on them.

    The read-back comes next only once there is something whole to read; until then the other steps go on.
    """
    left = tuple(step for step in IN_ORDER if not _is_done(step, done, read_back_confirmed))
    ready = (step for step in left if step != READ_BACK or five_told)
    return Unsaid(left, next(ready, left[0] if left else None))


def _is_done(step: str, done: Collection[HeatStep], read_back_confirmed: bool) -> bool:
    return read_back_confirmed if step == READ_BACK else step in done
