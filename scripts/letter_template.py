"""Makes the Word template of the shift sheet that comes with the desk; run it when the sheet's parts change.

Everything a person reads comes from the desk in the language in use; the template holds the layout only, as a store
may replace it.
"""

from pathlib import Path

from docx import Document
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

TARGET = Path(__file__).parent.parent / "complaint_desk" / "desk" / "shift" / "letters" / "shift_sheet.docx"
LATIN, HAN = "Calibri", "Microsoft YaHei"
ROWS = (
    ("kept", ("number", "clock", "by")),
    ("promises_kept", ("number", "what", "owner", "kept")),
    ("hot", ("number", "owner", "clock", "time", "what")),
    ("late", ("number", "owner", "clock", "time", "what")),
    ("due", ("number", "owner", "clock", "time", "what")),
    ("promises", ("number", "owner", "due", "state", "what")),
    ("paused", ("number", "owner", "clock", "time", "what")),
    ("owners", ("owner", "open", "late")),
)
"""The parts of the sheet, good work first, and the columns of each."""


def main() -> None:
    """Write the template."""
    document = Document()
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = LATIN, Pt(10)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), HAN)
    for name in ("Title", "Heading 1"):
        document.styles[name].element.rPr.rFonts.set(qn("w:eastAsia"), HAN)
    for section in document.sections:
        section.left_margin = section.right_margin = Cm(2)
        section.top_margin = section.bottom_margin = Cm(1.8)
    document.add_paragraph("{{ title }}", style="Title")
    for part, columns in ROWS:
        document.add_paragraph(f"{{%p if {part} %}}")
        document.add_paragraph(f"{{{{ heads.{part} }}}}", style="Heading 1")
        table = document.add_table(rows=4, cols=len(columns), style="Light Grid Accent 1")
        for cell, column in zip(table.rows[0].cells, columns, strict=True):
            cell.text = f"{{{{ columns.{column} }}}}"
        table.rows[1].cells[0].text = f"{{%tr for row in {part} %}}"
        for cell, column in zip(table.rows[2].cells, columns, strict=True):
            cell.text = f"{{{{ row.{column} }}}}"
        table.rows[3].cells[0].text = "{%tr endfor %}"
        document.add_paragraph("{%p endif %}")
    document.add_paragraph("{{ record }}")
    document.core_properties.title = "Shift sheet"
    document.core_properties.author = "Complaint Desk"
    TARGET.parent.mkdir(exist_ok=True)
    document.save(str(TARGET))


if __name__ == "__main__":
    main()
