"""Runs readers of native code in a process of their own, with a time and a memory limit.

One child serves many files, so its start (0.3 s) is paid once; a file that hangs or crashes it costs that child only.
The protocol is length-prefixed pickles over pipes: unlike ``multiprocessing`` it works under any main program.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import pickle
import struct
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO, Any

from loaders.readers.base import Options, Progress, Reading, SourceError

_GRACE = 20.0
_ROOT = Path(__file__).resolve().parents[2]
_idle: list[_Child] = []
_lock = threading.Lock()


def read_isolated(kind: str, data: bytes, name: str, options: Options, progress: Progress | None = None) -> Reading:
    """Reading by the reader ``kind`` (``pdf`` or ``picture``) in a child process.

    Raises
    ------
    SourceError
        What the reader raises, or ``time-limit`` or ``crashed``.
    """
    reading: Reading = _call((kind, data, name, options), name, options, progress)
    return reading


def render_isolated(data: bytes, name: str, options: Options, number: int, width: int) -> bytes:
    """PNG of one page, made in a child process; raises as `read_isolated`."""
    png: bytes = _call(("page", data, name, options, number, width), name, options, None)
    return png


def _call(request: tuple[object, ...], name: str, options: Options, progress: Progress | None) -> Any:
    child = _take()
    timer = threading.Timer(options.limits.seconds + _GRACE, child.expire)
    timer.start()
    try:
        outcome = child.ask(request, progress)
    finally:
        timer.cancel()
    if outcome is None:
        child.kill()
        if child.expired:
            reason = f"was not read within {options.limits.seconds:.0f} s"
            raise SourceError(name, "time-limit", reason, "Split it, or print it to a new PDF")
        raise SourceError(name, "crashed", "made its reader fail", "Print it to a new PDF and import that")
    with _lock:
        _idle.append(child)
    if isinstance(outcome, SourceError):
        raise outcome
    return outcome


class _Child:
    """One running ``python -m loaders.readers.child``."""

    def __init__(self) -> None:
        environment = {**os.environ, "PYTHONPATH": str(_ROOT), "OMP_THREAD_LIMIT": "1"}
        self.owner, self.expired = os.getpid(), False
        self.process = subprocess.Popen(
            [sys.executable, "-m", "loaders.readers.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            start_new_session=True,  # so that a kill takes Tesseract with it
        )

    def ask(self, request: tuple[object, ...], progress: Progress | None) -> object | None:
        """Answer of the child, or None when it is gone."""
        assert self.process.stdin is not None and self.process.stdout is not None
        try:
            send(self.process.stdin, request)
            while True:
                kind, content = receive(self.process.stdout)
                if kind != "progress":
                    return content
                if progress is not None:
                    progress(*content)
        except (OSError, EOFError, pickle.UnpicklingError):
            return None

    def expire(self) -> None:
        self.expired = True
        self.kill()

    def kill(self) -> None:
        if hasattr(os, "killpg"):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, 9)
        else:
            self.process.kill()
        self.process.wait()


def _take() -> _Child:
    with _lock:
        while _idle:
            child = _idle.pop()
            # after a fork the pipes belong to the parent process
            if child.owner == os.getpid() and child.process.poll() is None:
                return child
    return _Child()


@atexit.register
def _stop() -> None:
    for child in _idle:
        if child.owner == os.getpid():
            child.kill()


def send(stream: IO[bytes], message: object) -> None:
    """Writes one message."""
    content = pickle.dumps(message)
    stream.write(struct.pack("!Q", len(content)) + content)
    stream.flush()


def receive(stream: IO[bytes]) -> Any:
    """Next message; raises ``EOFError`` at the end."""
    head = stream.read(8)
    if len(head) < 8:
        raise EOFError
    (length,) = struct.unpack("!Q", head)
    content = stream.read(length)
    if len(content) < length:
        raise EOFError
    return pickle.loads(content)
