"""What a search may name, in the words of both languages, and why one is refused, as a sentence."""

from collections.abc import Mapping

from complaint_desk.locale import N_, _
from complaint_desk.models.enums import Cause, Channel, ComplainantType
from complaint_desk.playbook.loader import Playbook
from complaint_desk.rules.search_query import LONGEST, MOST_ITEMS, QueryFault, QueryRefused
from complaint_desk.rules.tokens import fold

FIELD_NAMES: Mapping[str, str] = {
    "caller": N_("caller:"),
    "phone": N_("phone:"),
    "who": N_("who:"),
    "after": N_("after:"),
    "before": N_("before:"),
    "type": N_("type:"),
    "cause": N_("cause:"),
    "late": N_("late:"),
    "status": N_("status:"),
    "owner": N_("owner:"),
    "store": N_("store:"),
    "severity": N_("severity:"),
    "what": N_("what:"),
    "where": N_("where:"),
    "how": N_("how:"),
    "remedy": N_("remedy:"),
    "channel": N_("channel:"),
    "number": N_("number:"),
}
"""The fields as they are written in the language in use, the ones asked for most first."""
_STATUS_NAMES = {
    "open": ("未结", "未解决", "未办结", "处理中"),
    "resolved": ("已解决", "已办结"),
    "closed": ("已关闭", "已结案"),
}
_SENTENCES = {
    QueryFault.EMPTY: N_("Write a word to search for, such as a name, a number or what it was about."),
    QueryFault.TOO_LONG: N_("A search holds at most {limit} characters. Search for fewer words."),
    QueryFault.TOO_MANY: N_("A search holds at most {limit} words and fields. Search for fewer."),
    QueryFault.UNKNOWN_FIELD: N_("There is no field {value}. The fields are: {choices}."),
    QueryFault.EMPTY_FIELD: N_("Write what to look for right after {field}: and the colon, without a blank."),
    QueryFault.UNKNOWN_VALUE: N_("{field}: cannot be {value}. It can be: {choices}."),
    QueryFault.UNREADABLE_DATE: N_(
        "“{value}” is no day that can be read. Write it like 2026-11-01, or say 昨天 or yesterday."
    ),
    QueryFault.NOT_EXCLUDABLE: N_(
        "A minus sign cannot stand before {field}:. Use after: and before: instead."
    ),
}
_LISTED, _SHOWN = 12, 40


def names_of(field_name: str, playbook: Playbook) -> Mapping[str, str]:
    """What the values of a closed field are called besides their identifiers, folded, in both languages."""
    languages = ("zh_CN", "en")
    match field_name:
        case "status":
            return {called: value for value, names in _STATUS_NAMES.items() for called in names}
        case "type":
            kinds = [(kind, language) for kind in ComplainantType for language in languages]
            return {
                fold(name(kind, language)): kind.value
                for kind, language in kinds
                for name in (playbook.type_name, playbook.type_short)
            }
        case "cause":
            named = {
                fold(playbook.cause_name(cause, language)): cause.value
                for cause in Cause
                for language in languages
            }
            return named | {cause.code.lower(): cause.value for cause in Cause}
        case "channel":
            return {
                fold(playbook.channel_name(channel, language)): channel.value
                for channel in Channel
                for language in languages
            }
        case _:
            return {}


def owners(staff: Mapping[str, str], me: str) -> Mapping[str, str]:
    """Ids of the staff by folded name; `staff` are their names by id, `me` is who sits at this seat."""
    found = {fold(name): id for id, name in staff.items()}
    own = {word: id for id, name in staff.items() if name == me for word in ("me", "我")}
    return found | own


def refusal_of(refused: QueryRefused) -> str:
    """Why a search was refused, and what to write instead."""
    limits = {QueryFault.TOO_LONG: LONGEST, QueryFault.TOO_MANY: MOST_ITEMS}
    fields = [_(written).rstrip(":") for written in FIELD_NAMES.values()]
    choices = fields if refused.fault is QueryFault.UNKNOWN_FIELD else refused.choices
    named = _(FIELD_NAMES[refused.field_name]).rstrip(":") if refused.field_name else ""
    listed = ", ".join(choices[:_LISTED]) + (", …" if len(choices) > _LISTED else "")
    value = refused.value if len(refused.value) <= _SHOWN else refused.value[:_SHOWN] + "…"
    return _(_SENTENCES[refused.fault]).format(
        field=named, value=value, choices=listed, limit=limits.get(refused.fault)
    )
