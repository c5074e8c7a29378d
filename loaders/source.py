"""Bytes → text, by media type. The registry ``FORMATS`` is the one place that knows which reader takes which file.

The kind of a file is told by its first bytes; the extension decides only between kinds that look alike (text and HTML)
and a contradiction between the two is said.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from loaders.readers.base import (
    DEFAULT_LIMITS,
    Limits,
    Options,
    Page,
    Progress,
    Reading,
    SourceError,
    SourceText,
    safe_name,
)
from loaders.readers.text import read_text

__all__ = ["Limits", "Page", "Reading", "SourceError", "SourceText", "read_bytes", "read_source"]

Reader = Callable[[bytes, str, Options, Progress | None], Reading]


@dataclass(frozen=True)
class Format:
    """One kind of file: media type, extensions (the first is the usual one) and its reader."""

    media_type: str
    suffixes: tuple[str, ...]
    read: Reader


FORMATS: tuple[Format, ...] = (Format("text/plain", (".txt", ".text", ".md"), read_text),)
_BY_TYPE = {kind.media_type: kind for kind in FORMATS}


def read_source(
    path: Path,
    *,
    ocr: str = "auto",
    cache_dir: Path | None = None,
    limits: Limits = DEFAULT_LIMITS,
    name: str | None = None,
    progress: Progress | None = None,
) -> list[SourceText]:
    """Texts of one file: one, or one a member for an archive.

    Parameters
    ----------
    path
        A regular file.
    ocr
        ``auto`` reads pages without text by OCR, ``always`` every page, ``never`` none.
    cache_dir
        Where OCR results are kept by image hash; without it nothing is kept.
    name
        Display name, ``path.name`` by default; made safe.

    Raises
    ------
    SourceError
        When nothing of the file could be read.
    """
    shown = safe_name(name if name is not None else path.name)
    data = _bytes_of(path, shown, limits)
    return read_bytes(data, shown, ocr=ocr, cache_dir=cache_dir, limits=limits, progress=progress)


def read_bytes(
    data: bytes,
    name: str,
    *,
    ocr: str = "auto",
    cache_dir: Path | None = None,
    limits: Limits = DEFAULT_LIMITS,
    progress: Progress | None = None,
) -> list[SourceText]:
    """Texts of the bytes of one file, as `read_source`."""
    options = Options(ocr, cache_dir, limits)
    shown = safe_name(name)
    if not data:
        raise SourceError(shown, "empty", "is empty (0 bytes)", "Download or export it again")
    if len(data) > limits.bytes:
        raise SourceError(shown, "too-large", f"has {len(data):,} bytes, the limit is {limits.bytes:,}", "Split it")
    return [_read_one(data, shown, options, progress)]


def _read_one(data: bytes, name: str, options: Options, progress: Progress | None) -> SourceText:
    kind = _BY_TYPE["text/plain"]
    reading = kind.read(data, name, options, progress)
    return SourceText(
        path=name,
        sha256=sha256(data).hexdigest(),
        media_type=kind.media_type,
        method=reading.method,
        text=reading.text,
        ocr_confidence=reading.ocr_confidence,
        pages=reading.pages,
        low_confidence=reading.low_confidence,
        problems=reading.problems,
    )


def _bytes_of(path: Path, name: str, limits: Limits) -> bytes:
    """All bytes, once they stay the same from before to after reading."""
    for _ in range(2):
        try:
            before = path.stat()
            if before.st_size > limits.bytes:
                reason = f"has {before.st_size:,} bytes, the limit is {limits.bytes:,}"
                raise SourceError(name, "too-large", reason, "Split it")
            with path.open("rb") as file:
                data = file.read(limits.bytes + 1)
            after = path.stat()
        except OSError as error:
            reason = error.strerror or "cannot be opened"
            raise SourceError(name, "unreadable", reason, "Check that it exists and may be read") from error
        if (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns) and len(data) == after.st_size:
            return data
    raise SourceError(name, "changing", "changes while it is read", "Wait until it is written, then build again")
