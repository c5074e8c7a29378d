"""What every reader takes and gives: limits, pages, the text of a source, and the one error for an unreadable file."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from loaders.records import Problem

MIB = 1024 * 1024
Progress = Callable[[str, int, int], None]
"""Called as ``progress(name, page, n_pages)`` after each page."""


class SourceError(ValueError):
    """A file that could not be read at all.

    Attributes
    ----------
    file, code, reason, next_step : str
        Display name, stable kebab-case code, what is wrong, what to do about it. ``str(error)`` says all of it.
    """

    def __init__(self, file: str, code: str, reason: str, next_step: str) -> None:
        super().__init__(file, code, reason, next_step)  # all arguments: survives pickling between processes
        self.file, self.code, self.reason, self.next_step = file, code, reason, next_step

    def __str__(self) -> str:
        return f"{self.file}: {self.reason}. {self.next_step}."


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost. Units: bytes, pages, pixels of one image, characters of text, seconds a file.

    ``expansion`` is how many times larger an archive may become than it is; ``unpacked`` caps the result in bytes.
    """

    bytes: int = 100 * MIB
    pages: int = 500
    pixels: int = 80_000_000
    characters: int = 5_000_000
    members: int = 2_000
    expansion: int = 150
    unpacked: int = 500 * MIB
    seconds: float = 600.0


DEFAULT_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Options:
    """How to read: ``ocr`` is auto (scans only), never or always; OCR results are kept in ``cache_dir`` if given."""

    ocr: str = "auto"
    cache_dir: Path | None = None
    limits: Limits = DEFAULT_LIMITS

    def __post_init__(self) -> None:
        if self.ocr not in OCR_MODES:
            raise ValueError(f"ocr is {self.ocr!r}; expected one of {', '.join(OCR_MODES)}")


OCR_MODES = ("auto", "never", "always")


@dataclass(frozen=True, slots=True)
class Page:
    """One page: 1-based ``number``, its characters in the source's text, how it was read, mean word confidence 0–1."""

    number: int
    start: int
    end: int
    method: str
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader makes of one file's bytes; ``source`` adds where they came from.

    ``low_confidence`` lists ``(start, end, confidence)`` of words that OCR was unsure of.
    """

    text: str
    method: str
    pages: tuple[Page, ...] = ()
    ocr_confidence: float | None = None
    low_confidence: tuple[tuple[int, int, float], ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceText:
    """The text of one source, before cleaning.

    Attributes
    ----------
    path : str
        Display name, relative; a member of an archive is ``archive.zip/member.pdf``.
    sha256 : str
        Of the bytes of this file or member.
    media_type, method : str
        Method is ``text``, ``html``, ``docx``, ``pdf_text`` or ``ocr``.
    pages, low_confidence, ocr_confidence
        See `Reading`; offsets count in ``text``.
    problems : tuple of Problem
        A member of an archive that could not be read is here with an empty text and one problem of severity error.
    """

    path: str
    sha256: str
    media_type: str
    method: str
    text: str
    ocr_confidence: float | None = None
    pages: tuple[Page, ...] = ()
    low_confidence: tuple[tuple[int, int, float], ...] = ()
    problems: tuple[Problem, ...] = ()


def problem(code: str, severity: str, message: str) -> Problem:
    return Problem("source", code, severity, message)


_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_LONGEST_PART = 120


def safe_name(name: str) -> str:
    """Relative display name of what someone called a file: no ``..``, drive, root, control or direction characters.

    Parts longer than 120 characters are cut in the middle, so that their extension stays.

    >>> safe_name("../../etc/pass\\x00wd.txt")
    'etc/passwd.txt'
    >>> safe_name("C:\\\\Users\\\\a.docx")
    'Users/a.docx'
    """
    parts = []
    for part in _CONTROL.sub("", name).replace("\\", "/").split("/"):
        part = part.strip().rstrip(".") if part.strip(". ") else ""
        if not part or re.fullmatch(r"[A-Za-z]:", part):
            continue
        if len(part) > _LONGEST_PART:
            part = part[: _LONGEST_PART - 21] + "…" + part[-20:]
        parts.append(part)
    return "/".join(parts) or "unnamed"
