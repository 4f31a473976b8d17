"""The radar: what recent complaints repeat, and which open ticket may be the same complaint once more."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from complaint_desk.desk.desk import Desk
from complaint_desk.models.enums import Act
from complaint_desk.models.errors import TicketNotFound
from complaint_desk.models.radar import Alike, Radar, SignKind
from tests.support import HOSTILE, FrozenClock, complaint


def take(desk: Desk, what: str, days_ago: float = 1, **told: Any) -> str:
    received = desk.clock() - timedelta(days=days_ago)
    return desk.register(complaint(what, **told), received_at=received).number


def echoes(radar: Radar) -> dict[SignKind, tuple[str, int]]:
    return {echo.kind: (echo.said, echo.others) for echo in radar.echoes}


def test_the_third_complaint_about_the_same_goods_in_a_week_is_named(desk: Desk) -> None:
    take(desk, "酸奶有异味", 2)
    assert desk.radar({"what": "酸奶盖子鼓起来了"}).quiet
    take(desk, "买的酸奶结块了", 3)
    take(desk, "上个月的酸奶就酸了", 20)
    take(desk, "电饭煲跳闸", 1)
    assert echoes(desk.radar({"what": "酸奶盖子鼓起来了"})) == {SignKind.PRODUCT: ("酸奶", 2)}


def test_goods_that_are_always_complained_about_are_named_only_when_it_is_more_than_usual(desk: Desk) -> None:
    for day in range(35):
        take(desk, "鸡蛋碎了", day + 0.5)
    assert desk.radar({"what": "鸡蛋臭了"}).quiet
    for _more in range(8):
        take(desk, "鸡蛋臭了", 2)
    assert echoes(desk.radar({"what": "鸡蛋臭了"}))[SignKind.PRODUCT] == ("鸡蛋", 15)


def test_one_injury_with_the_same_goods_is_enough(desk: Desk) -> None:
    hurt = take(desk, "电压力锅炸了,手烫伤了,去医院缝了三针", 2)
    (echo,) = desk.radar({"what": "电压力锅漏气"}).echoes
    assert (echo.said, echo.others, echo.injuries, echo.numbers) == ("电压力锅", 1, 1, (hurt,))


@pytest.mark.parametrize(
    ("before", "now", "kind", "said"),
    [
        ("奶粉有虫,批号 LX240817B", "孩子喝的奶粉批号是lx240817b,结块", SignKind.BATCH, "lx240817b"),
        ("Formula has bugs, batch number LX240817", "same here, lot LX240817", SignKind.BATCH, "LX240817"),
        ("电水壶 XK-200b 漏电", "XK-200B这个壶漏水", SignKind.CODE, "XK-200B"),
        ("条码6901234567892的面包发霉", "面包6901234567892有霉点", SignKind.CODE, "6901234567892"),
    ],
)
def test_the_same_batch_or_code_is_named_from_the_second_time_on(
    desk: Desk, before: str, now: str, kind: SignKind, said: str
) -> None:
    take(desk, before, 10)
    assert echoes(desk.radar({"what": now}))[kind] == (said, 1)


@pytest.mark.parametrize(
    ("told", "now", "named"),
    [
        ("收银员小李", "小李", True),
        ("cashier Xiao Li", "the cashier called Xiao Li", True),
        ("收银员小李", "收银员小王", False),
        ("工号 1023", "工号1023的收银员", True),
        ("营业员", "营业员", False),
        ("保安和一个女的", "保安", False),
    ],
)
def test_the_same_person_is_named_by_the_name_and_not_by_the_role(
    desk: Desk, told: str, now: str, named: bool
) -> None:
    take(desk, "态度不好", 5, who=told)
    assert (SignKind.PERSON in echoes(desk.radar({"what": "骂人", "who": now}))) is named


def test_a_person_of_another_store_is_somebody_else(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk(store_code="S01")
    take(desk, "态度不好", 5, who="收银员小李", store="S02")
    assert desk.radar({"what": "骂人", "who": "收银员小李"}).quiet
    assert not desk.radar({"what": "骂人", "who": "收银员小李", "store": "S02"}).quiet


@pytest.mark.parametrize("where", ["收银台2号", "2号收银台", "二号收银台", "收银台二号"])
def test_a_till_is_the_same_however_its_number_is_told(desk: Desk, where: str) -> None:
    take(desk, "多收了钱", 2, where="南山店 收银台2号")
    take(desk, "扫了两次", 3, where="二号收银台")
    take(desk, "找错钱", 3, where="收银台12号")
    assert echoes(desk.radar({"what": "多收钱", "where": where}))[SignKind.TILL][1] == 2


def test_what_lies_farther_back_is_not_counted(desk: Desk) -> None:
    take(desk, "批号 LX240817B 的奶粉有虫", 31)
    assert desk.radar({"what": "批号 LX240817B 结块"}).quiet


def test_the_same_caller_with_the_same_story_is_a_probable_duplicate(desk: Desk) -> None:
    open_one = take(desk, "新买的电饭煲用了三天就跳闸,客服让等厂家", 2, phone="13800138000", caller="周建国")
    take(desk, "停车场的灯坏了,差点摔跤", 2, phone="13800138000", caller="周建国")
    told = {"what": "我那个电饭煲跳闸的事怎么没人管,客服让我等厂家", "phone": "138 0013 8000"}
    (duplicate,) = desk.radar(told).duplicates
    assert duplicate.number == open_one
    assert set(duplicate.alike) == {Alike.NUMBER, Alike.NAMED, Alike.WORDS}


def test_a_settled_ticket_is_no_duplicate(desk: Desk) -> None:
    settled = take(desk, "新买的电饭煲用了三天就跳闸", 2, phone="13800138000")
    desk.act(settled, Act.RESOLVED, "换了新的")
    assert not desk.radar({"what": "电饭煲用了三天就跳闸", "phone": "13800138000"}).duplicates


def test_the_same_story_of_nobody_known_counts_for_three_days(desk: Desk) -> None:
    story = "三楼男装的扶梯坏了一个星期,老人上不去,贴个维修就没人管了 西瓜"
    recent = take(desk, story, 2)
    take(desk, story, 5)
    assert [one.number for one in desk.radar({"what": story}).duplicates] == [recent]


def test_another_callers_words_about_another_matter_are_no_duplicate(desk: Desk) -> None:
    take(desk, "牛奶有异味,退款", 1, caller="王芳", phone="13800138000")
    assert desk.radar({"what": "空调不制冷,约了三次没人来", "caller": "李四", "phone": "13700137000"}).quiet


def test_a_ticket_is_not_its_own_duplicate(desk: Desk) -> None:
    number = take(desk, "批号 LX240817B 的奶粉有虫", 1, phone="13800138000")
    assert desk.radar_of(number).quiet
    take(desk, "批号 LX240817B 的奶粉结块", 0)
    assert echoes(desk.radar_of(number))[SignKind.BATCH] == ("LX240817B", 1)
    with pytest.raises(TicketNotFound):
        desk.radar_of("S01-999999-001")


@pytest.mark.parametrize("text", [*HOSTILE, "", " ", "9" * 5_000, "收银台" * 500, "批号" + "A1-" * 300])
def test_no_text_breaks_the_radar(desk: Desk, text: str) -> None:
    told = dict.fromkeys(
        ("phone", "caller", "when", "where", "who", "what", "how", "remedy_wanted", "store"), text
    )
    assert isinstance(desk.radar(told), Radar)


def test_an_erased_index_row_or_a_later_ticket_does_not_disturb(desk: Desk, clock: FrozenClock) -> None:
    take(desk, "批号 LX240817B 的奶粉有虫", 1)
    clock.forward(days=2)
    assert not desk.radar({"what": "批号 LX240817B 结块"}).quiet
    clock.forward(days=60)
    assert desk.radar({"what": "批号 LX240817B 结块"}).quiet


def test_the_essence_of_a_ticket_says_what_others_told_like_it(desk: Desk) -> None:
    take(desk, "电压力锅炸了,手烫伤了,去医院缝了三针", 2)
    leaks = take(desk, "电压力锅漏气", 1)
    alone = take(desk, "停车场的灯坏了", 1)
    (echo,) = desk.essence(leaks).radar.echoes
    assert (echo.said, echo.others, echo.injuries) == ("电压力锅", 1, 1)
    assert desk.essence(alone).radar.quiet
