"""The evidence matrix of the comparison, its controls, and the words of the chosen cell beside it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from charts import comparison as charts
from charts import comparison_matrix as drawn
from loaders.fold import fold
from loaders.vocabulary import read_vocabulary
from views._comparison_quotes import cards, holding, sentences_of
from views._shared import Page, directive_name, measure_entries, plain, province_names, show_chart

_MOST_COLUMNS = 80


@st.cache_resource(show_spinner=False, max_entries=16)
def _matrix(
    dataset_hash: str, state: Any, q: str, codes: tuple[str, ...], columns: tuple[str, ...], by: str,
    _groups: Mapping[str, str], _directives: pd.DataFrame, _measures: pd.DataFrame,
) -> pd.DataFrame:  # fmt: skip
    return charts.matrix_frame(_directives, _measures, _groups, columns, by)


def show_matrix(page: Page) -> None:
    """Controls, matrix and panel."""
    if not page.present:
        _controls(page)
    directives, measures = evidence(page)
    by = page.state.extra["by"]
    columns = _columns(page, by)
    groups = {code: entry["group"] for code, entry in measure_entries().items()}
    if page.state.measures:
        groups = {code: group for code, group in groups.items() if code in page.state.measures}
    if by != "province" and len(columns) > _MOST_COLUMNS:
        st.caption(page.t("comparison.columns_most", n=_MOST_COLUMNS, all=len(columns)))
        columns = columns[-_MOST_COLUMNS:]
    state = page.state.filters()
    frame = _matrix(
        page.atlas.dataset_hash, state, page.state.q, tuple(groups), tuple(columns), by, groups, directives, measures
    )
    names = column_names(page, columns, by)
    width = drawn.matrix_width(columns, len(groups), page.present)
    with st.container(horizontal=True, gap="medium", key=page.key("bench")):
        with st.container(width=width, key=page.key("matrix-side")):
            _draw(page, frame, names)
        open_as = "sheet" if drawn.is_turned(columns) else "open"
        with st.container(width="stretch", key=page.key(open_as if page.state.measure else "panel")):
            _panel(page, frame, directives, measures, names)


def evidence(page: Page) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Directives and measures that the view speaks of: on the as-of day, in sentences with the words asked for."""
    directives, measures = page.tables["directives"], page.tables["measures"]
    if page.state.on:
        held = holding(page.atlas.dataset_hash, page.state.on, page.atlas)
        directives, measures = charts.as_of(directives, measures, held, pd.Timestamp(page.state.on))
    if page.state.q:
        found = _spoken(page.atlas.dataset_hash, page.state.filters(), page.state.q, page)
        measures = measures[measures["measure_id"].isin(found)]
    return directives, measures


@st.cache_resource(show_spinner=False, max_entries=32)
def _spoken(dataset_hash: str, state: Any, q: str, _page: Page) -> frozenset[str]:
    """Measures in whose sentence the words stand; only provisions that hold them are read sentence by sentence."""
    provisions, measures = _page.tables["provisions"], _page.tables["measures"]
    near = provisions.loc[[has_words(text, q) for text in provisions["text"]], "provision_id"]
    rows = measures[measures["provision_id"].isin(set(near)) | (measures["provision_id"] == "")]
    heard = [has_words(sentence, q) for sentence in sentences_of(_page, rows)]
    return frozenset(rows.loc[heard, "measure_id"])


def has_words(text: str, words: str) -> bool:
    """Whether ``text`` holds ``words``; marks and case aside where the asked words bear none."""
    asked = words.lower()
    return asked in text.lower() if fold(asked) != asked else asked in fold(text)


def _controls(page: Page) -> None:
    t = page.t
    with st.container(horizontal=True, vertical_alignment="bottom", key=page.key("controls")):
        st.segmented_control(
            t("comparison.by"), charts.KINDS, format_func=lambda name: t(f"comparison.by_{name}"),
            **page.bind("by", write=lambda name: name or "province"),
        )  # fmt: skip
        st.date_input(
            t("comparison.as_of"), min_value=date(2000, 1, 1), max_value=date(2099, 12, 31), format="DD/MM/YYYY",
            width=170, **page.bind("on"),
        )  # fmt: skip
        st.text_input(t("comparison.words"), placeholder=t("comparison.words_hint"), width=250, **page.bind("q"))
        if page.state.extra["by"] == "province":
            st.toggle(t("comparison.all_provinces"), **page.bind("all"))


