import pytest

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
