"""The private calendar address: made and shown once, read without signing in, dead as soon as it is revoked."""

import re
from datetime import date
from hashlib import sha256

import icalendar
import pytest
from django.urls import reverse

from tests.factories import acting, at
from tests.worlds import world
from tracker.choices import EventKind
from tracker.models import CalendarFeed, EventBody, Membership, User
from tracker.rules.refusal import Refused
from tracker.services import calendar_feeds

pytestmark = pytest.mark.django_db
PAGE = "/me/calendar/"


@pytest.fixture
def as_owner(client, owner):
    client.force_login(owner)
    return client


@world
def secret(owned, owner):
    return calendar_feeds.make(owner, by=acting(owner), at=at(2012, 9, 5))


def address(secret):
    return reverse("calendar-feed", args=[secret])


def titles(answer):
    return [str(event["summary"]) for event in icalendar.Calendar.from_ical(answer.content).events]


def test_whoever_has_the_address_reads_the_days(client, secret):
    answer = client.get(address(secret))
    assert titles(answer) == ["Due: RTH-2012-01 Improve the chronologies"]
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"


def test_a_day_leads_to_the_site_s_own_address_whatever_host_was_named(client, secret, settings, owned):
    settings.SITE_ADDRESS = "https://tracker.council.example"
    answer = client.get(address(secret), headers={"host": "localhost:1"})
    event = icalendar.Calendar.from_ical(answer.content).events[0]
    assert event["url"] == f"https://tracker.council.example/actions/{owned.pk}/"
    assert str(event["uid"]).endswith("@tracker.council.example")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Cache-Control", "private, no-cache"),
        ("X-Robots-Tag", "noindex, nofollow"),
        ("Content-Disposition", 'inline; filename="improvement-plan.ics"'),
    ],
)
def test_the_answer_is_kept_by_nobody_on_the_way_and_found_by_no_search(client, secret, name, value):
    assert [client.get(each).headers[name] for each in (address(secret), address("x"))] == [value, value]


def test_nobody_is_given_a_session_here(client, secret):
    answer = client.get(address(secret))
    assert not answer.cookies and "Cookie" not in answer.headers.get("Vary", "")


def test_a_copy_that_still_holds_is_not_sent_again(client, secret):
    etag = client.get(address(secret)).headers["ETag"]
    again = client.get(address(secret), headers={"if-none-match": etag})
    assert (again.status_code, again.content) == (304, b"")


def test_a_copy_that_holds_no_more_is_sent_anew(client, secret, owned):
    etag = client.get(address(secret)).headers["ETag"]
    type(owned).objects.filter(pk=owned.pk).update(what="see every child alone")
    assert client.get(address(secret), headers={"if-none-match": etag}).status_code == 200


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_an_address_is_read_and_nothing_else(client, secret, method):
    assert getattr(client, method)(address(secret)).status_code == 405


@pytest.mark.parametrize("wrong", ["x", "a" * 300, "0" * 32])
def test_a_secret_that_opens_nothing_is_not_there(client, secret, wrong):
    assert client.get(address(wrong)).status_code == 404


def test_the_fingerprint_that_is_kept_opens_nothing(client, secret):
    assert client.get(address(CalendarFeed.objects.get().token_hash)).status_code == 404


def test_who_left_gets_an_empty_calendar_so_that_the_old_days_go(client, secret, owner, lead):
    Membership.objects.filter(user=owner).update(ended_at=at(2012, 11, 19), ended_by=lead)
    answer = client.get(address(secret))
    assert (answer.status_code, titles(answer)) == (200, [])


def test_who_may_not_sign_in_gets_an_empty_calendar(client, secret, owner):
    User.objects.filter(pk=owner.pk).update(is_active=False)
    answer = client.get(address(secret))
    assert (answer.status_code, titles(answer)) == (200, [])


def test_a_revoked_address_answers_nobody(client, secret, owner):
    calendar_feeds.revoke(owner.calendar_feed, by=acting(owner), at=at(2012, 9, 6))
    assert client.get(address(secret)).status_code == 404


