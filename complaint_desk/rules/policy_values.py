"""A policy as plain values, as its event and its file keep it, and back."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from complaint_desk.models.enums import Channel, ClockKind, Role, Severity
from complaint_desk.models.policy import Authority, ClockRule, EscalationLevel, PauseRule, Policy
from complaint_desk.models.settling import AuthorityLevel, RemedyKind, RoleAuthority


def policy_values(policy: Policy) -> dict[str, Any]:
    """The policy in values that JSON and TOML can hold."""
    return {
        "version": policy.version,
        "clocks": [_rule_values(rule) for rule in policy.clocks],
        "reopening": {"target": policy.at_reopening},
        "pauses": {
            "clocks": [kind.value for kind in policy.pauses.clocks],
            "longest_days": policy.pauses.longest_days,
            "most": policy.pauses.most,
        },
        "escalation": [{"level": step.level, "role": step.role.value} for step in policy.escalation],
        "authority": {
            "approval": policy.authority.approval,
            "roles": [_authority_values(each) for each in policy.authority.roles],
        },
        "calendars": {store: dict(values) for store, values in policy.calendars.items()},
    }


def policy_from(values: Mapping[str, Any]) -> Policy:
    """The policy these values describe, as `policy_values` made them; older ones had no word on authority."""
    pauses = values["pauses"]
    return Policy(
        version=values["version"],
        clocks=tuple(_rule(each) for each in values["clocks"]),
        at_reopening=values["reopening"]["target"],
        pauses=PauseRule(
            clocks=tuple(ClockKind(kind) for kind in pauses["clocks"]),
            longest_days=pauses["longest_days"],
            most=pauses["most"],
        ),
        escalation=tuple(EscalationLevel(step["level"], Role(step["role"])) for step in values["escalation"]),
        authority=_authority(values["authority"]) if "authority" in values else Authority(),
        calendars=values["calendars"],
    )


def _authority_values(own: RoleAuthority) -> dict[str, Any]:
    amounts = {kind.value: str(amount) for kind, amount in own.amounts.items()}
    return {
        "role": own.role.value,
        "level": own.level.value,
        **({"amounts": amounts} if amounts else {}),
    }


def _authority(values: Mapping[str, Any]) -> Authority:
    return Authority(
        approval=values["approval"],
        roles=tuple(
            RoleAuthority(
                Role(each["role"]),
                AuthorityLevel(each["level"]),
                {RemedyKind(kind): Decimal(amount) for kind, amount in (each.get("amounts") or {}).items()},
            )
            for each in values["roles"]
        ),
    )


def _rule_values(rule: ClockRule) -> dict[str, Any]:
    told = {
        "channels": [channel.value for channel in rule.channels],
        "severities": [int(severity) for severity in rule.severities],
        "stores": list(rule.stores),
        "warn_at": list(rule.warn_at),
        "source": rule.source,
        "source_date": rule.source_date,
        "note": rule.note,
    }
    return {
        "kind": rule.kind.value,
        "target": rule.target,
        **{name: value for name, value in told.items() if value},
    }


def _rule(values: Mapping[str, Any]) -> ClockRule:
    return ClockRule(
        kind=ClockKind(values["kind"]),
        target=values["target"],
        channels=tuple(Channel(name) for name in values.get("channels", ())),
        severities=tuple(Severity(number) for number in values.get("severities", ())),
        stores=tuple(values.get("stores", ())),
        warn_at=tuple(values.get("warn_at", ())),
        source=values.get("source", ""),
        source_date=values.get("source_date", ""),
        note=values.get("note", ""),
    )
