"""Every public verb of the desk, really called: what must be there for it, and the call itself.

Each entry takes a case, makes ready what the verb needs, and returns the call, so that a test can look at the file
between the two.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from complaint_desk.desk.settling.resolve import ResolvedBy
from complaint_desk.models.call_marks import SituationMet, TypeReading
from complaint_desk.models.draft import Draft
from complaint_desk.models.enums import Act, ComplainantType, HeatStep, Role, Severity
from complaint_desk.models.exporting import EveryTicket, ExportFormat, PageFormat
from complaint_desk.models.settling import FollowUpKind, Outcome, PromiseMade, RemedyKind
from tests.support import MONDAY_MORNING, FrozenClock, complaint

Call = Callable[[], Any]
SOON = MONDAY_MORNING + timedelta(hours=6)
IMPORT = "单号,投诉内容,受理时间,姓名,电话\nT-1,收银多收了38元,2026-11-02 15:30,孙丽,13911112222\n"


@dataclass
class Case:
    """Somebody at a seat, with a complaint of their own and one of a colleague's."""

    desk: Any
    """The seat of the person whose rights are looked at."""
    colleague: Any
    """The seat of 赵强, an agent."""
    leader: Any
    """The seat of 王敏, a manager."""
    own: str
    """The number of the person's ticket."""
    foreign: str
    """The number of the colleague's."""
    folder: Path
    clock: FrozenClock

    @property
    def customer(self) -> str:
        """The id of the customer of the person's ticket."""
        return str(self.leader.customer(self.own).id)

    def promised(self) -> str:
        self.desk.promise(self.own, PromiseMade("ring back", SOON))
        return self.own

    def remedy_waiting(self) -> str:
        self.colleague.offer_remedy(self.foreign, RemedyKind.PRICE, self.colleague.money("100"), "退差价")
        return self.foreign

    def remedy_granted(self) -> str:
        self.leader.offer_remedy(self.own, RemedyKind.PRICE, self.leader.money("10"), "退差价")
        return self.own

    def remedy_asked_for(self) -> str:
        self.colleague.offer_remedy(self.own, RemedyKind.PRICE, self.leader.money("9000"), "退差价")
        return self.own

    def resolved(self) -> str:
        self.desk.act(self.own, Act.RESOLVED, "settled", resolved=ResolvedBy(Outcome.EXPLAINED))
        return self.own

    def file(self, text: str = IMPORT) -> Path:
        path = self.folder / "old.csv"
        path.write_text(text, "utf-8")
        return path

    def plan(self) -> Any:
        return self.leader.plan_import(self.file())

    def brought_in(self) -> str:
        """The number of a ticket that nobody owns."""
        self.leader.bring_in(self.plan(), start_clocks=True)
        (row,) = self.leader.search("孙丽").rows
        return str(row.number)


def _draft() -> Draft:
    return Draft("d", "seat", MONDAY_MORNING, "en", fields={"what": "charged twice"})


def _after(case: Case, ready: object, verb: Callable[..., Any], *arguments: Any, **named: Any) -> Call:
    """The call, once something else was made ready."""
    return partial(verb, *arguments, **named)


