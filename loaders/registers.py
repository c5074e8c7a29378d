"""Registers: lists of issued documents (number, date, subject, address) as CSV or Excel → checked rows.

A row is a directive known by its title alone. Columns are recognised by the names that offices and scrapers give them,
with or without accents (``so_ky_hieu``, "Số, ký hiệu", "Ngày ban hành", "Trích yếu", "Tình trạng hiệu lực", "File đính
kèm"), or given as a mapping. Rows that repeat another are kept and flagged: they are copies, not directives.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any

import openpyxl

from loaders.fold import fold
from loaders.numbers import canonical_number, same_document_key
from loaders.readers.base import DEFAULT_LIMITS, Limits, SourceError, safe_name
from loaders.readers.text import decode_text
from loaders.records import Problem
from loaders.vocabulary import read_vocabulary

FIELDS = ("number", "date", "subject", "url", "validity")
REQUIRED = ("number", "subject")
_MOST_ROWS = 200_000
_EARLIEST, _LATEST = date(1945, 9, 2), date(2099, 12, 31)
_ZERO_DAY = date(1899, 12, 30)  # day 0 of Excel's calendar
_DATE = re.compile(r"(?:ngày\s*)?(\d{1,2})\s*(?:[/.\-]|tháng)\s*(\d{1,2})\s*(?:[/.\-]|năm)\s*(\d{4})", re.IGNORECASE)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?")


class MissingColumns(SourceError):
    """The list has no column for numbers or subjects; ``header`` are the columns it has, for a mapping by hand."""

    def __init__(self, file: str, reason: str, header: Sequence[str]) -> None:
        advice = "Say which column holds what, or name them in the first row"
        super().__init__(file, "missing-columns", reason, advice)
        self.header = tuple(column for column in header if column)

    def __reduce__(self) -> tuple[Any, ...]:
        return MissingColumns, (self.file, self.reason, self.header)


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One row: ``line`` as counted in the sheet (header is 1), ``number`` canonical, ``number_printed`` as in the list.

    ``date`` is None where the cell is empty or cannot be; ``duplicate_of`` is the line it repeats, 0 for none.
    """

    line: int
    number: str
    number_printed: str
    date: date | None
    subject: str
    url: str
    validity: str
    duplicate_of: int = 0
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Register:
    """A register as read.

    Attributes
    ----------
    rows
        In the order of the list; rows without number and subject are left out, with a problem.
    problems
        Of the list as a whole and of its rows, in order.
    columns
        Column of the list that each field was taken from; a field that was not found is absent.
    header
        All column names of the list, for a mapping by hand.
    """

    path: str
    sha256: str
    media_type: str
    rows: tuple[RegisterRow, ...]
    problems: tuple[Problem, ...]
    columns: Mapping[str, str]
    header: tuple[str, ...]


def read_register(path: Path, mapping: Mapping[str, str] | None = None, *, limits: Limits = DEFAULT_LIMITS) -> Register:
    """Register of a CSV or Excel file; see `parse_register`."""
    name = safe_name(path.name)
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or "cannot be opened"
        raise SourceError(name, "unreadable", reason, "Check that it exists and may be read") from error
    return parse_register(data, name, mapping, limits=limits)


def parse_register(
    data: bytes, name: str, mapping: Mapping[str, str] | None = None, *, limits: Limits = DEFAULT_LIMITS
) -> Register:
    """Register of the bytes of a CSV or Excel file.

    Parameters
    ----------
    mapping
        Field (``number``, ``date``, ``subject``, ``url``, ``validity``) to the name of its column; fields left out are
        recognised by their names.

    Raises
    ------
    SourceError
        When the file is no table, or no column gives numbers or subjects (`MissingColumns`).
    """
    if not data:
        raise SourceError(name, "empty", "is empty (0 bytes)", "Export the list again")
    if len(data) > limits.bytes:
        raise SourceError(name, "too-large", f"has {len(data):,} bytes, the limit is {limits.bytes:,}", "Split it")
    excel = data.startswith(b"PK\x03\x04")
    table = _excel_rows(data, name, limits) if excel else _csv_rows(data, name)
    start, header, columns = _find_header(table, mapping or {})
    missing = [field for field in REQUIRED if field not in columns]
    if missing:
        seen = ", ".join(header[:12]) or "none"
        reason = f"has no column for {' and '.join(missing)} (columns seen: {seen})"
        raise MissingColumns(name, reason, header)
    rows, problems = _read_rows(table, start, columns)
    if "date" not in columns:
        problems.insert(0, _problem("missing-dates", "warning", "No column gives dates; map one if the list has it."))
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" if excel else "text/csv"
    named = {field: header[index] for field, index in columns.items()}
    return Register(name, sha256(data).hexdigest(), kind, tuple(rows), tuple(problems), named, tuple(header))


def _problem(code: str, severity: str, message: str) -> Problem:
    return Problem("registers", code, severity, message)


def _csv_rows(data: bytes, name: str) -> list[list[Any]]:
    text, _ = decode_text(data, name)
    text = unicodedata.normalize("NFC", text.replace("\0", ""))
    first = text.split("\n", 1)[0]
    separator = max(",;\t|", key=first.count)
    csv.field_size_limit(10_000_000)
    try:
        return [list(row) for row in islice(csv.reader(io.StringIO(text), delimiter=separator), _MOST_ROWS)]
    except csv.Error as error:
        raise SourceError(
            name, "damaged", f"is no readable CSV ({error})", "Export it again as CSV or .xlsx"
        ) from error


