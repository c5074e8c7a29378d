"""Zip archives: their members, one by one, within limits. A member that cannot be read does not cost the others."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from loaders.readers.base import Options, SourceError, safe_name

_JUNK = ("__macosx/", "thumbs.db", ".ds_store", "desktop.ini")
_ENCRYPTED = 0x1


@dataclass(frozen=True, slots=True)
class Member:
    """One member: display name inside the archive, and either its bytes or why they cannot be had."""

    name: str
    data: bytes = b""
    error: SourceError | None = None


def open_members(data: bytes, name: str, options: Options) -> Iterator[Member]:
    """Members in the archive's order; directories and what operating systems add are passed over.

    Raises
    ------
    SourceError
        When the archive is damaged, has too many members or would expand too far. Sizes are checked before anything
        is unpacked, and again while unpacking: the directory of an archive may lie.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, EOFError) as error:
        reason = "is a damaged or truncated zip archive"
        raise SourceError(name, "damaged", reason, "Download it again or send the files one by one") from error
    with archive:
        items = [item for item in archive.infolist() if not item.is_dir() and not _is_junk(item.filename)]
        _check(items, len(data), name, options)
        budget, taken = options.limits.unpacked, set[str]()
        for item in items:
            shown = _distinct(f"{name}/{safe_name(_decoded(item))}", taken)
            member = _open(archive, item, shown, min(budget, options.limits.bytes))
            budget -= len(member.data)
            yield member


def _is_junk(name: str) -> bool:
    lower = name.lower().replace("\\", "/")
    return lower.startswith(_JUNK[0]) or lower.rsplit("/", 1)[-1] in _JUNK


def _check(items: list[zipfile.ZipInfo], size: int, name: str, options: Options) -> None:
    limits = options.limits
    if not items:
        raise SourceError(name, "empty", "is an archive without files", "Put the documents into it")
    if len(items) > limits.members:
        reason = f"holds {len(items):,} files, the limit is {limits.members:,}"
        raise SourceError(name, "too-many-members", reason, "Split it into smaller archives")
    unpacked = sum(item.file_size for item in items)
    if unpacked > limits.unpacked or unpacked > max(limits.expansion * size, 10_000_000):
        reason = f"would expand from {size:,} to {unpacked:,} bytes, which no honest archive of documents does"
        raise SourceError(name, "expansion", reason, "Unpack it yourself and import the documents")


def _decoded(item: zipfile.ZipInfo) -> str:
    # names without the UTF-8 flag are read as code page 437 although most tools wrote UTF-8
    if item.flag_bits & 0x800:
        return item.filename
    try:
        return item.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return item.filename


def _distinct(name: str, taken: set[str]) -> str:
    stem, dot, suffix = name.rpartition(".")
    candidate, count = name, 2
    while candidate in taken:
        candidate = f"{stem} ({count}){dot}{suffix}" if dot else f"{name} ({count})"
        count += 1
    taken.add(candidate)
    return candidate


def _open(archive: zipfile.ZipFile, item: zipfile.ZipInfo, name: str, most: int) -> Member:
    if item.flag_bits & _ENCRYPTED:
        return Member(
            name, error=SourceError(name, "encrypted", "is protected by a password", "Unpack it and import it without")
        )
    try:
        with archive.open(item) as stream:
            data = stream.read(most + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
        reason = f"is damaged in the archive ({type(error).__name__})"
        return Member(name, error=SourceError(name, "damaged", reason, "Send the original file"))
    if len(data) > most:
        return Member(name, error=SourceError(name, "too-large", "is larger than the limit allows", "Split it"))
    return Member(name, data)
