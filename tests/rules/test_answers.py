"""What may be answered in two taps, when a second tap says nothing new, and for how long a call for help stands."""

from dataclasses import replace
from datetime import date

import pytest

from tracker.choices import NoteKind, Status
from tracker.rules.answers import ANSWERS, Said, SaidAlready, check_news, nothing_to_answer, standing_help
from tracker.rules.standing import OPEN

FIRST = Said(NoteKind.ON_TRACK, "", date(2012, 11, 15), by=1)
WORDED = replace(FIRST, text="Two teams are trained.")


@pytest.mark.parametrize("status", Status)
def test_only_what_is_open_is_asked_about_and_the_rest_says_why(status):
    assert bool(nothing_to_answer(status)) == (status not in OPEN)


def test_every_answer_is_a_kind_of_note_and_an_update_is_none():
    assert set(ANSWERS) == set(NoteKind) - {NoteKind.UPDATE}


@pytest.mark.parametrize(
    ("note", "last"),
    [(FIRST, FIRST), (FIRST, WORDED), (WORDED, WORDED)],
    ids=["twice", "with words, then without", "the same words twice"],
)
def test_the_same_answer_again_is_no_news(note, last):
    with pytest.raises(SaidAlready, match="already today"):
        check_news(note, last)


@pytest.mark.parametrize(
    "last",
    [
        None,
        replace(FIRST, on=date(2012, 11, 14)),
        replace(FIRST, kind=NoteKind.HELP),
        replace(FIRST, by=2),
        replace(FIRST, behalf=3),
    ],
    ids=["the first word", "yesterday's", "another kind", "somebody else's", "for somebody else"],
)
def test_an_answer_after_another_is_news(last):
    assert check_news(FIRST, last) is None


def test_more_words_about_the_same_are_news():
    assert check_news(WORDED, FIRST) is None


@pytest.mark.parametrize(
    ("kinds", "place"),
    [
        ([], None),
        (["help"], 0),
        (["update", "help"], None),
        (["on_track", "help"], None),
        (["no_change", "help"], 1),
        (["help", "no_change", "help", "update", "help"], 2),
    ],
)
def test_help_stands_from_the_first_call_until_a_note_answers_it(kinds, place):
    assert standing_help(kinds) == place
