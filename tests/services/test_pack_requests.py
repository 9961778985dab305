"""Asking for packs: one for the same thing, made by one maker, taken away where evidence has to go, and by the calendar."""

from datetime import date, timedelta
from io import BytesIO

import pytest

from tests import factories
from tests.factories import acting, at, house
from tests.worlds import world
from tracker.access import visible
from tracker.choices import EventKind, PackState, Role
from tracker.models import Pack
from tracker.rules.pack import Scope
from tracker.rules.refusal import Refused
from tracker.services import actions, board, erasures, evidence, memberships, packs, reference

pytestmark = pytest.mark.django_db

NOW, DAY = at(2012, 10, 1), at(2012, 9, 30)


def ask(rotherham, lead, moment=DAY, **more):
    return packs.ask(rotherham, Scope(moment, **more), by=acting(lead), at=NOW)


def make(pack):
    claimed = packs.claim(by=house(), at=NOW)
    assert claimed.pk == pack.pk
    return packs.made(claimed, file=BytesIO(b"zip"), name="pack.zip", digest="0" * 64, by=house(), at=NOW)


def state(pack):
    return Pack.objects.get(pk=pack.pk).state


def test_the_same_pack_is_asked_for_once(owned, rotherham, lead):
    first, second = (ask(rotherham, lead) for _ in range(2))
    assert (first, factories.events().count(EventKind.PACK_ASKED)) == (second, 1)


@pytest.mark.parametrize("more", [{"confidential": True}, {"files": True}, {"since": at(2012, 9, 10)}])
def test_another_pack_is_another(owned, rotherham, lead, more):
    assert ask(rotherham, lead) != ask(rotherham, lead, **more)


def test_a_pack_of_today_is_offered_again_while_nothing_was_done(owned, rotherham, lead):
    first = ask(rotherham, lead, NOW)
    later = NOW + timedelta(hours=2)
    assert packs.ask(rotherham, Scope(later), by=acting(lead), at=later) == first
    actions.note(owned, text="Begun.", by=acting(lead), at=later)
    assert packs.ask(rotherham, Scope(later), by=acting(lead), at=later) != first


def test_a_pack_of_yesterday_is_no_pack_of_today(owned, rotherham, lead):
    first, later = ask(rotherham, lead, NOW), NOW + timedelta(days=1)
    assert packs.ask(rotherham, Scope(later), by=acting(lead), at=later) != first


def test_a_pack_is_made_by_one_maker(owned, rotherham, lead):
    ask(rotherham, lead)
    assert packs.claim(by=house(), at=NOW) and packs.claim(by=house(), at=NOW) is None


def test_a_pack_whose_maker_died_is_taken_up_again(owned, rotherham, lead):
    pack = ask(rotherham, lead)
    packs.claim(by=house(), at=NOW)
    assert packs.claim(by=house(), at=NOW + packs.LEASE + timedelta(seconds=1)).pk == pack.pk


def test_a_pack_that_kills_its_makers_is_given_up_with_a_sentence(owned, rotherham, lead):
    pack, moment = ask(rotherham, lead), NOW
    for _ in range(3):
        packs.claim(by=house(), at=moment)
        moment += packs.LEASE + timedelta(seconds=1)
    assert packs.claim(by=house(), at=moment) is None
    assert "never finished" in Pack.objects.get(pk=pack.pk).words


def test_a_sign_of_life_keeps_the_pack(owned, rotherham, lead):
    ask(rotherham, lead)
    pack = packs.claim(by=house(), at=NOW)
    packs.progressed(pack, words="Writing", done=1, steps=3, by=house(), at=NOW + timedelta(minutes=9))
    assert packs.claim(by=house(), at=NOW + timedelta(minutes=15)) is None


def test_only_a_pack_that_failed_is_tried_again(owned, rotherham, lead):
    with pytest.raises(Refused, match="has not failed"):
        packs.again(ask(rotherham, lead), by=acting(lead), at=NOW)


def test_asking_for_what_failed_tries_again(owned, rotherham, lead):
    pack = ask(rotherham, lead)
    packs.failed(packs.claim(by=house(), at=NOW), why="The disk is full.", by=house(), at=NOW)
    assert (ask(rotherham, lead), state(pack)) == (pack, PackState.WAITING)


def test_what_is_not_made_is_not_downloaded(owned, rotherham, lead):
    with pytest.raises(Refused, match="not there"):
        packs.downloaded(ask(rotherham, lead), by=acting(lead), at=NOW)


# Who may ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.OWNER, Role.PARTNER, Role.ADMINISTRATOR])
def test_who_may_export_no_whole_plan_sees_and_takes_no_pack(owned, rotherham, lead, role):
    somebody, pack = factories.member("Bea Holt", rotherham, role), make(ask(rotherham, lead))
    assert not visible(Pack, somebody, date(2012, 10, 1)).exists()
    for verb in (packs.downloaded, packs.again):
        with pytest.raises(Refused, match="export"):
            verb(pack, by=acting(somebody), at=NOW)


def test_a_board_member_sees_the_open_packs_and_the_confidential_ones_as_granted(owned, rotherham, lead):
    member = factories.person("Fay Quist")
    grant = memberships.grant_membership(user=member, authority=rotherham, role=Role.BOARD, by=house(), at=DAY)
    kept, closed = ask(rotherham, lead), ask(rotherham, lead, confidential=True)
    assert set(visible(Pack, member, date(2012, 10, 1))) == {kept}
    with pytest.raises(Refused, match="export"):
        packs.ask(rotherham, closed.scope, by=acting(member), at=NOW)
    type(grant).objects.filter(pk=grant.pk).update(sees_confidential=True)
    assert set(visible(Pack, member, date(2012, 10, 1))) == {kept, closed}


