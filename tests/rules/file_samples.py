"""Small files of every kind, made here: as much of each as tells what it is."""

import io
import struct
import zipfile

from tracker.rules.compound_files import MARK


def zipped(*names, types="<Types/>"):
    """An archive with empty parts of these names, and an Office file's list of parts."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        if types:
            archive.writestr("[Content_Types].xml", types)
        for name in names:
            archive.writestr(name, "")
    return data.getvalue()


def compound(*names):
    """An old Office container whose directory holds these names."""
    header = bytearray(512)
    header[:8] = MARK
    struct.pack_into("<H", header, 30, 9)
    struct.pack_into("<I", header, 48, 1)
    struct.pack_into("<109I", header, 76, 0, *[0xFFFFFFFF] * 108)
    sectors = -(-len(names) // 4)
    chain = [0xFFFFFFFD, *range(2, sectors + 1), 0xFFFFFFFE]
    table = struct.pack("<128I", *chain, *[0xFFFFFFFF] * (128 - len(chain)))
    directory = b""
    for name in names:
        written = name.encode("utf-16-le") + b"\0\0"
        directory += written.ljust(64, b"\0") + struct.pack("<H", len(written)).ljust(64, b"\0")
    return bytes(header) + table + directory.ljust(sectors * 512, b"\0")


MAIL = b"From: ben@example.org\r\nDate: Mon, 4 Mar 2024 10:00:00 +0000\r\nSubject: The audit\r\n\r\nIt is done.\r\n"
KEPT = {
    "application/pdf": b"%PDF-1.7\n%\xe2\xe3\n",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": zipped("word/document.xml"),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": zipped("xl/workbook.xml"),
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": zipped("ppt/presentation.xml"),
    "application/msword": compound("Root Entry", "WordDocument"),
    "application/vnd.ms-excel": compound("Root Entry", "a", "b", "c", "d", "Workbook"),
    "application/vnd.ms-powerpoint": compound("Root Entry", "PowerPoint Document"),
    "application/vnd.ms-outlook": compound("Root Entry", "__properties_version1.0"),
    "image/png": b"\x89PNG\r\n\x1a\n\x00",
    "image/jpeg": b"\xff\xd8\xff\xe0\x00",
    "image/gif": b"GIF89a\x01",
    "image/webp": b"RIFF\x10\x00\x00\x00WEBPVP8 ",
    "image/heic": b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00",
    "image/tiff": b"II*\x00\x08\x00",
    "message/rfc822": MAIL,
    "text/plain": "Twenty files – read.".encode(),
}
REFUSED = {
    "a Word document with macros": zipped("word/document.xml", "word/vbaProject.bin"),
    "an Excel workbook with macros": zipped("xl/workbook.xml", "xl/macrosheets/sheet1.xml"),
    "a PowerPoint presentation with macros": zipped(
        "ppt/presentation.xml", types="application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml"
    ),
    "an Office document locked with a password": compound("Root Entry", "EncryptedPackage"),
    "a compressed file": zipped("minutes.txt", types=""),
    "a binary Excel workbook": zipped("xl/workbook.bin"),
    "an OpenDocument file": zipped("mimetype", "content.xml", types=""),
    "a damaged Office file": b"PK\x03\x04 and no more",
    "neither a document nor an e-mail": compound("Root Entry", "installer"),
    "a program": b"MZ\x90\x00\x03\x00\x00\x00",
    "a script": b"#!/bin/sh\necho\n",
    "a web page": b"\n<!DOCTYPE html><html><body>x",
    "a drawing (SVG)": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "a file for machines to read": b"<?xml version='1.0'?><a/>",
    "a rich text": b"{\\rtf1 x}",
    "a shortcut of Windows": b"L\x00\x00\x00\x01\x14\x02\x00\x00",
    "a film": b"\x00\x00\x00\x18ftypisom\x00\x00\x00\x00",
    "a sound or film recording": b"RIFF\x10\x00\x00\x00WAVEfmt ",
    "cannot be told": bytes(range(256)) * 4,
}
OLD_MACROS = compound("Root Entry", "WordDocument", "Macros", "VBA", "_VBA_PROJECT")
