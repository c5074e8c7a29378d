"""Two directives side by side: what answers to what, word by word, what is new and what is gone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from charts import comparison_pair as charts
from loaders.alignment import compare_directives, diff_words
from views._shared import Page, day_words, directive_name, plain, show_chart

_MOST_CHOICES = 800
_FORCE = {"aligned": ":material/link:", "added": ":material/add:", "dropped": ":material/remove:"}


@st.cache_resource(show_spinner=False, max_entries=64)
def _compared(dataset_hash: str, left: str, right: str, _atlas: Any) -> pd.DataFrame:
    return compare_directives(_atlas, left, right)


def show_pair(page: Page) -> None:
    """The choice of two, the map, then every passage."""
    t = page.t
    held = page.all_tables["directives"].set_index("directive_id", drop=False)
    left, right = _chosen(page, held)
    if not left or not right:
        st.markdown(t("comparison.pair_too_few"))
        return
    _choose(page, held, left, right)
    frame = _compared(page.atlas.dataset_hash, left, right, page.atlas)
    names = [directive_name(t, held.loc[item]) for item in (left, right)]
    n = frame["status"].value_counts()
    counts = {status: int(n.get(status, 0)) for status in charts.STATUSES}
    title = t("comparison.pair_title", left=names[0], right=names[1], **counts)
    labels = [
        held.at[item, "number"] or held.at[item, "province"] or name
        for item, name in zip((left, right), names, strict=True)
    ]
    st.markdown(f"##### {plain(title)}")
    side, body = st.columns([1, 3], gap="medium") if not page.present else (st.container(), st.container())
    with side:
        figure = charts.map_figure(
            frame, title=t("comparison.pair_map"), source="", left_name=labels[0], right_name=labels[1], words=t,
            dark=page.dark, lang=page.lang, present=page.present,
        )  # fmt: skip
        show_chart(
            page, figure, _told(page, frame), key="pair", alt=title, pick="at", note=t("comparison.pair_note"),
            columns={name: t(f"comparison.column_{name}") for name in (
                "said", "score", "wording", "measures", "left_path", "left_text", "right_path", "right_text")},
        )  # fmt: skip
    with body:
        _heads(page, held, left, right)
        _rows(page, frame, left, right)


def _chosen(page: Page, held: pd.DataFrame) -> tuple[str, str]:
    """The pair of the address, else the one to begin with; each side falls back on its own."""
    first = charts.default_pair(page.tables["directives"], page.all_tables["citations"])
    if not all(first):
        first = charts.default_pair(page.all_tables["directives"], page.all_tables["citations"])
    wanted = (page.state.extra["left"], page.state.extra["right"])
    left, right = (item if item in held.index else default for item, default in zip(wanted, first, strict=True))
    return left, right


def _choose(page: Page, held: pd.DataFrame, left: str, right: str) -> None:
    if page.present:
        return
    t = page.t
    day = held["issue_date"].fillna(held["date_estimate"])
    order = list(day.sort_values(na_position="last").index[-_MOST_CHOICES:])
    order += [item for item in (left, right) if item not in order]

    def label(item: str) -> str:
        row = held.loc[item]
        return f"{row['province'] or '–'} · {directive_name(t, row)} · {day_words(t, row)}"

    with st.container(horizontal=True, vertical_alignment="bottom", key=page.key("pair-controls")):
        for name, value in (("left", left), ("right", right)):
            st.selectbox(
                t(f"comparison.pair_{name}"), order, format_func=label, width=430,
                **page.bind(name, read=_always(value)),
            )  # fmt: skip
        st.button(
            t("comparison.pair_swap"), icon=":material/swap_horiz:", key=page.key("swap"), on_click=page.update,
            kwargs={"left": right, "right": left, "at": None},
        )  # fmt: skip


def _always(value: str) -> Callable[[str], str]:
    return lambda _: value


def _heads(page: Page, held: pd.DataFrame, left: str, right: str) -> None:
    for item, column in zip((left, right), st.columns(2, gap="medium"), strict=True):
        row = held.loc[item]
        with column, st.container(gap=None, key=page.key(f"head-{'left' if item == left else 'right'}-links")):
            st.markdown(f"**{plain(row['province'])}** · {plain(directive_name(page.t, row))}")
            st.caption(plain(day_words(page.t, row)))
            page.link("reader", page.t("evidence.read"), icon=":material/menu_book:", directive=item)


def _rows(page: Page, frame: pd.DataFrame, left: str, right: str) -> None:
    """Every row; the one chosen on the map first."""
    chosen = page.state.extra["at"]
    mine = (frame["left_id"] == chosen) | (frame["right_id"] == chosen) if chosen else frame["left_id"].isna()
    for number, row in enumerate(pd.concat([frame[mine], frame[~mine]]).itertuples()):
        own = "-own" if number < int(mine.sum()) else ""
        with st.container(border=True, gap="xsmall", key=page.key(f"row-{row.status}-card{own}-{number}")):
            st.markdown(f":small[{_FORCE[row.status]} {plain(_said(page, row))}]")
            changes = diff_words(row.left_text, row.right_text)
            for side, column in zip(("left", "right"), st.columns(2, gap="medium"), strict=True):
                with column:
                    _side(page, row, side, changes, left if side == "left" else right, number)


def _side(page: Page, row: Any, side: str, changes: list, directive: str, number: int) -> None:
    path, other = getattr(row, f"{side}_path"), "add" if side == "left" else "drop"
    if not path:
        st.caption(page.t(f"comparison.pair_nothing_{side}"))
        return
    marked = [_marked(change) for change in changes if change.kind != other]
    st.markdown(" ".join(marked) if row.status == "aligned" else plain(getattr(row, f"{side}_text")))
    with st.container(key=page.key(f"row-{number}-{side}-links")):
        page.link(
            "reader", page.t("evidence.provision", label=path), icon=":material/menu_book:", directive=directive,
            provision=path,
        )  # fmt: skip


def _marked(change: Any) -> str:
    """Dropped words struck out, added words bold; the ground marks both as well."""
    words = plain(change.words)
    if change.kind == "drop":
        return f":orange-background[~~{words}~~]"
    return f":blue-background[**{words}**]" if change.kind == "add" else words


def _said(page: Page, row: Any) -> str:
    t = page.t
    if row.status != "aligned":
        return t(f"comparison.pair_{row.status}")
    measures = t("comparison.pair_no_measures") if row.measures != row.measures else t.percent(row.measures)
    shared = t.list([t.name("measure", code) for code in row.codes_shared])
    said = t("comparison.pair_score", score=t.percent(row.score), wording=t.percent(row.wording), measures=measures)
    return f"{said} · {shared}" if shared else said


def _told(page: Page, frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(
        said=[page.t(f"comparison.pair_{status}") for status in frame["status"]],
        mark_id=[row.right_id or row.left_id for row in frame.itertuples()],
        codes_shared=[" ".join(codes) for codes in frame["codes_shared"]],
        score=frame["score"].round(2), wording=frame["wording"].round(2), measures=frame["measures"].round(2),
    )  # fmt: skip
