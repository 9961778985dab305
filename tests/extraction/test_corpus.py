"""The reader against real reports that people have labelled. They are no part of the project: CORPUS_DIR names them."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tracker.extraction import read_here

CORPUS = os.environ.get("CORPUS_DIR")
pytestmark = pytest.mark.skipif(not CORPUS, reason="CORPUS_DIR is not set: no labelled reports to measure against")
LEAST = {"same or near": 0.99, "same": 0.97, "timescale": 0.99, "heading": 0.97, "page": 0.98}
EVERY = ("authority", "framework", "inspection_start", "inspection_end", "publication_date")
MOST_MARKED = 0.2  # of the reports


def reports(folder):
    return [
        read_here(path.read_bytes(), name=str(path)).to_json() for path in sorted(Path(CORPUS, folder).glob("*.pdf"))
    ]


@pytest.fixture(scope="module")
def labelled(tmp_path_factory):
    """What was read of the labelled reports, in the file the scorer takes."""
    path = tmp_path_factory.mktemp("corpus") / "extracted.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in reports("labelled")))
    return path


@pytest.fixture(scope="module")
def score(labelled):
    """The scorer's own words about the labelled reports."""
    command = [sys.executable, Path(CORPUS, "score.py"), Path(CORPUS, "labelled"), labelled, "--show"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def share(score, name):
    found = re.search(
        rf"{name}:? (?:precision \S+ recall \S+ F1 )?(\d\.\d+)", re.sub(r"recommendations \d+, ", "", score)
    )
    return float(found[1])


@pytest.mark.parametrize("name", LEAST)
def test_recommendations_are_read_as_people_read_them(score, name):
    assert share(score, name) >= LEAST[name], score


@pytest.mark.parametrize("name", EVERY)
def test_every_report_is_known_for_what_it_is(score, name):
    assert share(score, name) == 1.0, score


def test_no_mistake_is_silent(score):
    assert int(re.search(r"silent errors (\d+)", score)[1]) == 0, score


def test_few_reports_are_marked_for_review(labelled):
    marked = [json.loads(row)["needs_review"] for row in labelled.read_text().splitlines()]
    assert sum(marked) <= MOST_MARKED * len(marked)


def test_no_other_report_is_refused_or_of_an_unknown_family():
    odd = [row["file"] for row in reports("unlabelled") if row["error"] or row["framework"] == "other"]
    assert not odd
