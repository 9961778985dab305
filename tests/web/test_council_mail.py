"""The mail of a council: its ledger for leads, to whom and whether for administrators, and nothing for anybody else."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import factories
from tests.factories import acting, house
from tests.plenty import plenty
from tests.worlds import world
from tracker.choices import DueKind, NoticeKind, NoticeState, Role
from tracker.models import Due, Membership, Notice, Told
from tracker.rules.london import day_of
from tracker.services import memberships, notices

REFUSAL = "The mail server refuses this address: 550 No such user"


@world
def there(rotherham):
    """The council with everything; its ledger is planned as of now."""
    made = plenty(rotherham, "rotherham")
    notices.plan(by=house(), at=timezone.now())
    return made


def mail(recipient, state, *, days_ago=0, **more):
    moment = timezone.now() - timedelta(days=days_ago)
    gone = {"sent_at": moment, "message_id": "<1@example.org>"} if state == NoticeState.SENT else {}
    told = {"kind": NoticeKind.DIGEST, "posted_at": moment, **gone, **more}
    return Notice.objects.create(recipient=recipient, day=day_of(moment), state=state, **told)


def told(notice, authority, *, kind=DueKind.OVERDUE, action):
    due = Due.objects.create(
        authority=authority,
        subject_type="action",
        subject_id=action.pk,
        kind=kind,
        threshold="told/1",
        owed_on=notice.day,
        settled_at=timezone.now(),
    )
    Told.objects.create(due=due, person=notice.recipient, notice=notice)


def page(client, person, /, **query):
    client.force_login(person)
    return client.get(reverse("council-mail", args=["RTH"]), query)


def words(answer):
    return " ".join(answer.content.decode().split())


def test_a_lead_reads_what_is_owed_to_whom_and_since_when(client, there):
    answer = page(client, there.lead)
    assert (there.owner.name in words(answer), there.action.reference in words(answer)) == (True, True)
    assert "In the next digest" in words(answer)


def test_an_administrator_reads_to_whom_and_how_much_and_nothing_of_the_plan(client, there):
    answer = words(page(client, there.administrator))
    assert there.owner.name in answer and "RTH-2" not in answer and "verdue" not in answer


@pytest.mark.parametrize("who", ["owner", "partner", "board", "auditor"])
def test_who_keeps_no_people_finds_no_such_page(client, there, who):
    assert page(client, getattr(there, who)).status_code == 404


def test_a_lead_of_another_council_finds_no_such_page(client, there, stranger):
    assert page(client, stranger).status_code == 404


def test_what_was_sent_is_read_with_its_subject_and_what_it_told(client, there):
    told(mail(there.owner, NoticeState.SENT, subject="3 overdue – Rotherham"), there.authority, action=there.action)
    answer = words(page(client, there.lead, show="sent"))
    assert "3 overdue – Rotherham" in answer and f"{there.action.reference}: Overdue" in answer


def test_an_administrator_reads_that_it_was_sent_and_neither_subject_nor_reasons(client, there):
    told(mail(there.owner, NoticeState.SENT, subject="3 overdue – Rotherham"), there.authority, action=there.action)
    answer = words(page(client, there.administrator, show="sent"))
    assert "Sent " in answer and "3 overdue" not in answer and there.action.reference not in answer


@world
def elsewhere(there, stranger, staffordshire):
    """The owner works for another council too, and a mail told them of its plan."""
    memberships.grant_membership(
        user=there.owner, authority=staffordshire, role=Role.LEAD, by=acting(stranger), at=timezone.now()
    )
    other = factories.peer_review(staffordshire, by=stranger, texts=("settle the quixotrel matter",))
    return other.recommendations.get().actions.get()


def test_the_subject_of_somebody_who_works_elsewhere_too_is_not_read(client, there, elsewhere, staffordshire):
    sent = mail(there.owner, NoticeState.SENT, subject="9 overdue – Staffordshire")
    told(sent, there.authority, action=there.action)
    told(sent, staffordshire, action=elsewhere)
    answer = words(page(client, there.lead, show="sent"))
    assert there.action.reference in answer
    assert [word for word in ("9 overdue", "Staffordshire", elsewhere.reference) if word in answer] == []


def test_a_mail_about_another_council_alone_is_not_listed(client, there, elsewhere, staffordshire):
    told(mail(there.owner, NoticeState.SENT), staffordshire, action=elsewhere)
    answer = page(client, there.lead, show="sent")
    assert answer.context["pages"].count == 0


def test_a_lead_elsewhere_is_called_no_lead_here(client, there, elsewhere):
    mail(there.owner, NoticeState.FAILED, kind=NoticeKind.LEAD_DIGEST, last_error=REFUSAL)
    assert "Weekly digest" not in words(page(client, there.lead, show="failed"))


@pytest.mark.parametrize(
    ("state", "show", "reason"),
    [
        (NoticeState.FAILED, "failed", REFUSAL),
        (NoticeState.SKIPPED, "skipped", "Nothing was left to say."),
        (NoticeState.OWED, "waiting", "The mail server answered 451"),
    ],
)
def test_what_did_not_go_out_says_why(client, there, state, show, reason):
    mail(there.owner, state, last_error=reason, attempts=1)
    assert reason in words(page(client, there.lead, show=show))


def test_the_page_is_narrowed_to_a_person(client, there):
    for person in (there.owner, there.second):
        mail(person, NoticeState.FAILED, last_error=REFUSAL)
    listed = page(client, there.lead, show="failed", person=there.second.pk).context["page"]
    assert [each.recipient for each in listed] == [there.second]


@pytest.mark.parametrize("person", ["x", "-1", "9" * 40, "²"])
def test_a_person_who_makes_no_sense_narrows_nothing(client, there, person):
    assert page(client, there.lead, person=person).context["whom"] is None


def test_long_ledgers_have_pages(client, there):
    for days in range(30):
        mail(there.second, NoticeState.SKIPPED, days_ago=days)
    answer = page(client, there.lead, show="skipped", page=2)
    assert (len(answer.context["page"]), answer.context["pages"].num_pages) == (5, 2)


def test_what_needs_mending_is_told_with_the_way_to_mend_it(client, there):
    mail(there.second, NoticeState.FAILED, last_error=REFUSAL)
    Membership.objects.filter(user=there.owner).update(ended_at=timezone.now())
    answer = page(client, there.lead)
    assert [person for person, _ in answer.context["failing"]] == [there.second]
    assert [person for person, _ in answer.context["gone"]] == [there.owner]
    assert f"{reverse('actions')}?owner={there.owner.pk}" in words(answer) and "owner=nobody" in words(answer)


def test_the_lead_s_home_tells_that_people_are_not_reminded(client, there):
    mail(there.second, NoticeState.FAILED, last_error=REFUSAL)
    client.force_login(there.lead)
    answer = words(client.get(reverse("home")))
    assert f'href="{reverse("council-mail", args=["RTH"])}"' in answer and "1 is not reached by mail" in answer


def test_a_lead_asks_for_a_failed_mail_of_today_again(client, there):
    failed = mail(there.owner, NoticeState.FAILED, last_error=REFUSAL)
    client.force_login(there.lead)
    address = reverse("ask-again", args=["RTH", failed.pk])
    assert f'href="{address}"' in words(page(client, there.lead, show="failed"))
    client.get(address)
    failed.refresh_from_db()
    assert failed.state == NoticeState.FAILED  # looking changes nothing
    client.post(address)
    failed.refresh_from_db()
    assert (failed.state, failed.asked_again_by) == (NoticeState.OWED, there.lead)


def test_a_mail_that_was_sent_offers_no_second_try(client, there):
    sent = mail(there.owner, NoticeState.SENT)
    told(sent, there.authority, action=there.action)
    client.force_login(there.lead)
    answer = client.get(reverse("ask-again", args=["RTH", sent.pk]), follow=True)
    assert "has not failed" in words(answer)


def test_an_administrator_asks_for_no_mail(client, there):
    failed = mail(there.owner, NoticeState.FAILED, last_error=REFUSAL)
    client.force_login(there.administrator)
    assert client.post(reverse("ask-again", args=["RTH", failed.pk])).status_code == 404


def test_the_page_takes_as_few_queries_for_many_mails(client, there, django_assert_max_num_queries):
    for days in range(25):
        mail(there.owner, NoticeState.SKIPPED, days_ago=days)
    client.force_login(there.lead)
    with django_assert_max_num_queries(40):
        client.get(reverse("council-mail", args=["RTH"]), {"show": "skipped"})
