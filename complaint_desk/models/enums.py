"""The closed lists of the trade. Values are stable identifiers in JSON, in the file and in the playbook."""

from enum import IntEnum, StrEnum


class Channel(StrEnum):
    """How a complaint reached us (training text 001, ways A to E)."""

    PHONE = "phone"
    LETTER = "letter"
    IN_STORE = "in_store"
    MEDIA = "media"
    CONSUMERS_ASSOCIATION = "consumers_association"


class Cause(StrEnum):
    """Why the caller complains: the twelve causes of training text 001, A1 to C1 in order."""

    GOODS_QUALITY = "goods_quality"
    GOODS_EXPIRED_OR_DAMAGED = "goods_expired_or_damaged"
    GOODS_INCOMPLETE_RANGE = "goods_incomplete_range"
    GOODS_OUT_OF_STOCK = "goods_out_of_stock"
    PRICE_HIGHER = "price_higher"
    PRICE_TAG_UNCLEAR = "price_tag_unclear"
    SERVICE_ATTITUDE = "service_attitude"
    SERVICE_UNSKILLED = "service_unskilled"
    CASHIER_ERROR = "cashier_error"
    SERVICE_ITEMS_MISSING = "service_items_missing"
    AFTER_SALES_DELAY = "after_sales_delay"
    FACILITY_ENVIRONMENT = "facility_environment"

    @property
    def code(self) -> str:
        """The training text's short code, A1 to C1, as agents say it."""
        return _CAUSE_CODES[self]


_CAUSE_CODES = dict(
    zip(Cause, ("A1", "A2", "A3", "A4", "A5", "A6", "B1", "B2", "B3", "B4", "B5", "C1"), strict=True)
)


class ComplainantType(StrEnum):
    """What the caller wishes to have at the end of the call (training text 003, its five kinds in order)."""

    QUALITY_MONITOR = "quality_monitor"
    RATIONAL = "rational"
    NEGOTIATOR = "negotiator"
    VICTIM = "victim"
    LOYAL_ADVOCATE = "loyal_advocate"


class HeatStep(StrEnum):
    """Hear, empathise, apologise, take action, and the thanks that training text 001 adds."""

    HEAR = "hear"
    EMPATHISE = "empathise"
    APOLOGISE = "apologise"
    TAKE_ACTION = "take_action"
    THANK = "thank"


class Precision(StrEnum):
    """How exactly the caller said when it happened."""

    MINUTE = "minute"
    HOUR = "hour"
    PART = "part"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class TicketStatus(StrEnum):
    """Where a ticket stands; it follows from the acts and is never set by hand."""

    OPEN = "open"
    RESOLVED = "resolved"
    CLOSED = "closed"


class ClockKind(StrEnum):
    """What a clock waits for: the 24 h, 48 h, 30 days of training text 003, and what else a complaint starts.

    `feedback` waits for any contact with the caller, `outside` for the end of an outside authority's procedure,
    `promise` for the keeping of one promise, `approval` for a supervisor's word on a remedy.
    """

    ADMIT = "admit"
    OWN = "own"
    SOLVE = "solve"
    REOPENED = "reopened"
    FEEDBACK = "feedback"
    OUTSIDE = "outside"
    PROMISE = "promise"
    APPROVAL = "approval"


class ClockState(StrEnum):
    """How a clock stands at a moment: computed from its due time, the acts and now, never stored."""

    RUNNING = "running"
    MET = "met"
    LATE = "late"


class SafetyFlag(StrEnum):
    """What makes a complaint jump the queue."""

    FOOD_SAFETY = "food_safety"
    INJURY = "injury"
    DANGER = "danger"
    MEDIA_OR_REGULATOR = "media_or_regulator"


class Severity(IntEnum):
    """How grave the matter is: 1 a small thing, 4 at once to a supervisor."""

    MINOR = 1
    ORDINARY = 2
    SERIOUS = 3
    GRAVE = 4


class Role(StrEnum):
    """What a member of staff may do at the desk."""

    AGENT = "agent"
    SUPERVISOR = "supervisor"
    MANAGER = "manager"
    ADMINISTRATOR = "administrator"


class Act(StrEnum):
    """What an event records. The ones a person enters by name on the command line are in `COMMAND_ACTS`."""

    STAFF_JOINED = "staff_joined"
    RECEIVED = "received"
    AMENDED = "amended"
    HEAT_MARKED = "heat_marked"
    HEAT_UNMARKED = "heat_unmarked"
    ACKNOWLEDGED = "acknowledge"
    OWNED = "own"
    RESOLVED = "resolve"
    NOTED = "note"
    REOPENED = "reopen"
    CONFIRMED = "confirm"
    UNDONE = "undo"
    READ_BACK_CONFIRMED = "read_back_confirmed"
    TYPE_READ = "type_read"
    TYPE_ENDED = "type_ended"
    SITUATION_MET = "situation_met"
    PAUSED = "pause"
    RESUMED = "resume"
    SEVERITY_CHANGED = "severity"
    ASSIGNED = "assign"
    TAKEN = "take"
    HANDED_OVER = "hand_over"
    ESCALATED = "escalate"
    POLICY_CHANGED = "policy"
    RETIMED = "retime"
    STAFF_ROLE_CHANGED = "staff_role"
    STAFF_LEFT = "staff_left"
    STAFF_CAME_BACK = "staff_came_back"
    PIN_SET = "pin_set"
    PIN_RESET = "pin_reset"
    PINS_REMOVED = "pins_removed"
    RECOVERY_CODE_MADE = "recovery_code_made"
    SIGN_IN_LOCKED = "sign_in_locked"
    CALLER_SEEN = "caller_seen"
    PROMISED = "promise"
    PROMISE_KEPT = "promise_kept"
    PROMISE_BROKEN = "promise_broken"
    PROMISE_PASSED_ON = "promise_passed_on"
    REMEDY_OFFERED = "remedy"
    REMEDY_APPROVED = "remedy_approved"
    REMEDY_CHANGED = "remedy_changed"
    REMEDY_REFUSED = "remedy_refused"
    REMEDY_WITHDRAWN = "remedy_withdrawn"
    REMEDY_CARRIED_OUT = "remedy_carried_out"
    FOLLOWED_UP = "follow_up"
    CLOSED = "close"
    CUSTOMER_LINKED = "customer_linked"
    CUSTOMER_CHANGED = "customer_changed"
    CUSTOMER_MERGED = "customer_merged"
    CUSTOMER_UNDONE = "customer_undone"
    CUSTOMER_HELD = "customer_held"
    CUSTOMER_RELEASED = "customer_released"
    CUSTOMER_ERASED = "customer_erased"
    WORDS_ERASED = "words_erased"
    FILE_RESTORED = "file_restored"
    FILE_SALVAGED = "file_salvaged"
    BROUGHT_IN = "brought_in"


COMMAND_ACTS = (
    Act.ACKNOWLEDGED,
    Act.OWNED,
    Act.RESOLVED,
    Act.NOTED,
    Act.REOPENED,
    Act.CONFIRMED,
    Act.UNDONE,
)

STAFF_ACTS = (
    Act.STAFF_JOINED,
    Act.STAFF_ROLE_CHANGED,
    Act.STAFF_LEFT,
    Act.STAFF_CAME_BACK,
    Act.PIN_SET,
    Act.PIN_RESET,
    Act.PINS_REMOVED,
    Act.RECOVERY_CODE_MADE,
    Act.SIGN_IN_LOCKED,
)
"""What the staff did among themselves; of no ticket."""
