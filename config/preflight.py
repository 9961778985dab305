"""Before anything is started: what has to be so on this machine, each told in a sentence that says what to do."""

import shutil
import socket
import tempfile
from pathlib import Path

from config.instance import Stopped

NEEDED_MEGABYTES = 300
MEGABYTE = 1024 * 1024


def check_writable(folder: Path) -> None:
    """Raises Stopped where no file can be made in the folder."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise Stopped(
            f"Nothing can be written to {folder} ({error.strerror}). "
            "Give yourself the right to, or name another folder: make run VAR_DIR=/path/to/folder"
        ) from error


def check_room(folder: Path) -> None:
    """Raises Stopped where the disk is nearly full."""
    free = shutil.disk_usage(folder).free // MEGABYTE
    if free < NEEDED_MEGABYTES:
        raise Stopped(
            f"The disk of {folder} has {free} MB left; at least {NEEDED_MEGABYTES} MB are needed. "
            "Make room, or name a folder on another disk: make run VAR_DIR=/path/to/folder"
        )


def check_port(port: int) -> None:
    """Raises Stopped where the port is no port, or cannot be listened on."""
    if not 0 < port < 2**16:
        raise Stopped(f"PORT is {port}; it has to lie between 1 and 65535: make run PORT=8001")
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
        except PermissionError:
            raise Stopped(f"Port {port} is reserved on this machine. Choose a higher one: make run PORT=8001") from None
        except OSError:
            raise Stopped(
                f"Port {port} is in use by another program. Stop that one, or choose another port: "
                f"make run PORT={port + 1 if port < 2**16 - 1 else 8001}"
            ) from None
