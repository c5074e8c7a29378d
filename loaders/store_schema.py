"""Schema of the store and the way to it: tables, address, engine, migrations."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Column,
    DateTime,
    Engine,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    event,
)

ROOT = Path(__file__).resolve().parent.parent
DEFAULT_URL = f"sqlite:///{ROOT / 'data' / 'atlas.sqlite'}"

metadata = MetaData()
uploads = Table(
    "uploads",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("name", String(255), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("author", String(320), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
)
corrections = Table(
    "corrections",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("table_name", String(32), nullable=False),
    Column("row_key", Text, nullable=False),
    Column("field", String(64), nullable=False, default=""),
    Column("action", String(8), nullable=False),
    Column("expected", Text, nullable=False, default=""),
    Column("value", Text, nullable=False, default=""),
    Column("reason", Text, nullable=False),
    Column("author", String(320), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("undoes", Integer, ForeignKey("corrections.id"), nullable=True, unique=True),
    Column("follows", Integer, nullable=False, default=0),
    Index("corrections_of_a_fact", "table_name", "row_key", "field"),
    sqlite_autoincrement=True,
)
verifications = Table(
    "verifications",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("directive_id", Text, nullable=False, index=True),
    Column("state", String(16), nullable=False),
    Column("author", String(320), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
)
audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("author", String(320), nullable=False),
    Column("action", String(32), nullable=False),
    Column("detail", Text, nullable=False),
)


def database_url(environment: Mapping[str, str] | None = None) -> str:
    """``DATABASE_URL`` or the embedded default; ``postgres://`` addresses get the driver that is pinned here."""
    url = (os.environ if environment is None else environment).get("DATABASE_URL", "").strip() or DEFAULT_URL
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


def connect(url: str | None = None) -> Engine:
    """Engine with the schema brought up to date."""
    address = url or database_url()
    engine = create_engine(address, pool_pre_ping=True, connect_args={"timeout": 60} if "sqlite" in address else {})
    if engine.dialect.name == "sqlite":
        _use_write_ahead_log(engine)
    _migrate(engine)
    return engine


def _use_write_ahead_log(engine: Engine) -> None:
    """Readers never wait; a writer takes its lock at the start, so that two cannot deadlock half-way."""

    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _: Any) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")


def _migrate(engine: Engine) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    with engine.execution_options(writes=True).begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(20200307)")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
