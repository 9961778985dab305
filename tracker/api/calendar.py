"""A person's calendar for the program that reads it: the secret in the address is the key, so nobody signs in here."""

from hashlib import sha256
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from tracker.exports.calendar import calendar_file
from tracker.services import calendar_feeds
from tracker.services.calendar_days import days_of
from tracker.web.acting import day_in
from tracker.web.places import address_at

HEADERS = {
    # Kept by the program that asks and by nobody on the way; it asks each time whether its copy still holds.
    "Cache-Control": "private, no-cache",
    "X-Robots-Tag": "noindex, nofollow",
    "Content-Disposition": 'inline; filename="improvement-plan.ics"',
}


@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponseBase:
    """The calendar as the person's permissions are today; 404 for a secret that opens none, or was revoked.

    Somebody who has left gets a calendar without days, so that the old ones go from their programs.
    """
    found = calendar_feeds.feed_of(secret)
    if found is None:
        return _with_headers(HttpResponse("There is no such calendar.", status=404, content_type="text/plain"))
    on = day_in(request)
    host = urlsplit(settings.SITE_ADDRESS).hostname or "localhost"
    days = days_of(found.person, on=on)
    body = calendar_file(days, link=lambda each: address_at(each.place, each.number), host=host)
    calendar_feeds.fetched(found, on=on)
    etag = f'"{sha256(body).hexdigest()[:32]}"'
    answer = HttpResponse(body, content_type="text/calendar; charset=utf-8", headers={"ETag": etag})
    return _with_headers(get_conditional_response(request, etag=etag, response=answer) or answer)


def _with_headers(answer: HttpResponseBase) -> HttpResponseBase:
    for name, value in HEADERS.items():
        answer[name] = value
    return answer
