"""Similarity of responses: measures in common and wording used again, between provinces or directives."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from charts import comparison as matrix
from charts import comparison_alike as charts
from loaders.alignment import passages, reuse_frame, reused_between, unit_texts
from views._comparison_matrix import all_names, column_names
from views._shared import Page, directive_name, measure_entries, plain, province_names, show_chart, show_table

_MOST_PAIRS = 40  # directives of a unit whose wording is compared


MOST_READ = 4000  # directives whose passages are read for one view; more take longer than a reader waits


@st.cache_resource(show_spinner=False, max_entries=8)
def held_passages(dataset_hash: str, state: Any, _tables: Any) -> pd.DataFrame:
    """Passages of the directives of a view, the latest where they are very many; never changed in place."""
    ids = set(latest(_tables["directives"], MOST_READ))
    return passages(*(_tables[name][_tables[name]["directive_id"].isin(ids)] for name in ("provisions", "measures")))


def latest(directives: pd.DataFrame, most: int) -> list[str]:
    """Ids of the latest ``most`` directives."""
    day = directives["issue_date"].fillna(directives["date_estimate"])
    ranked = directives.assign(day=day).sort_values(["day", "directive_id"], na_position="first")
    return list(ranked["directive_id"].iloc[-most:])


def read_note(page: Page) -> str:
    """Says so where not every directive of the view was read."""
    n = len(page.tables["directives"])
    return f" {page.t('comparison.most_read', n=MOST_READ, all=n)}" if n > MOST_READ else ""


@st.cache_resource(show_spinner=False, max_entries=16)
def _alike(dataset_hash: str, state: Any, by: str, _page: Page, _units: list[str]) -> pd.DataFrame:
    directives = _page.tables["directives"]
    place = matrix.column_of(directives, by)
    frame = charts.alike_frame(place, _page.tables["measures"], _units, list(measure_entries()))
    shown = set(frame["left"]) | set(frame["right"])
    held = held_passages(_page.atlas.dataset_hash, _page.state.filters(), _page.tables)
    kept = place[place.isin(shown)].loc[lambda rows: rows.index.isin(latest(directives, MOST_READ))]
    kept = kept.groupby(kept).tail(_MOST_PAIRS)
    texts = unit_texts(held[held["directive_id"].isin(kept.index)], kept)
    return charts.with_reuse(frame, reuse_frame(texts))


def units_of(page: Page, by: str) -> list[str]:
    """Provinces in Vietnamese order, or directives by day, that hold documents in this view."""
    held = page.tables["directives"]
    found = set(matrix.column_of(held, by))
    order = [code for code in all_names(page) if code in province_names(page)]
    return [unit for unit in matrix.matrix_columns(held, by, order) if unit in found]


def choose_unit(page: Page) -> str:
    """Provinces or directives; months are no one's response."""
    by = "directive" if page.state.extra["by"] == "directive" else "province"
    if not page.present:
        st.segmented_control(
            page.t("comparison.unit"), ("province", "directive"),
            format_func=lambda name: page.t(f"comparison.by_{name}"),
            **page.bind("by", read=lambda _: by, write=lambda name: name or "province"),
        )  # fmt: skip
    return by


def show_similarity(page: Page) -> None:
    """Squares by measures or by wording, then the chosen pair in full."""
    t = page.t
    with st.container(horizontal=True, key=page.key("alike-controls")):
        by = choose_unit(page)
        if not page.present:
            st.segmented_control(
                t("comparison.alike_by"), ("jaccard", "reuse"), format_func=lambda name: t(f"comparison.alike_{name}"),
                **page.bind("alike", write=lambda name: name or "jaccard"),
            )  # fmt: skip
    units = units_of(page, by)
    frame = _alike(page.atlas.dataset_hash, page.state.filters(), by, page, units)
    names = column_names(page, units, by)
    value = page.state.extra["alike"]
    pair = page.state.extra["pair"]
    rows = frame[frame["mark_id"] == pair]
    chosen = (
        rows.iloc[0]
        if len(rows)
        else frame.sort_values([value, "mark_id"], ascending=[False, True]).iloc[0]
        if len(frame)
        else None
    )
    with st.container(horizontal=True, gap="medium", key=page.key("alike-bench")):
        with st.container(width=charts.alike_width(frame)):
            figure = charts.alike_figure(
                frame, value, title=t(f"comparison.alike_title_{value}"), names=names, words=t,
                source=t("source.tables", n=len(page.tables["directives"])),
                chosen="" if chosen is None else chosen["mark_id"], dark=page.dark, lang=page.lang,
                present=page.present,
            )  # fmt: skip
            show_chart(
                page, figure, _told(page, frame, names), key="squares", pick="pair",
                alt=_alt(page, frame, names, value),
                note=_note(page, len(units)),
                columns={name: t(f"comparison.column_{name}") for name in (
                    "left", "right", "n_shared", "n_all", "jaccard", "n_reused", "n_words", "reuse", "shared")},
            )  # fmt: skip
        with st.container(width="stretch", key=page.key("panel")):
            if chosen is not None:
                _pair(page, chosen, names, by)


