"""The parts of the supervisor by themselves: one run at a time, what a killed run left, and what dies too often."""

import subprocess
import sys
from pathlib import Path

import pytest

from config import instance, preflight, processes
from config.instance import Stopped, claimed
from config.supervisor import Program, Supervisor

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]


@pytest.fixture
def sleeper():
    """A process that would sleep for a minute, and carries the mark of a run."""
    process = subprocess.Popen(SLEEP, env={instance.MARK: "left-behind"}, start_new_session=True)
    yield process
    process.kill()
    process.wait()


def test_an_installation_is_claimed_once(tmp_path):
    with (
        claimed(tmp_path, "http://first"),
        pytest.raises(Stopped, match="http://first"),
        claimed(tmp_path, "http://second"),
    ):
        pass


def test_a_claim_can_be_made_again_once_it_is_given_up(tmp_path):
    with claimed(tmp_path, "http://first"):
        pass
    with claimed(tmp_path, "http://second") as claim:
        assert claim.sockets.is_dir()


def test_a_socket_folder_is_closed_to_others_and_its_path_is_short(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path / ("long" * 30)))
    with claimed(tmp_path, "http://here") as claim:
        assert (claim.sockets.stat().st_mode & 0o077, len(str(claim.sockets / "s")) < 104) == (0, True)


def test_a_process_that_was_noted_is_ended(sleeper):
    left = processes.known(sleeper.pid)
    instance.clear_up({"children": [[left.pid, left.identity]]})
    assert not processes.is_running(left)


def test_another_process_that_has_the_noted_id_now_is_left_alone(sleeper):
    instance.clear_up({"children": [[sleeper.pid, "began at another time"]]})
    assert processes.is_running(processes.known(sleeper.pid))


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_what_the_noted_processes_began_is_ended_by_its_mark(sleeper):
    left = processes.known(sleeper.pid)
    instance.clear_up({"mark": "left-behind"})
    sleeper.wait(10)
    assert not processes.is_running(left)


def test_a_note_that_was_cut_off_is_no_obstacle(tmp_path):
    (tmp_path / "serve.json").write_text('{"children": [[12')
    with claimed(tmp_path, "http://here") as claim:
        assert claim.address == "http://here"


def test_a_program_that_dies_again_and_again_stops_the_rest_with_a_sentence(tmp_path):
    told = []
    with claimed(tmp_path, "http://here") as claim:
        supervisor = Supervisor(
            claim=claim, folder=tmp_path, base=Path.cwd(), port=1, redis_url="redis://unused", tell=told.append
        )
        steady = Program("steady", SLEEP)
        supervisor.programs = [steady, Program("brittle", [sys.executable, "-c", "raise SystemExit(3)"])]
        with pytest.raises(Stopped, match=r"brittle ended by itself \(exit status 3\), again and again"):
            supervisor.run()
    assert not steady.is_running()


def test_a_full_disk_is_told_before_anything_is_written(tmp_path, monkeypatch):
    monkeypatch.setattr("shutil.disk_usage", lambda folder: type("Usage", (), {"free": 1024}))
    with pytest.raises(Stopped, match="Make room"):
        preflight.check_room(tmp_path)


@pytest.mark.parametrize("port", [0, -1, 65536])
def test_a_number_that_is_no_port_is_told(port):
    with pytest.raises(Stopped, match="between 1 and 65535"):
        preflight.check_port(port)
