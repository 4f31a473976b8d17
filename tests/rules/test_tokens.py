"""How a text is cut so that it is found again: Chinese, English, numbers, codes, telephone numbers, names."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaint_desk.rules.name_sounds import name_sounds
from complaint_desk.rules.phone_tails import backwards, numbers_in, tail_asked
from complaint_desk.rules.tokens import STEM_SIGN, asked, fold, indexed, legible, tokens

HAN = st.text("退款不到账的问题鲍鱼客服物流快递", min_size=1, max_size=12)
ANYTHING = st.text(max_size=60)


def holds(text: str, said: str) -> bool:
    """Whether the tokens asked for stand in a row among those of the text, as the index looks for them."""
    row, begins = asked(said)
    held = list(tokens(text))
    for at in range(len(held) - len(row) + 1):
        here = held[at : at + len(row)]
        if begins and here[:-1] == list(row[:-1]) and here[-1].startswith(row[-1]):
            return True
        if tuple(here) == row:
            return True
    return False


@given(HAN, HAN)
def test_a_chinese_text_holds_a_word_exactly_when_its_signs_stand_in_it(text: str, word: str) -> None:
    assert holds(text, word) == (word in text)


@given(HAN, st.text("，。！ \n,abc", min_size=1, max_size=4), HAN)
def test_no_chinese_word_reaches_over_a_mark_or_a_latin_word(left: str, mark: str, right: str) -> None:
    word = left[-1] + right[0]
    assert holds(left + mark + right, word) == (word in left or word in right)


@given(ANYTHING)
def test_any_text_becomes_tokens_without_blanks_quotation_marks_or_underscores(text: str) -> None:
    for token in tokens(text):
        assert token
        assert not set(token) & set(" \t\n\r\"'_*():-^+")
        assert not any(unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Zs") for sign in token)


@given(ANYTHING)
def test_folding_keeps_every_character_in_its_place(text: str) -> None:
    assert len(fold(legible(text))) == len(legible(text))


@given(ANYTHING)
def test_what_is_folded_twice_is_as_when_folded_once(text: str) -> None:
    assert list(tokens(fold(legible(text)))) == list(tokens(text))


@given(ANYTHING)
def test_decomposed_accents_make_no_difference(text: str) -> None:
    assert indexed(unicodedata.normalize("NFD", text)) == indexed(unicodedata.normalize("NFC", text))


@given(ANYTHING, ANYTHING)
def test_every_text_is_found_by_itself_whatever_stands_around_it(text: str, around: str) -> None:
    if asked(text)[0]:
        assert holds(f"{around}\n{text}\n{around}", text)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("臺灣的電話費退錢", "台湾"),
        ("台湾的电话费退钱", "電話"),
        ("ＸＫ－２００ｂ坏了", "XK-200b"),
        ("型号xk200B,用了三天", "XK-200b"),
        ("XK 200b", "xk200b"),
        ("多收了1,299.00元", "1299"),
        ("多收了1299元", "1,299"),
        ("CAFÉ au lait", "cafe"),
        ("Smørrebrød, Straße", "smorrebrod"),
        ("вернуть деньги", "деньги"),
        ("退\u200b款", "退款"),
        ("坏了XK", "了"),
    ],
)
def test_other_spellings_of_the_same_are_found(text: str, word: str) -> None:
    assert holds(text, word)


@pytest.mark.parametrize(
    ("text", "word"),
    [("退货款", "退款"), ("refunded", "fund"), ("1380", "138"), ("xk2000b", "xk200b"), ("退。款", "退款")],
)
def test_parts_of_other_words_are_not_found(text: str, word: str) -> None:
    assert not holds(text, word)


@pytest.mark.parametrize("word", ["delivery", "deliveries", "Delivery"])
def test_english_words_of_one_stem_share_a_token(word: str) -> None:
    assert STEM_SIGN + "deliveri" in tokens(word)


@pytest.mark.parametrize(
    "spelt", ["13800138000", "+86 138 0013 8000", "0086-138-0013-8000", "8000", "0138000"]
)
def test_a_telephone_number_is_found_by_any_tail_and_with_any_prefix(spelt: str) -> None:
    digits = "".join(sign for sign in spelt if sign.isdigit())
    assert backwards("8613800138000").startswith(tail_asked(digits))


def test_a_trunk_zero_does_not_hide_a_landline() -> None:
    assert backwards("8675588886666").startswith(tail_asked("075588886666"))


def test_numbers_told_in_a_text_are_taken_whole_and_days_are_not() -> None:
    told = "电话138-0013-8000,订单20261123456789,2026-11-20买的,38元"
    assert list(numbers_in(told)) == ["13800138000", "20261123456789"]


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("张晓虹", {"zhangxiaohong", "zxh", "zhang", "xiaohong"}),
        ("張曉虹", {"zhangxiaohong", "zxh"}),
        ("单女士", {"shan"}),
        ("吕先生", {"lv", "lu"}),
        ("欧阳修", {"ouyangxiu", "oyx", "ouyang", "xiu"}),
        ("Ann 王芳", {"wangfang", "wf"}),
    ],
)
def test_a_chinese_name_is_found_as_clerks_type_it(name: str, typed: set[str]) -> None:
    assert typed <= set(name_sounds(name))


@given(ANYTHING)
def test_how_a_name_sounds_never_fails_and_is_plain_letters(name: str) -> None:
    assert all(sound.isascii() and sound.isalpha() for sound in name_sounds(name))
