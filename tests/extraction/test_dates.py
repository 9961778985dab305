from datetime import date

import pytest

from tracker.extraction.dates import first_run, only_date, runs_of_days

RUNS = [
    ("2 July to 11 July 2012", date(2012, 7, 2), date(2012, 7, 11)),
    ("11 - 20 February 2013", date(2013, 2, 11), date(2013, 2, 20)),
    ("11–20 February 2013", date(2013, 2, 11), date(2013, 2, 20)),
    ("13 and 14 July 2010", date(2010, 7, 13), date(2010, 7, 14)),
    ("26 and 27 June 2018", date(2018, 6, 26), date(2018, 6, 27)),
    ("5 November to 14 November 2012", date(2012, 11, 5), date(2012, 11, 14)),
    ("28 November 2018 to 7 January 2019", date(2018, 11, 28), date(2019, 1, 7)),
    ("28 November to 7 January 2019", date(2018, 11, 28), date(2019, 1, 7)),
    ("30 June - 2 July 2014", date(2014, 6, 30), date(2014, 7, 2)),
    ("Monday 3 to Friday 7 March 2014", date(2014, 3, 3), date(2014, 3, 7)),
    ("1st to 3rd May 2019", date(2019, 5, 1), date(2019, 5, 3)),
    ("4, 5 and 6 May 2015", date(2015, 5, 4), date(2015, 5, 6)),
    ("29 February 2012", date(2012, 2, 29), date(2012, 2, 29)),
    ("10/08/2012", date(2012, 8, 10), date(2012, 8, 10)),
    ("3 Sept 2013", date(2013, 9, 3), date(2013, 9, 3)),
    ("2 July 2018 to 13 July", date(2018, 7, 2), date(2018, 7, 13)),
]


@pytest.mark.parametrize(("text", "first", "last"), RUNS)
def test_a_run_of_days_is_read_as_printed(text, first, last):
    days = first_run(text)
    assert (days.first, days.last, days.quote) == (first, last, text)


@pytest.mark.parametrize(
    "text",
    ["11 - 20", "31 June 2012", "29 February 2013", "in May 2012", "March", "section 47", "3 July 1066", "2012-13", ""],
)
def test_what_is_no_whole_date_is_not_read_as_one(text):
    assert first_run(text) is None


def test_a_run_printed_backwards_is_given_as_it_stands():
    days = first_run("11 July 2012 to 2 July 2012")
    assert days.first > days.last


def test_every_run_in_a_sentence_is_given_in_order():
    text = "visited on 13 and 14 July 2010, and the letter of 11 August 2010 says so"
    assert [each.quote for each in runs_of_days(text)] == ["13 and 14 July 2010", "11 August 2010"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("11 August 2010", date(2010, 8, 11)),
        ("Thursday 19 July 2018", date(2018, 7, 19)),
        ("Our meeting of 11 August 2010", None),
        ("13 and 14 July 2010", None),
    ],
)
def test_a_line_is_a_date_only_where_it_says_nothing_else(text, day):
    assert only_date(text) == day
