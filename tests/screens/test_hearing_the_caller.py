"""The desk hears the caller while the agent types: it offers, and decides nothing; no letter is changed by it."""

from dataclasses import replace
from pathlib import Path

import pytest

from complaint_desk.desk.coach import Heard
from complaint_desk.desk.desk import Desk
from complaint_desk.models.enums import Act, Cause, ComplainantType, HeatStep, SafetyFlag, Severity
from complaint_desk.models.ticket import Ticket
from complaint_desk.rules.classify import PriorShare, Reading, Reason
from complaint_desk.rules.situations import Offer
from complaint_desk.screens import call_guided
from complaint_desk.screens.call import CallScreen
from complaint_desk.screens.keys import CALL_KEYS
from complaint_desk.screens.playbook import PlaybookScreen
from complaint_desk.screens.read_back_card import ReadBackCard
from complaint_desk.screens.saved_card import SavedCard
from complaint_desk.screens.situation_card import SituationCard
from complaint_desk.screens.type_choice import TypeChoice
from tests.screens.golden import compare, text_of
from tests.screens.seat import Seat, seat

RATIONAL = "请问以哪个为准?依据是什么?最迟哪天给我书面答复?"
SHORT = "昨天去店里买东西"
READING = Reading(
    probabilities=dict(zip(ComplainantType, (0.04, 0.63, 0.21, 0.08, 0.04), strict=True)),
    causes=((Cause.GOODS_EXPIRED_OR_DAMAGED, 0.82),),
    reasons=(
        Reason((0, 7), "我吃了上吐下泻", ComplainantType.RATIONAL, -1.5),
        Reason((8, 16), "请问以哪个为准", ComplainantType.RATIONAL, 7.0),
    ),
    prior=PriorShare(ComplainantType.RATIONAL, 0.2, -7.0),
    ask=None,
    unsure=False,
    depends_on_prior=True,
)
SIZES = ((80, 24), (120, 40))


async def tell(at: Seat, **words: str) -> None:
    """Type into the fields, and wait until the desk has read it."""
    at.clock.forward(seconds=61)
    for name, said in words.items():
        await at.go_to(name)
        await at.type(said)
    await heard(at, words.get("what") or words.get("remedy_wanted") or "")


async def heard(at: Seat, words: str) -> None:
    at.call.heard = None
    at.call.hear_again()
    await at.until(lambda: at.call.heard is not None)
    await at.settle()
    assert words in "".join(at.call.form.words().values()).replace("\n", "")


def coach(at: Seat, heading: str) -> str:
    parts = {part.heading: "\n".join(part.lines) for part in at.call.coach.view.parts}
    return parts.get(heading, "")


def saved(at: Seat) -> Ticket:
    card = at.app.screen
    assert isinstance(card, SavedCard), at.notice
    return card.ticket


async def save(at: Seat) -> Ticket:
    await at.press("ctrl+s")
    if not isinstance(at.app.screen, SavedCard):
        await at.press("ctrl+s")
    return saved(at)


async def test_the_leading_type_stands_in_one_line_with_its_share(tmp_path: Path) -> None:
    async with seat(tmp_path) as at:
        await tell(at, what=RATIONAL)
        assert coach(at, "Type").startswith("Rational ")
        assert "%" in coach(at, "Type")
        assert "wants an answer" in coach(at, "Type")
        assert at.call.call.type is None


async def test_what_is_typed_is_read_a_moment_after_the_last_key_without_being_asked(tmp_path: Path) -> None:
    async with seat(tmp_path) as at:
        at.clock.forward(seconds=61)
        await at.go_to("what")
        await at.type(RATIONAL)
        await at.until(lambda: at.call.heard and at.call.heard.reading)
        await at.type("。")
        await at.until(lambda: at.call.coach.view.parts and "Rational" in coach(at, "Type"))
        assert at.words("what") == RATIONAL + "。"


@pytest.fixture
def unsure(monkeypatch: pytest.MonkeyPatch) -> None:
    """A caller of whom the words tell nothing, until a question was answered."""

    def hear(_desk: Desk, _told: object, answers: object = None) -> Heard:
        return Heard(READING if answers else replace(READING, unsure=True, ask="rational-negotiator"))

    monkeypatch.setattr(Desk, "hear", hear)


@pytest.mark.usefixtures("unsure")
async def test_while_unsure_the_desk_asks_and_does_not_guess(tmp_path: Path) -> None:
    async with seat(tmp_path) as at:
        await tell(at, what=SHORT)
        assert coach(at, "Type") == "ask: “If I can give you the reason and a date, would that settle it?”"
        assert "%" not in coach(at, "Type")


