"""A case for every verb: what is there before, who does what, and the one line of the trail that tells of it."""

from datetime import date
from io import BytesIO
from pathlib import Path

from tests.factories import at
from tests.services import (
    action_cases,
    board_cases,
    bulk_cases,
    people_cases,
    recurring_cases,
    spreadsheet_cases,
    work_cases,
)
from tests.services.verb_case import (
    WHOLE,
    Case,
    rated_low,
    read,
    undated,
    waiting,
    with_a_failed_pack,
    with_a_later_version,
    with_a_pack,
    with_a_pack_asked_for,
    with_a_plan,
    with_a_theme_misspelt,
    without_guards,
)
from tracker.choices import AcceptedAs, EventKind, Family, Impact, Move, Response
from tracker.models import Theme
from tracker.services import (
    acceptance,
    intake,
    moves,
    packs,
    plan,
    ratings,
    reference,
    reports,
    revisions,
    verification,
)

FIXTURES = Path(__file__).parents[2] / "fixtures"

K = EventKind
CASES: dict[str, Case] = {
    **people_cases.CASES,
    **action_cases.CASES,
    **work_cases.CASES,
    **board_cases.CASES,
    **bulk_cases.CASES,
    **recurring_cases.CASES,
    **spreadsheet_cases.CASES,
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
    "packs.taken": Case(
        K.PACK_MADE,
        "authority",
        lambda t, **m: packs.taken(t.plan, name="plan.csv", digest="0" * 64, **m),
        before=with_a_plan,
    ),
    "packs.ask": Case(K.PACK_ASKED, "authority", lambda t, **m: packs.ask(t.authority, WHOLE, **m)),
    "packs.again": Case(K.PACK_ASKED, "authority", lambda t, **m: packs.again(t.pack, **m), before=with_a_failed_pack),
    "packs.made": Case(
        K.PACK_MADE,
        "authority",
        lambda t, **m: packs.made(t.pack, file=BytesIO(b"zip"), name="pack.zip", digest="0" * 64, **m),
        who="house",
        before=with_a_pack_asked_for,
    ),
    "packs.downloaded": Case(
        K.PACK_DOWNLOADED, "authority", lambda t, **m: packs.downloaded(t.pack, **m), before=with_a_pack
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
    "revisions.apply": Case(
        K.REPORT_REVISED,
        "report",
        lambda t, **m: revisions.apply(t.later, t.accepted, names=t.names, **m),
        before=with_a_later_version,
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
    "bulk.foresee_dates": "reads",
    "bulk.foresee_owners": "reads",
    "bulk_undo.check_may_undo": "checks",
    "bulk_undo.foresee_undo": "reads",
    **{
        f"notices.{verb}": "writes the ledger of notices, which is outside the trail"
        for verb in ("plan", "post", "claim", "sent", "skipped", "postponed", "refused", "released", "ran", "ask_again")
    },
    "notices.rehearse": "reads",
    "acceptance.preview": "reads",
    "packs.plan_as_at": "reads",
    **{
        f"packs.{verb}": "writes the ledger of packs, which is outside the trail"
        for verb in ("claim", "progressed", "failed")
    },
    "packs.plan_of": "reads",
    "packs.schedule": "asks for several packs, with an event for each",
    "reports.preview_publication_date": "reads",
    "plan.actions_for": "a part of accepting; the caller's event tells of it",
    "plan.begun_by_hand": "a part of entering and of bringing; the caller's event tells of it",
    "trail.begin": "the trail itself",
    "trail.record": "the trail itself",
    "trail.tell": "the trail itself",
}
# Modules that act out a whole story, with an event for each thing they do; tests of their own prove them.
STORIES = {"demonstration", "stories"}
