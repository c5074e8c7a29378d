"""The evidence matrix drawn: square markers that can be clicked, on rows grouped as in the codebook.

Shade is strength, the glyph is stance, the outline (and a filled glyph) is what binds; the four states differ in fill,
size and sign, never in hue alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from charts.theme import STANCE_GLYPHS, Palette, apply_theme, empty_figure, escape, palette

CELL = 26  # pixels of a marker
FEW = 8  # so many names stand upright, over two lines
TURN = 20  # beyond so many columns they become rows, so that names stay horizontal and cells keep their size
_HOLLOW = {"tighten": "△", "maintain": "○", "relax": "▽"}
_GAP = 1.15  # rows left free above a group, for its name


def matrix_order(frame: pd.DataFrame) -> tuple[dict[str, float], dict[str, float]]:
    """Place of each code on its axis, a gap before each group, and of each group's name."""
    places: dict[str, float] = {}
    heads: dict[str, float] = {}
    at = 0.0
    for code, group in dict(zip(frame["code"], frame["group"], strict=True)).items():
        if group not in heads:
            heads[group] = at
            at += _GAP
        places[code] = at
        at += 1
    return places, heads


def is_turned(columns: Sequence[str]) -> bool:
    """Whether so many columns are drawn as rows."""
    return len(columns) > TURN


def matrix_width(columns: Sequence[str], n_codes: int, present: bool = False) -> int:
    """Pixels that the matrix wants, names included."""
    if is_turned(columns):
        return 170 + (n_codes + 6) * (CELL + 5)
    return 240 + 80 * present + max(len(columns), 4) * (CELL + (34 + 30 * present if len(columns) <= FEW else 14))


def matrix_figure(
    frame: pd.DataFrame,
    *,
    title: str,
    source: str,
    names: Mapping[str, str],
    words: Any,
    chosen: str = "",
    dark: bool = False,
    lang: str = "vi",
    present: bool = False,
) -> go.Figure:
    """Square markers on a grid; ``customdata`` is ``mark_id`` (``code:column``), ``names`` are those of the columns."""
    if frame.empty:
        return empty_figure(words("comparison.matrix_nothing"), title=title, dark=dark)
    columns = list(dict.fromkeys(frame["column"]))
    turned = is_turned(columns)
    places, heads = matrix_order(frame)
    across = {column: float(number) for number, column in enumerate(columns)}
    fig = go.Figure()
    for state, shade, rows in _layers(frame):
        _add_layer(fig, rows, state, shade, places, across, turned, names, words, palette(dark), present)
    _add_choice(fig, chosen, places, across, turned, palette(dark))
    code_axis = {
        "tickvals": list(places.values()), "ticktext": [escape(words.name("measure", code)) for code in places],
        "range": [max(places.values()) + 0.6, -0.55],
    }  # fmt: skip
    column_axis = {
        "tickvals": list(across.values()), "ticktext": [escape(names.get(column, column)) for column in columns],
        "range": [-0.6, len(columns) - 0.4],
    }  # fmt: skip
    _lay_out(fig, code_axis, column_axis, turned)
    size = len(columns) * (CELL + 4) + 210 if turned else (max(places.values()) + 1) * (CELL + 4) + 110
    fig = apply_theme(fig, title=title, source=source, dark=dark, lang=lang, height=round(size) + 60, present=present)
    _name_groups(fig, heads, turned, words, palette(dark), present)
    return fig


def _layers(frame: pd.DataFrame) -> Iterable[tuple[str, int, pd.DataFrame]]:
    """Rows by look; each layer is there even when empty, so that the key is the same on every view."""
    for state in ("quoted", "ended", "silent", "none"):
        for shade in (1, 2, 3, 4) if state == "quoted" else (0,):
            yield state, shade, frame[(frame["state"] == state) & (frame["shade"] == shade)]


def _look(state: str, shade: int, tone: Palette) -> dict[str, object]:
    if state == "quoted":
        return {"symbol": "square", "size": CELL, "color": tone.shades[shade - 1 if shade < 4 else 4]}
    if state == "ended":
        return {"symbol": "square", "size": CELL, "color": tone.ground}
    if state == "silent":
        return {"symbol": "square", "size": CELL, "color": tone.panel, "line": {"width": 0}}
    return {"symbol": "line-ne-open", "size": 11, "color": tone.muted, "line": {"width": 1}}


def _add_layer(
    fig: go.Figure, rows: pd.DataFrame, state: str, shade: int, places: Mapping[str, float],
    across: Mapping[str, float], turned: bool, names: Mapping[str, str], words: Any, tone: Palette,
    present: bool,
) -> None:  # fmt: skip
    look = _look(state, shade, tone)
    if state in ("quoted", "ended"):
        must = rows["binding"] == "mandatory"
        look["line"] = {
            "width": [2.0 if item else 1.0 for item in must] or 1.0,
            "color": [tone.ink if item else tone.muted for item in must] or tone.ink,
        }
    on_codes, on_columns = list(rows["code"].map(places)) or [None], list(rows["column"].map(across)) or [None]
    light = (state == "quoted") and (shade > 2) != (tone.ground == "#15171B")
    fig.add_scatter(
        x=on_codes if turned else on_columns, y=on_columns if turned else on_codes, mode="markers+text", marker=look,
        text=[glyphs(row.state, row.stances, row.binding) for row in rows.itertuples()],
        textposition="middle center", cliponaxis=False,
        textfont={"size": 15 if present else 12, "color": "#FFFFFF" if light else _ink(state, shade, tone)},
        name=words(f"comparison.key_{state}{shade or ''}"), customdata=[[item] for item in rows["mark_id"]],
        hoverinfo="text", hovertext=[_hover(row, names, words) for row in rows.itertuples()],
        showlegend=True, unselected={"marker": {"opacity": 1}},
    )  # fmt: skip


