"""A council in which everything is there once: one row at least of every kind of record, made through the verbs."""

from datetime import date
from io import BytesIO
from types import SimpleNamespace

from tests import factories
from tests.factories import acting, at
from tracker.choices import CheckOutcome, Delivery, Impact, Move, Role
from tracker.models import Due, Notice, Told
from tracker.rules.pack import Scope
from tracker.services import (
    actions,
    board,
    bulk,
    erasures,
    evidence,
    extensions,
    looking,
    measures,
    moves,
    notices,
    packs,
    ratings,
    spreadsheets,
    steps,
)

DAY = date(2013, 6, 3)


def people_of(authority):
    """Somebody for each role, and a second lead; the names are invented."""
    return {
        "lead": factories.member(f"Amina {authority.code}", authority, Role.LEAD),
        "second": factories.member(f"Greta {authority.code}", authority, Role.LEAD),
        "owner": factories.member(f"Ben {authority.code}", authority, Role.OWNER),
        "partner": factories.member(f"Pia {authority.code}", authority, Role.PARTNER),
        "board": factories.member(f"Bo {authority.code}", authority, Role.BOARD),
        "auditor": factories.member(f"Ada {authority.code}", authority, Role.AUDITOR),
        "administrator": factories.member(f"Ned {authority.code}", authority, Role.ADMINISTRATOR),
    }


def plenty(authority, seed):
    """The plan of a seed report: its first action owned and worked on, its second closed and looked at again."""
    who = people_of(authority)
    lead, owner = acting(who["lead"]), acting(who["owner"])
    report = factories.accepted_seed(seed, authority, by=lead, moment=at(2012, 12, 10))
    first, second, third, *_ = [each.actions.get() for each in report.recommendations.all()]
    for each in (first, second):
        actions.assign(each, owner=who["owner"], by=lead, at=at(2012, 12, 11))
        if each.agreed_due is None:
            actions.set_first_due(each, due=date(2013, 3, 1), reason="agreed", by=lead, at=at(2012, 12, 11))
    found = {
        "report": report,
        "recommendation": report.recommendations.first(),
        "intake": report.intake,
        "note": actions.note(first, text="The audit has begun.", by=owner, at=at(2012, 12, 12)),
        "step": steps.add_step(first, text="Read the files", due_on=None, by=owner, at=at(2012, 12, 12)),
        "measure": measures.add_measure(
            first, name="Seen alone", current="80%", as_at=date(2012, 12, 1), by=owner, at=at(2012, 12, 12)
        ),
        "extension": extensions.ask(first, to_due=date(2013, 9, 2), reason="floods", by=owner, at=at(2012, 12, 13)),
        "bulk": bulk.assign_many([third], owner=who["second"], by=lead, at=at(2012, 12, 11)),
        **_board(authority, first, who),
        **_closed(second, who),
        **_evidence(first, who),
    }
    ratings.rate_impact(first, impact=Impact.EMERGING, reason="the audit", by=lead, at=at(2012, 12, 14))
    notices.ran(notices.plan(by=factories.house(), at=at(2013, 6, 3)), by=factories.house(), at=at(2013, 6, 3))
    found["due"] = Due.objects.filter(authority=authority).first()
    found["notice"] = Notice.objects.create(recipient=who["owner"], kind="digest", day=DAY, posted_at=at(2013, 1, 2))
    found["told"] = Told.objects.create(due=found["due"], person=who["owner"], notice=found["notice"])
    first.refresh_from_db()
    second.refresh_from_db()
    measures.record_figure(found["measure"], current="85%", as_at=date(2013, 1, 2), by=owner, at=at(2013, 1, 3))
    found |= {"earlier": found["measure"].earlier.get(), "statutory": report.statutory_steps.first()}
    found["spreadsheet"] = _spreadsheet(authority, lead)
    found["pack"] = _pack(authority, who["lead"], found["meeting"])
    return SimpleNamespace(authority=authority, action=first, closed=second, **who, **found)


def _board(authority, action, who):
    meeting = board.plan_meeting(authority, held_on=date(2013, 1, 7), by=acting(who["lead"]), at=at(2012, 12, 12))
    challenge = board.challenge(
        authority, text="How do you know?", action=action, by=acting(who["board"]), at=at(2013, 1, 7)
    )
    return {"meeting": meeting, "challenge": challenge}


def _spreadsheet(authority, lead):
    """One that waits to be brought in, with a row of each kind."""
    data = b"Ref,What we will do,Owner,Due\n1,Train,,1/3/2014\n2,Read,Nemo,31/2/2014\n"
    sheet = spreadsheets.receive(data, name="log.csv", authority=authority, by=lead, at=at(2013, 6, 2))
    into = {"family": "audit", "title": "Audit", "issued_on": "2013-06-01", "source": "its cover"}
    return spreadsheets.settle(sheet, choices={"into": into}, by=lead, at=at(2013, 6, 2))


def _pack(authority, lead, meeting):
    packs.ask(authority, Scope(at(2013, 6, 2)), by=acting(lead), at=at(2013, 6, 3), meeting=meeting)
    claimed, house = packs.claim(by=factories.house(), at=at(2013, 6, 3)), factories.house()
    return packs.made(claimed, file=BytesIO(b"zip"), name="pack.zip", digest="0" * 64, by=house, at=at(2013, 6, 3))


def _closed(action, who):
    lead = acting(who["lead"])
    factories.submitted(action, by=who["owner"])
    moves.move(action, Move.SIGN_OFF, by=lead, at=at(2012, 12, 14))
    check = looking.look_again(
        action, outcome=CheckOutcome.HELD, note="Files were read again.", by=lead, at=at(2013, 6, 2)
    )
    return {"check": check}


def _evidence(action, who):
    piece = evidence.add_note(action, text="Ten files.", title="Audit", by=acting(who["owner"]), at=at(2012, 12, 13))
    open_piece = evidence.add_link(
        action, url="https://example.org/minutes", confidential=False, by=acting(who["owner"]), at=at(2012, 12, 13)
    )
    asked = erasures.ask_erasure(piece, reason="a child is named", by=acting(who["lead"]), at=at(2012, 12, 14))
    return {"evidence": piece, "open_evidence": open_piece, "erasure": asked}


def lowered(action, *, by):
    """The action's delivery rating lowered to amber on 20 December 2012."""
    kept = ratings.lower_rating(action, reason="the supplier is late", by=acting(by), at=at(2012, 12, 20))
    assert kept.lowered_to == Delivery.AMBER
    return kept
