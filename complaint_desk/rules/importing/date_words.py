"""The names of months and of halves of the day, in small letters."""

_ENGLISH = (
    ("january", "jan"),
    ("february", "feb"),
    ("march", "mar"),
    ("april", "apr"),
    ("may",),
    ("june", "jun"),
    ("july", "jul"),
    ("august", "aug"),
    ("september", "sep", "sept"),
    ("october", "oct"),
    ("november", "nov"),
    ("december", "dec"),
)
MONTHS = {name: number for number, names in enumerate(_ENGLISH, 1) for name in names}
MORNING = frozenset({"上午", "早上", "凌晨", "清晨", "早晨"})
AFTERNOON = frozenset({"下午", "晚上", "傍晚", "中午"})
