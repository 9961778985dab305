"""Long text in pieces: none too long, none broken within a character, nothing lost between them."""

from hypothesis import given
from hypothesis import strategies as st

from tracker.exports.workbook.overflow import MOST, fits, pieces

TEXTS = st.text(st.sampled_from(["a", " ", "\n", "é", "€", "\U0001f642", "="]), min_size=1, max_size=200)


def units(text):
    return len(text.encode("utf-16-le")) // 2


@given(TEXTS, st.integers(2, 50))
def test_the_pieces_join_to_the_whole_and_each_fits(text, most):
    cut = list(pieces(text, most))
    assert "".join(cut) == text and max(map(units, cut)) <= most


@given(TEXTS, st.integers(2, 50))
def test_no_piece_is_much_shorter_than_it_could_be_but_the_last(text, most):
    assert all(units(piece) >= most - 1 for piece in list(pieces(text, most))[:-1])


def test_what_fits_is_counted_as_a_spreadsheet_counts():
    smile = "\U0001f642"
    assert [fits("a" * MOST), fits("a" * (MOST + 1)), fits(smile * (MOST // 2)), fits(smile * (MOST // 2 + 1))] == [
        *(True, False),
        *(True, False),
    ]
