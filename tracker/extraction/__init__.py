"""Reads inspection reports: bytes in, an ExtractedReport out; shows their pages, and reads the sheets of spreadsheets. The only door of this room.

Needs no database and no settings, keeps no clock and no state but one warm child process.
"""

from tracker.extraction.joining import join_lines
from tracker.extraction.reading import read_here
from tracker.extraction.sandbox import Sandbox, draw_page, read_report, read_table, show_page
from tracker.extraction.shapes import (
    Doubt,
    ExtractedRecommendation,
    ExtractedReport,
    Hint,
    Judgement,
    Limits,
    Source,
)
from tracker.extraction.tables import Table
from tracker.extraction.views import PagePicture, PageView, ShownLine

__all__ = [
    "Doubt",
    "ExtractedRecommendation",
    "ExtractedReport",
    "Hint",
    "Judgement",
    "Limits",
    "PagePicture",
    "PageView",
    "Sandbox",
    "ShownLine",
    "Source",
    "Table",
    "draw_page",
    "join_lines",
    "read_here",
    "read_report",
    "read_table",
    "show_page",
]
