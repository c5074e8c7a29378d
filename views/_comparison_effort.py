"""Focus of effort: the shares of measures in what a province or a directive says."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from charts import comparison as matrix
from charts import comparison_effort as charts
from views._comparison_alike import choose_unit, held_passages, read_note, units_of
from views._comparison_matrix import column_names
from views._comparison_quotes import cards
from views._shared import Page, measure_entries, plain, show_chart

_MOST_BARS = 63


def show_effort(page: Page) -> None:
    """Bars of shares; a click shows the words of a part."""
    t, weight = page.t, page.state.extra["weight"]
    with st.container(horizontal=True, key=page.key("effort-controls")):
        by = choose_unit(page)
        if not page.present:
            st.segmented_control(
                t("comparison.weight"), charts.WEIGHTS, format_func=lambda name: t(f"comparison.weight_{name}"),
                **page.bind("weight", write=lambda name: name or "words"),
            )  # fmt: skip
    units = units_of(page, by)[-_MOST_BARS:]
    groups = {code: entry["group"] for code, entry in measure_entries().items()}
    place = matrix.column_of(page.tables["directives"], by)
    held = held_passages(page.atlas.dataset_hash, page.state.filters(), page.tables)
    frame = charts.effort_frame(held, place, groups, units, weight)
    names = column_names(page, units, by)
    figure = charts.effort_figure(
        frame, title=t(f"comparison.effort_title_{weight}"), names=names,
        source=t("source.tables", n=len(page.tables["directives"])),
        words=t, weight=weight, dark=page.dark, lang=page.lang, present=page.present,
    )  # fmt: skip
    show_chart(
        page, figure, _told(page, frame, names), key="effort", alt=_alt(page, frame, names), pick=_picked,
        note=t("comparison.effort_note") + read_note(page),
        columns={
            "place": t(f"comparison.by_{by}"), "group": t("column.group"), "measure": t("column.measure"),
            "share": t("comparison.share"), "n_passages": t("comparison.n_passages"),
            "n_words": t("comparison.words_n"),
        },
    )  # fmt: skip
    code, _, unit = page.state.extra["cell"].partition(":")
    if code in groups:
        st.markdown(f"#### {plain(t.name('measure', code))}")
        rows = matrix.quotes_frame(page.tables["directives"], page.tables["measures"], code)
        rows["column"] = rows["directive_id"].map(place)
        cards(page, rows.iloc[(rows["column"] != unit).argsort(kind="stable")], key="effort", chosen=unit)


def _picked(mark: str) -> dict[str, str | None]:
    code = mark.partition(":")[0]
    return {"cell": mark if code else None, "measure": code or None}


def _alt(page: Page, frame: pd.DataFrame, names: dict[str, str]) -> str:
    t, coded = page.t, frame[frame["code"] != ""]
    tops = coded.sort_values(["unit", "share"], ascending=[True, False]).drop_duplicates("unit")
    said = [
        f"{names[row.unit]}: {t.name('measure', row.code)} {t.percent(row.share)}" for row in tops.head(8).itertuples()
    ]
    return t("comparison.effort_alt", tops="; ".join(said) or "–")


def _told(page: Page, frame: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    t = page.t
    return frame.assign(
        place=[names[unit] for unit in frame["unit"]], share=frame["share"].round(3),
        group=[t.name("group", group) if group else "" for group in frame["group"]],
        measure=[t.name("measure", code) if code else t("comparison.effort_none") for code in frame["code"]],
    )  # fmt: skip
