"""The pages of board packs: asked for in two steps, shown as they come along, downloaded by those who may."""

import json
from datetime import date, timedelta
from io import BytesIO
from types import SimpleNamespace

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from tests import factories
from tests.boards import board_council
from tests.factories import acting, house
from tests.worlds import world
from tracker import tasks
from tracker.choices import EventKind, PackState, Role
from tracker.models import Event, Pack
from tracker.rules.london import day_of, end_of
from tracker.rules.pack import Scope
from tracker.rules.written_dates import short_date
from tracker.services import actions, packs
from tracker.web import pack_letters

BIRTH = "Jayden, DOB 12/03/2011"


@world
def there(rotherham):
    return board_council(rotherham, timezone.now())


@pytest.fixture
def today():
    return day_of(timezone.now())


def given(day, since="meeting", **more):
    return {"as_at_0": day.day, "as_at_1": day.month, "as_at_2": day.year, "since": since, **more}


def ask(client, there, person, day, **more):
    client.force_login(person)
    return client.post(reverse("ask-pack", args=[there.authority.pk]), given(day, **more), follow=True)


def asked(there, person, **more):
    day = day_of(timezone.now()) - timedelta(days=1)
    scope = Scope(end_of(day), **more)
    return packs.ask(there.authority, scope, by=acting(person), at=timezone.now())


def made(there, person, **more):
    asked(there, person, **more)
    claimed = packs.claim(by=house(), at=timezone.now())
    file = BytesIO(b"the pack")
    return packs.made(claimed, file=file, name="p.zip", digest="ab" * 32, by=house(), at=timezone.now())


def listed(client, there, person):
    client.force_login(person)
    return client.get(reverse("packs", args=[there.authority.pk])).content.decode()


def test_what_a_pack_will_hold_is_shown_before_it_is_asked_for(client, there, today):
    answer = ask(client, there, there.member, today, with_files="on")
    page = answer.content.decode()
    assert "What the pack will hold" in page and "0 files" in page and "board-report.pdf" in page
    assert not Pack.objects.exists()


def test_the_second_step_asks_for_what_the_first_has_shown(client, there, today):
    first = ask(client, there, there.lead, today - timedelta(days=1), confidential="on")
    answer = client.post(reverse("ask-pack", args=[there.authority.pk]), {**dict(first.context["given"]), "go": "1"})
    pack = Pack.objects.get()
    assert answer.url == f"{reverse('packs', args=[there.authority.pk])}#pack-{pack.pk}"
    assert (pack.scope.as_at, pack.scope.since) == (end_of(today - timedelta(days=1)), end_of(there.last.held_on))
    assert (pack.confidential, pack.files) == (True, False)


def test_a_pack_that_is_there_is_offered_and_not_made_twice(client, there, today):
    pack = made(there, there.lead, since=end_of(there.last.held_on))
    answer = ask(client, there, there.lead, today - timedelta(days=1), go="1")
    assert "This pack is there already" in answer.content.decode()
    assert list(Pack.objects.all()) == [pack]


def test_a_board_member_is_not_offered_confidential_evidence_and_gets_none(client, there, today):
    answer = ask(client, there, there.member, today, confidential="on", go="1")
    assert answer.status_code == 200 and not Pack.objects.get().confidential
    assert (
        "With confidential evidence" not in client.get(reverse("ask-pack", args=[there.authority.pk])).content.decode()
    )


def test_words_that_seem_to_identify_a_child_are_shown_before_a_public_pack(client, there, today):
    actions.note(there.action, text=BIRTH, by=acting(there.lead), at=timezone.now())
    page = ask(client, there, there.lead, today).content.decode()
    assert "seem to identify a child" in page and "12/03/2011" not in page
    assert "seem to identify a child" not in ask(client, there, there.lead, today, confidential="on").content.decode()


@pytest.mark.parametrize(
    ("day", "more", "field", "words"),
    [
        (date(2001, 1, 1), {"since": "none"}, "as_at", "there is nothing to show as at"),
        (timedelta(days=1), {}, "as_at", "Nobody knows yet"),
        (timedelta(0), {"since": "day"}, "since_on", "Enter the day since which"),
        (timedelta(days=50), {"since": "none"}, "as_at", "Nobody knows yet"),
        (timedelta(days=-45), {}, "since", "Choose an earlier day"),
    ],
)
def test_what_cannot_be_packed_is_refused_beside_its_field(client, there, today, day, more, field, words):
    answer = ask(client, there, there.lead, today + day if isinstance(day, timedelta) else day, **more)
    assert words in " ".join(answer.context["form"][field].errors)


@pytest.mark.parametrize(("role", "status"), [(Role.OWNER, 302), (Role.PARTNER, 404), (Role.ADMINISTRATOR, 404)])
def test_who_takes_no_packs_asks_for_none(client, there, today, role, status):
    client.force_login(factories.member("Bea Holt", there.authority, role))
    answer = client.post(reverse("ask-pack", args=[there.authority.pk]), given(today, go="1"))
    assert (answer.status_code, Pack.objects.exists()) == (status, False)


def test_an_owner_reads_why_there_is_no_pack_for_them(client, there):
    made(there, there.lead)
    page = listed(client, there, there.owner)
    assert "You do not take packs of this plan" in page and "Download the pack" not in page


