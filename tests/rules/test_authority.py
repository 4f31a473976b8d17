"""Who may grant what by themselves (training text 003: full, partly limited, fully limited)."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaint_desk.models.enums import Role
from complaint_desk.models.money import MOST_MINOR_UNITS, Money, minor_digits
from complaint_desk.models.policy import Authority, Policy
from complaint_desk.models.settling import AuthorityLevel, RemedyKind, RoleAuthority
from complaint_desk.rules.authority import may_decide, may_grant
from complaint_desk.rules.policy_values import policy_from, policy_values

RULES = Authority(
    roles=(
        RoleAuthority(Role.AGENT, AuthorityLevel.PARTLY_LIMITED, {RemedyKind.PRICE: Decimal("49.50")}),
        RoleAuthority(Role.SUPERVISOR, AuthorityLevel.FULLY_LIMITED),
        RoleAuthority(Role.MANAGER, AuthorityLevel.FULL),
    )
)


@pytest.mark.parametrize(
    ("told", "allowed"), [("49.50", True), ("49.51", False), ("0", True), ("1,000", False)]
)
def test_partly_limited_authority_ends_exactly_at_its_amount(told: str, allowed: bool) -> None:
    amount = Money.read(told, "CNY")
    assert may_grant(RULES, Role.AGENT, RemedyKind.PRICE, amount) is allowed


def test_a_remedy_that_is_not_named_is_not_granted_even_for_nothing() -> None:
    assert not may_grant(RULES, Role.AGENT, RemedyKind.RELATIONSHIP, None)
    assert not may_grant(RULES, Role.SUPERVISOR, RemedyKind.SERVICE, None)
    assert not may_grant(RULES, Role.ADMINISTRATOR, RemedyKind.SERVICE, None)


def test_full_authority_has_no_end_and_is_asked_for_what_others_may_not() -> None:
    much = Money(MOST_MINOR_UNITS, "CNY")
    assert may_grant(RULES, Role.MANAGER, RemedyKind.RETURN, much)
    assert may_decide(RULES, RemedyKind.RETURN, much) == (Role.MANAGER,)


def test_amounts_are_read_exactly_in_the_minor_unit_of_their_currency() -> None:
    assert Money.read("38.5", "CNY") == Money(3850, "CNY")
    assert str(Money.read("1,200", "CNY")) == "1,200.00 CNY"
    assert Money.read("500", "JPY") == Money(500, "JPY")
    assert str(Money.read("1.234", "KWD")) == "1.234 KWD"


@pytest.mark.parametrize(
    "told", ["", "x", "-1", "1e3", "nan", "Infinity", "0.001", "9" * 20, "１２.３４.５", "1 2"]
)
def test_what_is_no_amount_is_refused(told: str) -> None:
    with pytest.raises(ValueError):
        Money.read(told, "CNY")


@given(st.integers(0, MOST_MINOR_UNITS), st.sampled_from(["CNY", "JPY", "KWD", "EUR"]))
def test_an_amount_written_out_is_read_back_the_same(minor: int, currency: str) -> None:
    money = Money(minor, currency)
    assert Money.read(str(money).removesuffix(f" {currency}"), currency) == money
    assert money.amount == Decimal(minor) / 10 ** minor_digits(currency)


def test_authority_is_kept_with_the_rules_and_older_rules_get_the_usual_one() -> None:
    values = policy_values(Policy(authority=RULES))
    assert policy_from(values).authority == RULES
    del values["authority"]
    assert policy_from(values).authority == Authority()
