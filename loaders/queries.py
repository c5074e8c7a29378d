"""The only SQL: DuckDB in memory over the Parquet tables, small DataFrames out.

Everything a page shows can be had here without a page:

>>> # Atlas(Path("data/tables")).table("directives")
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

import duckdb
import pandas as pd

from loaders.build import MANIFEST, read_manifest
from loaders.tables import SPECS, TableError


class Atlas:
    """One built dataset, never changed once opened.

    Parameters
    ----------
    directory
        Where ``python -m loaders build`` wrote the tables.

    Attributes
    ----------
    dataset_hash, vocabulary_version : str
        What the tables were built from; cache on ``dataset_hash``, never on a frame.
    n_documents : int
        Documents read, copies included.
    built_at : datetime
        When, in UTC.

    Raises
    ------
    TableError
        When the tables are missing; the message says to build.
    """

    def __init__(self, directory: Path) -> None:
        manifest = read_manifest(directory)
        if manifest is None:
            raise TableError(f"{directory} holds no tables: run `python -m loaders build --out {directory}`")
        self.directory = directory
        self.dataset_hash: str = manifest["dataset_hash"]
        self.vocabulary_version: str = manifest["vocabulary_version"]
        self.n_documents: int = manifest["documents"]
        self.built_at = datetime.fromtimestamp((directory / MANIFEST).stat().st_mtime, UTC)

    @cached_property
    def _connection(self) -> duckdb.DuckDBPyConnection:
        """Tables are loaded once, so that a later build in the same folder does not change an open dataset."""
        connection = duckdb.connect(":memory:")
        for name in SPECS:
            path = str(self.directory / f"{name}.parquet")
            connection.execute(f"CREATE TABLE {name} AS SELECT * FROM read_parquet(?)", [path])  # noqa: S608 (our names)
        return connection

    def _query(self, sql: str, parameters: Sequence[object] = ()) -> pd.DataFrame:
        return self._connection.cursor().execute(sql, list(parameters)).df()

    def table(self, name: str, directive_ids: Sequence[str] | None = None) -> pd.DataFrame:
        """Rows of one table in key order, all or those of some directives.

        Returns
        -------
        DataFrame
            Columns of the contract; text is ``""`` where not stated, days are ``datetime64`` with ``NaT``.
        """
        spec = SPECS[name]
        where = "" if directive_ids is None or name == "actors" else "WHERE list_contains(?, directive_id)"
        order = ", ".join(f'"{column}"' for column in spec.key)
        parameters = [list(directive_ids or [])] if where else []
        return self._query(f"SELECT * FROM {name} {where} ORDER BY {order}", parameters)  # noqa: S608 (our names)

    def facts(self, directive_id: str) -> dict[str, pd.DataFrame]:
        """Every table's rows of one directive."""
        return {name: self.table(name, [directive_id]) for name in SPECS if name != "actors"}

    def tables(self) -> dict[str, pd.DataFrame]:
        """All tables, texts of the sources left out."""
        held = {name: self.table(name) for name in SPECS if name != "sources"}
        held["sources"] = self._query("SELECT * EXCLUDE (text) FROM sources ORDER BY directive_id, path, ordinal")
        return held

    def text(self, directive_id: str) -> str:
        """Text of the primary copy; empty where the directive is not held."""
        found = self._query("SELECT text FROM sources WHERE directive_id = ? AND is_primary", [directive_id])
        return str(found["text"].iloc[0]) if len(found) else ""
