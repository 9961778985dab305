"""What the verbs on actions, the board, the clock, ratings and plans refuse in words, writing nothing."""

from datetime import date

import pytest

from tests import factories
from tests.factories import acting, at
from tests.worlds import world
from tracker.choices import Basis, Delivery, Family, Impact, NoteKind, Response
from tracker.models import Action
from tracker.rules.refusal import Refused
from tracker.services import actions, board, clock, measures, plan, ratings, reference, reports, steps

pytestmark = pytest.mark.django_db

NOW = at(2012, 9, 10)
DAY = date(2012, 12, 3)


def edit(action, lead, **more):
    wanted = {"what": "See them", "outcome": "", "start_on": None, **more}
    return actions.edit(action, by=acting(lead), at=NOW, **wanted)


def set_due(action, lead, due=DAY):
    return actions.set_first_due(action, due=due, reason="agreed", by=acting(lead), at=NOW)


def by_hand(authority, lead, **more):
    wanted = {"family": Family.AUDIT, "title": "Audit", "texts": ["a"], "issued_on": DAY, "source": "the audit"}
    return plan.enter_by_hand(authority=authority, by=acting(lead), at=NOW, **{**wanted, **more})


def measure(action, lead, **more):
    return measures.add_measure(action, by=acting(lead), at=NOW, **{"name": "Timely visits", **more})


REFUSALS = {
    "an action says what will be done": (lambda a, p: edit(a, p, what=" "), "what"),
    "a step says what it is": (
        lambda a, p: steps.add_step(a, text=" ", due_on=None, by=acting(p), at=NOW),
        "text",
    ),
    "an update has words": (lambda a, p: actions.note(a, text=" ", by=acting(p), at=NOW), "text"),
    "a challenge has words": (lambda a, p: board.challenge(a.authority, text=" ", by=acting(p), at=NOW), "text"),
    "updates are called for before the meeting": (
        lambda a, p: board.plan_meeting(a.authority, held_on=DAY, updates_by=date(2012, 12, 4), by=acting(p), at=NOW),
        "updates_by",
    ),
    "a plan by hand has a title": (lambda a, p: by_hand(a.authority, p, title=" "), "title"),
    "a plan by hand has a source": (lambda a, p: by_hand(a.authority, p, source=""), "source"),
    "a plan by hand has a recommendation": (lambda a, p: by_hand(a.authority, p, texts=[" "]), "texts"),
    "an inspection report is read from its file": (lambda a, p: by_hand(a.authority, p, family=Family.SIF), "family"),
    "a further action says what will be done": (
        lambda a, p: plan.add_action(a.recommendation, what=" ", by=acting(p), at=NOW),
        "what",
    ),
    "a lowered rating has a reason": (
        lambda a, p: ratings.lower_rating(a, reason=" ", by=acting(p), at=NOW),
        "reason",
    ),
    "an impact rests on something": (
        lambda a, p: ratings.rate_impact(a, impact=Impact.EMERGING, reason="", by=acting(p), at=NOW),
        "reason",
    ),
    "a measure has a name": (lambda a, p: measure(a, p, name=" "), "name"),
    "a figure says as at which day": (lambda a, p: measure(a, p, current="70%"), "as_at"),
    "a response that is no acceptance says why": (
        lambda a, p: reports.answer(a.recommendation, response=Response.IN_PART, text=" ", by=acting(p), at=NOW),
        "response_text",
    ),
    "a setting exists": (
        lambda a, p: reference.change_settings(a.authority, settings={"bogus": 1}, by=acting(p), at=NOW),
        "bogus",
    ),
    "a rating nobody lowered is not lifted": (
        lambda a, p: ratings.lift_rating(a, reason="done", by=acting(p), at=NOW),
        None,
    ),
}


@pytest.mark.parametrize("rule", REFUSALS)
def test_what_makes_no_sense_is_refused_beside_its_field(action, lead, rule):
    act, field = REFUSALS[rule]
    before = Action.objects.filter(pk=action.pk).values().get(), factories.events()
    with pytest.raises(Refused) as refused:
        act(action, lead)
    assert refused.value.field == field
    assert (Action.objects.filter(pk=action.pk).values().get(), factories.events()) == before


