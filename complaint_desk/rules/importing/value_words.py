"""What other programs write in columns of a closed list, in Chinese and English, folded."""

from collections.abc import Mapping

from complaint_desk.models.enums import Channel, TicketStatus
from complaint_desk.models.importing import Target
from complaint_desk.rules.importing.words import folded

_STATUS: Mapping[str, tuple[str, ...]] = {
    TicketStatus.RESOLVED: (
        *("resolved", "solved", "fixed", "answered", "settled", "done", "completed", "complete", "finished"),
        *("已解决", "已处理", "处理完毕", "处理完成", "已完成", "完成", "已答复", "已回复", "解决", "是"),
    ),
    TicketStatus.CLOSED: (
        *(
            "closed",
            "close",
            "archived",
            "cancelled",
            "canceled",
            "rejected",
            "withdrawn",
            "duplicate",
            "void",
        ),
        *(
            "已关闭",
            "关闭",
            "结案",
            "已结案",
            "办结",
            "已办结",
            "归档",
            "已归档",
            "已撤销",
            "撤销",
            "作废",
            "已取消",
        ),
    ),
    TicketStatus.OPEN: (
        *(
            "open",
            "new",
            "pending",
            "in progress",
            "on hold",
            "hold",
            "waiting",
            "assigned",
            "active",
            "reopened",
        ),
        *("re opened", "escalated", "unresolved", "not resolved", "received", "registered", "under review"),
        *("awaiting", "processing", "unsolved", "not started", "started", "draft"),
        *(
            "未处理",
            "处理中",
            "待处理",
            "待办",
            "办理中",
            "已受理",
            "受理中",
            "跟进中",
            "待跟进",
            "未解决",
            "未完成",
        ),
        *(
            "未结案",
            "新建",
            "新增",
            "待回访",
            "待审核",
            "挂起",
            "已登记",
            "进行中",
            "待定",
            "未办结",
            "已派单",
            "否",
        ),
    ),
}
_CHANNEL: Mapping[str, tuple[str, ...]] = {
    Channel.CONSUMERS_ASSOCIATION: (
        *(
            "consumers association",
            "consumer association",
            "regulator",
            "ombudsman",
            "authority",
            "government",
        ),
        *(
            "消协",
            "消费者协会",
            "消费者委员会",
            "消委会",
            "12315",
            "12345",
            "工商",
            "市场监管",
            "市监局",
            "市监",
            "监管部门",
        ),
    ),
    Channel.MEDIA: (
        *("media", "press", "newspaper", "tv", "television", "radio", "social media", "twitter", "facebook"),
        *("媒体", "报纸", "报社", "电视台", "电台", "记者", "微博", "抖音", "小红书", "社交媒体"),
    ),
    Channel.IN_STORE: (
        *(
            "in store",
            "store",
            "counter",
            "walk in",
            "in person",
            "face to face",
            "visit",
            "front desk",
            "shop",
        ),
        *("到店", "门店", "现场", "柜台", "上门", "当面", "服务台", "店内", "来店", "来访", "前台"),
    ),
    Channel.PHONE: (
        *(
            "phone",
            "telephone",
            "call",
            "hotline",
            "call centre",
            "call center",
            "mobile",
            "inbound call",
            "tel",
        ),
        *("customer care call", "voice", "fixed line", "ivr"),
        *("电话", "热线", "来电", "致电", "呼入", "客服电话", "400", "语音", "手机"),
    ),
    Channel.LETTER: (
        *(
            "letter",
            "post",
            "mail",
            "e mail",
            "email",
            "internet",
            "web",
            "website",
            "online",
            "web form",
            "form",
        ),
        *(
            "portal",
            "app",
            "chat",
            "live chat",
            "webchat",
            "fax",
            "sms",
            "text message",
            "whatsapp",
            "wechat",
        ),
        *("postal mail", "in writing", "suggestion box", "referral", "self service"),
        *(
            "来信",
            "信件",
            "信函",
            "书信",
            "邮件",
            "电子邮件",
            "邮箱",
            "网络",
            "网站",
            "官网",
            "在线",
            "线上",
            "微信",
        ),
        *("公众号", "小程序", "短信", "传真", "意见箱", "留言", "网上", "互联网", "平台", "在线客服"),
    ),
}
_SEVERITY: Mapping[str, tuple[str, ...]] = {
    "1": ("1", "low", "minor", "p4", "trivial", "lowest", "低", "轻微", "一般低", "建议", "四级"),
    "2": ("2", "medium", "normal", "ordinary", "moderate", "p3", "中", "一般", "普通", "正常", "三级"),
    "3": (
        "3",
        "high",
        "serious",
        "major",
        "p2",
        "important",
        "高",
        "较重",
        "严重",
        "重要",
        "紧急",
        "二级",
        "重大投诉",
    ),
    "4": (
        "4",
        "critical",
        "grave",
        "urgent",
        "p1",
        "highest",
        "emergency",
        "特急",
        "重大",
        "特别严重",
        "非常紧急",
        "一级",
    ),
}
KNOWN: Mapping[Target, Mapping[str, tuple[str, ...]]] = {
    Target.STATUS: _STATUS,
    Target.CHANNEL: _CHANNEL,
    Target.SEVERITY: _SEVERITY,
}

_EXACT = {
    target: {folded(word): meaning for meaning, words in of.items() for word in words}
    for target, of in KNOWN.items()
}


def meaning_of(target: Target, value: str, names: Mapping[str, str]) -> str | None:
    """What a value of a closed list stands for; None where it stands for nothing known.

    `names` are the folded names that the playbook has for the list, with what they stand for.
    """
    plain = folded(value)
    known = _EXACT.get(target, {})
    found = names.get(plain) or known.get(plain)
    if found is not None or not plain:
        return found
    if target is Target.STATUS and plain.startswith(("not ", "un", "未", "待", "没")):
        return TicketStatus.OPEN
    if target not in (Target.STATUS, Target.CHANNEL):
        return None
    held = [(word, meaning) for word, meaning in known.items() if _holds(plain, word)]
    return max(held, key=lambda pair: len(pair[0]), default=(None, None))[1]


def _holds(plain: str, word: str) -> bool:
    """Whether a word stands in a text, as a whole word where it is written in letters."""
    if word.isascii() and not word.isdigit():
        return f" {word} " in f" {plain} "
    return len(word) > 1 and word in plain
