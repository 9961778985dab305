"""On which days notices are owed, by default and by an authority's own choice."""

import csv

import pytest

from tests.rules.bank_holidays import FIXTURES
from tracker.choices import DueKind
from tracker.rules.refusal import Refused
from tracker.rules.reminder_settings import DEFAULTS, ReminderSettings, Rhythm

with (FIXTURES / "reminders.csv").open(encoding="utf-8", newline="") as file:
    LOADED = {row["kind"]: row["days"].split("|") for row in csv.DictReader(file)}


def test_every_kind_of_notice_has_a_rhythm():
    assert set(DEFAULTS) == set(DueKind)


@pytest.mark.parametrize("kind", DueKind)
def test_the_defaults_are_those_that_a_new_installation_loads(kind):
    assert ReminderSettings({}).changed(LOADED).of(kind) == DEFAULTS[kind]


def test_an_authoritys_days_replace_the_default_of_their_kind_alone():
    settings = ReminderSettings().changed({"before_due": [10, 3]})
    assert (settings.of(DueKind.BEFORE_DUE), settings.of(DueKind.SILENT)) == (Rhythm((3, 10)), Rhythm((30,)))


@pytest.mark.parametrize(
    ("days", "why"),
    [
        ({"overdue": [1, 2]}, "weekly"),
        ({"overdue": [0, "weekly"]}, "from 1 up"),
        ({"before_due": [0]}, "from 1 up"),
        ({"before_due": [7, "weekly"]}, "cannot be repeated"),
        ({"silent": ["monthly"]}, "whole numbers"),
        ({"silent": [-3]}, "whole numbers"),
        ({"birthday": [1]}, "no kind of notice"),
    ],
)
def test_days_that_make_no_sense_are_refused(days, why):
    with pytest.raises(Refused, match=why):
        ReminderSettings().changed(days)


@pytest.mark.parametrize("rhythm", [Rhythm((7, 1)), Rhythm((1, 1)), Rhythm((1,), 0)])
def test_a_rhythm_out_of_order_is_refused(rhythm):
    with pytest.raises(Refused):
        ReminderSettings({DueKind.SILENT: rhythm})
