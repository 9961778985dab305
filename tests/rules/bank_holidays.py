"""The bank holidays that a new installation loads, as a calendar; read without a database."""

import csv
from datetime import date
from pathlib import Path

from tracker.rules.working_days import Calendar, Holiday

FIXTURES = Path(__file__).parent.parent.parent / "fixtures"


def _holiday(row):
    announced = date.fromisoformat(row["announced"]) if row["announced"] else None
    return Holiday(date.fromisoformat(row["date"]), row["name"], announced, row["provisional"] == "yes")


with (FIXTURES / "bank_holidays.csv").open(encoding="utf-8", newline="") as file:
    CALENDAR = Calendar(tuple(_holiday(row) for row in csv.DictReader(file)))
