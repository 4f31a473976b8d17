"""What a file is before anything in it is believed: its place, its kind, its encoding, its fingerprint."""

import codecs
import hashlib
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path

from complaint_desk.locale import _
from complaint_desk.models.errors import FileRefused
from complaint_desk.rules.plain_text import plain

CHUNK = 1 << 20
_BEGINNING = 1 << 16
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WORKBOOK = b"PK\x03\x04"
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
_CJK_SHARE = 0.6
"""So much of what is no ASCII must be Chinese before a file is taken for GB18030, which fits nearly anything."""

Passed = Callable[[int, int], None]
"""Called with how much is done, and how much there is; 0 while that is not known."""


def beginning(path: Path) -> bytes:
    """The first bytes of a file that can be read. Raises FileRefused for a folder, a missing file and the like."""
    try:
        if stat.S_ISDIR(path.stat().st_mode):
            raise FileRefused(
                _("{file} is a folder. Name a file. Nothing was written.").format(file=named(path))
            )
        if not stat.S_ISREG(path.stat().st_mode):
            raise FileRefused(_("{file} is no ordinary file. Nothing was written.").format(file=named(path)))
        with path.open("rb") as file:
            return file.read(_BEGINNING)
    except (OSError, ValueError) as error:
        raise unreadable(path, error) from error


def named(path: Path) -> str:
    """The path, safe to print."""
    return plain(str(path))


def unreadable(path: Path, error: Exception) -> FileRefused:
    """The refusal of a file that the system does not give us."""
    if isinstance(error, FileNotFoundError):
        return FileRefused(_("There is no file {file}. Nothing was written.").format(file=named(path)))
    if isinstance(error, PermissionError):
        return FileRefused(_("{file} may not be read by you. Nothing was written.").format(file=named(path)))
    reason = getattr(error, "strerror", None) or str(error)
    return FileRefused(
        _("{file} cannot be read: {reason}. Nothing was written.").format(file=named(path), reason=reason)
    )


@contextmanager
def text_of(path: Path, encoding: str) -> Iterator[TextIOWrapper]:
    """The file as text, its line ends as they are. Raises FileRefused where it cannot be read to its end."""
    try:
        with path.open(encoding=encoding, newline="") as stream:
            yield stream
    except OSError as error:
        raise unreadable(path, error) from error
    except UnicodeError as error:
        raise FileRefused(
            _("{file} was changed while it was read, or its encoding is another one.").format(
                file=named(path)
            )
        ) from error


def is_workbook(begun: bytes) -> bool:
    """Whether these first bytes are those of a ZIP file, as a workbook is one."""
    return begun.startswith(_WORKBOOK)


def encoding_of(path: Path, begun: bytes, told: str | None, passed: Passed) -> tuple[str, str]:
    """The encoding in which the whole file can be read, and the file's fingerprint (SHA-256).

    Raises FileRefused where it is no text, or in none of the encodings the desk knows, or not in the `told` one.
    """
    if begun.startswith(_OLD_WORKBOOK):
        raise FileRefused(
            _("{file} is a workbook of the old kind. Save it as XLSX or CSV, then bring it in.").format(
                file=named(path)
            )
        )
    if not begun:
        raise FileRefused(_("{file} is empty. Nothing was written.").format(file=named(path)))
    candidates = [told] if told else _candidates(path, begun)
    decoders = {}
    for name in candidates:
        try:
            decoders[name] = codecs.getincrementaldecoder(name)("strict")
        except LookupError as error:
            raise FileRefused(
                _("The encoding {name} is not known. Nothing was written.").format(name=plain(name))
            ) from error
    digest, chinese, foreign, done = hashlib.sha256(), 0, 0, 0
    size = path.stat().st_size
    try:
        with path.open("rb") as file:
            while decoders:
                chunk = file.read(CHUNK)
                digest.update(chunk)
                for name in list(decoders):
                    try:
                        text = decoders[name].decode(chunk, final=not chunk)
                    except (UnicodeDecodeError, UnicodeError):
                        del decoders[name]
                        continue
                    if name == "gb18030" and not told and not text.isascii():
                        foreign += sum(sign > "\x7f" for sign in text)
                        chinese += sum(_is_chinese(sign) for sign in text if sign > "\x7f")
                done += len(chunk)
                passed(done, size)
                if not chunk:
                    break
    except OSError as error:
        raise unreadable(path, error) from error
    for name in candidates:
        if name in decoders and not (name == "gb18030" and not told and chinese < foreign * _CJK_SHARE):
            return name, digest.hexdigest()
    raise FileRefused(
        _(
            "{file} cannot be read as text in {encodings}. Save it as CSV in UTF-8, or name its encoding. "
            "Nothing was written."
        ).format(file=named(path), encodings=plain(told) if told else "UTF-8, GB18030, UTF-16")
    )


def fingerprint_of(path: Path) -> str:
    """The SHA-256 of a file."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                digest.update(chunk)
    except OSError as error:
        raise unreadable(path, error) from error
    return digest.hexdigest()


def same_file(path: Path, size: int) -> bool:
    """Whether the file still has the size it had when it was looked at."""
    try:
        return path.stat().st_size == size
    except OSError:
        return False


def _candidates(path: Path, begun: bytes) -> list[str]:
    for mark, name in _BOMS:
        if begun.startswith(mark):
            return [name]
    if b"\0" not in begun:
        return ["utf-8", "gb18030"]
    even, odd = begun[::2].count(0), begun[1::2].count(0)
    half = len(begun) / 2
    if max(even, odd) > half * 0.02 and min(even, odd) <= max(even, odd) * 0.05:
        return ["utf-16-le" if odd > even else "utf-16-be"]
    strange = sum(byte < 9 or 13 < byte < 32 for byte in begun)
    if strange > len(begun) * 0.02:
        raise FileRefused(
            _(
                "{file} is no text and no workbook. The desk reads CSV, TSV, XLSX and JSON, one object a line. "
                "Nothing was written."
            ).format(file=named(path))
        )
    return ["utf-8", "gb18030"]


def _is_chinese(sign: str) -> bool:
    return "\u4e00" <= sign <= "\u9fff" or "\u3000" <= sign <= "\u303f" or "\uff00" <= sign <= "\uffef"
