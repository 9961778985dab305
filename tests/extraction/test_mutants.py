"""Broken bytes: whatever is done to a small file, a report comes back in time, and nothing is printed or raised."""

import io
import os
from pathlib import Path

import docx
import pytest

from tests.extraction.mutants import LONGEST, readings
from tests.extraction.printed import pdf
from tests.extraction.test_html_pages import REPORT as PAGE
from tests.extraction.test_pdf_pages import REPORT
from tracker.extraction import ExtractedReport

SEEDS = Path(__file__).parents[2] / "seeds"
CORPUS = os.environ.get("CORPUS_DIR")
MUTANTS = 300


def word():
    made, held = docx.Document(), io.BytesIO()
    made.add_heading("What needs to improve?", 1)
    made.add_paragraph("The quality of plans.", style="List Bullet")
    made.save(held)
    return held.getvalue()


def read_all(originals, count):
    """The readings of so many mutants of the originals in turn, and the longest time one took in seconds."""
    read = list(readings(originals, range(count)))
    return [report for _, report, _ in read], max(seconds for _, _, seconds in read)


def test_three_hundred_mutants_of_small_files_hang_nothing_and_print_nothing(capfd):
    small = [pdf(REPORT), word(), PAGE.encode(), *(path.read_bytes()[:6000] for path in sorted(SEEDS.glob("*.txt")))]
    reports, longest = read_all(small, MUTANTS)
    assert [type(report) for report in reports] == [ExtractedReport] * MUTANTS
    assert longest < LONGEST
    assert capfd.readouterr() == ("", "")


def test_mutants_end_in_a_reading_or_in_a_sentence():
    reports, _ = read_all([pdf(REPORT), word(), PAGE.encode()], 60)
    odd = [report.error for report in reports if report.error and not report.error.endswith(".")]
    assert not odd


@pytest.mark.skipif(not CORPUS, reason="CORPUS_DIR is not set: no real reports to break")
def test_mutants_of_real_reports_hang_nothing():
    paths = sorted(Path(CORPUS or ".").glob("unlabelled/*.pdf"), key=lambda path: path.stat().st_size)[:10]
    reports, longest = read_all([path.read_bytes() for path in paths], 60)
    assert len(reports) == 60 and longest < LONGEST
