"""A case for every verb: what is there before, who does what, and the one line of the trail that tells of it."""

from datetime import date
from pathlib import Path

from tests.factories import at
from tests.services import action_cases, work_cases
from tests.services.verb_case import (
    LATER,
    Case,
    rated_low,
    read,
    undated,
    waiting,
    with_a_pack,
    with_a_theme_misspelt,
    with_somebody_new,
    without_guards,
)
from tracker.choices import AcceptedAs, EventKind, Family, Impact, Move, Response, Role
from tracker.models import Theme
from tracker.services import acceptance, intake, moves, packs, people, plan, ratings, reference, reports, verification

FIXTURES = Path(__file__).parents[2] / "fixtures"

K = EventKind
CASES: dict[str, Case] = {
    **action_cases.CASES,
    **work_cases.CASES,
    "intake.receive": Case(
        K.INTAKE_RECEIVED,
        "intake",
        lambda t, **m: intake.receive(b"a letter", name="letter.txt", authority=t.authority, **m),
    ),
    "intake.read": Case(K.INTAKE_READ, "intake", lambda t, **m: intake.read(t.intake, **m), before=waiting),
    "intake.correct": Case(
        K.INTAKE_CORRECTED,
        "intake",
        lambda t, **m: intake.correct(t.intake, draft={**t.intake.draft, "title": "Inspection"}, **m),
        before=read,
    ),
    "intake.set_aside": Case(
        K.INTAKE_SET_ASIDE,
        "intake",
        lambda t, **m: intake.set_aside(t.intake, reason="another copy is used", **m),
        before=waiting,
    ),
    "acceptance.accept": Case(
        K.REPORT_ACCEPTED,
        "report",
        lambda t, **m: acceptance.accept(t.intake, accepted_as=AcceptedAs.PLAN, **m),
        before=read,
    ),
    "moves.move": Case(
        K.ACTION_STARTED,
        "action",
        lambda t, **m: moves.move(t.action, Move.START, note="We have begun.", **m),
        who="owner",
    ),
    "packs.made": Case(
        K.PACK_MADE,
        "authority",
        lambda t, **m: packs.made(t.plan, name="pack.zip", digest="0" * 64, **m),
        before=with_a_pack,
    ),
    "people.add_person": Case(
        K.PERSON_ADDED,
        "user",
        lambda t, **m: people.add_person(email="ida.thorn@example.org", name="Ida Thorn", **m),
    ),
    "people.change_person": Case(
        K.PERSON_CHANGED, "user", lambda t, **m: people.change_person(t.lead, job_title="Head of practice", **m)
    ),
    "people.grant_membership": Case(
        K.MEMBERSHIP_GRANTED,
        "membership",
        lambda t, **m: people.grant_membership(user=t.new, authority=t.authority, role=Role.OWNER, **m),
        who="administrator",
        before=with_somebody_new,
    ),
    "people.end_membership": Case(
        K.MEMBERSHIP_ENDED,
        "membership",
        lambda t, **m: people.end_membership(t.board.memberships.get(), reason="term over", **m),
        who="administrator",
    ),
    "people.name_deputy": Case(
        K.DEPUTY_NAMED,
        "membership",
        lambda t, **m: people.name_deputy(
            t.owner.memberships.get(), deputy=t.partner, first_day=date(2013, 6, 10), last_day=LATER, **m
        ),
        who="owner",
    ),
    "plan.add_action": Case(
        K.ACTION_ADDED, "action", lambda t, **m: plan.add_action(t.recommendation, what="Train all managers", **m)
    ),
    "plan.enter_by_hand": Case(
        K.PLAN_ENTERED,
        "report",
        lambda t, **m: plan.enter_by_hand(
            authority=t.authority,
            family=Family.AUDIT,
            title="Audit of case files",
            texts=["date every entry", " "],
            issued_on=date(2013, 5, 1),
            source="the audit",
            **m,
        ),
    ),
    "ratings.lower_rating": Case(
        K.RATING_LOWERED,
        "action",
        lambda t, **m: ratings.lower_rating(t.undated, reason="late", **{**m, "at": at(2012, 9, 10)}),
        before=undated,
    ),
    "ratings.lift_rating": Case(
        K.RATING_LIFTED,
        "action",
        lambda t, **m: ratings.lift_rating(t.undated, reason="delivered", **m),
        before=rated_low,
    ),
    "ratings.rate_impact": Case(
        K.IMPACT_RATED,
        "action",
        lambda t, **m: ratings.rate_impact(t.closed, impact=Impact.EMBEDDED, reason="three audits", **m),
    ),
    "reference.load": Case(
        K.REFERENCE_LOADED,
        "theme",
        lambda t, **m: reference.load(FIXTURES, **m),
        who="house",
        before=with_a_theme_misspelt,
    ),
    "reference.change_settings": Case(
        K.AUTHORITY_SETTINGS_CHANGED,
        "authority",
        lambda t, **m: reference.change_settings(t.authority, settings={"silent_days": 21}, **m),
        who="administrator",
    ),
    "reports.set_publication_date": Case(
        K.PUBLICATION_DATE_SET,
        "report",
        lambda t, **m: reports.set_publication_date(t.report, on=date(2012, 8, 24), source="the web page", **m),
    ),
    "reports.set_received_date": Case(
        K.RECEIVED_DATE_SET,
        "report",
        lambda t, **m: reports.set_received_date(t.report, on=date(2012, 8, 6), source="the post book", **m),
    ),
    "reports.answer": Case(
        K.RECOMMENDATION_ANSWERED,
        "recommendation",
        lambda t, **m: reports.answer(t.recommendation, response=Response.NOTED, text="done before", **m),
    ),
    "reports.set_themes": Case(
        K.RECOMMENDATION_THEMED,
        "recommendation",
        lambda t, **m: reports.set_themes(t.recommendation, themes=[Theme.objects.first()], **m),
    ),
    "verification.restore_guards": Case(
        K.GUARDS_RESTORED,
        "installation",
        lambda t, **m: verification.restore_guards(**m),
        who="house",
        before=without_guards,
    ),
}
# Functions that take by= and at= and are no verbs of their own: each with the reason.
NO_VERBS = {
    "notices.plan": "writes the ledger of notices, which is outside the trail",
    "packs.plan_as_at": "reads",
    "reports.preview_publication_date": "reads",
    "plan.actions_for": "a part of accepting; the caller's event tells of it",
    "trail.begin": "the trail itself",
    "trail.record": "the trail itself",
    "trail.tell": "the trail itself",
}
# Modules that act out a whole story, with an event for each thing they do; tests of their own prove them.
STORIES = {"demonstration"}
