"""Acts in words."""

import pytest

from complaint_desk import locale
from complaint_desk.models.enums import COMMAND_ACTS, Act, SafetyFlag, TicketStatus
from complaint_desk.screens.act_words import act_asks, act_done, act_name, safety_words, status_word


@pytest.mark.parametrize("language", locale.LANGUAGES)
def test_no_act_and_no_state_is_shown_by_its_identifier(language: str) -> None:
    locale.use(language)
    try:
        words = [act_done(act) for act in Act] + [status_word(status) for status in TicketStatus]
        words += [act_name(act) for act in COMMAND_ACTS] + [act_asks(act) for act in COMMAND_ACTS]
        words += [safety_words((flag,)) for flag in SafetyFlag]
    finally:
        locale.use("en")
    assert all(words)
    assert not any("_" in word for word in words)
    if language == "zh_CN":
        assert not any(word.isascii() for word in words)
