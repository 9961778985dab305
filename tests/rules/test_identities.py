"""What seems to identify a child: found in invented examples, and hardly ever where there is nothing."""

import os
import re
import time
from pathlib import Path

import pytest

from tests.rules.identity_examples import HARMLESS, IDENTIFYING
from tracker.extraction import read_here
from tracker.rules.identities import (
    COMPILED,
    PATTERNS,
    Identity,
    identities_in,
    identities_in_name,
    masked,
    nhs_holds,
    upn_holds,
)

SEEDS = Path(__file__).parents[2] / "seeds"
MOST_IN_REPORTS = 0.002  # of the recommendations of real reports: of 1,865 in 186 reports none was warned about


@pytest.mark.parametrize(("text", "kind"), IDENTIFYING.items())
def test_an_identity_is_found_and_called_what_it_is(text, kind):
    assert [each.kind for each in identities_in(text)] == [kind]


@pytest.mark.parametrize("text", HARMLESS)
def test_what_only_looks_like_an_identity_is_left_alone(text):
    assert identities_in(text) == []


@pytest.mark.parametrize("kind", Identity)
def test_every_kind_has_a_pattern_and_an_example(kind):
    assert kind in {each.kind for each in PATTERNS} and kind in IDENTIFYING.values()


def test_an_identity_is_shown_by_its_first_letters_alone():
    assert masked("Jayden Smith 12/03/2011") == "J••••• S•••• 1•/0•/2•••"


def test_the_same_identity_is_told_once():
    assert len(identities_in("DOB 12/03/2011, DOB 12/03/2011")) == 1


def test_an_underscore_in_a_file_s_name_is_a_space():
    assert [each.kind for each in identities_in_name("Jayden_DOB_12032011.pdf")] == [Identity.BIRTH]


@pytest.mark.parametrize("name", ["Minutes_12-03-2024.pdf", "Q3_report_v2.docx", "IMG_20240312_101112.jpg"])
def test_a_date_in_a_file_s_name_is_no_date_of_birth(name):
    assert identities_in_name(name) == []


@pytest.mark.parametrize("number", ["B801200005001", "P207000016049", "W99912341200A"])
def test_a_upn_with_its_check_letter_holds(number):
    assert upn_holds(number)


@pytest.mark.parametrize("number", ["A801200005001", "B207000016049", "W99912341200B"])
def test_a_upn_with_another_letter_does_not_hold(number):
    assert not upn_holds(number)


def test_exactly_one_last_digit_of_ten_makes_an_nhs_number():
    assert [digit for digit in range(10) if nhs_holds(f"999000001{digit}")] == [8]


def test_a_number_whose_check_digit_would_be_ten_is_none():
    assert not any(nhs_holds(f"999000000{digit}") for digit in range(10))


@pytest.mark.parametrize("piece", ["born ", "DOB(", "Aa Aa ", "12/", "1 1 1 ", "case no ", "A.A.", "999 ", "aged "])
def test_no_text_takes_long(piece):
    begun = time.monotonic()
    identities_in(piece * 20_000)
    assert time.monotonic() - begun < 5


def test_the_seed_reports_hold_no_identity():
    for path in SEEDS.glob("*.txt"):
        assert identities_in(path.read_text(errors="replace")) == []


def test_hardly_any_recommendation_of_real_reports_is_warned_about():
    folder = os.environ.get("CORPUS_DIR")
    if not folder:
        pytest.skip("CORPUS_DIR is not set: it names a folder of real reports")
    texts = [
        each.text
        for path in sorted(Path(folder).glob("*/*.pdf"))
        for each in read_here(path.read_bytes(), name=path.name).recommendations
    ]
    assert sum(1 for text in texts if identities_in(text)) <= len(texts) * MOST_IN_REPORTS


def test_no_pattern_holds_without_a_digit_so_that_texts_without_one_need_no_look():
    words = [re.sub("[0-9]", "", each[0] if isinstance(each, tuple) else each) for each in (*IDENTIFYING, *HARMLESS)]
    assert [text for text in words for _, compiled in COMPILED if compiled.search(text)] == []
