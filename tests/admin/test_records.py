"""Every other record in the admin: each button calls its verb once, each refusal stands beside what it is about."""

from datetime import date

import pytest
from django.core import mail
from django.urls import reverse

from tests import factories
from tests.admin import walk
from tests.worlds import world
from tracker.choices import IntakeState, Role, Status
from tracker.extraction import read_here
from tracker.models import Action, BoardMeeting, Challenge, Membership, Report, StatutoryStep, User
from tracker.rules.authority_settings import LIMITS
from tracker.services import board, evidence, extensions, intake, reference

AT = factories.at(2012, 10, 1)


@pytest.fixture
def written():
    """The kinds of the events written since the last time it was asked."""
    before = len(factories.events())

    def since():
        nonlocal before
        kinds, before = factories.events()[before:], len(factories.events())
        return kinds

    return since


def page(row, name):
    return reverse(f"{walk.stem(type(row))}_page", args=[row.pk, name])


def change(row):
    return reverse(f"{walk.stem(type(row))}_change", args=[row.pk])


@world
def seed(rotherham):
    """The seed report of Rotherham, accepted as a plan: it has a statutory clock."""
    return factories.accepted_seed("rotherham", rotherham, by=factories.house(), moment=AT)


@world
def waiting(rotherham):
    """A seed that has been read and waits to be confirmed."""
    path = next(factories.SEEDS.glob("*rotherham*.txt"))
    data = path.read_bytes()
    reading = read_here(data, name=path.name)
    return intake.receive(data, name=path.name, authority=rotherham, by=factories.house(), at=AT, reading=reading)


@world
def asked(owned, owner):
    """An extension that the owner has asked for."""
    by = factories.acting(owner)
    return extensions.ask(owned, to_due=date(2013, 1, 31), reason="The supplier is late.", by=by, at=AT)


@world
def filed(owned, owner):
    """A file of evidence."""
    return evidence.add_file(owned, data=b"Twenty files.", name="audit.txt", by=factories.acting(owner), at=AT)


@pytest.mark.parametrize("model", walk.MODELS, ids=lambda model: model._meta.model_name)
def test_every_page_of_the_lead_s_own_records_opens(model, admin_client, asked, filed, seed, waiting, rotherham):
    addresses = [*walk.lists(model)[:2], *walk.rows_of(model, rotherham)]
    wanted = [each for each in addresses if not {"delete", "r", "download"} & set(each.split("/"))][:60]
    assert {admin_client.get(each).status_code for each in wanted} == {200}


def test_what_a_publication_date_would_move_is_shown_before_it_is_set(admin_client, seed, written):
    typed = {"on": "2012-08-20", "source": "the report's page", "version": seed.version}
    shown = admin_client.post(page(seed, "publication-date"), typed)
    assert shown.context["preview"].sentences[0].startswith("13 dates move")
    assert written() == []
    admin_client.post(page(seed, "publication-date"), {**typed, "seen": shown.context["seen"]})
    assert written() == ["publication_date_set"]
    assert Report.objects.get(pk=seed.pk).publication_date == date(2012, 8, 20)


def test_the_date_of_receipt_is_set_by_its_verb(admin_client, seed, written):
    typed = {"on": "2012-08-06", "source": "the covering e-mail", "version": seed.version}
    assert admin_client.post(page(seed, "received-date"), typed).status_code == 302
    assert written() == ["received_date_set"]


def test_a_report_s_own_page_changes_nothing(admin_client, seed):
    assert admin_client.post(change(seed), {"title": "Another title"}).status_code == 403


def test_an_intake_is_accepted_as_a_plan(admin_client, waiting, written):
    typed = {"accepted_as": "plan", "published_on": "", "source": "", "version": waiting.version}
    assert admin_client.post(page(waiting, "accept"), typed).status_code == 302
    assert written() == ["report_accepted"]


