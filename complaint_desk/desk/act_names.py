"""What was done, in a word or two: the names of the acts in a ticket's history, for screens and plain text."""

from complaint_desk.locale import N_
from complaint_desk.models.enums import Act

DONE = {
    Act.STAFF_JOINED: N_("joined the staff"),
    Act.RECEIVED: N_("received"),
    Act.AMENDED: N_("corrected"),
    Act.HEAT_MARKED: N_("marked"),
    Act.HEAT_UNMARKED: N_("unmarked"),
    Act.ACKNOWLEDGED: N_("acknowledged"),
    Act.OWNED: N_("took responsibility"),
    Act.RESOLVED: N_("resolved"),
    Act.NOTED: N_("noted"),
    Act.REOPENED: N_("reopened"),
    Act.CONFIRMED: N_("confirmed"),
    Act.UNDONE: N_("undid the last act"),
    Act.READ_BACK_CONFIRMED: N_("caller confirmed the read-back"),
    Act.TYPE_READ: N_("caller's type read"),
    Act.TYPE_ENDED: N_("type at the end"),
    Act.SITUATION_MET: N_("card used"),
    Act.PAUSED: N_("paused"),
    Act.RESUMED: N_("resumed"),
    Act.SEVERITY_CHANGED: N_("changed the severity"),
    Act.ASSIGNED: N_("assigned"),
    Act.TAKEN: N_("took over"),
    Act.HANDED_OVER: N_("handed over"),
    Act.ESCALATED: N_("escalated"),
    Act.POLICY_CHANGED: N_("changed the time limits"),
    Act.RETIMED: N_("new time limits"),
    Act.PROMISED: N_("promised"),
    Act.PROMISE_KEPT: N_("kept the promise"),
    Act.PROMISE_BROKEN: N_("broke the promise"),
    Act.REMEDY_OFFERED: N_("offered a remedy"),
    Act.REMEDY_APPROVED: N_("approved the remedy"),
    Act.REMEDY_CHANGED: N_("approved another remedy"),
    Act.REMEDY_REFUSED: N_("refused the remedy"),
    Act.REMEDY_WITHDRAWN: N_("withdrew the remedy"),
    Act.REMEDY_CARRIED_OUT: N_("carried the remedy out"),
    Act.FOLLOWED_UP: N_("followed up"),
    Act.CLOSED: N_("closed"),
}
"""Each act as it stands in the history; marked for the catalogue, to be translated when shown."""
