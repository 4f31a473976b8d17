"""The fields a search knows, by their names in both languages."""

from collections.abc import Mapping

from complaint_desk.models.enums import Cause, Channel, ComplainantType, Severity, TicketStatus

TEXT_FIELDS: Mapping[str, str] = {
    "what": "what",
    "where": "place",
    "who": "who",
    "how": "how",
    "remedy": "remedy",
    "caller": "caller",
    "phone": "phone",
    "number": "number",
}
"""Fields that hold words, and the column of the index they stand in."""
DATES = ("after", "before")
"""Fields that say when a ticket was received: from the beginning of that day on, or before it."""
CLOSED_FIELDS: Mapping[str, tuple[str, ...]] = {
    "status": tuple(TicketStatus),
    "type": tuple(ComplainantType),
    "cause": tuple(Cause),
    "channel": tuple(Channel),
    "severity": tuple(str(int(severity)) for severity in Severity),
}
"""Fields whose values are a closed list."""
FIELDS = (*TEXT_FIELDS, *DATES, *CLOSED_FIELDS, "store", "owner", "late")
"""All of them, as they are named to a person."""
YES = frozenset({"yes", "y", "true", "1", "是", "有", "对"})
NO = frozenset({"no", "n", "false", "0", "否", "不", "没有"})

_ALSO: Mapping[str, str] = {
    "wants": "remedy",
    "from": "after",
    "since": "after",
    "until": "before",
    "tel": "phone",
    "内容": "what",
    "何事": "what",
    "地点": "where",
    "何地": "where",
    "人员": "who",
    "何人": "who",
    "谁": "who",
    "经过": "how",
    "诉求": "remedy",
    "来电人": "caller",
    "来电者": "caller",
    "顾客": "caller",
    "客户": "caller",
    "姓名": "caller",
    "电话": "phone",
    "手机": "phone",
    "单号": "number",
    "工单": "number",
    "编号": "number",
    "自": "after",
    "起": "after",
    "晚于": "after",
    "止": "before",
    "早于": "before",
    "状态": "status",
    "类型": "type",
    "原因": "cause",
    "渠道": "channel",
    "严重": "severity",
    "严重程度": "severity",
    "级别": "severity",
    "门店": "store",
    "店": "store",
    "负责人": "owner",
    "超时": "late",
    "逾期": "late",
}


def field_named(name: str) -> str | None:
    """The field of this folded name in either language; None where there is none."""
    name = name.lower()
    return name if name in FIELDS else _ALSO.get(name)
