"""Bytes → text, by media type. The registry ``FORMATS`` is the one place that knows which reader takes which file.

The kind of a file is told by its first bytes; the extension decides only between kinds that look alike (text and HTML)
and a contradiction between the two is said.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path, PurePosixPath

from loaders.readers.archive import open_members
from loaders.readers.base import (
    DEFAULT_LIMITS,
    Limits,
    Options,
    Page,
    Progress,
    Reading,
    SourceError,
    SourceText,
    problem,
    safe_name,
)
from loaders.readers.docx import read_docx
from loaders.readers.html import read_html
from loaders.readers.isolated import read_isolated, render_isolated
from loaders.readers.text import read_text
from loaders.records import Problem

__all__ = [
    "FORMATS",
    "REGISTERS",
    "Limits",
    "Page",
    "Reading",
    "SourceError",
    "SourceText",
    "is_source",
    "page_image",
    "place_doubts",
    "read_bytes",
    "read_source",
    "safe_name",
    "sniff",
]

Reader = Callable[[bytes, str, Options, Progress | None], Reading]
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP = "application/zip"


@dataclass(frozen=True)
class Format:
    """One kind of file: media type, extensions (the first is the usual one) and its reader."""

    media_type: str
    suffixes: tuple[str, ...]
    read: Reader


FORMATS: tuple[Format, ...] = (
    Format("text/plain", (".txt", ".text", ".md"), read_text),
    Format("text/html", (".html", ".htm", ".xhtml"), read_html),
    Format(DOCX, (".docx", ".docm", ".dotx"), read_docx),
    Format("application/pdf", (".pdf",), partial(read_isolated, "pdf")),
    Format("image/png", (".png",), partial(read_isolated, "picture")),
    Format("image/jpeg", (".jpg", ".jpeg"), partial(read_isolated, "picture")),
    Format("image/tiff", (".tif", ".tiff"), partial(read_isolated, "picture")),
)
"""Readers of documents. Archives are opened by `read_source` itself, registers are read by ``loaders.registers``."""
REGISTERS = {"text/csv": (".csv", ".tsv"), XLSX: (".xlsx", ".xlsm")}
_BY_TYPE = {kind.media_type: kind for kind in FORMATS}
_SUFFIXES = {kind.media_type: kind.suffixes for kind in FORMATS} | REGISTERS | {ZIP: (".zip",)}
_MAGIC = (
    (b"\x89PNG\r\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_REFUSED = (
    (b"{\\rtf", "is an RTF file", "Save it as .docx or PDF"),
    (b"Rar!", "is a RAR archive", "Pack it as zip"),
    (b"7z\xbc\xaf", "is a 7-Zip archive", "Pack it as zip"),
    (b"\x1f\x8b", "is a gzip file", "Unpack it"),
    (b"GIF8", "is a GIF image", "Save it as PNG or PDF"),
    (b"RIFF", "is a media file", "Save pictures as PNG or PDF"),
    (b"\0\0\0\x1cftyp", "is a media file", "Save pictures as PNG or PDF"),
    (b"MZ", "is a program", "Check that it is the right file"),
    (b"\x7fELF", "is a program", "Check that it is the right file"),
)
_TRAILING = re.compile(r"(?<![ \t])[ \t]++(?=\n)")
_NEAR = 40  # characters
_NOT_SOURCES = frozenset(
    ("manifest.csv", "readme.md", "readme.txt", "license", "license.txt", "thumbs.db", "desktop.ini")
)
_HTML_SIGNS = (b"<!doctype html", b"<html", b"<head", b"<body", b"<div", b"<table", b"<p>", b"<p ")


def is_source(path: Path) -> bool:
    """Whether a file of a folder is meant to be read: not the folder's own papers, hidden or temporary files."""
    name = path.name.lower()
    return path.is_file() and not name.startswith((".", "~$")) and name not in _NOT_SOURCES


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
    _check_size(data, shown, limits)
    if sniff(data, shown) == ZIP:
        return _read_members(data, shown, options, progress)
    return [_read_one(data, shown, options, progress)]


