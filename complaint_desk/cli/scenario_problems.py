"""What is wrong with a scenario, as sentences."""

from complaint_desk.locale import N_, _
from complaint_desk.rules.plain_text import plain
from complaint_desk.rules.scenario import Problem

_SENTENCES = {
    "unknown_key": N_("No such key is known here."),
    "missing_key": N_("This key is missing."),
    "not_text": N_("It must be a text in quotation marks."),
    "not_a_list": N_("It must be a list in square brackets."),
    "not_an_object": N_("It must be a JSON object in braces."),
    "not_an_instant": N_("“{about}” is no moment: write it like 2026-02-14T09:30:00+08:00."),
    "offset_missing": N_(
        "“{about}” has no offset from UTC: write it like 2026-02-14T09:30:00+08:00, or with Z."
    ),
    "not_a_day": N_("“{about}” is no day: write it like 2026-02-14."),
    "not_hours": N_("“{about}” are no opening hours: write them like 09:00-12:00; 24:00 may end a day."),
    "end_not_after_start": N_("The end must lie after the start."),
    "spans_overlap": N_("These opening hours overlap: {about}."),
    "closed_and_open": N_("{about} is both closed and open."),
    "unknown_kind": N_("“{about}” is no kind of clock."),
    "kind_twice": N_("The kind “{about}” stands there twice."),
    "unknown_target": N_("“{about}” is no target: write it like 24h, 30d, 16wh or 10wd."),
    "unknown_zone": N_("“{about}” is no time zone: write it like Asia/Shanghai."),
    "unknown_country": N_(
        "“{about}” is no country whose holidays are known: write it in two capitals, like CN."
    ),
    "unknown_weekday": N_("This is no weekday: write mon, tue, wed, thu, fri, sat or sun."),
    "unknown_channel": N_("“{about}” is no channel."),
    "unknown_role": N_("“{about}” is no role."),
    "response_clock_paused": N_("{about} waits for an answer to the caller: it never pauses."),
    "not_of_the_year": N_("{about} is not a day of this year."),
    "levels_out_of_order": N_("The levels must rise, each but once."),
    "unknown_level": N_("“{about}” is no level of authority: write full, partly_limited or fully_limited."),
    "unknown_remedy": N_("“{about}” is no remedy."),
    "not_an_amount": N_(
        '“{about}” is no amount: write it as a text in plain figures, like "200" or "49.50".'
    ),
    "amounts_without_limit": N_("Only partly limited authority has amounts, and this is {about}."),
    "role_twice": N_("The role “{about}” stands there twice."),
    "nobody_decides": N_("Nobody has full authority: a large remedy could never be decided."),
    "now_before_receipt": N_("This moment must not lie before the receipt."),
    "no_working_time": N_("The calendar has no working time within ten years, so {about} is never used up."),
    "beyond_calendar": N_("With {about} the clock would be due after the year 9999."),
}


def problem_in_words(line: int, problem: Problem) -> str:
    """The refusal with the line and the key it is about."""
    return refusal(line, problem_sentence(problem), problem.key)


def problem_sentence(problem: Problem) -> str:
    """What is wrong, without the place it stands at."""
    sentence = _(_SENTENCES[problem.code]) if problem.code in _SENTENCES else _("This value cannot be used.")
    return sentence.format(about=plain(problem.about))


def refusal(line: int, sentence: str, key: str = "") -> str:
    """A sentence with the line, and the key if there is one, in front."""
    if not key:
        return _("Line {line}: {sentence}").format(line=line, sentence=sentence)
    return _("Line {line}, {key}: {sentence}").format(line=line, key=plain(key), sentence=sentence)
