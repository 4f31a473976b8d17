"""How Chinese callers say when: the common spoken core. The rarer sayings are the library's."""

import re
from datetime import timedelta

from complaint_desk.models.enums import Precision
from complaint_desk.rules.spoken_time.chinese_clock import RULES as CLOCK_RULES
from complaint_desk.rules.spoken_time.digits import IMPOSSIBLE, Rule, rule, whole_year
from complaint_desk.rules.spoken_time.meaning import Meaning, Part
from complaint_desk.rules.spoken_time.numbers import HAN_NUMBER, chinese_number, chinese_numbers

_N = rf"(?:\d{{1,4}}|{HAN_NUMBER}{{1,4}})"
_D = rf"(?:\d{{1,2}}|{HAN_NUMBER}{{1,3}})"
_TO = r"[-到至,]"
_COUNTED = r"百千十万个件块元斤瓶箱盒次只袋包张条位台双套支杯岁楼店号种"
_COUNTER_DESK = "店楼线柜收机窗门台桌车电员馆厅通道仓货码子常期用本语料产均文记光后头志"

_DAY_WORDS = {
    "大大前": -4, "大前": -3, "前": -2, "昨": -1, "今": 0, "明": 1, "后": 2, "大后": 3,
}  # fmt: skip
_YEAR_WORDS = {
    "大前年": -3, "前年": -2, "去年": -1, "上年": -1, "今年": 0, "本年": 0, "明年": 1, "后年": 2,
}  # fmt: skip
_WEEKDAYS = {sign: value for value, sign in enumerate("一二三四五六日")} | {"天": 6}
_WEEKDAYS |= {str(value): value - 1 for value in range(1, 8)}
_EDGES = {
    "初": "start", "上旬": "start", "中": "middle", "中旬": "middle", "底": "end", "末": "end", "下旬": "late",
}  # fmt: skip
_PARTS = {
    Part.DAWN: "凌晨 拂晓",
    Part.MORNING: "大清早 大早上 清早 清晨 早晨 早上 早间 一大早 一早 上午 晨 早",
    Part.NOON: "中午 正午 晌午 午间 午",
    Part.AFTERNOON: "下午 午后",
    Part.DUSK: "傍晚 黄昏",
    Part.EVENING: "晚上 晚间 大晚上 夜里 夜晚 夜间 晚",
    Part.DEEP_NIGHT: "大半夜 半夜 深夜 午夜 后半夜",
}
_PART_OF = {word: part for part, words in _PARTS.items() for word in words.split()}
_SAID_ALONE = "|".join(sorted((word for word in _PART_OF if len(word) > 1), key=len, reverse=True))
_YEAR = rf"(?:(?P<y>\d{{4}}|\d{{2}}|[零〇一二三四五六七八九]{{2,4}})年|(?P<ya>{'|'.join(_YEAR_WORDS)}))的?"
_EDGE = "(?P<edge>上旬|中旬|下旬|初|底|末|中(?![午秋旬间]))"


def _away(step: str) -> int:
    return {"上": -1, "前": -2, "这": 0, "本": 0, "当": 0, "下": 1}[step[0]] * len(step.rstrip("一个"))


def _count(found: re.Match[str]) -> Meaning | None:
    """三天前, 一个半小时前, 两周后: so many units away."""
    if found["n"] == "半":
        values, half = [0], True
    else:
        values, half = chinese_numbers(found["n"]), bool(found["half"] or found["half2"])
        values += chinese_numbers(found["n2"] or "")
    if not values:
        return None
    past = found["dir"] == "前"
    amount, sign = (max(values), -1) if past else (values[-1], 1)
    unit = found["unit"]
    if unit in ("小时", "钟头", "分钟", "分", "刻钟"):
        minutes = amount * {"分": 1, "刻": 15}.get(unit[0], 60) + (
            30 if half and unit in ("小时", "钟头") else 0
        )
        exact = half or unit in ("分钟", "分", "刻钟")
        return Meaning(
            moment=timedelta(minutes=sign * minutes),
            moment_precision=Precision.MINUTE if exact else Precision.HOUR,
        )
    if half:
        if unit == "月" and not amount:
            return Meaning(days=sign * 15, loose=past)
        if unit == "年" and not amount:
            return Meaning(months_away=sign * 6)
        return Meaning(months_away=sign * (amount * 12 + 6)) if unit == "年" else None
    if unit in ("天", "日"):
        return Meaning(days=sign * amount)
    if unit in ("周", "星期", "礼拜"):
        return Meaning(week=-amount) if past else Meaning(days=7 * amount)
    if unit == "月":
        return Meaning(months_away=-amount) if past else Meaning(days=30 * amount)
    return Meaning(years_away=sign * amount)


