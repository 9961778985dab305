"""The pages on which an action is worked: steps, ratings, measures, second looks, answers, splitting, moving."""

from datetime import date

from django.urls import reverse

from tests import factories
from tests.factories import acting, at
from tests.web.test_actions import parts, post, shown
from tests.worlds import world
from tracker.choices import Delivery, Impact, Move, Response, Status
from tracker.models import Action
from tracker.services import actions, evidence, measures, moves, ratings, steps

NOW = at(2012, 10, 1)


@world
def step(owned, owner):
    return steps.add_step(owned, text="Read the files", due_on=None, by=acting(owner), at=NOW)


@world
def measure(owned, owner):
    given = {"baseline": "40%", "current": "52%", "as_at": date(2012, 9, 3)}
    return measures.add_measure(owned, name="Seen alone", by=acting(owner), at=NOW, **given)


@world
def closed(owned, owner, lead):
    factories.submitted(owned, by=owner)
    return moves.move(owned, Move.SIGN_OFF, by=acting(lead), at=at(2012, 11, 2))


def test_a_step_is_added_with_its_date(as_owner, owned):
    answer = post(as_owner, "add-step", owned, text="Read", **parts("due_on", date(2026, 3, 2)))
    assert answer.url.endswith("#steps")
    assert (owned.steps.get().text, owned.steps.get().due_on) == ("Read", date(2026, 3, 2))


def test_an_empty_step_is_told_beside_its_field(as_owner, owned):
    assert "Say what the step is." in shown(post(as_owner, "add-step", owned, text=""), "text")


def test_an_owner_ticks_a_step_by_its_one_button_and_takes_it_back(as_owner, step):
    as_owner.post(reverse("step-done", args=[step.pk]))
    step.refresh_from_db()
    assert step.done_on is not None
    as_owner.post(reverse("step-undone", args=[step.pk]))
    step.refresh_from_db()
    assert step.done_on is None


def test_an_owner_s_button_is_a_form_that_sends_and_a_lead_s_one_that_asks(client, owner, lead, owned, step):
    forms = {}
    for who in (owner, lead):
        client.force_login(who)
        page = client.get(reverse("action", args=[owned.pk])).content.decode()
        forms[who.name] = [m for m in ("post", "get") if f'<form method="{m}" action="/steps/{step.pk}/done/"' in page]
    assert forms == {"Ben Moss": ["post"], "Amina Lark": ["get"]}


def test_a_lead_ticks_on_the_owner_s_behalf(as_lead, step, owner):
    post(as_lead, "step-done", step, on_behalf_of="on")
    step.refresh_from_db()
    assert (step.done_by.name, step.done_for) == ("Amina Lark", owner)


def test_a_tick_on_a_submitted_action_is_refused_with_the_sentence(as_owner, step, owned, owner):
    factories.submitted(owned, by=owner)
    answer = as_owner.post(reverse("step-done", args=[step.pk]), follow=True)
    assert "stand as they are while it is “Submitted, awaiting sign-off”" in answer.content.decode()


def test_a_step_is_changed_and_put_first(as_owner, owned, owner, step):
    second = steps.add_step(owned, text="Teach", due_on=None, by=acting(owner), at=NOW)
    post(as_owner, "change-step", second, text="Teach managers", place="1")
    assert [each.text for each in owned.steps.order_by("position")] == ["Teach managers", "Read the files"]


def test_the_only_step_is_asked_for_no_place(as_owner, step):
    assert "place" not in as_owner.get(reverse("change-step", args=[step.pk])).context["form"].fields


def test_a_step_is_withdrawn_with_a_reason(as_owner, owned, step):
    assert "Give a reason." in shown(post(as_owner, "withdraw-step", step, reason=""), "reason")
    post(as_owner, "withdraw-step", step, reason="done elsewhere")
    assert "Withdrawn steps (1)" in as_owner.get(reverse("action", args=[owned.pk])).content.decode()


@world
def ready(owned, owner, step):
    """An action with evidence and one step that is not done."""
    evidence.add_note(owned, title="Audit", text="Twenty files.", by=acting(owner), at=NOW)
    return owned


def test_submitting_with_open_steps_is_asked_about_once(as_owner, ready):
    answer = post(as_owner, "move", ready, "submit", note="")
    assert "1 step is not done yet." in shown(answer, "sure")
    post(as_owner, "move", ready, "submit", note="", sure="on")
    ready.refresh_from_db()
    assert ready.status == Status.SUBMITTED


def test_who_tests_the_evidence_sees_which_steps_are_not_done(as_lead, ready, owner):
    moves.move(ready, Move.SUBMIT, by=acting(owner), at=NOW)
    page = as_lead.get(reverse("move", args=[ready.pk, "sign_off"])).content.decode()
    assert "Read the files: <strong>not done</strong>" in page


