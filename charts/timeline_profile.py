"""Escalation under the lanes: the directive-derived score by province, and what each directive moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from charts.theme import (
    DASHES,
    STANCE_SYMBOLS,
    SYMBOLS,
    empty_figure,
    escape,
    palette,
    stance_colors,
    urgency_colors,
    wrap,
)
from charts.timeline_axis import Window, share_axis
from charts.timeline_steps import STANCES

_FEW = 40  # points that still carry words


def profile_figure(
    steps: pd.DataFrame,
    stances: pd.DataFrame,
    *,
    title: str,
    source: str,
    province_names: Mapping[str, str],
    words: Any,
    window: Window,
    left: int = 44,
    on: pd.Timestamp | None = None,
    dark: bool = False,
    lang: str = "vi",
    present: bool = False,
) -> go.Figure:
    """Score steps above, stance counts below.

    Stated days carry a marker and "n/9", the days a level is merely carried are the thin line between them. ``left`` is
    the margin of the lanes above.
    """
    if steps.empty and stances.empty:
        return empty_figure(words("timeline.profile_nothing"), title=title, dark=dark)
    fig = make_subplots(
        rows=2,
        cols=1,
        shared_xaxes=True,
        vertical_spacing=0.15,
        row_heights=[0.45, 0.55],
        subplot_titles=[escape(words(f"timeline.panel_{name}")) for name in ("score", "stances")],
    )
    _add_scores(fig, steps, province_names, words, window, dark)
    _add_stances(fig, stances, words, window, dark)
    return share_axis(fig, title, source, window, left, on, dark, lang, present, height=560)


def _days(days: pd.Series) -> list[str]:
    return [f"{day:%Y-%m-%d}" for day in days]


def _add_scores(
    fig: go.Figure, steps: pd.DataFrame, names: Mapping[str, str], words: Any, window: Window, dark: bool
) -> None:
    tone = palette(dark)
    few = len(steps) <= _FEW
    drawn = set(steps["province_code"])
    for number, code in enumerate(item for item in names if item in drawn):
        rows = steps[steps["province_code"] == code]
        color, dash = tone.hues[number % len(tone.hues)], DASHES[number // len(tone.hues) % len(DASHES)]
        fig.add_scatter(
            x=[*_days(rows["day"]), f"{max(window[1], rows['day'].iloc[-1]):%Y-%m-%d}"],
            y=[*rows["score"], rows["score"].iloc[-1]],
            mode="lines",
            line={"color": color, "width": 1.4, "shape": "hv", "dash": dash},
            hoverinfo="skip",
            name=f"carried:{code}",
            legendgroup=code,
            showlegend=False,
            row=1,
            col=1,
        )
        fig.add_scatter(
            x=_days(rows["day"]),
            y=list(rows["score"].round(1)),
            mode="markers+text" if few else "markers",
            name=escape(names[code]),
            legendgroup=code,
            text=[words("timeline.of_nine", n=int(n)) for n in rows["n_observed"]] if few else None,
            textposition="top center",
            textfont={"size": 11, "color": tone.ink},
            marker={"size": 10 if few else 6, "color": color, "symbol": SYMBOLS[number % len(SYMBOLS)]},
            customdata=list(rows["directive_id"]),
            hoverinfo="text",
            hovertext=[_step_hover(row, names[code], words) for row in rows.itertuples()],
            row=1,
            col=1,
        )
    fig.update_yaxes(range=[0, 118], tickvals=[0, 25, 50, 75, 100], row=1, col=1)


def _step_hover(row: Any, name: str, words: Any) -> str:
    day = words.day(row.day) if row.dated else words("timeline.estimated", day=row.day)
    said = (
        words("timeline.score_unknown")
        if pd.isna(row.score)
        else words("timeline.score_hover", score=round(row.score), n=int(row.n_observed))
    )
    moved = words("timeline.moved_by", names=", ".join(words.name("measure", code) for code in row.codes))
    heads = f"<b>{escape(name)}</b> · {escape(day)}" + (f" · {escape(row.number)}" if row.number else "")
    return "<br>".join([heads, escape(said), wrap(row.indicators), wrap(moved)])


def _add_stances(fig: go.Figure, stances: pd.DataFrame, words: Any, window: Window, dark: bool) -> None:
    """Needles: above zero what was tightened and kept, below what was relaxed; the foot has the urgency's colour."""
    tone, colors = palette(dark), stance_colors(dark)
    most = int(stances[["n_tighten", "n_maintain", "n_relax"]].to_numpy().max()) if len(stances) else 1
    few_relax = 0 < int((stances["n_relax"] > 0).sum()) <= _FEW // 4
    for stance in STANCES:
        sign = -1 if stance == "relax" else 1
        rows = stances[stances[f"n_{stance}"] > 0]
        if rows.empty:
            continue
        days, heights = _days(rows["day"]), [sign * int(n) for n in rows[f"n_{stance}"]]
        fig.add_scatter(
            x=[at for day in days for at in (day, day, None)],
            y=[at for n in heights for at in (0, n, None)],
            mode="lines",
            line={"color": colors[stance], "width": 1.5},
            hoverinfo="skip",
            showlegend=False,
            name=f"needle:{stance}",
            row=2,
            col=1,
        )
        named = stance == "relax" and few_relax
        fig.add_scatter(
            x=days,
            y=heights,
            mode="markers+text" if named else "markers",
            name=words.name("stance", stance),
            text=[_short(row.relax, words) for row in rows.itertuples()] if named else None,
            textfont={"size": 11, "color": tone.ink},
            textposition=[
                "bottom left" if day - window[0] > (window[1] - window[0]) / 2 else "bottom right"
                for day in rows["day"]
            ]
            if named
            else None,
            marker={"symbol": STANCE_SYMBOLS[stance], "size": 11 if len(rows) <= _FEW else 6, "color": colors[stance]},
            hoverinfo="text",
            customdata=list(rows["directive_id"]),
            hovertext=[_stance_hover(row, stance, words) for row in rows.itertuples()],
            row=2,
            col=1,
        )
    urgency = urgency_colors(dark)
    for level, rows in stances.groupby("urgency"):
        fig.add_scatter(
            x=_days(rows["day"]),
            y=[0] * len(rows),
            mode="markers",
            name=escape(words.name("urgency", level)),
            hoverinfo="skip",
            showlegend=False,
            marker={
                "symbol": "square",
                "size": 7 if len(stances) <= _FEW else 4,
                "color": urgency.get(level, tone.muted),
            },
            row=2,
            col=1,
        )
    fig.update_yaxes(
        zeroline=True,
        zerolinecolor=tone.muted,
        range=[-max(most * (0.8 if few_relax else 0.4), 2), most * 1.12],
        row=2,
        col=1,
    )


def _short(codes: Sequence[str], words: Any) -> str:
    names = [escape(words.name("measure", code)) for code in codes]
    return "<br>".join([*names[:3], "…"] if len(names) > 4 else names)


def _stance_hover(row: Any, stance: str, words: Any) -> str:
    counts = words("timeline.hover_counts", up=row.n_tighten, same=row.n_maintain, down=row.n_relax)
    if row.directive_id.startswith("week:"):
        return f"<b>{escape(words('timeline.week', n=int(row.n_directives), day=row.day))}</b><br>{escape(counts)}"
    day = words.day(row.day) if row.dated else words("timeline.estimated", day=row.day)
    named = ", ".join(words.name("measure", code) for code in getattr(row, stance))
    head = f"<b>{escape(row.number or words.name('doc_type', row.doc_type))}</b> · {escape(row.issuer or row.province)}"
    said = wrap(f"{words.name('stance', stance)}: {named}")
    return "<br>".join([head, f"{escape(day)} · {escape(words.name('urgency', row.urgency))}", said, escape(counts)])
