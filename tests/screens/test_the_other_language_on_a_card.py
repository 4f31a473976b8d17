"""F12 on an open card: it speaks the other language at once, and no letter is lost."""

from pathlib import Path

import pytest

from complaint_desk.screens.telling_card import TellingCard
from complaint_desk.widgets.told_text import ToldText
from tests.screens.golden import text_of
from tests.screens.seat import seat
from tests.screens.tickets import take_a_few

CARDS = {
    "a": ("yesterday 3pm", "昨天下午3点"),
    "r": ("Outcome", "结果"),
    "h": ("To whom", "给谁"),
    "p": ("Until", "到何时"),
    "t": ("By when", "何时前"),
    "d": ("Remedy", "补救"),
}


@pytest.mark.parametrize("key", CARDS)
async def test_a_card_speaks_the_other_language_with_its_words_and_its_cursor_in_place(
    tmp_path: Path, key: str
) -> None:
    take_a_few(tmp_path)
    async with seat(tmp_path, size=(120, 40)) as at:
        await at.press("f3", key)
        card = at.app.screen
        assert isinstance(card, TellingCard)
        words = card.query_one(ToldText)
        words.focus()
        words.words = "rang Mrs Zhao"
        await at.press("left", "left", "left")
        at.in_one_breath("f12", "X", "Y")
        await at.until(lambda: "XY" in card.query_one(ToldText).words)
        await at.settle()
        assert card.query_one(ToldText).words == "rang Mrs ZXYhao"
        english, chinese = CARDS[key]
        assert chinese in text_of(at.app)
        await at.press("f12")
        assert english in text_of(at.app)
        assert card.query_one(ToldText).words == "rang Mrs ZXYhao"


async def test_why_a_deadline_is_told_in_the_other_language_at_once(tmp_path: Path) -> None:
    take_a_few(tmp_path)
    async with seat(tmp_path, size=(120, 40)) as at:
        await at.press("f3", "y", "f12")
        assert "允许24小时，昼夜连续计算。" in text_of(at.app)