async def test_enter_on_the_card_accepts_and_a_digit_overrides(tmp_path: Path) -> None:
    async with seat(tmp_path) as at:
        await tell(at, what=RATIONAL)
        await at.press("f10", "enter")
        assert at.call.call.type == "rational"
        await at.press("f10", "4")
        assert at.call.call.type == "victim"
        assert "(reads as Rational" in coach(at, "Type")


async def test_a_key_in_one_breath_with_the_digit_that_closes_the_card_is_not_lost(tmp_path: Path) -> None:
    async with seat(tmp_path) as at:
        await tell(at, what=RATIONAL)
        at.in_one_breath("f10", "2", "ctrl+r")
        await at.until(lambda: isinstance(at.app.screen, ReadBackCard))
        assert at.call.call.type == "rational"
        at.in_one_breath("escape", "f10", "3", "x", "y")
        await at.until(lambda: at.words("what") == RATIONAL + "xy")
        assert at.call.call.type == "negotiator"


async def test_the_same_key_again_shows_the_reasons_with_points_and_where_it_began(tmp_path: Path) -> None:
    async with seat(tmp_path) as at:
        await tell(at, what=RATIONAL)
        await at.press("f10")
        assert "█" in text_of(at.app)
        assert "training text 003" not in text_of(at.app)
        await at.press("f10")
        assert isinstance(at.app.screen, TypeChoice)
        assert "“请问以哪个为准”" in text_of(at.app)
        assert "began at 20 %: training text 003" in text_of(at.app)
        await at.press("escape")
        assert at.call.call.type is None


@pytest.mark.usefixtures("unsure")
async def test_the_answer_to_the_question_is_heard_and_kept(tmp_path: Path) -> None:
    async with seat(tmp_path) as at:
        await tell(at, what=SHORT)
        await at.press("f10")
        assert "6  heard: Yes, that's what I need" in text_of(at.app)
        await at.press("6")
        assert at.call.call.answers == {"rational-negotiator": ComplainantType.RATIONAL}
        await at.until(lambda: coach(at, "Type").startswith("Rational 63 %"))
        ticket = await save(at)
        assert ticket.type_reading is not None
        assert ticket.type_reading.answers == (("rational-negotiator", ComplainantType.RATIONAL),)


async def test_the_ticket_keeps_proposal_choice_reasons_and_who_chose(tmp_path: Path) -> None:
    async with seat(tmp_path) as at:
        await tell(at, what=RATIONAL)
        await at.press("f10", "3")
        ticket = await save(at)
        kept = ticket.type_reading
        assert kept is not None
        assert (kept.proposed, kept.chosen, kept.chosen_by) == ("rational", "negotiator", "chen")
        assert any(reason.words == "请问以哪个为准" for reason in kept.reasons)
        assert ticket.type is ComplainantType.NEGOTIATOR


async def test_the_words_to_say_are_fitted_to_the_type_the_desk_is_sure_of(tmp_path: Path) -> None:
    async with seat(tmp_path) as at:
        assert at.app.desk is not None
        await tell(at, what=RATIONAL)
        assert coach(at, "Say") == at.app.desk.playbook.say(HeatStep.HEAR, ComplainantType.RATIONAL, "en")[0]


async def test_the_cause_is_proposed_in_its_field_and_never_filled_by_itself(tmp_path: Path) -> None:
    async with seat(tmp_path) as at:
        await tell(at, what="结账多收了两瓶酱油的钱,一共多扣38元")
        field = at.call.form.fields["cause"]
        assert "B3" in str(getattr(field, "placeholder", ""))
        assert field.words == ""
        assert (await save(at)).cause is None


async def test_one_key_takes_the_proposed_cause_and_leaves_a_chosen_one_alone(tmp_path: Path) -> None:
    async with seat(tmp_path) as at:
        await tell(at, what="结账多收了两瓶酱油的钱,一共多扣38元")
        await at.press("ctrl+e")
        assert at.words("cause") == Cause.CASHIER_ERROR
        await at.go_to("cause")
        at.call.form.fields["cause"].words = Cause.FACILITY_ENVIRONMENT.value
        await at.press("ctrl+e")
        assert at.words("cause") == Cause.FACILITY_ENVIRONMENT
        assert "already" in at.notice