def _columns(page: Page, by: str) -> list[str]:
    held = page.all_tables["directives"]
    if page.state.provinces:
        held = held[held["province_code"].isin(page.state.provinces)]
    if by == "directive":
        held = page.tables["directives"]
    codes = page.state.provinces or tuple(province_names(page))
    if page.state.extra["all"]:
        codes = tuple(entry["code"] for entry in read_vocabulary("provinces"))
    order = [code for code in all_names(page) if code in codes]
    columns = charts.matrix_columns(held, by, order)
    return [column for column in columns if not (page.state.on and column.endswith(charts.DISTRICT))]


def all_names(page: Page) -> dict[str, str]:
    """Code to name of every province: those held in Vietnamese order, then the rest in the order of the vocabulary."""
    rest = {entry["code"]: entry["name"] for entry in read_vocabulary("provinces")}
    return {**province_names(page), **{code: name for code, name in rest.items() if code not in province_names(page)}}


def column_names(page: Page, columns: list[str], by: str) -> dict[str, str]:
    """Labels of columns in the reader's language."""
    t = page.t
    if by == "directive":
        rows = page.all_tables["directives"].set_index("directive_id", drop=False)
        return {item: f"{rows.at[item, 'number'] or _unnumbered(page, rows.loc[item])}" for item in columns}
    if by == "month":
        return {item: t("comparison.undated") if item == charts.UNDATED else _month(item) for item in columns}
    provinces = all_names(page)
    names = {charts.CENTRE: t("comparison.central"), charts.UNPLACED: t("comparison.unplaced")}
    for item in columns:
        code = item.removesuffix(charts.DISTRICT)
        name = provinces.get(code, names.get(item, code))
        names[item] = name if code == item else t("comparison.district", province=name)
    return names


def _unnumbered(page: Page, row: pd.Series) -> str:
    return f"{page.t.name('doc_type', row['doc_type']).partition(' (')[0]} {row['province'] or ''}".strip()


def _month(item: str) -> str:
    year, _, month = item.partition("-")
    return f"{int(month)}/{year}"


def _draw(page: Page, frame: pd.DataFrame, names: Mapping[str, str]) -> None:
    t = page.t
    counts = t("comparison.matrix_counts", **{name: int((frame["state"] == name).sum()) for name in charts.STATES})
    apart = "; ".join(
        t("comparison.apart_item", measure=t.name("measure", row.code), column=names[row.column])
        for row in charts.apart_frame(frame, 2).head(16).itertuples()
    )
    title = t(f"comparison.matrix_{page.state.extra['by']}")
    if page.state.on:
        title = t("comparison.matrix_on", title=title, day=page.state.on)
    if page.state.q:
        title = t("comparison.matrix_words", title=title, words=page.state.q)
    figure = drawn.matrix_figure(
        frame, title=title, source=t("source.tables", n=len(page.tables["directives"])), names=names, words=t,
        chosen=page.state.extra["cell"], dark=page.dark, lang=page.lang, present=page.present,
    )  # fmt: skip
    alt = t(
        "comparison.matrix_alt", n=frame["code"].nunique(), columns=frame["column"].nunique(), counts=counts,
        apart=apart or t("comparison.apart_none"),
    )  # fmt: skip
    show_chart(
        page, figure, _told(page, frame, names), key="matrix", alt=alt, pick=pick_cell,
        note=f"{counts}. {t('comparison.matrix_note')}",
        columns={
            "measure": t("column.measure"), "place": t(f"comparison.by_{page.state.extra['by']}"),
            "said": t("comparison.state"), "stance": t("column.stance"), "binding": t("column.binding"),
            "n_passages": t("comparison.n_passages"), "n_directives": t("column.n_directives"),
            "n_held": t("comparison.n_held"), "day": t("comparison.last_day"),
        },
    )  # fmt: skip


