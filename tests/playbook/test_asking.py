"""What screens ask the playbook."""

from functools import cache

import pytest

from complaint_desk.models.enums import Cause, Channel, ClockKind, ComplainantType, HeatStep
from complaint_desk.playbook.loader import Playbook, load_playbook


@cache
def playbook() -> Playbook:
    return load_playbook()


def test_a_victim_who_gave_a_name_is_addressed_by_it_and_reads_well_without() -> None:
    named = playbook().say(HeatStep.HEAR, ComplainantType.VICTIM, "zh_CN", {"caller": "王女士"})
    assert named[0] == "王女士，您慢慢说，我听着，不着急。"
    assert playbook().say(HeatStep.HEAR, ComplainantType.VICTIM, "zh_CN")[0] == "您慢慢说，我听着，不着急。"
    assert playbook().say(HeatStep.HEAR, ComplainantType.VICTIM, "en")[0].startswith("Take your time.")


def test_the_cause_leads_while_the_kind_of_caller_is_unknown_and_follows_once_it_is_known() -> None:
    about = "我们不该那样对您，对不起。"
    unknown = playbook().say(HeatStep.APOLOGISE, None, "zh_CN", cause=Cause.SERVICE_ATTITUDE)
    known = playbook().say(HeatStep.APOLOGISE, ComplainantType.VICTIM, "zh_CN", cause=Cause.SERVICE_ATTITUDE)
    assert unknown[0] == about
    assert known[0] != about
    assert about in known


def test_a_victim_is_never_met_with_money() -> None:
    for step in (HeatStep.HEAR, HeatStep.EMPATHISE, HeatStep.APOLOGISE, HeatStep.TAKE_ACTION):
        lines = " ".join(playbook().say(step, ComplainantType.VICTIM, "zh_CN"))
        assert not any(word in lines for word in ("赔", "退款", "券", "元"))


def test_a_negotiator_is_offered_two_ways_and_told_who_decides_above() -> None:
    lines = playbook().say(HeatStep.TAKE_ACTION, ComplainantType.NEGOTIATOR, "en", {"time": "18:00"})
    assert "one of two things" in lines[0]
    assert lines[1] == "Above that a manager decides. I'll come back to you by 18:00."


def test_without_a_time_to_promise_the_line_asks_to_fix_one() -> None:
    line = playbook().say(HeatStep.TAKE_ACTION, None, "en")[0]
    assert line == "I'll see to this myself. Let's fix a time now for me to ring you."


def test_in_the_first_minute_there_is_one_line_to_hear() -> None:
    assert (
        playbook().first_minute_line("en", {"caller": "Ms Wang"}) == "Ms Wang, take your time. I'm listening."
    )


def test_a_clock_promises_its_time_when_known_and_its_length_when_not() -> None:
    assert playbook().clock_promise(ClockKind.SOLVE, "zh_CN") == "最晚30天内，这件事给您办好。"
    assert "12月22日" in playbook().clock_promise(ClockKind.SOLVE, "zh_CN", {"time": "12月22日"})


def test_the_seven_fold_to_one_line_and_unfold_with_what_to_say_instead() -> None:
    assert playbook().avoid_line("zh_CN") == "A公开 B怠慢 C压抑 D围攻 E负面 F指责 G推卸"
    letters, _, instead = zip(*playbook().avoid("en"), strict=True)
    assert "".join(letters) == "ABCDEFG"
    assert instead[0] == "Let's go somewhere quiet."


def test_names_of_things_in_both_languages() -> None:
    book = playbook()
    assert book.remedy_name("R2", "zh_CN") == book.remedy_name("exchange", "zh_CN") == "换货"
    assert book.channel_name(Channel.MEDIA, "en") == "Media"
    assert book.cause_name(Cause.CASHIER_ERROR, "zh_CN") == "收银差错"
    assert book.cause_origins(Cause.CASHIER_ERROR, "en")[0] == ("till", "Till")
    assert book.type_wish(ComplainantType.RATIONAL, "zh_CN") == "要一个答复"


def test_a_language_or_remedy_the_desk_does_not_have_is_refused() -> None:
    with pytest.raises(KeyError):
        playbook().greeting("fr")
    with pytest.raises(KeyError):
        playbook().remedy_name("R6", "en")


def test_the_card_for_danger_calls_a_supervisor_and_names_the_national_lines() -> None:
    card = playbook().situations["danger_or_self_harm"]
    assert card.supervisor_at_once
    assert [line.number for line in card.help_lines] == ["12356", "120", "110"]
