"""Whether a file is a spreadsheet that a plan can be read from, by its content; and if not, what to do instead."""

from tracker.rules import file_kinds
from tracker.rules.file_kinds import CSV, EXCEL, OLD_EXCEL, TEXT, FileKind, NotKept
from tracker.rules.refusal import Refused

READABLE = "Excel workbook (xlsx) or CSV. Formulas come in as the values they last showed."
INSTEAD = "Open it in Excel, save it as an Excel workbook (xlsx) or as CSV, and bring that."


def sheet_kind_of(data: bytes) -> FileKind:
    """EXCEL or CSV. Raises Refused, with field "file", for an empty file and for every other kind."""
    if not data.strip(b"\0 \t\r\n"):
        raise Refused("The file is empty.", "file")
    try:
        kind = file_kinds.kind_of(data)
    except NotKept as found:
        raise Refused(f"This is {found.what}. {INSTEAD}", "file") from found
    if kind in (TEXT, CSV):
        return CSV
    if kind == OLD_EXCEL:
        raise Refused(f"This is an Excel workbook of the old kind (xls). {INSTEAD}", "file")
    if kind != EXCEL:
        article = "an" if kind.words[0] in "aeiouAEIOU" else "a"
        raise Refused(f"This is {article} {kind.words}, not a spreadsheet. {INSTEAD}", "file")
    return kind
