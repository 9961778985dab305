"""How the reminders are: counts for administrators and for a monitor, of envelopes alone. No names, no words of a plan."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Q

from tracker.choices import NoticeState
from tracker.models import DIGESTS, Membership, Notice, PlannerRun
from tracker.rules.authority_settings import LIMITS, AuthoritySettings
from tracker.rules.london import day_of
from tracker.rules.reminder_health import digest_is_late, digest_time, hour_on
from tracker.services.notices.runs import last_run
from tracker.services.scheduling import Houses

WEEK = 7  # days, today included
EARLIEST = LIMITS["digest_hour"][0]


@dataclass(frozen=True)
class Health:
    """The planner's last run; envelopes sent, failed and unsent; since when the oldest unsent one waits; how many are late.

    `late` counts today's digests that are unsent four hours after their time, everywhere.
    """

    last_run: datetime | None
    sent_today: int
    sent_week: int
    failed_week: int
    unsent: int
    oldest: datetime | None
    late: int


def health(*, at: datetime, authorities: Collection[int] | None = None) -> Health:
    """How reminders are at the moment; with `authorities`, the envelopes of their people alone are counted."""
    on = day_of(at)
    rows = _of(authorities)
    sent, same_day = Q(state=NoticeState.SENT), Q(day=on)
    week = rows.filter(day__gt=on - timedelta(days=WEEK), day__lte=on).aggregate(
        of_the_day=Count("pk", filter=sent & same_day),
        sent=Count("pk", filter=sent),
        failed=Count("pk", filter=Q(state=NoticeState.FAILED)),
    )
    waiting = rows.unsent().aggregate(number=Count("pk"), oldest=Min("posted_at"))
    told = (week["of_the_day"], week["sent"], week["failed"], waiting["number"], waiting["oldest"])
    return Health(last_run(), *told, late_digests(at=at))


def _of(authorities: Collection[int] | None) -> Any:
    if authorities is None:
        return Notice.objects.all()
    held = Membership.objects.filter(user=OuterRef("recipient"), authority__in=list(authorities), ended_at=None)
    return Notice.objects.filter(Exists(held))


def late_digests(*, at: datetime) -> int:
    """How many of today's digests are unsent four hours after their time; none on a day off.

    One query while all is well: what is unsent at all is asked first, by when it was put out.
    """
    on = day_of(at)
    if not digest_is_late(hour_on(on, EARLIEST), at=at):
        return 0
    rows = Notice.objects.unsent().filter(day=on, kind__in=DIGESTS)
    moments = dict(rows.values_list("posted_at").annotate(Count("pk")).order_by())
    if not moments or not Houses().calendar.is_working_day(on):
        return 0
    runs = list(PlannerRun.objects.filter(ran_at__gte=hour_on(on, EARLIEST)).values_list("ran_at", flat=True))
    return sum(
        number if digest_is_late(moment, at=at) else _late_of(rows.filter(posted_at=moment), moment, runs, at)
        for moment, number in moments.items()
    )


def _late_of(rows: Any, posted_at: datetime, runs: list[datetime], at: datetime) -> int:
    """Of digests put out at that moment, less than four hours ago: those whose hour had come long before.

    So it is when the planner itself was late. Which hour that is, the councils of the recipient say.
    """
    before = max((run for run in runs if run < posted_at), default=None)
    if before and not digest_is_late(before, at=at):
        return 0
    on = day_of(at)
    by_person: dict[int, set[int]] = {}
    for person, settings in _settings_of(rows):
        by_person.setdefault(person, set()).add(settings.get("digest_hour", AuthoritySettings.digest_hour))
    since = (digest_time(posted_at, hours=[hour_on(on, hour) for hour in own], runs=runs) for own in by_person.values())
    return sum(digest_is_late(each, at=at) for each in since)


def _settings_of(rows: Any) -> list[tuple[int, dict[str, Any]]]:
    """Each recipient with the settings of each authority they belong to."""
    people = rows.values("recipient")
    held = Membership.objects.current().filter(user__in=people)
    return list(held.values_list("user", "authority__settings"))
