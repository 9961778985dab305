"""Reads inspection reports: bytes in, an ExtractedReport out. The only door of this room.

Needs no database and no settings, keeps no clock and no state but one warm child process.
"""

from tracker.extraction.reading import read_here
from tracker.extraction.sandbox import Sandbox, read_report
from tracker.extraction.shapes import (
    Doubt,
    ExtractedRecommendation,
    ExtractedReport,
    Judgement,
    Limits,
    Source,
)

__all__ = [
    "Doubt",
    "ExtractedRecommendation",
    "ExtractedReport",
    "Judgement",
    "Limits",
    "Sandbox",
    "Source",
    "read_here",
    "read_report",
]