async def test_too_few_words_propose_nothing(tmp_path: Path) -> None:
    async with seat(tmp_path) as at:
        await tell(at, what="喂")
        assert coach(at, "Type").startswith("not chosen")
        await at.press("ctrl+e")
        assert "too few words" in at.notice


async def test_what_was_heard_of_one_call_is_not_said_of_the_next(tmp_path: Path) -> None:
    async with seat(tmp_path) as at:
        await tell(at, what=RATIONAL)
        await at.press("ctrl+n")
        assert at.call.heard is None or at.call.heard.reading is None
        assert getattr(at.call.form.fields["cause"], "placeholder", None) == ""


# The read-back


async def test_the_read_back_is_one_key_and_confirmed_by_another_with_its_time(tmp_path: Path) -> None:
    async with seat(tmp_path, language="zh_CN") as at:
        await tell(at, what="多收了38元", when="昨天下午三点")
        await at.press("ctrl+r")
        card = at.app.screen
        assert isinstance(card, ReadBackCard)
        assert card.back.sentence == (
            "我念给您核对一下：时间是昨天下午三点，也就是11月22号星期日；事情是：多收了38元，对吗？"
        )
        now = at.clock.now
        await at.press("enter")
        assert at.call.call.read_back_confirmed_at == now
        at.clock.forward(minutes=3)
        assert (await save(at)).read_back_confirmed_at == now


async def test_from_the_read_back_one_key_leads_to_what_is_missing(tmp_path: Path) -> None:
    async with seat(tmp_path) as at:
        await tell(at, what="it broke", when="yesterday")
        await at.press("ctrl+r")
        await at.press("2")
        assert at.app.focused is at.call.form.fields["where"]
        assert at.call.call.read_back_confirmed_at is None


async def test_leaving_the_read_back_confirms_nothing_and_an_empty_call_cannot_be_confirmed(
    tmp_path: Path,
) -> None:
    async with seat(tmp_path) as at:
        await at.press("ctrl+r")
        await at.press("enter")
        assert isinstance(at.app.screen, ReadBackCard)
        await at.press("escape")
        assert at.call.call.read_back_confirmed_at is None
        assert at.call.call.empty


@pytest.mark.parametrize(
    ("keys", "english"),
    [
        (("f10",), "What does this caller wish for?"),
        (("f10", "f10"), "Leave it"),
        (("ctrl+k", "1"), "Abusive caller"),
        (("ctrl+r",), "Read to the caller"),
        (("f1",), "On the call screen"),
    ],
)
async def test_a_card_that_is_open_changes_its_language_with_everything_else(
    tmp_path: Path, keys: tuple[str, ...], english: str
) -> None:
    async with seat(tmp_path) as at:
        await tell(at, what=RATIONAL)
        await at.press(*keys)
        card = at.app.screen
        assert english in text_of(at.app)
        await at.press("f12")
        assert at.app.screen is card
        assert english not in text_of(at.app)
        await at.press("f12")
        assert english in text_of(at.app)


async def test_the_saved_card_changes_its_language_too(tmp_path: Path) -> None:
    async with seat(tmp_path) as at:
        await tell(at, what=RATIONAL)
        await save(at)
        assert "Saved as" in text_of(at.app)
        await at.press("f12")
        assert "Saved as" not in text_of(at.app)
        assert "Next call" not in text_of(at.app)


async def test_the_caller_is_told_who_rings_back_by_when_or_is_promised_nothing(tmp_path: Path) -> None:
    async with seat(tmp_path) as at:
        await tell(at, what=RATIONAL, phone="13800138000")
        await save(at)
        assert "chen will ring you by tomorrow 10:" in " ".join(text_of(at.app).split())
        await at.press("enter")
        await tell(at, what=RATIONAL)
        await save(at)
        shown = " ".join(text_of(at.app).split())
        assert "Please note it: with it any of us can tell you how it stands" in shown
        assert "will" not in shown.split("Read to the caller")[1]


async def test_the_coach_reminds_of_read_back_and_thanks_until_they_are_done(tmp_path: Path) -> None:
    async with seat(tmp_path) as at:
        told = ("where", "who", "how", "what", "remedy_wanted", "caller", "phone")
        words = dict.fromkeys(told, "it is told")
        await tell(at, when="yesterday", **words)
        assert coach(at, "Left") == "read it back Ctrl+R, Thank F9"
        await at.press("ctrl+r")
        await at.press("enter")
        assert coach(at, "Left") == "Thank F9"
        await at.press("f9")
        assert coach(at, "Left") == ""


