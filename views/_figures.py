"""Draws a figure or a table of a page, with caption, alt text, table twin and downloads, the same everywhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal

import pandas as pd
import streamlit as st

from charts.export import csv_bytes, figure_bytes, file_stem, has_browser, xlsx_bytes
from charts.theme import plotly_config
from views._page import Page
from views._text import plain

# Columns of codes, and the vocabulary that names them.
_KINDS = {
    "issuer_branch": "branch",
    "doc_type": "doc_type",
    "urgency": "urgency",
    "group": "group",
    "stance": "stance",
    "binding": "binding",
    "scope": "scope",
    "role": "role",
    "relation": "relation",
    "date_basis": "date_basis",
}

Pick = str | Callable[[str], Mapping[str, Any]]


def window_words(page: Page) -> str:
    """The window in use, in words."""
    if page.state.start or page.state.end:
        return page.t("filter.window_of", span=page.t.span(page.state.start, page.state.end))
    return page.t("filter.window_whole")


def about(page: Page, title: str, source: str) -> dict[str, str]:
    """What is burned into every export: title, window, source line, data hash, address of the view."""
    t = page.t
    return {
        t("export.title"): title,
        t("export.window"): window_words(page),
        t("export.source"): source or t("source.tables", n=len(page.tables["directives"])),
        t("export.hash"): page.atlas.dataset_hash,
        t("export.view"): page.address(),
    }


def _changes(pick: Pick, chosen: str) -> Mapping[str, Any]:
    return {pick: chosen} if isinstance(pick, str) else pick(chosen)


def show_chart(
    page: Page,
    fig: Any,
    frame: pd.DataFrame,
    *,
    key: str,
    alt: str,
    pick: Pick | None = "directive",
    note: str = "",
    columns: Mapping[str, str] | None = None,
    downloads: bool = True,
) -> None:
    """Draw ``fig`` under its title, with source line, table twin and downloads of ``frame``.

    Parameters
    ----------
    fig
        From ``charts``: its title and source are in ``layout.meta`` (:func:`charts.theme.apply_theme`), every clickable
        mark carries an id as (first) ``customdata``.
    frame
        The rows that were drawn; the twin and the files hold the same rows.
    key
        Literal, unique on the page.
    alt
        States the finding, for readers who do not see the figure.
    pick
        What a click does: the name of a state field or extra that takes the mark's id (``"directive"`` opens the
        evidence), or a function from the id to changes for :meth:`Page.update`; ``None`` for a figure that cannot be
        clicked.
    note
        Caption below, in words.
    columns
        Columns of the twin to show, with labels; default those that ``column.…`` messages name.
    """
    meta = fig.layout.meta or {}
    title, source = meta.get("title", ""), meta.get("source", "")
    widget = page.key(key)
    with st.container(key=f"chart-{widget}", gap="xsmall"):
        if title:
            st.markdown(f"##### {plain(title)}")
        st.plotly_chart(
            fig,
            theme=None,
            key=widget,
            alt=alt,
            config=plotly_config(page.lang),
            selection_mode="points",
            on_select=_picker(page, widget, pick) if pick else "ignore",
        )
        caption = " · ".join(part for part in (note, source) if part)
        if caption:
            st.caption(plain(caption))
        if not page.present:
            _twin(page, fig, frame, key, title, source, columns, downloads, pick)


def _picker(page: Page, widget: str, pick: Pick) -> Callable[[], None]:
    def picked() -> None:
        points = (st.session_state[widget] or {}).get("selection", {}).get("points", [])
        data = points[0].get("customdata") if points else None
        chosen = data[0] if isinstance(data, (list, tuple)) and data else data
        if isinstance(chosen, str) and chosen:
            page.update(**_changes(pick, chosen))

    return picked


def _twin(
    page: Page, fig: Any, frame: pd.DataFrame, key: str, title: str, source: str, columns: Any, downloads: bool,
    pick: Pick | None,
) -> None:  # fmt: skip
    with st.expander(page.t("table.twin", n=len(frame)), key=page.key(f"{key}-twin")):
        rows_pick = pick if "mark_id" in frame.columns else "directive"
        show_table(page, frame, key=f"{key}-table", alt=title, columns=columns, pick=rows_pick)
        if downloads:
            show_downloads(page, frame, key=key, title=title, source=source, fig=fig)


def show_table(
    page: Page,
    frame: pd.DataFrame,
    *,
    key: str,
    alt: str,
    columns: Mapping[str, str] | None = None,
    pick: Pick | None = "directive",
    height: int | Literal["auto"] = "auto",
) -> None:
    """A table with labels in the reader's language; choosing a row that has a ``directive_id`` opens its evidence.

    Rows that carry a ``mark_id`` do what a click on that mark does: it is handed to ``pick``.
    """
    labels = columns or {name: page.t(f"column.{name}") for name in frame.columns if page.t.has(f"column.{name}")}
    form = "DD/MM/YYYY" if page.lang == "vi" else "D MMM YYYY"
    shown = frame[[name for name in labels if name in frame.columns]].reset_index(drop=True)
    for name, kind in _KINDS.items():
        if name in shown.columns:
            shown[name] = [page.t.name(kind, code) if code else "" for code in shown[name]]
    config: dict[str, Any] = {}
    for name in shown.columns:
        dated = pd.api.types.is_datetime64_any_dtype(shown[name])
        config[name] = (
            st.column_config.DateColumn(labels[name], format=form) if dated else st.column_config.Column(labels[name])
        )
    widget = page.key(key)
    marks = next((name for name in ("mark_id", "directive_id") if name in frame.columns), "")
    ids = list(frame[marks]) if marks else []

    def chosen() -> None:
        rows = st.session_state[widget]["selection"]["rows"]
        if rows and pick:
            page.update(**_changes(pick, ids[rows[0]]))

    select: dict[str, Any] = {"on_select": chosen, "selection_mode": "single-row"} if ids and pick else {}
    st.dataframe(shown, hide_index=True, column_config=config, key=widget, alt=alt, height=height, **select)


def show_downloads(page: Page, frame: pd.DataFrame, *, key: str, title: str, source: str = "", fig: Any = None) -> None:
    """CSV and XLSX of ``frame``, PNG and SVG of ``fig``; made when clicked, title, window, source and hash in them."""
    t, words = page.t, about(page, title, source)
    stem = file_stem(f"{page.slug or 'overview'}-{key}-{page.atlas.dataset_hash}")
    foot = {name: f"{name}: {value}" for name, value in list(words.items())[1:4]}
    if fig is not None and (fig.layout.meta or {}).get("source"):
        foot.pop(t("export.source"), None)
    files: list[tuple[str, Callable[[], bytes], str]] = [
        ("csv", lambda: csv_bytes(frame), "text/csv"),
        ("xlsx", lambda: xlsx_bytes(frame, words), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ]
    if fig is not None and has_browser():
        files += [
            ("png", lambda: figure_bytes(fig, "png", foot), "image/png"),
            ("svg", lambda: figure_bytes(fig, "svg", foot), "image/svg+xml"),
        ]
    with st.container(horizontal=True, gap="small", key=page.key(f"{key}-downloads")):
        for form, make, mime in files:
            st.download_button(
                form.upper(), data=make, file_name=f"{stem}.{form}", mime=mime, on_click="ignore",
                key=page.key(f"{key}-{form}"), type="tertiary", icon=":material/download:",
            )  # fmt: skip
    if fig is not None and not has_browser():
        st.caption(t("export.no_browser"))
