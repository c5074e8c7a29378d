"""Parts of the reader: the facts in words, the header as paper has it, copies, relations, citation, search results."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from loaders.build import default_sources, find_sources
from loaders.reading import document_facts, relations, word_changes
from loaders.search import INDEX, Hit, search
from views._reader_document import Reading
from views._shared import Page, day_words, directive_name, fact_id, plain, source_places

_SHOWN = 30  # search results a page


def copies_of(page: Page, facts: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Copies of a directive, the fullest first."""
    return facts["sources"].sort_values(
        ["is_primary", "path", "ordinal"], ascending=[False, True, True], ignore_index=True
    )


def fact_entries(page: Page, facts: Mapping[str, pd.DataFrame], copy: pd.Series) -> list[dict[str, Any]]:
    """Facts of one copy for the document component, in reading order, grouped by provision."""
    rows = document_facts(facts, copy["path"], int(copy["ordinal"]), primary=bool(copy["is_primary"]))
    own = facts["evidence"]
    own = own[(own["path"] == copy["path"]) & (own["ordinal"] == copy["ordinal"])].reset_index(drop=True)
    entries: dict[str, dict[str, Any]] = {}
    for row in rows.itertuples():
        source = (own if row.table == "evidence" else facts[row.table].reset_index(drop=True)).iloc[row.row]
        title, said = _said(page, row.table, source)
        key = fact_id(row.table, source)
        entries.setdefault(
            key,
            {
                "id": key, "kind": row.kind, "start": int(row.char_start), "end": int(row.char_end), "title": title,
                "tip": title, "quote": " ".join(row.quote.split()), "group": _group(page, row.table, row.provision_label),
                "said": [[name, value] for name, value in said if value],
            },
        )  # fmt: skip
    return list(entries.values())


def _group(page: Page, table: str, label: str) -> str:
    if table == "evidence":
        return page.t("reader.group_header")
    return page.t("reader.group_provision", label=label) if label else page.t("reader.group_preamble")


def _said(page: Page, table: str, row: pd.Series) -> tuple[str, list[tuple[str, str]]]:
    """Title of a fact and its particulars as pairs of name and value."""
    t = page.t
    if table == "evidence":
        kinds = {"urgency": "urgency", "doc_type": "doc_type"}
        value = t.name(kinds[row["field"]], row["value"]) if row["field"] in kinds else str(row["value"])
        return t(f"reader.field_{row['field']}"), [(t("reader.said_value"), value)]
    if table == "measures":
        title = f"{t.name('measure', row['code'])} · {t.name('stance', row['stance'])}"
        return title, [
            (t("reader.said_binding"), t.name("binding", row["binding"])),
            (t("reader.said_scope"), t.name("scope", row["scope"]) if row["scope"] else ""),
            (t("reader.said_target"), row["target"]),
            (t("reader.said_tier"), row["tier"]),
            (t("reader.said_confidence"), t.name("confidence", row["confidence"])),
            (t("reader.said_rule"), row["rule_id"]),
        ]
    if table == "tasks":
        return f"{row['actor']} · {t.name('role', row['role'])}", []
    if table == "citations":
        day = t.day(row["date"]) if pd.notna(row["date"]) else ""
        title = f"{t.name('doc_type', row['doc_type'])} {row['number']}".strip()
        relation = t.name("relation", row["relation"])
        return title, [
            (t("reader.said_relation"), relation), (t("reader.said_date"), day), (t("reader.said_issuer"), row["issuer"]),
        ]  # fmt: skip
    if table == "dates":
        return f"{t.name('date_kind', row['kind'])}: {t.day(row['date'])} {row['time']}".strip(), []
    unit = f"{t.number(row['value'], 0 if float(row['value']).is_integer() else 1)} {row['unit']}".strip()
    return f"{unit} · {t.name('figure_kind', row['kind'])}", [(t("reader.said_value"), row["what"])]


