"""Human corrections applied to rows, with a guard: one whose expected value no longer stands is listed, not applied."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from hashlib import sha256
from io import StringIO
from typing import Any

import pyarrow as pa

from loaders.records import Problem
from loaders.store import CORRECTABLE, Correction, Store, StoreError, as_text, row_key
from loaders.tables import DAY, FLAG, FLOAT, INT, SPECS
from loaders.vocabulary import read_vocabulary

Row = dict[str, Any]
Rows = dict[str, list[Row]]
CSV_COLUMNS = ("table", "key", "field", "action", "expected", "value", "reason", "author", "at")


class CorrectionError(ValueError):
    """A correction cannot be read or written to its field; the message names field, value and what is expected."""


def parse_cell(table: str, field: str, text: str) -> Any:
    """Cell of ``text`` as the table's column wants it.

    Raises
    ------
    CorrectionError
        When the text is no day, number or word of the column.
    """
    kind, words = SPECS[table].columns[field], SPECS[table].vocabulary.get(field)
    if words and text and text not in words:
        raise CorrectionError(f"{table}.{field}: {text!r} is not among {', '.join(words)}")
    if kind not in (DAY, INT, FLOAT, FLAG):
        return text
    if not text:
        return None
    try:
        return _PARSERS[kind](text)
    except ValueError:
        raise CorrectionError(f"{table}.{field}: {text!r} is not a {kind}; write days as 2021-05-27") from None


def parse_row(table: str, given: Any) -> Row:
    """Row of ``table`` as a reader adds it, from its JSON; :class:`CorrectionError` says what is wrong."""
    columns = SPECS[table].columns
    if not isinstance(given, dict) or given.keys() != columns.keys():
        raise CorrectionError(f"the added fact must state {', '.join(columns)}")
    row = {name: parse_cell(table, name, as_text(given[name])) for name in columns}
    numbered = [name for name in ("char_start", "char_end") if name in columns]
    empty = [name for name in (*SPECS[table].required, *numbered) if row[name] in ("", None)]
    if empty:
        raise CorrectionError(f"{', '.join(empty)} may not be empty")
    return row


_PARSERS: dict[pa.DataType, Any] = {DAY: date.fromisoformat, INT: int, FLOAT: float, FLAG: lambda text: text == "true"}


def apply_corrections(rows: Rows, corrections: Iterable[Correction]) -> tuple[Rows, list[tuple[Correction, Problem]]]:
    """Rows with ``corrections`` applied, and those that were not applied with the reason.

    The rows given are not changed. A corrected issue date also settles bounds, estimate, basis and note.
    """
    result = {name: [dict(row) for row in table] for name, table in rows.items()}
    held = {name: {row_key(name, row): row for row in table} for name, table in result.items()}
    texts = {row["directive_id"]: row["text"] for row in result["sources"] if row["is_primary"]}
    refused = []
    for item in corrections:
        try:
            _APPLY[item.action](result, held[item.table], texts, item)
        except CorrectionError as error:
            refused.append((item, Problem("corrections", "not-applied", "warning", f"Correction {item.id}: {error}")))
    return result, refused


def _set(rows: Rows, held: dict[str, Row], texts: Mapping[str, str], item: Correction) -> None:
    row = held.get(item.key)
    if row is None:
        raise CorrectionError(f"{item.table} {item.key} is no longer there; decide whether it is still needed")
    found = as_text(row[item.field])
    if found != item.expected:
        raise CorrectionError(f"{item.field} is now {found!r}, not {item.expected!r}; decide which is right")
    value = parse_cell(item.table, item.field, item.value)
    if item.field in SPECS[item.table].required and value in ("", None):
        raise CorrectionError(f"{item.field} may not be empty")
    _check_id(rows, item.field, value)
    renamed = row_key(item.table, {**row, item.field: value})
    if renamed != row_key(item.table, row) and any(row_key(item.table, other) == renamed for other in rows[item.table]):
        raise CorrectionError("the same fact is there already; reject this one instead")
    row[item.field] = value
    if item.table == "directives" and item.field == "issue_date":
        _settle_dates(row, item)
    if item.table == "directives" and item.field == "province_code":
        row["province"] = _province_name(value)


def _check_id(rows: Rows, field: str, value: Any) -> None:
    """An id that is written must be one that is held."""
    columns = {"actor_id": ("actors", "actor_id"), "cited_directive_id": ("directives", "directive_id")}
    if field in columns and value:
        table, column = columns[field]
        if all(row[column] != value for row in rows[table]):
            raise CorrectionError(f"{field}: {value!r} is not held; choose one of `{table}`")


def _province_name(code: str) -> str:
    if not code:
        return ""
    names = {entry["code"]: entry["name"] for entry in read_vocabulary("provinces")}
    if code not in names:
        raise CorrectionError(f"province_code: {code!r} is no province; write its code as VN-58")
    return str(names[code])


def _settle_dates(row: Row, item: Correction) -> None:
    row["date_basis"] = "corrected"
    row["date_note"] = f"Corrected from {item.expected or 'not stated'} by {item.author}: {item.reason}"
    if row["issue_date"] is not None:
        row["date_earliest"] = row["date_latest"] = row["date_estimate"] = row["issue_date"]


def _reject(rows: Rows, held: dict[str, Row], texts: Mapping[str, str], item: Correction) -> None:
    row = held.pop(item.key, None)
    if row is None:
        raise CorrectionError(f"{item.table} {item.key} is no longer there; nothing to reject")
    if item.table == "directives":
        for name, table in rows.items():
            if name != "actors":
                rows[name] = [other for other in table if other["directive_id"] != row["directive_id"]]
    else:
        rows[item.table] = [other for other in rows[item.table] if other is not row]


def _add(rows: Rows, held: dict[str, Row], texts: Mapping[str, str], item: Correction) -> None:
    try:
        given = json.loads(item.value)
    except json.JSONDecodeError:
        raise CorrectionError("the added fact is no JSON object of its table's columns") from None
    row = parse_row(item.table, given)
    for field in ("actor_id", "cited_directive_id"):
        _check_id(rows, field, row.get(field))
    text = texts.get(row.get("directive_id", ""))
    if text is None:
        raise CorrectionError(f"directive {row.get('directive_id')} is no longer held")
    spans = SPECS[item.table].spans
    inside = not spans or 0 <= row["char_start"] < row["char_end"] <= len(text)
    if spans and not (inside and text[row["char_start"] : row["char_end"]] == row[spans]):
        raise CorrectionError(f"the words {row[spans]!r} no longer stand there; the source has changed")
    if row_key(item.table, row) in held:
        raise CorrectionError("the same fact is read by the machine now; the addition is no longer needed")
    rows[item.table].append(row)
    held[row_key(item.table, row)] = row


_APPLY = {"set": _set, "add": _add, "reject": _reject}


def machine_keys(corrections: Iterable[Correction]) -> dict[tuple[str, str], str]:
    """(table, key of the corrected row) to the key under which the machine reads it.

    A correction may change a column of its table's key (the kind of a date, the actor of a task); later corrections of
    the same fact must still speak of the fact that the machine reads.
    """
    now: dict[tuple[str, str], list[str]] = {}
    for item in corrections:
        if item.action == "set" and item.field in SPECS[item.table].key:
            parts = now.setdefault((item.table, item.key), json.loads(item.key))
            parts[SPECS[item.table].key.index(item.field)] = item.value
    return {(table, json.dumps(parts, ensure_ascii=False)): key for (table, key), parts in now.items()}


def corrected_fields(corrections: Iterable[Correction]) -> dict[tuple[str, str], dict[str, Correction]]:
    """(table, key of the row as it is now) to the corrections of its fields; an added row's stand under ``""``."""
    corrections = list(corrections)
    now = {(table, machine): key for (table, key), machine in machine_keys(corrections).items()}
    found: dict[tuple[str, str], dict[str, Correction]] = {}
    for item in corrections:
        if item.action in ("set", "add"):
            key = now.get((item.table, item.key), item.key)
            found.setdefault((item.table, key), {})["" if item.action == "add" else item.field] = item
    return found


