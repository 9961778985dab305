"""What a pack tells: everything that hangs on the actions, how the plan moved, what a public pack withholds."""

from datetime import date

import pytest

from tests import factories
from tests.factories import acting, at, house
from tests.plenty import plenty
from tests.worlds import world
from tracker.choices import Move, Role, Status
from tracker.models import Action, BoardMeeting, EventBody
from tracker.rules import chain as rules
from tracker.rules.agreement import parts_missing
from tracker.rules.chain import canonical
from tracker.rules.pack import Scope
from tracker.rules.refusal import Refused
from tracker.services import actions, board, erasures, evidence, extensions, history, moves, packs
from tracker.services.movement import movement
from tracker.services.packs import rows
from tracker.services.packs.agreement import tally_of
from tracker.services.plan import add_action
from tracker.services.progress import progress_of

pytestmark = pytest.mark.django_db

LATEST = at(2013, 6, 4)
BEFORE = at(2013, 6, 2, 20)  # when all of the council's story has been told


def plan_of(authority, moment=LATEST, **more):
    return packs.plan_as_at(authority, Scope(as_at=moment, **{"confidential": True, **more}), by=house(), at=LATEST)


def told(authority, moment=LATEST, **more):
    return packs.contents(plan_of(authority, moment, **more))


@world
def there(rotherham):
    return plenty(rotherham, "rotherham")


def section_of(contents, action):
    return next(each for each in contents.sections() if each.action["action"]["reference"] == action.reference)


def test_a_section_holds_all_that_hangs_on_its_action(there):
    section = section_of(told(there.authority), there.action)
    assert [row["note"]["text"] for row in section.updates] == ["The audit has begun."]
    assert [row["evidence"]["title"] for row in section.evidence] == ["Audit", "https://example.org/minutes"]
    assert [(row["extension"]["reason"], row["asked_by"]["name"]) for row in section.extensions] == [
        ("floods", there.owner.name)
    ]
    assert [row["step"]["text"] for row in section.steps] == ["Read the files"]
    [measure] = section.measures
    assert (measure["measure"]["current"], [row["figure"] for row in measure["earlier"]]) == ("85%", ["80%"])
    assert [row["raised_by"]["name"] for row in section.challenges] == [there.board.name]


def test_the_history_of_an_action_is_told_in_the_order_of_the_trail(there):
    rows = section_of(told(there.authority), there.action).history
    kinds = [row["event"]["kind"] for row in rows]
    assert [row["event"]["sequence"] for row in rows] == sorted({row["event"]["sequence"] for row in rows})
    assert kinds[:2] == ["report_accepted", "action_assigned"]
    assert {
        "note_added",
        "evidence_added",
        "extension_asked",
        "challenge_raised",
        "impact_rated",
    } <= set(kinds)


def test_a_closed_action_says_whether_it_kept_its_dates_and_who_looked_again(there):
    section = section_of(told(there.authority), there.closed)
    assert (section.action["computed"]["in_time"], section.action["action"]["status"]) == (False, Status.CLOSED)
    assert [row["by"]["name"] for row in section.checks] == [there.lead.name]


@world
def shared(there):
    """Two actions of one recommendation, whose references follow one another."""
    add_action(
        there.report.recommendations.last(), what="Train every manager", by=acting(there.lead), at=at(2013, 6, 2)
    )
    return there


def test_a_recommendation_stands_beside_its_actions_however_few_are_read_together(shared, monkeypatch):
    together = list(told(shared.authority).actions())
    monkeypatch.setattr(rows, "TOGETHER", 1)
    assert list(told(shared.authority).actions()) == together


def test_what_the_batch_before_has_read_is_not_read_again(shared, monkeypatch):
    wanted, read = [], history.read
    monkeypatch.setattr(rows, "TOGETHER", 1)
    monkeypatch.setattr(history, "read", lambda bodies: read(wanted.append(body) or body for body in bodies))
    list(told(shared.authority).actions())
    of_recommendations = EventBody.objects.filter(subject_type="recommendation", pk__in=wanted)
    assert sorted(set(wanted) & set(of_recommendations.values_list("pk", flat=True))) == sorted(
        body for body in wanted if of_recommendations.filter(pk=body).exists()
    )


def test_people_are_named_without_their_addresses(there):
    row = next(row for row in told(there.authority).actions() if row["owner"])
    assert set(row["owner"]) == {"name", "job_title", "organisation"}