def reading_of(page: Page, facts: Mapping[str, pd.DataFrame], copy: pd.Series, shown: list[str]) -> Reading:
    """What the document component shows of one copy in the page's state."""
    entries = fact_entries(page, facts, copy)
    tree = facts["provisions"] if copy["is_primary"] else facts["provisions"].iloc[:0]
    parts = [
        {"label": row.label, "words": " ".join(row.text[len(row.label) : 90].lstrip(".)- ").split()), "depth": int(row.depth),
         "start": int(row.char_start)}
        for row in tree.itertuples()
        if row.depth < 2
    ]  # fmt: skip
    at = tree.loc[tree["path"] == page.state.provision, "char_start"]
    return Reading(
        version=f"{page.atlas.dataset_hash}:{copy['path']}:{copy['ordinal']}:{copy['directive_id']}:{page.lang}",
        text=copy["text"],
        facts=entries,
        outline=parts,
        words={name: page.t(f"reader.{name}") for name in ("outline", "document", "facts")},
        active=page.state.fact if any(entry["id"] == page.state.fact for entry in entries) else "",
        at=int(at.iloc[0]) if len(at) else int(page.state.extra.get("at", -1)),
        shown=shown,
    )


def show_paper(page: Page, row: pd.Series) -> None:
    """The header block set as the paper had it, from the fields that were read; what is missing is said."""
    t = page.t
    party = row["issuer_branch"] == "party"
    with st.container(border=True, key=page.key("paper")):
        left, right = st.columns(2)
        with left:
            st.markdown(f"**{plain((row['issuer'] or t('reader.missing')).upper())}**")
            st.markdown(f":small[{plain('Số ' + row['number'] if row['number'] else t('reader.no_number'))}]")
        with right:
            st.markdown(f"**{plain(t('reader.motto_party' if party else 'reader.motto_state'))}**")
            if not party:
                st.markdown(f":small[{plain(t('reader.motto_state_2'))}]")
            st.markdown(f":small[*{plain(day_words(t, row) if pd.notna(row['issue_date']) else t('reader.no_date'))}*]")
        st.markdown(
            f"{plain(t.name('doc_type', row['doc_type']))} · *{plain(row['subject'] or t('reader.no_subject'))}*"
        )
        if row["urgency"] != "none":
            st.badge(plain(t.name("urgency", row["urgency"])), color="red")


def show_copies(page: Page, copies: pd.DataFrame, copy: pd.Series) -> None:
    """Switch of copies, and what differs between the one shown and the fullest."""
    t = page.t
    if len(copies) > 1:
        st.radio(
            t("reader.copies", n=len(copies)),
            range(len(copies)),
            format_func=lambda n: t(
                "reader.copy_primary" if copies["is_primary"].iloc[n] else "reader.copy_of",
                path=copies["path"].iloc[n], ordinal=int(copies["ordinal"].iloc[n]),
            ),
            **page.bind("copy"),
        )  # fmt: skip
    if not copy["is_primary"]:
        with st.expander(t("reader.differs")):
            changes = word_changes(copies["text"].iloc[0], copy["text"])
            if all(kind == "=" for kind, _ in changes):
                st.caption(t("reader.same"))
            else:
                st.caption(t("reader.differs_note"))
                st.text("".join(_change(kind, words) for kind, words in changes))


def _change(kind: str, words: str) -> str:
    if kind == "=":
        return words if len(words) <= 240 else f"{words[:110]} … {words[-110:]}"
    return f"[{'−' if kind == '-' else '+'}{words.strip()}{'−' if kind == '-' else '+'}] "


def show_files(page: Page, copy: pd.Series) -> None:
    """Original file and text for download."""
    t = page.t
    name = copy["path"].split("/")[-1]
    places = {file.path: file.location for file in find_sources(source_places() or default_sources())}
    original = places.get(copy["path"])
    if original is None:
        st.caption(plain(t("reader.original_absent", path=copy["path"])))
    else:
        st.download_button(
            t("reader.original"), data=original.read_bytes, file_name=name, on_click="ignore", key=page.key("original"),
            icon=":material/download:", mime="application/octet-stream",
        )  # fmt: skip
    st.download_button(
        t("reader.text_file"), data=copy["text"].encode("utf-8"), file_name=f"{name.rsplit('.', 1)[0]}.txt",
        on_click="ignore", key=page.key("text-file"), icon=":material/description:",
    )  # fmt: skip


