"""A date as a person types it: what is understood, and what is said where it is not."""

from datetime import date

import pytest

from tracker.rules.refusal import Refused
from tracker.rules.typed_dates import FOUR_DIGITS, MONTHS, NOT_A_DAY, NOT_A_MONTH, day_of_parts, month_of, read_day

DAY = date(2027, 3, 27)


@pytest.mark.parametrize(("number", "name"), list(enumerate(MONTHS, 1)))
def test_every_month_is_understood_by_number_name_and_three_letters(number, name):
    forms = (str(number), f"{number:02}", name, name.upper(), name[:3], f"{name[:3].title()}.", f" {name} ")
    assert {month_of(each) for each in forms} == {number}


def test_september_is_understood_by_its_four_letters():
    assert month_of("Sept") == 9


@pytest.mark.parametrize("text", ["", "0", "13", "ma", "ju", "Smarch", "novembre", "1.5", "-1", "３", "²", "011"])
def test_what_is_no_month_is_told(text):
    with pytest.raises(Refused, match=NOT_A_MONTH):
        month_of(text)


@pytest.mark.parametrize("month", ["3", "03", "Mar", "march", "MARCH"])
def test_three_parts_make_a_day(month):
    assert day_of_parts("27", month, "2027") == DAY


@pytest.mark.parametrize("year", ["27", "7", "027", "0027", "20270"])
def test_a_year_has_four_digits(year):
    with pytest.raises(Refused, match=FOUR_DIGITS):
        day_of_parts("27", "3", year)


@pytest.mark.parametrize("parts", [("31", "2", "2027"), ("0", "3", "2027"), ("x", "3", "2027"), ("27", "3", "mmxx")])
def test_a_day_that_does_not_exist_is_told(parts):
    with pytest.raises(Refused, match=NOT_A_DAY):
        day_of_parts(*parts)


@pytest.mark.parametrize(
    "text",
    [
        "27 3 2027",
        "27/3/2027",
        "27/03/2027",
        "27.3.2027",
        "27-3-2027",
        "27 March 2027",
        "27 mar 2027",
        "27th March 2027",
        " 27  March,  2027 ",
        "27 Mar. 2027",
        "2027-03-27",
        "27-Mar-2027",
    ],
)
def test_one_box_takes_a_date_as_people_write_it(text):
    assert read_day(text) == DAY


def test_the_day_stands_before_the_month():
    assert read_day("3/4/2027") == date(2027, 4, 3)


@pytest.mark.parametrize("text", ["", "soon", "March 2027", "27/3", "3/27/2027", "2027", "27/3/2027/1", "0/0/0"])
def test_what_is_no_date_is_refused(text):
    with pytest.raises(Refused):
        read_day(text)


def test_two_digits_of_a_year_are_told_in_a_sentence_of_their_own():
    with pytest.raises(Refused, match="four digits"):
        read_day("27/3/27")
