"""manage.py import_report: each file for itself, and an exit status that tells."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from tests import factories
from tracker.choices import IntakeState
from tracker.models import Action, Intake, Report

pytestmark = pytest.mark.django_db


def seed(words):
    return str(next(factories.SEEDS.glob(f"*{words}*.txt")))


@pytest.fixture
def broken(tmp_path):
    path = tmp_path / "scan.pdf"
    path.write_bytes(b"%PDF-1.4 no pages")
    return str(path)


@pytest.fixture
def nameless(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("What needs to improve\n\n- see every child alone\n")
    return str(path)


def run(capsys, *arguments):
    """The exit status, what was said and what was complained of."""
    status = 0
    try:
        call_command("import_report", *arguments)
    except SystemExit as left:
        status = left.code
    said = capsys.readouterr()
    return status, said.out, said.err


def test_several_files_are_read_and_wait_to_be_confirmed(db, capsys):
    status, out, _ = run(capsys, seed("rotherham"), seed("west-sussex"))
    assert (status, Report.objects.count()) == (0, 0)
    assert [intake.state for intake in Intake.objects.all()] == [IntakeState.READ] * 2
    assert ("13 recommendations" in out, "11 recommendations" in out) == (True, True)


def test_a_file_that_cannot_be_read_fails_the_run_and_stops_no_other(db, capsys, broken):
    status, out, err = run(capsys, broken, seed("rotherham"), "--authority", "RTH", "--accept", "plan")
    assert (status, Report.objects.count(), Action.objects.count()) == (1, 1, 13)
    assert ("scan.pdf" in err, "1 of 2 could not be imported" in err, "accepted as a plan" in out) == (True,) * 3


def test_an_unreadable_file_is_kept_with_its_reason(db, capsys, broken):
    run(capsys, broken, "--authority", "RTH")
    kept = Intake.objects.get()
    assert (kept.state, bool(kept.problem)) == (IntakeState.UNREADABLE, True)


def test_a_file_that_is_not_there_is_told_in_words(db, capsys):
    status, _, err = run(capsys, "/nowhere/report.pdf")
    assert (status, "report.pdf: The file cannot be opened" in err) == (1, True)


def test_a_report_that_names_no_authority_is_asked_about(db, capsys, nameless):
    status, _, err = run(capsys, nameless)
    assert (status, "--authority" in err, Intake.objects.count()) == (1, True, 0)


def test_the_authority_may_be_given_by_name(db, capsys, nameless, rotherham):
    run(capsys, nameless, "--authority", "Rotherham")
    assert Intake.objects.get().authority == rotherham


def test_an_authority_that_nobody_knows_is_told_by_the_name_given(db, capsys, nameless):
    status, _, err = run(capsys, nameless, "--authority", "Atlantis")
    assert (status, "“Atlantis” is no authority known here" in err) == (1, True)


@pytest.mark.parametrize("half", [("--published", "2012-12-19"), ("--published-source", "the web page")])
def test_a_publication_date_and_its_source_come_together_or_not_at_all(db, half):
    with pytest.raises(CommandError, match="together"):
        call_command("import_report", seed("staffordshire-2012"), *half)
    assert not Intake.objects.exists()


def test_a_publication_date_with_its_source_dates_the_plan(db, capsys):
    given = ("--published", "2012-12-19", "--published-source", "the web page", "--accept", "plan")
    run(capsys, seed("staffordshire-2012"), *given)
    report = Report.objects.get()
    assert (report.publication_date, report.publication_source) == (date(2012, 12, 19), "the web page")
    assert Action.objects.undated().count() == 0


def test_a_date_that_is_none_is_refused_by_the_command_line(db):
    with pytest.raises(CommandError, match="published"):
        call_command("import_report", seed("rotherham"), "--published", "soon", "--published-source", "x")


def test_accepted_for_reference_makes_no_action(db, capsys):
    run(capsys, seed("rotherham"), "--accept", "reference")
    assert (Report.objects.count(), Action.objects.count()) == (1, 0)


def test_a_second_import_is_the_same_intake_and_report(db, capsys):
    for _ in range(2):
        status, out, _ = run(capsys, seed("rotherham"), "--accept", "plan")
    assert (status, Intake.objects.count(), Report.objects.count(), Action.objects.count()) == (0, 1, 1, 13)
    assert "accepted" in out


def test_who_acts_is_a_person_of_the_house(db, lead, capsys):
    run(capsys, seed("rotherham"), "--accept", "plan", "--by", lead.email.upper())
    assert Report.objects.get().accepted_by == lead


def test_somebody_unknown_does_not_act(db):
    with pytest.raises(CommandError, match="Nobody here"):
        call_command("import_report", seed("rotherham"), "--by", "nobody@example.org")


def test_a_person_imports_for_their_own_authority_alone(db, stranger, capsys):
    status, _, err = run(capsys, seed("rotherham"), "--by", stranger.email)
    assert (status, "Only an improvement lead" in err, Intake.objects.count()) == (1, True, 0)
