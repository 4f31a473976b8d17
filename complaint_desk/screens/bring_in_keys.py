"""The keys by which it is said how a file on its way in is read."""

from complaint_desk.locale import N_
from complaint_desk.screens.keys import DeskKey

READING_KEYS = (
    DeskKey(
        "bring_in.encoding", "e,E", "encoding", "E", N_("Encoding"),
        N_("Read the text in another encoding; what the columns become is proposed anew."), 3,
    ),
    DeskKey(
        "bring_in.delimiter", "s,S", "delimiter", "S", N_("Separator"),
        N_("Cut the lines at another sign; what the columns become is proposed anew."), 3,
    ),
    DeskKey(
        "bring_in.sheet", "w,W", "sheet", "W", N_("Sheet"),
        N_("Take another sheet of the workbook."), 3,
    ),
    DeskKey(
        "bring_in.status", "u,U", "status", "U", N_("Status"),
        N_("Say what lines are whose status the file does not tell: open, settled, closed."), 4,
    ),
)  # fmt: skip
