"""A person's own filters of the list of actions. A personal setting: it changes no plan, and leaves no line in the trail."""

from urllib.parse import parse_qsl, urlencode

from django.db import transaction

from tracker.access import Actor
from tracker.models import SavedFilter
from tracker.rules.refusal import Refused

MOST = 30
LONGEST_NAME, LONGEST_QUERY = 60, 1000


@transaction.atomic
def keep(*, name: str, query: str, by: Actor) -> SavedFilter:
    """Keep a filter under a new name. Raises Refused for a name that is taken, and for a list that is not narrowed."""
    person = by.person()
    given = urlencode(parse_qsl(query))
    if not given:
        raise Refused("Narrow or sort the list first: there is no filter to save yet.")
    if len(given) > LONGEST_QUERY:
        raise Refused("This filter is too long to be saved. Use fewer words.")
    if person.saved_filters.count() >= MOST:
        raise Refused(f"You have {MOST} saved filters, which is the most. Remove one first.")
    return SavedFilter.objects.create(person=person, name=_free_name(name, by), query=given)


@transaction.atomic
def rename(saved: SavedFilter, *, name: str, by: Actor) -> SavedFilter:
    """Give a filter of one's own another name."""
    _check_own(saved, by)
    saved.name = _free_name(name, by, besides=saved.pk)
    saved.save(update_fields=["name"])
    return saved


@transaction.atomic
def remove(saved: SavedFilter, *, by: Actor) -> None:
    """Remove a filter of one's own; the actions it found stay as they are."""
    _check_own(saved, by)
    saved.delete()


def _check_own(saved: SavedFilter, by: Actor) -> None:
    if saved.person_id != by.person().pk:
        raise Refused("This filter belongs to somebody else.")


def _free_name(name: str, by: Actor, besides: int = 0) -> str:
    wanted = " ".join(name.split())
    if not wanted or "\0" in wanted:
        raise Refused("Give the filter a name.", "name")
    if len(wanted) > LONGEST_NAME:
        raise Refused(f"Use at most {LONGEST_NAME} characters.", "name")
    if by.person().saved_filters.filter(name__iexact=wanted).exclude(pk=besides).exists():
        raise Refused(f"You have a filter called “{wanted}” already.", "name")
    return wanted