@pytest.mark.parametrize("kind", [NoteKind.ON_TRACK, NoteKind.NO_CHANGE, NoteKind.HELP])
def test_on_track_and_nothing_changed_need_no_words(action, lead, kind):
    assert actions.note(action, text="", kind=kind, by=acting(lead), at=NOW).kind == kind


@pytest.mark.parametrize("field", ["accountable", "partners"])
def test_whoever_stands_behind_an_action_has_a_role_that_may(action, lead, stranger, field):
    with pytest.raises(Refused, match="no role") as refused:
        edit(action, lead, **{field: [stranger] if field == "partners" else stranger})
    assert refused.value.field == field


def test_an_owner_has_a_role_that_may_hold_actions(action, lead, stranger):
    with pytest.raises(Refused, match="no role"):
        actions.assign(action, owner=stranger, by=acting(lead), at=NOW)


def test_editing_without_partners_leaves_the_partners_alone(action, lead, owner):
    edit(action, lead, partners=[owner])
    edit(action, lead)
    assert list(action.partners.all()) == [owner]


def test_giving_an_action_to_the_owner_it_has_is_no_event(owned, owner, lead):
    before = factories.events()
    kept = actions.assign(owned, owner=owner, by=acting(lead), at=NOW)
    assert (kept.assigned_on, factories.events()) == (owned.assigned_on, before)


def test_an_action_is_taken_from_its_owner(owned, lead):
    kept = actions.assign(owned, owner=None, by=acting(lead), at=NOW)
    assert (kept.owner, kept.assigned_on) == (None, None)


def test_a_date_that_is_there_moves_by_an_extension_only(owned, lead):
    with pytest.raises(Refused, match="by an extension only"):
        set_due(owned, lead, date(2013, 1, 7))


def test_an_action_that_is_not_open_is_not_dated(action, owner, lead):
    actions.assign(action, owner=owner, by=acting(lead), at=NOW)
    factories.submitted(action, by=owner)
    with pytest.raises(Refused, match="not open"):
        set_due(action, lead)


def test_a_first_date_is_original_and_agreed_and_the_person_s_own(action, lead):
    kept = set_due(action, lead)
    found = kept.original_due, kept.agreed_due, kept.due_basis, kept.original_basis, kept.due_set_by
    assert found == (DAY, DAY, Basis.CHOSEN, Basis.CHOSEN, lead)


def test_a_step_is_ticked_and_unticked(action, lead):
    step = steps.add_step(action, text="Read the files", due_on=None, by=acting(lead), at=NOW)
    ticked = steps.tick_step(step, done=True, by=acting(lead), at=NOW)
    assert (ticked.done_on, ticked.done_by) == (NOW.date(), lead)
    assert steps.tick_step(step, done=False, by=acting(lead), at=NOW).done_on is None


def test_steps_stand_in_the_order_they_were_added(action, lead):
    for text in ("first", "second"):
        steps.add_step(action, text=text, due_on=None, by=acting(lead), at=NOW)
    assert [(step.position, step.text) for step in action.steps.all()] == [(1, "first"), (2, "second")]


def test_a_rating_is_lowered_to_amber_and_never_raised(action, lead):
    kept = ratings.lower_rating(action, reason="late", by=acting(lead), at=NOW)
    assert (kept.lowered_to, kept.lowered_by) == (Delivery.AMBER, lead)
    with pytest.raises(Refused, match="lowered already"):
        ratings.lower_rating(kept, reason="late", by=acting(lead), at=NOW)


def test_a_challenge_is_about_the_authority_s_own_action(action, staffordshire, stranger):
    with pytest.raises(Refused, match="another authority"):
        board.challenge(staffordshire, text="Who checks?", action=action, by=acting(stranger), at=NOW)