def correction_report(
    counts: Mapping[str, Mapping[str, int]], checked: Collection[str], corrections: Iterable[Correction]
) -> list[dict[str, Any]]:
    """How often each field was corrected: what people checked counts as further gold.

    Parameters
    ----------
    counts
        Table to directive to its number of rows, as they stand.
    checked
        Directives that were checked against their source.
    corrections
        Those in force.

    Returns
    -------
    list of dict
        Grain: a field of a table, or ``""`` for whole facts; ``n_checked`` rows in checked directives, ``n_corrected``
        (fields set), ``n_added``, ``n_rejected`` in all directives, and ``right``: the share of the machine's values in
        checked directives that nobody had to mend, ``None`` where nothing was checked.
    """
    found: dict[tuple[str, str], Counter[str]] = {}
    for table, fields in CORRECTABLE.items():
        for field in ("", *fields) if table != "directives" else fields:
            found[table, field] = Counter()
    for item in corrections:
        if (item.table, item.field) in found:
            where = "checked" if str(json.loads(item.key)[0]).split("#")[0] in checked else "other"
            found[item.table, item.field].update((item.action, f"{item.action}:{where}"))
    rows = []
    for (table, field), seen in found.items():
        n_now = sum(n for directive, n in counts.get(table, {}).items() if directive in checked)
        n_read = (
            n_now
            - found.get((table, ""), Counter())["add:checked"]
            + found.get((table, ""), Counter())["reject:checked"]
        )
        wrong = seen["reject:checked"] if not field else seen["set:checked"]
        row = {"table": table, "field": field, "n_checked": n_read, "n_corrected": seen["set"], "n_added": seen["add"]}
        rows.append({**row, "n_rejected": seen["reject"], "right": 1 - wrong / n_read if n_read > 0 else None})
    return rows


