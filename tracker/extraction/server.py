"""The child's side of the sandbox: sets its own limits, then answers one request after another over its pipes.

A frame is eight bytes of length (big-endian) and that many bytes. A request is two frames, a JSON object
{"asked", "name", "number", "width", "seconds", "size"} and the file; an answer is one, as JSON. What may be asked,
and what comes back, stands in asking.py.
"""

import json
import math
import os
import resource
import struct
from contextlib import suppress

from tracker.extraction.asking import QUESTIONS, Answer, Questions, Request
from tracker.extraction.shapes import Json

LENGTH = struct.Struct(">Q")
MEGABYTE = 1024**2


def serve(*, memory: int, questions: Questions = QUESTIONS) -> None:
    """Answer requests until the parent closes its end. `memory` is the most address space, in bytes."""
    requests, answers = _take_over_stdio()
    _limit(memory)
    while (head := _read_frame(requests)) is not None:
        data = _read_frame(requests)
        if data is None:
            return
        row = json.loads(head)
        _allow_cpu(row["seconds"])
        _write_frame(answers, json.dumps(_answer(questions, row, data, memory).to_json()).encode())


def _answer(questions: Questions, row: Json, data: bytes, memory: int) -> Answer:
    question, request = questions[row["asked"]], Request.from_json(row, memory=memory)
    answer: Answer
    try:
        answer = question.answer(data, request)
    except MemoryError:
        sentence = f"This file needs more memory than the {memory // MEGABYTE:,} MB the reader may use."
        answer = question.refuse(request, sentence)
    return answer


def _take_over_stdio() -> tuple[int, int]:
    """Keep the two pipes under other numbers, so that nothing a library prints can reach the parent."""
    requests, answers = os.dup(0), os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    os.close(nowhere)
    return requests, answers


def _limit(memory: int) -> None:
    """No more memory than allowed, no core dump, and no bytes written to any file."""
    with suppress(ValueError, OSError):  # a lower limit is in force already, or the system knows none
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _allow_cpu(seconds: float) -> None:
    """CPU seconds for the next request, counted from what this process has used; the kernel ends it beyond that."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = math.ceil(used.ru_utime + used.ru_stime + seconds) + 1
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (until, hard))


def _read_frame(pipe: int) -> bytes | None:
    head = _read_exactly(pipe, LENGTH.size)
    return None if head is None else _read_exactly(pipe, LENGTH.unpack(head)[0])


def _read_exactly(pipe: int, count: int) -> bytes | None:
    parts, missing = [], count
    while missing:
        part = os.read(pipe, min(missing, MEGABYTE))
        if not part:
            return None
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)


def _write_frame(pipe: int, body: bytes) -> None:
    rest = memoryview(LENGTH.pack(len(body)) + body)
    while rest:
        rest = rest[os.write(pipe, rest) :]
