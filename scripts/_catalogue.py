"""The catalogues as files: read, written without dates or line numbers, and what may be wrong in them."""

import ast
import io
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from tokenize import TokenError
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

KEYWORDS: dict[str, Any] = {"_": None, "n_": (1, 2), "N_": None}
"""The calls whose strings a person reads; `n_` has a singular and a plural."""

_PLURALS = {"zh_CN": "nplurals=1; plural=0;", "en": "nplurals=2; plural=(n != 1);"}
_WIDTH = 110


class PlainCatalog(Catalog):
    """A catalogue whose header holds nothing that changes from day to day or from tool to tool."""

    def __init__(self, language: str) -> None:
        super().__init__(locale=language, header_comment="# Complaint Desk.", fuzzy=False)
        self.language = language

    @property
    def mime_headers(self) -> list[tuple[str, str]]:  # type: ignore[override, unused-ignore]
        """The header's lines, always the same for a language."""
        return [
            ("Language", self.language),
            ("Plural-Forms", _PLURALS[self.language]),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
        ]


def key(message_id: Any) -> str:
    """The English sentence by which a message is known; of a plural, the singular."""
    return message_id if isinstance(message_id, str) else message_id[0]


def forms(message: Message) -> list[str]:
    """The translation as a list: one form, or the plural ones."""
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


def extract(source: Path) -> dict[str, Any]:
    """Every sentence marked in the Python files of a folder, by its key: a string, or singular and plural.

    Raises SyntaxError, naming the file, for one that is not Python at the moment.
    """
    found: dict[str, Any] = {}
    for path in sorted(source.rglob("*.py")):
        try:
            messages = list(extract_from_file("python", path, keywords=KEYWORDS))
        except (SyntaxError, TokenError) as error:
            raise SyntaxError(
                f"{path.relative_to(source.parent).as_posix()} is not Python: {error}"
            ) from error
        for _, message_id, _, _ in messages:
            if key(message_id) not in found or not isinstance(message_id, str):
                found[key(message_id)] = message_id
    return found


def read(path: Path, language: str) -> PlainCatalog:
    """The catalogue in a .po file, with what is no longer used as obsolete; empty when there is no file."""
    catalog = PlainCatalog(language)
    if path.exists():
        with path.open("rb") as stream:
            stored = read_po(stream, locale=language)
        for message in stored:
            if message.id:
                catalog.add(message.id, message.string, flags=message.flags - {"python-brace-format"})
        for name, message in stored.obsolete.items():
            catalog.obsolete[name] = message
    return catalog


def bring_up_to_date(catalog: PlainCatalog, found: dict[str, Any]) -> None:
    """Make the catalogue hold exactly these messages.

    Translations stay; those out of use wait as obsolete and come back with their sentence.
    """
    known: dict[str, Message] = {key(m.id): m for m in catalog.obsolete.values()}
    known.update({key(m.id): m for m in catalog if m.id})
    for message in [m for m in catalog if m.id]:
        catalog.delete(message.id)
    catalog.obsolete.clear()
    for name, message_id in found.items():
        old = known.pop(name, None)
        kept: Any = () if not isinstance(message_id, str) else ""
        if old is not None and isinstance(old.id, str) == isinstance(message_id, str):
            kept = old.string
        catalog.add(message_id, kept, flags=[] if old is None else old.flags & {"fuzzy"})
    catalog.obsolete.update({name: m for name, m in known.items() if any(forms(m))})


def po_bytes(catalog: PlainCatalog) -> bytes:
    """The .po file: sorted by message, no places, no dates, so that two people's changes rarely meet."""
    for message in catalog:
        message.flags.discard("python-brace-format")
        message.flags.discard("python-format")
    stream = io.BytesIO()
    catalog.obsolete = dict(sorted(catalog.obsolete.items()))  # type: ignore[assignment, unused-ignore]
    write_po(stream, catalog, width=_WIDTH, no_location=True, sort_output=True)
    return stream.getvalue()


def mo_bytes(catalog: PlainCatalog) -> bytes:
    """The .mo file: the same bytes for the same translations, whoever compiles it."""
    stream = io.BytesIO()
    write_mo(stream, catalog)
    return stream.getvalue()


def write(path: Path, content: bytes) -> bool:
    """Put a file in place whole, through a neighbour; tells whether anything changed."""
    if path.exists() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(path.name + ".new")
    beside.write_bytes(content)
    beside.replace(path)
    return True


def placeholders(sentence: str) -> set[str]:
    """The names in braces that `str.format` will fill. Raises ValueError for unbalanced braces."""
    return {field for _, field, _, _ in Formatter().parse(sentence) if field is not None}


_NARROW_MARK = re.compile(r"[\u4e00-\u9fff]([,;:?!(])")


def faults(message_id: Any, translated: list[str], plural_forms: int) -> Iterator[str]:
    """What is wrong with one translation, in words: it is missing, short of forms, has other placeholders."""
    sources = [message_id] if isinstance(message_id, str) else list(message_id)
    wanted_forms = 1 if isinstance(message_id, str) else plural_forms
    if not any(translated):
        yield "is not translated"
        return
    if len(translated) != wanted_forms or not all(translated):
        yield f"needs {wanted_forms} form(s), has {len([form for form in translated if form])}"
        return
    try:
        wanted = set().union(*(placeholders(source) for source in sources))
    except ValueError:
        wanted = None
    for form in translated:
        try:
            found = placeholders(form)
        except ValueError as error:
            if wanted is not None:
                yield f"has braces that do not close: {error}"
            continue
        counted = len(sources) > 1 and plural_forms > 1
        if wanted is not None and (found - wanted or (wanted - found and not counted)):
            yield f"has placeholders {sorted(found)} where the English has {sorted(wanted)}"
        if form.count("\n") != sources[-1].count("\n"):
            yield "has another number of line breaks than the English"
        if narrow := _NARROW_MARK.search(form):
            yield f"has the narrow mark {narrow[1]!r} after a Chinese word, where the wide one belongs"


def unmarked(source: Path) -> Iterator[str]:
    """Calls that gettext can never translate: the sentence is put together before it is looked up."""
    for path in sorted(source.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_bytes(), str(path))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KEYWORDS:
                for argument in node.args[: 2 if node.func.id == "n_" else 1]:
                    if isinstance(argument, ast.JoinedStr | ast.BinOp) or _is_formatted(argument):
                        place = f"{path.relative_to(source.parent).as_posix()}:{node.lineno}"
                        yield f"{place}: {node.func.id}() is given a sentence already put together"


def _is_formatted(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format"


def glossary_faults(glossary: Path, catalog: PlainCatalog) -> Iterator[str]:
    """Translations that use another word than the glossary's, for the terms it asks to have checked."""
    if not glossary.exists():
        return
    terms = [t for t in tomllib.loads(glossary.read_text("utf-8"))["term"] if t.get("checked")]
    for message in catalog:
        source, translated = key(message.id) if message.id else "", "".join(forms(message))
        for term in terms:
            words = "|".join(re.escape(word) for word in term["words"])
            allowed = [term["zh"], *term.get("also", [])]
            if (
                translated
                and source not in term.get("except", [])
                and re.search(rf"\b(?:{words})\b", re.sub(r"\{[^}]*\}", "", source), re.IGNORECASE)
                and not any(word in translated for word in allowed)
            ):
                yield f"{source!r}: {term['en']} is {' or '.join(allowed)} in the glossary"
