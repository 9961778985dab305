"""What is always true of every row: for each constraint, a row that the database refuses."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction

from tests import factories
from tests.plenty import plenty
from tests.worlds import world
from tracker.choices import Basis, Delivery, EvidenceKind, NoteKind, NoticeState, PackState, Status
from tracker.models import (
    Authority,
    BankHoliday,
    BroughtRow,
    CalendarFeed,
    Chain,
    Erasure,
    Event,
    EventBody,
    Intake,
    Recommendation,
    Recurrence,
    ReminderDefault,
    Report,
    ReportFamily,
    SavedFilter,
    Theme,
    User,
)

pytestmark = pytest.mark.django_db

DAY, NEXT = date(2013, 6, 3), date(2013, 6, 4)
MOMENT = factories.at(2013, 6, 3)
MODELS = list(apps.get_app_config("tracker").get_models())
CHECKS = {c.name for model in MODELS for c in model._meta.constraints if isinstance(c, models.CheckConstraint)}


@world
def there(rotherham):
    """One row of every kind."""
    made = plenty(rotherham, "rotherham")
    later = made.report.recommendations.last()
    made.recurrence = Recurrence.objects.create(earlier=made.recommendation, later=later)
    made.filter = SavedFilter.objects.create(person=made.owner, name="Mine", query="status=open")
    made.feed = CalendarFeed.objects.create(person=made.owner, token_hash="a" * 64, made_at=MOMENT)
    made.membership = made.owner.memberships.get()
    asked = {"reason": "a child is named", "asked_at": MOMENT, "asked_by": made.lead}
    made.note_erasure = Erasure.objects.create(authority=rotherham, note=made.note, **asked)
    made.sheet_erasure = Erasure.objects.create(authority=rotherham, spreadsheet=made.spreadsheet, **asked)
    made.words_erasure = Erasure.objects.create(
        authority=rotherham, action=made.action, places=[[1, 0, "what"]], **asked
    )
    made.brought = BroughtRow.objects.create(spreadsheet=made.spreadsheet, action=made.action, sheet=0, row=2)
    return made


def changed(which, **values):
    """A row changed so that the constraint does not hold; the values may be made of the rows that are there."""

    def violate(there):
        made = {name: value(there) if callable(value) else value for name, value in values.items()}
        row = getattr(there, which)
        type(row)._base_manager.filter(pk=row.pk).update(**made)

    return violate


def again(which, **values):
    """A second row like the first, but for the values."""

    def violate(there):
        made = {name: value(there) if callable(value) else value for name, value in values.items()}
        found = which(there) if callable(which) else getattr(there, which)
        row = type(found)._base_manager.get(pk=found.pk)
        row.pk = None
        for name, value in made.items():
            setattr(row, name, value)
        type(row)._base_manager.bulk_create([row])

    return violate


def first(model):
    return lambda there: model._base_manager.order_by("pk").first()


def lead(there):
    return there.lead.pk


def report(there):
    return there.action.recommendation.report


def owner(there):
    return there.owner.pk


CASES = {
    "one_action_a_reference": again("action"),
    "an_action_says_what_will_be_done": changed("action", what=""),
    "overdue_counts_from_the_due_date_or_later": changed("action", agreed_due=NEXT, overdue_after=DAY),
    "an_original_date_has_an_agreed_date": changed(
        "action", original_due=DAY, agreed_due=None, overdue_after=None, due_basis=Basis.NONE
    ),
    "an_owner_has_it_since_a_day": changed("action", assigned_on=None),
    "a_submission_says_who_and_when": changed("action", submitted_at=MOMENT, submitted_by=None),
    "a_sign_off_says_who_and_when": changed("closed", closed_by=None),
    "nobody_signs_off_their_own_submission": changed("closed", closed_by=models.F("submitted_by"), owner_then=None),
    "nobody_signs_off_what_they_owned": changed("closed", owner_then=models.F("closed_by")),
    "a_closed_action_was_signed_off": changed("action", status=Status.CLOSED),
    "a_submitted_action_was_submitted": changed("action", status=Status.SUBMITTED),
    "a_lowered_rating_has_a_reason": changed("action", lowered_to=Delivery.AMBER, lowered_by=lead),
    "a_submission_for_another_says_by_whom": changed(
        "action", submitted_for=owner, submitted_by=None, submitted_at=None
    ),
    "nothing_is_split_from_itself": changed("action", split_from=models.F("id")),
    "a_moved_action_says_from_where_and_why": changed("action", moved_reason="It fits better."),
    "an_impact_rating_says_who_when_and_why": changed("action", impact_by=lead, impact_on=None),
    "one_step_a_position": again("step"),
    "a_withdrawn_step_says_who_when_and_why": changed("step", withdrawn_on=DAY, withdrawn_by=lead),
    "an_earlier_figure_says_what_it_was": changed("earlier", figure=""),
    "a_ticked_step_says_who_and_when": changed("step", done_on=DAY),
    "one_meeting_a_day": again("meeting"),
    "updates_are_called_for_before_the_meeting": changed("meeting", held_on=DAY, updates_by=NEXT),
    "a_cancelled_meeting_says_who_when_and_why": changed("meeting", cancelled_at=MOMENT, cancelled_by=lead),
    "a_challenge_has_words": changed("challenge", text=""),
    "an_answer_says_who_and_when": changed("challenge", answer="We audit every month."),
    "one_event_a_place": again(first(Event)),
    "one_body_a_position": again(first(EventBody)),
    "a_body_is_whole_or_erased": again(first(EventBody), position=999, salt=None),
    "one_open_erasure_a_thing": again("erasure"),
    "one_open_erasure_a_note": again("note_erasure"),
    "one_open_erasure_a_spreadsheet": again("sheet_erasure"),
    "one_open_erasure_an_action": again("words_erasure"),
    "an_erasure_of_words_says_where": changed("words_erasure", places=[]),
    "an_erasure_is_of_one_thing": changed("erasure", evidence=None),
    "an_erasure_has_a_reason": changed("erasure", reason=""),
    "a_decided_erasure_says_who_and_when": changed("erasure", granted=True),
    "an_erasure_takes_two_people": changed("erasure", granted=True, decided_at=MOMENT, decided_by=lead),
    "the_same_bytes_are_one_intake": again("intake"),
    "the_same_bytes_are_one_spreadsheet": again("spreadsheet"),
    "a_spreadsheet_brought_in_says_where_and_when": changed("spreadsheet", brought_at=MOMENT),
    "a_spreadsheet_set_aside_is_in_no_plan": changed(
        "spreadsheet", report=report, brought_at=MOMENT, set_aside_at=MOMENT
    ),
    "a_row_is_brought_in_once": again("brought"),
    "one_notice_a_person_kind_and_day": again("notice"),
    "a_sent_notice_says_when": changed("notice", state=NoticeState.SENT),
    "a_claim_runs_out": changed("notice", state=NoticeState.CLAIMED),
    "who_asked_again_asked_at_a_moment": changed("notice", asked_again_at=MOMENT),
    "one_due_a_threshold": again("due"),
    "one_digest_a_person_and_day": again("notice", kind="lead_digest"),
    "a_person_is_told_once": again("told"),
    "one_person_an_email": again("owner", email=lambda there: there.owner.email.upper()),
    "one_current_membership_a_role": again("membership"),
    "a_deputy_has_first_and_last_day": changed("membership", deputy=lead, deputy_from=NEXT, deputy_to=DAY),
    "nobody_is_their_own_deputy": changed("membership", deputy=owner, deputy_from=DAY, deputy_to=NEXT),
    "a_membership_ends_after_it_began": changed("membership", ended_at=factories.at(2012, 8, 31)),
    "one_report_a_series": again("report", intake=None),
    "an_inspection_ends_after_it_began": changed("report", inspection_start=NEXT, inspection_end=DAY),
    "a_publication_date_has_a_source": changed("report", publication_source=""),
    "a_date_of_receipt_has_a_source": changed("report", received_on=DAY),
    "one_recommendation_a_number": again("recommendation"),
    "a_recommendation_has_words": changed("recommendation", text=""),
    "one_recurrence_a_pair": again("recurrence"),
    "nothing_recurs_as_itself": changed("recurrence", later=models.F("earlier")),
    "a_settled_recurrence_says_when": changed("recurrence", confirmed=True),
    "one_step_a_report": again("statutory"),
    "a_chosen_step_date_has_a_reason": changed("statutory", chosen=DAY),
    "an_update_has_words": changed("note", kind=NoteKind.UPDATE, text=""),
    "evidence_holds_what_its_kind_says": changed("evidence", kind=EvidenceKind.FILE),
    "a_withdrawal_says_who_when_and_why": changed("evidence", withdrawn_at=MOMENT, withdrawn_by=lead),
    "erased_evidence_is_empty": changed("evidence", erased_at=MOMENT),
    "one_pack_of_the_same_things": again("pack", meeting=None),
    "a_made_pack_has_a_file": changed("pack", file=""),
    "only_a_made_pack_has_a_file": changed("pack", state=PackState.WAITING),
    "a_making_runs_out": changed("pack", state=PackState.MAKING, file=""),
    "a_pack_that_is_not_there_says_why": changed("pack", state=PackState.REMOVED, file=""),
    "one_open_extension_an_action": again("extension"),
    "an_extension_leads_to_a_later_date": changed("extension", to_due=models.F("from_due")),
    "an_extension_has_a_reason": changed("extension", reason=""),
    "a_decision_says_who_and_when": changed("extension", granted=True),
    "nobody_decides_their_own_extension": changed(
        "extension", granted=True, decided_at=MOMENT, decided_by=owner, owner_then=None
    ),
    "nobody_decides_an_extension_of_what_they_owned": changed(
        "extension", granted=True, decided_at=MOMENT, decided_by=lead, owner_then=lead
    ),
    "a_refused_extension_has_a_reason": changed("extension", granted=False, decided_at=MOMENT, decided_by=lead),
    "one_measure_a_name": again("measure"),
    "a_current_figure_says_as_at_when": changed("measure", as_at=None),
    "one_check_a_day": again("check"),
    "an_undoing_says_who_and_when": changed("bulk", undone_at=MOMENT),
    "a_calendar_is_open_or_revoked": changed("feed", revoked_at=MOMENT),
    "one_filter_a_name": again("filter", name="MINE"),
    "a_saved_filter_says_what_it_filters": changed("filter", query=""),
}
UNIQUE_FIELDS = {
    "authority.code": again("authority", short_name="Another council"),
    "authority.short_name": again("authority", code="XXX"),
    "bankholiday.on": again(first(BankHoliday)),
    "calendarfeed.person": again("feed", token_hash="b" * 64),
    "calendarfeed.token_hash": again("feed", person=lambda there: there.lead),
    "chain.key": again(first(Chain), authority=None),
    "chain.authority": again(lambda there: there.authority.chain, key="another"),
    "pack.meeting": again("pack", fingerprint="another", meeting=lambda there: there.meeting),
    "reminderdefault.kind": again(first(ReminderDefault)),
    "report.intake": again("report", series="2099"),
    "reportfamily.code": again(first(ReportFamily)),
    "theme.code": again(first(Theme)),
    "user.email": again("owner"),
}


def constraints():
    return {constraint.name for model in MODELS for constraint in model._meta.constraints}


def unique_fields():
    return {
        f"{model._meta.model_name}.{field.name}"
        for model in MODELS
        for field in model._meta.concrete_fields
        if field.unique and not field.primary_key
    }


def test_every_constraint_of_every_model_has_a_case():
    assert set(CASES) == constraints()


def test_every_unique_field_of_every_model_has_a_case():
    assert set(UNIQUE_FIELDS) == unique_fields()


@pytest.mark.parametrize("name", CASES)
def test_the_database_refuses_a_row_against_the_constraint(there, name):
    # SQLite names the columns of a broken unique constraint, not the constraint; of a check it names the check.
    told = name if name in CHECKS else "(?i)unique"
    with pytest.raises(IntegrityError, match=told), transaction.atomic():
        CASES[name](there)


@pytest.mark.parametrize("name", UNIQUE_FIELDS)
def test_the_database_refuses_a_second_row_of_a_unique_value(there, name):
    with pytest.raises(IntegrityError, match="(?i)unique"), transaction.atomic():
        UNIQUE_FIELDS[name](there)


def test_one_decided_extension_leaves_room_for_the_next(there):
    changed("extension", granted=True, decided_at=MOMENT, decided_by=lead, to_due=NEXT + timedelta(days=90))(there)
    again("extension", granted=None, decided_at=None, decided_by=None)(there)
    assert there.action.extensions.count() == 2


def test_the_same_bytes_in_two_authorities_are_two_intakes(there, staffordshire):
    again("intake", authority=staffordshire)(there)
    assert Intake.objects.filter(sha256=there.intake.sha256).count() == 2


def test_a_withdrawn_step_leaves_its_place_to_another(there):
    changed("step", withdrawn_on=DAY, withdrawn_by=lead, withdrawn_reason="twice")(there)
    again("step", withdrawn_on=None, withdrawn_by=None, withdrawn_reason="")(there)
    assert there.action.steps.count() == 2


def test_a_move_within_a_recommendation_is_no_move(there):
    with pytest.raises(IntegrityError), transaction.atomic():
        changed("action", moved_from=models.F("recommendation"), moved_reason="It fits better.")(there)


def test_an_ended_membership_leaves_room_for_the_same_role_again(there):
    changed("membership", ended_at=MOMENT)(there)
    again("membership", ended_at=None)(there)
    assert there.owner.memberships.count() == 2


def test_a_cancelled_meeting_leaves_room_for_another_on_its_day(there):
    cancelled = {"cancelled_at": MOMENT, "cancelled_by_id": lead, "cancelled_reason": "The room is closed."}
    changed("meeting", **cancelled)(there)
    again("meeting", cancelled_at=None, cancelled_by=None, cancelled_reason="")(there)
    assert there.authority.meetings.count() == 2


def test_a_report_of_another_authority_may_have_the_same_series(there, staffordshire):
    again("report", intake=None, authority=staffordshire)(there)
    assert Report.objects.filter(series=there.report.series).count() == 2


@pytest.mark.parametrize("model", [Authority, User, Recommendation])
def test_a_record_others_stand_on_cannot_be_deleted(there, model):
    with pytest.raises(models.ProtectedError):
        model.objects.filter(pk=getattr(there, model._meta.model_name if model is not User else "owner").pk).delete()
