"""`classify`: reads callers from the command line, one text or one JSON object a line."""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from io import BytesIO
from pathlib import Path
from typing import Annotated, Any, BinaryIO

import typer

from complaint_desk.cli.arguments import json_lines
from complaint_desk.cli.json_lines import LONGEST_LINE, Line, read_lines
from complaint_desk.locale import _
from complaint_desk.models.enums import ComplainantType
from complaint_desk.playbook.caller_model import CallerModel, ModelUnreadable, load_model
from complaint_desk.rules.classify import QUESTION_IDS, Reading, compared, read_caller
from complaint_desk.rules.plain_text import plain

DONE, REFUSED, MISUSED = 0, 1, 2
"""Exit codes: all read; some of several lines refused; nothing to read, or the only line refused."""

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_QUOTES_SHOWN = 3


def register(app: typer.Typer) -> None:
    """Add `classify` to the desk's command line."""
    app.command(
        "classify",
        help=_("Say what kind of caller speaks and of what: one text or JSON object a line."),
    )(classify)


def classify(
    file: Annotated[
        str, typer.Argument(metavar="[FILE|-]", help=_("The texts; - reads standard input."))
    ] = "-",
    as_json: Annotated[bool, json_lines()] = False,
) -> None:
    """Read each line by itself and answer at once, in order; no ticket is touched and nothing is kept."""
    with ExitStack() as opened:
        try:
            stream: BinaryIO = (
                typer.get_binary_stream("stdin")
                if file == "-"
                else opened.enter_context(Path(file).open("rb"))
            )
            model = load_model()
        except ModelUnreadable as error:
            _complain(_("The weights shipped with the desk are damaged: {reason}.").format(reason=error))
            raise typer.Exit(MISUSED) from error
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            _complain(_("{file} cannot be read: {reason}.").format(file=plain(file), reason=reason))
            raise typer.Exit(MISUSED) from error
        raise typer.Exit(_read_all(stream, model, as_json))


def _read_all(stream: BinaryIO, model: CallerModel, as_json: bool) -> int:
    read = refused = 0
    for line in _texts_or_objects(stream):
        problem = line.refused
        if line.keys is not None:
            try:
                reading = _read(line.keys, model)
            except _Faulty as fault:
                problem = str(fault)
            else:
                _say(_as_json(reading) if as_json else _as_text(line.number, reading))
                read += 1
        if problem:
            _complain(_("Line {number}: {problem}").format(number=line.number, problem=problem))
            refused += 1
    if not read and not refused:
        _complain(_("There is nothing to read: write one text a line."))
    if read and not refused:
        return DONE
    return MISUSED if read + refused <= 1 else REFUSED


class _Faulty(ValueError):
    """`str(error)` is the sentence."""


def _texts_or_objects(stream: BinaryIO) -> Iterator[Line]:
    """Lines that open with a brace are JSON objects; every other line is a text as it stands."""
    number = 0
    while raw := stream.readline(LONGEST_LINE + 2):
        number += 1
        if len(raw) == LONGEST_LINE + 2 and not raw.endswith(b"\n"):
            while raw and not raw.endswith(b"\n"):
                raw = stream.readline(LONGEST_LINE)
            yield Line(number, refused=_("It is longer than a million bytes."))
            continue
        if number == 1:
            raw = raw.removeprefix(_BYTE_ORDER_MARK)
        if raw.lstrip()[:1] == b"{":
            for line in read_lines(BytesIO(raw)):
                yield Line(number, line.keys, line.refused)
        elif raw.strip():
            try:
                yield Line(number, {"text": raw.decode("utf-8").strip()})
            except UnicodeDecodeError as error:
                problem = _("It is not text in UTF-8: byte {number} cannot be read.")
                yield Line(number, refused=problem.format(number=error.start + 1))


def _read(keys: dict[str, Any], model: CallerModel) -> Reading:
    text = keys.get("text")
    if not isinstance(text, str):
        raise _Faulty(_("The key “text” with the caller's words is missing."))
    return read_caller(text, model, _answers(keys.get("answers", {})))


