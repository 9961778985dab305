"""Whom a name in a spreadsheet means: by e-mail address, by full name, or by the name written the other way round."""

import re
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Named:
    """Somebody who may own actions."""

    pk: int
    name: str
    email: str


def whose(words: str, people: Iterable[Named]) -> int | None:
    """The one person that the words mean; None where that is nobody, or where it could be two."""
    address = re.search(r"[\w.+'-]+@[\w.-]+", words)
    told = _plain(words)
    found = {
        person.pk
        for person in people
        if (address and address[0].lower() == person.email.lower()) or (not address and told in _names(person.name))
    }
    return found.pop() if len(found) == 1 else None


def _plain(words: str) -> str:
    """Small letters, without what stands in brackets, which is a post or a service."""
    return " ".join(re.sub(r"[^\w' ]", " ", re.sub(r"\([^)]*\)", " ", words.lower()).replace(",", " , ")).split())


def _names(name: str) -> set[str]:
    """A name as it is, and with the surname first."""
    first, _, last = _plain(name).rpartition(" ")
    return {_plain(name), f"{last} {first}"} if first else {_plain(name)}