def test_a_publication_date_without_its_source_is_refused_beside_the_source(admin_client, waiting, written):
    typed = {"accepted_as": "plan", "published_on": "2012-08-10", "source": "", "version": waiting.version}
    assert "source" in admin_client.post(page(waiting, "accept"), typed).context["form"].errors
    assert written() == []


def test_an_intake_is_set_aside_with_a_reason_and_then_is_closed(admin_client, waiting, written):
    assert "reason" in admin_client.post(page(waiting, "set-aside"), {"reason": ""}).context["form"].errors
    admin_client.post(page(waiting, "set-aside"), {"reason": "A second copy"})
    waiting.refresh_from_db()
    assert (written(), waiting.state) == (["intake_set_aside"], IntakeState.SET_ASIDE)
    assert "dealt with already" in admin_client.get(page(waiting, "read-again")).content.decode()


def test_an_extension_is_granted_and_moves_the_agreed_date(admin_client, asked, written):
    admin_client.post(page(asked, "decide"), {"answer": "grant", "reason": ""})
    assert written() == ["extension_granted"]
    assert Action.objects.get(pk=asked.action_id).agreed_due == date(2013, 1, 31)


def test_an_extension_is_refused_with_a_reason_only(admin_client, asked, written):
    shown = admin_client.post(page(asked, "decide"), {"answer": "refuse", "reason": ""})
    assert shown.context["form"].errors["reason"] == ["Give a reason."]
    assert written() == []


def test_a_statutory_step_is_dated_and_met_by_its_verbs(admin_client, seed, written):
    step = seed.statutory_steps.first()
    admin_client.post(page(step, "choose-date"), {"on": "2012-10-31", "reason": "agreed with Ofsted"})
    admin_client.post(page(step, "met"), {"on": "2012-10-30", "note": "published"})
    kept = StatutoryStep.objects.get(pk=step.pk)
    assert (kept.chosen, kept.met_on) == (date(2012, 10, 31), date(2012, 10, 30))
    assert written() == ["statutory_step_changed", "statutory_step_changed"]


def blank(*names):
    """What a browser sends for tables in which there is nothing to fill in."""
    return {f"{name}-{field}_FORMS": 0 for name in names for field in ("TOTAL", "INITIAL")}


def test_a_meeting_is_planned_and_its_call_for_updates_changed(admin_client, lead, rotherham, written):
    typed = {"authority": rotherham.pk, "held_on": "06/11/2030", "updates_by": "", "notes": ""}
    admin_client.post(reverse("admin:tracker_boardmeeting_add"), {**typed, **blank("challenges")})
    meeting = BoardMeeting.objects.get(authority=rotherham)
    admin_client.post(change(meeting), {"updates_by": "30/10/2030", "notes": "", **blank("challenges")})
    assert written() == ["meeting_planned", "meeting_changed"]
    assert BoardMeeting.objects.get(pk=meeting.pk).updates_by == date(2030, 10, 30)


def test_a_second_meeting_on_a_day_is_refused_beside_the_day(admin_client, lead, rotherham, written):
    board.plan_meeting(rotherham, held_on=date(2030, 11, 6), by=factories.acting(lead), at=AT)
    written()
    typed = {"authority": rotherham.pk, "held_on": "06/11/2030", "updates_by": "", "notes": "Kept words"}
    shown = admin_client.post(reverse("admin:tracker_boardmeeting_add"), {**typed, **blank("challenges")})
    assert "held_on" in shown.context["adminform"].form.errors
    assert "Kept words" in shown.content.decode()
    assert written() == []


def test_a_challenge_is_put_and_answered_once(admin_client, rotherham, action, written):
    typed = {"authority": rotherham.pk, "text": "Is it on track?", "action": action.pk, "meeting": ""}
    admin_client.post(reverse("admin:tracker_challenge_add"), typed)
    put = Challenge.objects.get()
    admin_client.post(change(put), {"answer": "It is."})
    assert admin_client.post(change(put), {"answer": "It is not."}).status_code == 403
    assert written() == ["challenge_raised", "challenge_answered"]


