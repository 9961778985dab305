"""Whether the installation is well: asked by monitors, by the supervisor and by whoever looks after it. No secrets."""

from datetime import datetime

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tracker.rules.reminder_health import planner_is_late
from tracker.rules.written_dates import counted
from tracker.services import notices, virus

SECONDS = 2  # how long the broker may take to answer
STARTED = timezone.now()
FINE = "fine"
NOT_USED = "not used"
NOT_KNOWN = "not known"  # the database does not answer, which fails by itself


@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """200 where every part is fine, else 503 with the failing parts named. Needs no sign-in."""
    last_run, now = planner_last_run(), timezone.now()
    parts = {
        "database": database_state(),
        "broker": broker_state(),
        "planner": planner_state(last_run, now=now, since=STARTED),
        "digests": digests_state(now=now),
        "virus_check": virus_check_state(),
    }
    failing = [name for name, state in parts.items() if state not in (FINE, NOT_USED, NOT_KNOWN)]
    told = {"status": "failing" if failing else FINE, "failing": failing, **parts, "planner_last_run": last_run}
    return JsonResponse(told, status=503 if failing else 200)


def database_state() -> str:
    """Whether the database answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "does not answer"
    return FINE


def broker_state() -> str:
    """Whether the broker answers; an installation without one has nothing that plans its notices."""
    if not settings.REDIS_URL:
        return "not set: REDIS_URL is empty"
    try:
        with redis.Redis.from_url(settings.REDIS_URL, socket_timeout=SECONDS, socket_connect_timeout=SECONDS) as client:
            client.ping()
    except redis.RedisError:
        return "does not answer"
    return FINE


def virus_check_state() -> str:
    """Whether the virus check answers, where one is set: without its answer no file is kept."""
    if not settings.CLAMD_ADDRESS:
        return NOT_USED
    return FINE if virus.answers() else "does not answer"


def planner_last_run() -> datetime | None:
    """When the planner last came to its end; None where it never has, or the database does not answer."""
    try:
        return notices.last_run()
    except DatabaseError:
        return None


def planner_state(last_run: datetime | None, *, now: datetime, since: datetime) -> str:
    """Whether the planner keeps its hours; before its first run, `since` (when this process began) stands in."""
    return "late" if planner_is_late(last_run, at=now, since=since) else FINE


def digests_state(*, now: datetime) -> str:
    """Whether the digests of a working day have gone four hours after their time. Says how many have not, not whose."""
    try:
        late = notices.late_digests(at=now)
    except DatabaseError:
        return NOT_KNOWN
    return f"{counted(late, 'digest', 'digests')} not sent four hours after their time" if late else FINE
