"""A recommendation's own words beside the place where they stand in print."""

from typing import Any

from django.utils.html import format_html, format_html_join

from tracker.models import Recommendation


def place(cited: Any) -> str:
    """Page and lines, as far as they are known."""
    page, lines = cited.get("page"), cited.get("lines")
    parts = [f"page {page}"] if page else []
    if lines:
        parts.append(f"line {lines[0]}" if lines[0] == lines[-1] else f"lines {lines[0]} to {lines[-1]}")
    return ", ".join(parts) or "no place in a file: entered by hand"


def citation(said: Recommendation) -> Any:
    """The accepted words, and beside them the quote with its place."""
    cited = said.citation or {}
    quote = cited.get("quote") or "–"
    sides = (("As accepted", said.text), (f"As printed, {place(cited)}", quote))
    return format_html(
        '<div class="beside">{}</div>',
        format_html_join("", "<div><strong>{}</strong><blockquote>{}</blockquote></div>", sides),
    )
