"""What each row would do to a plan: rows known already are recognised, and what differs is told."""

from datetime import date

from tracker.choices import Status
from tracker.rules.plan_matching import Asked, Fate, Plan, Standing, foresee
from tracker.rules.plan_rows import PlanRow, reference_key

ASKED = Asked(1, 1, "", "See every child alone")
ACTION = Standing(5, "RTH-2012-01", 1, "Train all workers", date(2013, 3, 1), 7, "Ben Moss", Status.IN_PROGRESS)
ROW = PlanRow(4, asked="See every child alone", what="Train all workers")
NAMES = {7: "Ben Moss", 8: "Ana Poole"}


def fate(row, plan):
    return foresee([row], plan, names=NAMES)[0]


def test_a_row_of_an_empty_plan_makes_a_recommendation_and_an_action():
    assert fate(ROW, Plan()).fate == Fate.NEW


def test_rows_of_one_recommendation_share_it():
    other = PlanRow(5, asked="See every child ALONE.", what="Check it")
    found = foresee([ROW, other], Plan(), names=NAMES)
    assert [each.fate for each in found] == [Fate.NEW, Fate.ADDED] and found[0].group == found[1].group


def test_a_further_action_goes_under_the_recommendation_of_the_same_words():
    found = fate(PlanRow(4, asked="see every child alone.", what="Audit"), Plan([ASKED], [ACTION]))
    assert (found.fate, found.group) == (Fate.ADDED, 1)


def test_a_row_is_recognised_by_its_words():
    found = fate(ROW, Plan([ASKED], [ACTION]))
    assert (found.fate, found.reference) == (Fate.SAME, "RTH-2012-01")


def test_a_row_is_recognised_by_the_reference_a_spreadsheet_gave_it_though_its_words_changed():
    known = Standing(**{**vars(ACTION), "keys": [reference_key("2.1")], "brought_as": "2.1"})
    found = fate(PlanRow(4, reference="2.1", asked="Else", what="Else"), Plan([ASKED], [known]))
    assert (found.fate, found.action) == (Fate.DIFFERS, 5)


def test_a_row_is_recognised_by_the_tracker_s_own_reference():
    assert fate(PlanRow(4, reference="RTH-2012-01", what="Train all workers"), Plan([ASKED], [ACTION])).action == 5


def test_the_same_words_under_another_reference_are_another_action():
    known = Standing(**{**vars(ACTION), "keys": [reference_key("2.1")], "brought_as": "2.1"})
    row = PlanRow(4, reference="2.2", asked=ROW.asked, what=ROW.what)
    assert fate(row, Plan([ASKED], [known])).fate == Fate.ADDED


def test_what_differs_is_told_thing_by_thing():
    row = PlanRow(4, asked=ROW.asked, what=ROW.what, due=date(2013, 4, 1), owner=8, status=Status.CLOSED)
    told = " ".join(fate(row, Plan([ASKED], [ACTION])).sentences)
    assert "1 April 2013 in the spreadsheet" in told and "Ana Poole in the" in told and "complete in the" in told


def test_a_report_gets_no_recommendation_it_did_not_print():
    found = fate(PlanRow(4, asked_ref="9", what="Train"), Plan([ASKED], grows=False))
    assert (found.fate, found.sentences) == (
        Fate.REFUSED,
        ("The report has no recommendation 9. Give the number that it has there.",),
    )


def test_a_report_s_recommendation_is_found_by_its_number():
    assert fate(PlanRow(4, asked_ref="Rec 1", what="Audit"), Plan([ASKED], grows=False)).group == 1


def test_a_name_and_a_status_nobody_knows_refuse_the_row():
    found = fate(PlanRow(4, what="Train", unknown_people=("J Fenn",), unknown_status="Parked"), Plan())
    assert found.fate == Fate.REFUSED and len(found.sentences) == 2


def test_two_rows_that_are_one_action_are_told():
    twin = PlanRow(9, reference="RTH-2012-01", what="Train")
    assert "same action as row 4" in foresee([ROW, twin], Plan([ASKED], [ACTION]), names=NAMES)[1].sentences[0]
