"""Delivery ratings as bars: one bar for each report or owner, a piece for each rating."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from tracker.choices import Delivery
from tracker.rules.rating_words import SHORT
from tracker.rules.written_dates import counted
from tracker.templatetags.presentation import DELIVERY
from tracker.web.pictures.scales import percent

# The share of the widest bar that a piece needs for its letter and number: on a narrow screen, on a wide one.
ROOM, WIDE_ROOM = 0.13, 0.05


@dataclass(frozen=True)
class Group:
    """What one bar stands for: a name, the filter that leads to its actions, and the count of their ratings."""

    name: str
    filter: Mapping[str, Any]
    tally: Mapping[str, Any]


@dataclass(frozen=True)
class Piece:
    """One rating in a bar; `room` says where its letter and number fit in: "always", "wide" or "" (nowhere)."""

    rating: Delivery
    letter: str
    word: str
    number: int
    x: str
    width: str
    middle: str
    room: str
    address: str


@dataclass(frozen=True)
class Bar:
    """One bar with its words."""

    name: str
    address: str
    total: int
    unrated: int
    pieces: tuple[Piece, ...]
    figures: tuple[int, ...]
    told: str


def bars(groups: Iterable[Group]) -> list[Bar]:
    """A bar for each group, drawn to one scale: the longest fills the width."""
    wanted = [group for group in groups if group.tally["total"]]
    longest = max((_rated(group) for group in wanted), default=0)
    return [_bar(group, max(longest, 1)) for group in wanted]


def _rated(group: Group) -> int:
    return int(group.tally["total"] - group.tally["unrated"])


def _bar(group: Group, longest: int) -> Bar:
    pieces, begun = [], 0
    for rating, number in group.tally["ratings"]:
        if number:
            pieces.append(_piece(rating, number, begun, longest, group))
        begun += number
    parts = [f"{piece.number} {piece.word.lower()}" for piece in pieces]
    if group.tally["unrated"]:
        parts.append(f"{group.tally['unrated']} without a rating")
    return Bar(
        name=group.name,
        address=_address(group.filter),
        total=group.tally["total"],
        unrated=group.tally["unrated"],
        pieces=tuple(pieces),
        figures=tuple(number for _, number in group.tally["ratings"]),
        told=f"{counted(group.tally['total'], 'action', 'actions')}: {', '.join(parts)}",
    )


def _piece(rating: Delivery, number: int, begun: int, longest: int, group: Group) -> Piece:
    share = number / longest
    return Piece(
        rating=rating,
        letter=DELIVERY[rating][0],
        word=SHORT[rating],
        number=number,
        x=percent(begun / longest),
        width=percent(share),
        middle=percent((begun + number / 2) / longest),
        room="always" if share >= ROOM else "wide" if share >= WIDE_ROOM else "",
        address=_address({**group.filter, "rating": rating.value}),
    )


def _address(chosen: Mapping[str, Any]) -> str:
    """The list of actions, narrowed."""
    return f"{reverse('actions')}?{urlencode(chosen)}" if chosen else reverse("actions")
