"""How the desk reads and shows the number a caller leaves."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from complaint_desk.rules import phone
from complaint_desk.rules.phone import PhoneRead, kept_phone, read_phone, show_phone


@pytest.mark.parametrize(
    "said",
    [
        "13800138000",
        "138 0013 8000",
        "138-0013-8000",
        "138.0013.8000",
        "+8613800138000",
        "+86 138 0013 8000",
        "(+86)13800138000",
        "(+86) 138-0013-8000",
        "0086 138 0013 8000",
        "86-138-0013-8000",
        "8613800138000",
        "１３８００１３８０００",
        "＋８６ １３８ ００１３ ８０００",
        "138—0013—8000",
        "一三八零零一三八零零零",
        "幺三八〇〇幺三八〇〇〇",
        "一三八 零零一三 八零零零",
        " 13800138000\n",
        "手机：13800138000",
        "电话号码是13800138000",
        "tel: 138 0013 8000",
        "\u202d13800138000\u202c",
        "138\u00a00013\u00a08000",
    ],
)
def test_a_mobile_number_is_read_in_any_usual_spelling(said: str) -> None:
    assert read_phone(said) == PhoneRead(said, "+8613800138000", "138 0013 8000", None)


@pytest.mark.parametrize(
    "said",
    [
        "075588881234转801",
        "0755-88881234转801",
        "(0755) 8888-1234 转 801",
        "（0755）88881234 轉801",
        "0755 8888 1234 ext. 801",
        "0755 8888 1234 ext 801",
        "0755 8888 1234 EXT801",
        "0755 8888 1234, extension 801",
        "0755 8888 1234 x801",
        "0755 8888 1234 #801",
        "0755-88881234-801",
        "0755-8888-1234-801",
        "075588881234分机801",
        "075588881234 分机号 801",
        "075588881234（分机：801）",
        "075588881234转分机801",
        "0755 88881234 内线801",
        "+86 755 8888 1234;ext=801",
        "零七五五八八八八一二三四转八零一",
    ],
)
def test_an_extension_is_told_apart_from_the_number(said: str) -> None:
    assert read_phone(said) == PhoneRead(said, "+8675588881234", "0755 8888 1234", "801")


@pytest.mark.parametrize("said", ["(0755) 8888-1234", "0755-88881234", "075588881234", "86-755-88881234"])
def test_a_landline_is_read_with_its_area_code(said: str) -> None:
    assert read_phone(said) == PhoneRead(said, "+8675588881234", "0755 8888 1234", None)


@pytest.mark.parametrize("said", ["4008205555", "400-820-5555", "400 820 5555"])
def test_a_service_number_that_can_be_rung_is_a_number(said: str) -> None:
    assert read_phone(said).e164 == "+864008205555"


@pytest.mark.parametrize(
    "said",
    [
        "",
        "   ",
        "匿名",
        "未知",
        "不愿意留",
        "anonymous",
        "unknown",
        "withheld",
        "10086",
        "10010",
        "12345",
        "12315",
        "95588",
        "110",
        "88881234",
        "88881234转801",
        "1380013800",
        "138001380001",
        "13800138000a",
        "abc13800138000",
        "1-800-FLOWERS",
        "13800138000 或 13900139000",
        "同上",
        "转801",
        "+",
        "()",
        "＋＋86",
        "'); DROP TABLE ticket;--",
        "[@click=app.quit]13800138000[/]",
        "\x00\x1b[31m",
        "9" * 100_000,
        "转" * 50_000,
        "\ufdfa" * 128,
    ],
)
def test_what_is_no_number_stays_as_typed(said: str) -> None:
    assert read_phone(said) == PhoneRead(said, None, None, None)


def test_a_foreign_number_is_shown_internationally_and_an_own_one_nationally() -> None:
    assert read_phone("+44 20 7946 0018").national == "+44 20 7946 0018"
    assert read_phone("020 7946 0018", "GB").national == "020 7946 0018"
    assert show_phone("+8613800138000", "GB") == "+86 138 0013 8000"
    assert show_phone("+8613800138000", "CN") == "138 0013 8000"
    assert show_phone("+12015550123", "us") == "(201) 555-0123"


@pytest.mark.parametrize(
    "said", ["020 7946 0018", "+44 (0)20 7946 0018", "0044 20 7946 0018", "44 20 7946 0018"]
)
def test_another_region_reads_its_own_spellings(said: str) -> None:
    assert read_phone(said, "GB").e164 == "+442079460018"


def test_the_double_nought_reaches_abroad_from_any_region() -> None:
    assert read_phone("0086 138 0013 8000", "US").e164 == "+8613800138000"


@pytest.mark.parametrize(
    "stored", ["10086", "匿名", "", "+", "+86", "+999999999999", "0755 8888 1234", "[/]", "+86138\n"]
)
def test_a_number_kept_as_typed_is_shown_as_typed(stored: str) -> None:
    assert show_phone(stored, "CN") == stored


def test_an_unknown_region_reads_only_international_numbers() -> None:
    assert read_phone("13800138000", "XX").e164 is None
    assert read_phone("+8613800138000", "XX").e164 == "+8613800138000"


mobiles = st.builds(
    "{}{:08d}".format, st.sampled_from(["138", "139", "150", "186", "199"]), st.integers(0, 99_999_999)
)
landlines = st.builds(
    "{}{:08d}".format, st.sampled_from(["0755", "0571", "010", "021"]), st.integers(50_000_000, 69_999_999)
)


@given(st.one_of(mobiles, landlines))
def test_reading_the_shown_form_gives_the_same_number(number: str) -> None:
    first = read_phone(number)
    assert first.national is not None
    assert read_phone(first.national).e164 == first.e164


@given(
    mobiles,
    st.lists(st.sampled_from(["", "", " ", "-", ".", "  "]), min_size=11, max_size=11),
    st.sampled_from(["", "+86", "+86 ", "0086", "86-", "(+86)", "（＋86）"]),
    st.booleans(),
)
def test_decorating_a_number_does_not_change_it(
    number: str, gaps: list[str], prefix: str, wide: bool
) -> None:
    spelled = prefix + "".join(digit + gap for digit, gap in zip(number, gaps, strict=True)).rstrip(".- ")
    if wide:
        spelled = spelled.translate({ord(sign): ord(sign) + 0xFEE0 for sign in "0123456789+-()"})
    assert read_phone(spelled).e164 == "+86" + number


@settings(max_examples=300)
@given(st.text(max_size=200), st.sampled_from(["CN", "US", "GB", "", "??", "中国"]))
def test_no_text_whatever_breaks_the_reading(said: str, region: str) -> None:
    read = read_phone(said, region)
    assert read.said == said
    assert (read.e164 is None) == (read.national is None)
    assert show_phone(said, region) is not None


@pytest.mark.parametrize("region", ["CN", "US", "GB", "SG", "DE", "IT"])
def test_a_mobile_number_read_at_a_glance_is_read_as_the_whole_plan_reads_it(
    region: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = Random(region)
    begun = {"CN": "1", "US": "2", "GB": "7", "SG": "8", "DE": "15", "IT": "3"}[region]
    told = [begun + "".join(chance.choices("0123456789", k=chance.randint(6, 11))) for _ in range(400)]
    at_a_glance = [kept_phone(one, region) for one in told]
    assert any(phone._own_mobile(one, region) for one in told)
    monkeypatch.setattr(phone, "_own_mobile", lambda *_: None)
    assert at_a_glance == [kept_phone(one, region) for one in told]
