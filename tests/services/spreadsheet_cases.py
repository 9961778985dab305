"""Cases of plans that come in from spreadsheets."""

from tests import spreadsheets as samples
from tests.factories import acting, at
from tests.services.verb_case import Case
from tracker.choices import EventKind
from tracker.services import bringing, spreadsheets

K = EventKind
DAY = at(2013, 6, 3)


def received(there):
    """A workbook that waits for a person."""
    there.sheet = spreadsheets.receive(
        samples.brag_workbook(), name="plan.xlsx", authority=there.authority, by=acting(there.lead), at=DAY
    )


def settled(there):
    """A workbook whose names are settled, and the plan it goes into."""
    received(there)
    choices = {"into": samples.NEW_PLAN, "people": {"ben moss": None, "moss ben": None, "ben moss example org": None}}
    there.sheet = spreadsheets.settle(there.sheet, choices=choices, by=acting(there.lead), at=DAY)


def unwanted(there):
    """A workbook that was set aside."""
    received(there)
    there.sheet = spreadsheets.set_aside(there.sheet, reason="another copy", by=acting(there.lead), at=DAY)


CASES: dict[str, Case] = {
    "spreadsheets.receive": Case(
        K.SPREADSHEET_RECEIVED,
        "spreadsheet",
        lambda t, **m: spreadsheets.receive(samples.log_csv(), name="log.csv", authority=t.authority, **m),
    ),
    "spreadsheets.settle": Case(
        K.SPREADSHEET_SETTLED,
        "spreadsheet",
        lambda t, **m: spreadsheets.settle(t.sheet, choices={"into": samples.NEW_PLAN}, **m),
        before=received,
    ),
    "spreadsheets.set_aside": Case(
        K.SPREADSHEET_SET_ASIDE,
        "spreadsheet",
        lambda t, **m: spreadsheets.set_aside(t.sheet, reason="another copy is used", **m),
        before=received,
    ),
    "spreadsheets.take_up": Case(
        K.SPREADSHEET_TAKEN_UP,
        "spreadsheet",
        lambda t, **m: spreadsheets.take_up(t.sheet, **m),
        before=unwanted,
    ),
    "spreadsheets.downloaded": Case(
        K.SPREADSHEET_DOWNLOADED,
        "spreadsheet",
        lambda t, **m: spreadsheets.downloaded(t.sheet, **m),
        before=received,
    ),
    "bringing.bring": Case(
        K.PLAN_BROUGHT,
        "spreadsheet",
        lambda t, **m: bringing.bring(t.sheet, leave_out=False, sure=True, **m),
        before=settled,
    ),
}