def _excel_rows(data: bytes, name: str, limits: Limits) -> list[list[Any]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if sum(item.file_size for item in package.infolist()) > limits.unpacked:
                raise SourceError(name, "expansion", "unpacks beyond the limit", "Save only the list, without pictures")
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        sheet = max(book.worksheets, key=lambda one: (one.max_row or 0) * (one.max_column or 0))
        rows = [list(row) for row in islice(sheet.iter_rows(values_only=True), _MOST_ROWS)]
        book.close()
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, EOFError, OSError, SyntaxError) as error:
        if isinstance(error, SourceError):
            raise
        reason = f"is a damaged Excel file ({type(error).__name__})"
        raise SourceError(name, "damaged", reason, "Open it in Excel and save it again as .xlsx or CSV") from error
    return rows


def _find_header(table: Sequence[Sequence[Any]], mapping: Mapping[str, str]) -> tuple[int, list[str], dict[str, int]]:
    """Row after the header, the header, and the column of each field. A title above the header is passed over."""
    best: tuple[int, list[str], dict[str, int]] = (1, [], {})
    for position, row in enumerate(table[:20]):
        header = [_cell(value) for value in row]
        columns = _match_columns(header, mapping)
        if len(columns) > len(best[2]) or not best[1]:
            best = position + 1, header, columns
    return best


def _match_columns(header: Sequence[str], mapping: Mapping[str, str]) -> dict[str, int]:
    names = [_folded(name) for name in header]
    columns = {field: header.index(name) for field, name in mapping.items() if field in FIELDS and name in header}
    synonyms = read_vocabulary("registers")["columns"]
    for field in FIELDS:
        for wanted in synonyms[field] if field not in columns else ():
            free = [
                index for index, name in enumerate(names) if name == _folded(wanted) and index not in columns.values()
            ]
            if free:
                columns[field] = free[0]
                break
    return columns


def _folded(name: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", fold(unicodedata.normalize("NFC", name))))


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.strftime("%d/%m/%Y")
    text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    return " ".join(unicodedata.normalize("NFC", text).replace("\xa0", " ").split())


def _read_rows(
    table: Sequence[Sequence[Any]], start: int, columns: Mapping[str, int]
) -> tuple[list[RegisterRow], list[Problem]]:
    rows: list[RegisterRow] = []
    problems: list[Problem] = []
    seen: dict[tuple[str, str], int] = {}
    for line, values in enumerate(table[start:], start + 1):
        cells = {field: _cell(values[index]) if index < len(values) else "" for field, index in columns.items()}
        if not any(cells.values()):
            continue
        row = _read_row(line, cells, seen)
        problems.extend(row.problems)
        if row.number or row.subject:
            rows.append(row)
    return rows, problems


def _read_row(line: int, cells: dict[str, str], seen: dict[tuple[str, str], int]) -> RegisterRow:
    found: list[Problem] = []

    def say(code: str, severity: str, message: str) -> None:
        found.append(_problem(code, severity, f"Row {line}: {message}"))

    for field, text in cells.items():
        if text.startswith("=" if field == "subject" else ("=", "+", "@")):
            say("formula", "warning", f"the {field} is a formula, which is not calculated; put in its value.")
            cells[field] = ""
    printed = cells.get("number", "")
    number = canonical_number(printed)
    if not number:
        say(
            "no-number", "warning", f"{printed!r} is no document number." if printed else "there is no document number."
        )
    day, complaint = parse_day(cells.get("date", ""))
    if complaint:
        say("impossible-date", "warning", complaint)
    subject = cells.get("subject", "")
    if not subject:
        say("no-subject", "warning", "there is no subject, so nothing can be coded from it.")
    key = (same_document_key(number, day.year if day else None) or printed, _folded(subject))
    first = seen.setdefault(key, line) if any(key) else line
    if first != line:
        say("duplicate-row", "info", f"it repeats row {first}; it is kept as a copy.")
    return RegisterRow(
        line,
        number,
        printed,
        day,
        subject,
        _address(cells.get("url", "")),
        cells.get("validity", ""),
        first if first != line else 0,
        tuple(found),
    )


def _address(text: str) -> str:
    # anything but a web address (javascript:, file:) is dropped: it becomes a link on a page
    return text if re.match(r"https?://", text, re.IGNORECASE) else ""


def parse_day(text: str) -> tuple[date | None, str]:
    """Day of a cell, and what is wrong with it.

    Accepted: ``28/05/2021``, ``28-5-2021``, ``28.5.2021``, "ngày 28 tháng 5 năm 2021", ISO, and Excel's serial numbers;
    the day stands before the month.

    >>> parse_day("28/05/2021")
    (datetime.date(2021, 5, 28), '')
    >>> parse_day("31/02/2021")
    (None, "'31/02/2021' is no day of the calendar.")
    """
    if not text:
        return None, ""
    if match := _DATE.search(text):
        day, month, year = (int(part) for part in match.groups())
    elif match := _ISO.fullmatch(text):
        year, month, day = (int(part) for part in match.groups())
    elif text.isascii() and text.isdigit() and 20_000 < int(text) < 60_000:
        return date.fromordinal(_ZERO_DAY.toordinal() + int(text)), ""
    else:
        return None, f"{text!r} is no date; write day/month/year."
    try:
        found = date(year, month, day)
    except ValueError:
        return None, f"{text!r} is no day of the calendar."
    if not _EARLIEST <= found <= _LATEST:
        return None, f"{text!r} is no year of issue; look at the original."
    return found, ""
