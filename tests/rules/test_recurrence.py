"""What may have been raised before: likeness by subjects and words, proposals, and the groups that answers make."""

import pytest

from tracker.rules.recurrence import ENOUGH, MOST, Raised, groups, likeness, proposals
from tracker.rules.topics import COUNTS, PATTERNS, SAMPLE, opening, stem, topics
from tracker.rules.word_counts import WORDS

CASELOADS = "reduce average caseloads within the busiest units and ensure that all workers have manageable workloads"
WORKLOADS = "High workloads are impacting on social workers and support workers in early help services"
SUPERVISION = "Ensure that all social work caseloads are manageable and that supervision supports reflective practice."
FOSTERING = "Ensure that private fostering arrangements are understood by partner agencies"
COURTS = "Trust and confidence between the courts and the trust."


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (CASELOADS, SUPERVISION),
        (CASELOADS, WORKLOADS),
        ("The use of chronologies in underpinning assessments.", "Ensure that all assessments are informed by chronologies"),
        ("Consistency of application of thresholds in iCART.", "referrals progress, and decision making with regards to thresholds is clear"),
        ("The sufficiency of high-quality placements", "a sufficient number and range of placements"),
    ],
)  # fmt: skip
def test_what_asks_for_the_same_in_other_words_is_alike(one, other):
    assert likeness(one, other)[0] >= ENOUGH


@pytest.mark.parametrize("other", [FOSTERING, COURTS, "Improve the quality of services for all children."])
def test_what_asks_for_something_else_is_not(other):
    assert likeness(CASELOADS, other)[0] < ENOUGH


def test_likeness_is_the_same_both_ways():
    assert likeness(CASELOADS, SUPERVISION) == likeness(SUPERVISION, CASELOADS)


def test_a_text_is_wholly_like_itself():
    assert likeness(CASELOADS, CASELOADS)[0] == 100


def test_it_says_which_subjects_both_speak_of():
    assert likeness(CASELOADS, SUPERVISION)[1] == ("caseloads",)


def test_words_alone_make_nothing_alike():
    assert likeness("the busiest units in the county", "the busiest units in the county") == (0, ())


def test_two_of_one_report_are_not_compared():
    assert proposals([Raised(1, "2012-12-14", CASELOADS), Raised(2, "2012-12-14", SUPERVISION)]) == []


def test_the_earlier_report_comes_first_whatever_their_order():
    found = proposals([Raised(2, "2014-02-05", SUPERVISION), Raised(1, "2012-12-14", CASELOADS)])
    assert [(pair.earlier.key, pair.later.key) for pair in found] == [(1, 2)]


def test_one_recommendation_is_proposed_with_the_best_few_of_another_report_only():
    later = [Raised(key, "2018-01-01", SUPERVISION + f" In team {key}.") for key in range(2, 9)]
    assert len(proposals([Raised(1, "2012-01-01", CASELOADS), *later])) == MOST


def test_answers_bind_recommendations_into_groups():
    assert set(groups([(1, 2), (4, 5), (2, 3)])) == {frozenset({1, 2, 3}), frozenset({4, 5})}


def test_a_pair_that_joins_two_groups_makes_one_of_them():
    assert groups([(1, 2), (3, 4), (2, 3)]) == [frozenset({1, 2, 3, 4})]


def test_every_subject_was_counted_and_is_rarer_than_the_sample():
    assert COUNTS.keys() == PATTERNS.keys() and all(0 < count < SAMPLE for count in COUNTS.values())


def test_only_words_common_enough_to_matter_are_listed():
    assert min(WORDS.values()) >= 8 and all(word.isalpha() and word.islower() for word in WORDS)


def test_singular_and_plural_are_one_word():
    assert stem("caseloads") == stem("caseload")


def test_the_opening_is_whole_sentences_and_never_empty():
    long = "A first sentence. " + "Then more. " * 60
    assert opening(long).endswith("more.") and len(opening(long)) <= 300


def test_a_single_long_sentence_is_its_own_opening():
    assert opening("word " * 100).strip() == ("word " * 100).strip()


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("The effectiveness of return home interviews", "the views of children"),
        ("Reduce the number not in education, employment or training", "training"),
        ("Privately fostered children", "foster carers"),
    ],
)
def test_a_word_within_another_is_no_subject(text, subject):
    assert subject not in topics(text)
