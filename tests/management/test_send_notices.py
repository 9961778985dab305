"""manage.py send_notices: what is owed now is sent; another day is only rehearsed, in words and as files."""

from email import message_from_bytes, policy

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone

from tests.factories import at
from tests.mornings import morning
from tracker.management.mail_files import safe_name
from tracker.models import Action, Due, Notice
from tracker.services import notices

pytestmark = pytest.mark.django_db


@pytest.fixture
def monday(owned, monkeypatch):
    """Monday 3 December 2012 at nine: the action falls due, and nothing else in the plan is told of."""
    Action.objects.exclude(pk=owned.pk).update(next_notice_on=None)
    for day in ((2012, 9, 4), (2012, 11, 19), (2012, 11, 30)):
        morning(*day)
    return on(monkeypatch, 2012, 12, 3, 9)


def on(monkeypatch, *moment):
    monkeypatch.setattr(timezone, "now", lambda: at(*moment))
    return moment


def run(capsys, *arguments):
    status = 0
    try:
        call_command("send_notices", *map(str, arguments))
    except SystemExit as left:
        status = left.code
    said = capsys.readouterr()
    return status, said.out, said.err


def stored():
    return [list(model.objects.order_by("pk").values()) for model in (Due, Notice, Action)]


def test_without_arguments_what_is_owed_now_is_sent_and_it_says_so(monday, owner, lead, capsys):
    status, out, _ = run(capsys)
    assert (status, "Sent: 2." in out) == (0, True)
    assert sorted(message.to[0] for message in mail.outbox) == sorted([owner.email, lead.email])
    assert notices.last_run() == at(*monday)


def test_a_second_run_sends_nothing_again(monday, capsys):
    run(capsys)
    assert "Sent: 0." in run(capsys)[1]
    assert len(mail.outbox) == 2


def test_a_mail_that_is_not_taken_is_told_by_the_exit_status(monday, capsys, monkeypatch):
    def refuse(message, connection):
        raise OSError("the server is away")

    monkeypatch.setattr("tracker.mail.hand_over", refuse)
    status, out, _ = run(capsys)
    assert (status, "Put off: 2." in out) == (1, True)


def test_on_a_day_off_nothing_goes_and_the_next_working_day_is_named(monday, capsys, monkeypatch):
    on(monkeypatch, 2012, 12, 25, 9)
    _, out, _ = run(capsys)
    assert "Tuesday 25 December 2012 is a day off, Christmas Day: nothing goes out." in out
    assert ("Thursday 27 December 2012" in out, mail.outbox) == (True, [])


def test_a_rehearsal_says_who_gets_what_and_why_and_sends_and_stores_nothing(monday, owned, owner, capsys):
    before = stored()
    _, out, _ = run(capsys, "--dry-run")
    assert f"Ben Moss <{owner.email}>, digest: 1 due this week – Rotherham" in out
    assert f"    {owned.reference}: due on 3 December 2012: reminder on the day" in out
    assert (stored(), mail.outbox, notices.last_run()) == (before, [], None)


def test_a_rehearsal_of_another_day_takes_the_hour_as_come(monday, owner, capsys):
    _, out, _ = run(capsys, "--dry-run", "--on", "2012-12-04")
    assert "Tuesday 4 December 2012: " in out and "overdue: reminder 1 day after 3 December 2012" in out


def test_a_rehearsal_of_this_moment_says_where_the_hour_has_not_come(monday, owner, capsys, monkeypatch):
    on(monkeypatch, 2012, 12, 3, 7)
    _, out, _ = run(capsys, "--dry-run")
    assert f"Ben Moss <{owner.email}> the hour of the council has not come." in out


def test_a_rehearsal_of_a_day_off_names_it(monday, capsys):
    assert (
        "Saturday 8 December 2012 is a Saturday: nothing goes out." in run(capsys, "--dry-run", "--on", "2012-12-08")[1]
    )


def test_a_rehearsal_of_a_day_gone_by_says_how_it_is_looked_at(monday, owner, capsys):
    _, out, _ = run(capsys, "--dry-run", "--on", "2012-11-19")
    assert "A day gone by is looked at with the plan as it stands now" in out
    assert "due on 3 December 2012: reminder 14 days before" in out


@pytest.mark.parametrize(
    ("more", "match"),
    [
        (["--on", "2012-12-04"], "--on can only be rehearsed: add --dry-run"),
        (["--authority", "Rotherham", "--to", "x@example.org"], "--authority and --to can only be rehearsed"),
        (["--dry-run", "--authority", "Atlantis"], "no authority known here"),
        (["--dry-run", "--to", "nobody@example.org"], "Nobody here has the e-mail address"),
        (["--dry-run", "--on", "tomorrow"], "is no day: write it like 2012-11-15"),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_sentence_and_sends_nothing(monday, more, match):
    with pytest.raises(CommandError, match=match):
        call_command("send_notices", *more)
    assert mail.outbox == []


def test_a_rehearsal_is_narrowed_to_a_person_whatever_the_case_of_the_address(monday, owner, lead, capsys):
    _, out, _ = run(capsys, "--dry-run", "--to", owner.email.upper())
    assert (owner.email in out, lead.email in out) == (True, False)


def test_a_rehearsal_is_narrowed_to_an_authority(monday, owner, capsys):
    assert owner.email in run(capsys, "--dry-run", "--authority", "Rotherham")[1]
    assert owner.email not in run(capsys, "--dry-run", "--authority", "Staffordshire")[1]


def test_each_mail_is_written_as_three_files_that_nobody_else_reads(monday, owner, capsys, tmp_path):
    run(capsys, "--dry-run", "--to", owner.email, "--out", tmp_path / "mails")
    names = sorted(path.name for path in (tmp_path / "mails").iterdir())
    stem = "0001-ben.moss-example.org-digest"
    assert names == [f"{stem}.eml", f"{stem}.html", f"{stem}.txt"]
    assert {path.stat().st_mode & 0o077 for path in (tmp_path / "mails").iterdir()} == {0}


def test_the_file_of_a_mail_opens_as_the_mail_that_would_go_out(monday, owner, capsys, tmp_path):
    run(capsys, "--dry-run", "--to", owner.email, "--out", tmp_path)
    written = message_from_bytes(next(tmp_path.glob("*.eml")).read_bytes(), policy=policy.default)
    run(capsys)
    sent = next(message for message in mail.outbox if message.to == [owner.email])
    assert (written["Subject"], written["To"], written["Message-ID"]) == (
        sent.subject,
        owner.email,
        sent.extra_headers["Message-ID"],
    )
    assert written.get_body(("plain",)).get_content().strip() == sent.body.strip()


def test_a_folder_that_cannot_be_written_is_told_in_words(monday, tmp_path):
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("send_notices", "--dry-run", "--out", str(tmp_path / "taken"))


@pytest.mark.parametrize("words", ["../../etc/passwd", "..", "/", "", "a\0b", ".hidden", "x" * 500])
def test_no_address_leads_out_of_the_folder(words):
    name = safe_name(words)
    assert name and not name.startswith(".") and not {"/", "\\", "\0"} & set(name) and len(name) <= 80