CALLS: dict[str, Callable[[Case], Call]] = {
    "understand_when": lambda c: partial(c.desk.understand_when, "yesterday", MONDAY_MORNING),
    "read_phone": lambda c: partial(c.desk.read_phone, "13800138000"),
    "register": lambda c: partial(c.desk.register, complaint()),
    "amend": lambda c: partial(c.desk.amend, c.own, {"where": "till 3"}),
    "hear": lambda c: partial(c.desk.hear, {"what": "收银多收了38元,我要退钱"}),
    "read_back": lambda c: partial(c.desk.read_back, _draft(), MONDAY_MORNING),
    "next_question": lambda c: partial(c.desk.next_question, {"what": "x"}, None),
    "summary_for": lambda c: partial(c.desk.summary_for, "abusive_caller", _draft()),
    "lint": lambda c: partial(c.desk.lint, "not my department", Act.ACKNOWLEDGED),
    "act": lambda c: partial(c.desk.act, c.own, Act.ACKNOWLEDGED, "said sorry"),
    "add_call": lambda c: partial(c.desk.add_call, c.own, "rang again"),
    "take_call_back": lambda c: partial(
        c.desk.take_call_back, c.own, c.desk.add_call(c.own, "rang again").added
    ),
    "mark_heat": lambda c: partial(c.desk.mark_heat, c.own, HeatStep.HEAR),
    "unmark_heat": lambda c: _after(
        c, c.desk.mark_heat(c.own, HeatStep.HEAR), c.desk.unmark_heat, c.own, HeatStep.HEAR
    ),
    "confirm_read_back": lambda c: partial(c.desk.confirm_read_back, c.own),
    "meet_situation": lambda c: partial(
        c.desk.meet_situation, c.own, SituationMet("silent_caller", MONDAY_MORNING)
    ),
    "keep_type_reading": lambda c: partial(
        c.desk.keep_type_reading,
        c.own,
        TypeReading(ComplainantType.RATIONAL, {ComplainantType.RATIONAL: 1.0}),
    ),
    "end_type": lambda c: partial(c.desk.end_type, c.own, ComplainantType.RATIONAL),
    "pause": lambda c: partial(c.desk.pause, c.own, "waits for the maker", SOON),
    "resume": lambda c: _after(c, c.desk.pause(c.own, "waits", SOON), c.desk.resume, c.own),
    "understand_due": lambda c: partial(c.desk.understand_due, "tomorrow 6pm"),
    "due_told": lambda c: partial(c.desk.due_told, "tomorrow 6pm"),
    "promise": lambda c: partial(c.desk.promise, c.own, PromiseMade("ring back", SOON)),
    "keep_promise": lambda c: partial(c.desk.keep_promise, c.promised(), None, "rang"),
    "break_promise": lambda c: partial(c.desk.break_promise, c.promised(), None, "nobody there"),
    "pass_promise_on": lambda c: partial(c.desk.pass_promise_on, c.promised(), None, "赵强"),
    "promises": lambda c: _after(c, c.promised(), c.desk.promises),
    "money": lambda c: partial(c.desk.money, "38"),
    "offer_remedy": lambda c: partial(
        c.desk.offer_remedy, c.own, RemedyKind.PRICE, c.leader.money("10"), "退差价"
    ),
    "approve_remedy": lambda c: partial(c.desk.approve_remedy, c.remedy_waiting()),
    "refuse_remedy": lambda c: partial(c.desk.refuse_remedy, c.remedy_waiting(), None, "too much"),
    "withdraw_remedy": lambda c: partial(c.desk.withdraw_remedy, c.remedy_asked_for(), None, "not wanted"),
    "carry_out_remedy": lambda c: partial(c.desk.carry_out_remedy, c.remedy_granted(), None, "paid"),
    "paid_before": lambda c: partial(c.desk.paid_before, c.own),
    "within_authority": lambda c: partial(c.desk.within_authority, RemedyKind.PRICE, c.leader.money("10")),
    "follow_up": lambda c: partial(c.desk.follow_up, c.own, FollowUpKind.CALL, "rang"),
    "close_ticket": lambda c: partial(
        c.desk.close_ticket,
        c.resolved(),
        "all is well",
        thanked=True,
        followed_up=FollowUpKind.CALL,
        follow_up_text="rang",
    ),
    "assign": lambda c: partial(c.desk.assign, c.own, "赵强"),
    "take": lambda c: partial(c.desk.take, c.brought_in()),
    "hand_over": lambda c: partial(c.desk.hand_over, c.own, "赵强"),
    "escalate": lambda c: partial(c.desk.escalate, c.own, "王敏", "asks for the manager"),
    "change_severity": lambda c: partial(c.desk.change_severity, c.own, Severity.SERIOUS, "a child"),
    "warm_summary": lambda c: partial(c.desk.warm_summary, c.foreign),
    "shift_sheet": lambda c: partial(c.desk.shift_sheet),
    "next_shift_ends": lambda c: partial(c.desk.next_shift_ends, MONDAY_MORNING),
    "queue": lambda c: partial(c.desk.queue),
    "queue_end": lambda c: partial(c.desk.queue_end),
    "queue_row": lambda c: partial(c.desk.queue_row, c.foreign),
    "queue_position": lambda c: partial(c.desk.queue_position, c.leader.queue()[0].key),
    "queue_at": lambda c: partial(c.desk.queue_at, 0),
    "queue_counts": lambda c: partial(c.desk.queue_counts),
    "queue_stores": lambda c: partial(c.desk.queue_stores),
    "filter_queue": lambda c: partial(c.desk.filter_queue, "王芳"),
    "changes_seen": lambda c: partial(c.desk.changes_seen),
    "warnings_reached": lambda c: partial(c.desk.warnings_reached, c.leader.queue()[0]),
    "warning_marks": lambda c: partial(c.desk.warning_marks, c.leader.queue()[0]),
    "warned": lambda c: partial(c.desk.warned),
    "ticket": lambda c: partial(c.desk.ticket, c.foreign),
    "search": lambda c: partial(c.desk.search, "王芳"),
    "search_offers": lambda c: partial(c.desk.search_offers, "who:王"),
    "radar": lambda c: partial(c.desk.radar, {"what": "酱油多收了钱", "caller": "王芳"}),
    "radar_of": lambda c: partial(c.desk.radar_of, c.foreign),
    "see_caller": lambda c: partial(c.desk.see_caller, c.foreign),
    "see_customer": lambda c: partial(c.desk.see_customer, c.customer),
    "explain": lambda c: partial(c.desk.explain, c.foreign),
    "essence": lambda c: partial(c.desk.essence, c.foreign),
    "who_is": lambda c: partial(c.desk.who_is, "8000"),
    "caller_card": lambda c: partial(c.desk.caller_card, str(c.leader.customer(c.foreign).id)),
    "complaints_of": lambda c: partial(c.desk.complaints_of, str(c.leader.customer(c.foreign).id)),
    "customer": lambda c: partial(c.desk.customer, c.foreign),
    "edit_customer": lambda c: partial(c.desk.edit_customer, c.own, {"contact_time": "evenings"}),
    "merge_customers": lambda c: partial(c.desk.merge_customers, c.own, c.foreign),
    "undo_customer": lambda c: _after(
        c, c.desk.edit_customer(c.own, {"contact_time": "evenings"}), c.desk.undo_customer, c.own
    ),
    "split_customer": lambda c: _after(
        c, c.desk.merge_customers(c.own, c.foreign), c.desk.split_customer, c.own
    ),
    "relink": lambda c: partial(c.desk.relink, c.own, None),
    "hold_customer": lambda c: partial(c.desk.hold_customer, c.own, "a court asks"),
    "release_customer": lambda c: _after(
        c, c.leader.hold_customer(c.own, "a court asks"), c.desk.release_customer, c.own
    ),
    "customers_due": lambda c: partial(c.desk.customers_due),
    "plan_erasure": lambda c: partial(c.desk.plan_erasure, c.own),
    "erase_customer": lambda c: partial(c.desk.erase_customer, c.own, "asked for it"),
    "finish_erasure": lambda c: partial(c.desk.finish_erasure),
    "erased_ids": lambda c: partial(c.desk.erased_ids),
    "erasure_words": lambda c: partial(c.desk.erasure_words),
    "apply_erasures": lambda c: partial(c.desk.apply_erasures, []),
    "hidden_breaches": lambda c: partial(c.desk.hidden_breaches),
    "clock_report": lambda c: partial(c.desk.clock_report),
    "policy_in_force": lambda c: partial(c.desk.policy_in_force),
    "policy_versions": lambda c: partial(c.desk.policy_versions),
    "preview_policy": lambda c: partial(c.desk.preview_policy, c.leader.policy_in_force()),
    "apply_policy": lambda c: partial(c.desk.apply_policy, c.leader.policy_in_force(), "as before"),
    "unknown_years": lambda c: partial(c.desk.unknown_years),
    "calendar_warnings": lambda c: partial(c.desk.calendar_warnings),
    "opening_words": lambda c: partial(c.desk.opening_words),
    "look_at_file": lambda c: partial(c.desk.look_at_file, c.file()),
    "plan_import": lambda c: partial(c.desk.plan_import, c.file()),
    "try_import": lambda c: partial(c.desk.try_import, c.plan()),
    "bring_in": lambda c: partial(c.desk.bring_in, c.plan()),
    "export": lambda c: partial(c.desk.export, EveryTicket(), io.BytesIO(), ExportFormat.CSV),
    "whole_ticket": lambda c: partial(c.desk.whole_ticket, c.foreign),
    "ticket_page": lambda c: partial(c.desk.ticket_page, c.foreign, PageFormat.MARKDOWN),
    "save_ticket": lambda c: partial(
        c.desk.save_ticket, c.foreign, c.folder / "page.md", PageFormat.MARKDOWN
    ),
    "everybody": lambda c: partial(c.desk.everybody),
    "take_seat": lambda c: partial(c.desk.take_seat),
    "join": lambda c: partial(c.desk.join, "新人", Role.AGENT),
    "change_role": lambda c: partial(c.desk.change_role, "赵强", Role.SUPERVISOR),
    "team": lambda c: partial(c.desk.team),
    "staff_log": lambda c: partial(c.desk.staff_log),
    "leave": lambda c: partial(c.desk.leave, "赵强"),
    "is_new": lambda c: partial(c.desk.is_new),
    "set_up": lambda c: partial(
        c.desk.set_up, {"store_name": "南山店"}, None, file=c.folder / "settings.toml"
    ),
    "asks_for_pin": lambda c: partial(c.desk.asks_for_pin),
    "may_go_on": lambda c: partial(c.desk.may_go_on),
    "sign_in": lambda c: partial(c.desk.sign_in, c.desk.as_name, ""),
    "sign_out": lambda c: partial(c.desk.sign_out),
    "back_up": lambda c: partial(c.desk.back_up, c.folder / "copy.db"),
    "may_restore": lambda c: partial(c.desk.may_restore),
    "head": lambda c: partial(c.desk.head),
    "event_with_hash": lambda c: partial(c.desk.event_with_hash, c.leader.head().hash),
    "keep_copy": lambda c: partial(c.desk.keep_copy),
    "keep_backup_if_due": lambda c: partial(c.desk.keep_backup_if_due),
    "back_up_here": lambda c: partial(c.desk.back_up_here),
    "backups": lambda c: partial(c.desk.backups),
    "last_backup": lambda c: partial(c.desk.last_backup),
    "backup_words": lambda c: partial(c.desk.backup_words),
    "check": lambda c: partial(c.desk.check),
    "rebuild": lambda c: partial(c.desk.rebuild),
    "rebuild_search": lambda c: partial(c.desk.rebuild_search),
    "search_faults": lambda c: partial(c.desk.search_faults),
}
"""The calls by the verb's name; each is allowed to whoever holds the verb's right."""

WITH_PINS: dict[str, Callable[[Case], Call]] = {
    "set_pin": lambda c: partial(c.desk.set_pin, "70518264", "482913"),
    "recover": lambda c: partial(c.desk.recover, c.desk.as_name, c.leader.make_recovery_code(), "70518264"),
    "reset_pin": lambda c: partial(c.desk.reset_pin, "赵强"),
    "make_recovery_code": lambda c: partial(c.desk.make_recovery_code),
    "remove_pins": lambda c: partial(c.desk.remove_pins),
}
"""The calls that only mean something where people have PINs."""

__all__ = ["CALLS", "WITH_PINS", "Case"]