def test_submitting_with_all_steps_done_asks_nothing(as_owner, ready, step, owner):
    steps.tick_step(step, done=True, by=acting(owner), at=NOW)
    post(as_owner, "move", ready, "submit", note="")
    ready.refresh_from_db()
    assert ready.status == Status.SUBMITTED


def test_a_lead_submits_on_the_owner_s_behalf_and_the_page_says_so(as_lead, ready, owner):
    post(as_lead, "move", ready, "submit", note="", sure="on", on_behalf_of="on")
    page = as_lead.get(reverse("action", args=[ready.pk])).content.decode()
    assert "by Amina Lark on behalf of Ben Moss" in page


def test_a_rating_is_lowered_and_lifted(as_lead, action):
    Action.objects.filter(pk=action.pk).update(last_heard_at=at(2199, 1, 1))
    assert "Give a reason." in shown(post(as_lead, "lower-rating", action, reason=" "), "reason")
    post(as_lead, "lower-rating", action, reason="The supplier is late.")
    action.refresh_from_db()
    assert (action.lowered_to, action.lowered_reason) == (Delivery.AMBER, "The supplier is late.")
    post(as_lead, "lift-rating", action, reason="")
    action.refresh_from_db()
    assert action.lowered_to == ""


def test_an_overdue_action_is_not_lowered(as_lead, owned):
    answer = as_lead.get(reverse("lower-rating", args=[owned.pk]), follow=True)
    assert "only green and grey can be lowered" in answer.content.decode()


def test_a_rating_lowered_meanwhile_by_another_is_shown_beside_what_was_opened(as_lead, action, lead):
    Action.objects.filter(pk=action.pk).update(last_heard_at=at(2199, 1, 1))
    address = reverse("lower-rating", args=[action.pk])
    hidden = {f.html_name: f.value() or "" for f in as_lead.get(address).context["form"].hidden_fields()}
    ratings.lower_rating(action, reason="Staff have left.", by=acting(lead), at=NOW)
    page = as_lead.post(address, {**hidden, "reason": "The supplier is late."}).content.decode()
    assert "Staff have left." in page and "The supplier is late." in page


def test_impact_is_rated_with_what_it_rests_on(as_lead, owned):
    assert "Say what the rating rests on." in shown(post(as_lead, "rate-impact", owned, impact="emerging"), "reason")
    post(as_lead, "rate-impact", owned, impact="emerging", reason="two audits")
    owned.refresh_from_db()
    assert (owned.impact, owned.impact_reason) == (Impact.EMERGING, "two audits")


def measured(client, page, row, given):
    """Send a form that has a field called name, which the other helper takes for itself."""
    return client.post(reverse(page, args=[row.pk]), given)


def test_a_measure_is_added_and_its_next_figure_keeps_the_one_before(as_owner, owned):
    first = {"name": "Seen alone", "baseline": "40%", "target": "95%", "current": "52%"}
    measured(as_owner, "add-measure", owned, {**first, **parts("as_at", date(2012, 9, 3))})
    measure = owned.measures.get()
    post(as_owner, "record-figure", measure, current="60%", **parts("as_at", date(2012, 9, 24)))
    page = as_owner.get(reverse("action", args=[owned.pk])).content.decode()
    assert "60%" in page and "52%</span> as at 3 September 2012" in page


def test_a_figure_without_its_day_is_told_beside_the_date(as_owner, measure):
    answer = post(as_owner, "record-figure", measure, current="60%")
    assert "as at which day" in shown(answer, "as_at")


def test_a_measure_is_changed(as_owner, measure):
    measured(as_owner, "change-measure", measure, {"name": "Seen", "baseline": "41%", "target": ""})
    measure.refresh_from_db()
    assert (measure.name, measure.baseline, measure.current) == ("Seen", "41%", "52%")


def test_what_has_held_stays_closed(as_lead, closed):
    post(as_lead, "look-again", closed, outcome="held", note="Nine of ten.")
    closed.refresh_from_db()
    assert (closed.status, closed.checks.get().note) == (Status.CLOSED, "Nine of ten.")


def test_what_has_slipped_is_reopened_with_a_new_date(as_lead, closed):
    assert "new due date" in shown(post(as_lead, "look-again", closed, outcome="slipped", note="Four."), "new_due")
    later = parts("new_due", date(2090, 3, 2))
    post(as_lead, "look-again", closed, outcome="slipped", note="Four.", **later)
    closed.refresh_from_db()
    assert (closed.status, closed.agreed_due) == (Status.IN_PROGRESS, date(2090, 3, 2))


