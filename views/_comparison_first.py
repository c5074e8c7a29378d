"""Who moved first: the spread of every measure, and the order of provinces in one."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from charts import comparison as quoted
from charts import comparison_first as charts
from views._comparison_quotes import cards
from views._shared import Page, measure_entries, plain, show_chart


@st.cache_resource(show_spinner=False, max_entries=16)
def _first(dataset_hash: str, state: Any, _directives: pd.DataFrame, _measures: pd.DataFrame) -> pd.DataFrame:
    return charts.first_frame(_directives, _measures)


def show_first(page: Page) -> None:
    """The dumbbells, then one measure's order with its words."""
    t = page.t
    frame = _first(page.atlas.dataset_hash, page.state.filters(), page.tables["directives"], page.tables["measures"])
    if page.state.measures:
        frame = frame[frame["code"].isin(page.state.measures)]
    codes = {code: entry["group"] for code, entry in measure_entries().items()}
    shared = frame[frame["n_provinces"] > 1]
    title = t("comparison.first_title", n=shared["code"].nunique(), all=frame["code"].nunique())
    figure = charts.spread_figure(
        frame, title=title, source=t("source.tables", n=len(page.tables["directives"])), codes=codes, words=t,
        chosen=page.state.measure, dark=page.dark, lang=page.lang, present=page.present,
    )  # fmt: skip
    show_chart(
        page, figure, _told(page, frame), key="first", alt=_alt(page, frame), note=t("comparison.first_note"),
        pick=lambda mark: {"cell": mark, "measure": mark.partition(":")[0]},
        columns={
            "measure": t("column.measure"), "province": t("column.province"), "place": t("comparison.rank"),
            "days": t("comparison.days"), "days_low": t("comparison.days_low"), "days_high": t("comparison.days_high"),
            "number": t("column.number"), "day": t("column.date"), "earliest": t("column.date_earliest"),
            "latest": t("column.date_latest"),
        },
    )  # fmt: skip
    if len(frame):
        _order(page, frame)


def _alt(page: Page, frame: pd.DataFrame) -> str:
    t = page.t
    if frame.empty:
        return t("comparison.first_nothing")
    leads = frame[(frame["n_provinces"] > 1) & (frame["rank_worst"] == 1)]["province"].value_counts()
    said = t.list([f"{province} ({n})" for province, n in leads.items()]) or t("comparison.apart_none")
    return t("comparison.first_alt", leads=said, n=frame["code"].nunique())


def _told(page: Page, frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(
        measure=[page.t.name("measure", code) for code in frame["code"]],
        place=[charts.rank_words(row, page.t) for row in frame.itertuples()],
    )


def _order(page: Page, frame: pd.DataFrame) -> None:
    """The chosen measure, or the one that most provinces took up."""
    t = page.t
    widest = frame.sort_values(["n_provinces", "code"], ascending=[False, True])["code"].iloc[0]
    code = page.state.measure if page.state.measure in set(frame["code"]) else widest
    rows = frame[frame["code"] == code]
    st.markdown(f"##### {plain(t('comparison.order_title', measure=t.name('measure', code), n=len(rows)))}")
    places = []
    for row in rows.itertuples():
        when = t.day(row.day) if row.dated else t("date.undated", span=t.span(row.earliest, row.latest))
        rank = charts.rank_words(row, t)
        said = t("comparison.order_item", rank=rank, province=row.province, when=when, days=_days(page, row))
        places.append(f"- {plain(said)}")
    st.markdown("\n".join(places))
    if (rows["rank_best"] != rows["rank_worst"]).any():
        st.caption(t("comparison.order_open"))
    ids = list(rows["directive_id"])
    words = quoted.quotes_frame(page.tables["directives"], page.tables["measures"], code)
    words = words[words["directive_id"].isin(ids)]
    words["column"] = words["province_code"]
    cards(page, words, key="order", chosen=page.state.extra["cell"].partition(":")[2])


def _days(page: Page, row: Any) -> str:
    """Days after the first, a range where the bounds leave one."""
    t = page.t
    if row.dated:
        return t("comparison.days_after", n=int(row.days))
    low = "?" if pd.isna(row.days_low) else f"{int(row.days_low):+d}"
    high = "?" if pd.isna(row.days_high) else f"{int(row.days_high):+d}"
    return t("comparison.days_range", n=int(row.days), low=low, high=high)
