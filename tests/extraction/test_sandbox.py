"""The child process: killed when it is late, gone when it breaks, and back for the next file."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.extraction.printed import pdf
from tracker.extraction import ExtractedReport, Limits, Sandbox, read_here, read_report
from tracker.extraction.asking import PAGE, PICTURE, Request
from tracker.extraction.server import MEGABYTE

ROOT = Path(__file__).parents[2]
TEXT = b"Recommendations\n\n- See children often and alone.\n"
# A child of our own making, which does as the file bids it; the real one has no such ear.
OBEDIENT = """
import os, sys, time
from dataclasses import replace
from tracker.extraction import ExtractedReport
from tracker.extraction.asking import QUESTIONS, REPORT
from tracker.extraction.server import serve

def read(data, request):
    name = request.name
    if data == b"hang":
        time.sleep(600)
    if data == b"die":
        os._exit(3)
    if data == b"eat":
        return ExtractedReport(name, title=str(len(bytearray(4 * 1024**3))))
    if data == b"spin":
        while True:
            pass
    if data == b"write":
        open(name, "wb").write(b"x")
    if data == b"chatter":
        os.write(1, b"noise")
    if data == b"secrets":
        return ExtractedReport(name, title=" ".join(sorted(os.environ)))
    if data == b"pid":
        return ExtractedReport(name, title=str(os.getpid()))
    return REPORT.answer(data, request)

def obedient(question):
    def answer(data, request):
        made = read(data, request)
        return made if question is REPORT else question.answer(data, request)
    return replace(question, answer=answer)

