"""The old Office container (CFB, "OLE2"): the names of what stands in it, which tell a document from an installer.

Source: Microsoft's [MS-CFB]. Only the directory is read, with a limit, and nothing in the file is trusted.
"""

import struct
from collections.abc import Iterator

MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENTRY, MOST_SECTORS = 128, 4096
LAST = 0xFFFFFFFA  # numbers from here on are marks, not sectors


def names_in(data: bytes) -> frozenset[str]:
    """The names of all storages and streams; none where the container is damaged."""
    try:
        return frozenset(name for sector in _directory(data) for name in _names(sector))
    except (struct.error, IndexError, ValueError):
        return frozenset()


def _directory(data: bytes) -> Iterator[bytes]:
    """The sectors of the directory, one after the other as the table of sectors chains them."""
    size = 1 << _checked(struct.unpack_from("<H", data, 30)[0])
    number = struct.unpack_from("<I", data, 48)[0]
    tables = [table for table in struct.unpack_from("<109I", data, 76) if table < LAST]
    for _ in range(MOST_SECTORS):
        if number >= LAST:
            return
        yield data[(number + 1) * size : (number + 2) * size]
        table, place = divmod(number, size // 4)
        number = struct.unpack_from("<I", data, (tables[table] + 1) * size + place * 4)[0]


def _checked(shift: int) -> int:
    if shift not in (9, 12):
        raise ValueError(f"A sector of 2**{shift} bytes is none.")
    return shift


def _names(sector: bytes) -> Iterator[str]:
    for start in range(0, len(sector) - ENTRY + 1, ENTRY):
        length = struct.unpack_from("<H", sector, start + 64)[0]
        if 2 <= length <= 64:
            yield sector[start : start + length - 2].decode("utf-16-le", errors="replace")
