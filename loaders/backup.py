"""Backup and restore of the store, and its corrections as CSV: one command each.

A backup is one JSON file of all rows (uploads as base64), the same for SQLite and PostgreSQL, so that it also moves a
deployment from one to the other.
"""

from __future__ import annotations

import base64
import json
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import DateTime, LargeBinary, func, insert, select, text

from loaders.store import Store, StoreError
from loaders.store_schema import metadata

FORMAT = "directive-atlas-store-1"


def backup(store: Store, path: Path) -> int:
    """Write every row of the store to ``path``; returns their number. One transaction: a consistent moment."""
    content: dict[str, Any] = {"format": FORMAT}
    with store.engine.connect() as connection:
        for table in metadata.sorted_tables:
            rows = connection.execute(select(table).order_by(*table.primary_key.columns)).all()
            content[table.name] = [{name: _write(value) for name, value in row._mapping.items()} for row in rows]
    draft = path.with_suffix(path.suffix + ".part")
    draft.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
    draft.replace(path)
    return sum(len(rows) for name, rows in content.items() if name != "format")


def restore(store: Store, path: Path) -> int:
    """Read a backup into an empty store; returns the number of rows.

    Raises
    ------
    StoreError
        When the file is no backup or the store already holds something: nothing is overwritten.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise StoreError(f"{path} cannot be read as a backup: {error}") from None
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise StoreError(f"{path} is no backup of a store ({FORMAT})")
    with store.engine.execution_options(writes=True).begin() as connection:
        for table in metadata.sorted_tables:
            if connection.execute(select(func.count()).select_from(table)).scalar_one():
                raise StoreError(f"the store holds rows in {table.name}; restore into an empty one (set DATABASE_URL)")
        total = 0
        for table in metadata.sorted_tables:
            rows = [
                {name: _read(table.c[name].type, value) for name, value in row.items()} for row in content[table.name]
            ]
            if rows:
                connection.execute(insert(table), rows)
            total += len(rows)
        if store.engine.dialect.name == "postgresql":
            for table in metadata.sorted_tables:
                if "id" in table.c:
                    statement = (
                        f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), coalesce(max(id), 0) + 1, false)"
                    )
                    connection.execute(text(f"{statement} FROM {table.name}"))  # names are ours, from the schema
    return total


def _write(value: Any) -> Any:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    return value.isoformat() if isinstance(value, datetime) else value


def _read(kind: Any, value: Any) -> Any:
    if isinstance(kind, LargeBinary):
        return base64.b64decode(value)
    return datetime.fromisoformat(value) if isinstance(kind, DateTime) and value else value