def _answers(given: object) -> dict[str, ComplainantType | None]:
    """Question → the type its answer spoke for, or null. Raises `_Faulty` with the sentence to show."""
    if not isinstance(given, dict):
        raise _Faulty(_("“answers” is not an object of questions and types."))
    heard: dict[str, ComplainantType | None] = {}
    for question, shown in given.items():
        if question not in QUESTION_IDS:
            raise _Faulty(_("There is no question “{question}”.").format(question=plain(question)))
        try:
            heard[question] = None if shown is None else ComplainantType(shown)
        except ValueError:
            heard[question] = None
        if shown is not None and heard[question] not in compared(question):
            problem = _("“{type}” is no answer to the question “{question}”.")
            raise _Faulty(problem.format(type=plain(str(shown)), question=plain(question)))
    return heard


def _as_json(reading: Reading) -> str:
    return json.dumps(
        {
            "type": reading.type.value,
            "unsure": reading.unsure,
            "probabilities": {kind.value: round(share, 4) for kind, share in reading.probabilities.items()},
            "cause": reading.cause.value if reading.cause else None,
            "causes": [
                {"cause": cause.value, "code": cause.code, "probability": round(share, 4)}
                for cause, share in reading.causes
            ],
            "reasons": [
                {
                    "type": reason.type.value,
                    "span": list(reason.span),
                    "words": reason.words,
                    "points": round(reason.points, 1),
                }
                for reason in reading.reasons
            ],
            "prior": {
                "type": reading.prior.type.value,
                "share": round(reading.prior.share, 4),
                "points": round(reading.prior.points, 1),
            },
            "depends_on_prior": reading.depends_on_prior,
            "ask": reading.ask,
        },
        ensure_ascii=False,
    )


def _as_text(number: int, reading: Reading) -> str:
    percent = round(100 * reading.probabilities[reading.type])
    lead = _("Line {number}: {type} {percent} %").format(
        number=number, type=_type_in_words(reading.type), percent=percent
    )
    if reading.unsure:
        lead = _("Line {number}: not sure yet; perhaps {type}, {percent} %").format(
            number=number, type=_type_in_words(reading.type), percent=percent
        )
    lines = [lead]
    if reading.causes:
        causes = ", ".join(f"{cause.code} {round(100 * share)} %" for cause, share in reading.causes)
        lines.append("  " + _("Cause: {causes}").format(causes=causes))
    spoken = [reason for reason in reading.reasons if reason.type == reading.type][:_QUOTES_SHOWN]
    lines += [f"  {reason.points:+.1f}  {plain(reason.words)}" for reason in spoken]
    lines.append(
        "  "
        + _("Started from {percent} %, the training's figure for this kind.").format(
            percent=f"{100 * reading.prior.share:.1f}"
        )
    )
    if reading.depends_on_prior:
        lines.append("  " + _("Depends on the prior: another kind would lead within the training's ranges."))
    if reading.ask:
        lines.append("  " + _("Ask: {question}").format(question=_question_in_words(reading.ask)))
    return "\n".join(lines)


def _type_in_words(kind: ComplainantType) -> str:
    return {
        ComplainantType.QUALITY_MONITOR: _("quality monitor"),
        ComplainantType.RATIONAL: _("rational"),
        ComplainantType.NEGOTIATOR: _("negotiator"),
        ComplainantType.VICTIM: _("victim"),
        ComplainantType.LOYAL_ADVOCATE: _("loyal advocate"),
    }[kind]


def _question_in_words(question: str) -> str:
    """The question as the store words it; reading the playbook waits until one is to be shown."""
    from complaint_desk.locale import language
    from complaint_desk.playbook.loader import load_playbook

    return load_playbook().questions[question].ask[language()][0]


def _say(answer: str) -> None:
    typer.echo(answer)


def _complain(sentence: str) -> None:
    typer.echo(sentence, err=True)
