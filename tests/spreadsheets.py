"""Two spreadsheets as councils keep them, of different shapes, with invented people; and how they are settled."""

import io
from datetime import date, datetime

import xlsxwriter

TITLE = "Improvement plan – children’s services (version 14)"
BRAG_HEADINGS = (
    *("Ref", "Recommendation", "Action No.", "What we will do", "Lead", "Original due date", "Revised date"),
    *("BRAG", "Progress update", "Evidence", "Cost code"),
)
# Three recommendations, the first across two rows in a merged cell; dates typed, statuses as colours.
BRAG = (
    (
        "1",
        "Improve the quality of supervision",
        "1.1",
        "Write a supervision policy",
        "Ben Moss",
        date(2012, 10, 1),
        "",
        "Blue",
        "Agreed by the board",
        "Policy v2",
        "X1",
    ),
    (
        "1",
        "Improve the quality of supervision",
        "1.2",
        "Audit supervision records",
        "Moss, Ben",
        date(2012, 11, 30),
        date(2013, 2, 28),
        "Amber",
        "Twenty files read",
        "",
        "X1",
    ),
    (
        "2",
        "See every child alone",
        "2.1",
        "Train all social workers",
        "ben.moss@example.org",
        date(2013, 3, 1),
        "",
        "Green",
        "",
        "",
        "X2",
    ),
    ("3", "Publish the early help strategy", "3.1", "Consult partners", "", "", "", "Grey", "", "", ""),
)
# Rows as a person keeps them by hand: no references, words for statuses, dates as text, errors among them.
LOG = """Peer review action log;;;;;;
;;;;;;
Area for improvement;Action required;Responsible officer;Deadline;Status;% complete;Comments
Thresholds are not understood;Publish guidance on thresholds;Ben Moss;30/04/2013;Completed;100%;Guidance is on the intranet
Thresholds are not understood;Brief every school;Dilys Fenn;31 May 2013;In progress;40%;
Case recording is late;Set a standard for recording;Ben Moss;31/02/2013;Not started;0%;
;Check it each month;Ben Moss;1 June 2031;Under review by panel;;
Case recording is late;;Ben Moss;01/07/2013;Ongoing;;"""


def brag_workbook(rows=BRAG) -> bytes:
    """A workbook with a guidance sheet, a title, headings in the third row and a merged cell."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "default_date_format": "dd/mm/yyyy"}) as book:
        book.set_properties({"created": datetime(2012, 9, 1)})  # the same rows are the same bytes
        book.add_worksheet("How to use this").write(0, 0, "Update it before each board.")
        sheet = book.add_worksheet("Plan")
        sheet.write(0, 0, TITLE)
        for column, heading in enumerate(BRAG_HEADINGS):
            sheet.write(2, column, heading)
        for n, row in enumerate(rows, 3):
            for column, cell in enumerate(row):
                if column < 2 and n == 4 and rows is BRAG:
                    continue
                sheet.write(n, column, cell)
        if rows is BRAG:
            for column in (0, 1):
                sheet.merge_range(3, column, 4, column, rows[0][column])
    return file.getvalue()


def log_csv() -> bytes:
    """A CSV as an older Excel saves it: semicolons, Windows-1252."""
    return LOG.replace("\n", "\r\n").encode("cp1252")


NEW_PLAN = {"family": "peer_review", "title": "Peer review 2012", "issued_on": "2012-09-20", "source": "the letter"}