def test_the_latest_update_and_the_counts_stand_beside_the_action(there):
    row = next(row for row in told(there.authority).actions() if row["action"]["reference"] == there.action.reference)
    computed = row["computed"]
    assert computed["latest_update"]["text"] == "The audit has begun."
    assert (computed["updates"], computed["evidence"], computed["extensions"]) == (1, 2, 0)


def test_every_count_is_the_one_that_pages_show(there):
    contents = told(there.authority)
    assert packs.disagreements(plan_of(there.authority), contents, at=LATEST) == []
    assert contents.position == tally_of(there.authority, date(2013, 6, 4)).position


def test_a_row_changed_behind_the_application_s_back_is_named_by_the_counts(there):
    Action.objects.filter(pk=there.closed.pk).update(status=Status.SUBMITTED)
    plan = plan_of(there.authority)
    wrong = packs.disagreements(plan, packs.contents(plan), at=LATEST)
    assert "The pack counts 1 actions closed, the pages 0." in wrong


def test_a_pack_of_the_past_is_not_compared_with_the_rows_of_today(there):
    plan = plan_of(there.authority, at(2012, 12, 11))
    assert packs.disagreements(plan, packs.contents(plan), at=LATEST) == []


def test_the_picture_of_progress_is_the_page_s(there):
    points = told(there.authority).progress
    shown = progress_of(Action.objects.filter(authority=there.authority), user=there.lead, on=date(2013, 6, 4))
    assert points == shown.points


def test_the_cover_says_where_the_chain_stood(there):
    cover = told(there.authority, at(2012, 12, 13)).cover
    assert (cover.next_meeting, cover.demonstration, cover.chain) == ("2013-01-07", True, "authority-RTH")
    lines = list(told(there.authority, at(2012, 12, 13)).events())
    assert (lines[-1]["sequence"], lines[-1]["hash"]) == (cover.sequence, cover.head)


def test_every_line_of_the_trail_can_be_recomputed(there):
    for line in told(there.authority).events():
        records = [[*body["subject"], body["hash"]] for body in line["bodies"]]
        assert line["body"] == rules.hashlib.sha256(canonical(records)).hexdigest()
        assert all(rules.body_hash(body["salt"], body["body"]) == body["hash"] for body in line["bodies"])


# For the public ---------------------------------------------------------------------------------------------------


def words_of(contents):
    rows = [contents.actions, contents.updates, contents.evidence, contents.movement, contents.events]
    sections = [vars(section) for section in contents.sections()]
    return repr([[*each()] for each in rows]) + repr(sections)


def test_a_public_pack_tells_nothing_of_confidential_evidence_but_that_it_is_there(there):
    contents = told(there.authority, confidential=False)
    assert (contents.cover.withheld, "Ten files." in words_of(contents)) == (1, False)
    assert "Ten files." in words_of(told(there.authority))


def test_what_is_withheld_keeps_its_hash_and_says_why(there):
    bodies = [body for line in told(there.authority, confidential=False).events() for body in line["bodies"]]
    why = {body["subject"][0]: body["withheld"] for body in bodies if "withheld" in body}
    assert set(why) == {"evidence", "erasure", "intake", "spreadsheet"}
    assert all(body["hash"] and "salt" not in body for body in bodies if "withheld" in body)


def test_a_public_pack_does_not_say_why_evidence_is_to_be_erased(there):
    assert "a child is named" not in words_of(told(there.authority, confidential=False))


def test_what_is_confidential_today_is_not_told_of_a_day_on_which_it_was_open(there):
    evidence.mark(there.open_evidence, confidential=True, reason="a name", by=acting(there.lead), at=at(2013, 6, 3))
    contents = told(there.authority, BEFORE, confidential=False)
    assert (contents.cover.withheld, "minutes" in words_of(contents)) == (2, False)


def test_the_count_of_evidence_leaves_out_what_is_withheld(there):
    rows = {row["action"]["reference"]: row["computed"] for row in told(there.authority, confidential=False).actions()}
    assert rows[there.action.reference]["evidence"] == 1


# Erased -----------------------------------------------------------------------------------------------------------


@world
def erased(there):
    by = acting(there.second)
    erasures.decide_erasure(there.erasure, granted=True, by=by, at=at(2013, 6, 3))
    return there


