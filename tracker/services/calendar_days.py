"""The days of a person's calendar, by what they may see today: due dates of their own, boards, steps of plans they lead."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Q

from tracker.access import board_authorities, led_authorities, meetings_calling, own_actions
from tracker.models import Action, BoardMeeting, EventBody, StatutoryStep, User
from tracker.rules.calendar import KEPT_DAYS, LENGTH, Entry
from tracker.rules.digest import Place
from tracker.rules.digest_words import shortened
from tracker.rules.written_dates import long_date

NEVER = datetime(2000, 1, 1, tzinfo=UTC)
Revisions = dict[int, tuple[datetime, int]]


def days_of(person: User, *, on: date) -> list[Entry]:
    """All entries; none for somebody who has no role any more, or may not sign in.

    No note, evidence or name of a child is in them: an action is named by its reference and its shortened words.
    """
    return [*_due_dates(person, on), *_boards(person, on), *_steps(person, on)]


def _due_dates(person: User, on: date) -> Iterator[Entry]:
    rows = own_actions(person, on).open().filter(agreed_due__isnull=False)
    actions = list(rows.select_related("authority", "owner", "recommendation__report").order_by("pk"))
    revised = _revisions(Action, [action.pk for action in actions])
    for action in actions:
        whose = "" if action.owner_id == person.pk else f" for {action.owner.name}"
        yield Entry(
            f"action-{action.pk}",
            action.agreed_due,
            f"Due{whose}: {action.reference} {shortened(action.what, LENGTH)}",
            f"{action.authority.short_name}: {action.recommendation.report.title}",
            Place.ACTION,
            action.pk,
            *revised.get(action.pk, (NEVER, 0)),
        )


def _boards(person: User, on: date) -> Iterator[Entry]:
    """The days of the boards whose page the person may see; the days by which updates are wanted, also of a partner."""
    seen = set(board_authorities(person, on).values_list("pk", flat=True))
    mine = Q(authority__in=seen) | Q(pk__in=meetings_calling(person, on).values("pk"))
    rows = BoardMeeting.objects.standing().filter(mine, held_on__gte=on - timedelta(days=KEPT_DAYS))
    meetings = list(rows.select_related("authority").order_by("pk"))
    revised = _revisions(BoardMeeting, [meeting.pk for meeting in meetings])
    for meeting in meetings:
        name, revision = meeting.authority.short_name, revised.get(meeting.pk, (NEVER, 0))
        open_page = meeting.authority_id in seen
        leads = (Place.MEETING, meeting.pk) if open_page else (Place.HOME, 0)
        if open_page:
            about = f"The board of {meeting.authority.name} meets."
            yield Entry(f"board-{meeting.pk}", meeting.held_on, f"Board: {name}", about, *leads, *revision)
        if meeting.call:
            about = f"For the board that meets on {long_date(meeting.held_on)}: a word on each open action."
            yield Entry(f"updates-{meeting.pk}", meeting.call[0], f"Updates wanted: {name}", about, *leads, *revision)


def _steps(person: User, on: date) -> Iterator[Entry]:
    """The statutory steps of the plans the person leads that have a day and are not met."""
    rows = StatutoryStep.objects.filter(met_on=None, report__authority__in=led_authorities(person, on))
    steps = [step for step in rows.select_related("report__authority").order_by("pk") if step.due]
    revised = _revisions(StatutoryStep, [step.pk for step in steps])
    for step in steps:
        assert step.due is not None  # noqa: S101  the list above holds no other
        yield Entry(
            f"step-{step.pk}",
            step.due,
            f"Statutory: {step.get_step_display()}, {step.report.authority.short_name}",
            str(step.report.title),
            Place.REPORT,
            step.report_id,
            *revised.get(step.pk, (NEVER, 0)),
        )


def _revisions(model: Any, numbers: list[int]) -> Revisions:
    """When the trail last told of each of these records, and how many times it had told of it before."""
    told = EventBody.objects.filter(subject_type=model.trail_type(), subject_id__in=numbers).order_by()
    found = told.values_list("subject_id").annotate(Max("event__recorded_at"), Count("pk"))
    return {number: (last.replace(microsecond=0), times - 1) for number, last, times in found}
