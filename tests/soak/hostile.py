"""Hostile words through every field, command and file: stored as given or refused, shown plain, obeyed in nothing."""

import io
import json
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unicodedata import bidirectional, category

from hypothesis import strategies as st
from textual.content import Content

from complaint_desk.desk.desk import Desk
from complaint_desk.models.enums import Act
from complaint_desk.models.errors import DeskError
from complaint_desk.models.forms import ComplaintForm
from complaint_desk.settings import Settings
from complaint_desk.store.sealing import WrongPassphrase
from complaint_desk.widgets.plain import plain
from tests.support import HOSTILE, moves_the_cursor

TELLING = ("caller", "where", "who", "what", "how", "remedy_wanted")
"""The fields that hold a customer's own words and are shown again."""
_PIECES = (
    *HOSTILE,
    "[link=file:///etc/passwd]x[/link]",
    "$(reboot) `reboot` ${HOME} %PATH%",
    "{{ 7*7 }} {% include '/etc/passwd' %}",
    "\x1b]52;c;cmVib290\x07",
    "\x1b[?1049h\x1b[6n\x1bP+q544e\x1b\\",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "+1\t-1\t@x",
    "\u202e\u2066\u200f\u061c",
    "\ud800",
    "NULL",
    "-- /* */ ; DROP TRIGGER event_refuses_update",
    "a" * 5_000,
    "\U000e0001\U000e0041",
    "e\u0301" * 300,
)


def _is_obeyed(sign: str) -> bool:
    """Whether a terminal acts upon this sign: a control character, a mark that turns the line, half a character."""
    return sign != "\n" and (category(sign) in ("Cc", "Cs") or bidirectional(sign) in _TURNING)


_TURNING = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})


def words() -> st.SearchStrategy[str]:
    """What somebody who means no good would type, in any mixture, and anything else there is."""
    piece = st.sampled_from(_PIECES)
    mixed = st.lists(st.one_of(piece, st.text(max_size=40)), min_size=1, max_size=4).map("".join)
    return st.one_of(piece, mixed, st.text(max_size=200))


def cases() -> st.SearchStrategy[dict[str, str]]:
    """A complaint with such words in any of its fields."""
    free = (*TELLING, "phone", "extension", "when", "store")
    closed = (*free, "cause", "channel", "type")
    told = st.dictionaries(st.sampled_from(free), words(), min_size=1, max_size=len(free))
    return st.one_of(told, told, told, st.dictionaries(st.sampled_from(closed), words(), min_size=1))


EACH_COMMAND = 10
"""Of so many cases one goes through the commands too, which take longer."""


@dataclass
class Tried:
    """How many cases went through, and what went wrong."""

    cases: int = 0
    stored: int = 0
    commands: int = 0
    """Commands that were given such words or files."""
    refused: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


class HostileDesk:
    """A desk that is told hostile things."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.tried = Tried()
        self.desk = Desk.open(Settings(db=str(file), store_code="S01"), as_name="chen", back_up=False)
        self._number: str | None = None

    def close(self) -> None:
        """Prove the file whole and let go of it."""
        self.tried.wrong += [f"{fault.kind} {fault.about}" for fault in self.desk.check()]
        self.desk.close()

    def tell(self, told: dict[str, str]) -> None:
        """One case: taken by the form, by the command line, acted upon, sought, shown, printed."""
        self.tried.cases += 1
        self._by_form(told)
        if self.tried.cases % EACH_COMMAND == 1:
            self._by_command(told)
            self._act_and_seek(next(iter(told.values())))

    def _by_form(self, told: dict[str, str]) -> None:
        try:
            form = ComplaintForm(**{"what": "milk was sour", **told})
            ticket = self.desk.register(form)
        except (DeskError, ValueError) as refused:
            self.tried.refused[type(refused).__name__] += 1
            return
        self.tried.stored += 1
        self._number = ticket.number
        again = self.desk.ticket(ticket.number)
        for name in TELLING:
            kept = getattr(again, name) or ""
            if name in told and kept != told[name] and (kept or told[name].strip()):
                self.tried.wrong.append(f"{name} was told {told[name]!r} and kept as {kept!r}")
        self._shown_plain(again.what)

    def _shown_plain(self, text: str) -> None:
        for shown in (plain(text), plain(text, lines=True)):
            if shown.spans or any(_is_obeyed(sign) for sign in shown.plain):
                self.tried.wrong.append(f"{text!r} is obeyed as {shown.plain!r}")
            Content("x").append(shown)

    def _by_command(self, told: dict[str, str]) -> None:
        line = json.dumps({"what": "milk was sour", **told}).encode() + b"\n"
        self._run("ticket", "add", stdin=line)
        if self._number is not None:
            self._run("ticket", "show", self._number)

    def _act_and_seek(self, word: str) -> None:
        if self._number is not None:
            try:
                self.desk.act(self._number, Act.NOTED, word)
            except DeskError as refused:
                self.tried.refused[type(refused).__name__] += 1
        self._run("search", "--limit", "5", "--", word)
        self._run("ticket", "show", "--", word)
        self._run("restore", "--", word)
        self._run("db", "head", "--holds", word)

    def _run(self, *arguments: str, stdin: bytes = b"") -> None:
        from complaint_desk.cli.main import run

        self.tried.commands += 1
        streams = sys.stdin, sys.stdout, sys.stderr
        out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", newline="\n") for _stream in range(2))
        sys.stdin, sys.stdout, sys.stderr = io.TextIOWrapper(io.BytesIO(stdin), "utf-8"), out, err
        try:
            run(["--db", str(self.file), "--as", "chen", "--lang", "en", *arguments])
        except Exception as error:
            self.tried.wrong.append(f"{arguments[:2]!r}: {type(error).__name__}: {error!r}")
        finally:
            sys.stdin, sys.stdout, sys.stderr = streams
        for stream in (out, err):
            stream.flush()
            self._printed(arguments, stream)

    def _printed(self, arguments: tuple[str, ...], stream: Any) -> None:
        text = stream.buffer.getvalue().decode("utf-8")
        if moves_the_cursor(text.replace("\t", " ")):
            self.tried.wrong.append(f"{arguments[:3]!r} prints what a terminal obeys: {text[:200]!r}")


def files() -> st.SearchStrategy[bytes]:
    """What may lie where a file of the desk, a backup or an import is looked for."""
    heads = st.sampled_from(
        (b"", b"SQLite format 3\x00", b"Complaint Desk sealed 1\n", b"PK\x03\x04", b"\xef\xbb\xbfcase,what\n")
    )
    return st.tuples(heads, st.binary(max_size=400)).map(b"".join)


def read_hostile_file(desk: HostileDesk, folder: Path, content: bytes) -> None:
    """Give such a file to everything that reads one: nothing falls over, and nothing is written to the record."""
    from complaint_desk.desk.file.restore import restoration
    from complaint_desk.desk.opening import utc_now

    source = folder / "hostile.csv"
    source.write_bytes(content)
    try:
        with restoration(
            desk.desk.settings, source, as_name="chen", clock=utc_now, passphrase="a wrong passphrase"
        ) as ready:
            ready.look()
        desk.tried.wrong.append(f"a backup of {content[:40]!r} was taken for a good one")
    except (DeskError, WrongPassphrase) as refused:
        desk.tried.refused[type(refused).__name__] += 1
    desk._run("import", str(source))
    desk._run("doctor", "--db", str(source))
    desk._run("queue", "--db", str(source))
    if source.read_bytes() != content and content:
        desk.tried.wrong.append(f"a foreign file was changed: {content[:40]!r}")
