"""Asking once, in the admin too, about words that seem to identify a child; the tick stands in the question itself."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.html import format_html

from tracker.web.forms.care import HINT, KEEP, LABEL, in_form, kinds, question, token


def settle(form: forms.BaseForm, request: HttpRequest | None) -> None:
    """Set the question above a form that is otherwise right, unless nothing was found or its tick has come back.

    What was kept is told to the trail with the verb's actor. Only what was typed now is asked about.
    """
    if form.errors or request is None:
        return
    found = in_form(form, only=form.changed_data)
    name, answer = form.add_prefix(KEEP), token(found)
    if found and form.data.get(name) != answer:
        form.add_error(None, _question(name, answer, question(found)))
    elif found:
        request.kept = (*getattr(request, "kept", ()), *kinds(found))  # type: ignore[attr-defined]


def _question(name: str, answer: str, words: str) -> Any:
    tick = '{} <label><input type="checkbox" name="{}" value="{}"> {}.</label> {}'
    return format_html(tick, words, name, answer, LABEL, HINT)
