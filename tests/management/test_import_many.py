"""manage.py import_report over folders and many files: each counted, none stopping another, an interrupt told."""

import hashlib
import io
import os
import shutil
import signal
import sys
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management.base import OutputWrapper

from tests.management.test_import_report import run, seed
from tracker.choices import IntakeState
from tracker.management import progress
from tracker.models import Action, Intake, Report
from tracker.services import acceptance
from tracker.services import intake as verbs

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    """A folder of two reports, a hidden file, and a folder with a third report."""
    made = tmp_path / "reports"
    (made / "older").mkdir(parents=True)
    shutil.copy(seed("west-sussex"), made / "b.txt")
    shutil.copy(seed("rotherham"), made / "a.txt")
    shutil.copy(seed("staffordshire-2012"), made / ".hidden.txt")
    shutil.copy(seed("staffordshire-2012"), made / "older")
    return made


def counts(err):
    """The summary as words and numbers."""
    rows = (line.split(maxsplit=1) for line in err.splitlines() if line.startswith("   "))
    return {words: int(number) for number, words in rows if number.isdigit()}


def when_reading(monkeypatch, does):
    """Have `does` called with the name of each file before it is read."""
    read = verbs.read_bytes

    def reading(data, *, name):
        does(name)
        return read(data, name=name)

    monkeypatch.setattr(verbs, "read_bytes", reading)


def test_the_files_of_a_folder_are_read_in_order_without_the_hidden_and_the_folders_in_it(capsys, folder):
    status, out, _ = run(capsys, str(folder))
    assert (status, [line.split(":")[0] for line in out.splitlines()]) == (
        0,
        [str(folder / "a.txt"), str(folder / "b.txt")],
    )


def test_an_empty_folder_is_told_and_fails(capsys, tmp_path):
    status, _, err = run(capsys, str(tmp_path))
    assert (status, f"{tmp_path}: There is no file in this folder" in err) == (1, True)


def test_a_folder_that_may_not_be_looked_into_stops_no_other_file(capsys, folder, monkeypatch):
    def refuse(path):
        raise PermissionError(13, "Permission denied")

    report = seed("rotherham")
    monkeypatch.setattr(os, "scandir", refuse)
    status, _, err = run(capsys, str(folder), report)
    assert (status, Intake.objects.count()) == (1, 1)
    assert f"{folder}: The file cannot be opened: Permission denied." in err


def test_a_file_that_vanishes_meanwhile_is_told_and_stops_no_other(capsys, folder, monkeypatch):
    when_reading(monkeypatch, lambda name: (folder / "b.txt").unlink(missing_ok=True))
    status, _, err = run(capsys, str(folder), seed("staffordshire-2012"))
    assert (status, Intake.objects.count()) == (1, 2)
    assert f"{folder / 'b.txt'}: The file cannot be opened: No such file or directory." in err


def test_an_unforeseen_error_in_one_file_is_a_sentence_and_stops_no_other(capsys, folder, monkeypatch):
    def breaks(name):
        if name == "a.txt":
            raise ZeroDivisionError("the moon is\nfull")

    when_reading(monkeypatch, breaks)
    status, _, err = run(capsys, str(folder))
    assert (status, [intake.name for intake in Intake.objects.all()]) == (1, ["b.txt"])
    assert "a.txt: Something went wrong that was not foreseen (ZeroDivisionError: the moon is full)." in err
    assert "Traceback" not in err


