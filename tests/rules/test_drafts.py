"""What a person does to a draft, one act at a time. Nothing given is ever changed."""

import copy

import pytest

from tracker.rules import drafts
from tracker.rules.refusal import Refused


def place(first, last, *words):
    boxes = [[7, 500, 1000 + 150 * n, 5000, 1120 + 150 * n] for n, _ in enumerate(words)]
    return {"page": 7, "lines": [first, last], "quote": "\n".join(words), "boxes": boxes}


def item(text, source, **more):
    blank = {"ref": None, "heading": None, "addressee": None, "timescale": None}
    return {**blank, "text": text, "page": 7, "source": source, **more}


MACHINE = {
    "title": "Inspection of services for children",
    "inspection_start": "2013-05-07",
    "inspection_end": "2013-05-16",
    "recommendations": [
        item("Improve plans.", place(10, 10, "Improve plans."), timescale="immediately"),
        item("See children. Hear them.", place(11, 12, "See children.", "Hear them."), heading="Areas for improvement"),
        item("Keep records.", place(14, 14, "Keep records."), addressee="LSCB"),
    ],
    "doubts": [{"sentence": "Two readers disagree.", "serious": True, "source": place(12, 12, "Hear them.")}],
}


@pytest.fixture
def draft():
    return drafts.begun(MACHINE)


def texts(draft):
    return [each["text"] for each in draft["recommendations"]]


def ids(draft):
    return [each["id"] for each in draft["recommendations"]]


def test_a_draft_that_begins_numbers_its_items_and_names_the_readings_they_come_from(draft):
    assert [(each["id"], each["from"]) for each in draft["recommendations"]] == [(1, [1]), (2, [2]), (3, [3])]


def test_a_draft_that_has_begun_does_not_begin_again(draft):
    left = drafts.drop(draft, 1)
    assert drafts.begun(left) is left


ACTS = {
    "begin": lambda draft: drafts.begun(MACHINE),
    "correct": lambda draft: drafts.correct(draft, 1, {"text": "Improve all plans."}),
    "drop": lambda draft: drafts.drop(draft, 1),
    "join": lambda draft: drafts.join_next(draft, 1),
    "split": lambda draft: drafts.split(draft, 2, ["See children.", "Hear them."]),
    "shift": lambda draft: drafts.shift(draft, 1, 1),
    "add": lambda draft: drafts.add(draft, {"text": "Train staff."}),
    "facts": lambda draft: drafts.correct_facts(draft, {"title": "Another"}),
}


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_an_act_leaves_the_draft_it_was_given_alone(draft, act):
    before = copy.deepcopy(draft)
    act(draft)
    assert draft == before


def test_correcting_keeps_where_the_words_stand_in_the_report(draft):
    found = drafts.correct(draft, 1, {"text": " Improve all plans. ", "timescale": "within 3 months"})
    first = found["recommendations"][0]
    assert (first["text"], first["timescale"], first["source"]) == (
        "Improve all plans.",
        "within 3 months",
        MACHINE["recommendations"][0]["source"],
    )


@pytest.mark.parametrize(
    ("words", "field"), [({"text": "  "}, "text"), ({"heading": "h" * 301}, "heading"), ({"ref": "1" * 21}, "ref")]
)
def test_words_that_cannot_be_kept_are_refused_beside_their_field(draft, words, field):
    with pytest.raises(Refused) as refusal:
        drafts.correct(draft, 1, words)
    assert refusal.value.field == field


def test_what_is_left_out_is_kept_aside(draft):
    left = drafts.drop(draft, 2)
    assert (texts(left), [each["text"] for each in left["dropped"]]) == (
        ["Improve plans.", "Keep records."],
        ["See children. Hear them."],
    )


def test_what_is_put_back_stands_where_it_stood(draft):
    assert drafts.put_back(drafts.drop(draft, 2), 2) == draft


def test_what_was_not_left_out_cannot_be_put_back(draft):
    with pytest.raises(Refused):
        drafts.put_back(draft, 2)