def test_another_council_s_lead_sees_none(owned, rotherham, lead, stranger):
    ask(rotherham, lead)
    assert not visible(Pack, stranger, date(2012, 10, 1)).exists()


# Taken away -------------------------------------------------------------------------------------------------------


@world
def held(owned, owner, rotherham, lead):
    """Packs of both kinds, made after a piece of evidence was handed in."""
    piece = evidence.add_note(
        owned, text="Ten files.", title="Audit", by=acting(owner), at=at(2012, 9, 20), confidential=False
    )
    closed, kept = make(ask(rotherham, lead, confidential=True)), make(ask(rotherham, lead))
    return piece, closed, kept


def test_a_pack_that_holds_erased_evidence_is_taken_away_with_its_file(
    held, rotherham, lead, django_capture_on_commit_callbacks
):
    piece, *both = held
    second = factories.member("Greta Field", rotherham, Role.LEAD)
    asked = erasures.ask_erasure(piece, reason="a child", by=acting(lead), at=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        erasures.decide_erasure(asked, granted=True, by=acting(second), at=NOW)
    assert [state(pack) for pack in both] == [PackState.REMOVED] * 2
    assert not any(pack.file.storage.exists(pack.file.name) for pack in both)


def test_a_public_pack_is_taken_away_where_its_evidence_becomes_confidential(held, lead):
    piece, closed, kept = held
    evidence.mark(piece, confidential=True, reason="a name", by=acting(lead), at=NOW)
    assert [state(pack) for pack in (closed, kept)] == [PackState.MADE, PackState.REMOVED]


def test_a_pack_from_before_the_evidence_stays(held, rotherham, lead):
    early = make(ask(rotherham, lead, at(2012, 9, 10)))
    evidence.mark(held[0], confidential=True, reason="a name", by=acting(lead), at=NOW)
    assert state(early) == PackState.MADE


def test_a_pack_that_is_being_made_meanwhile_is_made_anew(held, rotherham, lead):
    pack = ask(rotherham, lead, since=at(2012, 9, 10))
    claimed = packs.claim(by=house(), at=NOW)
    evidence.mark(held[0], confidential=True, reason="a name", by=acting(lead), at=NOW)
    with pytest.raises(packs.Lost):
        packs.made(claimed, file=BytesIO(b"zip"), name="pack.zip", digest="0" * 64, by=house(), at=NOW)
    assert state(pack) == PackState.WAITING


def test_what_was_taken_away_can_be_asked_for_again(held, rotherham, lead):
    evidence.mark(held[0], confidential=True, reason="a name", by=acting(lead), at=NOW)
    assert ask(rotherham, lead) != held[2]


# By the calendar --------------------------------------------------------------------------------------------------


@world
def meeting(owned, rotherham, lead):
    """A meeting on Monday 15 October 2012, and one before it."""
    board.plan_meeting(rotherham, held_on=date(2012, 9, 12), by=acting(lead), at=at(2012, 9, 10))
    return board.plan_meeting(rotherham, held_on=date(2012, 10, 15), by=acting(lead), at=at(2012, 9, 10))


@pytest.mark.parametrize(("day", "number"), [(9, 0), (10, 1), (15, 1), (16, 0)])
def test_three_working_days_before_a_meeting_its_pack_is_asked_for(meeting, day, number):
    assert len(packs.schedule(by=house(), at=at(2012, 10, day))) == number


@pytest.mark.parametrize(("hour", "number"), [(6, 0), (7, 1)])  # in October London is an hour ahead
def test_it_is_not_asked_for_before_the_hour_of_the_council_s_mail(meeting, hour, number):
    assert len(packs.schedule(by=house(), at=at(2012, 10, 10, hour))) == number


def test_the_pack_of_a_meeting_is_open_and_tells_what_moved_since_the_last(meeting):
    [pack] = packs.schedule(by=house(), at=at(2012, 10, 10))
    assert (pack.meeting, pack.confidential, pack.asked_by) == (meeting, False, None)
    assert pack.since == at(2012, 9, 12, 22, 59).replace(second=59, microsecond=999999)


def test_a_meeting_gets_one_pack_however_often_the_house_looks(meeting):
    for _ in range(2):
        packs.schedule(by=house(), at=at(2012, 10, 10))
    assert Pack.objects.count() == 1


@pytest.mark.parametrize(("days", "number"), [(0, 0), (2, 0), (5, 1)])
def test_a_council_chooses_how_many_days_before(meeting, rotherham, lead, days, number):
    reference.change_settings(rotherham, settings={"pack_days": days}, by=acting(lead), at=at(2012, 9, 21))
    assert len(packs.schedule(by=house(), at=at(2012, 10, 10))) == number


def test_a_cancelled_meeting_gets_none(meeting, lead):
    board.cancel_meeting(meeting, reason="moved", by=acting(lead), at=at(2012, 9, 11))
    assert packs.schedule(by=house(), at=at(2012, 10, 10)) == []


def test_a_board_without_a_plan_gets_none(rotherham, lead):
    board.plan_meeting(rotherham, held_on=date(2012, 10, 15), by=acting(lead), at=at(2012, 9, 10))
    assert packs.schedule(by=house(), at=at(2012, 10, 10)) == []
