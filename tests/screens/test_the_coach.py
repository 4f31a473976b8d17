"""What the coach says, when, and how little of it in the first minute."""

from pathlib import Path

import pytest

from complaint_desk.screens import call_guided
from tests.screens.golden import text_of
from tests.screens.seat import seat


@pytest.fixture(autouse=True)
def _nothing_heard_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the coach says from the fields alone, before the desk has heard the caller's words."""
    monkeypatch.setattr(call_guided, "HEAR_AFTER_SECONDS", 3_600)


async def test_in_the_first_minute_only_the_hear_line_shows(tmp_path: Path) -> None:
    async with seat(tmp_path, size=(120, 40)) as at:
        at.clock.forward(seconds=59)
        at.call.tick()
        view = at.call.coach.view
        assert [step.key for step in view.steps] == ["hear"]
        assert [part.heading for part in view.parts] == ["Say"]
        at.clock.forward(seconds=2)
        at.call.tick()
        assert len(at.call.coach.view.steps) == 5
        assert {"Ask", "Type", "Avoid"} <= {part.heading for part in at.call.coach.view.parts}


async def test_the_coach_shows_more_at_once_when_asked(tmp_path: Path) -> None:
    async with seat(tmp_path) as at:
        await at.press("ctrl+f")
        shown = text_of(at.app)
        assert len(at.call.coach.view.steps) == 5
        for letter in "ABCDEFG":
            assert f"{letter} " in shown
        await at.press("ctrl+f")
        assert [step.key for step in at.call.coach.view.steps] == ["hear"]


async def test_a_step_done_shows_its_time_since_the_call_began_and_the_next_becomes_current(
    tmp_path: Path,
) -> None:
    async with seat(tmp_path) as at:
        at.clock.forward(seconds=48)
        await at.press("f5")
        hear, empathise = at.call.coach.view.steps[:2]
        assert (hear.done, hear.current) == ("00:48", False)
        assert (empathise.done, empathise.current) == (None, True)


async def test_the_words_follow_the_type_the_step_and_the_callers_name(tmp_path: Path) -> None:
    async with seat(tmp_path, language="en") as at:
        await at.go_to("caller")
        await at.type("Ms Wang")
        await at.press("f10", "4")
        await at.press("ctrl+f")
        assert at.call.coach.view.parts[0].lines[0].startswith("Ms Wang, take your time")
        await at.press("f5", "f6")
        assert "sorry" in at.call.coach.view.parts[0].lines[0]
        kind = next(part for part in at.call.coach.view.parts if part.heading == "Type")
        assert kind.lines[0].startswith("Victim")


async def test_the_next_question_is_the_first_of_the_5w_without_an_answer(tmp_path: Path) -> None:
    async with seat(tmp_path) as at:
        await at.press("ctrl+f")

        def question() -> str:
            at.call.tick()
            return next(part.lines[0] for part in at.call.coach.view.parts if part.heading == "Ask")

        assert question() == "What happened?"
        await at.go_to("what")
        await at.type("charged twice")
        assert question() == "When was that?"
        for name in ("when", "where", "who", "how"):
            at.call.form.fields[name].words = "told"
        assert question() == "What would you most like to come out of this?"


async def test_the_top_line_says_who_calls_how_long_and_what_is_missing(tmp_path: Path) -> None:
    async with seat(tmp_path) as at:
        await at.type("13800138000")
        await at.press("tab")
        await at.type("王芳")
        await at.go_to("what")
        await at.type("[/] charged twice")
        at.clock.forward(minutes=4, seconds=32)
        at.call.tick()
        top = text_of(at.app).splitlines()[0]
        assert "04:32" in top
        assert "138 0013 8000  王芳" in top
        assert "●○○○○ 1/5" in top


async def test_one_second_draws_nothing_but_the_clock(tmp_path: Path) -> None:
    async with seat(tmp_path) as at:
        drawn: list[str] = []
        for widget in (at.call.coach, at.call.form, at.call.notice, at.call.key_line):
            widget.refresh = lambda *_a, name=str(widget.id), **_n: drawn.append(name)  # type: ignore[assignment,method-assign]
        for _second in range(5):
            at.clock.forward(seconds=1)
            at.call.tick()
        assert drawn == []