def citation_text(page: Page, row: pd.Series, fact: Mapping[str, Any] | None, lang: str) -> str:
    """The directive, and the chosen fact's provision and words, as a citation in ``lang``."""
    from views._shared import translator

    t = translator(lang)
    name = directive_name(t, row)
    day = day_words(t, row)
    issuer = row["issuer"] or t("directive.no_issuer")
    parts = [f"{name}, {issuer}, {day}" if row["number"] else f"{name}, {day}"]
    if row["subject"]:
        parts.append(f"“{row['subject']}”")
    if fact is not None:
        parts.append(f"{fact['group']}: “{fact['quote']}”")
    return ", ".join(parts) + f" (Directive Atlas, {page.atlas.dataset_hash}, {page.address()})"


def show_relations(page: Page, directive_id: str) -> None:
    """The three columns of Vietnamese legal portals: acted on, this document, acting."""
    t = page.t
    directives = page.all_tables["directives"]
    acted_on, acting = relations(directive_id, page.all_tables["citations"], directives)
    row = directives.set_index("directive_id").loc[directive_id]
    st.markdown(f"#### {t('reader.relations')}")
    left, middle, right = st.columns(3)
    with left:
        st.markdown(f"**{t('reader.acted_on', n=len(acted_on))}**")
        _related(page, acted_on, t("reader.none_acted_on"), "out")
    with middle:
        st.markdown(f"**{t('reader.this_one')}**")
        st.text(f"{directive_name(t, row)}\n{row['issuer']}\n{day_words(t, row)}")
    with right:
        st.markdown(f"**{t('reader.acting', n=len(acting))}**")
        _related(page, acting, t("reader.none_acting"), "in")


def _related(page: Page, rows: pd.DataFrame, nothing: str, key: str) -> None:
    t = page.t
    if rows.empty:
        st.caption(nothing)
    for row in rows.to_dict("records"):
        name = f"{t.name('doc_type', row['doc_type'])} {row['number']}".strip()
        day = t.day(row["date"]) if pd.notna(row["date"]) else ""
        st.markdown(f":small[**{plain(t.name('relation', row['relation']))}**]")
        if row["directive_id"]:
            page.link("reader", plain(f"{name} · {day}"), directive=row["directive_id"])
        else:
            st.markdown(
                f"{plain(name)} · {plain(day)}  \n:small[{plain(t('reader.not_held', n=int(row['n_citing'] or 1)))}]"
            )
        st.caption(f"“{plain(' '.join(row['quote'].split()))}”")


@st.cache_data(max_entries=200, show_spinner=False)
def _found(version: str, _index: Any, words: str, _ids: Any, filters: str) -> tuple[list[Hit], int]:
    return search(_index, words, directive_ids=_ids, limit=_SHOWN)


def show_search(page: Page) -> None:
    """Passages that match the words of the address, with the hit marked; a result opens the reader at its words."""
    t = page.t
    words = page.state.q
    if not words:
        return
    limited = page.tables["directives"] is not page.all_tables["directives"]
    ids = set(page.tables["directives"]["directive_id"]) if limited else None
    filters = repr(page.state.filters())
    hits, total = _found(page.atlas.dataset_hash, page.atlas.directory / INDEX, words, ids, filters)
    with st.container(border=True, key=page.key("results")):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"#### {plain(t('reader.search_title', words=words, n=total))}")
            st.button(t("reader.search_close"), on_click=page.update, kwargs={"q": None}, type="tertiary",
                      key=page.key("close-results"), icon=":material/close:")  # fmt: skip
        if not hits:
            st.markdown(plain(t("reader.search_none", words=words)))
        st.caption(t("reader.search_hint") + (" " + t("reader.search_most") if total >= 400 else ""))
        names = page.all_tables["directives"].set_index("directive_id")
        for number, hit in enumerate(hits):
            row = names.loc[hit.directive_id]
            st.markdown(
                f":small[**{plain(directive_name(t, row))}** · {plain(row['issuer'])} · {plain(day_words(t, row))}]  \n{_snippet(hit)}"
            )
            at = hit.char_start + hit.marks[0][0] if hit.field == "text" and hit.marks else -1
            st.button(
                t("reader.open"), key=page.key(f"hit-{number}"), type="tertiary", icon=":material/menu_book:",
                on_click=page.update, kwargs={"directive": hit.directive_id, "at": at, "fact": None, "provision": None, "copy": None},
            )  # fmt: skip


def _snippet(hit: Hit, room: int = 110) -> str:
    """The words around the first mark, marks in bold."""
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
