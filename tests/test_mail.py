"""The mails: each in text and HTML, saying the same, with names that cannot become markup or a second header."""

import pytest
from django.core import mail as sent

from tracker import mail
from tracker.choices import Role
from tracker.models import Authority, User

ROTHERHAM = Authority(code="RTH", short_name="Rotherham", name="Rotherham Metropolitan Borough Council")
IDA = User(name="Ida <b>Thorn</b>\r\nBcc: all@example.org", email="ida.thorn@example.org")
AMINA = User(name="Amina Lark", email="amina.lark@example.org")
GRANTED = mail.Granted(ROTHERHAM, Role.BOARD, "Amina Lark & others")
LINK, PAGE = "https://tracker.example/key/1-a/", "https://tracker.example/page/"

MESSAGES = {
    "invitation": lambda: mail.invitation(IDA, GRANTED, link=LINK, days=3, renew=PAGE),
    "role_granted": lambda: mail.role_granted(IDA, GRANTED, site=PAGE),
    "lead_told": lambda: mail.lead_told(AMINA, IDA, GRANTED, page=PAGE),
}


@pytest.fixture(params=MESSAGES)
def message(request):
    """Each message of the house, sent."""
    MESSAGES[request.param]()
    return sent.outbox[0]


def test_a_mail_has_a_text_and_an_html_part_that_say_what_where_and_by_whom(message):
    html, kind = message.alternatives[0]
    assert kind == "text/html"
    for part in (message.body, html):
        assert "Rotherham Metropolitan Borough Council" in part or "lead of Rotherham" in part
        assert "Board member" in part and PAGE in part


def test_a_mail_in_text_has_no_escapes_and_in_html_no_markup_of_a_name(message):
    html, _ = message.alternatives[0]
    assert "Amina Lark & others" in message.body and "Amina Lark &amp; others" in html
    assert "<b>Thorn" not in html and "&#x27;" not in message.body


def test_a_subject_is_one_line_whatever_a_name_holds(message):
    assert "\n" not in message.subject and "\r" not in message.subject and message.subject.strip()
    assert message.message()["Bcc"] is None


def test_a_mail_goes_to_one_address(message):
    assert len(message.to) == 1 and not message.cc and not message.bcc
