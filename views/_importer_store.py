"""Parts of the import page: keeping files, what became of them, forgetting them, fetching the national context."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from loaders.build import ROOT, build
from loaders.context import fetch_oxcgrt
from loaders.intake import Intake, keep, lay_out
from loaders.source import REGISTERS, SourceError
from loaders.store import LOCAL_USER, NotAnEditor
from views._evidence import directive_name
from views._importer import open_store
from views._page import Page, source_places, tables_dir
from views._text import Translator, plain

_SHOWN = 10


def uploads_dir() -> Path:
    """Where kept files are laid out for the build: ``ATLAS_UPLOADS``, or ``data/uploads``."""
    return Path(os.environ.get("ATLAS_UPLOADS") or ROOT / "data" / "uploads")


def author() -> str:
    """The signed-in address, or the one local user where no sign-in is configured."""
    return str(st.user.get("email")) if st.user.get("is_logged_in") else LOCAL_USER


def fetch_context(page: Page) -> None:
    """A field for the address of the OxCGRT file; it is fetched only when asked."""
    t = page.t
    with st.expander(t("import.context.fetch"), icon=":material/public:"):
        address = st.text_input(t("import.context.address"), key=page.key("address"))
        if st.button(t("import.context.go"), key=page.key("fetch")) and address:
            try:
                context = fetch_oxcgrt(address.strip())
                fetched = Intake(context.name, address, b"", context=context)
            except SourceError as error:
                fetched = Intake(address, address, b"", error=error)
            st.session_state["import-fetched"] = [fetched]


def keep_files(page: Page, kept: Sequence[Intake]) -> None:
    """The button that keeps the chosen files and builds the tables anew."""
    t = page.t
    label = t("import.keep", n=len(kept)) if kept else t("import.keep_none")
    if not st.button(
        label, type="primary", disabled=not kept, key=page.key("keep"), icon=":material/library_add_check:"
    ):
        return
    try:
        digests = [keep(open_store(), author(), intake) for intake in kept]
    except NotAnEditor:
        st.error(t("import.not_editor"), icon=":material/error:")
        return
    _rebuild(t)
    st.session_state["import-done"] = digests
    st.session_state["import-round"] = st.session_state.get("import-round", 0) + 1  # empties the upload field
    st.session_state.pop("import-read", None)
    st.session_state.pop("import-fetched", None)
    st.rerun()


def _rebuild(t: Translator) -> None:
    store, uploads = open_store(), uploads_dir()
    lay_out(store, uploads)
    places = source_places()
    bar = st.progress(0.0, t("import.building"))

    def told(n: int, total: int, name: str) -> None:
        bar.progress(n / max(total, 1), t("build.progress", n=n, total=total))

    build(
        [*places, uploads] if places and uploads not in places else places,
        tables_dir(),
        corrections=store.standing(),
        progress=told,
    )
    bar.empty()


def said_done(page: Page) -> None:
    """After files were kept: what they became, with the way to read, correct and see them."""
    t, digests = page.t, st.session_state.get("import-done")
    if not digests:
        return
    sources, places = page.all_tables["sources"], {digest[:12] for digest in digests}
    new = sources[[str(path).split("/")[0] in places for path in sources["path"]]]
    titles = new["media_type"].isin(tuple(REGISTERS))  # what is held in full comes first
    ids = new.assign(titles=titles).sort_values("titles", kind="stable")["directive_id"]
    held = page.all_tables["directives"].set_index("directive_id", drop=False)
    with st.container(border=True, key=page.key("done")):
        st.success(t("import.done", n=len(digests)), icon=":material/check_circle:")
        for directive_id in list(dict.fromkeys(ids))[:_SHOWN]:
            name = directive_name(t, held.loc[directive_id])
            page.link("reader", t("import.open", name=plain(name)), directive=directive_id, icon=":material/menu_book:")
        if len(ids):
            page.link("timeline", t("import.see_timeline"), icon=":material/timeline:")


def show_held(page: Page) -> None:
    """Files kept before, each with the way to remove it."""
    t, held = page.t, open_store().uploaded()
    with st.expander(t("import.held.title", n=len(held)), icon=":material/inventory_2:"):
        if not held:
            st.caption(t("import.held.none"))
        for digest, name in sorted(held.items(), key=lambda item: item[1]):
            with st.container(horizontal=True, vertical_alignment="center", key=page.key(f"held-{digest[:12]}")):
                st.markdown(plain(name), width="content")
                if st.button(t("import.held.remove"), key=page.key(f"remove-{digest[:12]}"), type="tertiary"):
                    forget(page, digest)


def forget(page: Page, digest: str) -> None:
    """Remove a kept file; its marks go with the build that follows."""
    try:
        open_store().remove_upload(author(), digest)
    except NotAnEditor:
        st.error(page.t("import.not_editor"), icon=":material/error:")
        return
    _rebuild(page.t)
    st.session_state.pop("import-done", None)
    st.rerun()
