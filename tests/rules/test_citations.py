"""Places in a report: what of a page is shown and marked, and how a place is divided."""

from hypothesis import given
from hypothesis import strategies as st

from tracker.rules.citations import chosen, cuttings, divided, joined

A4 = {"3": [5953, 8419], "4": [5953, 8419]}


def lines(first, *words, page=3):
    boxes = [[page, 700, 1000 + 150 * n, 5000, 1120 + 150 * n] for n, _ in enumerate(words)]
    return {"page": page, "lines": [first, first + len(words) - 1], "quote": "\n".join(words), "boxes": boxes}


def test_a_cutting_shows_some_of_the_page_above_and_below_what_is_cited():
    (cut,) = cuttings(lines(1, "Improve plans."), A4)
    assert (cut.page, cut.top, cut.bottom) == (3, 500, 1620)


def test_a_cutting_ends_with_its_page():
    place = {**lines(1, "Improve plans."), "boxes": [[3, 700, 100, 5000, 220], [3, 700, 8200, 5000, 8320]]}
    (cut,) = cuttings(place, A4)
    assert (cut.top, cut.bottom) == (0, 8419)


def test_words_that_run_over_two_pages_are_shown_on_both():
    place = {**lines(1, "Improve", "plans."), "boxes": [[3, 700, 8000, 5000, 8120], [4, 700, 600, 5000, 720]]}
    assert [cut.page for cut in cuttings(place, A4)] == [3, 4]


def test_each_line_is_marked_by_itself():
    (cut,) = cuttings(lines(1, "Improve plans", "for children."), A4)
    assert len(cut.marks) == 2


def test_a_place_without_boxes_has_nothing_to_show():
    assert cuttings({**lines(1, "Improve plans."), "boxes": []}, A4) == []


def test_a_page_of_unknown_size_is_not_shown():
    assert cuttings(lines(1, "Improve plans.", page=9), A4) == []


def test_a_line_with_the_end_of_one_part_and_the_start_of_another_goes_to_the_longer():
    place = lines(1, "See children and", "hear them. Keep", "records of it.")
    first, second = divided(place, ["See children and hear them.", "Keep records of it."])
    assert (first["lines"], second["lines"]) == ([1, 2], [3, 3])


def test_a_part_shorter_than_a_line_cites_the_whole_place():
    place = lines(1, "See. Hear children whenever you can.")
    assert divided(place, ["See.", "Hear children whenever you can."])[0]["lines"] == [1, 1]


def test_what_has_no_place_is_divided_into_what_has_none():
    assert divided(None, ["one", "two"]) == [None, None]


def test_a_place_joined_with_none_is_itself():
    place = lines(1, "Improve plans.")
    assert joined(None, place) == joined(place, None) == place


def test_chosen_lines_become_a_place_that_counts_as_the_report_does():
    place = chosen(3, [(4, "Improve", [3, 1, 2, 3, 4]), (6, "plans.", None)])
    assert place == {"page": 3, "lines": [4, 6], "quote": "Improve\n\nplans.", "boxes": [[3, 1, 2, 3, 4]]}


WORDS = st.lists(st.text("abcdefgh", min_size=1, max_size=9), min_size=1, max_size=8).map(" ".join)


@given(st.lists(WORDS, min_size=2, max_size=6))
def test_parts_that_are_the_printed_lines_cite_just_those(parts):
    found = divided(lines(10, *parts), parts)
    assert [place["lines"] for place in found] == [[10 + n, 10 + n] for n, _ in enumerate(parts)]


@given(st.lists(WORDS, min_size=1, max_size=8), st.integers(2, 4))
def test_no_line_is_lost_or_cited_twice_where_every_part_has_one(printed, count):
    words = " ".join(printed).split()
    parts = [" ".join(words[n::count]) or "a" for n in range(count)]
    found = divided(lines(1, *printed), parts)
    own = [place for place in found if place["lines"] != [1, len(printed)]]
    cited = [n for place in own for n in range(place["lines"][0], place["lines"][1] + 1)]
    assert len(cited) == len(set(cited))
