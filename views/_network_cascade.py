"""The cascade of documents: who answers whom, after how many days, and which citations cannot be."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from charts import network_cascade as charts
from charts import network_documents as pictures
from charts import network_export as files
from charts import network_hops as hops
from charts.network_actors import busiest_province
from views._evidence import fact_id, show_evidence
from views._figures import show_chart
from views._network_data import ALL, CENTRAL, Data, filter_key, places
from views._network_graph import download_graph, scope_control
from views._network_quotes import show_quotes
from views._page import Page
from views._text import plain

_FEW = 20


@st.cache_resource(show_spinner=False, max_entries=8)
def cascade(dataset_hash: str, state: Any, _tables: Any, _data: Data) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Documents and citations of the filters in use."""
    documents = charts.documents_frame(_tables, _data.ghosts)
    return documents, charts.citations_frame(_tables, _data.ghost_links, documents)


def show_cascade(page: Page, data: Data) -> None:
    """The picture, the chosen citation or document, the lags of each hop, the files."""
    documents, citations = cascade(page.atlas.dataset_hash, filter_key(page), page.tables, data)
    scopes = places(page, data)
    linked = pd.concat([citations["directive_id"], citations["cited"]]).nunique()
    usual = busiest_province(data.passages) if linked > charts.MOST_DOCUMENTS else ALL
    place = page.state.extra["in"] if page.state.extra["in"] in scopes else usual if usual in scopes else ALL
    scope_control(page, scopes, place)
    if place != ALL:
        code = "" if place == CENTRAL else place
        own = documents.loc[documents["province_code"] == code, "document"]
        citations = citations[citations["directive_id"].isin(own) | citations["cited"].isin(own)].reset_index(drop=True)
    chosen = page.state.extra["cite"] or page.state.directive or page.state.extra["ghost"]
    drawn = charts.drawn_documents(documents, citations, chosen)
    lags = charts.hops_frame(citations)
    _figure(page, documents, citations, drawn, lags, chosen)
    _chosen(page, documents, citations)
    _impossible(page, documents, citations)
    _hops(page, citations, lags)
    if not page.present:
        download_graph(
            page,
            lambda form: lambda: files.graph_bytes(files.document_graph(documents, citations), form),
            "documents",
            page.t("network.export"),
        )


def document_name(page: Page, row: Any) -> str:
    """Type and number of a document, held or not."""
    kind = page.t.name("doc_type", row.doc_type)
    return f"{kind} {row.number}" if row.number else f"{kind} · {row.issuer or page.t('directive.no_issuer')}"


def _names(page: Page, documents: pd.DataFrame) -> dict[str, str]:
    return {row.document: document_name(page, row) for row in documents.itertuples()}


def _picked(chosen: str) -> dict[str, Any]:
    cleared = {"cite": None, "ghost": None, "directive": None, "fact": None, "provision": None}
    if chosen.startswith("cites:"):
        return {**cleared, "cite": chosen}
    return {**cleared, "ghost" if chosen.startswith("cited:") else "directive": chosen}


def _figure(
    page: Page, documents: pd.DataFrame, citations: pd.DataFrame, drawn: pd.DataFrame, lags: pd.DataFrame, chosen: str
) -> None:
    t = page.t
    inside = citations["directive_id"].isin(drawn["document"]) & citations["cited"].isin(drawn["document"])
    figure = pictures.cascade_figure(
        drawn,
        citations,
        words=t,
        chosen=chosen,
        dark=page.dark,
        lang=page.lang,
        present=page.present,
        title=t("network.cascade_title", n=len(drawn), links=int(inside.sum())),
        source=t("source.tables", n=len(page.tables["directives"])),
    )
    held = int(drawn["held"].astype(bool).sum())
    alt = t("network.cascade_alt", held=held, ghosts=len(drawn) - held, hops=_said(page, lags))
    linked = documents["document"].isin(citations["directive_id"]) | documents["document"].isin(citations["cited"])
    note = t("network.cascade_note")
    if int(linked.sum()) > len(drawn):
        note += " " + t("network.cascade_cut", n=len(drawn), all=int(linked.sum()))
    names = _names(page, documents)
    twin = citations.assign(
        number=citations["directive_id"].map(names),
        cited=citations["cited"].map(names),
        relation=[t.name("relation", item) for item in citations["relation"]],
        hop=[hops.hop_name(item, t) for item in citations["hop"]],
        flag=[
            t("network.impossible") if row.impossible else t("network.lag_standing") if row.standing else ""
            for row in citations.itertuples()
        ],
    )
    columns = {"number": t("column.name"), "relation": t("column.relation")}
    columns |= {name: t(f"network.column.{name}") for name in ("cited", "lag", "hop", "n_passages", "flag", "quote")}
    show_chart(page, figure, twin, key="cascade", alt=alt, note=note, columns=columns, pick=_picked)


