"""The digest as a mail: both forms say the same, lead to the right places, and carry nothing that they should not."""

import re
from dataclasses import replace
from datetime import date

import pytest
from django.utils.html import escape

from tests.factories import at, member
from tests.worlds import world
from tracker import mail
from tracker.choices import NoticeKind, Role
from tracker.mail import Addresses
from tracker.models import Notice
from tracker.rules.digest import Counts, Digest, Figure, Figures, Line, Place, Section

pytestmark = pytest.mark.django_db

DAY = date(2012, 11, 15)
TO = Addresses(
    of=lambda place, number: f"https://tracker.example.org/{place.name.lower()}/{number}/",
    saying=lambda number, kind: f"https://tracker.example.org/actions/{number}/say/{kind}/",
    choice="https://tracker.example.org/me/mail/",
    host="tracker.example.org",
)
OVERDUE = Line(
    "RTH-2012-01",
    "see every child alone & record it",
    "5 days overdue, due 10 November 2012",
    "Rotherham",
    "Inspection <of> 2012",
    Place.ACTION,
    7,
    own=True,
    new=True,
)
WAITS = replace(OVERDUE, reference="RTH-2012-02", place=Place.SIGN_OFF, number=8, own=False, new=False)
SAID = Digest(
    NoticeKind.DIGEST,
    DAY,
    ("Rotherham",),
    Counts(overdue=1, waiting=1),
    (Section("Overdue", (OVERDUE,), 4, (Place.HOME, 0)), Section("Waiting for you", (WAITS,), 1)),
)


@world
def notice(rotherham):
    person = member("Ben Moss", rotherham, Role.OWNER)
    return Notice.objects.create(recipient=person, kind=NoticeKind.DIGEST, day=DAY, posted_at=at(2012, 11, 15))


@world
def forms(notice):
    """The mail's text and its HTML."""
    message = mail.digest(notice, SAID, to=TO)
    return message.body, message.alternatives[0][0]


def test_the_subject_is_one_line_with_the_number(notice):
    assert mail.digest(notice, SAID, to=TO).subject == "1 overdue, 1 waiting for you – Rotherham"


@pytest.mark.parametrize("form", [0, 1], ids=["text", "html"])
@pytest.mark.parametrize(
    "words",
    [
        "Hello Ben,",
        "RTH-2012-01",
        "5 days overdue, due 10 November 2012",
        "https://tracker.example.org/action/7/",
        "https://tracker.example.org/sign_off/8/",
        "https://tracker.example.org/actions/7/say/on_track/",
        "https://tracker.example.org/actions/7/say/no_change/",
        "https://tracker.example.org/actions/7/say/help/",
        "https://tracker.example.org/me/mail/",
        "3 more",
    ],
)
def test_both_forms_say_it(forms, form, words):
    assert words in forms[form]


@pytest.mark.parametrize("form", [0, 1], ids=["text", "html"])
def test_only_one_s_own_actions_are_answered_in_two_taps(forms, form):
    assert "/actions/8/say/" not in forms[form]


@pytest.mark.parametrize("form", [0, 1], ids=["text", "html"])
def test_what_is_new_is_marked_and_what_is_not_is_not(forms, form):
    assert len(re.findall(r"\(new\)|>New<", forms[form])) == 1


def test_words_are_no_markup_in_html(forms):
    assert (escape("Inspection <of> 2012") in forms[1], "see every child alone &amp; record it" in forms[1]) == (
        True,
        True,
    )


def test_words_stay_as_they_are_in_text(forms):
    assert "see every child alone & record it" in forms[0]


def test_a_mail_asks_no_other_host_for_anything(forms):
    assert set(re.findall(r"https?://([^/\"\s]+)", forms[1])) == {"tracker.example.org"}


def test_a_mail_loads_nothing_so_nobody_is_told_that_it_was_opened(forms):
    assert not re.search(r"<img|<script|<link|url\(|@import", forms[1])


def test_list_unsubscribe_leads_to_the_choice(notice):
    assert (
        mail.digest(notice, SAID, to=TO).extra_headers["List-Unsubscribe"] == "<https://tracker.example.org/me/mail/>"
    )


