"""`sla`: deadlines asked about from the command line."""

import json
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from complaint_desk.cli import sla_report, sla_tickets
from complaint_desk.cli.arguments import json_lines
from complaint_desk.cli.json_lines import read_lines
from complaint_desk.cli.scenario_problems import problem_in_words, refusal
from complaint_desk.desk.deadlines.explain import explained, moment_in_words
from complaint_desk.locale import N_, _
from complaint_desk.models.enums import ClockState
from complaint_desk.rules.local_time import shown_in
from complaint_desk.rules.plain_text import plain
from complaint_desk.rules.scenario import ClockAnswer, Scenario, ScenarioRefused, answer, read_scenario

DONE, REFUSED, MISUSED = 0, 1, 2
"""Exit codes: all answered; some of several lines refused; nothing to answer, or the only line refused."""

app = typer.Typer(help=_("What the clocks say: try a policy, explain a deadline."), no_args_is_help=True)
sla_tickets.add_to(app)
sla_report.add_to(app)


@app.command(
    "try",
    help=_(
        "Say what a policy would do: one scenario a line, as JSON, from FILE or - for standard input. No ticket is "
        "touched. Times are answered in the scenario's time zone. A pause with an end counts to its end, also one "
        "after now; without an end it runs to its expected return or now, whichever is earlier."
    ),
)
def try_policy(
    file: Annotated[str, typer.Argument(metavar="FILE|-", help=_("The scenarios; - reads standard input."))],
    as_json: Annotated[bool, json_lines()] = False,
) -> None:
    """Answer each scenario by the engine alone: no ticket, no file of the desk is touched."""
    with ExitStack() as opened:
        try:
            if file == "-":
                stream: BinaryIO = typer.get_binary_stream("stdin")
            else:
                stream = opened.enter_context(Path(file).open("rb"))
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            _complain(_("{file} cannot be read: {reason}.").format(file=plain(file), reason=reason))
            raise typer.Exit(MISUSED) from error
        raise typer.Exit(_answer_all(stream, as_json))


def _answer_all(stream: BinaryIO, as_json: bool) -> int:
    answered = refused = 0
    for line in read_lines(stream):
        try:
            if line.keys is None:
                _complain(refusal(line.number, line.refused))
                refused += 1
                continue
            scenario = read_scenario(line.keys)
            answers = answer(scenario)
        except ScenarioRefused as error:
            for problem in error.problems:
                _complain(problem_in_words(line.number, problem))
            refused += 1
        else:
            _say(_as_json(scenario, answers) if as_json else _as_text(line.number, scenario, answers))
            answered += 1
    if not answered and not refused:
        _complain(_("There is no scenario to answer: write one JSON object a line."))
    if not refused and answered:
        return DONE
    return MISUSED if answered + refused <= 1 else REFUSED


def _as_json(scenario: Scenario, answers: list[ClockAnswer]) -> str:
    """Times in the scenario's zone, with its offset."""
    zone = scenario.time_zone
    clocks = []
    for clock in answers:
        reading = clock.reading
        times = {"due_at": reading.due.at, "met_at": reading.met_at, "breached_at": reading.breached_at}
        written = {key: at and shown_in(at, zone).isoformat() for key, at in times.items()}
        clocks.append(
            {
                "kind": clock.kind,
                "due_at": written["due_at"],
                "met_at": written["met_at"],
                "state": reading.state,
                "breached_at": written["breached_at"],
                "why": explained(reading.due.why, zone),
            }
        )
    return json.dumps({"clocks": clocks}, ensure_ascii=False)


_STANDING = {
    (ClockState.RUNNING, False): N_("{kind} is running, due on {due}."),
    (ClockState.LATE, True): N_("{kind} is late; it was due on {due}."),
    (ClockState.MET, False): N_("{kind} was met on {met}, in time; it was due on {due}."),
    (ClockState.MET, True): N_("{kind} was met on {met}, late; it was due on {due}."),
}
"""By state and whether the due time was missed."""


def _as_text(number: int, scenario: Scenario, answers: list[ClockAnswer]) -> str:
    zone = scenario.time_zone
    lines = [_("Scenario in line {line}").format(line=number)]
    for clock in answers:
        reading = clock.reading
        standing = _STANDING[reading.state, reading.breached_at is not None]
        met = moment_in_words(reading.met_at, zone) if reading.met_at else ""
        due = moment_in_words(reading.due.at, zone)
        lines.append("  " + _(standing).format(kind=clock.kind, met=met, due=due))
        lines += [f"    {sentence}" for sentence in explained(reading.due.why, zone)]
    return "\n".join(lines)


def _say(text: str) -> None:
    print(text, flush=True)


def _complain(sentence: str) -> None:
    typer.echo(sentence, err=True)
