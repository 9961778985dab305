"""Six months of a small council, scripted: owners, updates, evidence, one extension, one return, one reopening, one erasure."""

from datetime import date

from tests import factories
from tests.factories import acting, at
from tracker.choices import Move, Role
from tracker.services import actions, erasures, evidence, extensions, moves, ratings

MINUTES = b"Minutes of the audit group, 14 November 2012\nTwenty files were read; eighteen hold a chronology.\n"
BEGUN = at(2012, 9, 3)
END = at(2013, 3, 1, 17)


def told(authority):
    """Write the story into the authority's trail; the people in it by what they are."""
    who = {
        "lead": factories.member("Amina Lark", authority, Role.LEAD, job_title="Improvement lead"),
        "second": factories.member("Greta Field", authority, Role.LEAD),
        "owner": factories.member("Ben Moss", authority, Role.OWNER, job_title="Service manager"),
        "auditor": factories.member("Ada Quill", authority, Role.AUDITOR),
    }
    lead, owner, second = (acting(who[name]) for name in ("lead", "owner", "second"))
    report = factories.peer_review(authority, by=who["lead"])
    first, other, third = [each.actions.get() for each in report.recommendations.all()]
    first, other = (factories.owned(each, who["owner"], by=who["lead"]) for each in (first, other))
    actions.note(first, text="=The audit has begun, “file by file”.", by=owner, at=at(2012, 10, 1))
    _extended(first, owner, lead)
    piece = evidence.add_file(
        first, data=MINUTES, name="minutes.txt", confidential=False, by=owner, at=at(2012, 11, 15)
    )
    evidence.add_note(first, text="Known to few.", title="A case", by=owner, at=at(2012, 11, 16))
    moves.move(first, Move.SUBMIT, by=owner, at=at(2012, 12, 3))
    moves.move(first, Move.RETURN, reason="Two files are left.", by=lead, at=at(2012, 12, 5))
    moves.move(first, Move.SUBMIT, by=owner, at=at(2013, 1, 7))
    moves.move(first, Move.SIGN_OFF, by=lead, at=at(2013, 1, 9, 23, 30))
    _erased(other, owner, lead, second)
    moves.move(first, Move.REOPEN, reason="It slipped.", new_due=date(2013, 6, 3), by=lead, at=at(2013, 2, 4))
    actions.note(third, text="Begun.", by=lead, at=at(2013, 2, 19))
    ratings.lower_rating(third, reason="+ the supplier is late", by=lead, at=at(2013, 2, 20))
    return {**who, "first": first, "other": other, "third": third, "piece": piece}


def _extended(action, owner, lead):
    asked = extensions.ask(action, to_due=date(2013, 1, 7), reason="floods", by=owner, at=at(2012, 11, 1))
    extensions.decide(asked, granted=True, by=lead, at=at(2012, 11, 2))


def _erased(action, owner, lead, second):
    wrong = evidence.add_note(
        action, text="A name that should not be here.", title="Letter", confidential=False, by=owner, at=at(2013, 1, 20)
    )
    asked = erasures.ask_erasure(wrong, reason="a child is named", by=lead, at=at(2013, 1, 21))
    erasures.decide_erasure(asked, granted=True, by=second, at=at(2013, 1, 22))
