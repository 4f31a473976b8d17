"""The store's time limits as data: which clocks, how long, for whom; when they stand still; who is asked next.

Standard library only. Targets are written as `rules.sla_targets` reads them, calendars as `rules.calendar_values`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from complaint_desk.models.enums import Channel, ClockKind, Role, Severity
from complaint_desk.models.settling import AuthorityLevel, RemedyKind, RoleAuthority

RESPONSE_CLOCKS = frozenset(
    {ClockKind.ADMIT, ClockKind.OWN, ClockKind.FEEDBACK, ClockKind.PROMISE, ClockKind.APPROVAL}
)
"""The clocks of answering the caller: they never stand still. A promise is due when it was said to be."""

NOT_AT_RECEIPT = frozenset({ClockKind.REOPENED, ClockKind.PROMISE, ClockKind.APPROVAL})
"""The clocks that later acts start."""

SHARED = "*"
"""The calendar of every store that has none of its own."""

WARN_AT: tuple[float, ...] = (75,)
"""At which shares of its time, in percent, a clock warns unless its rule says otherwise."""


@dataclass(frozen=True, slots=True)
class ClockRule:
    """How long one kind of clock allows, and for which complaints."""

    kind: ClockKind
    target: str
    """The time allowed; `off` where no such clock starts."""
    channels: tuple[Channel, ...] = ()
    """Only for complaints that came this way; empty: for all."""
    severities: tuple[Severity, ...] = ()
    stores: tuple[str, ...] = ()
    warn_at: tuple[float, ...] = WARN_AT
    """The shares of the time, in percent, at which it warns."""
    source: str = ""
    """Where the figure is from."""
    source_date: str = ""
    """As of which day, ISO 8601."""
    note: str = ""

    def fits(self, channel: Channel, severity: Severity, store: str) -> bool:
        """Whether it is for such a complaint."""
        return (
            (not self.channels or channel in self.channels)
            and (not self.severities or severity in self.severities)
            and (not self.stores or store in self.stores)
        )


OFF = "off"


@dataclass(frozen=True, slots=True)
class PauseRule:
    """Which clocks may stand still, for how long and how often."""

    clocks: tuple[ClockKind, ...] = (ClockKind.SOLVE, ClockKind.REOPENED)
    longest_days: int = 14
    """The longest single pause, in days of 24 hours."""
    most: int = 3
    """How many pauses one ticket may have."""


@dataclass(frozen=True, slots=True)
class EscalationLevel:
    """A step up the line: who may be asked, at the least."""

    level: int
    role: Role


_DEFAULT_CLOCKS = (
    ClockRule(ClockKind.ADMIT, "24h", source="training text 003"),
    ClockRule(ClockKind.OWN, "48h", source="training text 003"),
    ClockRule(ClockKind.SOLVE, "30d", source="training text 003"),
    ClockRule(
        ClockKind.FEEDBACK, OFF, warn_at=(16.7,), note="12h, warned of after 2 h, where a store wants it"
    ),
    ClockRule(
        ClockKind.OUTSIDE,
        "10wd",
        channels=(Channel.CONSUMERS_ASSOCIATION,),
        source="12315 platform, ODR companies: settle with the consumer within 10 working days",
        source_date="2026-11-22",
        note="From secondary pages; not legal advice. Check it with the authority that sent the complaint.",
    ),
)
"""The 24 hours, 48 hours and 30 days of training text 003, and the clocks a store may want besides."""


def _up_to(*amounts: int) -> dict[RemedyKind, Decimal]:
    return {kind: Decimal(amount) for kind, amount in zip(RemedyKind, amounts, strict=True)}


@dataclass(frozen=True, slots=True)
class Authority:
    """Who may grant which remedies by themselves, and how long an approval may take.

    Amounts are in the store's currency. The levels are those of training text 003; the amounts are this program's
    proposal, for each store to set.
    """

    approval: str = "4h"
    """The time a remedy may wait for approval."""
    roles: tuple[RoleAuthority, ...] = (
        RoleAuthority(Role.AGENT, AuthorityLevel.PARTLY_LIMITED, _up_to(200, 200, 50, 50, 30)),
        RoleAuthority(Role.SUPERVISOR, AuthorityLevel.PARTLY_LIMITED, _up_to(2000, 2000, 500, 500, 200)),
        RoleAuthority(Role.MANAGER, AuthorityLevel.FULL),
        RoleAuthority(Role.ADMINISTRATOR, AuthorityLevel.FULLY_LIMITED),
    )


_ORDINARY_WEEK = {
    "hours": {day: ["09:00-18:00"] for day in ("mon", "tue", "wed", "thu", "fri")},
    "country": "CN",
}


@dataclass(frozen=True, slots=True)
class Policy:
    """A version of the store's rules. Of several rules for a kind the first that fits a complaint counts."""

    version: int = 1
    clocks: tuple[ClockRule, ...] = _DEFAULT_CLOCKS
    at_reopening: str = "48h"
    """What a reopened complaint is allowed."""
    pauses: PauseRule = field(default_factory=PauseRule)
    escalation: tuple[EscalationLevel, ...] = (
        EscalationLevel(1, Role.SUPERVISOR),
        EscalationLevel(2, Role.MANAGER),
    )
    authority: Authority = field(default_factory=Authority)
    calendars: Mapping[str, Mapping[str, Any]] = field(default_factory=lambda: {SHARED: _ORDINARY_WEEK})
    """The working calendar of each store, by its name."""

    def rule(self, kind: ClockKind, channel: Channel, severity: Severity, store: str) -> ClockRule | None:
        """The rule of this kind for such a complaint; None where no such clock starts."""
        found = (each for each in self.clocks if each.kind is kind and each.fits(channel, severity, store))
        rule = next(found, None)
        return None if rule is None or rule.target == OFF else rule

    def at_receipt(self, channel: Channel, severity: Severity, store: str) -> list[ClockRule]:
        """The rules of the clocks that such a complaint starts, in the order of their kinds."""
        kinds = (kind for kind in ClockKind if kind not in NOT_AT_RECEIPT)
        return [rule for kind in kinds if (rule := self.rule(kind, channel, severity, store))]

    def calendar(self, store: str) -> Mapping[str, Any]:
        """The working calendar of this store, as plain values."""
        return self.calendars.get(store) or self.calendars[SHARED]