async def test_marks_of_a_call_survive_parking_and_a_killed_desk(tmp_path: Path) -> None:
    async with seat(tmp_path) as at:
        await tell(at, what=RATIONAL)
        await at.press("f10", "2", "ctrl+r")
        await at.press("enter", "ctrl+k", "1", "enter", "ctrl+n")
        marks = at.clock.now
    async with seat(tmp_path) as at:
        await at.press("enter")
        call = at.call.call
        assert call.type is ComplainantType.RATIONAL
        assert (call.type_chosen_at, call.read_back_confirmed_at) == (marks, marks)
        assert [met.situation for met in call.situations] == ["abusive_caller"]


# Calls that need another way


async def test_words_of_illness_offer_the_card_and_force_nothing(tmp_path: Path) -> None:
    async with seat(tmp_path) as at:
        await tell(at, what="孩子吃了你们的酸奶上吐下泻")
        assert coach(at, "Card") == "Food safety or injury: Ctrl+K"
        assert isinstance(at.app.screen, CallScreen)
        await at.press("ctrl+k")
        card = at.app.screen
        assert isinstance(card, SituationCard)
        assert card.situation == "food_safety_or_injury"
        assert "上吐下泻" in text_of(at.app)
        assert "120" in text_of(at.app)
        await at.press("escape")
        assert at.call.call.situations == []
        assert coach(at, "Card") != ""


async def test_a_card_that_was_used_goes_with_the_ticket_and_is_no_longer_offered(tmp_path: Path) -> None:
    async with seat(tmp_path, language="zh_CN") as at:
        await tell(at, caller="王芳", what="你们这帮废物,多收我38元")
        await at.press("ctrl+k", "enter")
        assert coach(at, "卡片") == ""
        ticket = await save(at)
        line = next(line for line in ticket.history if line.act is Act.SITUATION_MET)
        assert line.situation == "abusive_caller"
        assert line.text is not None
        assert line.text.startswith(
            "请您接手：原因是辱骂或暴躁；来电者是王芳；事情：你们这帮废物，多收我38元"
        )


async def test_the_card_for_danger_makes_the_ticket_grave_whatever_its_words(tmp_path: Path) -> None:
    async with seat(tmp_path) as at:
        await tell(at, what="she said goodbye in a strange voice")
        await at.press("ctrl+k", "3", "enter")
        ticket = await save(at)
        assert (ticket.severity, ticket.safety) == (Severity.GRAVE, (SafetyFlag.DANGER,))
        assert ticket.queue_rank == 0


async def test_every_card_opens_by_its_digit(tmp_path: Path) -> None:
    async with seat(tmp_path) as at:
        await at.press("ctrl+k")
        card = at.app.screen
        assert isinstance(card, SituationCard)
        for number, name in enumerate(card.names, 1):
            await at.press(str(number))
            assert card.situation == name


# The keys


@pytest.mark.parametrize(
    "key", [key for key in CALL_KEYS if key.id.startswith("call.")], ids=lambda key: key.id
)
async def test_no_key_of_the_call_changes_a_letter_from_whichever_field(tmp_path: Path, key: object) -> None:
    from complaint_desk.screens.keys import DeskKey

    assert isinstance(key, DeskKey)
    if key.id in ("call.save", "call.park", "call.cause"):
        pytest.skip("changes the form on purpose")
    async with seat(tmp_path) as at:
        for name in at.call.form.fields:
            if at.call.form.fields[name].display:
                at.call.form.fields[name].words = f"as told: {name}"
        before = at.call.form.words()
        for name in before:
            if not at.call.form.fields[name].display:
                continue
            for pressed in key.keys.split(","):
                await at.go_to(name)
                await at.pilot.press(pressed)
                await at.settle()
                if not isinstance(at.app.screen, CallScreen):
                    await at.pilot.press("escape")
                    await at.settle()
                assert at.call.form.words() == before, (name, pressed)


async def test_every_new_act_stands_in_help_palette_and_bottom_line(tmp_path: Path) -> None:
    async with seat(tmp_path, size=(160, 50)) as at:
        line = text_of(at.app).splitlines()[-1]
        for word in ("^R Read back", "^K Cards", "F11 Playbook"):
            assert word in line
        await at.press("f1")
        assert "Ctrl+E" in text_of(at.app)
        await at.press("escape")
        commands = {active.binding.id for active in at.call.active_bindings.values()}
        assert {"call.read_back", "call.cause", "call.situation", "call.playbook"} <= commands


