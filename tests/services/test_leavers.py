"""Leavers: when a name goes, what goes with it, what stays, and who is never touched."""

import json
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.management import call_command

from tests import factories
from tests.factories import acting, at, house
from tests.worlds import world
from tracker.choices import EventKind, NoticeKind, NoticeState, Role
from tracker.models import Event, EventBody, Notice, SavedFilter, User
from tracker.rules.leavers import gone_on
from tracker.rules.london import day_of
from tracker.rules.pack import Scope
from tracker.rules.refusal import Refused
from tracker.services import actions, calendar_feeds, leavers, memberships, packs, people, verification
from tracker.tasks import pseudonymise_leavers

LEFT = at(2012, 10, 1)
LATER = at(2014, 10, 2)
MONTHS = 24


@world
def gone(owned, owner, lead):
    """Ben Moss, who wrote a note, had a calendar, and left on 1 October 2012."""
    actions.note(owned, text="The audit has begun.", by=acting(owner), at=at(2012, 9, 20))
    calendar_feeds.make(owner, by=acting(owner), at=at(2012, 9, 20))
    memberships.end_membership(owner.memberships.get(), hand_over_to=lead, by=acting(lead), at=LEFT)
    return User.objects.get(pk=owner.pk)


def replaced(person, moment=LATER):
    return leavers.pseudonymise(person, months=MONTHS, by=house(), at=moment)


def names_due(moment=LATER):
    return [each.person.name for each in leavers.due(by=house(), months=MONTHS, on=day_of(moment))]


def test_the_name_the_address_and_the_post_go(gone):
    kept = replaced(gone)
    assert (kept.name, kept.email, kept.job_title, kept.organisation) == (
        f"Former colleague {gone.pk}",
        f"former-colleague-{gone.pk}@leaver.invalid",
        "",
        "",
    )


def test_no_door_stays_open(gone):
    kept = replaced(gone)
    assert (kept.is_active, kept.has_usable_password(), kept.calendar_feed.token_hash) == (False, False, None)


def test_a_note_then_shows_the_pseudonym(gone, owned):
    replaced(gone)
    assert owned.notes.get().written_by.name == f"Former colleague {gone.pk}"


def test_the_trail_stays_whole(gone):
    replaced(gone)
    assert list(verification.verify()) == []


def test_the_event_itself_does_not_say_who_it_was(gone):
    replaced(gone)
    told = EventBody.objects.filter(event__kind=EventKind.PERSON_PSEUDONYMISED).values_list("body", flat=True)
    assert [word for word in ("Moss", "ben.moss") if any(word in body for body in told)] == []


def test_the_trail_of_the_day_keeps_the_name(gone):
    replaced(gone)
    body = Event.objects.get(kind=EventKind.NOTE_ADDED).bodies.get(position=0).body
    assert json.loads(body)["actor"]["name"] == "Ben Moss"


@pytest.mark.parametrize(("moment", "name"), [(at(2012, 9, 25), "Ben Moss"), (at(2014, 10, 3), "Former colleague")])
def test_a_pack_shows_the_name_of_its_moment(gone, lead, rotherham, moment, name):
    replaced(gone)
    plan = packs.plan_as_at(rotherham, Scope(moment, confidential=True), by=acting(lead), at=at(2014, 10, 4))
    told = packs.contents(plan)
    assert name in str([dict(row) for row in told.updates()])


def test_a_mail_server_s_words_lose_the_address(gone):
    words = {"state": NoticeState.FAILED, "last_error": "550 <Ben.Moss@example.org> is unknown"}
    made = Notice.objects.create(recipient=gone, kind=NoticeKind.DIGEST, day=LEFT.date(), posted_at=LEFT, **words)
    replaced(gone)
    made.refresh_from_db()
    assert made.last_error == f"550 <former-colleague-{gone.pk}@leaver.invalid> is unknown"


def test_filters_that_a_person_saved_go(gone):
    SavedFilter.objects.create(person=gone, name="Mine", query="q=x")
    replaced(gone)
    assert SavedFilter.objects.count() == 0


def test_what_the_packages_for_signing_in_keep_goes(gone):
    EmailAddress.objects.create(user=gone, email=gone.email)
    replaced(gone)
    assert EmailAddress.objects.count() == 0


