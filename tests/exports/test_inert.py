"""Whatever anybody types, a spreadsheet shows it and runs none of it, and nothing of it is lost."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.exports import csv
from tracker.exports.inert import ALIKE, LOOK_CLOSER, LOST, STARTS, UNSEEN, inert, is_plain, is_seen, runs, visible

LEADS = st.text(st.sampled_from([" ", "\t", "\n", "'", "\u00a0", "\u200b", "\ufeff", "\x00", "a"]), max_size=4)
STARTING = st.sampled_from([*STARTS, *ALIKE, "\u2212", "\t", "\r", "\n"])
TEXTS = st.one_of(
    st.text(max_size=60), st.builds(lambda lead, start, rest: lead + start + rest, LEADS, STARTING, st.text())
)


def test_every_character_that_unicode_takes_for_the_start_of_a_formula_is_known():
    found = {chr(code) for code in range(0x80, 0x20000) if unicodedata.normalize("NFKC", chr(code))[:1] in set(STARTS)}
    assert found == set(ALIKE)


@given(TEXTS)
def test_no_cell_begins_as_a_formula(text):
    cell = csv.cell(text)
    bare = cell.lstrip(f" \u00a0\u3000{UNSEEN}")
    assert not cell.startswith(("\t", "\r", "\n"))
    assert not bare or unicodedata.normalize("NFKC", bare[0])[:1] not in set(STARTS)


@given(TEXTS)
def test_the_apostrophe_that_makes_words_inert_can_be_taken_away_again(text):
    made = inert(text)
    assert (made[1:] if made.startswith("'") and runs(made[1:]) else made) == text


@given(TEXTS)
def test_no_character_is_dropped_and_none_is_left_that_a_file_cannot_hold(text):
    made = visible(text)
    assert not LOST.search(made) and len(made) >= len(text)


@given(TEXTS.filter(bool))
def test_words_that_need_no_closer_look_stay_as_they_are(text):
    assert not is_plain(text) or inert(visible(text)) == text


@given(TEXTS.filter(bool))
def test_words_that_begin_with_another_character_never_run(text):
    assert text[0] in LOOK_CLOSER or not runs(text)


@pytest.mark.parametrize("code", [*range(0x20), 0x7F, 0xD800])
def test_a_line_with_a_character_that_nobody_sees_is_noticed(code):
    assert is_seen(f"one,t{chr(code)}o") is (chr(code) in "\t\r\n")


@pytest.mark.parametrize("text", ["a\n=b", "5 = five", "'quoted'", "70%", "Ben's"])
def test_words_that_only_look_a_little_like_a_formula_are_left_alone(text):
    assert inert(text) == text
