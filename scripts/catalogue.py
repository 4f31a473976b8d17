"""Keep the Chinese and English catalogues: what the screens and the command line say, in both languages.

Several people may run it at the same time: a lock makes each wait for the other.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from _alone import alone

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "complaint_desk"
LANGUAGES = ("zh_CN", "en")

try:
    import _catalogue as files
except ModuleNotFoundError as absent:
    sys.exit(
        f"The catalogues need {absent.name}, a test tool: run `python3 scripts/test.py --quick` once, "
        "then this with the Python in .venv."
    )


def po_path(language: str, source: Path = SOURCE) -> Path:
    """Where a language's sentences lie, for people; the .mo beside it is for the program."""
    return source / "locale" / language / "LC_MESSAGES" / "complaint_desk.po"


def update(source: Path, tidy: bool = False, fill: dict[str, Any] | None = None) -> list[str]:
    """Bring the catalogues up to date with the sources, put new Chinese in, compile.

    Returns what was refused of `fill`, each with the reason.
    """
    found = files.extract(source)
    refused: list[str] = []
    for language in LANGUAGES:
        catalog = files.read(po_path(language, source), language)
        files.bring_up_to_date(catalog, found)
        if language == "en":
            for message in catalog:
                if message.id:
                    message.string = message.id
            catalog.obsolete.clear()
        elif fill is not None:
            refused = _fill(catalog, found, fill)
        if tidy:
            catalog.obsolete.clear()
        files.write(po_path(language, source), files.po_bytes(catalog))
    compile_all(source)
    return refused


def _fill(catalog: files.PlainCatalog, found: dict[str, Any], chinese: dict[str, Any]) -> list[str]:
    refused = []
    for sentence, given in chinese.items():
        translated = [given] if isinstance(given, str) else given
        if sentence not in found:
            refused.append(f"{sentence!r} is marked nowhere in the sources")
        elif not isinstance(translated, list) or not all(isinstance(form, str) for form in translated):
            refused.append(f"{sentence!r} needs a text or a list of texts")
        elif wrong := list(files.faults(found[sentence], translated, catalog.num_plurals)):
            refused += [f"{sentence!r} {fault}" for fault in wrong]
        else:
            message = catalog[found[sentence]]
            message.string = translated[0] if isinstance(found[sentence], str) else tuple(translated)
            message.flags.discard("fuzzy")
    return refused


def compile_all(source: Path) -> None:
    """Write each .mo from its .po."""
    for language in LANGUAGES:
        path = po_path(language, source)
        files.write(path.with_suffix(".mo"), files.mo_bytes(files.read(path, language)))


def missing(source: Path) -> list[Any]:
    """The sentences in the sources that have no Chinese yet."""
    catalog = files.read(po_path("zh_CN", source), "zh_CN")
    translated = {files.key(m.id) for m in catalog if m.id and all(files.forms(m)) and not m.fuzzy}
    return [
        message_id for name, message_id in sorted(files.extract(source).items()) if name not in translated
    ]


def check(source: Path) -> list[str]:
    """Every fault of the catalogues, each named; empty when all is well."""
    found, wrong = files.extract(source), list(files.unmarked(source))
    for language in LANGUAGES:
        path = po_path(language, source)
        catalog = files.read(path, language)
        stored = {files.key(message.id): message for message in catalog if message.id}
        for name, message_id in sorted(found.items()):
            message = stored.pop(name, None)
            if message is None or isinstance(message.id, str) != isinstance(message_id, str):
                wrong.append(f"{language}: {name!r} is not in the catalogue: run `update`")
                continue
            if message.fuzzy:
                wrong.append(f"{language}: {name!r} is marked fuzzy")
            wrong += [
                f"{language}: {name!r} {fault}"
                for fault in files.faults(message_id, files.forms(message), catalog.num_plurals)
            ]
        wrong += [f"{language}: {name!r} is marked nowhere in the sources: run `update`" for name in stored]
        compiled = path.with_suffix(".mo")
        if not compiled.exists() or compiled.read_bytes() != files.mo_bytes(catalog):
            wrong.append(f"{language}: {compiled.name} is behind {path.name}: run `compile`")
        if language == "zh_CN":
            wrong += [
                f"{language}: {fault}"
                for fault in files.glossary_faults(source / "locale" / "glossary.toml", catalog)
            ]
    return wrong


def _read_chinese(name: str) -> dict[str, Any]:
    try:
        given = json.loads(sys.stdin.read() if name == "-" else Path(name).read_text("utf-8"))
    except (OSError, ValueError) as error:
        sys.exit(f"{name} cannot be read as JSON: {error}")
    if not isinstance(given, dict):
        sys.exit(f"{name} must hold one JSON object: English sentence to Chinese.")
    return given


def main() -> int:
    """Do what the command line asks; 0 when all is well, 1 with each fault on its own line."""
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    tidy = commands.add_parser("update", help="collect the sentences from the sources; translations stay")
    tidy.add_argument("--tidy", action="store_true", help="forget translations of sentences no longer used")
    commands.add_parser("compile", help="write the .mo files from the .po files")
    commands.add_parser("check", help="name every fault; exit 1 if there is one")
    commands.add_parser("missing", help="list the sentences without Chinese as JSON, ready to fill in")
    fill = commands.add_parser(
        "fill", help="put Chinese in: JSON of sentence to text, or to a list of plural forms"
    )
    fill.add_argument("file", help="a JSON file, or - for standard input")
    asked = parser.parse_args()

    chinese = _read_chinese(asked.file) if asked.command == "fill" else None
    with alone(SOURCE / "locale" / ".catalogue.lock"):
        match asked.command:
            case "update" | "fill":
                wrong = update(SOURCE, tidy=getattr(asked, "tidy", False), fill=chinese)
            case "compile":
                compile_all(SOURCE)
                wrong = []
            case "missing":
                blank = {files.key(m): "" if isinstance(m, str) else [""] for m in missing(SOURCE)}
                print(json.dumps(blank, ensure_ascii=False, indent=1))
                return 0
            case _:
                wrong = check(SOURCE)
    for fault in wrong:
        print(fault)
    if asked.command == "check" and not wrong:
        print("The catalogues are complete.")
    return 1 if wrong else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except SyntaxError as error:
        sys.exit(f"{error}. The catalogues are as they were.")
