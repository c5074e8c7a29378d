"""Tables of the contract: built from rows, validated whenever they are written.

Text that is not stated is the empty string, a day or number that is not stated is null. Days are ``date32``. What the
tables are is in :mod:`loaders.tables_specs`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from loaders.tables_specs import (
    ACTOR_KINDS,
    BRANCHES,
    DAY,
    DOC_TYPES,
    FLAG,
    FLOAT,
    INT,
    LEVELS,
    RELATIONS,
    SPECS,
    STANCES,
    TEXT,
    URGENCIES,
    TableSpec,
)

__all__ = [
    "ACTOR_KINDS", "BRANCHES", "DAY", "DOC_TYPES", "FLAG", "FLOAT", "INT", "LEVELS", "RELATIONS", "SPECS", "STANCES",
    "TEXT", "URGENCIES", "TableError", "TableSpec", "build_table", "check_spans", "join_rows", "read_table", "to_arrow",
    "validate", "write_table",
]  # fmt: skip


class TableError(ValueError):
    """A table does not meet its spec. The message names the table, the column and the first offending rows."""


def to_arrow(name: str, rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    """Rows as columns, in the order given; neither sorted nor validated.

    Raises
    ------
    TableError
        When a column is missing or surplus in a row.
    """
    spec = SPECS[name]
    for row in rows:
        if row.keys() != spec.columns.keys():
            wrong = sorted(row.keys() ^ spec.columns.keys())
            raise TableError(f"{name}: columns {wrong} are missing or surplus; expected {list(spec.columns)}")
    columns = [pa.array([row[column] for row in rows], kind) for column, kind in spec.columns.items()]
    return pa.Table.from_arrays(columns, schema=spec.schema)


def join_rows(name: str, parts: Sequence[pa.Table]) -> pa.Table:
    """One table of parts, sorted by key and validated; see :func:`build_table` for what is raised."""
    spec = SPECS[name]
    table = pa.concat_tables(parts) if parts else spec.schema.empty_table()
    order = pc.sort_indices(table, sort_keys=[(column, "ascending", "at_start") for column in spec.key])
    table = table.take(order).combine_chunks()
    pa.default_memory_pool().release_unused()  # a copy of the table was made on the way
    validate(name, table)
    return table


def build_table(name: str, rows: Iterable[Mapping[str, Any]]) -> pa.Table:
    """Arrow table of ``rows``, sorted by key and validated.

    Raises
    ------
    TableError
        When a column is missing or surplus, a required cell is empty, a word is outside its vocabulary or a key recurs.
    """
    return join_rows(name, [to_arrow(name, list(rows))])


def validate(name: str, table: pa.Table) -> None:
    """Check ``table`` against its spec; see :func:`build_table` for what is raised."""
    spec = SPECS[name]
    if table.schema != spec.schema:
        raise TableError(f"{name}: schema is {table.schema}, expected {spec.schema}")
    for column in spec.required:
        cells = table.column(column)
        blank = pc.fill_null(pc.equal(cells, ""), True) if cells.type == TEXT else pc.is_null(cells)
        empty = pc.indices_nonzero(blank).to_pylist()
        if empty:
            raise TableError(f"{name}.{column}: empty in rows {empty[:5]}; it must be stated")
    for column, words in spec.vocabulary.items():
        unknown = sorted(value for value in pc.unique(table.column(column)).to_pylist() if value and value not in words)
        if unknown:
            raise TableError(f"{name}.{column}: {unknown[:5]} are not among {list(words)}")
    counted = table.select(spec.key).group_by(list(spec.key)).aggregate([([], "count_all")])
    if counted.num_rows < table.num_rows:
        twice = counted.filter(pc.greater(counted.column("count_all"), 1)).select(spec.key).slice(0, 1).to_pylist()[0]
        raise TableError(f"{name}: key {twice} occurs twice; {spec.grain} is one row")


def check_spans(tables: Mapping[str, pa.Table]) -> None:
    """Every quote is cut by its span from the primary copy's text; raise :class:`TableError` where one is not."""
    sources = tables["sources"].filter(tables["sources"].column("is_primary"))
    place = {directive_id: row for row, directive_id in enumerate(sources.column("directive_id").to_pylist())}
    texts = sources.column("text")
    for name, spec in SPECS.items():
        if not spec.spans:
            continue
        held, text = "", ""  # rows of one directive stand together: one text is held at a time
        columns = ["directive_id", "char_start", "char_end", spec.spans]
        for batch in tables[name].select(columns).to_batches(max_chunksize=10_000):
            for directive_id, start, end, quote in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                if directive_id != held:
                    held, text = directive_id, texts[place[directive_id]].as_py()
                if text[start:end] != quote or not quote:
                    raise TableError(
                        f"{name}: {start} to {end} of {directive_id} does not cut its quote {quote!r} from the copy"
                    )


def write_table(table: pa.Table, path: Path) -> None:
    """Write Parquet whose bytes depend on the rows alone."""
    pq.write_table(table, path, compression="zstd", store_schema=True)


def read_table(name: str, directory: Path) -> pa.Table:
    """Read one table.

    Raises
    ------
    TableError
        When it is absent or was written by another version; the message says to build.
    """
    path = directory / f"{name}.parquet"
    if not path.is_file():
        raise TableError(f"{path} is missing: run `python -m loaders build --out {directory}`")
    table = pq.read_table(path)
    if table.schema.names != SPECS[name].schema.names:
        raise TableError(f"{path} was written by another version: run `python -m loaders build --out {directory}`")
    return table
