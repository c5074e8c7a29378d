"""Where things lie and whether they are fresh: tables, sources, uploads, store, and the build that follows a write."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import streamlit as st

from loaders.build import DEFAULT_OUT, MANIFEST, ROOT
from loaders.refresh import refresh
from loaders.store import Store
from loaders.store_schema import database_url
from views._text import Translator

EVERY = 4.0  # seconds between two looks for what others wrote


def tables_dir() -> Path:
    """Where the tables lie: ``ATLAS_TABLES``, or ``data/tables``."""
    return Path(os.environ.get("ATLAS_TABLES") or DEFAULT_OUT)


def source_places() -> list[Path]:
    """What the tables are built from: ``ATLAS_SOURCES`` (paths as in ``PATH``); empty: the corpus and the uploads."""
    return [Path(place) for place in os.environ.get("ATLAS_SOURCES", "").split(os.pathsep) if place]


def uploads_dir() -> Path:
    """Where kept files are laid out for the build: ``ATLAS_UPLOADS``, or ``data/uploads``."""
    return Path(os.environ.get("ATLAS_UPLOADS") or ROOT / "data" / "uploads")


@st.cache_resource(show_spinner=False)
def _store_at(url: str, editors: str | None) -> Store:
    return Store(url)


def open_store() -> Store:
    """The store; one connection pool a process and address."""
    return _store_at(database_url(), os.environ.get("ATLAS_EDITORS"))


@st.cache_resource(show_spinner=False)
def _seen(directory: Path, url: str) -> dict[str, str]:
    """The version of the store that the tables of this process were last checked against."""
    return {}


def freshen(t: Translator) -> None:
    """Build what is missing or stale, with progress that the reader sees; looks again whenever somebody wrote.

    A replica that shares the store catches up here with what another one's readers wrote.
    """
    seen, version = _seen(tables_dir(), database_url()), open_store().version()
    if seen.get("version") != version:
        rebuild(t)
        seen["version"] = version
        st.cache_data.clear()  # what was cached may depend on verification, which is not part of the data's hash


def rebuild(t: Translator) -> None:
    """Tables from corpus, uploads and corrections as they stand now; nothing is done where they are fresh."""
    bars: list[Any] = []

    def told(n: int, total: int, name: str) -> None:
        if not bars:
            bars.append(st.progress(0.0, t("build.start")))
        bars[0].progress(n / max(total, 1), t("build.progress", n=n, total=total))

    refresh(tables_dir(), source_places(), open_store(), uploads_dir(), progress=told)
    for bar in bars:
        bar.empty()


def stamp() -> str:
    """Changes when the tables were built anew or the store was written: what an open session watches."""
    return f"{(tables_dir() / MANIFEST).stat().st_mtime_ns}:{open_store().version()}"


@st.fragment(run_every=EVERY)
def watch() -> None:
    """Draw the page again when somebody else changed what it shows."""
    if st.session_state.get("_stamp", stamp()) != stamp():
        st.rerun()


def verified() -> Mapping[str, tuple[str, str, datetime]]:
    """Directive to its verification state, by whom and when; a directive that is absent is unread."""
    return _verified(database_url(), open_store().version())


@st.cache_data(max_entries=4, show_spinner=False)
def _verified(url: str, version: str) -> dict[str, tuple[str, str, datetime]]:
    return open_store().verified()


def checked_ids() -> set[str]:
    """Directives that somebody read against their source and found right."""
    return {directive for directive, (state, _, _) in verified().items() if state == "checked"}
