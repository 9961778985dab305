"""Themes proposed from the words of a recommendation."""

import csv
from pathlib import Path

import pytest

from tracker.rules.themes import MOST, proposed

with (Path(__file__).parents[2] / "fixtures" / "themes.csv").open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))
THEMES = {row["code"]: row["words"].split("|") for row in ROWS}


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("reduce average caseloads within the busiest specialist safeguarding units", "workforce"),
        ("ensure that management oversight of cases is well recorded", "management_oversight"),
        (
            "The effectiveness of return home interviews for children who repeatedly go missing",
            "exploitation_and_missing",
        ),
        (
            "ensure that assessments and reports clearly reflect the views and experiences of children",
            "voice_of_the_child",
        ),
        ("ensure that chronologies are available on all files", "recording"),
        ("Consistency of application of thresholds and understanding of parental consent", "front_door"),
        ("Ensure that the Early Help Strategy is implemented urgently", "early_help"),
        ("The sufficiency of suitable placements to meet children’s needs", "looked_after_children"),
        ("The timeliness of EHC plans", "send"),
    ],
)
def test_the_words_speak_for_the_theme(text, theme):
    assert theme in proposed(text, THEMES)


def test_what_speaks_of_nothing_known_gets_no_proposal():
    assert proposed("Be excellent in every respect.", THEMES) == ()


def test_no_more_are_proposed_than_a_person_reads_at_a_glance():
    words = "audit supervision chronologies caseloads thresholds early help domestic abuse adoption care leavers"
    assert len(proposed(words, THEMES)) <= MOST


def test_what_stands_in_the_opening_comes_before_what_is_told_later():
    long = "Chronologies are not used. " + "This matters to everybody here. " * 12 + "Adopters were told so."
    assert proposed(long, THEMES)[0] == "recording"


def test_part_of_a_word_is_no_word():
    assert proposed("the auditorium", {"a": ["audit"]}) == ()


def test_an_abbreviation_is_known_by_its_capitals():
    assert (proposed("the MASH", {"a": ["MASH"]}), proposed("mash", {"a": ["MASH"]})) == (("a",), ())


def test_apostrophes_of_both_kinds_are_the_same():
    assert proposed("children’s plans", {"a": ["children's plan"]}) == ("a",)
