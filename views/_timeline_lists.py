"""The timeline in sentences: what triggered what, what is undated and why, and what is known of an unheld document."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from charts.timeline_lanes import lag_words
from views._shared import Page, date_reason, directive_name, plain, show_evidence, show_table
from views._timeline_data import Timeline, document_name

_MOST = 12
_SAID = 6


def link_words(page: Page, row: Any, marks: dict[str, Any]) -> str:
    """One citation as a sentence in markdown: who answers what, the days, the lag."""
    t = page.t
    own, cited = marks[row.directive_id], marks[row.cited]
    return t(
        "timeline.links_row",
        own=plain(document_name(page, own)),
        day=_day(page, own),
        relation=plain(t.name("relation", row.relation)),
        cited=plain(document_name(page, cited)),
        cited_day=_day(page, cited),
        lag=plain(lag_words(row, t)),
        held=t("timeline.links_unheld") if cited.mark == "ghost" else "",
    )


def said_links(page: Page, data: Timeline) -> str:
    """The first few citations in plain words, for readers who do not see the figure."""
    rows = data.links.head(_SAID).itertuples()
    return " ".join(link_words(page, row, data.by_id).replace("*", "").replace("\\", "") + "." for row in rows)


def _day(page: Page, mark: Any) -> str:
    day = page.t.day(mark.day)
    return plain(day if mark.dated else page.t("timeline.estimated", day=day))


def show_links(page: Page, data: Timeline) -> None:
    """Citations as sentences, the first dozen, and all as a table."""
    t = page.t
    st.markdown(f"##### {plain(t('timeline.links_title'))}")
    links = data.links
    if links.empty:
        st.caption(plain(t("timeline.links_none")))
        return
    chosen = page.state.directive or page.state.extra["ghost"]
    near = (links["directive_id"] == chosen) | (links["cited"] == chosen)
    shown = pd.concat([links[near], links[~near]]).head(_MOST).itertuples()
    st.markdown("\n".join(f"- {link_words(page, row, data.by_id)}" for row in shown))
    if len(links) > _MOST:
        st.caption(plain(t("timeline.links_more", n=len(links) - _MOST)))
    if not page.present and len(links) > _MOST:
        with st.expander(plain(t("timeline.links_table", rows=len(links))), key=page.key("links-twin")):
            columns = {
                "directive_id": t("column.directive_id"),
                "relation": t("column.relation"),
                "cited": t("column.number"),
                "lag": t("timeline.column.age"),
                "quote": t("column.quote"),
            }
            show_table(page, links, key="links-table", alt=t("timeline.links_title"), columns=columns)


def show_undated(page: Page, data: Timeline) -> None:
    """Each undated directive with its bounds, estimate and reason, and the way to its words."""
    t, undated = page.t, data.undated
    if undated.empty:
        return
    with st.container(border=True, key=page.key("undated")):
        st.markdown(f"##### {plain(t('timeline.undated_title', n=len(undated)))}")
        st.caption(plain(t("timeline.undated_lead")))
        held = page.all_tables["directives"].set_index("directive_id", drop=False)
        for directive_id in undated["directive_id"].head(_MOST):
            _undated(page, held.loc[directive_id])
        if len(undated) > _MOST:
            st.caption(plain(t("timeline.undated_more", n=len(undated) - _MOST)))
            with st.expander(plain(t("timeline.undated_table", rows=len(undated))), key=page.key("undated-twin")):
                show_table(page, undated, key="undated-table", alt=t("timeline.undated_title", n=len(undated)))


def _undated(page: Page, row: pd.Series) -> None:
    t = page.t
    facts = {name: page.all_tables[name] for name in ("dates", "citations")}
    own = {name: frame[frame["directive_id"] == row["directive_id"]] for name, frame in facts.items()}
    said = t(
        "timeline.undated_row",
        province=plain(row["province"] or t("directive.no_province")),
        name=plain(directive_name(t, row)),
        span=plain(t.span(row["date_earliest"], row["date_latest"])),
        day=plain(t.day(row["date_estimate"])),
    )
    with st.container(key=page.key(f"undated-{row.name}".replace("/", "-")), gap=None):
        st.markdown(said)
        st.caption(plain(date_reason(t, row, own)))
        page.link("reader", t("evidence.read"), icon=":material/menu_book:", directive=row["directive_id"])


def show_ghost(page: Page, data: Timeline) -> None:
    """What is known of the chosen document that is cited but not held, with the passages that cite it."""
    t, chosen = page.t, page.state.extra["ghost"]
    known = data.ghosts[data.ghosts["ghost_id"] == chosen]
    if known.empty or page.state.directive:
        return
    row = known.iloc[0]
    name = row["number"] or t.name("doc_type", row["doc_type"])
    with st.container(border=True, key=page.key("ghost")):
        st.markdown(f"#### {plain(t('timeline.ghost_title', name=name))}")
        issuer, day = row["issuer"] or t("directive.no_issuer"), t.day(row["date"])
        st.markdown(plain(t("timeline.ghost_known", issuer=issuer, day=day, n=int(row["n_citing"]))))
        citing = data.links.loc[data.links["cited"] == chosen, "directive_id"]
        passages = page.all_tables["citations"]
        show_evidence(
            page,
            facts=passages[
                passages["directive_id"].isin(citing)
                & (passages["cited_directive_id"] == "")
                & (passages["number"] == row["number"])
            ],
            table="citations",
            key="ghost-evidence",
        )
        st.button(
            t("evidence.close"),
            key=page.key("ghost-close"),
            type="tertiary",
            on_click=page.update,
            kwargs={"ghost": None},
        )
