"""What a document is tied to: its copies and files, the documents it acts on and that act on it, its citation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from loaders.build import default_sources, find_sources
from loaders.reading import relations, word_changes
from views._shared import Page, day_words, directive_name, plain, source_places, translator, uploads_dir


def show_copies(page: Page, copies: pd.DataFrame, copy: pd.Series) -> None:
    """Switch of copies, and what differs between the one shown and the fullest."""
    t = page.t
    if len(copies) > 1:
        st.radio(
            t("reader.copies", n=len(copies)), range(len(copies)),
            format_func=lambda n: plain(t(
                "reader.copy_primary" if copies["is_primary"].iloc[n] else "reader.copy_of",
                path=copies["path"].iloc[n], ordinal=int(copies["ordinal"].iloc[n]),
            )),
            **page.bind("copy", read=lambda n: min(n, len(copies) - 1)),
        )  # fmt: skip
    if not copy["is_primary"]:
        with st.expander(t("reader.differs"), key=page.key("differs")):
            changes = _changes(copies["text"].iloc[0], copy["text"])
            if all(kind == "=" for kind, _ in changes):
                st.caption(t("reader.same"))
            else:
                st.caption(t("reader.differs_note"))
                st.text("".join(_change(kind, words) for kind, words in changes))


@st.cache_data(max_entries=50, show_spinner=False)
def _changes(left: str, right: str) -> list[tuple[str, str]]:
    return word_changes(left, right)


def _change(kind: str, words: str) -> str:
    if kind == "=":
        return words if len(words) <= 240 else f"{words[:110]} … {words[-110:]}"
    return f"[{'−' if kind == '-' else '+'}{words.strip()}{'−' if kind == '-' else '+'}] "


def show_files(page: Page, copy: pd.Series) -> None:
    """Original file and text for download."""
    t = page.t
    name = copy["path"].split("/")[-1]
    places = [*(source_places() or default_sources()), uploads_dir()]
    located = {file.path: file.location for file in find_sources(place for place in places if place.exists())}
    original = located.get(copy["path"])
    if original is None:
        st.caption(plain(t("reader.original_absent", path=copy["path"])))
    else:
        st.download_button(
            t("reader.original"), data=original.read_bytes, file_name=name, on_click="ignore",
            key=page.key("original"), icon=":material/download:", mime="application/octet-stream",
        )  # fmt: skip
    st.download_button(
        t("reader.text_file"), data=copy["text"].encode("utf-8"), file_name=f"{name.rsplit('.', 1)[0]}.txt",
        on_click="ignore", key=page.key("text-file"), icon=":material/description:",
    )  # fmt: skip


def show_citation(page: Page, row: pd.Series, entry: Mapping[str, Any] | None) -> None:
    """The document, and the chosen fact's provision and words, as a citation in both languages."""
    t = page.t
    with st.expander(t("reader.cite"), icon=":material/format_quote:", key=page.key("cite")):
        for lang in ("vi", "en"):
            st.caption(t(f"reader.cite_{lang}"))
            st.code(citation_text(page, row, entry, lang), language=None, wrap_lines=True)


def citation_text(page: Page, row: pd.Series, entry: Mapping[str, Any] | None, lang: str) -> str:
    """Type, number, issuer, day or bounds, subject; with a fact, where it stands and its words."""
    t = translator(lang)
    name, day = directive_name(t, row), day_words(t, row)
    parts = [f"{name}, {row['issuer'] or t('directive.no_issuer')}, {day}" if row["number"] else f"{name}, {day}"]
    if row["subject"]:
        parts.append(f"“{' '.join(row['subject'].split())}”")
    if entry is not None:
        where = {page.t("reader.group_header"): "header", page.t("reader.group_preamble"): "preamble"}
        kind = where.get(entry["group"])
        label = entry["group"].removeprefix(page.t("reader.group_provision", label="")).strip()
        group = t(f"reader.group_{kind}") if kind else t("reader.group_provision", label=label)
        parts.append(f"{group}: “{entry['quote']}”")
    return ", ".join(parts) + f" (Directive Atlas, {page.atlas.dataset_hash}, {page.address()})"


def show_relations(page: Page, directive_id: str) -> None:
    """The three columns of Vietnamese legal portals: acted on, this document, acting."""
    t = page.t
    directives = page.all_tables["directives"]
    acted_on, acting = relations(directive_id, page.all_tables["citations"], directives)
    held = directives.set_index("directive_id", drop=False)
    row = held.loc[directive_id]
    st.markdown(f"#### {t('reader.relations')}")
    left, middle, right = st.columns(3)
    with left, st.container(key=page.key("acted-on"), gap="small"):
        st.markdown(f"**{t('reader.acted_on', n=len(acted_on))}**")
        _related(page, acted_on, held, directive_id, t("reader.none_acted_on"))
    with middle:
        st.markdown(f"**{t('reader.this_one')}**")
        st.text(f"{directive_name(t, row)}\n{row['issuer']}\n{day_words(t, row)}")
    with right, st.container(key=page.key("acting"), gap="small"):
        st.markdown(f"**{t('reader.acting', n=len(acting))}**")
        _related(page, acting, held, directive_id, t("reader.none_acting"))


def _related(page: Page, rows: pd.DataFrame, held: pd.DataFrame, own: str, nothing: str) -> None:
    t = page.t
    if rows.empty:
        st.caption(nothing)
    for row in rows.to_dict("records"):
        name = f"{t.name('doc_type', row['doc_type'])} {row['number']}".strip()
        said = " · ".join(part for part in (name, t.day(row["date"]) if pd.notna(row["date"]) else "") if part)
        st.markdown(f":small[**{plain(t.name('relation', row['relation']))}**]")
        if row["directive_id"]:
            page.link("reader", plain(said), directive=row["directive_id"])
        else:
            st.markdown(f"◌ {plain(said)}" + (f"  \n:small[{plain(row['issuer'])}]" if row["issuer"] else ""))
            others = [item for item in row["cited_by"] if item != own]
            st.caption(t("reader.not_held") if others else t("reader.not_held_alone"))
            for item in others[:10]:
                page.link("reader", plain(directive_name(t, held.loc[item])), directive=item)
        st.caption(f"“{plain(' '.join(row['quote'].split()))}”")