def test_two_joined_have_all_their_words_and_places(draft):
    whole = drafts.join_next(draft, 2)["recommendations"][1]
    assert (whole["text"], whole["source"]["lines"], len(whole["source"]["boxes"]), whole["from"]) == (
        "See children. Hear them. Keep records.",
        [11, 14],
        3,
        [2, 3],
    )


def test_two_joined_take_from_the_second_what_the_first_lacks(draft):
    whole = drafts.join_next(draft, 2)["recommendations"][1]
    assert (whole["heading"], whole["addressee"]) == ("Areas for improvement", "LSCB")


def test_the_quote_of_two_joined_counts_its_lines_as_the_report_does(draft):
    whole = drafts.join_next(draft, 2)["recommendations"][1]["source"]
    assert whole["quote"].count("\n") == whole["lines"][1] - whole["lines"][0]


def test_the_last_has_nothing_to_be_joined_with(draft):
    with pytest.raises(Refused):
        drafts.join_next(draft, 3)


def test_each_part_of_a_divided_item_cites_its_own_lines(draft):
    found = drafts.split(draft, 2, ["See children.", "Hear them."])["recommendations"]
    assert [(each["text"], each["source"]["lines"]) for each in found[1:3]] == [
        ("See children.", [11, 11]),
        ("Hear them.", [12, 12]),
    ]


def test_parts_are_items_of_their_own_that_come_from_the_same_reading(draft):
    found = drafts.split(draft, 2, ["See children.", "Hear them."])
    assert (ids(found), [each["from"] for each in found["recommendations"][1:3]]) == ([1, 2, 4, 3], [[2], [2]])


def test_parts_joined_again_are_the_item_they_were(draft):
    again = drafts.join_next(drafts.split(draft, 2, ["See children.", "Hear them."]), 2)
    assert (texts(again), again["recommendations"][1]["source"]) == (
        texts(draft),
        draft["recommendations"][1]["source"],
    )


def test_one_part_is_no_division(draft):
    with pytest.raises(Refused):
        drafts.split(draft, 2, ["See children. Hear them.", "  "])


@pytest.mark.parametrize(
    ("key", "by", "order"), [(1, 1, [2, 1, 3]), (3, -1, [1, 3, 2]), (1, -1, [1, 2, 3]), (3, 1, [1, 2, 3])]
)
def test_an_item_moves_one_place_and_stays_at_the_ends(draft, key, by, order):
    assert ids(drafts.shift(draft, key, by)) == order


def test_an_added_item_stands_after_the_one_named_and_comes_from_no_reading(draft):
    found = drafts.add(draft, {"text": "Train staff."}, source=place(13, 13, "Train staff."), after=2)
    assert (ids(found), found["recommendations"][2]["from"], found["recommendations"][2]["page"]) == (
        [1, 2, 4, 3],
        [],
        7,
    )


def test_a_typed_item_has_no_place_in_the_report(draft):
    assert drafts.add(draft, {"text": "Train staff."})["recommendations"][0]["source"] is None


def test_a_number_is_never_used_twice(draft):
    added = drafts.add(draft, {"text": "Train staff."})
    again = drafts.add(drafts.drop(added, 4), {"text": "Train managers."})
    assert again["recommendations"][0]["id"] == 5


def test_a_draft_without_any_item_takes_one():
    empty = drafts.begun({"recommendations": []})
    assert ids(drafts.add(empty, {"text": "Train staff."})) == [1]


def test_a_doubt_is_told_beside_the_lines_it_is_about(draft):
    assert [drafts.doubts_of(draft, each) for each in draft["recommendations"]] == [[], ["Two readers disagree."], []]


def test_an_inspection_that_ends_before_it_begins_is_refused(draft):
    with pytest.raises(Refused, match="cannot end before"):
        drafts.correct_facts(draft, {"inspection_end": "2013-05-01"})


def test_a_report_without_a_title_is_refused(draft):
    with pytest.raises(Refused, match="called"):
        drafts.correct_facts(draft, {"title": " "})


@pytest.mark.parametrize("act", [drafts.drop, drafts.join_next, lambda draft, key: drafts.shift(draft, key, 1)])
def test_an_item_that_is_gone_is_told_in_a_sentence(draft, act):
    with pytest.raises(Refused, match="no longer in the draft"):
        act(draft, 99)