def _said(page: Page, lags: pd.DataFrame) -> str:
    t = page.t
    return " ".join(
        t(
            "network.hops_said",
            hop=hops.hop_name(row.hop, t),
            median=number(page, row.median),
            low=int(row.low),
            high=int(row.high),
            n=int(row.n),
        )
        for row in lags.itertuples()
    )


def number(page: Page, value: float) -> str:
    """A median: whole where it is whole."""
    return page.t.number(value, 0 if value == int(value) else 1)


def _chosen(page: Page, documents: pd.DataFrame, citations: pd.DataFrame) -> None:
    """Words of the chosen citation, or what is known of the chosen document."""
    t = page.t
    link = citations[citations["link"] == page.state.extra["cite"]]
    if len(link):
        row, names = link.iloc[0], _names(page, documents)
        said = t(
            "network.cite_chosen",
            own=names[row["directive_id"]],
            cited=names[row["cited"]],
            relation=t.name("relation", row["relation"]),
            lag=pictures.lag_words(row, t),
        )
        st.markdown(f"#### {plain(said)}")
        show_quotes(
            page, citation_quotes(page, documents, row["directive_id"], row["cited"]), key="cite", counted=False
        )
    elif page.state.directive:
        show_evidence(page)
        _see(page, page.state.directive)
    elif page.state.extra["ghost"] in set(documents["document"]):
        ghost = documents[documents["document"] == page.state.extra["ghost"]].iloc[0]
        st.markdown(f"#### {plain(document_name(page, ghost))}")
        st.caption(t("network.ghost_note"))
        own = citations[citations["cited"] == ghost["document"]]
        rows = [citation_quotes(page, documents, item, ghost["document"]) for item in own["directive_id"]]
        show_quotes(page, pd.concat(rows, ignore_index=True), key="ghost", counted=False)
        _see(page, ghost["document"])


def _see(page: Page, document: str) -> None:
    chosen = (
        {"ghost": document, "directive": None}
        if document.startswith("cited:")
        else {"directive": document, "ghost": None}
    )
    st.button(
        page.t("network.see_document"),
        key=page.key("to-document"),
        icon=":material/account_tree:",
        type="tertiary",
        on_click=page.update,
        kwargs={"show": "document", **chosen},
    )


def citation_quotes(page: Page, documents: pd.DataFrame, citing: str, cited: str) -> pd.DataFrame:
    """Every passage of ``citing`` that names ``cited``, as rows for :func:`show_quotes`."""
    rows = page.all_tables["citations"]
    rows = rows[rows["directive_id"] == citing]
    known = documents[documents["document"] == cited].iloc[0]
    same = (rows["number"] == known["number"]) & (rows["number"] != "") | (rows["cited_directive_id"] == cited)
    if not known["number"]:
        same |= (rows["number"] == "") & (rows["doc_type"] == known["doc_type"]) & (rows["issuer"] == known["issuer"])
    return pd.DataFrame(
        {
            "directive_id": citing,
            "tag": f"{page.t.name('relation', row.relation)} {row.number}",
            "quote": row.quote,
            "provision_label": row.provision_label,
            "type": row.relation,
            "fact": fact_id(
                "citations", {"char_start": row.char_start, "char_end": row.char_end, "number": row.number}
            ),
        }
        for row in rows[same].itertuples()
    )


def _impossible(page: Page, documents: pd.DataFrame, citations: pd.DataFrame) -> None:
    t = page.t
    wrong = citations[citations["impossible"].astype(bool)]
    if wrong.empty:
        st.caption(t("network.impossible_none"))
        return
    names = _names(page, documents)
    said = "; ".join(f"{names[row.directive_id]} → {names[row.cited]}" for row in wrong.head(6).itertuples())
    st.warning(t("network.impossible_some", n=len(wrong), names=plain(said)), icon=":material/warning:")


def _hops(page: Page, citations: pd.DataFrame, lags: pd.DataFrame) -> None:
    t = page.t
    title = t("network.hops_title_none")
    if len(lags):
        first = lags.iloc[0]
        title = t("network.hops_title", hop=hops.hop_name(first["hop"], t), median=number(page, first["median"]))
    figure = hops.hops_figure(
        lags,
        citations,
        title=title,
        source=t("source.tables", n=len(page.tables["directives"])),
        words=t,
        dark=page.dark,
        lang=page.lang,
        present=page.present,
    )
    twin = lags.assign(hop=[hops.hop_name(item, t) for item in lags["hop"]])
    columns = {"hop": t("network.column.hop"), "n": t("column.n"), "median": t("network.hop_median")}
    columns |= {"low": t("network.column_low"), "high": t("network.column_high")}
    note, n = t("network.hops_note"), int(lags["n"].sum())
    if 0 < n < _FEW:
        note += " " + t("network.small_sample", n=n)
    alt = t("network.hops_alt", hops=_said(page, lags))
    show_chart(page, figure, twin, key="hops", alt=alt, note=note, columns=columns, pick=_picked)
