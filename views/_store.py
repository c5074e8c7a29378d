"""Who writes, and where: the store of this deployment, the person at the page, and the build that follows a write."""

from __future__ import annotations

import os
from pathlib import Path

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError

from loaders.build import ROOT, build
from loaders.intake import lay_out
from loaders.store import LOCAL_USER, Store
from views._page import source_places, tables_dir
from views._text import Translator


@st.cache_resource(show_spinner=False)
def open_store() -> Store:
    """The store; one connection pool a process."""
    return Store()


def sign_in_configured() -> bool:
    """Whether ``[auth]`` stands in the secrets (OIDC through ``st.login``)."""
    try:
        return "auth" in st.secrets
    except StreamlitSecretNotFoundError:
        return False


def author() -> str:
    """The signed-in address; without sign-in the one local user; nobody where sign-in is configured but was not done."""
    if st.user.get("is_logged_in"):
        return str(st.user.get("email") or "")
    return "" if sign_in_configured() else LOCAL_USER


def uploads_dir() -> Path:
    """Where kept files are laid out for the build: ``ATLAS_UPLOADS``, or ``data/uploads``."""
    return Path(os.environ.get("ATLAS_UPLOADS") or ROOT / "data" / "uploads")


def rebuild(t: Translator) -> None:
    """Build the tables from corpus, uploads and corrections as they stand now, with progress that the reader sees."""
    store, uploads = open_store(), uploads_dir()
    lay_out(store, uploads)
    places = source_places()
    bar = st.progress(0.0, t("build.start"))

    def told(n: int, total: int, name: str) -> None:
        bar.progress(n / max(total, 1), t("build.progress", n=n, total=total))

    build(
        [*places, uploads] if places and uploads not in places else places,
        tables_dir(),
        corrections=store.standing(),
        progress=told,
    )
    bar.empty()
