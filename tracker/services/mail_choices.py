"""How often people want their digest."""

from collections.abc import Iterable

from tracker.choices import DigestChoice


def choices_of(people: Iterable[int]) -> dict[int, DigestChoice]:
    """What these people have chosen; who has chosen nothing is left out."""
    return {}
