"""The page Progress and its small pictures: figures that agree with each other, and with what a person may see."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import factories
from tests.factories import acting, at
from tests.worlds import world
from tracker.choices import Delivery, Move, Role, Status
from tracker.models import Action
from tracker.services import actions, clock, memberships, moves, plan, reports

PROGRESS = reverse("progress")
ID = re.compile(r'\sid="([^"]+)"')
NAMED = re.compile(r'aria-labelledby="([^"]+)"')


@world
def second(rotherham):
    return factories.member("Greta Holm", rotherham, Role.LEAD)


@world
def lively(owned, owner, lead, second):
    """A plan of which one action is closed, one superseded, one open; and an inspection report with its clock."""
    factories.submitted(owned, by=owner)
    moves.move(owned, Move.SIGN_OFF, by=acting(lead), at=at(2012, 11, 5))
    other = Action.objects.get(reference="RTH-2012-02")
    moves.move(other, Move.SUPERSEDE, reason="A newer one", by=acting(lead), at=at(2012, 11, 6))
    by = acting(lead)
    report = factories.accepted_seed("rotherham", owned.authority, by=by, moment=at(2012, 11, 7))
    reports.set_publication_date(report, on=date(2012, 8, 10), source="the website", by=by, at=at(2012, 11, 8))
    return report


def shown(client, address=PROGRESS, **chosen):
    answer = client.get(address, chosen)
    assert answer.status_code == 200
    return answer.context, answer.content.decode()


def test_the_last_column_agrees_with_the_counts_on_the_home_page(as_lead, lively):
    tally = as_lead.get(reverse("home")).context["tally"]
    context, _ = shown(as_lead)
    (today,) = [row for row in context["picture"].rows if row.is_today]
    assert (today.total, today.counts[0]) == (tally["total"] - tally["unrated"], dict(tally["ratings"])[Delivery.BLUE])


def test_the_last_column_agrees_with_the_lists(as_lead, lively):
    context, _ = shown(as_lead)
    (today,) = [row for row in context["picture"].rows if row.is_today]
    lists = [
        as_lead.get(reverse("actions"), {"status": status}).context["pages"].count
        for status in (Status.CLOSED, Status.SUBMITTED, "open")
    ]
    assert list(today.counts) == lists and today.total > 0


def test_the_small_picture_at_home_says_what_the_page_says(as_lead, lively):
    home, page = shown(as_lead, reverse("home"))[0], shown(as_lead)[0]
    assert home["picture"].rows == page["picture"].rows


def test_every_figure_of_the_picture_stands_in_the_table(as_lead, lively):
    context, page = shown(as_lead)
    table = page[page.index("<tbody") : page.index("</tbody>")]
    cells = [re.findall(r"<td[^>]*>([^<]*)</td>", row) for row in table.split("</tr>") if "<td" in row]
    wanted = [[*row.counts, row.total, *row.due] for row in context["picture"].rows]
    assert cells == [["–" if number is None else str(number) for number in row] for row in wanted]


def test_the_picture_is_told_in_words(as_lead, lively):
    context, page = shown(as_lead)
    assert f'<title id="over-time-picture-title">{context["picture"].title}</title>' in page
    assert f"Today: {context['picture'].told}." in page and "1 closed" in context["picture"].told


def test_the_bars_add_up_to_the_counts_on_the_home_page(as_lead, lively):
    tally = as_lead.get(reverse("home")).context["tally"]
    context, _ = shown(as_lead)
    for bars in (context["by_report"], context["owners"]):
        sums = [sum(numbers) for numbers in zip(*(bar.figures for bar in bars), strict=True)]
        assert sums == [number for _, number in tally["ratings"]]
        assert sum(bar.unrated for bar in bars) == tally["unrated"] == 1


def test_every_piece_leads_to_the_actions_it_counts(as_lead, lively):
    context, _ = shown(as_lead)
    pieces = [piece for bar in (*context["by_report"], *context["owners"]) for piece in bar.pieces]
    assert len(pieces) > 3
    assert [as_lead.get(piece.address).context["pages"].count for piece in pieces] == [p.number for p in pieces]


def test_every_bar_leads_to_its_actions(as_lead, lively):
    bars = [bar for name in ("by_report", "owners") for bar in shown(as_lead)[0][name]]
    assert [as_lead.get(bar.address).context["pages"].count for bar in bars] == [bar.total for bar in bars]


def test_one_report_is_chosen_in_the_address(as_lead, lively):
    context, _ = shown(as_lead, of=f"report-{lively.pk}")
    seen = Action.objects.filter(recommendation__report=lively).count()
    assert sum(context["picture"].rows[0].counts) == seen == sum(bar.total for bar in context["owners"])


def test_one_council_is_chosen_in_the_address(client, lively, rotherham, staffordshire, lead):
    both = factories.member("Ida Fenn", staffordshire, Role.LEAD)
    memberships.grant_membership(
        user=both, authority=rotherham, role=Role.BOARD, by=factories.house(), at=at(2012, 11, 8)
    )
    factories.peer_review(staffordshire, by=both)
    client.force_login(both)
    context, _ = shown(client, of=f"council-{staffordshire.pk}")
    assert [bar.total for bar in context["by_report"]] == [3]


@pytest.mark.parametrize("of", ["council-{0}", "report-{1}"])
def test_another_council_s_plan_is_as_if_it_did_not_exist(as_stranger, lively, of):
    wanted = of.format(lively.authority_id, lively.pk)
    assert as_stranger.get(PROGRESS, {"of": wanted}).status_code == 404


@pytest.mark.parametrize("of", ["report-", "report-x", "everything", "report-99999"])
def test_what_no_choice_offers_is_not_found(as_lead, lively, of):
    assert as_lead.get(PROGRESS, {"of": of}).status_code == 404


def test_a_stranger_is_told_what_to_do_and_sees_nothing(as_stranger, lively):
    context, page = shown(as_stranger)
    assert "There is nothing to draw yet" in page and context["picture"] is None
    assert "RTH" not in page and not context["clocks"]


def test_a_partner_sees_the_progress_of_their_own_actions_alone(client, lively, rotherham, lead):
    partner = factories.member("Pia Wren", rotherham, Role.PARTNER)
    action = Action.objects.filter(recommendation__report=lively).first()
    words = {"what": "Train", "outcome": "", "start_on": None, "partners": [partner]}
    actions.edit(action, **words, by=acting(lead), at=at(2012, 11, 9))
    client.force_login(partner)
    context, page = shown(client)
    assert [bar.total for bar in (*context["by_report"], *context["owners"])] == [1, 1]
    assert "Peer review" not in page and not context["clocks"]


def test_a_board_member_sees_the_picture_at_home(client, board_member, lively):
    client.force_login(board_member)
    assert shown(client, reverse("home"))[0]["picture"].told == shown(client)[0]["picture"].told


def test_an_owner_s_home_stays_with_what_is_on_their_plate(as_owner, lively, owner, lead):
    action = Action.objects.filter(recommendation__report=lively).first()
    actions.assign(action, owner=owner, by=acting(lead), at=at(2012, 11, 9))
    assert shown(as_owner, reverse("home"))[0]["picture"] is None


def test_the_report_s_page_draws_its_progress_and_its_clock(as_lead, lively):
    context, page = shown(as_lead, reverse("report", args=[lively.pk]))
    assert [mark.state.value for mark in context["clock"].marks] == ["behind", "behind"]
    assert "The statutory clock, RTH-" in page and context["picture"].told.startswith(f"{context['tally']['total']} ")


def test_a_step_that_is_done_is_drawn_as_met(as_lead, lively, lead):
    step = lively.statutory_steps.first()
    clock.mark_met(step, on=date(2012, 9, 20), note="", by=acting(lead), at=at(2012, 11, 9))
    _, page = shown(as_lead)
    assert "met on 20 September 2012, 4 days early" in page


def test_home_draws_the_clock_that_has_a_step_to_come(as_lead, lively, lead):
    step = lively.statutory_steps.last()
    clock.choose_date(step, on=date(2099, 1, 5), reason="Ofsted agreed", by=acting(lead), at=at(2012, 11, 9))
    context, page = shown(as_lead, reverse("home"))
    assert len(context["clock"]["drawn"]) == 1 and "due Monday 5 January 2099" in page


@pytest.mark.parametrize("name", ["home", "progress", "report"])
def test_no_two_things_on_a_page_share_a_name_and_every_picture_has_its_own(as_lead, lively, name):
    page = shown(as_lead, reverse(name, args=[lively.pk] if name == "report" else []))[1]
    found = ID.findall(page)
    assert len(found) == len({*found})
    named = [one for names in NAMED.findall(page) for one in names.split()]
    assert named and {*named} <= {*found}


def test_the_figures_behind_a_picture_are_reached_by_keyboard(as_lead, lively):
    page = shown(as_lead)[1]
    assert page.count('class="govuk-details__text app-scroll"') == page.count('tabindex="0"') >= 4


@pytest.mark.parametrize("name", ["home", "progress", "report"])
def test_the_number_of_queries_does_not_grow_with_the_plan(as_lead, lively, lead, owner, name):
    address = reverse(name, args=[lively.pk] if name == "report" else [])

    def queries():
        with CaptureQueriesContext(connection) as found:
            as_lead.get(address)
        return len(found)

    queries()
    before = queries()
    item = lively.recommendations.first()
    for n in range(12):
        added = plan.add_action(item, what=f"Train {n}", by=acting(lead), at=at(2012, 11, 10))
        actions.assign(added, owner=owner, by=acting(lead), at=at(2012, 11, 10))
        moves.move(added, Move.START, by=acting(lead), at=at(2012, 11, 11))
    assert queries() == before


def test_what_was_set_aside_is_told_below_the_picture(as_lead, lively):
    assert "1 action superseded or no longer applicable: not counted" in shown(as_lead)[1]
