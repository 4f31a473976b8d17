"""An amount of money, exact: whole minor units and their currency. Standard library only."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

MOST_MINOR_UNITS = 10**15
"""Larger amounts are typing errors, and would not fit a column either."""

_WITHOUT_MINOR_UNIT = frozenset(
    (
        *("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV"),
        *("XAF", "XOF", "XPF"),
    )
)
_WITH_THREE_DIGITS = frozenset(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"])
_ORDINARY_DIGITS = 2


def minor_digits(currency: str) -> int:
    """How many decimal places the currency's minor unit has (ISO 4217): 2 for most, 0 for the yen."""
    if currency in _WITHOUT_MINOR_UNIT:
        return 0
    return 3 if currency in _WITH_THREE_DIGITS else _ORDINARY_DIGITS


@dataclass(frozen=True, slots=True)
class Money:
    """So many minor units (fen, cents) of a currency by its three letters."""

    minor: int
    currency: str

    @classmethod
    def read(cls, told: str, currency: str) -> "Money":
        """The amount as a person wrote it in plain figures, such as 38, 38.5 or 1,200.00.

        Raises ValueError for what is no amount, is below nought, too large, or has more places than the currency.
        """
        text = told.strip().replace(",", "").replace("，", "")
        try:
            amount = Decimal(text)
        except InvalidOperation as error:
            raise ValueError(told) from error
        if not amount.is_finite() or amount < 0 or "e" in text.lower():
            raise ValueError(told)
        minor = amount.scaleb(minor_digits(currency))
        if minor != minor.to_integral_value() or minor > MOST_MINOR_UNITS:
            raise ValueError(told)
        return cls(int(minor), currency)

    @property
    def amount(self) -> Decimal:
        """The amount in whole units, exact, with the currency's decimal places."""
        return Decimal(self.minor).scaleb(-minor_digits(self.currency))

    def __str__(self) -> str:
        """The amount and the currency, as in 1,200.00 CNY."""
        return f"{self.amount:,.{minor_digits(self.currency)}f} {self.currency}"
