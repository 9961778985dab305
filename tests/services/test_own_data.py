"""Every place that names a person is in the file of what is held about them, or left out of it for a reason."""

import pytest
from django.apps import apps
from django.db.models import EmailField

from tests import factories
from tracker.models import User
from tracker.services import own_data

# What leads to a person, or holds an address: the table of the file that has it.
IN_THE_FILE = {
    "tracker.User.email": "profile",
    "tracker.Membership.user": "roles",
    "tracker.Membership.deputy": "named_as",
    "tracker.Authority.director": "named_as",
    "mfa.Authenticator.user": "second_factor",
    "socialaccount.SocialAccount.user": "sign_in",
    "account.EmailAddress.user": "sign_in",
    "account.EmailAddress.email": "sign_in",
    "tracker.Action.owner": "actions",
    "tracker.Action.accountable": "actions",
    "tracker.Action.partners": "actions",
    "tracker.Action_partners.user": "actions",
    "tracker.ProgressNote.written_by": "notes",
    "tracker.Evidence.added_by": "evidence",
    "tracker.Notice.recipient": "mails",
    "tracker.CalendarFeed.person": "calendar",
    "tracker.SavedFilter.person": "saved_filters",
}
ACT = "an act of theirs on a record of the council's: each is a line of the trail, which is in the file"
BY_ANOTHER = "who did something for them or about them: in the trail's line of that act"
REASONS = {
    **dict.fromkeys(["tracker.Membership.granted_by", "tracker.Membership.ended_by"], ACT),
    **dict.fromkeys(["tracker.Intake.received_by", "tracker.Spreadsheet.received_by", "tracker.Pack.asked_by"], ACT),
    **dict.fromkeys(["tracker.Report.publication_set_by", "tracker.Report.accepted_by"], ACT),
    **dict.fromkeys(
        [f"tracker.Action.{name}_by" for name in ("due_set", "submitted", "closed", "lowered", "impact")], ACT
    ),
    **dict.fromkeys([f"tracker.BulkChange.{name}_by" for name in ("made", "undone")], ACT),
    **dict.fromkeys([f"tracker.Challenge.{name}_by" for name in ("raised", "answered")], ACT),
    **dict.fromkeys([f"tracker.Extension.{name}_by" for name in ("asked", "decided")], ACT),
    **dict.fromkeys([f"tracker.Erasure.{name}_by" for name in ("asked", "decided")], ACT),
    **dict.fromkeys([f"tracker.ActionStep.{name}_by" for name in ("done", "withdrawn")], ACT),
    **dict.fromkeys(["tracker.BoardMeeting.cancelled_by", "tracker.Evidence.withdrawn_by"], ACT),
    **dict.fromkeys(["tracker.ActionCheck.done_by", "tracker.EarlierFigure.replaced_by"], ACT),
    **dict.fromkeys(["tracker.Recurrence.settled_by", "tracker.Notice.asked_again_by"], ACT),
    **dict.fromkeys(["tracker.Action.submitted_for", "tracker.ActionStep.done_for"], BY_ANOTHER),
    **dict.fromkeys(["tracker.ProgressNote.on_behalf_of", "tracker.Evidence.on_behalf_of"], BY_ANOTHER),
    **dict.fromkeys(["tracker.Action.owner_then", "tracker.Extension.owner_then"], BY_ANOTHER),
    "tracker.Told.person": "which lines stood in a mail: the mail itself is in the file",
    "tracker.User_groups.user": "not used: rights come from roles alone",
    "tracker.User_user_permissions.user": "not used: rights come from roles alone",
    "admin.LogEntry.user": "Django's own log of what the trail tells too",
}


def places():
    """Every field of every table that leads to a person or holds an e-mail address."""
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields():
            concrete = getattr(field, "concrete", False)
            if concrete and (field.related_model is User or isinstance(field, EmailField)):
                yield f"{model._meta.label}.{field.name}"


def test_every_place_that_names_a_person_is_in_the_file_or_left_out_for_a_reason():
    assert sorted(places()) == sorted([*IN_THE_FILE, *REASONS])


@pytest.mark.django_db
def test_every_table_that_is_said_to_hold_it_is_in_the_file(owner):
    assert set(IN_THE_FILE.values()) <= set(own_data.held_about(owner, factories.at(2012, 10, 1).date()))
