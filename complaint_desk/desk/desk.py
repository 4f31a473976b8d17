"""The one door to what the desk does. Every verb is one business act and one transaction."""

from complaint_desk.desk.add_call import AddingCalls
from complaint_desk.desk.answer import Answering
from complaint_desk.desk.bring_in import BringingIn
from complaint_desk.desk.coach import Coaching
from complaint_desk.desk.customers.callers import Callers
from complaint_desk.desk.customers.erase import Erasing
from complaint_desk.desk.deadlines.explaining import Explaining
from complaint_desk.desk.deadlines.keep_policy import KeepingPolicy
from complaint_desk.desk.deadlines.warned import WarningOfClocks
from complaint_desk.desk.essence import TellingTheEssence
from complaint_desk.desk.export import Exporting
from complaint_desk.desk.file.check import Checking
from complaint_desk.desk.file.keep_safe import KeepingSafe
from complaint_desk.desk.file.set_up import SettingUp
from complaint_desk.desk.finding.find import Finding
from complaint_desk.desk.finding.radar import NoticingRepeats
from complaint_desk.desk.hand_over import HandingOver
from complaint_desk.desk.learn import Learning
from complaint_desk.desk.opening import Opening
from complaint_desk.desk.pause import Pausing
from complaint_desk.desk.playbook_faults import faults_summary
from complaint_desk.desk.shift.shift import HandingTheShift
from complaint_desk.desk.staff.guard import guarded
from complaint_desk.desk.staff.seeing import Seeing
from complaint_desk.desk.staff.staff_log import KeepingStaffLog
from complaint_desk.desk.staff.team import LookingAtTheTeam


@guarded
class Desk(
    WarningOfClocks,
    Answering,
    Pausing,
    HandingOver,
    HandingTheShift,
    KeepingPolicy,
    KeepingSafe,
    Checking,
    Coaching,
    Explaining,
    TellingTheEssence,
    Learning,
    Erasing,
    Exporting,
    Finding,
    NoticingRepeats,
    AddingCalls,
    Callers,
    BringingIn,
    SettingUp,
    KeepingStaffLog,
    LookingAtTheTeam,
    Seeing,
    Opening,
):
    """The complaint desk on one file: its verbs follow the way of a complaint."""

    def opening_words(self) -> list[str]:
        """What whoever opens the desk should know.

        A backup that could not be made, an erasure that was not finished, entries of the store's own
        that do not serve, years whose public holidays are not announced.
        """
        faults = self.playbook.faults
        about_playbook = faults_summary(faults) if faults else ""
        words = [self.copy_fault or "", self.erasure_words(), about_playbook, *self.calendar_warnings()]
        return [sentence for sentence in words if sentence]
