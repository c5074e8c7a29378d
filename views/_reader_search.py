"""Search results: passages with the hit marked; a result opens the reader at its words."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import streamlit as st

from loaders.search import INDEX, Hit, search
from views._shared import Page, day_words, directive_name, plain

_SHOWN = 30  # results a page
_RANKED = 400


@st.cache_data(max_entries=200, show_spinner=False)
def _found(version: str, _index: Path, words: str, _ids: Any, filters: str) -> tuple[list[Hit], int]:
    return search(_index, words, directive_ids=_ids, limit=_SHOWN)


def show_search(page: Page) -> None:
    """What the words of the address are found in, within the filters."""
    t, words = page.t, page.state.q
    if not words:
        return
    limited = page.tables["directives"] is not page.all_tables["directives"]
    ids = set(page.tables["directives"]["directive_id"]) if limited else None
    filters = repr(page.state.filters())
    hits, total = _found(page.atlas.dataset_hash, page.atlas.directory / INDEX, words, ids, filters)
    with st.container(border=True, key=page.key("results"), gap="small"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"#### {plain(t('reader.search_title', words=words, n=total))}")
            st.button(
                t("reader.search_close"), on_click=page.update, kwargs={"q": None}, type="tertiary",
                key=page.key("close-results"), icon=":material/close:",
            )  # fmt: skip
        if not hits:
            st.markdown(plain(t("reader.search_none", words=words)))
        st.caption(t("reader.search_hint") + (" " + t("reader.search_most") if total >= _RANKED else ""))
        for number, hit in enumerate(hits):
            _show_hit(page, number, hit)


def _show_hit(page: Page, number: int, hit: Hit) -> None:
    t = page.t
    names = page.all_tables["directives"]
    row = names.loc[names["directive_id"] == hit.directive_id].iloc[0]
    head = f"**{plain(directive_name(t, row))}** · {plain(row['issuer'])} · {plain(day_words(t, row))}"
    st.markdown(f":small[{head}]  \n{snippet(hit)}")
    at = hit.char_start + hit.marks[0][0] if hit.field == "text" and hit.marks else -1
    st.button(
        t("reader.open"), key=page.key(f"hit-{number}"), type="tertiary", icon=":material/menu_book:",
        on_click=page.update,
        kwargs={"directive": hit.directive_id, "at": at, "fact": None, "provision": None, "copy": None},
    )  # fmt: skip


def snippet(hit: Hit, room: int = 110) -> str:
    """The words around the first mark as safe markdown, marks in bold."""
    first = hit.marks[0] if hit.marks else (0, 0)
    low = max(first[0] - room, 0)
    high = min(max(first[1] + room, low + 2 * room), len(hit.text))
    parts, at = ["… " if low else ""], low
    for start, end in hit.marks:
        if at <= start and end <= high:
            parts += [_flat(hit.text[at:start]), f"**{_flat(hit.text[start:end])}**"]
            at = end
    return "".join(parts) + _flat(hit.text[at:high]) + (" …" if high < len(hit.text) else "")


def _flat(words: str) -> str:
    return plain(re.sub(r"\s+", " ", words))
