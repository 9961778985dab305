"""The delivery rating as the admin shows it: a letter, a word and a colour, never the colour alone."""

from typing import Any

from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tracker.choices import Delivery
from tracker.rules.rating_words import DELIVERY
from tracker.rules.standing import delivery
from tracker.services.reference import settings_of
from tracker.web.acting import day_in


def rating_of(action: Any, request: HttpRequest) -> Delivery | None:
    """The action's rating today by its authority's thresholds; those are read once a request."""
    known = request.__dict__.setdefault("_thresholds", {})
    if action.authority_id not in known:
        known[action.authority_id] = settings_of(action.authority).rating
    return delivery(action.standing, as_at=day_in(request), settings=known[action.authority_id])


def words_of(rating: Delivery | None) -> str:
    """Letter and word, e.g. "R Overdue"."""
    return f"{DELIVERY[rating][0]} {rating.label}" if rating else "Not rated"


def tag_of(rating: Delivery | None) -> SafeString:
    """Letter and word on the rating's colour."""
    return format_html('<span class="rating rating-{}">{}</span>', rating.value if rating else "none", words_of(rating))
