#!/usr/bin/env python3
"""Makes faults for as long as it is told, and prints what they cost.

    .venv/bin/python scripts/soak.py [--minutes 10] [--only PART] [--seed N] [--blows 1000] [--cases 10000]

Each part ends when its share of the time is over or its number is reached. The last line of a part begins with
`ok` or `FAILED`; the exit code is 1 where anything failed. Linux and macOS.
"""

import argparse
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

_HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(_HERE), str(_HERE.parent)]

_CHECK_EVERY = 25


def kills(folder: Path, seconds: float, seed: int, most: int) -> Iterable[str]:
    """`kill -9` over saves, acts, drafts, imports, backups, migrations and restores."""
    import complaint_desk.cli.bring_in
    import complaint_desk.desk.restore
    import complaint_desk.store.migrate  # noqa: F401 - loaded once for all children
    from tests.soak.kills import Battered

    battered, end, blows = Battered(folder, random.Random(seed)), time.monotonic() + seconds, 0
    while blows < most and time.monotonic() < end:
        battered.blow()
        blows += 1
        if blows % _CHECK_EVERY == 0:
            battered.check()
    battered.check()
    done = battered.blows
    killed = sum(done.killed.values())
    yield f"{blows} blows: {killed} fell on work that ran ({_each(done.killed)}), {done.finished} after its end"
    yield f"{done.acknowledged:,} answers had left by then; lost: {len(done.lost)}; faults found: {len(done.faults)}"
    yield from (f"wrong: {what}" for what in (*done.lost, *done.faults))


def desks(folder: Path, seconds: float, seed: int, most: int) -> Iterable[str]:
    """Two and eight desks on one file with random acts."""
    from tests.soak.desks import work_together

    for count in (2, 8):
        found = work_together(folder / f"{count}.db", count, seconds / 2, seed)
        acts = sum(found.done.values())
        yield f"{count} desks: {acts:,} acts ({_each(found.done)}), {found.refused} told that somebody was first"
        yield f"{count} desks: errors a retry would solve, things lost, faults of the file: {len(found.wrong)}"
        yield from (f"wrong: {what}" for what in found.wrong)


def words(folder: Path, seconds: float, seed: int, most: int) -> Iterable[str]:
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
    yield f"{done.cases:,} cases of words ({done.stored:,} kept as given, the rest refused), {read:,} files"
    yield f"crashes, markup or sequences obeyed, words changed: {len(done.wrong)}"
    yield from (f"wrong: {what}" for what in done.wrong[:20])


def salvage(folder: Path, seconds: float, seed: int, most: int) -> Iterable[str]:
    """Torn pages, and what can be saved of the file."""
    from tests.soak.torn import Torn

    torn, end = Torn(folder, random.Random(seed)), time.monotonic() + seconds
    while torn.files < most and time.monotonic() < end:
        torn.tear()
    yield f"{torn.files} files with one to forty torn pages of {torn.pages}: {torn.whole} saved whole"
    share, worst = f"{torn.saved_share:.1%}", f"{torn.worst_share:.1%}"
    yield f"events saved: {share} on average, {worst} at worst; faults: {len(torn.wrong)}"
    yield from (f"wrong: {what}" for what in torn.wrong[:20])


PARTS: dict[str, Callable[[Path, float, int, int], Iterable[str]]] = {
    "kills": kills,
    "desks": desks,
    "words": words,
    "salvage": salvage,
}


def _each(counted: dict[str, int]) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in sorted(counted.items()))


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
    asked = parser.parse_args()
    chosen = {asked.only: PARTS[asked.only]} if asked.only else PARTS
    failed = False
    with tempfile.TemporaryDirectory(prefix="complaint-desk-soak-") as place:
        os.environ["COMPLAINT_DESK_SETTINGS"] = str(Path(place) / "settings.toml")
        for name, part in chosen.items():
            folder = Path(place) / name
            folder.mkdir()
            begun = time.monotonic()
            most = asked.blows if name in ("kills", "salvage") else asked.cases
            lines = list(part(folder, asked.minutes * 60 / len(chosen), asked.seed, most))
            wrong = any(line.startswith("wrong: ") for line in lines)
            failed |= wrong
            for line in lines:
                print(f"  {line}")
            print(
                f"{'FAILED' if wrong else 'ok    '} {name:<8} seed {asked.seed}  {time.monotonic() - begun:6.0f} s",
                flush=True,
            )
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
