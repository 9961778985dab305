"""Words of an action that are erased: found by their names, and gone from all that was told."""

import pytest

from tracker.rules.earlier_words import cleaned, holds, without, words_in

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


@pytest.mark.parametrize(("basis", "told"), [("chosen", True), ("computed", False)])
def test_the_explanation_of_a_date_counts_where_it_quotes_a_person(basis, told):
    names = [name for name, _ in words_in({"state": {"due_explanation": "Because", "due_basis": basis}})]
    assert ("due_explanation" in names) is told


def test_all_but_the_erased_words_is_left():
    left = without(TOLD, [NAMED], title=GONE)
    assert left == {**TOLD, "reason": GONE, "state": {**TOLD["state"], "due_explanation": GONE}}


def test_a_code_or_a_name_that_reads_like_erased_words_stays():
    told = {"actor": {"name": "normal"}, "reason": "", "state": {"priority": "normal", "outcome": "normal"}}
    assert without(told, ["normal"], title=GONE) == {**told, "state": {"priority": "normal", "outcome": GONE}}


def test_what_an_earlier_erasure_has_left_is_looked_through_too():
    told = {"state": {"reason": "named"}, "details": {"bodies": [["c", 1, 0]], "instead": [TOLD]}}
    left = without(told, [NAMED], title=GONE)
    assert left["details"] == {"bodies": [["c", 1, 0]], "instead": [without(TOLD, [NAMED], title=GONE)]}


HELD = {
    "the words themselves": ("See them", "See them", True),
    "one short word within others": ("See them", "See", False),
    "a name within others": ("Ask for Tom Li.", "Tom Li", True),
    "a name that ends otherwise": ("Ask for Tom Lister.", "Tom Li", False),
    "one long word within others": ("Ask Quixotrelson.", "Quixotrelson", True),
    "words that end in a stop where the others go on": ("Because: see Tom Li, he waits", "see Tom Li.", True),
    "written otherwise": ("See them", "see them", False),
}


@pytest.mark.parametrize(("text", "words", "held"), HELD.values(), ids=HELD)
def test_words_are_known_again_within_others_where_they_are_long_enough(text, words, held):
    assert holds(text, words) is held


def test_a_text_that_holds_none_stays():
    assert cleaned("See them", [NAMED], title=GONE) == "See them"


def test_nothing_is_changed_in_place():
    without(TOLD, [NAMED], title=GONE)
    assert TOLD["reason"] == NAMED
