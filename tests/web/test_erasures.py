"""Pages on which evidence is marked, and erased by two people."""

import pytest
from django.urls import reverse

from tests import factories
from tests.web.sending import send, shown
from tests.worlds import world
from tracker.choices import Role
from tracker.models import Erasure, Event, Evidence
from tracker.services import erasures, evidence

NOW = factories.at(2012, 9, 10)


@world
def second(rotherham):
    return factories.member("Greta Field", rotherham, Role.LEAD)


@world
def piece(owned, owner):
    return evidence.add_file(owned, data=b"Twenty files.", name="audit.txt", by=factories.acting(owner), at=NOW)


@world
def asked(piece, lead):
    return erasures.ask_erasure(piece, reason="A family shows.", by=factories.acting(lead), at=NOW)


def test_an_erasure_is_asked_for_and_erases_nothing(as_lead, piece):
    send(as_lead, "erase-evidence", piece, reason="A family shows.")
    assert (Erasure.objects.get().granted, Evidence.objects.get().erased_at) == (None, None)


def test_the_page_names_who_may_decide(as_lead, piece, second):
    page = as_lead.get(reverse("erase-evidence", args=[piece.pk])).content.decode()
    assert "Greta Field" in page and "you are the only improvement lead" not in page


def test_a_lead_alone_is_told_that_nobody_can_decide(as_lead, piece):
    page = as_lead.get(reverse("erase-evidence", args=[piece.pk])).content.decode()
    assert "you are the only improvement lead" in page


def test_who_asked_is_told_that_another_decides(as_lead, asked):
    page = as_lead.get(reverse("decide-erasure", args=[asked.pk])).content.decode()
    assert "A second person has to decide on an erasure." in page and "Save the decision" not in page


def test_a_second_lead_finds_it_at_home_and_erases_it(
    client, second, asked, piece, django_capture_on_commit_callbacks, settings
):
    client.force_login(second)
    assert reverse("decide-erasure", args=[asked.pk]) in client.get("/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        send(client, "decide-erasure", asked, decision="grant", reason="")
    assert [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()] == []
    page = client.get(reverse("action", args=[piece.action_id])).content.decode()
    assert "by Amina Lark and Greta Field, because: A family shows." in page and "audit.txt" not in page


def test_a_refused_erasure_needs_a_reason(client, second, asked):
    client.force_login(second)
    assert "Give a reason." in shown(send(client, "decide-erasure", asked, decision="refuse", reason=""), "reason")


@world
def erased(asked, second):
    erasures.decide_erasure(asked, granted=True, by=factories.acting(second), at=NOW)
    return asked.evidence


def test_the_reason_for_not_erasing_is_shown_to_who_asked_and_asks_again(client, as_lead, second, asked, piece):
    erasures.decide_erasure(asked, granted=False, reason="Nobody is named.", by=factories.acting(second), at=NOW)
    again = as_lead.get(reverse("erase-evidence", args=[piece.pk])).content.decode()
    told = as_lead.get(reverse("decide-erasure", args=[asked.pk])).content.decode()
    assert reverse("decide-erasure", args=[asked.pk]) in again and "Nobody is named." in told


def test_the_owner_sees_by_whom_and_why_their_evidence_was_erased(as_owner, erased):
    page = as_owner.get(reverse("action", args=[erased.action_id])).content.decode()
    assert "by Amina Lark and Greta Field, because: A family shows." in page


def test_the_history_still_says_who_had_taken_out_what_is_erased(client, lead, owner, second, piece):
    evidence.downloaded(piece, by=factories.acting(owner), at=NOW)
    asked = erasures.ask_erasure(piece, reason="A family shows.", by=factories.acting(lead), at=NOW)
    erasures.decide_erasure(asked, granted=True, by=factories.acting(second), at=NOW)
    client.force_login(lead)
    lines = client.get(reverse("action", args=[piece.action_id])).context["history"]
    assert ("Evidence downloaded", "Ben Moss; erased after a breach", "") in [
        (line.what, line.who, line.words) for line in lines
    ]


def test_an_owner_knows_of_an_erasure_only_when_it_is_done(client, owner, asked):
    client.force_login(owner)
    assert client.get(reverse("decide-erasure", args=[asked.pk])).status_code == 404


def test_erased_evidence_is_not_taken_out(as_owner, erased):
    answer = as_owner.get(reverse("download", args=[erased.pk]), follow=True)
    assert "There is no file to download." in answer.content.decode()


PAGES = [("erase-evidence", []), ("mark-evidence", ["open"]), ("withdraw-evidence", []), ("download", [])]


@pytest.mark.parametrize(("name", "more"), PAGES)
def test_a_stranger_finds_no_page_about_evidence(as_stranger, piece, name, more):
    assert as_stranger.get(reverse(name, args=[piece.pk, *more])).status_code == 404


@pytest.mark.parametrize(("name", "more"), PAGES[:2])
def test_an_owner_is_refused_what_is_a_lead_s(as_owner, piece, name, more):
    before = Event.objects.count()
    page = as_owner.post(reverse(name, args=[piece.pk, *more]), {"reason": "mine"}, follow=True)
    assert "Only an improvement lead may change the plan." in page.content.decode()
    assert Event.objects.count() == before


def test_a_stranger_finds_no_erasure(as_stranger, asked):
    assert as_stranger.get(reverse("decide-erasure", args=[asked.pk])).status_code == 404


def test_a_lead_opens_evidence_to_the_board(client, lead, board_member, piece):
    client.force_login(board_member)
    assert client.get(reverse("download", args=[piece.pk])).status_code == 404
    client.force_login(lead)
    send(client, "mark-evidence", piece, "open", reason="No child in it.")
    client.force_login(board_member)
    assert b"".join(client.get(reverse("download", args=[piece.pk])).streaming_content) == b"Twenty files."


def test_evidence_marked_meanwhile_by_another_is_not_turned_back(as_lead, lead, piece):
    evidence.mark(piece, confidential=False, reason="no child", by=factories.acting(lead), at=NOW)
    page = as_lead.post(reverse("mark-evidence", args=[piece.pk, "open"]), {"reason": "No child in it."}, follow=True)
    assert "open to the board already" in page.content.decode()
    assert not Evidence.objects.get().confidential


def test_an_address_that_marks_as_something_else_is_not_there(as_lead, piece):
    assert as_lead.get(reverse("mark-evidence", args=[piece.pk, "secret"])).status_code == 404
