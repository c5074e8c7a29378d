"""What stands around every page: name, navigation, language, search above; hash, time, versions, counts below."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import streamlit as st

from views._page import Page, language, open_atlas
from views._signin import show_sign_in
from views._state import LANGS, decode, encode
from views._store import stamp, watch
from views._text import plain, translator

STYLE = Path(__file__).resolve().parent.parent / "static" / "atlas.css"
_LANGUAGE_NAMES = {"vi": "Tiếng Việt", "en": "English"}
NAVIGATION = ("", "timeline", "comparison", "network", "reader", "import", "methods")
FILES = {"": "overview", "import": "importer"}


def page_files(root: Path) -> dict[str, Path]:
    """Slug to view file, of the pages whose file exists."""
    files = {slug: root / f"{FILES.get(slug, slug)}.py" for slug in NAVIGATION}
    return {slug: path for slug, path in files.items() if path.is_file()}


def pages(root: Path) -> dict[str, Any]:
    """Slug to ``st.Page``, titled in the reader's language."""
    t = translator(language(st.query_params.get("lang", "") if st.query_params.get("lang") in LANGS else ""))
    return {
        slug: st.Page(path, title=t(f"nav.{slug or 'overview'}"), url_path=slug or None, default=not slug)
        for slug, path in page_files(root).items()
    }


@contextmanager
def shell(held: dict[str, Any], current: Any) -> Iterator[None]:
    """Draw the header, let the page draw itself, draw the footer."""
    st.session_state["_pages"] = held
    slug = next((name for name, page in held.items() if page is current or page.url_path == current.url_path), "")
    state, _ = decode(st.query_params.to_dict())
    t = translator(language(state.lang))
    st.html(STYLE)
    _mend_document(t, slug, state.present)
    if state.present:
        _leave(t, held[slug], state)
    else:
        _header(t, held, slug, state)
    open_atlas(t)  # builds what is stale before the stamp is taken
    st.session_state["_stamp"] = stamp()
    yield
    _footer(t)
    watch()


def _leave(t: Any, page: Any, state: Any) -> None:
    with st.container(key="leave", horizontal=True, horizontal_alignment="right"):
        st.page_link(
            page,
            label=t("present.leave"),
            icon=":material/close_fullscreen:",
            query_params=_without(state, lang=t.lang),
        )


def _without(state: Any, **changes: Any) -> dict[str, str]:
    params = st.query_params.to_dict()
    params.pop("present", None)
    return {**params, **{name: str(value) for name, value in changes.items()}}


def _header(t: Any, held: dict[str, Any], slug: str, state: Any) -> None:
    carried = encode(state.filters().but(lang=t.lang, present=False))
    with st.container(key="masthead", gap=None):
        with st.container(key="masthead-top", horizontal=True, vertical_alignment="center"):
            with st.container(key="brand"):
                st.page_link(held[""], label=t("product.name"), query_params=carried)
            _search(t, held, carried)
            _language(t)
            show_sign_in(t)
        with st.container(key="masthead-nav", horizontal=True, gap="small"):
            for name, page in held.items():
                with st.container(key=f"nav-{name or 'overview'}{'-current' if name == slug else ''}", width="content"):
                    st.page_link(page, label=t(f"nav.{name or 'overview'}"), query_params=carried)


def _language(t: Any) -> None:
    st.session_state["language-switch"] = t.lang

    def switch() -> None:
        chosen = st.session_state["language-switch"] or t.lang
        st.session_state["language"] = chosen
        st.query_params["lang"] = chosen
        st.query_params["v"] = "1"

    st.segmented_control(
        t("header.language"), LANGS, format_func=_LANGUAGE_NAMES.__getitem__, key="language-switch", on_change=switch,
        label_visibility="collapsed",
    )  # fmt: skip


def _ask() -> None:
    """Take the words and empty the box: a page that is opened by them must not be asked again."""
    st.session_state["asked"] = st.session_state["search-box"]
    st.session_state["search-box"] = ""


def _search(t: Any, held: dict[str, Any], carried: dict[str, str]) -> None:
    if "reader" not in held:
        return
    with st.container(key="search", width=320):
        st.text_input(
            t("header.search"), key="search-box", placeholder=t("header.search_hint"), label_visibility="collapsed",
            icon=":material/search:", on_change=_ask,
        )  # fmt: skip
    asked = " ".join(st.session_state.pop("asked", "").split())[:200]
    if asked:
        st.switch_page(held["reader"], query_params={**carried, "q": asked, "v": "1"})


def _mend_document(t: Any, slug: str, present: bool) -> None:
    """What Streamlit leaves wrong: the document's language, and the address after a link to the page one is on.

    Such a link runs the page with its parameters while the browser keeps the old ones, and the next run would take
    those. Sending the parameters again mends that; where they are what the browser has, it does nothing.
    """
    st.html(
        f"<script>document.documentElement.lang='{t.lang}';"
        f"document.documentElement.dataset.present='{int(present)}'</script>",
        unsafe_allow_javascript=True,
    )
    if st.session_state.get("_slug") == slug:
        st.query_params.from_dict(st.query_params.to_dict())
    st.session_state["_slug"] = slug


def _footer(t: Any) -> None:
    atlas, tables = open_atlas(t)
    parts = (
        t("footer.hash", hash=atlas.dataset_hash),
        t("footer.built", day=t.day(atlas.built_at), time=atlas.built_at.strftime("%H:%M")),
        t("footer.vocabulary", version=atlas.vocabulary_version),
        t("footer.documents", n=atlas.n_documents, directives=len(tables["directives"])),
    )
    with st.container(key="footer"):
        st.caption(" · ".join(plain(part) for part in parts))


def page_title(page: Page, title: str, lead: str = "") -> None:
    """Title and lead of a page, with the tools for its link and for presenting it."""
    st.title(plain(title), anchor=False)
    if lead:
        with st.container(key=page.key("lead")):
            st.markdown(lead)


def page_tools(page: Page) -> None:
    """Copy the link of this very view; show it on a projector."""
    if page.present:
        return
    t = page.t
    with st.container(key=page.key("tools"), horizontal=True, gap="small"):
        with st.popover(t("tools.link"), icon=":material/link:", type="tertiary"):
            st.caption(t("tools.link_hint"))
            base = (
                (st.context.url or "").partition("?")[0].rstrip("/").removesuffix(f"/{page.slug}" if page.slug else "/")
            )
            st.code(base + page.address(), language=None, wrap_lines=True)
        st.button(
            t("tools.present"), icon=":material/slideshow:", key=page.key("present"), type="tertiary",
            on_click=page.update, kwargs={"present": True},
        )  # fmt: skip


def empty_state(page: Page, message: str, hint: str = "") -> None:
    """Why there is nothing to show and what to do; then return from the view."""
    with st.container(border=True, key=page.key("empty")):
        st.markdown(f"#### {message}")
        if hint:
            st.markdown(hint)
        if page.tables["directives"].empty and not page.all_tables["directives"].empty:
            st.button(
                page.t("filter.clear"), key=page.key("empty-clear"), on_click=page.update,
                kwargs=dict.fromkeys(
                    ("start", "end", "provinces", "branches", "types", "urgencies", "measures", "checked")
                ),
            )  # fmt: skip