def test_a_recommendation_is_answered_with_its_reason(admin_client, report, written):
    said = report.recommendations.first()
    shown = admin_client.post(
        change(said), {"response": "noted", "response_text": "", "themes": [], **blank("actions")}
    )
    assert "response_text" in shown.context["adminform"].form.errors
    typed = {"response": "noted", "response_text": "Done before.", "themes": [], **blank("actions")}
    admin_client.post(change(said), typed)
    assert written() == ["recommendation_answered"]


def test_a_file_leaves_under_its_name_and_the_trail_says_so(admin_client, filed, written):
    answer = admin_client.get(reverse("admin:tracker_evidence_download", args=[filed.pk]))
    assert b"".join(answer.streaming_content) == b"Twenty files."
    assert 'filename="audit.txt"' in answer["Content-Disposition"]
    assert written() == ["evidence_downloaded"]


def test_no_page_gives_the_private_place_of_a_file(admin_client, filed, owned):
    pages = [change(filed), change(owned), reverse("admin:tracker_evidence_changelist")]
    assert not any(filed.file.name in admin_client.get(each).content.decode() for each in pages)


def test_evidence_is_withdrawn_with_a_reason(admin_client, filed, written):
    admin_client.post(page(filed, "withdraw"), {"reason": "The wrong file"})
    assert written() == ["evidence_withdrawn"]


def test_a_lead_adds_a_person_and_then_grants_the_membership(admin_client, lead, rotherham, written):
    typed = {"email": "Ned.Ash@example.org", "name": "Ned Ash", "job_title": "", "organisation": ""}
    answer = admin_client.post(reverse("admin:tracker_user_add"), typed)
    assert answer["Location"].endswith("?email=Ned.Ash%40example.org")
    granted = {"email": "ned.ash@example.org", "authority": rotherham.pk, "role": "owner"}
    admin_client.post(reverse("admin:tracker_membership_add"), granted)
    assert written() == ["person_added", "membership_granted"]
    assert Membership.objects.get(user__name="Ned Ash").role == Role.OWNER


def test_a_role_granted_in_the_admin_is_mailed_to_the_person_and_the_leads(
    admin_client, lead, rotherham, django_capture_on_commit_callbacks
):
    ned = factories.person("Ned Ash")
    granted = {"email": ned.email, "authority": rotherham.pk, "role": "owner"}
    with django_capture_on_commit_callbacks(execute=True):
        admin_client.post(reverse("admin:tracker_membership_add"), granted)
    assert [each.to for each in mail.outbox] == [[ned.email], [lead.email]]


def test_a_lead_cannot_open_the_admin_to_anybody(admin_client, lead):
    typed = {"email": "ned.ash@example.org", "name": "Ned Ash", "is_staff": "on", "is_superuser": "on"}
    admin_client.post(reverse("admin:tracker_user_add"), typed)
    made = User.objects.get(name="Ned Ash")
    assert (made.is_staff, made.is_superuser) == (False, False)


def test_a_lead_changes_their_own_details_and_no_colleague_s(admin_client, lead, owner, written):
    admin_client.post(change(lead), {"name": "Amina Lark", "job_title": "Head of quality", "organisation": ""})
    assert written() == ["person_changed"]
    assert admin_client.post(change(owner), {"name": "Somebody Else"}).status_code == 403


def test_when_somebody_last_signed_in_is_not_shown(admin_client, lead, owner):
    owner.last_login = factories.at(2031, 7, 4)
    owner.save(update_fields=["last_login"])
    pages = [change(owner), change(owner.memberships.get()), reverse("admin:tracker_user_changelist")]
    assert not any("2031" in admin_client.get(each).content.decode() for each in pages)


def test_a_membership_elsewhere_cannot_be_granted(admin_client, lead, owner, staffordshire, written):
    typed = {"email": owner.email, "authority": staffordshire.pk, "role": "owner"}
    shown = admin_client.post(reverse("admin:tracker_membership_add"), typed)
    assert "authority" in shown.context["adminform"].form.errors
    assert written() == []


