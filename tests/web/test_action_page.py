"""The page of one action: flat in its queries, in the order an owner needs, each button open or closed with its reason."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import factories
from tests.factories import acting, at
from tracker.choices import CheckOutcome, Impact, Move, NoteKind
from tracker.models import Action
from tracker.services import actions, evidence, extensions, looking, measures, moves, ratings, rearranging, steps

NOW = at(2012, 10, 1)
MOST_QUERIES = 22


def page_of(client, action):
    return client.get(reverse("action", args=[action.pk])).content.decode()


def filled(action, owner, lead, numbers):
    """One of each thing that hangs on an action for each number."""
    by = acting(owner)
    for n in numbers:
        actions.note(action, text=f"Week {n}", by=acting(lead), on_behalf_of=owner, at=NOW)
        evidence.add_note(action, title=f"Audit {n}", text="Ten files.", by=by, at=NOW)
        step = steps.add_step(action, text=f"Step {n}", due_on=date(2012, 9, 3), by=by, at=NOW)
        steps.tick_step(step, done=True, on_behalf_of=owner, by=acting(lead), at=NOW)
        gone = steps.add_step(action, text=f"Gone {n}", due_on=None, by=by, at=NOW)
        steps.withdraw_step(gone, reason="twice", by=by, at=NOW)
        measure = measures.add_measure(action, name=f"M{n}", current="1%", as_at=date(2012, 9, 3), by=by, at=NOW)
        measures.record_figure(measure, current="2%", as_at=date(2012, 9, 4), by=by, at=NOW)
        asked = extensions.ask(action, to_due=date(2013, 2, 1 + n), reason="floods", by=by, at=NOW)
        extensions.withdraw(asked, by=by, at=NOW)
        rearranging.split(Action.objects.get(pk=action.pk), remains="x", parts=[f"Part {n}"], by=acting(lead), at=NOW)


def queries_of(client, action):
    with CaptureQueriesContext(connection) as queries:
        page_of(client, action)
    return len(queries)


@pytest.mark.parametrize("who", ["owner", "lead", "board_member"])
def test_the_page_takes_few_queries_however_much_hangs_on_the_action(client, request, owned, owner, lead, who):
    client.force_login(request.getfixturevalue(who))
    filled(owned, owner, lead, range(1))
    page_of(client, owned)  # a session notes its use once a minute
    few = queries_of(client, owned)
    filled(owned, owner, lead, range(1, 8))
    assert queries_of(client, owned) <= few <= MOST_QUERIES


def test_the_sections_stand_in_the_order_an_owner_needs(as_owner, owned):
    found = re.findall(r"<h2[^>]*>\s*(.*?)\s*(?:<span|</h2>)", page_of(as_owner, owned))
    assert found == [
        "Next step",
        "What we will do",
        "Steps",
        "Notes",
        "Evidence",
        "Extensions",
        "Ratings and impact",
        "What you can do",
        "What the report says",
        "Key to the ratings",
    ]


def test_three_notes_are_shown_and_the_rest_is_a_click_away(as_owner, owned, owner):
    for n in range(5):
        actions.note(owned, text=f"Week {n}", by=acting(owner), at=at(2012, 10, 1 + n))
    page = as_owner.get(reverse("action", args=[owned.pk]))
    assert [note.text for note in page.context["notes"]] == ["Week 4", "Week 3", "Week 2"]
    assert "Earlier notes (2)" in page.content.decode()


def test_progress_and_what_is_overdue_are_said_in_words(as_owner, owned, owner):
    first = steps.add_step(owned, text="Read", due_on=None, by=acting(owner), at=NOW)
    steps.tick_step(first, done=True, by=acting(owner), at=NOW)
    steps.add_step(owned, text="Teach", due_on=date(2012, 10, 8), by=acting(owner), at=NOW)
    page = page_of(as_owner, owned)
    assert "1 of 2 done, 1 overdue" in page and "Overdue:</strong> it was due Monday 8 October 2012" in page


def test_the_next_step_of_an_owner_at_work_is_their_steps(as_owner, owned, owner):
    moves.move(owned, Move.START, by=acting(owner), at=NOW)
    steps.add_step(owned, text="Read", due_on=None, by=acting(owner), at=NOW)
    assert as_owner.get(reverse("action", args=[owned.pk])).context["next"].address == "#steps"


def test_an_owner_who_has_done_their_steps_is_asked_for_evidence(as_owner, owned, owner):
    moves.move(owned, Move.START, by=acting(owner), at=NOW)
    step = steps.add_step(owned, text="Read", due_on=None, by=acting(owner), at=NOW)
    steps.tick_step(step, done=True, by=acting(owner), at=NOW)
    assert as_owner.get(reverse("action", args=[owned.pk])).context["next"].words == "Attach evidence"


def closed(action, owner, lead):
    factories.submitted(action, by=owner)
    moves.move(action, Move.SIGN_OFF, by=acting(lead), at=at(2012, 11, 2))


def test_the_next_step_of_a_lead_is_the_look_at_what_was_closed(as_lead, owned, owner, lead):
    closed(owned, owner, lead)
    assert as_lead.get(reverse("action", args=[owned.pk])).context["next"].words == "Look at it again"


def test_a_lead_who_owned_it_reads_why_they_do_not_look_again(as_lead, owned, owner, lead):
    closed(owned, owner, lead)
    Action.objects.filter(pk=owned.pk).update(owner=lead)
    assert "Somebody who neither owned nor submitted" in page_of(as_lead, owned)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("Add a step", "stand as they are while it is “Closed”"),
        ("Split it", "Only an open action is split or moved"),
        ("Lower the delivery rating", "only green and grey can be lowered"),
    ],
)
def test_what_is_closed_is_greyed_with_its_reason(as_lead, owned, owner, lead, words, reason):
    closed(owned, owner, lead)
    greyed = re.findall(r"<button[^>]* disabled[^>]*>(.*?)</button> <span[^>]*>(.*?)</span>", page_of(as_lead, owned))
    assert any(words == button and reason in why for button, why in greyed)


def test_an_owner_is_offered_neither_the_ratings_nor_the_plan(as_owner, owned):
    offers = as_owner.get(reverse("action", args=[owned.pk])).context["offers"]
    assert (offers.ratings, offers.plan, offers.look) == ((), (), None)


def test_a_board_member_sees_steps_ratings_and_measures_and_is_offered_nothing(
    client, board_member, owned, owner, lead
):
    filled(owned, owner, lead, range(1))
    ratings.rate_impact(owned, impact=Impact.EMERGING, reason="two audits", by=acting(lead), at=NOW)
    client.force_login(board_member)
    page = page_of(client, owned)
    assert "1 of 1 done" in page and "two audits" in page and "1%</span> as at 3 September 2012" in page
    main = page[page.index("<main") : page.index("</main>")]
    assert "<form" not in main and "govuk-button" not in main


def test_a_lowered_rating_says_why_and_by_whom(as_owner, owned, lead):
    ratings.lower_rating(owned, reason="The supplier is late.", by=acting(lead), at=NOW)
    assert "Lowered by Amina Lark: The supplier is late." in page_of(as_owner, owned)


def test_a_lead_is_told_that_they_may_write_for_the_owner(as_lead, as_owner, owned, owner):
    steps.add_step(owned, text="Read", due_on=None, by=acting(owner), at=NOW)
    assert "on behalf of Ben Moss" not in page_of(as_owner, owned)


def test_what_a_lead_does_for_the_owner_is_told_with_both_names(as_lead, owned, owner, lead):
    actions.note(owned, text="By telephone.", kind=NoteKind.UPDATE, on_behalf_of=owner, by=acting(lead), at=NOW)
    history = as_lead.get(reverse("action", args=[owned.pk])).context["history"]
    assert history[0].who == "Amina Lark on behalf of Ben Moss"


def test_evidence_added_for_the_owner_is_told_with_both_names(as_lead, owned, owner, lead):
    evidence.add_note(owned, title="Audit", text="Ten.", on_behalf_of=owner, by=acting(lead), at=NOW)
    history = as_lead.get(reverse("action", args=[owned.pk])).context["history"]
    assert history[0].who == "Amina Lark on behalf of Ben Moss"


def test_a_split_is_told_on_both_pages_and_in_both_histories(as_lead, owned, lead):
    (new,) = rearranging.split(owned, remains="x", parts=["Train managers"], by=acting(lead), at=NOW)
    told = {
        which.reference: as_lead.get(reverse("action", args=[which.pk])).context["history"][0].what
        for which in (owned, new)
    }
    assert told == {"RTH-2012-01": "Split: RTH-2012-04 came of it", "RTH-2012-04": "Split from RTH-2012-01"}
    assert "came of it" in page_of(as_lead, owned) and "Split from <a" in page_of(as_lead, new)


def test_a_move_is_told_on_the_page_in_the_history_and_where_it_was(as_lead, owned, lead, report):
    rearranging.move_to(owned, report.recommendations.last(), reason="It fits better", by=acting(lead), at=NOW)
    page = as_lead.get(reverse("action", args=[owned.pk]))
    assert page.context["history"][0].what.startswith("Moved here from RTH-2012")
    assert "recommendation 1 of Peer review of early help</a>: It fits better" in page.content.decode()
    assert "was moved from here" in as_lead.get(reverse("report", args=[report.pk])).content.decode()


def test_a_second_look_is_told_with_what_was_found(as_lead, owned, owner, lead):
    closed(owned, owner, lead)
    looking.look_again(owned, outcome=CheckOutcome.HELD, note="Nine of ten.", by=acting(lead), at=at(2013, 5, 3))
    page = as_lead.get(reverse("action", args=[owned.pk]))
    first = page.context["history"][0]
    assert (first.what, first.words) == ("Looked at again: the change has held", "Nine of ten.")
    assert "Nine of ten." in page.content.decode()


def test_home_lists_the_closed_actions_whose_day_has_come(as_lead, owned, owner, lead):
    closed(owned, owner, lead)
    page = as_lead.get(reverse("home"))
    assert list(page.context["decisions"]["looks"]) == [owned]
    assert reverse("look-again", args=[owned.pk]) in page.content.decode()


def test_a_closed_action_whose_day_is_to_come_is_not_listed(as_lead, owned, owner, lead):
    closed(owned, owner, lead)
    Action.objects.filter(pk=owned.pk).update(next_check_on=date(2199, 1, 1))
    assert list(as_lead.get(reverse("home")).context["decisions"]["looks"]) == []


def test_a_board_member_is_told_that_evidence_may_be_there_which_they_do_not_see(client, owned, owner, board_member):
    evidence.add_note(owned, text="Ten files.", title="Audit", by=acting(owner), at=at(2012, 10, 1))
    client.force_login(board_member)
    page = page_of(client, owned)
    assert "Confidential evidence is tested by a lead" in page and "No evidence yet." not in page


def test_who_tests_the_evidence_may_return_it_from_the_next_step(as_lead, owned, owner):
    factories.submitted(owned, by=owner)
    first = page_of(as_lead, owned).split("What we will do")[0]
    assert f"/actions/{owned.pk}/move/return/" in first and f"/actions/{owned.pk}/move/sign_off/" in first
