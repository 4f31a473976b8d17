"""The desk's own quiet colours: one accent, signs before colours, dark and light."""

from textual.theme import Theme

DARK = Theme(
    name="desk-dark",
    primary="#8fb4d8",
    secondary="#7d93a8",
    accent="#e3b873",
    warning="#e3b873",
    error="#e68a7e",
    success="#93c29a",
    foreground="#d7dce1",
    background="#14181c",
    surface="#14181c",
    panel="#1d232a",
    dark=True,
    variables={
        "rule": "#2d353d",
        "field": "#1a1f25",
        "field-focus": "#232b34",
        "key-name": "#8fb4d8",
        "quiet": "#8b959f",
        "good": "#93c29a",
        "bad": "#e68a7e",
        "warn": "#e3b873",
        "mark": "#e3b873",
        "say": "#b5d0ea",
        "border": "#2d353d",
        "input-selection-background": "#3a5270",
        "footer-background": "#14181c",
        "scrollbar": "#2d353d",
        "scrollbar-background": "#14181c",
    },
)
LIGHT = Theme(
    name="desk-light",
    primary="#2f6496",
    secondary="#5d6f80",
    accent="#8a5a00",
    warning="#8a5a00",
    error="#ab3326",
    success="#2c6b36",
    foreground="#23292f",
    background="#f6f6f3",
    surface="#f6f6f3",
    panel="#e9e9e4",
    dark=False,
    variables={
        "rule": "#d2d2cb",
        "field": "#eeeeea",
        "field-focus": "#e2e7ec",
        "key-name": "#2f6496",
        "quiet": "#69727a",
        "good": "#2c6b36",
        "bad": "#ab3326",
        "warn": "#8a5a00",
        "mark": "#8a5a00",
        "say": "#1d4c77",
        "border": "#d2d2cb",
        "input-selection-background": "#bcd0e4",
        "footer-background": "#f6f6f3",
        "scrollbar": "#d2d2cb",
        "scrollbar-background": "#f6f6f3",
    },
)
THEMES = (DARK, LIGHT)
_OURS = ("rule", "field", "field-focus", "key-name", "quiet", "good", "bad", "warn", "mark", "say")
DEFAULTS = {name: DARK.variables[name] for name in _OURS}
"""What a theme that is not ours lacks."""
