"""Every address of the site with the rows of one council put in, so that a walk misses none."""

from django.urls import get_resolver, reverse

from tracker.choices import EvidenceKind, Move
from tracker.models import (
    Action,
    Authority,
    Evidence,
    Extension,
    Intake,
    Recommendation,
    Report,
    StatutoryStep,
)
from tracker.web import urls

CHANGES = ("up", "down", "join", "drop", "put-back")


def names():
    """The names of all patterns of the site."""
    return sorted(pattern.name for pattern in urls.urlpatterns)


def rows(authority: Authority):
    """By the name of a pattern: the arguments that lead to rows of the council."""
    actions = list(Action.objects.filter(authority=authority).order_by("pk")[:4])
    reports = list(Report.objects.filter(authority=authority))
    intakes = list(Intake.objects.filter(authority=authority))
    about_action = [(row.pk,) for row in actions]
    about_report = [(row.pk,) for row in reports]
    about_intake = [(row.pk,) for row in intakes]
    evidence = [(row.pk,) for row in Evidence.objects.filter(action__authority=authority)]
    extensions = [(row.pk,) for row in Extension.objects.filter(action__authority=authority)]
    recommendations = [(row.pk,) for row in Recommendation.objects.filter(report__authority=authority)[:3]]
    steps = [(row.pk,) for row in StatutoryStep.objects.filter(report__authority=authority)]
    return {
        "accept": about_intake,
        "action": about_action,
        "add-evidence": [(pk, kind) for (pk,) in about_action for kind in EvidenceKind.values],
        "ask-extension": about_action,
        "assign": about_action,
        "decide-extension": extensions,
        "differences": about_intake,
        "download": evidence,
        "edit-action": about_action,
        "first-due": about_action,
        "intake": about_intake,
        "intake-page": [(pk, 1) for (pk,) in about_intake],
        "intake-picture": [(pk, 1) for (pk,) in about_intake],
        "met": steps,
        "move": [(pk, move) for (pk,) in about_action for move in Move.values],
        "note": about_action,
        "publication": about_report,
        "read-again": about_intake,
        "received": about_report,
        "recommendations": recommendations,
        "report": about_report,
        "review-add": about_intake,
        "review-change": [(pk, 1, change) for (pk,) in about_intake for change in CHANGES],
        "review-facts": about_intake,
        "review-item": [(pk, 1) for (pk,) in about_intake],
        "review-split": [(pk, 1) for (pk,) in about_intake],
        "review-start-again": about_intake,
        "set-aside": about_intake,
        "withdraw-evidence": evidence,
        "withdraw-extension": extensions,
    }


def everything(authority: Authority):
    """Every address of the site that could tell of the council, each with the name of its pattern."""
    found = rows(authority)
    for name in names():
        for args in found.get(name, [()]):
            yield name, reverse(name, args=args)


def unlisted(authority: Authority):
    """The names of patterns that take arguments and are not in the table above."""
    takes = {name for name in names() if get_resolver().reverse_dict.getlist(name)[0][0][0][1]}
    return takes - set(rows(authority))
