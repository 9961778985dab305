"""The reference rows hold together, cover the fixed words, and agree with the sources they came from."""

import csv
import datetime
import re
from pathlib import Path

import holidays
import pytest
from govuk_bank_holidays.bank_holidays import BankHolidays

from tracker.choices import DueKind, Family

FIXTURES = Path(__file__).parent.parent / "fixtures"
DAY = datetime.date.fromisoformat


def rows(name):
    with (FIXTURES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


HOLIDAYS = rows("bank_holidays")
AUTHORITIES = rows("authorities")
FAMILIES = rows("families")
THEMES = rows("themes")
REMINDERS = rows("reminders")
EVERY_FILE = {
    "bank_holidays": (HOLIDAYS, "date"),
    "authorities": (AUTHORITIES, "code"),
    "families": (FAMILIES, "code"),
    "themes": (THEMES, "code"),
    "reminders": (REMINDERS, "kind"),
}


def folded(name):
    return " ".join(re.sub(r"[^a-z0-9]+", " ", name.casefold().replace("&", " and ")).split())


def repeated(values):
    return sorted({value for value in values if values.count(value) > 1})


@pytest.mark.parametrize("name", EVERY_FILE)
def test_no_key_stands_twice(name):
    table, key = EVERY_FILE[name]
    assert repeated([row[key] for row in table]) == []


@pytest.mark.parametrize("name", EVERY_FILE)
def test_no_row_has_too_many_or_too_few_cells(name):
    assert [row for row in EVERY_FILE[name][0] if None in row or None in row.values()] == []


@pytest.mark.parametrize("name", EVERY_FILE)
def test_no_cell_has_stray_spaces_or_empty_parts(name):
    cells = [part for row in EVERY_FILE[name][0] for cell in row.values() if cell for part in cell.split("|")]
    assert [cell for cell in cells if not cell or cell != cell.strip()] == []


def test_holidays_stand_in_order():
    days = [row["date"] for row in HOLIDAYS]
    assert days == sorted(days)


def test_every_holiday_is_a_weekday():
    assert [row["date"] for row in HOLIDAYS if DAY(row["date"]).weekday() > 4] == []


def test_a_holiday_is_announced_before_it_comes():
    announced = [row for row in HOLIDAYS if row["announced"]]
    assert announced
    assert [row["date"] for row in announced if DAY(row["announced"]) >= DAY(row["date"])] == []


@pytest.mark.parametrize(
    ("date", "announced"),
    [
        ("2011-04-29", "2010-11-23"),
        ("2012-06-05", "2010-01-05"),
        ("2020-05-08", "2019-06-07"),
        ("2022-06-03", "2020-11-12"),
        ("2022-09-19", "2022-09-10"),
        ("2023-05-08", "2022-11-06"),
    ],
)
def test_a_one_off_or_moved_holiday_has_the_day_it_was_announced(date, announced):
    assert [row["announced"] for row in HOLIDAYS if row["date"] == date] == [announced]


def test_weekday_holidays_agree_with_the_holidays_package():
    years = range(2009, 2031)
    calendar = holidays.country_holidays("GB", subdiv="ENG", years=years)
    assert [DAY(row["date"]) for row in HOLIDAYS] == sorted(day for day in calendar if day.weekday() < 5)


def proclaimed_by_govuk():
    source = BankHolidays(use_cached_holidays=True)
    return sorted(day["date"] for day in source.get_holidays(division=BankHolidays.ENGLAND_AND_WALES))


def test_weekday_holidays_agree_with_what_govuk_proclaimed():
    proclaimed = proclaimed_by_govuk()
    years = range(proclaimed[0].year, proclaimed[-1].year + 1)
    ours = [DAY(row["date"]) for row in HOLIDAYS if DAY(row["date"]).year in years]
    assert ours == [day for day in proclaimed if day.weekday() < 5]


def test_a_year_that_govuk_has_not_proclaimed_is_provisional():
    last = proclaimed_by_govuk()[-1].year
    wrong = [row["date"] for row in HOLIDAYS if row["provisional"] != ("yes" if DAY(row["date"]).year > last else "no")]
    assert wrong == []


def test_there_are_153_live_authorities_and_three_that_ended():
    ended = [row for row in AUTHORITIES if row["ended_on"]]
    assert (len(AUTHORITIES) - len(ended), len(ended)) == (153, 3)


@pytest.mark.parametrize("column", ["name", "short_name", "dfe_code", "ofsted_urn"])
def test_no_two_authorities_share_a_name_or_number(column):
    assert repeated([row[column] for row in AUTHORITIES]) == []


@pytest.mark.parametrize(
    ("column", "pattern"),
    [
        ("code", r"[A-Z]{3,4}"),
        ("ons_code", r"(E(06|08|09|10)\d{6})?"),
        ("dfe_code", r"\d{3}"),
        ("ofsted_urn", r"\d{5,7}"),
        ("domain", r"[a-z0-9-]+(\.[a-z0-9-]+)+"),
        ("ended_on", r"(\d{4}-\d{2}-\d{2})?"),
    ],
)
def test_an_authority_s_codes_are_well_formed(column, pattern):
    assert [row[column] for row in AUTHORITIES if not re.fullmatch(pattern, row[column])] == []


def test_only_an_authority_that_ended_lacks_an_ons_code():
    assert [row["code"] for row in AUTHORITIES if not row["ons_code"] and not row["ended_on"]] == []


def test_a_code_keeps_the_order_of_the_letters_of_a_name_it_suggests():
    def suggests(code, name):
        letters = iter(folded(name).replace(" ", ""))
        return all(letter in letters for letter in code.lower())

    names = {row["code"]: row["printed_names"].split("|") for row in AUTHORITIES}
    assert [code for code, printed in names.items() if not any(suggests(code, name) for name in printed)] == []


def test_no_name_in_print_belongs_to_two_authorities_or_stands_twice_in_one():
    assert repeated([folded(name) for row in AUTHORITIES for name in row["printed_names"].split("|")]) == []


def test_an_authority_is_printed_under_its_own_short_name():
    wrong = [
        row["code"]
        for row in AUTHORITIES
        if folded(row["short_name"]) not in {folded(name) for name in row["printed_names"].split("|")}
    ]
    assert wrong == []


def test_an_authority_that_ended_names_live_successors_and_no_other_does():
    live = {row["code"] for row in AUTHORITIES if not row["ended_on"]}
    successors = {row["code"]: {code for code in row["successors"].split("|") if code} for row in AUTHORITIES}
    assert {code for code, after in successors.items() if after} == {row["code"] for row in AUTHORITIES} - live
    assert set().union(*successors.values()) <= live


def test_every_family_has_its_row_in_order_with_its_title():
    assert [(row["code"], row["title"]) for row in FAMILIES] == list(Family.choices)


def test_a_family_does_not_end_before_it_began():
    wrong = [row["code"] for row in FAMILIES if row["last_year"] and row["last_year"] < row["first_year"]]
    assert wrong == []


@pytest.mark.parametrize(
    ("column", "words"),
    [
        ("prints_timescale", {"yes", "no"}),
        ("prints_publication_date", {"yes", "no", "letter"}),
        ("by_hand", {"yes", "no"}),
    ],
)
def test_a_family_answers_in_the_words_of_the_column(column, words):
    assert {row[column] for row in FAMILIES} <= words


def test_only_the_plans_that_come_from_no_report_are_entered_by_hand():
    by_hand = {row["code"] for row in FAMILIES if row["by_hand"] == "yes"}
    assert by_hand == {Family.IMPROVEMENT_NOTICE, Family.PEER_REVIEW, Family.AUDIT}


def test_every_theme_has_a_title_and_words():
    assert [row["code"] for row in THEMES if not row["title"] or not row["words"]] == []


def test_every_kind_of_due_has_its_reminders():
    assert [row["kind"] for row in REMINDERS] == list(DueKind)


def test_reminder_days_are_numbers_and_only_the_end_may_repeat():
    assert [row["kind"] for row in REMINDERS if not re.fullmatch(r"(\d+\|)*(\d+|weekly)", row["days"])] == []


@pytest.mark.parametrize(("kind", "counts_down"), [(DueKind.BEFORE_DUE, True), (DueKind.OVERDUE, False)])
def test_reminder_days_stand_in_the_order_in_which_they_come(kind, counts_down):
    days = next(row["days"] for row in REMINDERS if row["kind"] == kind).removesuffix("|weekly").split("|")
    assert [int(day) for day in days] == sorted(map(int, days), reverse=counts_down)