def _date(found: re.Match[str]) -> Meaning:
    said = found.groupdict()
    meaning = Meaning()
    try:
        if said.get("y"):
            year = "".join(str(chinese_number(sign)) for sign in said["y"])
            meaning = meaning.joined(Meaning(year=whole_year(year)))
        elif said.get("ya"):
            meaning = Meaning(years_away=_YEAR_WORDS[said["ya"]])
        if said.get("m"):
            meaning = meaning.joined(Meaning(month=chinese_number(said["m"])))
        if said.get("away"):
            meaning = meaning.joined(Meaning(months_away=_away(said["away"].removesuffix("月"))))
        if said.get("d"):
            meaning = meaning.joined(Meaning(day=chinese_number(said["d"])))
    except ValueError:
        return IMPOSSIBLE
    if said.get("edge"):
        meaning = meaning.joined(Meaning(edge=_EDGES[said["edge"]]))
    if (meaning.month or 1) > 12 or (meaning.day or 1) > 31 or meaning.month == 0 or meaning.day == 0:
        return IMPOSSIBLE
    return meaning


def _edge_alone(found: re.Match[str]) -> Meaning:
    return Meaning(edge=_EDGES[found["edge"] or found["edge2"]])


def _week(found: re.Match[str]) -> Meaning:
    away = _away(found["away"])
    if found["end"]:
        return Meaning(week=away, weekday=5)
    return Meaning(week=away, weekday=_WEEKDAYS[found["wd"]] if found["wd"] else None)


def _day_word(found: re.Match[str]) -> Meaning:
    meaning = Meaning(days=_DAY_WORDS[found["day"]])
    word = found.groupdict().get("part")
    if not word:
        return meaning
    part = _PART_OF.get(word, Part.EVENING)
    if part is Part.EVENING and word in ("晚", "夜") and found["day"] in ("昨", "前", "大前"):
        part = Part.LAST_NIGHT
    return meaning.joined(Meaning(part=part))


_WD = (
    rf"(?:一(?![直共般样起些定律向再{_COUNTED}]|天(?![气亮黑]))|[二三四五六](?![{_COUNTED}]|天(?![气亮黑]))|"
    rf"[日天](?![常期用本气])|[1-7](?![\d:.{_COUNTED}天点]))"
)
_VAGUE = (
    r"[前这那][几两些]天|前[几两]个?(?:周|星期|礼拜|月)|好?几(?:十|百)?(?:天|周|个星期|个礼拜|个月|年|个小时|分钟)[之以]?前|"
    r"好[几多]天|前阵子|前一阵|前段时间|前段日子|这段时间|这阵子|那阵子|过[几两些]天|某天|某日|有[一]?[天日]|哪天|改天|"
    r"上[次回]|那[次回]|每[一个逢]?(?:天|日|年|次|(?:周|星期|礼拜)[一二三四五六日天末]?|个?月)|天天|经常|平时|平常|"
    r"最近|近期|近来|(?:(?<=^)|(?<=[ ,我]))[以之]前|早就|很久|许久|不久前|很多天"
)

