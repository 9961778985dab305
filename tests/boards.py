"""A council whose board meets: a plan under way, a meeting behind it and one ahead, challenges with and without answers."""

from datetime import timedelta
from types import SimpleNamespace

from tests import factories
from tests.factories import acting
from tracker.choices import Move, NoteKind, Role
from tracker.models import Action
from tracker.rules.london import day_of
from tracker.services import actions, board, evidence, extensions, moves, ratings


def board_council(authority, now):
    """The council as it stands at `now`: everything about it happened in the seventy days before."""
    lead = factories.member("Amina Lark", authority, Role.LEAD, job_title="Improvement lead")
    owner = factories.member("Ben Moss", authority, Role.OWNER, job_title="Head of early help")
    member = factories.member("Fay Quist", authority, Role.BOARD, job_title="Independent chair")
    by, mine = acting(lead), acting(owner)

    def ago(days):
        return now - timedelta(days=days)

    factories.accepted_seed("rotherham", authority, by=by, moment=ago(70))
    first, second, third, fourth, fifth, sixth, *_ = Action.objects.filter(authority=authority).order_by("reference")
    for each in (first, second, third, fourth, fifth):
        actions.assign(each, owner=owner, by=by, at=ago(69))
    last = board.plan_meeting(authority, held_on=day_of(ago(40)), by=by, at=ago(60))
    put = board.challenge(
        authority, text="Who reads the audits?", action=first, meeting=last, by=acting(member), at=ago(40)
    )
    moves.move(first, Move.START, by=mine, at=ago(38))
    board.answer(put, text="The practice board reads all of them every month.", by=by, at=ago(35))
    later = max(first.agreed_due, day_of(now)) + timedelta(days=60)
    asked = extensions.ask(first, to_due=later, reason="Staff have left.", by=mine, at=ago(30))
    extensions.decide(asked, granted=True, by=by, at=ago(29))
    evidence.add_note(second, title="Audit", text="Twenty files were read.", by=mine, at=ago(25), confidential=False)
    moves.move(second, Move.SUBMIT, by=mine, at=ago(25))
    moves.move(second, Move.SIGN_OFF, by=by, at=ago(20))
    actions.assign(third, owner=lead, by=by, at=ago(18))
    moves.move(sixth, Move.SUPERSEDE, reason="Merged into another action.", by=by, at=ago(17))
    ahead = board.plan_meeting(
        authority,
        held_on=day_of(now) + timedelta(days=8),
        updates_by=day_of(now) + timedelta(days=3),
        notes="Civic Hall, room 2, at 2pm.\nBring the audit of early help.",
        by=by,
        at=ago(4),
    )
    actions.note(first, text="The duty team has begun.", kind=NoteKind.UPDATE, by=mine, at=ago(2))
    return SimpleNamespace(
        authority=authority, lead=lead, owner=owner, member=member, action=first, last=last, next=ahead, answered=put
    )


def lowered(there, now):
    """The rating of the owner's fourth action, lowered by its lead."""
    action = Action.objects.filter(authority=there.authority, owner=there.owner).order_by("reference")[1]
    return ratings.lower_rating(action, reason="The supplier is late.", by=acting(there.lead), at=now)