@pytest.mark.parametrize("moment", [BEFORE, LATEST], ids=["before", "after"])
def test_what_was_erased_is_still_counted_among_the_evidence_and_says_no_more(erased, moment):
    pieces = [row["evidence"] for row in told(erased.authority, moment).evidence()]
    assert [piece["title"] for piece in pieces if piece["erased_at"]] == ["Erased after a breach"]
    assert "Ten files." not in words_of(told(erased.authority, moment))


def test_an_erased_body_says_by_whom_and_when(erased):
    bodies = [body for line in told(erased.authority).events() for body in line["bodies"] if "erased" in body]
    assert {body["erased"] for body in bodies} == {"by Amina RTH and Greta RTH on 3 June 2013"}


def test_a_body_that_is_gone_without_an_erasure_stops_the_pack(there):
    with_guards_off(lambda: EventBody.objects.filter(subject_type="evidence").update(body=None, salt=None))
    with pytest.raises(Refused, match="no longer tells of evidence"):
        list(told(there.authority).evidence())


def with_guards_off(change):
    factories.triggers.remove(factories.connection)
    change()
    factories.triggers.install(factories.connection)


# Movement ---------------------------------------------------------------------------------------------------------

THEN, NEXT = at(2012, 9, 10), at(2012, 11, 20)


@world
def moved(owned, owner, lead, rotherham):
    """After the meeting an extension is granted, another action is given away, and one more is added and superseded."""
    mine, by = acting(owner), acting(lead)
    asked = extensions.ask(owned, to_due=date(2013, 2, 1), reason="floods", by=mine, at=at(2012, 10, 8))
    extensions.decide(asked, granted=True, by=by, at=at(2012, 10, 9))
    second, third = Action.objects.exclude(pk=owned.pk).order_by("reference")
    actions.assign(second, owner=owner, by=by, at=at(2012, 11, 10))
    moves.move(third, Move.SUPERSEDE, reason="merged", by=by, at=at(2012, 11, 11))
    return owned


def how(authority, since=THEN, until=NEXT):
    return {row["action"]["reference"]: row["computed"] for row in told(authority, until, since=since).movement()}


def test_the_movement_is_what_the_board_s_page_tells_and_what_time_has_done(moved, rotherham, lead):
    found = how(rotherham)
    assert found["RTH-2012-01"]["how"] == "Due date moved; Delivery rating down; Silent: no news for a while"
    assert found["RTH-2012-02"]["how"] == "Owner changed; Delivery rating down; Silent: no news for a while"
    assert found["RTH-2012-03"]["how"] == "Superseded or no longer applicable"
    page = movement(rotherham, since=THEN, until=NEXT, by=acting(lead))
    for each in page:
        assert found[each.after["reference"]]["how"].startswith("; ".join(way.value for way in each.how))


def test_the_rating_at_both_moments_stands_beside_the_movement(moved, rotherham):
    row = how(rotherham)["RTH-2012-01"]
    assert (row["delivery_code_before"], row["delivery_code"]) == ("grey", "amber")


def test_the_movement_stands_beside_each_action_too(moved, rotherham):
    rows = {
        row["action"]["reference"]: row["computed"]["movement"] for row in told(rotherham, NEXT, since=THEN).actions()
    }
    assert rows == {reference: row["how"] for reference, row in how(rotherham).items()}


def test_without_an_earlier_moment_no_movement_is_told(moved, rotherham):
    assert (list(told(rotherham, NEXT).movement()), told(rotherham, NEXT).cover.since_sequence) == ([], None)


def test_a_cancelled_meeting_is_no_next_meeting(owned, rotherham, lead):
    meeting = board.plan_meeting(rotherham, held_on=date(2012, 12, 1), by=acting(lead), at=at(2012, 10, 1))
    board.cancel_meeting(meeting, reason="moved", by=acting(lead), at=at(2012, 10, 2))
    assert BoardMeeting.objects.exists() and told(rotherham, NEXT).cover.next_meeting == ""


def test_the_parts_of_a_plan_with_every_kind_of_action_add_up(moved, rotherham):
    assert parts_missing(tally_of(rotherham, date(2012, 11, 20))) == []


def test_a_board_member_s_pack_names_the_same_totals_as_a_lead_s(there):
    member = factories.member("Fay Quist", there.authority, Role.BOARD)
    plan = packs.plan_as_at(there.authority, Scope(LATEST), by=acting(member), at=LATEST)
    assert packs.contents(plan).position == told(there.authority).position
