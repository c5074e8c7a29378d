"""What people add: uploads, corrections, verification states and the audit log, in SQL.

SQLite in ``data/`` by default (write-ahead log, one writer waits for another), PostgreSQL by ``DATABASE_URL``. One
schema (``store_schema.py``). Every function that writes asks :class:`Editors` first, so a page, an address and a direct
call meet the same gate, and leaves a row in ``audit``.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import func, insert, select

from loaders.store_schema import DEFAULT_URL, audit, connect, corrections, database_url, uploads, verifications
from loaders.tables import SPECS

ACTIONS = ("set", "add", "reject", "undo")
STATES = ("unread", "checked", "disputed")
LOCAL_USER = "local"
# What people may correct: what a document states. Spans and quotes are not among it: they tie a fact to its words.
CORRECTABLE = {
    "directives": (
        "issue_date", "number", "doc_type", "issuer", "issuer_branch", "level", "on_behalf_of", "subject", "urgency",
        "province_code", "signatory_name", "signatory_title", "signing_authority",
    ),
    "measures": ("code", "stance", "binding", "scope", "level", "tier", "target"),
    "tasks": ("actor", "role", "actor_id"),
    "recipients": ("actor", "actor_id"),
    "citations": ("number", "doc_type", "date", "issuer", "relation", "cited_directive_id"),
    "dates": ("date", "time", "kind"),
    "figures": ("value", "unit", "kind", "what"),
}  # fmt: skip


class StoreError(ValueError):
    """A write was refused or the store cannot be used; the message says why and what to do."""


class NotAnEditor(StoreError):
    """The person may read but not write."""


class Conflict(StoreError):
    """Somebody changed the value first. ``theirs`` is what stands now, ``yours`` what you wanted to write."""

    def __init__(self, theirs: str, yours: str, author: str) -> None:
        super().__init__(
            f"{author or 'The machine'} has it as {theirs!r}; you wanted {yours!r}. Look again and decide."
        )
        self.theirs, self.yours, self.author = theirs, yours, author


@dataclass(frozen=True)
class Editors:
    """Who may write. ``addresses`` is None where no sign-in is configured: then the one local user may."""

    addresses: frozenset[str] | None = None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Editors:
        """``ATLAS_EDITORS``: addresses separated by commas. Set and empty, nobody may write."""
        said = (os.environ if environment is None else environment).get("ATLAS_EDITORS")
        if said is None:
            return cls()
        return cls(frozenset(item.strip().lower() for item in said.split(",") if item.strip()))

    def admit(self, author: str) -> str:
        """The author's address, or :class:`NotAnEditor`."""
        name = author.strip().lower()
        if self.addresses is None and name == LOCAL_USER:
            return name
        if self.addresses is not None and name and name in self.addresses:
            return name
        raise NotAnEditor(f"{author or 'An unnamed reader'} is not on the list of editors; ask for it (ATLAS_EDITORS).")


@dataclass(frozen=True)
class Correction:
    """One change to one fact.

    Parameters
    ----------
    table, key
        Table of the contract and the row's key, as :func:`row_key` writes it.
    action
        ``set`` a field, ``add`` a row (``value`` is its JSON), ``reject`` a row, ``undo`` another correction.
    expected, value
        Text of the value that was there, and of the new one; days are ISO, numbers decimal, empty is not stated.
    """

    id: int
    table: str
    key: str
    field: str
    action: str
    expected: str
    value: str
    reason: str
    author: str
    at: datetime
    undoes: int | None = None


def row_key(table: str, row: Mapping[str, Any]) -> str:
    """Key of a row as text: the values of the table's key columns as a JSON list.

    >>> row_key("directives", {"directive_id": "x/1"})
    '["x/1"]'
    """
    return json.dumps([as_text(row[column]) for column in SPECS[table].key], ensure_ascii=False)


def as_text(value: Any) -> str:
    """A cell as a correction writes it.

    >>> as_text(None), as_text(27.0), as_text(True)
    ('', '27', 'true')
    """
    if (
        value is None or type(value).__name__ in ("NAType", "NaTType") or value != value
    ):  # pandas has three names for it
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if hasattr(value, "isoformat"):
        return str(value.isoformat())[:10]
    return str(value)


def now() -> datetime:
    return datetime.now(UTC)