RULES: list[Rule] = [
    rule(
        rf"(?<![\d第.])(?:(?P<n>{_N}|半)(?:{_TO}(?P<n2>{_N}))?[多来]?个?(?P<half>半)?多?"
        rf"(?P<unit>小时|钟头|分钟|分|刻钟|天|日|周|星期|礼拜|(?<=[个半])月|年)(?P<half2>半)?多?(?:左右)?"
        rf"(?:[之以]?(?P<dir>前(?![天年几])|后(?![天年])|内)))",
        lambda found: None if found["dir"] == "内" else _count(found),
    ),
    rule(
        r"(?<=[日号节庆诞秋午旦夕])(?:的?)(?P<way>[前后])(?P<n>[一两二三四五1-5])天",
        lambda f: Meaning(shift=chinese_number(f["n"]) * (-1 if f["way"] == "前" else 1)),
    ),
    rule(r"第[二三]天|次日|隔天|后来|翌日", Meaning(elsewhen=True)),
    rule(_VAGUE, Meaning(vague=True)),
    rule(r"那[天日]|当[天日](?!气)", Meaning(vague=True)),
    rule(
        rf"(?:{_YEAR})?(?<!\d)(?P<m>{_D})月(?:份)?的?(?P<d>{_D})(?:{_TO}{_D})?(?:[日号]|"
        rf"(?=$|[ ,.;(到至-]|上午|早|中午|下午|晚|凌晨|傍晚|周|星期|礼拜|我|去|在|左右|那))",
        _date,
    ),
    rule(rf"(?:{_YEAR})?(?<![\d个])(?P<m>{_D})月(?!饼)份?的?{_EDGE}?", _date),
    rule(
        rf"(?P<away>上+一?个?月|前个月|[这本当]个?月|下+一?个?月)份?的?"
        rf"(?:(?P<d>{_D})(?:{_TO}{_D})?[日号](?![{_COUNTER_DESK}])|{_EDGE})?",
        _date,
    ),
    rule(r"月(?P<edge>初|底|末|中旬?)|(?P<edge2>[上中下]旬)", _edge_alone),
    rule(_YEAR, _date),
    rule(rf"(?<![\d第.:])(?P<d>{_D})(?:{_TO}{_D})?[号日](?![{_COUNTER_DESK}])", _date),
    rule(rf"(?P<away>(?:上+|[这本]|下+)一?个?)(?:周|星期|礼拜)的?(?:(?P<end>末)|(?P<wd>{_WD}))?", _week),
    rule(r"周末", Meaning(weekday=5)),
    rule(
        rf"(?<![每一二两三四五六七八九十几半叫姓\d])(?:周|星期|礼拜)(?P<wd>{_WD})",
        lambda found: Meaning(weekday=_WEEKDAYS[found["wd"]]),
    ),
    rule(
        r"(?P<day>大前|[昨今明前])(?:天的?)?(?P<part>早(?![上晨间饭餐点安])|晚(?![上间饭餐安])|夜(?![里晚间宵])|晨|午(?!后|饭|餐))",
        _day_word,
    ),
    rule(r"(?P<day>大大前|大前|大后|[昨今明前后])(?:天|儿个?|日(?![本常用]))", _day_word),
    rule(rf"(?P<day>[昨今明])(?={_SAID_ALONE})", _day_word),
    rule(r"刚才|刚刚|方才|适才|刚不久", Meaning(moment=timedelta(0), moment_precision=Precision.MINUTE)),
    rule(r"现在|此刻", Meaning(moment=timedelta(0), moment_precision=Precision.MINUTE), weak=True),
    rule(
        rf"(?<!整个)(?<!(?<![周期拜十])一)(?P<part>{_SAID_ALONE})(?!好(?!像|几|多|不)|茶|餐|饭|班)",
        lambda found: Meaning(part=_PART_OF[found["part"]]),
    ),
    rule(r"(?<![最太更])[早晚](?![上点期些餐饭会茶安稍报班])", lambda f: Meaning(part=_PART_OF[f[0]]), weak=True),
    *CLOCK_RULES,
]  # fmt: skip