def take_corrections(
    store: Store, author: str, found: Iterable[Correction]
) -> tuple[int, list[tuple[Correction, str]]]:
    """Write corrections of a CSV: how many stand now, and which were refused and why (both values)."""
    held = {(item.table, item.key, item.field): (item.action, item.value) for item in store.standing()}
    standing, refused = 0, []
    for item in found:
        try:
            if held.get((item.table, item.key, item.field)) != (item.action, item.value):
                if item.action == "set":
                    parse_cell(item.table, item.field, item.value)
                store.correct(
                    author, item.table, item.key, item.field, expected=item.expected, value=item.value,
                    reason=item.reason, action=item.action,
                )  # fmt: skip
            standing += 1
        except (StoreError, CorrectionError) as error:
            refused.append((item, str(error)))
    return standing, refused


def corrections_digest(corrections: Sequence[Correction]) -> str:
    """Hash of what is applied: part of the dataset's identity."""
    said = [(item.table, item.key, item.field, item.action, item.expected, item.value) for item in corrections]
    return sha256(repr(said).encode()).hexdigest()[:12] if said else ""


def write_csv(corrections: Iterable[Correction]) -> str:
    """Corrections as CSV, so that they can live in version control; :func:`read_csv` reads it back."""
    file = StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(CSV_COLUMNS)
    for item in corrections:
        writer.writerow([_shield(getattr(item, name)) if name != "at" else item.at.isoformat() for name in CSV_COLUMNS])
    return file.getvalue()


def _shield(cell: str) -> str:
    """No cell is a formula to a spreadsheet; ``read_csv`` takes the apostrophe away."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r", "'")) else cell


def read_csv(text: str) -> list[Correction]:
    """Corrections of a CSV; ids are their line numbers.

    Raises
    ------
    CorrectionError
        When a column is missing or a time is none; the message names the line.
    """
    reader = csv.DictReader(StringIO(text))
    missing = set(CSV_COLUMNS) - set(reader.fieldnames or ())
    if missing:
        raise CorrectionError(f"columns {', '.join(sorted(missing))} are missing; expected {', '.join(CSV_COLUMNS)}")
    found = []
    for line, row in enumerate(reader, 2):
        try:
            at = datetime.fromisoformat(row["at"])
        except ValueError:
            raise CorrectionError(f"line {line}: {row['at']!r} is no time such as 2021-05-27T08:00:00+00:00") from None
        if row["table"] not in CORRECTABLE or row["action"] not in _APPLY:
            raise CorrectionError(f"line {line}: table {row['table']!r} or action {row['action']!r} is unknown")
        cells = {name: str(row[name]).removeprefix("'") for name in CSV_COLUMNS if name != "at"}
        found.append(Correction(id=line, at=at, undoes=None, **cells))
    return found