class Store:
    """The store of one deployment.

    Parameters
    ----------
    url
        SQLAlchemy address; default ``DATABASE_URL`` or SQLite in ``data/``.
    editors
        Who may write; default from ``ATLAS_EDITORS``.
    """

    def __init__(self, url: str | None = None, editors: Editors | None = None) -> None:
        self.engine = connect(url)
        self.editors = editors or Editors.from_environment()

    @contextmanager
    def _writing(self, author: str, action: str, detail: str) -> Iterator[tuple[Any, str]]:
        name = self.editors.admit(author)
        with self.engine.execution_options(writes=True).begin() as connection:
            yield connection, name
            connection.execute(insert(audit).values(at=now(), author=name, action=action, detail=detail))

    # -- corrections -------------------------------------------------------------------------------------------------

    def correct(
        self,
        author: str,
        table: str,
        key: str,
        field: str,
        *,
        expected: str,
        value: str,
        reason: str,
        action: str = "set",
    ) -> int:
        """Write one correction; returns its id.

        Raises
        ------
        NotAnEditor, Conflict, StoreError
            When the author may not write, when the standing value is no longer ``expected``, or when table, field,
            action or reason is missing or unknown.
        """
        _check(table, field, action, value, reason)
        with self._writing(author, f"correct:{action}", f"{table} {key} {field}") as (connection, name):
            self._lock(connection, f"{table}{key}{field}")
            standing = self._standing(connection, table, key, field)
            if standing is not None and standing.value != expected:
                raise Conflict(standing.value, value, standing.author)
            if standing is None and action == "set" and expected == value:
                raise StoreError(f"{field} already is {value!r}; nothing to correct.")
            row = {
                "table_name": table,
                "row_key": key,
                "field": field,
                "action": action,
                "expected": standing.expected if standing else expected,
                "value": value,
                "reason": reason.strip(),
                "author": name,
                "at": now(),
                "follows": standing.id if standing else 0,
            }
            return int(connection.execute(insert(corrections).values(**row)).inserted_primary_key[0])

    def reject(self, author: str, table: str, key: str, reason: str) -> int:
        """Take a fact away: one that the machine read is rejected, one that people added is undone. Returns the id."""
        added = [item for item in self.standing() if (item.table, item.key, item.action) == (table, key, "add")]
        if added:
            return self.undo(author, added[0].id, reason)
        return self.correct(author, table, key, "", expected="", value="", reason=reason, action="reject")

    def undo(self, author: str, correction_id: int, reason: str) -> int:
        """Undo one correction; the one before it, or the machine's value, stands again. Returns the undo's id."""
        with self._writing(author, "correct:undo", str(correction_id)) as (connection, name):
            found = connection.execute(select(corrections).where(corrections.c.id == correction_id)).first()
            if found is None or found.action == "undo":
                raise StoreError(f"There is no correction {correction_id} to undo.")
            if connection.execute(select(corrections.c.id).where(corrections.c.undoes == correction_id)).first():
                raise StoreError(f"Correction {correction_id} is undone already.")
            row = {
                "table_name": found.table_name,
                "row_key": found.row_key,
                "field": found.field,
                "action": "undo",
                "expected": found.value,
                "value": found.expected,
                "reason": reason.strip() or "undo",
                "author": name,
                "at": now(),
                "undoes": correction_id,
            }
            return int(connection.execute(insert(corrections).values(**row)).inserted_primary_key[0])

    def _lock(self, connection: Any, fact: str) -> None:
        """PostgreSQL: writers of one fact wait for each other (SQLite has one writer at a time anyway)."""
        if self.engine.dialect.name == "postgresql":
            digest = int.from_bytes(sha256(fact.encode()).digest()[:8], "big", signed=True)
            connection.execute(select(func.pg_advisory_xact_lock(digest)))

    def _standing(self, connection: Any, table: str, key: str, field: str) -> Correction | None:
        same = (corrections.c.table_name == table, corrections.c.row_key == key, corrections.c.field == field)
        rows = connection.execute(select(corrections).where(*same).order_by(corrections.c.id)).all()
        live = standing([_correction(row) for row in rows])
        return live[-1] if live else None

    def history(self, table: str = "", key: str = "") -> list[Correction]:
        """All corrections, undone ones and undos too, or those of one fact; oldest first."""
        query = select(corrections).order_by(corrections.c.id)
        if table:
            query = query.where(corrections.c.table_name == table)
        if key:
            query = query.where(corrections.c.row_key == key)
        with self.engine.connect() as connection:
            return [_correction(row) for row in connection.execute(query)]

    def standing(self) -> list[Correction]:
        """Corrections to apply at the next build: of each fact the last that is not undone."""
        return standing(self.history())

    def version(self) -> str:
        """Changes with every write: what open sessions watch. Each write leaves a row in ``audit``."""
        with self.engine.connect() as connection:
            return str(connection.execute(select(func.max(audit.c.id))).scalar_one() or 0)

    # -- verification ------------------------------------------------------------------------------------------------

    def verify(self, author: str, directive_id: str, state: str) -> None:
        """Set a directive's state: unread, checked or disputed."""
        if state not in STATES:
            raise StoreError(f"{state!r} is no state; choose one of {', '.join(STATES)}.")
        with self._writing(author, f"verify:{state}", directive_id) as (connection, name):
            row = {"directive_id": directive_id, "state": state, "author": name, "at": now()}
            connection.execute(insert(verifications).values(**row))

    def verified(self) -> dict[str, tuple[str, str, datetime]]:
        """Directive id to its last state, by whom and when; a directive that is absent is unread."""
        with self.engine.connect() as connection:
            rows = connection.execute(select(verifications).order_by(verifications.c.id)).all()
        return {row.directive_id: (row.state, row.author, _utc(row.at)) for row in rows}

    # -- uploads -----------------------------------------------------------------------------------------------------

    def add_upload(self, author: str, name: str, content: bytes) -> str:
        """Keep a file's bytes; returns its SHA-256. The same bytes twice are one upload."""
        digest = sha256(content).hexdigest()
        with self._writing(author, "upload", f"{digest} {name}") as (connection, person):
            if not connection.execute(select(uploads.c.sha256).where(uploads.c.sha256 == digest)).first():
                row = {"sha256": digest, "name": name, "content": content, "author": person, "at": now()}
                connection.execute(insert(uploads).values(**row))
        return digest

    def remove_upload(self, author: str, digest: str) -> None:
        """Forget an uploaded file; its marks go with the next build."""
        with self._writing(author, "upload:remove", digest) as (connection, _):
            connection.execute(uploads.delete().where(uploads.c.sha256 == digest))

    def uploaded(self) -> dict[str, str]:
        """SHA-256 to file name of every upload."""
        with self.engine.connect() as connection:
            query = select(uploads.c.sha256, uploads.c.name).order_by(uploads.c.sha256)
            return {row.sha256: row.name for row in connection.execute(query)}

    def upload_content(self, digest: str) -> bytes:
        with self.engine.connect() as connection:
            return bytes(connection.execute(select(uploads.c.content).where(uploads.c.sha256 == digest)).scalar_one())

    def audit_log(self, limit: int = 1000) -> list[dict[str, Any]]:
        """Who wrote what and when, newest first."""
        query = select(audit).order_by(audit.c.id.desc()).limit(limit)
        with self.engine.connect() as connection:
            return [dict(row._mapping) for row in connection.execute(query)]