serve(memory=int(sys.argv[-1]), questions={word: obedient(question) for word, question in QUESTIONS.items()})
"""


@pytest.fixture
def sandbox():
    made = Sandbox([sys.executable, "-c", OBEDIENT])
    yield made
    made.close()


def ask(sandbox, data, **limits):
    return sandbox.read(data, name="a file", limits=Limits(**limits))


def test_a_file_read_in_the_child_is_read_as_here():
    assert read_report(TEXT, name="a file") == read_here(TEXT, name="a file")


def test_a_child_that_hangs_is_stopped_with_a_sentence(sandbox):
    assert ask(sandbox, b"hang", seconds=0.5).error == "Reading this file took longer than 0.5 seconds and was stopped."


def test_the_file_after_one_that_hung_is_read(sandbox):
    ask(sandbox, b"hang", seconds=0.5)
    assert ask(sandbox, TEXT).error is None


def test_a_child_that_dies_gives_a_sentence(sandbox):
    assert ask(sandbox, b"die").error.startswith("The reader broke down over this file")


def test_the_file_after_one_that_killed_the_child_is_read(sandbox):
    ask(sandbox, b"die")
    assert ask(sandbox, TEXT).error is None


def test_a_file_that_needs_too_much_memory_gives_a_sentence(sandbox):
    error = ask(sandbox, b"eat", memory=512 * MEGABYTE).error
    assert error == "This file needs more memory than the 512 MB the reader may use."


def test_the_file_after_one_that_was_too_greedy_is_read(sandbox):
    ask(sandbox, b"eat")
    assert ask(sandbox, TEXT).error is None


def test_the_kernel_ends_a_child_that_spins(sandbox):
    assert ask(sandbox, b"spin", seconds=0.2).error.startswith("Reading this file took longer")


def test_a_child_can_write_no_file(sandbox, tmp_path):
    sandbox.read(b"write", name=str(tmp_path / "written"), limits=Limits())
    assert not (tmp_path / "written").exists() or (tmp_path / "written").stat().st_size == 0


def test_what_a_library_prints_does_not_reach_the_parent(sandbox):
    assert ask(sandbox, b"chatter").error is None


def test_the_child_has_nothing_of_our_environment(sandbox, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "invented")
    assert set(ask(sandbox, b"secrets").title.split()) <= {"LANG", "LC_CTYPE", "PATH"}


def test_the_child_stays_warm_between_files(sandbox):
    assert ask(sandbox, b"pid").title == ask(sandbox, b"pid").title


def test_another_memory_limit_takes_another_child(sandbox):
    assert ask(sandbox, b"pid").title != ask(sandbox, b"pid", memory=700 * MEGABYTE).title


def test_a_child_that_ended_while_idle_is_replaced_unseen(sandbox):
    first = int(ask(sandbox, b"pid").title)
    os.kill(first, 9)
    os.waitid(os.P_PID, first, os.WEXITED | os.WNOWAIT)
    assert ask(sandbox, TEXT).error is None


def test_a_file_that_is_too_large_never_reaches_the_child(sandbox):
    error = ask(sandbox, b"hang", size=3).error
    assert error == "This file is too large: 4 bytes, and at most 3 bytes can be read."


def test_a_child_that_cannot_be_started_gives_a_sentence():
    assert ask(Sandbox(["/nowhere/at/all"]), TEXT).error == "The reader could not be started. Try again later."


def test_a_child_that_answers_nonsense_gives_a_sentence():
    nonsense = Sandbox([sys.executable, "-c", "import os; os.write(1, bytes(7) + b'\\x02{}'); os.read(0, 99)"])
    error = ask(nonsense, TEXT).error
    nonsense.close()
    assert error.startswith("The reader broke down")


def test_threads_get_each_their_own_answer(sandbox):
    names, read = [f"file {number}" for number in range(8)], {}
    threads = [
        threading.Thread(target=lambda name=name: read.update({name: sandbox.read(TEXT, name=name, limits=Limits())}))
        for name in names
    ]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert {name: report.file for name, report in read.items()} == {name: name for name in names}


DRAWN = pdf("Recommendations")


def ask_for(sandbox, question, data, **limits):
    return sandbox.ask(question, data, Request("a file", Limits(**limits), 1, 200))


def test_a_page_that_takes_too_long_to_draw_is_stopped_with_a_sentence(sandbox):
    late = ask_for(sandbox, PICTURE, b"hang", seconds=0.5)
    assert (late.png, late.error) == (b"", "Drawing this page took longer than 0.5 seconds and was stopped.")


def test_the_page_after_one_that_hung_is_drawn(sandbox):
    ask_for(sandbox, PICTURE, b"hang", seconds=0.5)
    assert ask_for(sandbox, PICTURE, DRAWN).png.startswith(b"\x89PNG")


def test_a_page_that_breaks_the_child_gives_a_view_with_a_sentence(sandbox):
    view = ask_for(sandbox, PAGE, b"die")
    assert (view.number, view.lines, view.error[:32]) == (1, (), "The reader broke down over this ")


def test_a_page_that_needs_too_much_memory_gives_a_sentence(sandbox):
    error = ask_for(sandbox, PICTURE, b"eat", memory=512 * MEGABYTE).error
    assert error == "This file needs more memory than the 512 MB the reader may use."


def test_one_child_reads_shows_and_draws(sandbox):
    first = ask(sandbox, b"pid").title
    assert ask_for(sandbox, PICTURE, DRAWN).error is None and ask_for(sandbox, PAGE, DRAWN).error is None
    assert ask(sandbox, b"pid").title == first


@pytest.mark.parametrize("question", [PAGE, PICTURE])
def test_a_file_too_large_to_read_is_neither_shown_nor_drawn(sandbox, question):
    error = ask_for(sandbox, question, b"hang", size=3).error
    assert error == "This file is too large: 4 bytes, and at most 3 bytes can be read."


# In a process of its own: in one with threads, a fork may leave a lock held by a thread that is gone.
FORKING = """
import os, sys
from tracker.extraction import Limits, Sandbox

def ask(sandbox):
    return sandbox.read(b"pid", name="a file", limits=Limits()).title

sandbox = Sandbox([sys.executable, "-c", sys.argv[1]])
ours = ask(sandbox)
answer, tell = os.pipe()
if os.fork() == 0:
    os.write(tell, ask(sandbox).encode())
    sandbox.close()
    os._exit(0)
theirs = os.read(answer, 99).decode()
os.wait()
print(theirs != ours, ask(sandbox) == ours)
sandbox.close()
"""


def test_a_forked_process_starts_a_child_of_its_own():
    command = [sys.executable, "-c", FORKING, OBEDIENT]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert (ended.stdout, ended.stderr) == ("True True\n", "")


def test_an_interrupted_reading_leaves_no_half_answer_behind(sandbox, monkeypatch):
    def interrupt(*_):
        raise KeyboardInterrupt

    ask(sandbox, TEXT)
    monkeypatch.setattr("tracker.extraction.sandbox._understood", interrupt)
    with pytest.raises(KeyboardInterrupt):
        ask(sandbox, TEXT)
    monkeypatch.undo()
    assert ask(sandbox, b"pid").title


def test_a_large_file_passes_through_the_pipes():
    assert isinstance(read_report(TEXT + b"words go on here. \n" * 20_000, name="long"), ExtractedReport)


def test_the_child_finds_its_package_from_any_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    fresh = Sandbox()
    error = ask(fresh, TEXT).error
    fresh.close()
    assert (error, Path.cwd()) == (None, tmp_path)
