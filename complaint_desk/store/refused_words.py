"""Words that were too long to be kept in the record: whole, in a file of their own, for whoever wrote them."""

import os
from datetime import datetime
from pathlib import Path
from secrets import token_hex


def keep_words(folder: Path, moment: datetime, words: str) -> Path:
    """Write the words among the discarded drafts of this folder, which stay for thirty days; returns the file.

    Only this account may read it; erasing a person reaches it like any draft. Raises OSError.
    """
    kept = folder / "kept"
    for each in (folder, kept):
        each.mkdir(mode=0o700, exist_ok=True)
    target = kept / f"refused-{moment:%Y%m%dT%H%M%S}-{token_hex(4)}.txt"
    descriptor = os.open(target, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600)
    with open(descriptor, "wb") as file:  # noqa: PTH123
        file.write(words.encode("utf-8", "surrogatepass"))
        file.flush()
        os.fsync(file.fileno())
    os.utime(target, (moment.timestamp(), moment.timestamp()))
    return target
