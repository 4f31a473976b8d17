"""Opens a file of any kind the desk can bring in."""

from pathlib import Path

from complaint_desk.desk.importing import text_files
from complaint_desk.desk.importing.objects import Objects
from complaint_desk.desk.importing.rows import Source
from complaint_desk.desk.importing.tables import Table
from complaint_desk.desk.importing.text_files import Passed
from complaint_desk.desk.importing.workbooks import Workbook
from complaint_desk.models.importing import FileKind, FileLayout


def open_source(
    path: Path,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
    passed: Passed = lambda done, size: None,
) -> tuple[Source, str]:
    """The file, ready to be read line by line, and its fingerprint. Raises FileRefused with a sentence."""
    begun = text_files.beginning(path)
    if text_files.is_workbook(begun):
        return Workbook(path, sheet), text_files.fingerprint_of(path)
    found, fingerprint = text_files.encoding_of(path, begun, encoding, passed)
    text = begun[:4_000].decode(found, "ignore").lstrip("\ufeff \t\r\n")
    if text.startswith("{") and delimiter is None:
        return Objects(path, found), fingerprint
    return Table(path, found, delimiter), fingerprint


def open_again(path: Path, layout: FileLayout) -> Source:
    """The file as it was found before. Raises FileRefused."""
    match layout.kind:
        case FileKind.WORKBOOK:
            return Workbook(path, layout.sheet)
        case FileKind.TABLE:
            return Table(path, layout.encoding, layout.delimiter)
        case _:
            return Objects(path, layout.encoding)
