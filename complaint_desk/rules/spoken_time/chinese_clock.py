"""How Chinese callers read the clock: 三点, 三点半, 三点一刻, 差五分三点, 三四点, 15时30分."""

import re

from complaint_desk.rules.spoken_time.digits import IMPOSSIBLE, Rule, clock, rule
from complaint_desk.rules.spoken_time.meaning import Meaning
from complaint_desk.rules.spoken_time.numbers import HAN_NUMBER, chinese_number

_H = rf"(?P<h>\d{{1,2}}|{HAN_NUMBER}{{1,3}})"
_OCLOCK = "(?:点钟?|时(?![候间常尚刻期代光段速]))"
_UNIT = "折倍元块斤公千克米厘升%万个亿件瓶箱盒次天"
_NO_CLOCK = (
    r"(?!意见|要求|建议|问题|不满|不足|疑问|疑惑|理由|原因|声明|希望|诉求|说明|内容|事|心|东西|钱|都|也|儿|单|餐|菜|赞|评|关系|"
    r"用|没|不|小|好|水|[一二三四五六七八九\d]{1,2}[折倍元块斤公千克米厘升%万亿])"
)


def _shown(found: re.Match[str]) -> Meaning:
    said = found.groupdict()
    try:
        hour = chinese_number(said["h"])
        minute: int | None = None
        if said.get("half"):
            minute = 30
        elif said.get("quarters"):
            minute = 15 * chinese_number(said["quarters"])
        elif said.get("min"):
            minute = chinese_number(said["min"].lstrip("零〇") or "零")
        elif said.get("sharp"):
            minute = 0
        elif said.get("less"):
            less = 15 if "刻" in said["less"] else chinese_number(said["less"].rstrip("分钟"))
            hour, minute = (hour - 1 if hour > 1 else 12 if hour == 1 else 23), 60 - less
    except ValueError:
        return IMPOSSIBLE
    shown = clock(hour, minute)
    return Meaning(clock=shown) if shown else IMPOSSIBLE


_LESS = rf"(?P<less>\d{{1,2}}分钟?|{HAN_NUMBER}{{1,3}}分钟?|一刻钟?|1刻钟?)"
_MINUTES = (
    rf"(?P<sharp>[整正])|(?P<half>半)|(?P<quarters>[一二三1-3])刻|差{_LESS}|"
    rf"过?(?P<min>(?:[零〇]?{HAN_NUMBER}{{1,3}}|\d{{1,2}})(?=分)|[零〇][一二三四五六七八九]|"
    rf"[二三四五]?十[一二三四五六七八九]?|\d{{2}})(?:分(?!钟)|(?![{_UNIT}\d]))"
)
_TO = r"(?:[-到至,](?:\d{1,2}|[一二两三四五六七八九十]{1,2}))?"

RULES: list[Rule] = [
    rule(rf"差{_LESS}(?:不到|就|到|钟)?{_H}{_OCLOCK}", _shown),
    rule(rf"(?<![\d.:第周期拜]){_H}{_TO}{_OCLOCK}(?:{_MINUTES})", _shown),
    rule(r"(?<![\d.:十廿])(?P<h>[一])点(?!钟|多|左右|前|之前|以前|不到)" + _NO_CLOCK, _shown, weak=True),
    rule(
        rf"(?<![\d.:第周期拜有说这那提讲]){_H}{_TO}[来多]?{_OCLOCK}(?:多钟?|许|左右|来钟)?{_NO_CLOCK}", _shown
    ),
]
