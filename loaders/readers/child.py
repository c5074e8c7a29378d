"""Main program of the child process of `isolated`: answers requests from standard input until it is closed."""

from __future__ import annotations

import os
import sys
from typing import Any

from loaders.readers.base import SourceError
from loaders.readers.isolated import receive, send
from loaders.readers.pdf import page_png, read_pdf, read_picture

_MOST_MEMORY = 6 * 1024**3
_READERS = {"pdf": read_pdf, "picture": read_picture}


def main() -> None:
    """Serve until the parent is gone."""
    _limit_memory()
    requests = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not get between the answers
    while True:
        try:
            request = receive(requests)
        except EOFError:
            return
        send(answers, ("done", _answer(request, lambda *step: send(answers, ("progress", step)))))


def _answer(request: Any, progress: Any) -> object:
    kind, data, name, options, *rest = request
    try:
        if kind == "page":
            return page_png(data, name, options, *rest)
        return _READERS[kind](data, name, options, progress)
    except SourceError as error:
        return error
    except MemoryError:
        return SourceError(name, "too-large", "needs more memory than is allowed", "Split it or lower its resolution")


def _limit_memory() -> None:
    if sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))


if __name__ == "__main__":
    main()