def _ink(state: str, shade: int, tone: Palette) -> str:
    if state == "silent":
        return tone.muted
    return "#10151B" if state == "quoted" and shade > 2 else tone.ink


def glyphs(state: str, stances: Iterable[str], binding: str) -> str:
    """Stances of a cell: filled where something binds, hollow where words only recommend; ``×`` ended otherwise.

    >>> glyphs("quoted", ("tighten", "relax"), "mandatory"), glyphs("quoted", ("tighten",), "recommended")
    ('▲▼', '△')
    >>> glyphs("ended", ("tighten",), "mandatory"), glyphs("silent", (), ""), glyphs("none", (), "")
    ('×', '·', '')
    """
    stances = tuple(stances)
    if state == "silent":
        return "·"
    if state == "ended" and "relax" not in stances:
        return "×"
    signs = STANCE_GLYPHS if binding == "mandatory" else _HOLLOW
    return "".join(signs[stance] for stance in stances)


def _hover(row: Any, names: Mapping[str, str], words: Any) -> str:
    name = escape(names.get(row.column, row.column))
    head = f"<b>{escape(words.name('measure', row.code))}</b> · {name}<br>"
    if row.state in ("silent", "none"):
        return head + escape(words(f"comparison.hover_{row.state}", n=int(row.n_held)))
    stances = ", ".join(words(f"stance.{item}") for item in row.stances)
    counts = words("comparison.hover_counts", n=int(row.n_passages), must=int(row.n_mandatory))
    last = row.number or words(f"doc_type.{row.doc_type}")
    day = words.day(row.day) if row.dated else words("comparison.about_day", day=words.day(row.day))
    state = words(f"comparison.state_{row.state}")
    return f"{head}{escape(state)}: {escape(stances)}<br>{escape(counts)}<br>{escape(last)}, {escape(day)}"


def _add_choice(
    fig: go.Figure, chosen: str, places: Mapping[str, float], across: Mapping[str, float], turned: bool, tone: Palette
) -> None:
    """A frame around the chosen cell."""
    code, _, column = chosen.partition(":")
    if code not in places or column not in across:
        return
    x, y = (places[code], across[column]) if turned else (across[column], places[code])
    fig.add_scatter(
        x=[x], y=[y], mode="markers", hoverinfo="skip", showlegend=False, cliponaxis=False,
        marker={"symbol": "square-open", "size": CELL + 6, "color": tone.accent, "line": {"width": 3}},
    )  # fmt: skip


def _lay_out(fig: go.Figure, code_axis: dict, column_axis: dict, turned: bool) -> None:
    common = {"fixedrange": True, "showgrid": False, "zeroline": False}
    if turned:
        low, high = code_axis["range"]
        fig.update_xaxes(**{**code_axis, "range": [high, low]}, side="top", tickangle=-60, **common)
        fig.update_yaxes(**{**column_axis, "range": column_axis["range"][::-1]}, **common)
    else:
        stacked = [text.replace(" ", "<br>", 1) for text in column_axis["ticktext"]]
        upright = len(stacked) <= FEW and all(len(line) <= 8 for text in stacked for line in text.split("<br>"))
        if upright:
            column_axis |= {"ticktext": stacked, "tickfont_size": 11}  # five letters are as wide as a column of a phone
        fig.update_xaxes(**column_axis, side="top", tickangle=0 if upright else -50, **common)
        fig.update_yaxes(**code_axis, **common)
    fig.update_layout(
        clickmode="event+select", hoverdistance=14, margin={"t": 8},
        legend={"x": 0, "xref": "container", "y": 0, "yref": "container", "yanchor": "bottom", "itemclick": False,
                "itemdoubleclick": False},
    )  # fmt: skip


def _name_groups(
    fig: go.Figure, heads: Mapping[str, float], turned: bool, words: Any, tone: Palette, present: bool
) -> None:
    for group, at in heads.items():
        place = (
            {"x": at, "xref": "x", "y": 1, "yref": "y domain", "textangle": -90, "yanchor": "top", "xanchor": "center"}
            if turned
            else {"x": 0, "xref": "x domain", "y": at, "yref": "y", "xanchor": "left", "yanchor": "middle"}
        )
        fig.add_annotation(
            text=f"<b>{escape(words(f'group.{group}'))}</b>", showarrow=False, align="left",
            font={"size": 16 if present else 12, "color": tone.ink}, **place,
        )  # fmt: skip
