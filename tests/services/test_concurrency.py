"""Several people at once: nothing is lost, nothing is written twice, and the chain has no gap."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connections, transaction

from tests import factories
from tests.postbox import NOWHERE, Postbox
from tests.spreadsheets import NEW_PLAN
from tracker import delivery
from tracker.choices import DueKind, EventKind, NoticeState, Role
from tracker.models import Action, Authority, Chain, Due, Event, Intake, Notice, Spreadsheet, Told
from tracker.rules.refusal import Refused
from tracker.services import actions, bringing, intake, notices, spreadsheets, verification
from tracker.services.notices import settling

AT_ONCE = 4
NOW = factories.at(2012, 10, 1)
PLAN = b"Ref,Action\n1,Train\n2,Read\n"


@pytest.fixture
def plan(committed):
    rotherham = Authority.objects.get(code="RTH")
    lead = factories.member("Amina Lark", rotherham, Role.LEAD)
    return lead, factories.peer_review(rotherham, by=lead).recommendations.first().actions.get()


def together(act):
    """Run the act so many times at once, each in a thread with a database connection of its own."""

    def one(number):
        try:
            return act(number)
        except Refused as refused:
            return refused
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(one, range(AT_ONCE)))


def test_notes_written_at_once_stand_in_one_chain_without_a_gap(plan):
    lead, action = plan

    def write(number):
        for turn in range(5):
            text = f"note {number}-{turn}"
            actions.note(action, text=text, by=factories.acting(lead), at=factories.at(2012, 10, 1))

    together(write)
    chain = Chain.objects.get(key="authority-RTH")
    assert list(chain.events.order_by("sequence").values_list("sequence", flat=True)) == list(range(1, 22))
    assert list(verification.verify()) == []


def test_of_several_edits_of_one_version_one_wins_and_the_others_are_told(plan):
    lead, action = plan

    def edit(number):
        return actions.edit(
            action,
            what=f"version {number}",
            outcome="",
            start_on=None,
            by=factories.acting(lead),
            at=factories.at(2012, 10, 1),
            version=1,
        )

    told = [answer for answer in together(edit) if isinstance(answer, Refused)]
    assert (len(told), Action.objects.get(pk=action.pk).version) == (AT_ONCE - 1, 2)


def test_the_same_spreadsheet_brought_at_once_is_one(plan):
    lead, action = plan
    brought = together(
        lambda number: spreadsheets.receive(
            PLAN, name=f"{number}.csv", authority=action.authority, by=factories.acting(lead), at=NOW
        )
    )
    assert len({sheet.pk for sheet in brought}) == Spreadsheet.objects.count() == 1
    assert Event.objects.filter(kind=EventKind.SPREADSHEET_RECEIVED).count() == 1


def test_a_plan_confirmed_by_several_at_once_comes_in_once(plan):
    lead, action = plan
    sheet = settled(action.authority, lead, NEW_PLAN)
    told = together(lambda number: bring(sheet, lead))
    assert [isinstance(each, Refused) for each in told].count(True) == AT_ONCE - 1
    assert (Action.objects.filter(brought__isnull=False).count(), list(verification.verify())) == (2, [])


def test_two_files_with_the_same_rows_brought_into_one_plan_at_once_add_them_once(plan):
    lead, action = plan
    into = {"report": action.recommendation.report_id}
    files = [settled(action.authority, lead, into, PLAN + b"\n" * number) for number in range(AT_ONCE)]
    told = together(lambda number: bring(files[number], lead))
    assert [isinstance(each, Refused) for each in told].count(True) == AT_ONCE - 1
    assert (Action.objects.filter(brought__isnull=False).count(), list(verification.verify())) == (2, [])


def settled(authority, lead, into, data=PLAN):
    """A spreadsheet that waits for somebody to confirm it."""
    sheet = spreadsheets.receive(data, name="a.csv", authority=authority, by=factories.acting(lead), at=NOW)
    return spreadsheets.settle(sheet, choices={"into": into}, by=factories.acting(lead), at=NOW)


def bring(sheet, lead):
    """Confirm it, without the version that a page would have carried; each reads a row of its own, as requests do."""
    own = Spreadsheet.objects.get(pk=sheet.pk)
    return bringing.bring(own, leave_out=False, sure=True, by=factories.acting(lead), at=NOW)


def test_the_same_bytes_brought_at_once_are_one_intake(plan):
    lead, action = plan
    data = b"Some report"

    def bring(number):
        return intake.receive(
            data, name="x.txt", authority=action.authority, by=factories.acting(lead), at=factories.at(2012, 10, 1)
        )

    assert len({row.pk for row in together(bring)}) == Intake.objects.count() == 1


def test_several_planners_at_once_owe_everything_once(plan):
    lead, action = plan
    actions.set_first_due(
        action, due=date(2012, 12, 3), reason="agreed", by=factories.acting(lead), at=factories.at(2012, 9, 4)
    )

    together(lambda number: notices.plan(by=factories.house(), at=factories.at(2012, 12, 5)))
    owed = [(due.subject_id, due.kind, due.threshold) for due in Due.objects.all()]
    assert len(owed) == len(set(owed)) > 0


@pytest.fixture
def morning(plan):
    """Twelve owners, each given an action, on the morning of 5 September 2012: everything is planned, nothing posted."""
    lead, action = plan
    texts = tuple(f"Do the thing of number {number}" for number in range(12))
    report = factories.peer_review(action.authority, by=lead, texts=texts)
    owners = []
    for number, each in enumerate(Action.objects.filter(recommendation__report=report).order_by("pk")):
        owners.append(factories.member(f"Owner {chr(65 + number)}", action.authority, Role.OWNER))
        actions.assign(each, owner=owners[-1], by=factories.acting(lead), at=factories.at(2012, 9, 4))
    notices.plan(by=factories.house(), at=factories.at(2012, 9, 5, 9))
    return owners


NINE = factories.at(2012, 9, 5, 9)


def test_several_posters_at_once_put_out_one_envelope_a_person(morning):
    together(lambda number: notices.post(by=factories.house(), at=NINE))
    assert sorted(Notice.objects.values_list("recipient", flat=True)) == [owner.pk for owner in morning]


def test_of_several_senders_that_claim_at_once_each_envelope_goes_to_one(morning):
    notices.post(by=factories.house(), at=NINE)
    claims = together(lambda number: notices.claim(by=factories.house(), at=NINE, most=5))
    claimed = [notice.pk for claim in claims for notice in claim]
    assert sorted(claimed) == sorted(Notice.objects.filter(state=NoticeState.CLAIMED).values_list("pk", flat=True))


def test_several_senders_at_once_send_everybody_one_digest_and_tell_everything_once(morning, monkeypatch):
    notices.post(by=factories.house(), at=NINE)
    box = Postbox()
    monkeypatch.setattr(delivery, "get_connection", lambda: box)
    monkeypatch.setattr(delivery, "addresses", lambda: NOWHERE)
    monkeypatch.setattr(delivery, "AT_ONCE", 2)

    def send(number):
        while delivery.deliver(by=factories.house(), clock=lambda: NINE).tried:
            pass

    together(send)
    assert (sorted(box.taken), Notice.objects.unsent().count()) == (sorted(owner.email for owner in morning), 0)
    assert Told.objects.count() == Due.objects.filter(kind=DueKind.ASSIGNED).count() == len(morning)


def test_rows_settled_at_once_in_any_order_wait_for_one_another(morning):
    notices.post(by=factories.house(), at=NINE)

    def settle(number):
        dues = list(Due.objects.order_by("pk").values_list("pk", flat=True))
        with transaction.atomic():
            settling.settle(dues if number % 2 else reversed(dues), NINE)

    assert together(settle) == [None] * AT_ONCE
    assert not Due.objects.filter(settled_at=None).exists()


def test_reports_accepted_at_once_have_different_series(plan):
    lead, action = plan
    made = together(lambda number: factories.peer_review(action.authority, by=lead))
    assert len({report.series for report in made}) == AT_ONCE
    assert Event.objects.filter(kind="plan_entered").count() == AT_ONCE + 1
