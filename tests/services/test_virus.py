"""The virus check: what is not clearly harmless is not kept, whatever the daemon does."""

import logging

import pytest
from django.core.checks import run_checks

from tests import factories
from tests.factories import acting, at
from tests.fake_clamd import clamd, closing_early, hanging, ponging, saying, too_small, trickling
from tracker.models import Event, Evidence, Intake
from tracker.rules.refusal import Refused
from tracker.services import evidence, intake, virus

NOW = at(2012, 10, 1)
CLEAN, FOUND = saying(b"stream: OK\0"), saying(b"stream: Invented-Test FOUND\0")


@pytest.fixture(params=[False, True], ids=["socket", "network"])
def checked_by(request, settings):
    """Sets a daemon that answers so as the virus check, on a socket and over the network."""
    running = []

    def start(answer):
        made = clamd(answer, network=request.param)
        daemon = made.__enter__()
        running.append(made)
        settings.CLAMD_ADDRESS, settings.CLAMD_SECONDS = daemon.address, 0.5
        return daemon

    yield start
    for made in running:
        made.__exit__(None, None, None)


def check(data=b"minutes"):
    virus.check_harmless(data, by=factories.house())


def test_a_harmless_file_passes(checked_by):
    checked_by(CLEAN)
    assert check() is None


def test_a_large_file_arrives_whole_in_its_chunks(checked_by):
    daemon, data = checked_by(CLEAN), bytes(range(256)) * 4096 + b"end"
    check(data)
    assert daemon.heard == [data]


def test_a_virus_is_refused_by_its_name(checked_by):
    checked_by(FOUND)
    with pytest.raises(Refused, match="something harmful in this file \\(Invented-Test\\)") as refused:
        check()
    assert refused.value.field == "file"


@pytest.mark.parametrize(
    "answer",
    [hanging, closing_early, trickling, saying(b""), saying(b"garbage\0"), saying(b"stream: OKAY\0"), saying(b"OK\0")],
    ids=["hangs", "closes early", "trickles", "says nothing", "garbage", "nearly", "not of the stream"],
)
def test_what_is_no_clear_answer_refuses_the_file(checked_by, answer):
    checked_by(answer)
    with pytest.raises(Refused, match="not answering, so the file was not kept"):
        check(b"x" * 300_000)


def test_an_error_of_the_daemon_refuses_the_file(checked_by):
    checked_by(saying(b"stream: Access denied. ERROR\0"))
    with pytest.raises(Refused, match="not answering"):
        check()


def test_a_file_larger_than_the_daemon_takes_is_refused_with_that_reason(checked_by):
    checked_by(too_small)
    with pytest.raises(Refused, match="does not take a file of this size"):
        check(b"x" * 300_000)


@pytest.mark.parametrize("address", ["unix:///nowhere/at/all", "tcp://127.0.0.1:1", "http://example.org"])
def test_nobody_at_the_address_refuses_the_file(settings, address):
    settings.CLAMD_ADDRESS = address
    with pytest.raises(Refused, match="not answering"):
        check()


def test_without_an_address_nobody_is_asked(settings):
    settings.CLAMD_ADDRESS = ""
    assert check() is None


def test_the_log_tells_of_a_virus_without_name_or_content(checked_by, caplog):
    checked_by(FOUND)
    with caplog.at_level(logging.WARNING), pytest.raises(Refused):
        check(b"a child's name")
    assert "Invented-Test" in caplog.text and "SHA-256" in caplog.text and "child" not in caplog.text


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("unix:///run/clamd.sock", "/run/clamd.sock"),
        ("tcp://scanner:3311", ("scanner", 3311)),
        ("tcp://scanner", ("scanner", 3310)),
        ("tcp://[::1]:3310", ("::1", 3310)),
    ],
)
def test_an_address_names_a_socket_or_a_host(address, place):
    assert virus.place_of(address) == place


MALFORMED = ["scanner:3310", "tcp://", "tcp://scanner:port", "unix://", "unix://run/clamd.sock", "tcp://a:1/path"]


@pytest.mark.parametrize("address", MALFORMED)
def test_an_address_that_cannot_be_one_is_told_by_the_system_s_check(settings, address):
    settings.CLAMD_ADDRESS = address
    told = [each.msg for each in run_checks() if each.id == "tracker.E002"]
    assert len(told) == 1 and "Set CLAMD_ADDRESS to tcp://host:3310" in told[0]


def test_a_deployment_without_a_virus_check_is_warned(settings):
    settings.CLAMD_ADDRESS = ""
    assert "tracker.W002" in {each.id for each in run_checks(include_deployment_checks=True)}


def test_a_ping_tells_whether_it_answers(checked_by):
    checked_by(ponging)
    assert virus.answers()


def test_a_ping_that_is_not_answered_is_no_answer(checked_by, monkeypatch):
    monkeypatch.setattr(virus, "PING_SECONDS", 0.2)
    checked_by(hanging)
    assert not virus.answers()


@pytest.mark.django_db
def test_evidence_with_a_virus_is_not_kept_anywhere(owned, owner, checked_by, settings):
    checked_by(FOUND)
    before = Event.objects.count()
    with pytest.raises(Refused, match="harmful"):
        evidence.add_file(owned, data=b"minutes", name="a.txt", by=acting(owner), at=NOW)
    assert (Evidence.objects.count(), Event.objects.count(), settings.MEDIA_ROOT.exists()) == (0, before, False)


@pytest.mark.django_db
def test_a_report_is_not_kept_while_the_check_does_not_answer(rotherham, lead, settings):
    settings.CLAMD_ADDRESS = "unix:///nowhere/at/all"
    with pytest.raises(Refused, match="not answering"):
        intake.receive(b"a letter", name="letter.txt", authority=rotherham, by=acting(lead), at=NOW)
    assert (Intake.objects.count(), settings.MEDIA_ROOT.exists()) == (0, False)


@pytest.mark.django_db
def test_a_harmless_report_is_received(rotherham, lead, checked_by):
    daemon = checked_by(CLEAN)
    intake.receive(b"a letter", name="letter.txt", authority=rotherham, by=acting(lead), at=NOW)
    assert daemon.heard == [b"a letter"]
