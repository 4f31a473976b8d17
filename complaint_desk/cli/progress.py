"""A bar on the error stream while something takes long; nothing where nobody looks on."""

import sys
import time
from collections.abc import Callable

_WIDTH = 30
_SECONDS = 0.2


def bar() -> tuple[Callable[[int, int], None], Callable[[], None]]:
    """What is told how much of how many is done, and what ends the bar."""
    if not sys.stderr.isatty():
        return (lambda done, count: None), (lambda: None)
    last = 0.0
    drawn = False

    def passed(done: int, count: int) -> None:
        nonlocal last, drawn
        now = time.monotonic()
        if now - last < _SECONDS and (done < count or not count):
            return
        last, drawn = now, True
        if not count:
            drawn_line = f"\r{'…':<{_WIDTH}}       {done:,}"
        else:
            share = min(done / count, 1.0)
            drawn_line = f"\r{'█' * int(share * _WIDTH):<{_WIDTH}} {share:4.0%}  {done:,}"
        print(drawn_line, end="", file=sys.stderr, flush=True)

    def ended() -> None:
        if drawn:
            print("\r" + " " * (_WIDTH + 30) + "\r", end="", file=sys.stderr, flush=True)

    return passed, ended
