"""Two councils in one database: the admin of one must never say a word of the other."""

from datetime import date

import pytest
from django.test import Client

from tests import factories
from tests.worlds import world
from tracker.choices import AcceptedAs, NoteKind, Role
from tracker.extraction import read_here
from tracker.models import Action, Authority
from tracker.rules.pack import Scope
from tracker.services import acceptance, actions, board, clock, evidence, extensions, intake, packs, reference

# Words that stand in no page of ours: one in what the other council wrote, one in its people's names.
WRITTEN, NAMED = "quixotrel", "Zebediah"


@pytest.fixture
def client_of():
    """A browser in which somebody has signed in."""

    def signed_in(user):
        client = Client()
        client.force_login(user)
        return client

    return signed_in


@world
def lead(rotherham):
    """Amina Lark, improvement lead in Rotherham, who may open the admin."""
    return factories.member("Amina Lark", rotherham, Role.LEAD, is_staff=True)


@pytest.fixture
def admin_client(client_of, lead):
    return client_of(lead)


@world
def foreign_lead(staffordshire):
    return factories.member(f"{NAMED} Reed", staffordshire, Role.LEAD, is_staff=True, job_title=f"Head of {NAMED}")


@world
def foreign(staffordshire, foreign_lead):
    """A whole plan of another council, every text of which carries a word of its own."""
    by = factories.acting(foreign_lead)
    owner = factories.member(f"Ida {NAMED}", staffordshire, Role.OWNER)
    texts = tuple(f"settle the {WRITTEN} matter {number}" for number in (1, 2))
    report = factories.peer_review(staffordshire, by=foreign_lead, texts=texts)
    first, second = (each.actions.get() for each in report.recommendations.all())
    owned = factories.owned(first, owner, by=foreign_lead)
    moment = factories.at(2012, 10, 1)
    actions.note(owned, text=f"The {WRITTEN} is under way.", kind=NoteKind.UPDATE, by=by, at=moment)
    evidence.add_file(owned, data=b"text", name=f"{WRITTEN}.txt", by=by, at=moment)
    extensions.ask(
        owned, to_due=date(2013, 1, 3), reason=f"The {WRITTEN} is late.", by=factories.acting(owner), at=moment
    )
    meeting = board.plan_meeting(staffordshire, held_on=date(2012, 11, 6), notes=WRITTEN, by=by, at=moment)
    board.challenge(staffordshire, text=f"Why {WRITTEN}?", action=second, meeting=meeting, by=by, at=moment)
    packs.ask(staffordshire, Scope(moment, confidential=True), by=by, at=moment)
    _accepted_report(staffordshire, by, moment)
    return Action.objects.get(pk=owned.pk)


def _accepted_report(authority: Authority, by, moment):
    path = next(factories.SEEDS.glob("*children-staffordshire*.txt"))
    data, name = path.read_bytes(), f"{WRITTEN}.txt"
    reading = read_here(data, name=path.name)
    kept = intake.receive(data, name=name, authority=authority, by=by, at=moment, reading=reading)
    draft = {**kept.draft, "title": f"The {WRITTEN} inspection"}
    kept = intake.correct(kept, draft=draft, by=by, at=moment)
    report = acceptance.accept(kept, accepted_as=AcceptedAs.PLAN, by=by, at=moment)
    for step in report.statutory_steps.all():
        clock.choose_date(step, on=date(2012, 12, 1), reason=WRITTEN, by=by, at=moment)
    reference.change_settings(authority, settings={"silent_days": 77}, reason=WRITTEN, by=by, at=moment)