def test_a_recommendation_is_answered_in_part_and_both_pages_say_so(as_lead, owned):
    recommendation = owned.recommendation
    text = "Needed unless the recommendation is accepted"
    assert text in as_lead.get(reverse("answer-recommendation", args=[recommendation.pk])).content.decode()
    refused = post(as_lead, "answer-recommendation", recommendation, response=Response.IN_PART, response_text="")
    assert "not accepted in full" in shown(refused, "response_text")
    post(as_lead, "answer-recommendation", recommendation, response=Response.IN_PART, response_text="For open cases.")
    pages = [reverse("action", args=[owned.pk]), reverse("report", args=[recommendation.report_id])]
    assert all("in part.</strong>" in as_lead.get(address).content.decode() for address in pages)


def test_an_unanswered_recommendation_counts_as_accepted(as_owner, owned):
    assert "The council accepts this." in as_owner.get(reverse("action", args=[owned.pk])).content.decode()


def test_the_answer_leads_back_to_the_action_it_was_opened_from(as_lead, owned):
    address = reverse("answer-recommendation", args=[owned.recommendation_id])
    backs = [as_lead.get(address, {"action": each}).context["back"] for each in (owned.pk, 10**9, "x", "")]
    assert backs[0] == f"/actions/{owned.pk}/#recommendation"
    assert all(back.startswith("/reports/") for back in backs[1:])


def test_a_further_action_leads_to_its_own_page(as_lead, owned):
    answer = post(as_lead, "add-action", owned.recommendation, what="Train all managers")
    made = Action.objects.get(what="Train all managers")
    assert (answer.url, made.reference) == (reverse("action", args=[made.pk]), "RTH-2012-04")
    assert owned.recommendation.actions.count() == 2


def test_an_action_is_split(as_lead, owned, owner):
    given = {"remains": "Open cases", "part_1": "Closed cases", "part_2": "", "part_3": ""}
    post(as_lead, "split", owned, **given, with_people="on", with_dates="on")
    made = Action.objects.get(split_from=owned)
    assert (made.what, made.owner, made.agreed_due) == ("Closed cases", owner, owned.agreed_due)


def test_a_split_without_words_is_told_beside_its_box(as_lead, owned):
    answer = post(as_lead, "split", owned, remains="Open cases", part_1="", part_2="", part_3="")
    assert "Say what the new action will do." in shown(answer, "part_1")


def test_an_action_is_moved_to_another_recommendation(as_lead, owned, report):
    to = report.recommendations.last()
    post(as_lead, "move-to", owned, recommendation=to.pk, reason="It fits better")
    owned.refresh_from_db()
    assert (owned.recommendation, owned.reference) == (to, "RTH-2012-01")


def test_only_the_council_s_own_recommendations_can_be_chosen(as_lead, owned, staffordshire, stranger):
    theirs = factories.peer_review(staffordshire, by=stranger).recommendations.first()
    answer = post(as_lead, "move-to", owned, recommendation=theirs.pk, reason="It fits better")
    assert "Choose one from the list" in shown(answer, "recommendation")


def test_words_people_and_start_are_changed_together(as_lead, owned, owner, lead):
    given = {"what": "Read files", "outcome": "Understood", "accountable": lead.pk, "partners": [owner.pk]}
    post(as_lead, "edit-action", owned, **given, **parts("start_on", date(2026, 3, 2)))
    owned.refresh_from_db()
    found = owned.what, owned.outcome, owned.start_on, owned.accountable, list(owned.partners.all())
    assert found == ("Read files", "Understood", date(2026, 3, 2), lead, [owner])


def test_somebody_without_a_role_here_cannot_be_chosen(as_lead, owned, stranger):
    answer = post(as_lead, "edit-action", owned, what="x", accountable=stranger.pk, partners=[stranger.pk])
    assert answer.context["form"].errors.keys() == {"accountable", "partners"}


def test_people_changed_meanwhile_are_shown_beside_what_was_opened(as_lead, owned, owner, lead):
    address = reverse("edit-action", args=[owned.pk])
    hidden = {f.html_name: f.value() or "" for f in as_lead.get(address).context["form"].hidden_fields()}
    actions.edit(
        owned, what="y", outcome="", start_on=None, accountable=lead, partners=[owner], by=acting(lead), at=NOW
    )
    rows = {row[0]: row[1:3] for row in as_lead.post(address, {**hidden, "what": "z"}).context["conflict"]}
    assert (rows["Accountable lead"], rows["Partners"]) == (("Nobody", "Amina Lark"), ("None", "Ben Moss"))
