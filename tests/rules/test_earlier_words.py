"""Words of an action that are erased: found by their names, and gone from all that was told."""

import pytest

from tracker.rules.earlier_words import without, words_in

GONE, NAMED = "Erased", "Jordan Quixotrel was not seen"
TOLD = {
    "actor": {"name": "Ben Moss", "roles": ["owner"]},
    "reason": NAMED,
    "details": {"into": ["RTH-2012-02"]},
    "state": {"what": "See them", "outcome": "", "partners": [3], "due_explanation": f"Agreed: {NAMED}.", "owner": 7},
}


def test_words_have_the_name_of_where_they_stand():
    assert list(words_in(TOLD)) == [("what", "See them"), ("reason", NAMED)]


def test_what_tells_of_no_state_has_the_reason_alone():
    assert list(words_in({"reason": NAMED})) == [("reason", NAMED)]


def test_all_but_the_erased_words_is_left():
    left = without(TOLD, [NAMED], instead=GONE)
    assert left == {**TOLD, "reason": GONE, "state": {**TOLD["state"], "due_explanation": GONE}}


@pytest.mark.parametrize(
    ("words", "left"),
    [("See them", GONE), ("See", "See them"), ("see them", "See them")],
    ids=["whole", "short words within others", "written otherwise"],
)
def test_short_words_go_where_they_are_all_there_is(words, left):
    assert without("See them", [words], instead=GONE) == left


def test_nothing_is_changed_in_place():
    without(TOLD, [NAMED], instead=GONE)
    assert TOLD["reason"] == NAMED
