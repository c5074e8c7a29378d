"""One document between those it acts on and those that act on it: the three columns of Vietnamese legal portals."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from charts import network_relations as charts
from views._evidence import day_words, emphasised, fact_id
from views._figures import show_downloads, show_table
from views._network_cascade import cascade, document_name
from views._network_data import Data, filter_key
from views._page import Page
from views._text import plain


def show_document(page: Page, data: Data) -> None:
    """Văn bản bị tác động | văn bản đang xem | văn bản tác động, with counts."""
    t = page.t
    documents, _ = cascade(page.atlas.dataset_hash, filter_key(page), page.tables, data)
    known = documents.set_index("document", drop=False)
    wanted = page.state.extra["ghost"] or page.state.directive
    document = wanted if wanted in known.index else charts.most_related(page.tables, data.ghost_links)
    if not document:
        st.info(t("network.cascade_none"))
        return
    if not page.present:
        _pick(page, documents, document)
    relations = charts.relations_frame(page.tables, data.ghost_links, documents, document)
    sides = relations.drop_duplicates(["side", "document"])["side"].value_counts()
    name = document_name(page, known.loc[document])
    title = t(
        "network.relations_title", name=name, down=int(sides.get("acts_on", 0)), up=int(sides.get("acted_on_by", 0))
    )
    st.markdown(f"##### {plain(title)}")
    left, middle, right = st.columns(3, gap="medium")
    with left:
        _side(page, relations, "acts_on", known=bool(known.loc[document, "held"]))
    with middle:
        _current(page, known.loc[document])
    with right:
        _side(page, relations, "acted_on_by")
    if not page.present:
        _table(page, relations, title)


def _pick(page: Page, documents: pd.DataFrame, document: str) -> None:
    rows = documents.sort_values(["held", "day", "document"], ascending=[False, True, True])
    names = {
        row.document: document_name(page, row) + ("" if row.held else f" ({page.t('network.document_ghost')})")
        for row in rows.itertuples()
    }
    key = page.key("document")
    st.session_state[key] = document

    def chosen() -> None:
        item = st.session_state[key]
        page.update(
            **({"ghost": item, "directive": None} if item.startswith("cited:") else {"directive": item, "ghost": None})
        )

    st.selectbox(
        page.t("network.document_pick"),
        list(names),
        format_func=names.__getitem__,
        key=key,
        on_change=chosen,
        width=520,
    )


def _side(page: Page, relations: pd.DataFrame, side: str, *, known: bool = True) -> None:
    """One column: every relation with its count, and the documents of those that have any."""
    t = page.t
    counts = charts.relation_counts(relations)
    own = relations[relations["side"] == side]
    with st.container(border=True, key=page.key(side), gap="xsmall"):
        st.markdown(f"#### {t(f'network.{side}')} [{own['document'].nunique()}]")
        if not known:
            st.caption(t("network.ghost_note"))
            return
        for relation in charts.RELATIONS:
            n = counts[side, relation]
            said = plain(t("network.relation_count", name=t(f"network.{side}_relation.{relation}"), n=n))
            st.markdown(f"**{said}**" if n else f":small[:gray[{said}]]")
            for row in own[own["relation"] == relation].itertuples():
                _document(page, row, side)


def _document(page: Page, row: Any, side: str) -> None:
    """A related document: name, day, the citing words, the way to them; choosing it puts it in the middle."""
    t = page.t
    key = page.key(f"{side}-{row.Index}")
    with st.container(key=f"{key}-row", gap=None):
        chosen = {"ghost": None, "directive": row.document} if row.held else {"ghost": row.document, "directive": None}
        st.button(
            plain(document_name(page, row)),
            key=key,
            type="tertiary",
            on_click=page.update,
            kwargs=chosen,
            icon=":material/description:" if row.held else ":material/draft:",
        )
        said = [
            t.day(row.day) if row.day == row.day else t("network.undated"),
            "" if row.held else t("network.document_ghost"),
        ]
        said.append(t("network.passages_n", n=int(row.n)) if row.n > 1 else "")
        st.caption(plain(" · ".join(part for part in said if part)))
        st.markdown(f":small[“{emphasised(row.quote)}”]")
        cited = page.all_tables["citations"]
        number = cited[(cited["directive_id"] == row.directive_id) & (cited["char_start"] == row.char_start)]["number"]
        fact = fact_id(
            "citations", {"char_start": row.char_start, "char_end": row.char_end, "number": next(iter(number), "")}
        )
        page.link("reader", t("evidence.at"), icon=":material/format_quote:", directive=row.directive_id, fact=fact)


def _current(page: Page, row: pd.Series) -> None:
    t = page.t
    with st.container(border=True, key=page.key("current"), gap="xsmall"):
        st.markdown(f"#### {t('network.current')}")
        st.markdown(f"**{plain(document_name(page, row))}**")
        if not row["held"]:
            st.markdown(plain(row["issuer"] or t("directive.no_issuer")))
            st.markdown(
                plain(
                    t("network.ghost_day", day=t.day(row["day"])) if row["day"] == row["day"] else t("network.undated")
                )
            )
            return
        directive = page.all_tables["directives"].set_index("directive_id", drop=False).loc[row["document"]]
        if directive["subject"]:
            st.markdown(f"*{plain(directive['subject'])}*")
        st.markdown(plain(directive["issuer"] or t("directive.no_issuer")))
        st.markdown(plain(day_words(t, directive)))
        page.link("reader", t("evidence.read"), icon=":material/menu_book:", directive=row["document"])


def _table(page: Page, relations: pd.DataFrame, title: str) -> None:
    t = page.t
    twin = relations.assign(
        side=[t(f"network.{side}") for side in relations["side"]],
        relation=[t(f"network.{row.side}_relation.{row.relation}") for row in relations.itertuples()],
        document=[document_name(page, row) for row in relations.itertuples()],
    )
    columns = {"side": t("network.show.document"), "relation": t("column.relation"), "document": t("column.name")}
    columns |= {
        "issuer": t("column.issuer"),
        "day": t("network.column.day"),
        "n": t("network.column.n_passages"),
        "quote": t("column.quote"),
    }
    with st.expander(t("table.twin", n=len(twin)), key=page.key("relations-twin")):
        show_table(page, twin, key="relations-table", alt=title, columns=columns, pick=None)
        show_downloads(page, twin, key="relations", title=title)
