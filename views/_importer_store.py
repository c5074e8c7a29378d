"""Parts of the import page: keeping files, what became of them, forgetting them, fetching the national context."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from loaders.context import fetch_oxcgrt
from loaders.intake import Intake, keep
from loaders.source import REGISTERS, SourceError
from loaders.store import NotAnEditor
from views._evidence import directive_name
from views._page import Page
from views._signin import author
from views._store import open_store, rebuild
from views._text import plain

_SHOWN = 10


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
    rebuild(t)
    st.session_state["import-done"] = digests
    st.session_state["import-round"] = st.session_state.get("import-round", 0) + 1  # empties the upload field
    st.session_state.pop("import-read", None)
    st.session_state.pop("import-fetched", None)
    st.rerun()


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
            page.link("reader", t("import.open", name=plain(name)), directive=directive_id, own={"correct": "1"})
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
    rebuild(page.t)
    st.session_state.pop("import-done", None)
    st.rerun()
