"""My notifications: what was sent, what waits, what comes; nobody else's."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from tests.boards import board_council
from tests.factories import house
from tests.worlds import world
from tracker.choices import DueKind, NoticeKind, NoticeState
from tracker.models import Due, Notice, Told
from tracker.rules.london import day_of
from tracker.rules.notices import TO_OWNER
from tracker.services import notices
from tracker.web.notifications import SAYS


@world
def there(rotherham):
    return board_council(rotherham, timezone.now())


def words(client, person):
    client.force_login(person)
    return client.get(reverse("notifications")).content.decode()


def sent(recipient, action, **more):
    day = day_of(timezone.now())
    told = {"state": NoticeState.SENT, "sent_at": timezone.now(), "message_id": "<1@example.org>", **more}
    notice = Notice.objects.create(
        recipient=recipient, kind=NoticeKind.DIGEST, day=day, posted_at=timezone.now(), **told
    )
    due = Due.objects.create(
        authority=action.authority,
        subject_type="action",
        subject_id=action.pk,
        kind=DueKind.OVERDUE,
        threshold="sent/1",
        owed_on=day,
        settled_at=timezone.now(),
    )
    Told.objects.create(due=due, person=recipient, notice=notice)
    return notice


def test_every_kind_that_is_for_the_owner_has_its_sentence():
    assert set(SAYS) == TO_OWNER


def test_who_owns_nothing_reads_that_there_is_nothing(client, there):
    page = words(client, there.member)
    assert "You have no open action" in page and "Nothing has been sent to you yet." in page


def test_what_comes_next_is_told_in_words(client, there):
    page = words(client, there.owner)
    assert "Nobody has said anything about it for 30 days, unless you do by then." in page


def test_what_the_ledger_holds_is_told_as_waiting(client, there):
    notices.plan(by=house(), at=timezone.now())
    client.force_login(there.owner)
    waiting = client.get(reverse("notifications")).context["waiting"]
    assert {said.what.kind for said, _ in waiting} >= {DueKind.OVERDUE}


def test_what_was_sent_is_told_with_its_actions(client, there):
    sent(there.owner, there.action)
    page = words(client, there.owner)
    assert "Digest" in page and "Sent " in page and f"{there.action.reference}</a>: Overdue" in page


def test_what_was_sent_to_another_is_not_shown(client, there):
    sent(there.lead, there.action)
    assert "Nothing has been sent to you yet." in words(client, there.owner)


def test_a_mail_that_failed_is_told_with_the_address(client, there):
    sent(there.owner, there.action, state=NoticeState.FAILED, sent_at=None, message_id="")
    assert f"could not be sent to {there.owner.email}" in words(client, there.owner)


def test_an_action_no_longer_seen_is_not_named(client, there):
    sent(there.owner, there.action)
    there.owner.memberships.update(ended_at=timezone.now() + timedelta(seconds=1))
    assert there.action.reference not in words(client, there.owner)


def test_a_call_for_updates_is_told_too(client, there):
    assert "2 of your 3 actions have none yet" in words(client, there.owner)


def test_it_is_for_those_who_are_signed_in(client, db):
    assert client.get(reverse("notifications")).url.startswith("/accounts/login/")
