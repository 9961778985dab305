"""What stands before every page of somebody signed in: how long a session lasts, and the second factor.

Here and nowhere else, so that no page, file or form of the site or of the admin has to remember it.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve

from tracker.models import User
from tracker.rules.doors import OFF, session_is_over
from tracker.services import second_factors
from tracker.web.acting import moment_of

BEGAN, SEEN = "session_began", "session_seen"
HELD = "held"  # what a sign-in that waits for its code was begun with: a password changed meanwhile ends it
NOTED_EVERY = timedelta(minutes=1)  # a session is written at most so often for having been used
# Where nobody signs in: the session is not even looked at, so that no answer depends on a cookie.
FOR_MACHINES = {"health", "calendar-feed"}
# All that somebody may open who has to set a second factor up first, or to show it.
OPEN = {
    "mfa_activate_totp",
    "mfa_reauthenticate",
    "account_reauthenticate",
    "account_logout",
    "account_login",
    "account_inactive",
    "favicon",
}
Answer = Callable[[HttpRequest], HttpResponse]


class SessionAgeMiddleware:
    """Ends a session that was left alone for too long, or has been open for too long."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not _is_one_of(request, FOR_MACHINES) and request.user.is_authenticated:
            _end_or_note(request)
        return self.get_response(request)


def _end_or_note(request: HttpRequest) -> None:
    now = moment_of(request)
    began, seen = _noted(request, BEGAN, now), _noted(request, SEEN, now)
    idle, longest = timedelta(minutes=settings.SESSION_IDLE_MINUTES), timedelta(seconds=settings.SESSION_COOKIE_AGE)
    if session_is_over(began, seen, at=now, idle=idle, longest=longest):
        logout(request)
        messages.info(request, "You were signed out because the page had been left alone, or open, for long.")
        return
    if SEEN not in request.session or now - seen > NOTED_EVERY:
        request.session[BEGAN], request.session[SEEN] = began.timestamp(), now.timestamp()


def _noted(request: HttpRequest, name: str, now: datetime) -> datetime:
    kept = request.session.get(name)
    return datetime.fromtimestamp(kept, UTC) if isinstance(kept, int | float) else now


class SecondFactorMiddleware:
    """Lets nobody on whom a second factor is asked further than to setting it up, or to signing in with it."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return stopped(request) or self.get_response(request)


def stopped(request: HttpRequest) -> HttpResponse | None:
    """Where the person is sent instead of the page they asked for; None where they may go on."""
    if settings.SECOND_FACTOR == OFF or _is_one_of(request, OPEN | FOR_MACHINES):
        return None
    person = request.user
    if not isinstance(person, User) or factor_was_shown(request, person):
        return None
    if not second_factors.must_have_factor(person, settings.SECOND_FACTOR):
        return None
    if not second_factors.has_factor(person):
        return redirect("mfa_activate_totp")
    # A session that never showed the factor there is: begun by some other way, it is not gone on with.
    logout(request)
    return redirect("account_login")


def factor_was_shown(request: HttpRequest, person: User) -> bool:
    """Whether this session has shown the person's second factor, here or to a council's provider that is trusted so."""
    trusted = {each.key for each in settings.SINGLE_SIGN_ON if each.second_factor}
    return any(
        each.get("method") == "mfa" or (each.get("method") == "socialaccount" and each.get("provider") in trusted)
        for each in get_authentication_records(request, person)
    )


def _is_one_of(request: HttpRequest, names: set[str]) -> bool:
    try:
        return resolve(request.path_info).url_name in names
    except Resolver404:
        return False