def test_a_membership_held_already_is_refused_beside_the_address(admin_client, lead, owner, rotherham, written):
    typed = {"email": owner.email, "authority": rotherham.pk, "role": "owner"}
    shown = admin_client.post(reverse("admin:tracker_membership_add"), typed)
    assert "already" in str(shown.context["adminform"].form.errors["email"])
    assert written() == []


def test_a_membership_ends_with_its_open_actions_handed_over(admin_client, lead, owner, owned, written):
    held = owner.memberships.get()
    shown = admin_client.post(page(held, "end"), {"reason": "Has left", "hand_over_to": ""})
    assert "say who takes over" in str(shown.context["form"].errors["hand_over_to"])
    assert written() == []
    admin_client.post(page(held, "end"), {"reason": "Has left", "hand_over_to": lead.pk})
    assert written() == ["membership_ended", "action_assigned"]
    assert Action.objects.get(pk=owned.pk).owner == lead


def test_a_deputy_is_named_for_some_days(admin_client, lead, owner, written):
    typed = {"deputy": lead.pk, "first_day": "2030-07-01", "deputy_to": "2030-07-31"}
    admin_client.post(page(owner.memberships.get(), "deputy"), typed)
    assert written() == ["deputy_named"]


def test_an_authority_s_settings_are_changed_by_their_verb(admin_client, lead, rotherham, written):
    typed = {"silent_days": "45", "default-ilacs": "within 3 months", "reminder-overdue": "1, 3, weekly"}
    answer = admin_client.post(page(rotherham, "settings"), {**typed, "reason": "agreed", "version": 1})
    rotherham.refresh_from_db()
    assert (answer.status_code, written()) == (302, ["authority_settings_changed"])
    assert rotherham.settings == {
        "silent_days": 45,
        "family_defaults": {"ilacs": "within 3 months"},
        "reminders": {"overdue": ["1", "3", "weekly"]},
    }


def test_no_setting_is_lost_by_saving_the_admin_s_page_as_it_was_opened(admin_client, lead, rotherham):
    kept = {name: low for name, (low, _) in LIMITS.items()}
    reference.change_settings(rotherham, settings=kept, by=factories.acting(lead), at=factories.at(2012, 9, 1))
    form = admin_client.get(page(rotherham, "settings")).context["form"]
    typed = {name: "" if value is None else value for name, value in form.initial.items()}
    admin_client.post(page(rotherham, "settings"), {**typed, "reason": "agreed", "version": 2})
    rotherham.refresh_from_db()
    assert rotherham.settings == kept


def test_settings_changed_meanwhile_are_not_overwritten_in_the_admin(admin_client, lead, rotherham):
    reference.change_settings(
        rotherham, settings={"silent_days": 45}, by=factories.acting(lead), at=factories.at(2012, 9, 1)
    )
    shown = admin_client.post(page(rotherham, "settings"), {"due_soon_days": "21", "reason": "agreed", "version": 1})
    rotherham.refresh_from_db()
    assert rotherham.settings == {"silent_days": 45}
    page_now = shown.content.decode()
    assert "Somebody else has changed Rotherham" in page_now and "No news: 45 days" in page_now


def test_a_setting_that_makes_no_sense_is_refused_and_what_was_typed_stays(admin_client, lead, rotherham, written):
    typed = {"default-ilacs": "some day", "reason": "agreed", "version": 1}
    shown = admin_client.post(page(rotherham, "settings"), typed)
    assert "some day" in shown.content.decode()
    assert shown.context["form"].errors
    assert written() == []


def test_a_page_that_does_not_exist_is_not_found(admin_client, action):
    assert admin_client.get(page(action, "nothing-of-the-kind")).status_code == 404


def test_every_status_has_its_word_in_the_filter(admin_client, action):
    text = admin_client.get(reverse("admin:tracker_action_changelist")).content.decode()
    assert all(status.label in text for status in Status)
