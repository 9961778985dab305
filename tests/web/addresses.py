"""Every address of the site with the rows of one council put in, so that a walk misses none."""

from django.urls import reverse

from tracker.choices import EvidenceKind, Move
from tracker.models import (
    Action,
    ActionStep,
    Authority,
    BoardMeeting,
    BulkChange,
    Challenge,
    Erasure,
    Evidence,
    Extension,
    ImpactMeasure,
    Intake,
    Membership,
    Notice,
    Pack,
    ProgressNote,
    Recommendation,
    Report,
    SavedFilter,
    Spreadsheet,
    StatutoryStep,
)
from tracker.rules.answers import ANSWERS
from tracker.web import urls

CHANGES = ("up", "down", "join", "drop", "put-back")
# A mail as it will look: no page of the site, and no script of anybody's runs in it.
MAILS = {"next-mail-of", "own-next-mail"}
MOST = 3  # rows of a kind: the pages of the others are the same


def names():
    """The names of all patterns of the site."""
    return sorted(pattern.name for pattern in urls.urlpatterns)


def takes_arguments(name):
    """Whether a pattern's address names a row."""
    return any(pattern.name == name and pattern.pattern.converters for pattern in urls.urlpatterns)


def rows(authority: Authority):
    """By the name of a pattern: the arguments that lead to rows of the council."""

    def of(model, path):
        return [(row.pk,) for row in model._default_manager.filter(**{path: authority.pk}).order_by("pk")[:MOST]]

    action, intake = of(Action, "authority"), of(Intake, "authority")
    people = [(authority.code, pk) for pk in authority.memberships.values_list("user", flat=True)[:MOST]]
    membership, whole = of(Membership, "authority"), [(authority.code,)]
    evidence, report = of(Evidence, "action__authority"), of(Report, "authority")
    meeting, step = of(BoardMeeting, "authority"), of(ActionStep, "action__authority")
    items = [pk for (pk,) in of(Recommendation, "report__authority")]
    pairs = [(items[0], items[-1])] if len(items) > 1 else []
    saved = of(SavedFilter, "person__memberships__authority")
    mails = [
        (authority.code, pk)
        for pk in Notice.objects.filter(recipient__memberships__authority=authority)
        .distinct()
        .order_by("pk")
        .values_list("pk", flat=True)[:MOST]
    ]
    return {
        **dict.fromkeys(["accept", "differences", "intake", "read-again", "review-add", "review-facts"], intake),
        **dict.fromkeys(["review-start-again", "set-aside"], intake),
        **{name: [(*each, 1) for each in intake] for name in ("intake-page", "intake-picture", "review-item")},
        "review-split": [(*each, 1) for each in intake],
        "review-change": [(*each, 1, change) for each in intake for change in CHANGES],
        **dict.fromkeys(["action", "add-measure", "add-step", "ask-extension", "assign", "challenge-action"], action),
        **dict.fromkeys(
            ["edit-action", "erase-words", "first-due", "lift-rating", "look-again", "lower-rating", "move-to"], action
        ),
        **dict.fromkeys(["note", "rate-impact", "split"], action),
        "add-evidence": [(*each, kind) for each in action for kind in EvidenceKind.values],
        "say": [(*each, kind) for each in action for kind in ANSWERS],
        "move": [(*each, move) for each in action for move in Move.values],
        **dict.fromkeys(["change-step", "step-done", "step-undone", "withdraw-step"], step),
        **dict.fromkeys(["change-measure", "record-figure"], of(ImpactMeasure, "action__authority")),
        **dict.fromkeys(["download", "erase-evidence", "withdraw-evidence"], evidence),
        "mark-evidence": [(*each, wanted) for each in evidence for wanted in ("open", "confidential")],
        "decide-erasure": of(Erasure, "authority"),
        "erase-note": of(ProgressNote, "action__authority"),
        **dict.fromkeys(["decide-extension", "withdraw-extension"], of(Extension, "action__authority")),
        **dict.fromkeys(["publication", "received", "report", "themes"], report),
        "met": of(StatutoryStep, "report__authority"),
        **dict.fromkeys(
            ["add-action", "answer-recommendation", "raised-with"], of(Recommendation, "report__authority")
        ),
        **dict.fromkeys(["board", "challenge-plan", "challenges", "pack", "plan-meeting", "raised"], [(authority.pk,)]),
        **dict.fromkeys(["call-again", "cancel-meeting", "challenge-meeting", "change-meeting", "meeting"], meeting),
        **dict.fromkeys(["ask-pack", "packs"], [(authority.pk,)]),
        **dict.fromkeys(["download-pack", "pack-again"], of(Pack, "authority")),
        "answer-challenge": of(Challenge, "authority"),
        **dict.fromkeys(["change-settings", "council-settings", "director", "invite", "people-of"], whole),
        **dict.fromkeys(["access", "council-mail", "looked-at-access", "next-digests", "save-access"], whole),
        **dict.fromkeys(["next-digest-of", "next-mail-of"], people),
        "ask-again": mails,
        **dict.fromkeys(["grant-role", "person", "take-off-factor"], people),
        **dict.fromkeys(["change-role", "end-deputy", "end-membership", "name-deputy", "send-invitation"], membership),
        **dict.fromkeys(["download-spreadsheet", "erase-spreadsheet", "spreadsheet"], of(Spreadsheet, "authority")),
        **dict.fromkeys(["set-sheet-aside", "take-sheet-up"], of(Spreadsheet, "authority")),
        **dict.fromkeys(["bring-check", "bring-columns", "bring-into", "bring-rows"], of(Spreadsheet, "authority")),
        "settle-raised": [(authority.pk, *pair, "same") for pair in pairs],
        "bulk-undo": of(BulkChange, "authority"),
        **dict.fromkeys(["remove-filter", "rename-filter"], saved),
    }


def every_row_and_every_kind(takes):
    """Of rows × kinds (a move, a sort of evidence): all kinds of the first row, and all rows for the first kind."""
    return [args for args in takes if len(args) < 2 or args[0] == takes[0][0] or args[-1] == takes[0][-1]]


def everything(authority: Authority):
    """Every address of the site that could tell of the council."""
    found = rows(authority)
    for name in names():
        for args in every_row_and_every_kind(found[name]) if takes_arguments(name) else [()]:
            yield reverse(name, args=args)
    for name in ("actions", "print-actions", "save-actions", "progress", "bulk-owner", "bulk-dates"):
        ids = "&".join(f"action={pk}" for (pk,) in found["action"])
        reports = "&".join(f"report={pk}" for (pk,) in found["report"])
        yield f"{reverse(name)}?authority={authority.pk}&{ids}&{reports}"


def one_of_each(authority: Authority):
    """One address of each kind of page; of the moves and of the kinds of evidence, all."""
    found = rows(authority)
    for name in (each for each in names() if each not in MAILS):
        takes = found[name] if takes_arguments(name) else [()]
        for args in takes if name in ("move", "add-evidence") else takes[:1]:
            yield reverse(name, args=args)
