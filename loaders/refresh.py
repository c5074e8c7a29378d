"""Bring built tables up to what sources, uploads and corrections say now: one builder at a time, whoever asks.

Several sessions, several processes and several replicas over one store may ask at once. A lock on the tables' folder
lets one of them build; the others find the tables fresh when their turn comes.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from loaders.build import Progress, build, default_sources, is_stale
from loaders.evaluate import write_accuracy
from loaders.intake import lay_out
from loaders.store import Store


@contextmanager
def sole_builder(out: Path) -> Iterator[None]:
    """Hold the lock of a tables' folder; it goes with the process that dies."""
    out.mkdir(parents=True, exist_ok=True)
    with (out / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def refresh(
    out: Path, sources: Sequence[Path], store: Store, uploads: Path, *, progress: Progress | None = None
) -> bool:
    """Build the tables where they are missing or stale; returns whether it did.

    Parameters
    ----------
    sources
        Files or folders beside the uploads; empty: the corpus.
    uploads
        Folder that is made to hold the store's uploads.
    """
    with sole_builder(out):
        lay_out(store, uploads)
        places = list(sources) or default_sources()
        if uploads not in places:
            places.append(uploads)
        standing = store.standing()
        if not is_stale(out, places, standing):
            return False
        build(places, out, corrections=standing, progress=progress)
        write_accuracy(out)
        return True