def test_a_challenge_is_answered_once_and_with_words(action, lead):
    put = board.challenge(action.authority, text="Who checks?", by=acting(lead), at=NOW)
    with pytest.raises(Refused, match="Write the answer"):
        board.answer(put, text=" ", by=acting(lead), at=NOW)
    board.answer(put, text="We do.", by=acting(lead), at=NOW)
    with pytest.raises(Refused, match="answered already"):
        board.answer(put, text="Again.", by=acting(lead), at=NOW)


@world
def step(rotherham, lead):
    report = factories.accepted_seed("rotherham", rotherham, by=acting(lead), moment=NOW)
    return report.statutory_steps.first()


def test_a_chosen_date_of_a_step_has_a_reason_and_is_taken_back(step, lead):
    with pytest.raises(Refused, match="reason"):
        clock.choose_date(step, on=DAY, reason="", by=acting(lead), at=NOW)
    assert clock.choose_date(step, on=DAY, reason="agreed", by=acting(lead), at=NOW).due == DAY
    assert clock.choose_date(step, on=None, reason="a slip", by=acting(lead), at=NOW).due == step.computed


def test_a_step_met_is_met_and_not_met_after_all(step, lead):
    assert clock.mark_met(step, on=DAY, by=acting(lead), at=NOW).met_on == DAY
    assert clock.mark_met(step, on=None, by=acting(lead), at=NOW).met_on is None


def test_a_year_has_twenty_six_reports_at_most(rotherham, lead):
    made = [by_hand(rotherham, lead).series for _ in range(26)]
    assert (made[0], made[1], made[-1]) == ("2012", "2012B", "2012Z")
    with pytest.raises(Refused, match="no letter left"):
        by_hand(rotherham, lead)


@pytest.mark.parametrize("name", ["RTH", "rotherham", "Metropolitan Borough of Rotherham", " ROTHERHAM "])
def test_an_authority_is_found_by_any_of_its_names(rotherham, name):
    assert reference.authority_named(name) == rotherham


@pytest.mark.parametrize("name", ["", "Nowhere", "!"])
def test_no_authority_is_guessed(rotherham, name):
    assert reference.authority_named(name) is None


def copied(tmp_path, **texts):
    for file in reference.FILES:
        (tmp_path / file).write_text(
            texts.get(file.split(".")[0], (factories.SEEDS.parent / "fixtures" / file).read_text())
        )
    return tmp_path


def load(folder):
    return reference.load(folder, by=factories.house(), at=NOW)


def test_a_reference_file_that_is_missing_is_refused_by_name(db, tmp_path):
    (copied(tmp_path) / "themes.csv").unlink()
    with pytest.raises(Refused, match="themes.csv cannot be read"):
        load(tmp_path)


def test_a_reference_row_that_cannot_be_read_is_refused_and_nothing_is_loaded(db, tmp_path):
    text = "date,name,announced,provisional\nsoon,May Day,,no\n"
    before = factories.events()
    with pytest.raises(Refused, match="bank_holidays.csv"):
        load(copied(tmp_path, bank_holidays=text))
    assert factories.events() == before


def test_loading_what_is_so_already_writes_nothing(db, tmp_path):
    before = factories.events()
    assert (load(copied(tmp_path)), factories.events()) == (None, before)


def test_loading_leaves_an_authority_s_own_settings_alone(rotherham, lead, tmp_path):
    reference.change_settings(rotherham, settings={"silent_days": 21}, by=acting(lead), at=NOW)
    rotherham.refresh_from_db()
    rotherham.region = "elsewhere"
    rotherham.save()
    load(copied(tmp_path))
    rotherham.refresh_from_db()
    assert (rotherham.settings, rotherham.region == "elsewhere") == ({"silent_days": 21}, False)


def test_words_that_do_not_fit_are_refused_and_not_cut(owned, lead):
    with pytest.raises(Refused, match="at most 500 characters"):
        steps.add_step(owned, text="x" * 501, due_on=None, by=factories.acting(lead), at=factories.at(2012, 10, 1))


def test_a_nul_in_the_words_is_refused(owned, lead):
    with pytest.raises(Refused, match="NUL"):
        actions.note(owned, text="be\0gun", by=factories.acting(lead), at=factories.at(2012, 10, 1))
