"""What the playbook calls causes, kinds of callers and channels, in both languages: files may call them so too."""

from functools import lru_cache

from complaint_desk.models.enums import Cause, Channel, ComplainantType
from complaint_desk.models.importing import Target
from complaint_desk.playbook.loader import Playbook
from complaint_desk.rules.importing.propose import Names
from complaint_desk.rules.importing.words import folded

_LANGUAGES = ("zh_CN", "en")


@lru_cache(maxsize=4)
def known_names(playbook: Playbook) -> Names:
    """The folded names with the identifiers they stand for."""
    causes = {folded(word): cause.value for cause in Cause for word in (cause.value, cause.code)}
    kinds = {folded(kind.value): kind.value for kind in ComplainantType}
    channels = {folded(channel.value): channel.value for channel in Channel}
    for spoken in _LANGUAGES:
        for cause in Cause:
            name = playbook.cause_name(cause, spoken)
            causes |= {folded(name): cause.value, folded(f"{cause.code} {name}"): cause.value}
        for kind in ComplainantType:
            kinds |= {folded(playbook.type_name(kind, spoken)): kind.value}
            kinds |= {folded(playbook.type_short(kind, spoken)): kind.value}
        channels |= {folded(playbook.channel_name(channel, spoken)): channel.value for channel in Channel}
    return {Target.CAUSE: causes, Target.TYPE: kinds, Target.CHANNEL: channels}
