"""National context: the public OxCGRT file for Việt Nam, from a path, bytes or an address, checked.

Both public wide layouts are read: the final release (``Jurisdiction``, ``StringencyIndex_Average``) and the earlier one
(``RegionCode``, ``StringencyIndex``), with or without version suffix, dates as ``20210527`` or ISO. Only the national
rows of VNM are kept: the file is context, never a province's own value.
"""

from __future__ import annotations

import csv
import io
import ipaddress
import math
import re
import socket
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from loaders.readers.base import MIB, SourceError, safe_name

LICENCE = (
    "Oxford COVID-19 Government Response Tracker, Blavatnik School of Government, University of Oxford; CC BY 4.0. "
    "Hale et al. (2021), Nature Human Behaviour, doi:10.1038/s41562-021-01079-8."
)
"""To be shown wherever the values are."""
COUNTRY = "VNM"
_MOST_BYTES = 200 * MIB
_SECONDS = 30.0
_INDEX = "StringencyIndex"
_PREFERRED = ("_Average", "", "_Average_ForDisplay", "ForDisplay", "_legacy", "_Legacy")
_VERSION = re.compile(r"(_v\d+|_?\d{6})$")
_INDICATOR = re.compile(r"([CEH]\d)[EMV]?(?:_|$)(?!.*(?:Flag|Notes|IsGeneral))")
_NO_VALUE = ("", "NA", "NaN", "nan", "null")
_ADVICE = "Take the file OxCGRT_compact_national_v1.csv, or its rows of VNM, from github.com/OxCGRT"


@dataclass(frozen=True, slots=True)
class ContextDay:
    """One day of Việt Nam: index 0–100, cumulative cases, levels by indicator (``C1`` … ``H8``); None where absent."""

    date: date
    stringency: float | None
    cases: int | None
    levels: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Context:
    """National context as read: days in order, each once; ``index_column`` is the column of the stringency index."""

    name: str
    days: tuple[ContextDay, ...]
    index_column: str
    licence: str = LICENCE


def read_oxcgrt(source: Path | bytes, *, name: str = "OxCGRT file") -> Context:
    """National context from a file or its bytes.

    Raises
    ------
    SourceError
        When a column is missing, a value cannot be, a day comes twice or no row is of Việt Nam.
    """
    if isinstance(source, Path):
        name = safe_name(source.name)
        try:
            source = source.read_bytes()
        except OSError as error:
            raise SourceError(name, "unreadable", error.strerror or "cannot be opened", "Check its path") from error
    if len(source) > _MOST_BYTES:
        raise SourceError(name, "too-large", f"has {len(source):,} bytes", "Keep only the rows of VNM")
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceError(name, "not-oxcgrt", "is no UTF-8 text", _ADVICE) from error
    rows = csv.reader(io.StringIO(text.replace("\0", "")))
    try:
        return _read_rows(rows, name)
    except csv.Error as error:
        raise SourceError(name, "not-oxcgrt", f"is no readable CSV ({error})", _ADVICE) from error


def fetch_oxcgrt(address: str) -> Context:
    """National context from an address that a person gave; public https hosts only, 200 MiB and 30 s at most.

    Raises
    ------
    SourceError
        As `read_oxcgrt`, and when the address is refused or cannot be reached.
    """
    opener = urllib.request.build_opener(_PublicOnly)
    try:
        _check_address(address)
        with opener.open(address, timeout=_SECONDS) as answer:
            data: bytes = answer.read(_MOST_BYTES + 1)
    except (OSError, HTTPException, ValueError) as error:
        if isinstance(error, SourceError):
            raise
        reason = f"cannot be fetched ({error})"
        raise SourceError(address, "unreachable", reason, "Download it and import the file") from error
    return read_oxcgrt(data, name=address.rsplit("/", 1)[-1] or address)


class _PublicOnly(urllib.request.HTTPRedirectHandler):
    """Looks at each address on the way: a public page must not lead to a host of the server's own network."""

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:
        _check_address(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _check_address(address: str) -> None:
    parts = urlsplit(address)
    if parts.scheme != "https" or not parts.hostname:
        raise SourceError(address, "bad-address", "is no https address", "Give the address of the CSV file itself")
    found = {item[4][0] for item in socket.getaddrinfo(parts.hostname, parts.port or 443)}
    if not all(ipaddress.ip_address(host).is_global for host in found):
        raise SourceError(address, "bad-address", "is not on the public internet", "Import the file instead")


def _read_rows(rows: Iterator[list[str]], name: str) -> Context:
    header = [cell.strip() for cell in next(rows, [])]
    place = {column: index for index, column in enumerate(header)}
    index_column = _index_column(header)
    missing = [column for column in ("CountryCode", "Date") if column not in place]
    missing += [] if index_column else [f"{_INDEX}_Average"]
    if missing:
        raise SourceError(name, "not-oxcgrt", f"lacks the columns {', '.join(missing)}", _ADVICE)
    levels = {match[1]: index for column, index in place.items() if (match := _INDICATOR.match(column))}
    days: dict[date, ContextDay] = {}
    for line, row in enumerate(rows, 2):
        if not row or not _is_national(row, place):
            continue
        if len(row) < len(header):
            raise SourceError(name, "damaged", f"breaks off in row {line}", "Download it again")
        day = _day(row[place["Date"]], line, name)
        if day in days:
            raise SourceError(name, "duplicate-day", f"has {day} twice (row {line})", "Keep one row a day")
        cases = _number(row, place.get("ConfirmedCases"), line, name)
        days[day] = ContextDay(
            day,
            _index(row, place[index_column], line, name),
            None if cases is None else int(cases),
            {code: value for code, at in levels.items() if (value := _number(row, at, line, name)) is not None},
        )
    if not days:
        raise SourceError(name, "no-rows", f"has no national row of {COUNTRY}", _ADVICE)
    return Context(name, tuple(days[day] for day in sorted(days)), index_column)


def _index_column(header: Sequence[str]) -> str:
    found = {column: _VERSION.sub("", column) for column in header if column.startswith(_INDEX)}
    for suffix in _PREFERRED:
        for column, plain in found.items():
            if plain == _INDEX + suffix:
                return column
    return ""


def _is_national(row: Sequence[str], place: Mapping[str, int]) -> bool:
    def cell(column: str) -> str:
        index = place.get(column)
        return row[index].strip() if index is not None and index < len(row) else ""

    return (
        cell("CountryCode") == COUNTRY
        and cell("Jurisdiction") in ("", "NAT_TOTAL", "NAT_GOV")
        and cell("RegionCode") in _NO_VALUE
    )


def _day(text: str, line: int, name: str) -> date:
    digits = text.strip().replace("-", "")
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError as error:
        reason = f"has {text!r} for a date in row {line}"
        raise SourceError(name, "impossible-date", reason, "Dates are 20210527 or 2021-05-27") from error


def _number(row: Sequence[str], index: int | None, line: int, name: str) -> float | None:
    text = row[index].strip() if index is not None else ""
    if text in _NO_VALUE:
        return None
    try:
        value = float(text)
    except ValueError as error:
        raise SourceError(name, "bad-value", f"has {text!r} for a number in row {line}", _ADVICE) from error
    if not math.isfinite(value) or value < 0:
        raise SourceError(name, "bad-value", f"has {text!r} in row {line}, which cannot be", _ADVICE)
    return value


def _index(row: Sequence[str], index: int, line: int, name: str) -> float | None:
    value = _number(row, index, line, name)
    if value is not None and value > 100:
        raise SourceError(name, "bad-value", f"has an index of {value:g} in row {line}; 100 is the most", _ADVICE)
    return value
