"""Where the lines of a digest lead: each place of rules.digest with its address on the site."""

from collections.abc import Callable
from functools import cache
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
    Place.ERASURE: _page("decide-erasure"),
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


# Stands for the number while an address is looked up.
ANY = 9_999_999_999


def address_at(place: Place, number: int) -> str:
    """The whole address of a place; `number` is what it is about."""
    return _with(number, _parts(settings.SITE_ADDRESS, place))


def saying_at(number: int, kind: str) -> str:
    """The whole address of the page that asks to confirm an answer about an action."""
    return _with(number, _parts(settings.SITE_ADDRESS, kind))


def _with(number: int, parts: tuple[str, ...]) -> str:
    return str(number).join(parts)


@cache
def _parts(site: str, where: Place | str) -> tuple[str, ...]:
    """The address around the number: looked up once, because a morning's mails hold very many of each."""
    path = PATHS[where](ANY) if isinstance(where, Place) else reverse("say", args=[ANY, where])
    return tuple(address_of(path).split(str(ANY)))


def addresses() -> Addresses:
    """What a mail needs to lead back here."""
    return Addresses(
        of=address_at,
        saying=saying_at,
        choice=address_of(reverse("mail-choice")),
        host=urlsplit(settings.SITE_ADDRESS).hostname or "localhost",
    )
