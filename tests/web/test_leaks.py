"""Nobody reads on the site a word of an authority that they do not belong to, whatever address they type."""

from datetime import date
from io import BytesIO

import pytest
from django.test import Client

from tests import factories
from tests.web import addresses
from tests.worlds import world
from tracker.choices import EventKind, NoticeKind, NoticeState, Role
from tracker.models import Authority, Event, Notice, SavedFilter
from tracker.rules.pack import Scope
from tracker.services import (
    actions,
    board,
    bulk,
    erasures,
    evidence,
    extensions,
    intake,
    notices,
    packs,
    ratings,
    spreadsheets,
    steps,
)

WORD = "quixotrel"  # stands in no page of ours
NAMED = "Zebediah"
TOLD = (WORD, NAMED, "STF-")
ROLES = [*Role.values, "nobody", "superuser"]


@world
def foreign(staffordshire):
    """A whole plan of another council, every text of which carries a word of its own."""
    lead = factories.member(f"{NAMED} Reed", staffordshire, Role.LEAD, job_title=f"Head of {NAMED}")
    owner = factories.member(f"Ida {NAMED}", staffordshire, Role.OWNER)
    by, moment = factories.acting(lead), factories.at(2012, 10, 1)
    report = factories.peer_review(
        staffordshire, by=lead, texts=tuple(f"settle the {WORD} matter {n}" for n in (1, 2, 3))
    )
    first, second, third = (each.actions.get() for each in report.recommendations.all())
    owned = factories.owned(first, owner, by=lead)
    actions.note(owned, text=f"The {WORD} is under way.", by=by, at=moment)
    piece = evidence.add_file(owned, data=b"text", name=f"{WORD}.txt", by=by, at=moment)
    erasures.ask_erasure(piece, reason=f"{WORD} is named", by=by, at=moment)
    steps.add_step(owned, text=f"Read the {WORD}", due_on=None, by=by, at=moment)
    ratings.rate_impact(owned, impact="emerging", reason=WORD, by=by, at=moment)
    asks = factories.acting(owner)
    extensions.ask(owned, to_due=date(2013, 1, 3), reason=f"The {WORD} is late.", by=asks, at=moment)
    meeting = board.plan_meeting(staffordshire, held_on=date(2012, 11, 6), notes=WORD, by=by, at=moment)
    board.challenge(staffordshire, text=f"Why {WORD}?", action=second, meeting=meeting, by=by, at=moment)
    bulk.assign_many([second, third], owner=owner, by=by, at=moment)
    path = next(factories.SEEDS.glob("*children-staffordshire*.txt"))
    kept = intake.receive(path.read_bytes(), name=f"{WORD}.txt", authority=staffordshire, by=by, at=moment)
    intake.read(kept, by=by, at=moment)
    told = {"kind": NoticeKind.DIGEST, "state": NoticeState.FAILED, "subject": WORD, "last_error": "550 No such user"}
    Notice.objects.create(recipient=owner, day=date(2012, 10, 1), posted_at=moment, **told)
    notices.plan(by=factories.house(), at=factories.at(2012, 11, 19))
    _pack(staffordshire, by, moment)
    _spreadsheet(staffordshire, by, moment)
    SavedFilter.objects.create(person=lead, name=WORD, query=f"q={WORD}")
    return owned


def _spreadsheet(authority, by, moment):
    """A spreadsheet that waits, each cell of which carries the word."""
    data = f"Ref,Action,Owner\n{WORD},{WORD},{WORD}\n".encode()
    sheet = spreadsheets.receive(data, name=f"{WORD}.csv", authority=authority, by=by, at=moment)
    into = {"family": "audit", "title": WORD, "issued_on": "2012-09-20", "source": WORD}
    spreadsheets.settle(sheet, choices={"into": into}, by=by, at=moment)


def _pack(authority, by, moment):
    """A pack whose bytes and words carry the word, for the walk to miss."""
    packs.ask(authority, Scope(moment), by=by, at=moment)
    claimed, house, data = packs.claim(by=factories.house(), at=moment), factories.house(), BytesIO(WORD.encode())
    packs.made(claimed, file=data, name=f"{WORD}.zip", digest=WORD, words=WORD, by=house, at=moment)


def signed_in(role, authority):
    client = Client()
    if role == "superuser":
        client.force_login(factories.person("Sol Ames", is_staff=True, is_superuser=True))
    elif role == "nobody":
        client.force_login(factories.person("Una Bell"))
    else:
        client.force_login(factories.member("Bea Holt", authority, role))
    return client


def said(response):
    """All that an answer says: its headers, its text, and its file if it sends one."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return f"{response.headers} {body.decode(errors='replace')}".lower()


def leaks(client, walked, words):
    return [
        f"{address} ({answer.status_code}): {word}"
        for address in walked
        for answer in [client.get(address)]
        for text in [said(answer)]
        for word in words
        if word.lower() in text and word.lower() not in address.lower()
    ]


# What anybody may do about themselves, wherever they belong.
OF_ONESELF = {
    EventKind.CALENDAR_MADE,
    EventKind.CALENDAR_REVOKED,
    EventKind.DATA_EXPORTED,
    EventKind.SIGNED_OUT_EVERYWHERE,
}


def told(role, authority):
    """What the trail tells: of the plan alone where the site's administrator acts, who keeps everybody's people."""
    events = Event.objects.order_by("id").exclude(kind__in=OF_ONESELF)
    return list((events.filter(chain__authority=authority) if role == "superuser" else events).values_list("kind"))


def test_every_address_of_the_site_is_walked(foreign, staffordshire):
    found = addresses.rows(staffordshire)
    empty = [name for name in addresses.names() if addresses.takes_arguments(name) and not found.get(name)]
    assert empty in ([], ["met"], ["change-measure", "met", "record-figure"])


@pytest.mark.parametrize("role", ROLES)
def test_nobody_of_another_council_reads_a_word_of_the_plan(role, foreign, rotherham, report, staffordshire):
    # The site's own administrator keeps the people of every council, and so sees their names: not their plans.
    words = (WORD, "STF-2") if role == "superuser" else TOLD
    assert leaks(signed_in(role, rotherham), addresses.everything(staffordshire), words) == []


@pytest.mark.parametrize("role", ROLES)
def test_nobody_of_another_council_changes_a_thing(role, foreign, rotherham, report, staffordshire):
    client, walked = signed_in(role, rotherham), list(addresses.everything(staffordshire))
    before = told(role, staffordshire)
    for address in walked:
        client.post(address, {"version": "1", "text": "x", "reason": "x"})
    assert told(role, staffordshire) == before


def test_the_council_s_own_lead_does_read_those_words(foreign, staffordshire):
    client = signed_in(Role.LEAD, staffordshire)
    assert len(leaks(client, addresses.everything(staffordshire), (WORD,))) > 40


def test_nobody_who_is_not_signed_in_is_answered_with_more_than_the_way_to_sign_in(foreign, staffordshire, client):
    answers = {client.get(address).status_code for address in addresses.everything(Authority.objects.get(code="STF"))}
    assert answers == {302}