def standing_corrections(environment: Mapping[str, str] | None = None) -> list[Correction]:
    """Corrections of the deployment's store; none, and no store is made, where there is none yet."""
    url = database_url(environment)
    if url == DEFAULT_URL and not Path(url.removeprefix("sqlite:///")).is_file():
        return []
    return Store(url).standing()


def standing(history: list[Correction]) -> list[Correction]:
    """Of each fact the last correction that is not undone, in the order they were written."""
    undone = {item.undoes for item in history}
    last: dict[tuple[str, str, str], Correction] = {}
    for item in history:
        if item.action != "undo" and item.id not in undone:
            last[item.table, item.key, item.field] = item
    return sorted(last.values(), key=lambda item: item.id)


def _check(table: str, field: str, action: str, value: str, reason: str) -> None:
    if table not in SPECS:
        raise StoreError(f"{table!r} is no table; choose one of {', '.join(SPECS)}.")
    if action not in ("set", "add", "reject"):
        raise StoreError(f"{action!r} is no action; choose set, add or reject.")
    if table not in CORRECTABLE:
        raise StoreError(f"{table} follows from the sources; correct one of {', '.join(CORRECTABLE)}.")
    if action == "set" and field not in CORRECTABLE[table]:
        raise StoreError(f"{table} has no field {field!r} to correct; choose one of {', '.join(CORRECTABLE[table])}.")
    if action == "set" and field in SPECS[table].required and not value.strip():
        raise StoreError(f"{field} may not be empty.")
    if not reason.strip():
        raise StoreError("Say why: a correction needs a reason.")


def _utc(at: datetime) -> datetime:
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at


def _correction(row: Any) -> Correction:
    return Correction(
        id=row.id,
        table=row.table_name,
        key=row.row_key,
        field=row.field,
        action=row.action,
        expected=row.expected,
        value=row.value,
        reason=row.reason,
        author=row.author,
        at=_utc(row.at),
        undoes=row.undoes,
    )
