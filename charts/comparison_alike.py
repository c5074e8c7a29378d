"""How alike responses are: the measures they share (Jaccard over codes) and the wording that is used again, with n."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from charts.theme import apply_theme, empty_figure, escape, palette

PAIR_COLUMNS = [
    "mark_id", "left", "right", "n_left", "n_right", "n_shared", "n_all", "jaccard", "shared",
    "only_left", "only_right",
]  # fmt: skip
CELL = 30
MOST = 63  # units drawn: more squares could not be told apart


def alike_frame(place: pd.Series, measures: pd.DataFrame, units: Sequence[str], order: Sequence[str]) -> pd.DataFrame:
    """One row an unordered pair of ``units`` that hold documents.

    Parameters
    ----------
    place
        Unit of each directive, by directive id.
    units
        Units in the order in which they are drawn; at most the first :data:`MOST` are compared.
    order
        Measure codes in the order in which they are listed.

    Returns
    -------
    DataFrame
        Columns ``PAIR_COLUMNS``: numbers of codes, ``jaccard`` (NaN where neither has any), and the codes as tuples.
    """
    held = set(place)
    said = measures.assign(unit=measures["directive_id"].map(place))
    codes = {unit: set(rows["code"]) for unit, rows in said.groupby("unit")}
    shown = [unit for unit in units if unit in held][:MOST]
    rows = []
    for left, right in combinations(shown, 2):
        ours, theirs = codes.get(left, set()), codes.get(right, set())
        both, either = ours & theirs, ours | theirs
        lists = [tuple(code for code in order if code in some) for some in (both, ours - theirs, theirs - ours)]
        share = len(both) / len(either) if either else float("nan")
        rows.append((f"{left}:{right}", left, right, len(ours), len(theirs), len(both), len(either), share, *lists))
    return pd.DataFrame(rows, columns=PAIR_COLUMNS)


def with_reuse(frame: pd.DataFrame, reuse: pd.DataFrame) -> pd.DataFrame:
    """Pairs with the wording that they share: ``n_words`` and ``n_reused`` of the shorter text, ``reuse`` their ratio.

    ``reuse`` is ``loaders.alignment.reuse_frame`` over the same units.
    """
    found = {(row.left, row.right): (row.n_words, row.n_reused) for row in reuse.itertuples()}
    counts = []
    for row in frame.itertuples():
        ways = [found.get((row.left, row.right), (0, 0)), found.get((row.right, row.left), (0, 0))]
        counts.append(min(ways, key=lambda way: (way[0], way[1])))
    words = pd.Series([n for n, _ in counts], index=frame.index, dtype="float64")
    same = pd.Series([n for _, n in counts], index=frame.index, dtype="float64")
    share = (same / words.where(words > 0)).fillna(0.0)
    return frame.assign(n_words=words.astype("int64"), n_reused=same.astype("int64"), reuse=share)


def alike_figure(
    frame: pd.DataFrame,
    value: str,
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
    """Squares below the diagonal; shade and number are ``value`` (``jaccard`` or ``reuse``) in per cent."""
    if frame.empty:
        return empty_figure(words("comparison.alike_nothing"), title=title, dark=dark)
    tone = palette(dark)
    units = list(dict.fromkeys([*frame["left"], *frame["right"]]))
    place = {unit: number for number, unit in enumerate(units)}
    fig = go.Figure()
    top = max(frame[value].max(), 0.01)
    fig.add_scatter(
        x=frame["left"].map(place), y=frame["right"].map(place), mode="markers+text" if len(units) <= 20 else "markers",
        marker={
            "symbol": "square", "size": CELL if len(units) <= 20 else 24, "color": frame[value].fillna(0),
            "colorscale": [[i / 4, shade] for i, shade in enumerate(tone.shades)], "cmin": 0, "cmax": top,
            "line": {"width": [3 if item == chosen else 1 for item in frame["mark_id"]],
                     "color": [tone.accent if item == chosen else tone.rule for item in frame["mark_id"]]},
        },
        text=[_percent(share) for share in frame[value]], textposition="middle center",
        textfont={"size": 12, "color": [_ink(share / top, dark, tone.ink) for share in frame[value].fillna(0)]},
        customdata=[[item] for item in frame["mark_id"]], hoverinfo="text",
        hovertext=[_hover(row, names, words) for row in frame.itertuples()], showlegend=False, cliponaxis=False,
        unselected={"marker": {"opacity": 1}},
    )  # fmt: skip
    common = {"fixedrange": True, "showgrid": False, "zeroline": False}
    labels = {unit: escape(names.get(unit, unit)) for unit in units}
    fig.update_xaxes(
        tickvals=list(place.values())[:-1], ticktext=[labels[unit] for unit in units[:-1]],
        range=[-0.6, len(units) - 1.4], tickangle=-50, side="bottom", **common,
    )  # fmt: skip
    fig.update_yaxes(
        tickvals=list(place.values())[1:], ticktext=[labels[unit] for unit in units[1:]],
        range=[len(units) - 0.4, 0.4], **common,
    )  # fmt: skip
    fig.update_layout(clickmode="event+select", hoverdistance=14)
    size = len(units) * (CELL + 8 if len(units) <= 20 else 28) + 150
    return apply_theme(fig, title=title, source=source, dark=dark, lang=lang, height=size, present=present)


def alike_width(frame: pd.DataFrame) -> int:
    """Pixels that the squares want, names included."""
    n = len(set(frame["left"]) | set(frame["right"]))
    return max(240 + n * (CELL + 14 if n <= 20 else 28), 420)


def _percent(share: float) -> str:
    return "–" if share != share else f"{share:.0%}"


def _ink(share: float, dark: bool, ink: str) -> str:
    if dark:
        return "#10151B" if share > 0.45 else ink
    return "#FFFFFF" if share > 0.6 else ink


def _hover(row: Any, names: Mapping[str, str], words: Any) -> str:
    pair = " – ".join(escape(names.get(unit, unit)) for unit in (row.left, row.right))
    shared = words("comparison.alike_codes", n=row.n_shared, all=row.n_all, share=_percent(row.jaccard))
    reused = words("comparison.alike_words", n=row.n_reused, all=row.n_words, share=_percent(row.reuse))
    return f"<b>{pair}</b><br>{escape(shared)}<br>{escape(reused)}"
