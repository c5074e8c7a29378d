"""Who moved first: when each province took up a measure, in which order, and how far a measure spread.

A province takes a measure up with its first directive that tightens or maintains it. An undated directive gives a
range; an order that its range leaves open is said to be open.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import cycle
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from charts.theme import SYMBOLS, apply_theme, empty_figure, escape, month_ticks, palette

FIRST_COLUMNS = [
    "mark_id", "code", "province_code", "province", "directive_id", "number", "doc_type", "day", "earliest", "latest",
    "dated", "days", "days_low", "days_high", "rank_best", "rank_worst", "n_provinces", "quote",
]  # fmt: skip
_SHOWN = 8  # provinces told apart by hue and symbol; beyond, by hover and table alone
_OPEN_START, _OPEN_END = pd.Timestamp("1900-01-01"), pd.Timestamp("2200-01-01")


def first_frame(directives: pd.DataFrame, measures: pd.DataFrame) -> pd.DataFrame:
    """One row a measure and province that took it up.

    Returns
    -------
    DataFrame
        Columns ``FIRST_COLUMNS``. ``day`` is the issue date or estimate of the directive that most likely came first,
        ``earliest`` and ``latest`` bound the taking up (NaT: open), ``days`` counts from the first province's day and
        ``days_low``, ``days_high`` from its bounds, ``rank_best`` to ``rank_worst`` the places that the bounds allow.
        Districts are left out, and directives without a province or any day.
    """
    about = directives[(directives["province_code"] != "") & (directives["level"] != "district")]
    about = about.assign(
        day=about["issue_date"].fillna(about["date_estimate"]),
        earliest=about["issue_date"].fillna(about["date_earliest"]),
        latest=about["issue_date"].fillna(about["date_latest"]),
        dated=about["issue_date"].notna(),
    )
    columns = [
        "directive_id", "province_code", "province", "number", "doc_type", "day", "earliest", "latest", "dated",
    ]  # fmt: skip
    said = measures[measures["stance"] != "relax"].merge(about[columns], on="directive_id")
    said = said[said["day"].notna()].sort_values(["code", "province_code", "day", "directive_id", "char_start"])
    if said.empty:
        return pd.DataFrame(columns=FIRST_COLUMNS)
    groups = said.groupby(["code", "province_code"], sort=False)
    frame = groups.first().reset_index()
    bounds = groups[["earliest", "latest"]].agg(
        earliest=("earliest", lambda days: days.min() if days.notna().all() else pd.NaT), latest=("latest", "min")
    )
    frame[["earliest", "latest"]] = bounds.reset_index()[["earliest", "latest"]]
    frame["mark_id"] = frame["code"] + ":" + frame["province_code"]
    return _ranked(frame)[FIRST_COLUMNS]


def _ranked(frame: pd.DataFrame) -> pd.DataFrame:
    start = frame.groupby("code")["day"].transform("min")
    for name, column in (("days", "day"), ("days_low", "earliest"), ("days_high", "latest")):
        frame[name] = (pd.to_datetime(frame[column]) - start).dt.days
    frame["n_provinces"] = frame.groupby("code")["province_code"].transform("size")
    low, high = frame["earliest"].fillna(_OPEN_START), frame["latest"].fillna(_OPEN_END)
    best, worst = pd.Series(1, index=frame.index), pd.Series(1, index=frame.index)
    for _, rows in frame.groupby("code"):
        lows, highs = low[rows.index].to_numpy(), high[rows.index].to_numpy()
        best[rows.index] = 1 + (highs[None, :] < lows[:, None]).sum(axis=1)
        # those that may have come before: strictly earlier bounds, itself left out
        before = (lows[None, :] < highs[:, None]).sum(axis=1) - (lows < highs)
        worst[rows.index] = 1 + before
    frame["rank_best"], frame["rank_worst"] = best, worst.where(worst > best, best)
    return frame.sort_values(["code", "day", "province_code"], ignore_index=True)


def spread_figure(
    frame: pd.DataFrame,
    *,
    title: str,
    source: str,
    codes: Mapping[str, str],
    words: Any,
    chosen: str = "",
    dark: bool = False,
    lang: str = "vi",
    present: bool = False,
) -> go.Figure:
    """A line a measure from its first province to its last, a mark a province; dotted: a range, arrows: open."""
    if frame.empty:
        return empty_figure(words("comparison.first_nothing"), title=title, dark=dark)
    tone = palette(dark)
    order = [code for code in codes if code in set(frame["code"])]
    place = {code: number for number, code in enumerate(order)}
    fig = go.Figure()
    window = _window(frame)
    _add_spans(fig, frame, place, tone.rule)
    _add_ranges(fig, frame, place, window, tone.muted)
    names = dict(sorted(zip(frame["province_code"], frame["province"], strict=True)))
    few = len(names) <= _SHOWN
    for (code, name), hue, symbol in zip(names.items(), cycle(tone.hues), cycle(SYMBOLS), strict=False):
        rows = frame[frame["province_code"] == code]
        color = hue if few else tone.hues[0]
        fig.add_scatter(
            x=rows["day"], y=rows["code"].map(place), mode="markers", name=escape(name), showlegend=few,
            marker={
                "symbol": [(symbol if few else "circle") + ("" if dated else "-open") for dated in rows["dated"]],
                "size": 13, "color": color, "line": {"width": 2, "color": color},
            },
            customdata=[[item] for item in rows["mark_id"]], hoverinfo="text",
            hovertext=[_hover(row, words) for row in rows.itertuples()],
        )  # fmt: skip
    labels = [
        f"<b>{escape(words.name('measure', c))}</b>" if c == chosen else escape(words.name("measure", c)) for c in order
    ]
    fig.update_yaxes(tickvals=list(place.values()), ticktext=labels, range=[len(order) - 0.4, -0.6], fixedrange=True)
    fig.update_xaxes(
        range=list(window), fixedrange=True, side="top", title_text=words("comparison.axis_day"),
        **month_ticks(*window, lang, 7),
    )  # fmt: skip
    fig.update_layout(clickmode="event+select", legend={"y": -0.02, "yanchor": "top"})
    return apply_theme(
        fig, title=title, source=source, dark=dark, lang=lang, height=110 + 28 * len(order), present=present
    )


def _window(frame: pd.DataFrame) -> tuple[pd.Timestamp, pd.Timestamp]:
    days = pd.concat([frame[name] for name in ("day", "earliest", "latest")]).dropna()
    pad = max((days.max() - days.min()) * 0.06, pd.Timedelta(days=4))
    return days.min() - pad, days.max() + pad


def _add_spans(fig: go.Figure, frame: pd.DataFrame, place: Mapping[str, float], color: str) -> None:
    """From the first to the last province."""
    xs: list = []
    ys: list = []
    for code, rows in frame.groupby("code", sort=False):
        xs += [rows["day"].min(), rows["day"].max(), None]
        ys += [place[str(code)], place[str(code)], None]
    fig.add_scatter(x=xs, y=ys, mode="lines", line={"width": 5, "color": color}, hoverinfo="skip", showlegend=False)


def _add_ranges(
    fig: go.Figure, frame: pd.DataFrame, place: Mapping[str, float], window: tuple[pd.Timestamp, pd.Timestamp],
    color: str,
) -> None:  # fmt: skip
    """Where the day is not known: a thin dotted line between the bounds, an arrowhead where a bound is open."""
    xs: list = []
    ys: list = []
    heads: list[tuple[pd.Timestamp, float, str]] = []
    for row in frame[~frame["dated"].astype(bool)].itertuples():
        at = place[row.code]
        low = row.earliest if pd.notna(row.earliest) else window[0]
        high = row.latest if pd.notna(row.latest) else window[1]
        xs += [low, high, None]
        ys += [at, at, None]
        heads += [(window[0], at, "triangle-left")] if pd.isna(row.earliest) else []
        heads += [(window[1], at, "triangle-right")] if pd.isna(row.latest) else []
    fig.add_scatter(
        x=xs, y=ys, mode="lines", line={"width": 1.5, "color": color, "dash": "dot"}, hoverinfo="skip", showlegend=False
    )
    fig.add_scatter(
        x=[head[0] for head in heads], y=[head[1] for head in heads], mode="markers", hoverinfo="skip",
        marker={"symbol": [head[2] for head in heads], "size": 9, "color": color}, showlegend=False, cliponaxis=False,
    )  # fmt: skip


def rank_words(row: Any, words: Any) -> str:
    """``1``, or ``1–3`` where the bounds leave the order open."""
    best, worst = int(row.rank_best), int(row.rank_worst)
    return str(best) if best == worst else f"{best}–{worst}"


def _hover(row: Any, words: Any) -> str:
    number = row.number or words(f"doc_type.{row.doc_type}")
    bounds = words.day(row.day) if row.dated else words.span(row.earliest, row.latest)
    said = words("comparison.first_hover", n=int(row.days), rank=rank_words(row, words), of=int(row.n_provinces))
    return (
        f"<b>{escape(row.province)}</b> · {escape(words.name('measure', row.code))}<br>"
        f"{escape(number)}, {escape(bounds)}<br>{escape(said)}"
    )
