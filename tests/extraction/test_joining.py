import pytest

from tracker.extraction import join_lines
from tracker.extraction.joining import join

KNOWN = frozenset({"improvement", "well-being"})


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        (["Staff and", "managers are"], "Staff and managers are"),
        (["continuous improve-", "ment of plans"], "continuous improvement of plans"),
        (["a child's well-", "being and health"], "a child's well-being and health"),
        (["a multi-", "agency plan"], "a multi-agency plan"),
        (["short-", "and long-term aims"], "short- and long-term aims"),
        (["kept up-", "to-date by staff"], "kept up-to-date by staff"),
        (["the plan –", "and the review"], "the plan – and the review"),
        (["", "only"], "only"),
        ([], ""),
    ],
)
def test_lines_are_joined_and_only_broken_words_made_whole(parts, whole):
    assert join(parts, KNOWN) == whole


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        (["• Ensure that plans", "are kept."], "Ensure that plans are kept."),
        (["\uf0b7 Ensure that plans", "are kept."], "Ensure that plans are kept."),
        (["- Ensure that plans", "- are kept."], "Ensure that plans are kept."),
        (
            ["12. Ensure that plans follow section", "20. of the Act."],
            "Ensure that plans follow section 20. of the Act.",
        ),
        (["• 3) See children alone."], "See children alone."),
        (["", "4. See children alone."], "See children alone."),
        (["## **What needs to improve**"], "What needs to improve"),
        (["continuous improve-", "ment of a child's well-", "being"], "continuous improvement of a child's well-being"),
        (["•", "See children."], "See children."),
        ([], ""),
    ],
)
def test_lines_that_a_person_chose_become_the_words_of_one_recommendation(lines, whole):
    assert join_lines(lines, KNOWN) == whole


def test_a_broken_word_that_nobody_knows_keeps_its_hyphen():
    assert join_lines(["continuous improve-", "ment"]) == "continuous improve-ment"