def test_the_same_envelope_has_the_same_message_id_every_time(notice):
    first, again = (mail.digest(notice, SAID, to=TO).extra_headers["Message-ID"] for _ in range(2))
    assert first == again


@pytest.mark.parametrize("change", [{"kind": NoticeKind.LEAD_DIGEST}, {"day": date(2012, 11, 16)}])
def test_another_envelope_has_another_message_id(notice, change):
    first = mail.message_id(notice, "example.org")
    for name, value in change.items():
        setattr(notice, name, value)
    assert mail.message_id(notice, "example.org") != first


def test_a_message_id_tells_nothing_of_the_person(notice):
    assert re.fullmatch(r"<[0-9a-f]{32}@example\.org>", mail.message_id(notice, "example.org"))


@pytest.mark.parametrize("form", [0, 1], ids=["text", "html"])
def test_the_month_s_figures_stand_in_both_forms(notice, form):
    rows = (Figure("Open", 12), Figure("Overdue", 4, Place.OVERDUE, late=True))
    figures = Figures("Rotherham", 3, rows, "Friday 14 December 2012")
    said = Digest(NoticeKind.BOARD_DIGEST, DAY, ("Rotherham",), Counts(), figures=(figures,))
    message = mail.digest(notice, said, to=TO)
    words = re.sub(r"<[^>]+>", " ", (message.body, message.alternatives[0][0])[form])
    assert re.search(r"Overdue:?\s+4\b", words) and "Friday 14 December 2012" in words


@pytest.mark.parametrize("form", [0, 1], ids=["text", "html"])
def test_a_figure_leads_to_the_list_of_what_it_counts(notice, form):
    figures = Figures("Rotherham", 3, (Figure("Overdue", 4, Place.OVERDUE),))
    message = mail.digest(notice, replace(SAID, figures=(figures,)), to=TO)
    assert "https://tracker.example.org/overdue/3/" in (message.body, message.alternatives[0][0])[form]


def test_the_first_words_of_the_mail_are_what_to_do_first(forms):
    begins = re.sub(r"<!--.*?-->|<style>.*?</style>|<title>.*?</title>|<[^>]+>", " ", forms[1], flags=re.S).split()
    assert " ".join(begins).startswith("Start with RTH-2012-01: 5 days overdue, due 10 November 2012.")


def test_an_answer_is_tall_enough_for_a_thumb(forms):
    """A button is its padding twice and its line: 44 pixels at least."""
    found = re.findall(r"padding:(\d+)px \d+px;color:#0b4f57;[^\"]*line-height:(\d+)px[^\"]*\">On track", forms[1])
    assert [2 * int(padding) + int(line) >= 44 for padding, line in found] == [True]


@pytest.mark.parametrize("form", [0, 1], ids=["text", "html"])
def test_what_needs_nothing_now_has_no_answers(notice, form):
    brief = Section("Also yours", (OVERDUE,), 1, brief=True)
    message = mail.digest(notice, replace(SAID, sections=(brief,)), to=TO)
    assert "/say/" not in (message.body, message.alternatives[0][0])[form]


def test_no_line_of_the_text_is_longer_than_a_mail_s_unless_it_is_an_address(notice):
    long = replace(OVERDUE, what="see every child alone and write down what it says " * 3)
    body = mail.digest(notice, replace(SAID, sections=(Section("Overdue", (long,), 1),)), to=TO).body
    assert [line for line in body.split("\n") if len(line) > mail.COLUMNS and "://" not in line] == []


def test_a_report_s_name_is_not_said_again_for_each_section(forms):
    assert [
        form.count(name)
        for form, name in zip(forms, ("Inspection <of> 2012", "Inspection &lt;of&gt; 2012"), strict=True)
    ] == [1, 1]


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (NoticeKind.LEAD_DIGEST, "How the plan stands this week is at the end."),
        (NoticeKind.BOARD_DIGEST, "How the plan stands at the beginning of the month is at the end."),
        (NoticeKind.DIGEST, "What you have not been told before is marked “New”."),
    ],
)
def test_each_envelope_says_what_else_is_in_it(notice, kind, words):
    assert words in " ".join(mail.digest(notice, replace(SAID, kind=kind), to=TO).body.split())
