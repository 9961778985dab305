"""What the admin asks tracker.access about the person of a request; Django's own permission tables are not used."""

from typing import Any, cast

from django.db.models import Model
from django.http import HttpRequest

from tracker.access import can, grantable_authorities, reach, visible, visible_authorities
from tracker.models import Authority, User
from tracker.rules.roles import NONE, Ability
from tracker.web.acting import day_in


def person_in(request: HttpRequest) -> User:
    """The person who is signed in; the site lets nobody else this far."""
    return cast(User, request.user)


def rows(model: type[Model], request: HttpRequest) -> Any:
    """The rows of a kind that the person may see today."""
    return visible(model, person_in(request), day_in(request))


def is_visible(row: Model, request: HttpRequest) -> bool:
    """Whether the row is among those."""
    return bool(rows(type(row), request).filter(pk=row.pk).exists())


def reaches(request: HttpRequest, ability: Ability) -> bool:
    """Whether the ability reaches anything at all in any authority of the person; asked once a request."""
    return _once(
        request,
        ("reaches", ability),
        lambda: any(reach(person_in(request), each, ability) is not NONE for each in _authorities(request)),
    )


def kept(request: HttpRequest, ability: Ability) -> list[Authority]:
    """The authorities in which the ability reaches everything for the person."""
    return _once(
        request,
        ("kept", ability),
        lambda: [each for each in _authorities(request) if can(person_in(request), ability, each)],
    )


def keeps_people(request: HttpRequest) -> bool:
    """Whether the person keeps the people of any authority, or of the site."""
    return _once(request, ("people",), lambda: grantable_authorities(person_in(request)).exists())


def _authorities(request: HttpRequest) -> list[Authority]:
    return _once(request, ("authorities",), lambda: list(visible_authorities(person_in(request), day_in(request))))


def _once(request: HttpRequest, key: tuple, ask: Any) -> Any:
    known = request.__dict__.setdefault("_rights", {})
    if key not in known:
        known[key] = ask()
    return known[key]
