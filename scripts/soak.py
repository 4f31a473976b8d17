#!/usr/bin/env python3
"""Makes faults for as long as it is told, and prints what they cost.

    .venv/bin/python scripts/soak.py [--minutes 60] [--only PART] [--seed N] [--blows 1000] [--cases 10000]
    .venv/bin/python scripts/soak.py --only kills --ledger FILE     # in parts: the figures are kept in FILE
    .venv/bin/python scripts/soak.py --total FILE                   # what all runs of FILE come to

Each part ends when its share of the time is over or its number is reached. The last line of a part begins with
`ok` or `FAILED`; the exit code is 1 where anything failed. Linux and macOS.
"""

import argparse
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

_HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(_HERE), str(_HERE.parent)]

from _soak_figures import Figures, keep, totals  # noqa: E402

_BLOWS_A_FILE = 60
"""After so many blows the file is proved whole and another one is begun, so that proving stays quick."""
_CHECK_EVERY = 20
_HELD_SECONDS = 60.0


def kills(folder: Path, seconds: float, seed: int, most: int) -> Figures:
    """`kill -9` over saves, acts, drafts, imports, backups, migrations, restores and salvages.

    Only work that was killed while it ran counts towards `most`.
    """
    import complaint_desk.cli.bring_in
    import complaint_desk.desk.file.restore
    import complaint_desk.desk.file.salvage
    import complaint_desk.store.migrate  # noqa: F401 - loaded once for all children
    from tests.soak.battered import Blows
    from tests.soak.kills import Battered

    done, chance, files = Blows(), random.Random(seed), 0
    end = time.monotonic() + seconds
    while sum(done.killed.values()) < most and time.monotonic() < end:
        files += 1
        (folder / str(files)).mkdir()
        battered = Battered(folder / str(files), chance, done)
        for blow in range(1, _BLOWS_A_FILE + 1):
            if sum(done.killed.values()) >= most or time.monotonic() >= end:
                break
            battered.blow()
            if blow % _CHECK_EVERY == 0:
                battered.check()
        battered.check()
    figures = Figures("kills", wrong=[*done.lost, *done.faults])
    figures.counts.update({f"killed {kind}": count for kind, count in done.killed.items()})
    figures.counts.update({"finished": done.finished, "answers": done.acknowledged, "files": files})
    return figures


def desks(folder: Path, seconds: float, seed: int, most: int) -> Figures:
    """Two and eight desks on one file with random acts."""
    from tests.soak.desks import work_together

    figures = Figures("desks")
    for count in (2, 8):
        found = work_together(folder / f"{count}.db", count, seconds / 2, seed)
        figures.counts.update({f"{count} desks {verb}": times for verb, times in found.done.items()})
        figures.counts[f"{count} desks seconds"] += round(seconds / 2)
        figures.counts[f"{count} desks told that somebody was first"] += found.refused
        figures.wrong += [f"{count} desks: {what}" for what in found.wrong]
    return figures


def words(folder: Path, seconds: float, seed: int, most: int) -> Figures:
    """Hostile words and files."""
    from hypothesis import HealthCheck, Phase, given, settings
    from hypothesis import seed as seeded

    from tests.soak.hostile import HostileDesk, cases, files, read_hostile_file

    desk, end = HostileDesk(folder / "desk.db"), time.monotonic() + seconds
    profile = settings(
        max_examples=200,
        deadline=None,
        database=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    turn, read = 0, 0
    os.chdir(folder)
    while desk.tried.cases < most and time.monotonic() < end:
        turn += 1

        @seeded(seed + turn)
        @profile
        @given(told=cases())
        def tell(told: dict[str, str]) -> None:
            if time.monotonic() < end:
                desk.tell(told)

        @seeded(seed + turn)
        @settings(profile, max_examples=40)
        @given(content=files())
        def reads(content: bytes) -> None:
            nonlocal read
            if time.monotonic() < end:
                read += 1
                read_hostile_file(desk, folder, content)

        tell()
        reads()
    desk.close()
    done = desk.tried
    figures = Figures("words", wrong=done.wrong[:20])
    figures.counts.update(
        {"cases": done.cases, "kept": done.stored, "commands": done.commands, "files": read}
    )
    return figures


def salvage(folder: Path, seconds: float, seed: int, most: int) -> Figures:
    """Torn pages, and what can be saved of the file."""
    from tests.soak.torn import Torn

    torn, end = Torn(folder, random.Random(seed)), time.monotonic() + seconds
    while torn.files < most and time.monotonic() < end:
        torn.tear()
    figures = Figures("salvage", worst_share=torn.worst_share, wrong=torn.wrong[:20])
    figures.counts.update(
        {
            "files": torn.files,
            "whole": torn.whole,
            "pages": torn.pages * torn.files,
            "events": torn.events * torn.files,
            "saved events": torn.saved,
        }
    )
    return figures


def lock(folder: Path, seconds: float, seed: int, most: int) -> Figures:
    """Another program holds the file for a minute."""
    from tests.soak.locked import hold_for

    found = hold_for(folder / "desk.db", _HELD_SECONDS)
    figures = Figures("lock", wrong=found.wrong)
    figures.counts.update(
        {
            "holds": 1,
            "seconds": round(_HELD_SECONDS),
            "refused": found.refused,
            "read": found.read,
            "kept": found.kept,
        }
    )
    return figures


PARTS: dict[str, Callable[[Path, float, int, int], Figures]] = {
    "kills": kills,
    "desks": desks,
    "words": words,
    "salvage": salvage,
    "lock": lock,
}


def _tell(figures: Figures) -> None:
    for line in figures.lines():
        print(f"  {line}")
    seeds = ", ".join(map(str, figures.seeds))
    verdict = "FAILED" if figures.wrong else "ok    "
    print(f"{verdict} {figures.part:<8} seed {seeds}  {figures.seconds:6.0f} s", flush=True)


def main() -> int:
    """Run the parts one after the other; 1 where anything went wrong."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=10.0, help="for all parts together")
    parser.add_argument("--only", choices=tuple(PARTS))
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--blows", type=int, default=1_000)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--ledger", type=Path, help="a file that the figures are added to")
    parser.add_argument(
        "--total", type=Path, help="tell what all runs of such a file come to, and run nothing"
    )
    asked = parser.parse_args()
    if asked.total is not None:
        found = list(totals(asked.total).values())
        for figures in found:
            _tell(figures)
        return int(any(figures.wrong for figures in found))
    chosen = {asked.only: PARTS[asked.only]} if asked.only else PARTS
    failed, ledger = False, asked.ledger and asked.ledger.resolve()
    with tempfile.TemporaryDirectory(prefix="complaint-desk-soak-") as place:
        os.environ["COMPLAINT_DESK_SETTINGS"] = str(Path(place) / "settings.toml")
        for name, part in chosen.items():
            folder = Path(place) / name
            folder.mkdir()
            begun = time.monotonic()
            most = asked.blows if name in ("kills", "salvage") else asked.cases
            figures = part(folder, asked.minutes * 60 / len(chosen), asked.seed, most)
            figures.seeds, figures.seconds = [asked.seed], time.monotonic() - begun
            _tell(figures)
            if ledger is not None:
                keep(figures, ledger)
            failed |= bool(figures.wrong)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