def _note(page: Page, n: int) -> str:
    note = page.t("comparison.alike_note") + read_note(page)
    return f"{note} {page.t('comparison.alike_most', n=charts.MOST)}" if n > charts.MOST else note


def _alt(page: Page, frame: pd.DataFrame, names: dict[str, str], value: str) -> str:
    t = page.t
    if frame.empty:
        return t("comparison.alike_nothing")
    ranked = frame.dropna(subset=[value]).sort_values([value, "mark_id"], ascending=[False, True])
    ends = [ranked.iloc[0], ranked.iloc[-1]] if len(ranked) else []
    said = [f"{names[row['left']]} – {names[row['right']]} {t.percent(row[value])}" for row in ends]
    return t("comparison.alike_alt", n=len(frame), most=said[0] if said else "–", least=said[-1] if said else "–")


def _told(page: Page, frame: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    lists = {
        column: ["; ".join(page.t.name("measure", code) for code in codes) for codes in frame[column]]
        for column in ("shared", "only_left", "only_right")
    }
    return frame.assign(
        left=[names[unit] for unit in frame["left"]], right=[names[unit] for unit in frame["right"]],
        jaccard=frame["jaccard"].round(2), reuse=frame["reuse"].round(2), **lists,
    )  # fmt: skip


def _pair(page: Page, row: pd.Series, names: dict[str, str], by: str) -> None:
    """What the two share, what only one has, and the wording they have in common."""
    t = page.t
    left, right = names[row["left"]], names[row["right"]]
    st.markdown(f"#### {plain(left)} – {plain(right)}")
    share = "–" if pd.isna(row["jaccard"]) else t.percent(row["jaccard"])
    st.markdown(plain(t("comparison.alike_codes", n=int(row["n_shared"]), all=int(row["n_all"]), share=share)))
    for name, unit, label in (
        ("shared", "right", t("comparison.alike_shared")), ("only_left", "left", t("comparison.alike_only", unit=left)),
        ("only_right", "right", t("comparison.alike_only", unit=right)),
    ):  # fmt: skip
        _codes(page, row[name], row[unit], f"{label} ({len(row[name])})", name)
    words = t("comparison.alike_words", n=int(row["n_reused"]), all=int(row["n_words"]), share=t.percent(row["reuse"]))
    st.markdown(f"**{plain(words)}**")
    _reused(page, row, by)


def _codes(page: Page, codes: tuple[str, ...], unit: str, label: str, key: str) -> None:
    st.markdown(f"**{plain(label)}**")
    with st.container(horizontal=True, gap="small", key=page.key(f"codes-{key}")):
        for code in codes:
            st.button(
                plain(page.t.name("measure", code)), key=page.key(f"code-{key}_{code}"), type="tertiary",
                on_click=page.update, kwargs={"show": "matrix", "cell": f"{code}:{unit}", "measure": code},
            )  # fmt: skip
    if not codes:
        st.caption(page.t("comparison.apart_none"))


def _reused(page: Page, row: pd.Series, by: str) -> None:
    t = page.t
    place = matrix.column_of(page.tables["directives"], by)
    sides = [list(place.index[place == row[name]][-_MOST_PAIRS:]) for name in ("left", "right")]
    frame = reused_between(held_passages(page.atlas.dataset_hash, page.state.filters(), page.tables), *sides)
    if frame.empty:
        st.caption(t("comparison.reused_none"))
        return
    held = page.all_tables["directives"].set_index("directive_id", drop=False)
    for number, item in enumerate(frame.head(8).itertuples()):
        with st.container(gap=None, key=page.key(f"reused-{number}-links")):
            st.markdown(f"“{plain(item.quote)}” :small[({plain(t('comparison.n_words', n=int(item.n_words)))})]")
            with st.container(horizontal=True, gap="small", key=page.key(f"reused-{number}-both-links")):
                for directive, path in ((item.left_directive, item.left_path), (item.right_directive, item.right_path)):
                    label = f"{directive_name(t, held.loc[directive])}, {t('evidence.provision', label=path)}"
                    page.link("reader", plain(label), directive=directive, provision=path)
    if not page.present:
        with st.expander(t("table.twin", n=len(frame))):
            show_table(page, frame, key="reused", alt=t("comparison.reused"), columns={
                name: t(f"comparison.column_{name}") for name in frame.columns})  # fmt: skip