@pytest.mark.parametrize(("days", "due"), [(-1, []), (0, ["Ben Moss"])])
def test_a_leaver_is_due_after_so_many_months(gone, days, due):
    assert names_due(at(2014, 10, 1) + timedelta(days=days)) == due


def test_months_count_from_the_later_of_leaving_and_the_last_sign_in():
    assert gone_on(day_of(LEFT), day_of(at(2013, 1, 5)), 12) == day_of(at(2014, 1, 5))


def test_nobody_is_due_where_names_are_kept_for_ever(gone):
    assert leavers.due(by=house(), months=0, on=day_of(LATER)) == []


def another_role(gone, lead, rotherham, **more):
    memberships.grant_membership(user=gone, authority=rotherham, role=Role.BOARD, by=acting(lead), at=at(2013, 5, 1))


def still_owning(gone, lead, rotherham, *, owned):
    owned.refresh_from_db()
    type(owned).objects.filter(pk=owned.pk).update(owner=gone)


def director(gone, lead, rotherham, **more):
    type(rotherham).objects.filter(pk=rotherham.pk).update(director=gone)


def staff(gone, lead, rotherham, **more):
    people.change_person(gone, is_staff=True, by=house(), at=LEFT)


@pytest.mark.parametrize("still", [another_role, still_owning, director, staff])
def test_who_is_still_needed_is_left_alone(gone, lead, rotherham, owned, still):
    still(gone, lead, rotherham, owned=owned)
    with pytest.raises(Refused, match="may not be replaced"):
        replaced(gone)


def test_somebody_who_never_had_a_role_is_not_a_leaver(db):
    factories.person("Una Bell")
    assert names_due() == []


def test_a_lead_may_not_replace_a_name(gone, lead):
    with pytest.raises(Refused):
        leavers.pseudonymise(gone, months=MONTHS, by=acting(lead), at=LATER)


def test_an_account_whose_name_was_replaced_gets_no_role_again(gone, lead, rotherham):
    kept = replaced(gone)
    with pytest.raises(Refused, match="Invite them anew"):
        memberships.grant_membership(user=kept, authority=rotherham, role=Role.BOARD, by=acting(lead), at=LATER)


def test_an_account_whose_name_was_replaced_is_not_opened_again(gone):
    kept = replaced(gone)
    with pytest.raises(Refused, match="stays closed"):
        people.change_person(kept, is_active=True, by=house(), at=LATER)


def test_the_same_person_may_be_invited_anew(gone, lead, rotherham):
    replaced(gone)
    invited = memberships.invite(
        email="ben.moss@example.org", name="Ben Moss", authority=rotherham, role=Role.OWNER, by=acting(lead), at=LATER
    )
    assert (invited.is_new, invited.membership.user_id == gone.pk) == (True, False)


@pytest.mark.parametrize(("days", "shown"), [(31, []), (30, ["Ben Moss"])])
def test_who_is_due_is_shown_a_month_before(gone, rotherham, days, shown):
    on = day_of(at(2014, 10, 1)) - timedelta(days=days)
    assert [each.person.name for each in leavers.soon_due(rotherham, months=MONTHS, on=on)] == shown


def test_who_worked_in_another_council_too_is_not_shown_to_this_one(gone, rotherham, staffordshire):
    by = house()
    role = memberships.grant_membership(user=gone, authority=staffordshire, role=Role.BOARD, by=by, at=LEFT)
    memberships.end_membership(role, by=by, at=at(2012, 10, 2))
    assert leavers.soon_due(rotherham, months=MONTHS, on=day_of(at(2014, 10, 3))) == []


def test_the_task_replaces_names_and_the_second_run_finds_none(gone):
    assert [pseudonymise_leavers.apply().get(), pseudonymise_leavers.apply().get()] == [1, 0]


def test_a_dry_run_changes_nothing(gone, capsys):
    call_command("pseudonymise_leavers", "--dry-run")
    assert ("Ben Moss" in capsys.readouterr().out, User.objects.get(pk=gone.pk).name) == (True, "Ben Moss")


def test_the_command_says_how_many(gone, capsys):
    call_command("pseudonymise_leavers")
    assert capsys.readouterr().out == "1 name was replaced.\n"