# The playbook


async def test_the_playbook_opens_over_the_call_and_comes_back_without_losing_a_thing(tmp_path: Path) -> None:
    async with seat(tmp_path) as at:
        await at.go_to("how")
        await at.type("half a word")
        await at.press("f11")
        assert isinstance(at.app.screen, PlaybookScreen)
        await at.type("道歉")
        await at.press("down", "pagedown", "f11")
        assert at.app.focused is at.call.form.fields["how"]
        assert at.words("how") == "half a word"
        await at.type("!")
        assert at.words("how") == "half a word!"


async def found(at: Seat, sought: str) -> PlaybookScreen:
    screen = at.app.screen
    assert isinstance(screen, PlaybookScreen)
    await at.type(sought)
    await at.until(lambda: "found" in screen.head.right.plain)
    await at.settle()
    return screen


@pytest.mark.parametrize("sought", ["道歉", "经理", "voucher", "24"])
async def test_two_characters_find_entries_in_either_language(tmp_path: Path, sought: str) -> None:
    async with seat(tmp_path) as at:
        await at.press("f11")
        screen = await found(at, sought)
        assert screen.index.picks


async def test_what_is_found_stands_in_full_and_escape_clears_before_it_leaves(tmp_path: Path) -> None:
    async with seat(tmp_path) as at:
        await at.press("f11")
        screen = await found(at, "sent people")
        assert "Loyal advocate" in text_of(at.app)
        await at.press("escape")
        assert screen.find.value == ""
        assert isinstance(at.app.screen, PlaybookScreen)
        await at.press("escape")
        assert isinstance(at.app.screen, CallScreen)


@pytest.mark.parametrize(
    "hostile", ["[/]", "[@click=app.quit]x", "\x1b[2J", "\u202e", "{0}", "(((", "%s", "\\", "'; DROP"]
)
async def test_hostile_words_are_only_searched_for(tmp_path: Path, hostile: str) -> None:
    async with seat(tmp_path) as at:
        await at.press("f11")
        await at.paste(hostile)
        screen = at.app.screen
        assert isinstance(screen, PlaybookScreen)
        await at.until(lambda: "ound" in screen.head.right.plain)
        await at.press("escape", "escape")
        assert isinstance(at.app.screen, CallScreen)


async def test_the_playbook_changes_its_language_and_keeps_what_is_searched_for(tmp_path: Path) -> None:
    async with seat(tmp_path) as at:
        await at.press("f11")
        await found(at, "道歉")
        await at.press("f12")
        screen = at.app.screen
        assert isinstance(screen, PlaybookScreen)
        await at.until(lambda: "找到" in screen.head.right.plain)
        assert screen.find.value == "道歉"


# What a person sees


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("size", SIZES)
async def test_the_guided_call_looks_as_it_was_approved(
    tmp_path: Path, size: tuple[int, int], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(call_guided, "HEAR_AFTER_SECONDS", 3_600)
    async with seat(tmp_path, size=size, language=language) as at:
        end = f"{size[0]}x{size[1]}_{language}"
        told = (
            RATIONAL
            if language == "zh_CN"
            else "On what basis was it refused, and by when will I have it in writing?"
        )
        at.clock.forward(seconds=61)
        for name, said in {
            "caller": "王芳",
            "when": "昨天下午3点",
            "what": "我吃了上吐下泻",
            "remedy_wanted": told,
        }.items():
            await at.go_to(name)
            await at.type(said)
        await at.until(lambda: "when" in at.call.form.readings and not at.call.keeping.unwritten)
        at.call.heard = Heard(READING, (Offer("food_safety_or_injury", "上吐下泻"),))
        at.call.show_coach()
        await at.settle()
        compare(at.app, f"call_heard_{end}")
        await at.press("f10")
        await at.press("f10")
        compare(at.app, f"type_reasons_{end}")
        await at.press("escape")
        await at.press("ctrl+r")
        compare(at.app, f"read_back_{end}")
        await at.press("escape", "ctrl+k")
        compare(at.app, f"situation_{end}")
        await at.press("escape", "f11", "down", "down", "down")
        compare(at.app, f"playbook_{end}")
        await at.type("道歉")
        screen = at.app.screen
        assert isinstance(screen, PlaybookScreen)
        await at.until(lambda: "24" in screen.head.right.plain)
        await at.settle()
        compare(at.app, f"playbook_found_{end}")