def page_image(data: bytes, name: str, number: int, *, width: int = 900, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """PNG of page ``number`` (from 1) of a PDF or image file, to be looked at beside its text; raises `SourceError`."""
    return render_isolated(data, safe_name(name), Options(limits=limits), number, width)


def place_doubts(source: SourceText, cleaned: str) -> tuple[tuple[int, int, float], ...]:
    """Where the words that OCR was unsure of lie in the cleaned text of the source: ``(start, end, confidence)``.

    Cleaning moves characters by a few places at most a line; a word that is not found near its place is left out.
    """
    placed, shift, seen = [], 0, 0
    for start, end, confidence in source.low_confidence:
        word = source.text[start:end]
        shift, seen = shift - _trailing(source.text, seen, start), start
        at = cleaned.find(word, max(0, start + shift - _NEAR), end + shift + _NEAR)
        if at >= 0:
            placed.append((at, at + len(word), confidence))
            shift = at - start
    return tuple(placed)


def place_pages(source: SourceText, cleaned: str) -> tuple[tuple[int, int], ...]:
    """Number of each page and where its first word lies in the cleaned text of the source."""
    placed, shift, seen = [], 0, 0
    for page in source.pages:
        words = source.text[page.start : page.end].split()
        wanted = words[0] if words else ""
        shift, seen = shift - _trailing(source.text, seen, page.start), page.start
        at = cleaned.find(wanted, max(0, page.start + shift - _NEAR)) if wanted else -1
        if 0 <= at <= page.end + shift + _NEAR:
            placed.append((page.number, at))
            shift = at - page.start
    return tuple(placed)


def _trailing(text: str, start: int, end: int) -> int:
    """How many blanks at line ends cleaning takes off between two offsets."""
    return sum(len(found[0]) for found in _TRAILING.finditer(text, start, max(start, end)))


def sniff(data: bytes, name: str) -> str:
    """Media type of a file from its first bytes; the extension tells CSV from other text.

    Raises
    ------
    SourceError
        For kinds of file that are known and cannot be read (old Word, RTF, RAR, programs …).
    """
    head = data[:4096]
    suffix = PurePosixPath(name.lower()).suffix
    if b"%PDF-" in head[:1024]:
        return "application/pdf"
    for magic, media_type in _MAGIC:
        if head.startswith(magic):
            return media_type
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _sniff_zip(data, suffix)
    if head.startswith(_OLE):
        raise _ole_error(data, name)
    for magic, reason, advice in _REFUSED:
        if head.startswith(magic):
            raise SourceError(name, "unsupported", reason + ", which cannot be read", advice)
    if suffix in REGISTERS["text/csv"]:
        return "text/csv"
    plain = head.replace(b"\0", b"").lower()
    named = suffix in _SUFFIXES["text/html"] and b"<" in plain
    marked = b"<" in plain and any(sign in plain for sign in _HTML_SIGNS)
    return "text/html" if named or marked else "text/plain"


def _sniff_zip(data: bytes, suffix: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = set(package.namelist())
    except (zipfile.BadZipFile, ValueError, EOFError):
        names = set()  # cut short: what it was meant to be is all that is left to go by
    if "word/document.xml" in names:
        return DOCX
    if "xl/workbook.xml" in names:
        return XLSX
    by_suffix = {ending: media_type for media_type in (DOCX, XLSX) for ending in _SUFFIXES[media_type]}
    return by_suffix.get(suffix, ZIP)


def _ole_error(data: bytes, name: str) -> SourceError:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return SourceError(name, "encrypted", "is protected by a password", "Save it without the password, import that")
    reason = "is in the Office format of before 2007, which cannot be read"
    return SourceError(name, "unsupported", reason, "Save it as .docx (a list as .xlsx) in Word or LibreOffice")


def _read_one(data: bytes, name: str, options: Options, progress: Progress | None) -> SourceText:
    media_type = sniff(data, name)
    if media_type == ZIP:
        raise SourceError(name, "nested-archive", "is an archive within an archive", "Unpack it and import its files")
    if media_type in REGISTERS:
        raise SourceError(name, "register", "is a list of documents, not a document", "Import it as a register")
    reading = _BY_TYPE[media_type].read(data, name, options, progress)
    if len(reading.text) > options.limits.characters:
        reason = f"holds {len(reading.text):,} characters, the limit is {options.limits.characters:,}"
        raise SourceError(name, "too-large", reason, "Split it")
    return SourceText(
        path=name,
        sha256=sha256(data).hexdigest(),
        media_type=media_type,
        method=reading.method,
        text=reading.text,
        ocr_confidence=reading.ocr_confidence,
        pages=reading.pages,
        low_confidence=reading.low_confidence,
        problems=(*_suffix_problems(name, media_type), *reading.problems),
    )


def _suffix_problems(name: str, media_type: str) -> tuple[Problem, ...]:
    suffix = PurePosixPath(name.lower()).suffix
    known = {ending for endings in _SUFFIXES.values() for ending in endings}
    if suffix not in known or suffix in _SUFFIXES[media_type]:
        return ()
    message = f"Its name ends in {suffix}, but it is {media_type}; it was read as that. Rename it."
    return (problem("wrong-extension", "info", message),)


def _read_members(data: bytes, name: str, options: Options, progress: Progress | None) -> list[SourceText]:
    texts = []
    for member in open_members(data, name, options):
        error = member.error
        if error is None:
            try:
                _check_size(member.data, member.name, options.limits)
                texts.append(_read_one(member.data, member.name, options, progress))
                continue
            except SourceError as caught:
                error = caught
        texts.append(_unread(member.data, error))
    if all(text.problems and text.problems[-1].severity == "error" for text in texts):
        reasons = "; ".join(text.problems[-1].message for text in texts[:3])
        raise SourceError(name, "nothing-read", f"holds no file that can be read ({reasons})", "Mend the files in it")
    return texts


def _unread(data: bytes, error: SourceError) -> SourceText:
    found = problem(error.code, "error", f"It {error.reason}. {error.next_step}.")
    return SourceText(error.file, sha256(data).hexdigest(), "application/octet-stream", "text", "", problems=(found,))


def _check_size(data: bytes, name: str, limits: Limits) -> None:
    if not data:
        raise SourceError(name, "empty", "is empty (0 bytes)", "Download or export it again")
    if len(data) > limits.bytes:
        raise SourceError(name, "too-large", f"has {len(data):,} bytes, the limit is {limits.bytes:,}", "Split it")


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