def test_a_pack_is_downloaded_as_it_was_made_and_the_trail_tells_who_took_it(client, there):
    pack = made(there, there.lead)
    client.force_login(there.member)
    answer = client.get(reverse("download-pack", args=[pack.pk]))
    assert b"".join(answer.streaming_content) == b"the pack"
    assert "no-store" in answer["Cache-Control"] and answer["X-Content-Type-Options"] == "nosniff"
    assert f"board-pack-rth-{day_of(pack.as_at)}.zip" in answer["Content-Disposition"]
    [event] = Event.objects.filter(kind=EventKind.PACK_DOWNLOADED)
    details = json.loads(event.bodies.get().body)["details"]
    assert (event.actor_id, details["sha256"], details["pack"]) == (there.member.pk, "ab" * 32, pack.pk)


@pytest.mark.parametrize("who", ["owner", "member", "stranger"])
def test_a_confidential_pack_is_not_there_for_who_may_not_take_it(client, there, stranger, who):
    pack = made(there, there.lead, confidential=True)
    client.force_login(stranger if who == "stranger" else getattr(there, who))
    answer = client.get(reverse("download-pack", args=[pack.pk]))
    assert (answer.status_code, Event.objects.filter(kind=EventKind.PACK_DOWNLOADED).exists()) == (404, False)


def test_a_pack_whose_file_is_gone_is_said_to_be(client, there):
    pack = made(there, there.lead)
    pack.file.storage.delete(pack.file.name)
    client.force_login(there.lead)
    page = client.get(reverse("download-pack", args=[pack.pk]), follow=True).content.decode()
    assert "is no longer there" in page and not Event.objects.filter(kind=EventKind.PACK_DOWNLOADED).exists()


def test_a_pack_in_the_making_shows_how_far_it_is_and_a_way_to_look_again(client, there):
    asked(there, there.lead)
    pack = packs.claim(by=house(), at=timezone.now())
    packs.progressed(pack, words="Writing the tables", done=1, steps=4, by=house(), at=timezone.now())
    page = listed(client, there, there.member)
    assert 'max="4" value="1"' in page and "writing the tables, step 2 of 4" in page and "Look again" in page


def test_a_pack_that_failed_says_why_and_can_be_tried_again(client, there):
    asked(there, there.lead)
    packs.failed(packs.claim(by=house(), at=timezone.now()), why="The disk is full.", by=house(), at=timezone.now())
    page = listed(client, there, there.member)
    pack = Pack.objects.get()
    assert "The disk is full." in page
    client.post(reverse("pack-again", args=[pack.pk]))
    assert Pack.objects.get().state == PackState.WAITING


def test_a_pack_that_did_not_fail_is_not_tried_again(client, there):
    pack = made(there, there.lead)
    client.force_login(there.lead)
    page = client.post(reverse("pack-again", args=[pack.pk]), follow=True).content.decode()
    assert "has not failed" in page


def test_no_pack_yet_is_said_with_what_comes_by_itself(client, there):
    assert "No pack has been made yet" in listed(client, there, there.member)


# In the background ------------------------------------------------------------------------------------------------


@pytest.fixture
def past_the_hour(monkeypatch):
    """The task's clock stands at the next noon: a meeting's pack waits for the hour of the council's mail."""
    noon = (timezone.now() + timedelta(days=1)).replace(hour=12, minute=0)
    monkeypatch.setattr(tasks, "timezone", SimpleNamespace(now=lambda: noon))


def test_the_task_makes_the_pack_of_the_next_meeting_and_the_leads_are_told(client, there, rotherham, past_the_hour):
    rotherham.settings = {"pack_days": 9}
    rotherham.save()
    assert tasks.make_packs.apply().get() == 1
    [message] = mail.outbox
    assert message.to == [there.lead.email] and message.subject.startswith("The pack for the board of ")
    pack = Pack.objects.get()
    assert (pack.state, pack.meeting, pack.asked_by) == (PackState.MADE, there.next, None)
    client.force_login(there.lead)
    assert "Its pack is ready" in client.get(reverse("home")).content.decode()


def test_the_mail_to_the_leads_names_the_meeting_and_says_that_nothing_confidential_is_told(
    there, rotherham, past_the_hour
):
    rotherham.settings = {"pack_days": 9}
    rotherham.save()
    tasks.make_packs.apply()
    [message] = mail.outbox
    words = f"for the meeting on {short_date(there.next.held_on)}, is ready. It tells of no confidential evidence"
    assert words in " ".join(message.body.split())


def test_what_somebody_asked_for_is_made_by_the_task(there):
    pack = asked(there, there.lead, confidential=True)
    tasks.make_packs.apply()
    assert Pack.objects.get(pk=pack.pk).state == PackState.MADE


def test_without_a_broker_the_page_goes_on(there, monkeypatch):
    def unreachable(**more):
        raise OSError("no broker")

    monkeypatch.setattr(tasks.make_packs, "apply_async", unreachable)
    tasks.hurry_packs()


@pytest.mark.parametrize(("minutes", "number"), [(0, 0), (5, 1)])
def test_who_asked_is_told_by_mail_where_it_took_a_while(there, minutes, number):
    pack = made(there, there.lead)
    assert pack_letters.tell_of(pack, at=timezone.now() + timedelta(minutes=minutes)) == bool(number)
    assert [message.to for message in mail.outbox] == [[there.lead.email]] * number


def test_who_may_no_longer_take_it_is_told_nothing(there):
    pack = made(there, there.lead)
    there.lead.memberships.update(ended_at=timezone.now())
    assert not pack_letters.tell_of(pack, at=timezone.now() + timedelta(minutes=5))


def test_the_mail_about_a_pack_that_failed_says_why(there):
    asked(there, there.lead)
    pack = packs.claim(by=house(), at=timezone.now())
    packs.failed(pack, why="The disk is full.", by=house(), at=timezone.now())
    pack_letters.tell_of(pack, at=timezone.now() + timedelta(minutes=5))
    [message] = mail.outbox
    assert "could not be made" in message.subject and "The disk is full." in message.body
