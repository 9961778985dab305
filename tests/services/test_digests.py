"""Who gets which digest on which day: decided when it is sent, once, and never when nothing is left to say."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.factories import acting, at, house, member
from tests.mornings import delivered, filled, kinds, lines, morning, planned
from tests.worlds import world
from tracker import filters
from tracker.choices import DueKind, Move, NoteKind, NoticeKind, NoticeState, Occasion, Role
from tracker.models import Action, Due, Notice, Told
from tracker.rules.position import position
from tracker.services import actions, board, deputies, extensions, memberships, moves, notices, reference

pytestmark = pytest.mark.django_db

# Monday 3 December 2012 is the day on which the owned action is due.


@world
def alone(owned, rotherham, lead):
    """The action due on 3 December 2012, and no other in the plan that anybody is told of. The lead's week is Friday's."""
    reference.change_settings(rotherham, settings={"digest_weekday": 4}, by=acting(lead), at=at(2012, 9, 1))
    Action.objects.exclude(pk=owned.pk).update(next_notice_on=None)
    return owned


@world
def quiet(alone):
    """The same after everything up to 30 November was told: the next word is about the day itself."""
    for day in (4, 5):
        morning(2012, 9, day)
    for day in (19, 26, 30):
        morning(2012, 11, day)
    return alone


def owner_hears(letters, owner):
    return kinds(letters[owner.name]) if owner.name in letters else set()


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ((2012, 11, 30), {DueKind.BEFORE_DUE}),  # one day before falls on a Sunday: told on the Friday
        ((2012, 12, 3), {DueKind.DUE_TODAY}),
        ((2012, 12, 4), {DueKind.OVERDUE}),
        ((2012, 12, 6), set()),
        ((2012, 12, 7), {DueKind.OVERDUE}),
    ],
)
def test_the_owner_is_told_the_day_before_on_the_day_and_after_it(alone, owner, day, told):
    for number in (19, 26, 30):
        found = morning(2012, 11, number)
        if day == (2012, 11, number):
            assert owner_hears(found, owner) == told
    for number in range(3, 8):
        found = morning(2012, 12, number)
        if day == (2012, 12, number):
            assert owner_hears(found, owner) == told


def test_nothing_goes_out_on_a_day_off(quiet):
    assert [planned(2012, 12, day, 9) for day in (1, 2)] == [0, 0]


def test_nothing_goes_out_at_christmas_and_it_goes_on_the_next_working_day(quiet, owner):
    """Due on 3 December and overdue: the word of 16 days after falls on Wednesday 19, the next on Boxing Day."""
    for day in (3, 4, 5, 7, 11, 19, 24):
        morning(2012, 12, day)
    assert [owner_hears(morning(2012, 12, day), owner) for day in (25, 26)] == [set(), set()]
    assert owner_hears(morning(2012, 12, 27), owner) == {DueKind.OVERDUE}


@pytest.mark.parametrize(
    ("moment", "posted"), [((2012, 12, 3, 7, 59), 0), ((2012, 12, 3, 8, 0), 1), ((2012, 12, 3, 20, 0), 1)]
)
def test_nothing_goes_out_before_the_council_s_hour(quiet, moment, posted):
    assert planned(*moment) == posted


@pytest.mark.parametrize(
    ("due", "before", "after"),
    [
        # Summer time ends on Sunday 28 October 2012 and begins on Sunday 31 March 2013.
        (date(2012, 10, 26), (2012, 10, 26, 6, 59), (2012, 10, 26, 7, 0)),
        (date(2012, 10, 29), (2012, 10, 29, 7, 59), (2012, 10, 29, 8, 0)),
        (date(2013, 3, 28), (2013, 3, 28, 7, 59), (2013, 3, 28, 8, 0)),
        (date(2013, 4, 2), (2013, 4, 2, 6, 59), (2013, 4, 2, 7, 0)),
    ],
)
def test_eight_o_clock_is_london_s_on_both_sides_of_the_clock_changes(report, lead, owner, due, before, after):
    action = actions.assign(Action.objects.first(), owner=owner, by=acting(lead), at=at(2012, 9, 4))
    actions.set_first_due(action, due=due, reason="agreed", by=acting(lead), at=at(2012, 9, 4))
    Action.objects.exclude(pk=action.pk).update(next_notice_on=None)
    Due.objects.all().delete()
    posted = []
    for moment in (before, after):
        planned(*moment)
        posted.append(Notice.objects.filter(recipient=owner).exists())
    assert posted == [False, True]


def test_an_action_due_on_29_february_is_told_on_that_day(report, lead, owner):
    action = actions.assign(Action.objects.first(), owner=owner, by=acting(lead), at=at(2015, 9, 4))
    actions.set_first_due(action, due=date(2016, 2, 29), reason="agreed", by=acting(lead), at=at(2015, 9, 4))
    assert DueKind.DUE_TODAY in owner_hears(morning(2016, 2, 29), owner)


def test_a_run_that_was_missed_for_days_tells_the_latest_once(quiet, owner):
    found = morning(2012, 12, 6)
    assert [owing.threshold for owing in found[owner.name].why] == ["2012-12-03/2"]


def test_a_second_run_of_the_day_puts_out_no_second_envelope(quiet):
    assert (planned(2012, 12, 3, 9), planned(2012, 12, 3, 10)) == (1, 0)


def test_nobody_gets_a_second_digest_on_one_day(quiet, owner, lead):
    morning(2012, 12, 3)
    other = Action.objects.exclude(pk=quiet.pk).first()
    actions.assign(other, owner=owner, by=acting(lead), at=at(2012, 12, 3, 11))
    assert owner_hears(morning(2012, 12, 3, hour=12), owner) == set()
    assert DueKind.ASSIGNED in owner_hears(morning(2012, 12, 4), owner)


def test_a_digest_lists_all_that_is_on_the_plate(quiet, owner, lead):
    other = Action.objects.exclude(pk=quiet.pk).first()
    actions.assign(other, owner=owner, by=acting(lead), at=at(2012, 11, 30, 12))
    letter = morning(2012, 12, 3)[owner.name]
    assert set(lines(letter)) == {quiet.reference, other.reference}


def test_what_makes_the_mail_go_out_is_marked_as_new(quiet, owner):
    letter = morning(2012, 12, 3)[owner.name]
    assert [(line.reference, line.new) for section in letter.digest.sections for line in section.lines] == [
        (quiet.reference, True)
    ]


def test_at_acceptance_one_word_is_owed_that_it_is_yours_and_nothing_of_what_had_passed(rotherham, lead, owner):
    report = factories.accepted_seed("rotherham", rotherham, by=acting(lead), moment=at(2013, 3, 4))
    action = report.recommendations.first().actions.get()
    actions.assign(action, owner=owner, by=acting(lead), at=at(2013, 3, 4))
    assert owner_hears(morning(2013, 3, 5), owner) == {DueKind.ASSIGNED}


def test_what_was_closed_between_planning_and_sending_is_not_told(quiet, owner, lead):
    planned(2012, 12, 3, 9)
    evidence_and_submission(quiet, owner)
    moves.move(fresh(quiet), Move.SIGN_OFF, by=acting(lead), at=at(2012, 12, 3, 9, 20))
    letters = delivered(filled(2012, 12, 3, 10), 2012, 12, 3, 10)
    assert letters[owner.name].digest is None


def test_an_envelope_with_nothing_left_to_say_says_so(quiet, owner):
    planned(2012, 12, 3, 9)
    evidence_and_submission(quiet, owner)
    delivered(filled(2012, 12, 3, 10), 2012, 12, 3, 10)
    kept = Notice.objects.get(day=date(2012, 12, 3))
    assert (kept.state, kept.last_error) == (NoticeState.SKIPPED, "Nothing was left to say.")


def test_a_reason_that_has_gone_is_settled_and_makes_no_further_envelope(quiet, owner):
    planned(2012, 12, 3, 9)
    evidence_and_submission(quiet, owner)
    delivered(filled(2012, 12, 3, 10), 2012, 12, 3, 10)
    assert planned(2012, 12, 3, 11) == 0


def evidence_and_submission(action, owner):
    factories.evidence.add_note(
        action, title="Audit", text="Done.", by=acting(owner), at=at(2012, 12, 3, 9), confidential=False
    )
    moves.move(fresh(action), Move.SUBMIT, by=acting(owner), at=at(2012, 12, 3, 9, 10))


def fresh(action):
    return Action.objects.get(pk=action.pk)


@world
def second(rotherham):
    return member("Dora Field", rotherham, Role.OWNER)


def test_an_owner_changed_between_planning_and_sending_the_new_one_is_told(quiet, owner, lead, second):
    planned(2012, 12, 3, 9)
    actions.assign(fresh(quiet), owner=second, by=acting(lead), at=at(2012, 12, 3, 9, 30))
    delivered(filled(2012, 12, 3, 10), 2012, 12, 3, 10)
    found = morning(2012, 12, 3, hour=11)
    assert (owner_hears(found, owner), owner_hears(found, second)) == (set(), {DueKind.ASSIGNED, DueKind.DUE_TODAY})


def test_a_leaver_is_not_told_and_the_leads_are(quiet, owner, lead):
    owner.memberships.update(ended_at=at(2012, 11, 30, 13), ended_by=lead)
    found = morning(2012, 12, 3)
    assert (owner.name in found, DueKind.DUE_TODAY in kinds(found[lead.name])) == (False, True)


def test_somebody_who_may_not_sign_in_any_more_is_not_told(quiet, owner):
    planned(2012, 12, 3, 9)
    type(owner).objects.filter(pk=owner.pk).update(is_active=False)
    assert filled(2012, 12, 3, 10)[owner.name].digest is None


def test_a_deputy_is_told_in_the_owner_s_place(quiet, owner, lead, second):
    away = {"first_day": date(2012, 12, 1), "last_day": date(2012, 12, 9)}
    deputies.name_deputy(owner.memberships.get(), deputy=second, **away, by=acting(lead), at=at(2012, 11, 30))
    found = morning(2012, 12, 3)
    assert (owner.name in found, lines(found[second.name])) == (False, [quiet.reference])


def test_a_deputy_is_told_in_whose_place(quiet, owner, lead, second):
    away = {"first_day": date(2012, 12, 1), "last_day": date(2012, 12, 9)}
    deputies.name_deputy(owner.memberships.get(), deputy=second, **away, by=acting(lead), at=at(2012, 11, 30))
    (section,) = morning(2012, 12, 3)[second.name].digest.sections
    assert section.lines[0].says == (
        "due today, Monday 3 December 2012; you stand in for Ben Moss; no news for 91 days"
    )


def test_long_overdue_work_is_told_to_the_accountable_lead(quiet, owner, lead, second):
    actions.edit(
        fresh(quiet),
        what=quiet.what,
        outcome="",
        accountable=second,
        start_on=None,
        partners=[],
        by=acting(lead),
        at=at(2012, 12, 1),
    )
    for day in (3, 4, 5, 7):
        morning(2012, 12, day)
    found = morning(2012, 12, 11)
    assert (kinds(found[second.name]), lines(found[second.name], "Long overdue")) == (
        {DueKind.ESCALATED_TO_LEAD},
        [quiet.reference],
    )


def test_where_no_accountable_lead_is_named_the_council_s_leads_are_told(quiet, lead):
    for day in (3, 4, 5, 7):
        morning(2012, 12, day)
    assert DueKind.ESCALATED_TO_LEAD in kinds(morning(2012, 12, 11)[lead.name])


def test_the_director_is_told_after_thirty_days(quiet, rotherham, lead):
    director = member("Erin Vale", rotherham, Role.OWNER)
    reference.set_director(rotherham, director=director, by=acting(lead), at=at(2012, 12, 1))
    for day in (3, 4, 5, 7, 11, 19, 27):
        assert director.name not in morning(2012, 12, day)
    found = morning(2013, 1, 2)[director.name]
    assert (kinds(found), lines(found, "Long overdue")) >= ({DueKind.ESCALATED_TO_DIRECTOR}, [quiet.reference])


def test_who_stands_in_for_the_accountable_lead_is_told_of_long_overdue_work(quiet, owner, lead, second, rotherham):
    accountable = member("Erin Vale", rotherham, Role.OWNER)
    words = {"what": quiet.what, "outcome": "", "start_on": None, "partners": []}
    actions.edit(fresh(quiet), **words, accountable=accountable, by=acting(lead), at=at(2012, 12, 1))
    away = {"first_day": date(2012, 12, 9), "last_day": date(2012, 12, 20)}
    deputies.name_deputy(accountable.memberships.get(), deputy=second, **away, by=acting(lead), at=at(2012, 12, 1))
    for day in (3, 4, 5, 7):
        morning(2012, 12, day)
    assert lines(morning(2012, 12, 11)[second.name], "Long overdue") == [quiet.reference]


def test_who_stands_in_for_the_director_is_told_after_thirty_days(quiet, rotherham, lead, second):
    director = member("Erin Vale", rotherham, Role.OWNER)
    reference.set_director(rotherham, director=director, by=acting(lead), at=at(2012, 12, 1))
    away = {"first_day": date(2013, 1, 1), "last_day": date(2013, 1, 4)}
    deputies.name_deputy(director.memberships.get(), deputy=second, **away, by=acting(lead), at=at(2012, 12, 1))
    for day in (3, 4, 5, 7, 11, 19, 27):
        morning(2012, 12, day)
    assert quiet.reference in lines(morning(2013, 1, 2)[second.name], "Long overdue")


def test_help_that_is_asked_for_is_told_to_the_leads(quiet, owner, lead):
    morning(2012, 12, 3)
    actions.note(fresh(quiet), text="We are stuck.", kind=NoteKind.HELP, by=acting(owner), at=at(2012, 12, 3, 15))
    found = morning(2012, 12, 4)[lead.name]
    assert (Occasion.HELP_ASKED in kinds(found), lines(found, "Waiting for you")) == (True, [quiet.reference])


def test_help_that_was_found_meanwhile_is_not_told(quiet, owner, lead):
    morning(2012, 12, 3)
    actions.note(fresh(quiet), text="We are stuck.", kind=NoteKind.HELP, by=acting(owner), at=at(2012, 12, 3, 15))
    actions.note(fresh(quiet), text="Solved.", by=acting(owner), at=at(2012, 12, 3, 16))
    assert lead.name not in morning(2012, 12, 4)


def test_an_extension_that_waits_is_told_with_the_way_to_decide(quiet, owner, lead):
    asked = extensions.ask(
        fresh(quiet), to_due=date(2013, 1, 31), reason="floods", by=acting(owner), at=at(2012, 12, 3, 12)
    )
    found = morning(2012, 12, 5)[lead.name]
    line = next(line for section in found.digest.sections for line in section.lines if line.place.name == "EXTENSION")
    assert (line.number, DueKind.EXTENSION_WAITING in kinds(found)) == (asked.pk, True)


def test_a_note_s_words_stand_in_no_mail(quiet, owner, lead):
    actions.note(
        fresh(quiet), text="Kofi’s file is lost.", kind=NoteKind.HELP, by=acting(owner), at=at(2012, 12, 3, 15)
    )
    assert "Kofi" not in repr(morning(2012, 12, 4)[lead.name].digest)


@world
def closed(quiet, owner, lead, second):
    """The action closed on 4 December 2012, with an owner of others as its accountable lead; the look is due in June."""
    morning(2012, 12, 3)
    details = {"what": quiet.what, "outcome": "", "start_on": None, "accountable": second}
    actions.edit(fresh(quiet), **details, by=acting(lead), at=at(2012, 12, 3, 8))
    evidence_and_submission(quiet, owner)
    return moves.move(fresh(quiet), Move.SIGN_OFF, by=acting(lead), at=at(2012, 12, 4))


def test_a_closed_action_to_be_looked_at_is_told_to_who_may_look(closed, lead, second):
    found = morning(2013, 6, 4)
    assert (second.name in found, DueKind.CHECK_DUE in kinds(found[lead.name])) == (False, True)


def test_a_closed_action_is_listed_until_somebody_has_looked(closed, lead):
    morning(2013, 6, 4)
    later = morning(2013, 6, 7)[lead.name]  # the week's mail
    assert closed.reference in lines(later, "Waiting for you")


@world
def led(report, lead):
    """A plan of three actions without owner or date, since Monday 3 September 2012."""
    return report


def test_the_lead_s_week_comes_on_the_council_s_weekday_in_place_of_the_digest(led, lead):
    assert lead.name not in morning(2012, 9, 3)
    found = morning(2012, 9, 10)[lead.name]
    assert (found.notice.kind, found.digest.kind) == (NoticeKind.LEAD_DIGEST, NoticeKind.LEAD_DIGEST)


def week_of(letter):
    return {figure.words: figure.number for figure in letter.digest.figures[0].rows}


def test_the_lead_s_week_counts_what_has_no_owner_and_no_date(led, lead):
    found = week_of(morning(2012, 9, 10)[lead.name])
    assert (found["No owner"], found["No due date"]) == (3, 3)


def test_the_week_counts_with_the_sets_of_the_lists_it_leads_to(led, lead, rotherham):
    letter = morning(2012, 10, 8)[lead.name]
    plan, on = Action.objects.filter(authority=rotherham), date(2012, 10, 8)
    lists = {name: filters.WHEN[name][1](plan, on).count() for name in ("overdue", "silent", "none")}
    found = week_of(letter)
    assert lists == {"overdue": found["Overdue"], "silent": found["No news for a while"], "none": found["No due date"]}


def test_what_nobody_owns_is_counted_in_the_week_and_waits_for_nobody_besides(led, lead):
    for action in Action.objects.all():
        actions.set_first_due(action, due=date(2012, 9, 7), reason="agreed", by=acting(lead), at=at(2012, 9, 4))
    letter = morning(2012, 9, 10)[lead.name]
    digest = letter.digest
    assert (digest.sections, digest.counts.in_plan, digest.figures[0].overdue.total) == ((), 3, 3)


def test_the_week_is_told_once(led, lead):
    morning(2012, 9, 10)
    assert lead.name not in morning(2012, 9, 11)


def test_a_week_that_was_missed_is_told_later_in_the_week(led, lead):
    assert lead.name in morning(2012, 9, 12)


def test_a_week_that_was_missed_altogether_is_not_told_on_the_next(led, lead):
    planned(2012, 9, 10, 9)
    letter = morning(2012, 9, 17)[lead.name]
    assert [owing.threshold for owing in letter.why if owing.kind == Occasion.WEEK_FOR_LEADS] == ["2012-09-17"]


def test_without_owner_or_date_alone_no_mail_goes_out_on_other_days(led, lead):
    morning(2012, 9, 10)
    assert [lead.name in morning(2012, 9, day) for day in (11, 12, 13, 14)] == [False] * 4


def test_a_monday_that_is_a_bank_holiday_puts_the_week_on_tuesday(rotherham, lead):
    """The late summer bank holiday of 2013 is Monday 26 August."""
    factories.peer_review(rotherham, by=lead)
    assert [lead.name in morning(2013, 8, day) for day in (26, 27)] == [False, True]


def test_the_board_s_month_comes_on_the_first_working_day(led, rotherham):
    someone = member("Cy Reed", rotherham, Role.BOARD)
    letters = [morning(2012, 12, day).get(someone.name) for day in (1, 2, 3)]
    assert [letter and letter.digest.kind for letter in letters] == [None, None, NoticeKind.BOARD_DIGEST]


def test_the_board_s_month_is_the_statement_of_totals_of_its_page(led, rotherham, lead):
    someone = member("Cy Reed", rotherham, Role.BOARD)
    actions.set_first_due(
        Action.objects.first(), due=date(2012, 11, 30), reason="x", by=acting(lead), at=at(2012, 9, 4)
    )
    figures = week_of(morning(2012, 12, 3)[someone.name])
    found = position((each.standing for each in Action.objects.filter(authority=rotherham)), as_at=date(2012, 12, 3))
    wanted = {str(status.label): number for status, number in found.by_status.items() if number}
    assert figures == {
        **wanted,
        "All actions": found.total,
        "Overdue": found.overdue,
        "Overdue against the date first set": found.overdue_original,
        "Open without a due date": found.undated,
        "Signed off and closed in November": 0,
    }


def test_a_digest_tells_of_an_action_once(quiet, owner, lead):
    morning(2012, 12, 3)
    actions.note(fresh(quiet), text="We are stuck.", kind=NoteKind.HELP, by=acting(owner), at=at(2012, 12, 3, 15))
    letter = morning(2012, 12, 14)[lead.name]
    assert lines(letter).count(quiet.reference) == 1


@pytest.mark.parametrize(
    ("day", "title", "count"),
    [((11, 19), "Due soon", "soon"), ((11, 26), "Due soon", "soon"), ((11, 30), "Due this week", "this_week")],
)
def test_the_subject_counts_what_the_section_lists(alone, owner, day, title, count):
    letter = morning(2012, *day)[owner.name]
    assert (len(lines(letter, title)), getattr(letter.digest.counts, count)) == (1, 1)


@world
def called(quiet, rotherham, lead):
    """A meeting on 14 December 2012 that calls for updates by the 12th, since Monday the 3rd in the afternoon."""
    morning(2012, 12, 3)
    board.plan_meeting(
        rotherham,
        held_on=date(2012, 12, 14),
        updates_by=date(2012, 12, 12),
        by=acting(lead),
        at=at(2012, 12, 3, 15),
    )
    return quiet


def test_a_call_for_updates_goes_to_owners_with_their_list(called, owner):
    found = morning(2012, 12, 4)[owner.name]
    assert (found.digest.kind, found.digest.sections[0].title, lines(found)[:1]) == (
        NoticeKind.CALL_FOR_UPDATES,
        "An update is asked for by Wednesday 12 December 2012",
        [called.reference],
    )


def test_the_subject_of_a_call_counts_what_is_asked_about(called, owner):
    counts = morning(2012, 12, 4)[owner.name].digest.counts
    assert (counts.asked, counts.asked_overdue, counts.overdue) == (1, 1, 0)


def test_who_has_answered_is_not_called_again(called, owner):
    morning(2012, 12, 4)
    actions.note(fresh(called), text="Going well.", by=acting(owner), at=at(2012, 12, 5))
    assert Occasion.UPDATE_CALLED not in owner_hears(morning(2012, 12, 10), owner)


def test_who_has_not_answered_is_called_once_more_two_working_days_before(called, owner):
    morning(2012, 12, 4)
    assert [Occasion.UPDATE_CALLED in owner_hears(morning(2012, 12, day), owner) for day in (7, 10, 11)] == [
        False,
        True,
        False,
    ]


def test_a_meeting_that_was_cancelled_calls_nobody(called, owner, lead, rotherham):
    board.cancel_meeting(rotherham.meetings.get(), reason="called off", by=acting(lead), at=at(2012, 12, 3, 16))
    assert Occasion.UPDATE_CALLED not in owner_hears(morning(2012, 12, 4), owner)


def test_one_person_in_two_councils_gets_one_mail_with_both(quiet, owner, staffordshire, stranger):
    memberships.grant_membership(user=owner, authority=staffordshire, role=Role.OWNER, by=house(), at=at(2012, 11, 1))
    theirs = factories.peer_review(staffordshire, by=stranger).recommendations.first().actions.get()
    actions.assign(theirs, owner=owner, by=acting(stranger), at=at(2012, 11, 30, 15))
    found = morning(2012, 12, 3)[owner.name]
    assert found.digest.places == ("Rotherham", "Staffordshire")


def test_the_number_of_queries_does_not_grow_with_the_number_of_owners(
    rotherham, report, lead, django_assert_num_queries
):
    for number, action in enumerate(Action.objects.all()):
        person = member(f"Owner {'ABC'[number]}", rotherham, Role.OWNER)
        actions.assign(action, owner=person, by=acting(lead), at=at(2012, 9, 4))
    planned(2012, 9, 4, 13)
    first, *others = notices.claim(by=house(), at=at(2012, 9, 4, 13), most=500)
    with CaptureQueriesContext(connection) as one:
        notices.letters([first], at=at(2012, 9, 4, 13))
    with django_assert_num_queries(len(one)):
        assert len(notices.letters(others, at=at(2012, 9, 4, 13))) == 2


def test_an_envelope_left_over_from_yesterday_is_closed_and_its_news_goes_out_today(quiet, owner):
    planned(2012, 12, 3, 9)
    found = morning(2012, 12, 4)
    kept = Notice.objects.get(day=date(2012, 12, 3))
    assert (kept.state, owner_hears(found, owner)) == (NoticeState.SKIPPED, {DueKind.OVERDUE})


def test_an_envelope_that_could_not_be_delivered_on_its_day_has_failed(quiet):
    planned(2012, 12, 3, 9)
    (notice,) = notices.claim(by=house(), at=at(2012, 12, 3, 9), most=5)
    notices.postponed(notice, why="421 busy", by=house(), at=at(2012, 12, 3, 9))
    planned(2012, 12, 4, 9)
    kept = Notice.objects.get(pk=notice.pk)
    assert (kept.state, "421 busy" in kept.last_error) == (NoticeState.FAILED, True)


def test_what_is_claimed_is_nobody_else_s_until_the_lease_runs_out(quiet):
    planned(2012, 12, 3, 9)
    first = notices.claim(by=house(), at=at(2012, 12, 3, 9), most=5)
    again = [notices.claim(by=house(), at=at(2012, 12, 3, 9, minute), most=5) for minute in (5, 11)]
    assert [len(found) for found in (first, *again)] == [1, 0, 1]


def test_what_was_put_off_waits_longer_each_time(quiet):
    planned(2012, 12, 3, 9)
    moment, waits = at(2012, 12, 3, 9), []
    for _ in range(3):
        (notice,) = notices.claim(by=house(), at=moment, most=5)
        notices.postponed(notice, why="421 busy", by=house(), at=moment)
        until = Notice.objects.get(pk=notice.pk).not_before
        waits.append(until - moment)
        moment = until
    assert waits == [timedelta(minutes=2), timedelta(minutes=5), timedelta(minutes=15)]


def test_what_is_given_back_counts_as_no_attempt(quiet):
    planned(2012, 12, 3, 9)
    claimed = notices.claim(by=house(), at=at(2012, 12, 3, 9), most=5)
    notices.released(claimed, by=house(), at=at(2012, 12, 3, 9))
    assert list(Notice.objects.filter(day=date(2012, 12, 3)).values_list("state", "attempts")) == [("owed", 0)]


def test_what_was_told_is_kept_with_its_envelope(quiet, owner):
    morning(2012, 12, 3)
    told = Told.objects.filter(notice__day=date(2012, 12, 3))
    assert [(row.person, row.due.kind) for row in told] == [(owner, DueKind.DUE_TODAY)]
