"""Who may grant what by themselves, and who is asked where they may not (training text 003, step one). Pure."""

from decimal import Decimal

from complaint_desk.models.enums import Role
from complaint_desk.models.money import Money
from complaint_desk.models.policy import Authority
from complaint_desk.models.settling import AuthorityLevel, RemedyKind, RoleAuthority

ABOUT_MONEY = frozenset({RemedyKind.RETURN, RemedyKind.EXCHANGE, RemedyKind.PRICE})
"""The remedies whose worth must be told: what is taken back, given instead or taken off."""

_NOTHING = Decimal(0)


def authority_of(authority: Authority, role: Role) -> RoleAuthority:
    """What this role may grant; a role the rules do not name decides on nothing."""
    found = (each for each in authority.roles if each.role is role)
    return next(found, RoleAuthority(role, AuthorityLevel.FULLY_LIMITED))


def limit_of(authority: Authority, role: Role, kind: RemedyKind) -> Decimal | None:
    """Up to which amount this role may grant such a remedy: None without limit, `NOT_AT_ALL` where it may not."""
    own = authority_of(authority, role)
    match own.level:
        case AuthorityLevel.FULL:
            return None
        case AuthorityLevel.PARTLY_LIMITED:
            return own.amounts.get(kind, NOT_AT_ALL)
        case _:
            return NOT_AT_ALL


NOT_AT_ALL = Decimal(-1)
"""The limit of what a role may not grant, whatever it is worth."""


def may_grant(authority: Authority, role: Role, kind: RemedyKind, amount: Money | None) -> bool:
    """Whether this role may grant such a remedy by itself; one that costs no money counts as nought."""
    limit = limit_of(authority, role, kind)
    return limit is None or (amount.amount if amount else _NOTHING) <= limit


def may_decide(authority: Authority, kind: RemedyKind, amount: Money | None) -> tuple[Role, ...]:
    """The roles that may grant it, in the order of the rules."""
    return tuple(each.role for each in authority.roles if may_grant(authority, each.role, kind, amount))