def pick_cell(chosen: str) -> dict[str, str | None]:
    """What a click on a cell writes to the address: its measure and itself."""
    return {"cell": chosen, "measure": chosen.partition(":")[0], "directive": None, "fact": None}


def _told(page: Page, frame: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """The cells in words, for the twin and the files."""
    t = page.t
    return frame.assign(
        measure=[t.name("measure", code) for code in frame["code"]],
        place=[names.get(column, column) for column in frame["column"]],
        said=[t(f"comparison.state_{state}") for state in frame["state"]],
        stance=[", ".join(t.name("stance", item) for item in stances) for stances in frame["stances"]],
        stances=[" ".join(stances) for stances in frame["stances"]],
        binding=[t.name("binding", item) if item else "" for item in frame["binding"]],
    )


def _panel(
    page: Page, frame: pd.DataFrame, directives: pd.DataFrame, measures: pd.DataFrame, names: Mapping[str, str]
) -> None:
    """The chosen cell's words, then everyone else's on the same measure."""
    t = page.t
    code, _, column = page.state.extra["cell"].partition(":")
    code = code if code in set(frame["code"]) else page.state.measure
    if not code or code not in set(frame["code"]):
        st.markdown(f"##### {t('comparison.panel_hint_title')}")
        st.markdown(t("comparison.panel_hint"))
        _apart(page, frame, names)
        return
    with st.container(horizontal=True, vertical_alignment="center", key=page.key("panel-head")):
        st.markdown(f"#### {plain(t.name('measure', code))}")
        st.button(
            t("comparison.close"), key=page.key("panel-close"), icon=":material/close:", type="tertiary",
            on_click=page.update, kwargs={"cell": None, "measure": None, "directive": None},
        )  # fmt: skip
    rows = charts.quotes_frame(directives, measures, code)
    place = charts.column_of(directives, page.state.extra["by"])
    rows["column"] = rows["directive_id"].map(place)
    cell = frame[(frame["code"] == code) & (frame["column"] == column)]
    if len(cell) and cell.iloc[0]["state"] in ("silent", "none"):
        _nothing(page, cell.iloc[0], names, place, directives)
    rows = rows.iloc[(rows["column"] != column).argsort(kind="stable")] if column else rows
    cards(page, rows, key="panel", chosen=column)


def _nothing(page: Page, cell: pd.Series, names: Mapping[str, str], place: pd.Series, directives: pd.DataFrame) -> None:
    """What is known of a cell without words: how many documents were read, and which."""
    t, name = page.t, names.get(cell["column"], cell["column"])
    with st.container(border=True, key=page.key("nothing")):
        st.markdown(plain(t(f"comparison.cell_{cell['state']}", column=name, n=int(cell["n_held"]))))
        own = directives[directives["directive_id"].map(place) == cell["column"]]
        for _, row in own.head(5).iterrows():
            page.link("reader", plain(directive_name(t, row)), directive=row["directive_id"])


def _apart(page: Page, frame: pd.DataFrame, names: Mapping[str, str]) -> None:
    """What sets each place apart, as buttons that open its words."""
    t, apart = page.t, charts.apart_frame(frame)
    if apart.empty:
        return
    st.markdown(f"##### {t('comparison.apart')}")
    for column, rows in list(apart.groupby("column", sort=False))[:12]:
        with st.container(gap=None, key=page.key(f"apart-{column}")):
            st.markdown(f"**{plain(names.get(str(column), column))}**")
            with st.container(horizontal=True, gap="small", key=page.key(f"apart-{column}-list")):
                for row in rows.itertuples():
                    sign = drawn.glyphs(row.state, row.stances, row.binding)
                    st.button(
                        plain(f"{sign} {t.name('measure', row.code)} ({t.number(row.n_passages)})"),
                        key=page.key(f"apart_{row.mark_id}"), type="tertiary", on_click=page.update,
                        kwargs=pick_cell(row.mark_id),
                    )  # fmt: skip
    st.caption(t("comparison.apart_note"))