def test_a_new_address_ends_the_old_one(client, secret, owner):
    made = calendar_feeds.make(owner, seen=at(2012, 9, 5), by=acting(owner), at=at(2012, 9, 6))
    assert [client.get(address(each)).status_code for each in (secret, made)] == [404, 200]


def test_after_revoking_another_can_be_made(client, secret, owner):
    calendar_feeds.revoke(owner.calendar_feed, by=acting(owner), at=at(2012, 9, 6))
    assert client.get(address(calendar_feeds.make(owner, by=acting(owner), at=at(2012, 9, 7)))).status_code == 200


def test_the_secret_has_192_bits_and_its_fingerprint_alone_is_kept(secret):
    feed = CalendarFeed.objects.get()
    assert (len(secret), feed.token_hash) == (32, sha256(secret.encode()).hexdigest())


def test_the_trail_tells_of_it_without_secret_or_fingerprint(secret, owner):
    feed = calendar_feeds.revoke(owner.calendar_feed, by=acting(owner), at=at(2012, 9, 6))
    bodies = EventBody.objects.filter(subject_type="calendarfeed", subject_id=feed.pk)
    assert set(bodies.values_list("event__kind", flat=True)) == {EventKind.CALENDAR_MADE, EventKind.CALENDAR_REVOKED}
    assert not any(secret in each.body or sha256(secret.encode()).hexdigest() in each.body for each in bodies)


def test_the_day_it_was_last_asked_for_is_kept(client, secret):
    client.get(address(secret))
    assert isinstance(CalendarFeed.objects.get().fetched_on, date)


def test_nobody_makes_or_revokes_another_s(secret, owner, lead):
    for act in (
        lambda: calendar_feeds.make(owner, seen=at(2012, 9, 5), by=acting(lead), at=at(2012, 9, 6)),
        lambda: calendar_feeds.revoke(owner.calendar_feed, by=acting(lead), at=at(2012, 9, 6)),
    ):
        with pytest.raises(Refused, match="by its own person alone"):
            act()


def shown(answer):
    """The address on the page; None where it shows none."""
    found = re.search(r"http://[^\s<]+/calendar/[^\s<]+\.ics", answer.content.decode())
    return found.group() if found else None


def test_the_page_makes_an_address_and_shows_it_this_once(as_owner, owned):
    made = as_owner.post(PAGE, {"seen": "none"})
    assert as_owner.get(shown(made)).status_code == 200
    assert shown(as_owner.get(PAGE)) is None


def test_the_page_offers_it_for_a_calendar_program_too(as_owner, owned):
    made = as_owner.post(PAGE, {"seen": "none"})
    assert shown(made).replace("http://", "webcal://") in made.content.decode()


def test_a_page_sent_twice_leaves_the_address_that_was_shown(as_owner, owned):
    first = shown(as_owner.post(PAGE, {"seen": "none"}))
    again = as_owner.post(PAGE, {"seen": "none"})
    assert (shown(again), as_owner.get(first).status_code) == (None, 200)
    assert "Your calendar address has changed meanwhile." in again.content.decode()


def test_from_the_page_a_new_address_is_made(as_owner, owned):
    first = shown(as_owner.post(PAGE, {"seen": "none"}))
    seen = as_owner.get(PAGE).context["form"].initial["seen"]
    second = shown(as_owner.post(PAGE, {"seen": seen}))
    assert [as_owner.get(each).status_code for each in (first, second)] == [404, 200]


def test_from_the_page_it_is_revoked(as_owner, owned):
    first = shown(as_owner.post(PAGE, {"seen": "none"}))
    as_owner.post(reverse("revoke-calendar"))
    assert as_owner.get(first).status_code == 404


def test_without_an_address_there_is_nothing_to_revoke(as_owner, owned):
    assert (
        "You have no calendar address at present."
        in as_owner.get(reverse("revoke-calendar"), follow=True).content.decode()
    )


@pytest.mark.parametrize("seen", ["x", "2012-13-40", ""])
def test_what_no_page_of_ours_sends_makes_no_address(as_owner, owned, seen):
    assert shown(as_owner.post(PAGE, {"seen": seen})) is None


def test_the_page_is_kept_by_no_browser(as_owner, owned):
    assert "no-store" in as_owner.post(PAGE, {"seen": "none"}).headers["Cache-Control"]
