"""Broken bytes: whatever is done to a small file, a report comes back in time, and nothing is printed or raised."""

import io
import os
import random
import time
from pathlib import Path

import docx
import pytest

from tests.extraction.printed import pdf
from tests.extraction.test_html_pages import REPORT as PAGE
from tests.extraction.test_pdf_pages import REPORT
from tracker.extraction import ExtractedReport, Limits, Sandbox

SEEDS = Path(__file__).parents[2] / "seeds"
CORPUS = os.environ.get("CORPUS_DIR")
MUTANTS = 300
LONGEST = 30.0  # seconds, the limit of one reading


def word():
    made, held = docx.Document(), io.BytesIO()
    made.add_heading("What needs to improve?", 1)
    made.add_paragraph("The quality of plans.", style="List Bullet")
    made.save(held)
    return held.getvalue()


def mutant(data, chance):
    """The bytes with a few of them changed, cut out, doubled or put elsewhere."""
    made = bytearray(data)
    for _ in range(chance.randint(1, 12)):
        at, length = chance.randrange(len(made) or 1), chance.randint(1, 40)
        kind = chance.randrange(5)
        if kind == 0:
            made[at : at + 1] = bytes([chance.randrange(256)])
        elif kind == 1:
            del made[at : at + length]
        elif kind == 2:
            made[at:at] = made[at : at + length] * chance.randint(1, 20)
        elif kind == 3:
            made[at : at + length] = chance.randbytes(length)
        else:
            made[at:at] = str(chance.choice([0, -1, 2**31, 2**63, 10**30])).encode()
    return bytes(made)


def read_all(originals, count):
    """The readings of mutants of the originals in turn, and the longest time one took in seconds."""
    chance, longest, reports = random.Random(20130410), 0.0, []  # noqa: S311 - the same mutants every time
    sandbox = Sandbox()
    try:
        for number in range(count):
            data = mutant(originals[number % len(originals)], chance)
            before = time.monotonic()
            reports.append(sandbox.read(data, name=f"mutant {number}", limits=Limits()))
            longest = max(longest, time.monotonic() - before)
    finally:
        sandbox.close()
    return reports, longest


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
