"""What tests of several rooms share: a clock that stands still, a complaint, the answers of the command line."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from unicodedata import category

from complaint_desk.models.forms import ComplaintForm

MONDAY_MORNING = datetime(2026, 11, 23, 2, 28, tzinfo=UTC)
"""Monday 23 November 2026, 10:28 in Shanghai."""

EVERY_WORD: dict[str, str] = {
    "phone": "138 0013 8000",
    "extension": "801",
    "caller": "王芳",
    "when": "昨天下午3点",
    "where": "南山店 收银台2号",
    "who": "收银员小李",
    "what": "结账多收了两瓶酱油的钱",
    "how": "当场说系统没错",
    "remedy_wanted": "退还38元",
    "cause": "cashier_error",
    "channel": "in_store",
    "type": "rational",
    "store": "南山店",
}
"""A complaint in which nothing is missing."""

HOSTILE = (
    "[/]",
    "[@click=app.quit]x",
    "[bold red]x[/bold red]",
    "'); DROP TABLE ticket; --",
    '"; DELETE FROM event; --',
    "\x1b[2J\x1b]0;title\x07\x1b[31mred",
    "\x9b2J\x9d0;x\x9c",
    "a\x00b".replace("\x00", "\x01"),
    "bell\x07 back\x08\x7f",
    "\u202eright to left\u202c \u2066x\u2069",
    "\u200b\ufeffzero width",
    "line\u2028separator\u2029s",
    "tab\tand\r\nlines\rreturns\n",
    "=1+1",
    "{0} {name} %s %(x)d",
    "\\n \\u001b \\",
    "💥👩‍👩‍👧 é é ﷺ",
    "../../etc/passwd",
    "<script>alert(1)</script>",
    "　全角　空格",
)
"""Text a caller, or somebody who means no good, may hand in."""


class FrozenClock:
    """Tells the time it was set to."""

    def __init__(self, now: datetime = MONDAY_MORNING) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **passed: float) -> None:
        self.now += timedelta(**passed)


@dataclass(frozen=True)
class Answer:
    """What a command left behind: its exit code and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def objects(self) -> list[dict[str, Any]]:
        """The JSON objects it wrote, one a line."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def object(self) -> dict[str, Any]:
        """The one JSON object it wrote."""
        (only,) = self.objects
        return only


def complaint(what: str = "牛奶里有异味", **values: Any) -> ComplaintForm:
    """A complaint in which only what is named was told."""
    return ComplaintForm(what=what, **values)


def moves_the_cursor(text: str) -> bool:
    """Whether a terminal would act upon anything in this text but its line ends; a space of any width is blank."""
    return any(not sign.isprintable() and sign != "\n" and category(sign) != "Zs" for sign in text)
