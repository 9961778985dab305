"""Who acts in a request, and when: read once at its beginning, so that all it does carries one moment and one id."""

import uuid
from collections.abc import Callable
from datetime import date, datetime
from urllib.parse import unquote

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from tracker.access import Actor
from tracker.choices import Channel
from tracker.rules.london import day_of

STRANGERS_BYTES = 64 * 1024  # the largest form that somebody not signed in has reason to send
PLAIN = "text/plain; charset=utf-8"


class ActingMiddleware:
    """Gives every request its moment and its id; the answer carries the id, so that a person can quote it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.moment = timezone.now()  # type: ignore[attr-defined]
        request.trail_id = uuid.uuid4().hex  # type: ignore[attr-defined]
        response = refusal(request) or self.get_response(request)
        response["X-Request-ID"] = request.trail_id  # type: ignore[attr-defined]
        return response


def refusal(request: HttpRequest) -> HttpResponse | None:
    """The answer to what no page has to see: a NUL in the address, or a large upload by somebody not signed in."""
    if "\0" in unquote(request.get_full_path()):
        return HttpResponse("The address holds a character that no address here has.", status=400, content_type=PLAIN)
    if int(request.META.get("CONTENT_LENGTH") or 0) > STRANGERS_BYTES and not request.user.is_authenticated:
        return HttpResponse("Sign in before sending files.", status=413, content_type=PLAIN)
    return None


def actor_of(request: HttpRequest, channel: Channel = Channel.WEB) -> Actor:
    """The signed-in person as the actor of this request, with what a form has asked them about and they have kept.

    Raises ValueError where nobody is signed in.
    """
    user = request.user if request.user.is_authenticated else None
    return Actor(user, channel, request.trail_id, getattr(request, "kept", ()))  # type: ignore[attr-defined]


def moment_of(request: HttpRequest) -> datetime:
    """The moment of this request, with a time zone."""
    return request.moment  # type: ignore[attr-defined]


def day_in(request: HttpRequest) -> date:
    """The day of this request in London."""
    return day_of(moment_of(request))
