"""Where the lines of a digest lead: each place of rules.digest with its address on the site."""

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.urls import reverse

from tracker.choices import Move, Status
from tracker.mail import Addresses
from tracker.rules.digest import Place
from tracker.web.accounts import address_of


def _page(name: str, *more: str) -> Callable[[int], str]:
    return lambda number: reverse(name, args=[number, *more])


def _list(**query: str) -> Callable[[int], str]:
    """The list of actions of one council, filtered."""
    return lambda number: f"{reverse('actions')}?{urlencode({**query, 'authority': number})}"


PATHS: dict[Place, Callable[[int], str]] = {
    Place.HOME: lambda number: reverse("home"),
    Place.ACTION: _page("action"),
    Place.SIGN_OFF: _page("move", Move.SIGN_OFF),
    Place.EXTENSION: _page("decide-extension"),
    Place.LOOK_AGAIN: _page("look-again"),
    Place.OWNER: _page("assign"),
    Place.FIRST_DATE: _page("first-due"),
    Place.REPORT: _page("report"),
    Place.MEETING: _page("meeting"),
    Place.BOARD: _page("board"),
    Place.OVERDUE: _list(when="overdue"),
    Place.SILENT: _list(when="silent", sort="heard"),
    Place.UNOWNED: _list(status="open", owner="nobody"),
    Place.UNDATED: _list(when="none"),
    Place.SUBMITTED: _list(status=Status.SUBMITTED),
    Place.EXTENSIONS: _list(when="asked"),
}


def address_at(place: Place, number: int) -> str:
    """The whole address of a place; `number` is what it is about."""
    return address_of(PATHS[place](number))


def addresses() -> Addresses:
    """What a mail needs to lead back here."""
    return Addresses(
        of=address_at,
        saying=lambda number, kind: address_of(reverse("say", args=[number, kind])),
        choice=address_of(reverse("mail-choice")),
        host=urlsplit(settings.SITE_ADDRESS).hostname or "localhost",
    )