def test_who_wants_the_traceback_of_an_unforeseen_error_asks_for_it(capsys, folder, monkeypatch):
    when_reading(monkeypatch, lambda name: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        run(capsys, str(folder), "--traceback")


def test_the_summary_counts_every_outcome_and_names_what_failed(capsys, folder, monkeypatch):
    (folder / "c.pdf").write_bytes(b"%PDF-1.4 no pages")
    (folder / "d.txt").write_text("What needs to improve\n\n- see every child alone\n")
    shutil.copy(folder / "a.txt", folder / "e.txt")
    status, _, err = run(capsys, str(folder))
    assert (status, counts(err)) == (
        1,
        {"read": 2, "read, needs review": 0, "accepted": 0, "seen before": 1, "unreadable": 1, "refused": 1},
    )
    failed = err[err.index("2 of 5 could not be imported:") :]
    assert ("c.pdf: It cannot be read: This PDF" in failed, "d.txt: The report names no authority" in failed) == (
        True,
        True,
    )


def test_a_reading_in_doubt_is_counted_for_itself(capsys, tmp_path):
    (tmp_path / "a.txt").write_text("What needs to improve\n\n- see every child alone\n")
    (tmp_path / "b.txt").write_text("What needs to improve\n\n- see every family at home\n")
    _, _, err = run(capsys, str(tmp_path), "--authority", "RTH")
    assert (counts(err)["read"], counts(err)["read, needs review"]) == (0, 2)


def test_the_same_bytes_in_another_authority_have_not_been_seen_before(capsys):
    run(capsys, seed("rotherham"))
    _, out, _ = run(capsys, seed("rotherham"), "--authority", "STF")
    assert ("Seen before" in out, Intake.objects.count()) == (False, 2)


def test_a_second_run_over_accepted_reports_counts_them_as_seen_before(capsys, folder):
    for _ in range(2):
        status, _, err = run(capsys, str(folder), "--accept", "plan")
    assert (status, counts(err)["accepted"], counts(err)["seen before"], Report.objects.count()) == (0, 0, 2, 2)


def test_a_report_that_cannot_be_accepted_is_kept_and_told(capsys, tmp_path):
    whole = Path(seed("rotherham")).read_text()
    (tmp_path / "empty.txt").write_text(whole.split("Areas for improvement")[0])
    status, _, err = run(capsys, str(tmp_path), "--authority", "RTH", "--accept", "plan")
    assert (status, Intake.objects.get().state) == (1, IntakeState.READ)
    assert "Read and kept, but not accepted: There is no recommendation to make a plan of." in err


def test_what_is_too_large_or_no_file_is_refused_unread(capsys, settings, tmp_path):
    settings.REPORT_MAX_BYTES = 1000
    (tmp_path / "large.txt").write_bytes(b"x" * 1001)
    status, _, err = run(capsys, str(tmp_path / "large.txt"), os.devnull, "--authority", "RTH")
    assert (status, Intake.objects.count()) == (1, 0)
    assert ("This file is too large: 1001\xa0bytes" in err, "neither a file nor a folder" in err) == (True, True)


def test_a_name_that_no_terminal_should_be_given_is_shown_and_kept_harmless(capsys, tmp_path):
    shutil.copy(seed("rotherham"), os.fsencode(tmp_path) + b"/\x1b[2Jre\xffport.txt")
    status, out, _ = run(capsys, str(tmp_path))
    assert (status, Intake.objects.get().name, "\x1b" in out) == (0, "\ufffd[2Jre\ufffdport.txt", False)


def test_an_interrupt_while_a_file_is_read_keeps_nothing_of_it_and_tells_what_was_done(capsys, folder, monkeypatch):
    def interrupts(name):
        if name == "b.txt":
            os.kill(os.getpid(), signal.SIGINT)

    when_reading(monkeypatch, interrupts)
    status, _, err = run(capsys, str(folder), seed("staffordshire-2012"))
    assert (status, [intake.name for intake in Intake.objects.all()]) == (130, ["a.txt"])
    assert "Interrupted: 1 of 3 files were dealt with, 2 were not looked at." in err


def test_an_interrupt_while_a_report_is_accepted_waits_until_it_is_whole(capsys, folder, monkeypatch):
    accept = acceptance.accept

    def interrupted(*words, **more):
        os.kill(os.getpid(), signal.SIGINT)
        return accept(*words, **more)

    monkeypatch.setattr(acceptance, "accept", interrupted)
    status, out, err = run(capsys, str(folder), "--accept", "plan")
    assert (status, Report.objects.count(), Action.objects.count()) == (130, 1, 13)
    assert ("13 recommendations" in out, "Interrupted: 1 of 2 files" in err) == (True, True)


def test_after_the_run_an_interrupt_is_what_it_was_before(capsys):
    before = signal.getsignal(signal.SIGINT)
    run(capsys, seed("rotherham"))
    assert signal.getsignal(signal.SIGINT) is before


def test_results_alone_go_to_the_output(capsys, folder, monkeypatch):
    monkeypatch.setattr(progress, "EVERY", 0.0)
    _, out, err = run(capsys, str(folder))
    assert (len(out.splitlines()), "1 of 2 …" in err) == (2, True)


class Terminal(io.StringIO):
    """An output that says that it is a terminal."""

    def isatty(self):
        return True


def test_on_a_terminal_a_bar_counts_and_gives_way_to_results(monkeypatch):
    screen, out = Terminal(), io.StringIO()
    monkeypatch.setattr(sys, "stderr", screen)
    with progress.Progress(2, out=OutputWrapper(out), err=OutputWrapper(screen)) as bar:
        bar.step("a.txt: read", failed=False)
        bar.step("b.txt: broken", failed=True)
    assert out.getvalue() == "a.txt: read\n"
    assert ("1/2" in screen.getvalue(), f"{progress.CLEAR_LINE}b.txt: broken\n" in screen.getvalue()) == (True, True)


def test_what_a_killed_process_left_of_a_file_is_written_anew(capsys):
    whole = Path(seed("rotherham")).read_bytes()
    default_storage.save(f"intakes/RTH/{hashlib.sha256(whole).hexdigest()}", ContentFile(whole[:100]))
    run(capsys, seed("rotherham"))
    with Intake.objects.get().file.open("rb") as kept:
        assert kept.read() == whole
