"""Escalation under the lanes: the directive-derived score by province, what each directive tightened, and national context."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from charts.theme import DASHES, apply_theme, empty_figure, escape, month_ticks, palette, stance_colors, wrap

STANCES = ("tighten", "maintain", "relax")


def score_steps_frame(scores: pd.DataFrame, measures: pd.DataFrame, until: pd.Timestamp | None) -> pd.DataFrame:
    """Points of the step lines: one row a province and stated day, with what moved it.

    Parameters
    ----------
    scores
        ``loaders.profile.score_frame``.
    measures
        Rows of ``measures``, for the words of those that moved a step.
    until
        End of the axis: the last level is carried to it.

    Returns
    -------
    DataFrame
        ``province_code``, ``day``, ``score`` (0–100), ``n_observed``, ``indicators``, ``codes`` (tuple), ``directive_id``, ``until``
        (the day its level ends to hold).
    """
    by_id = measures.drop_duplicates("measure_id").set_index("measure_id")
    rows = scores.copy()
    rows["codes"] = [
        tuple(dict.fromkeys(by_id.at[item, "code"] for item in ids if item in by_id.index)) for ids in rows["measure_ids"]
    ]
    rows["directive_id"] = [
        next((by_id.at[item, "directive_id"] for item in ids if item in by_id.index), "") for ids in rows["measure_ids"]
    ]
    rows = rows[rows["directive_id"] != ""].sort_values(["province_code", "day"], ignore_index=True)
    ends = rows.groupby("province_code")["day"].shift(-1)
    rows["until"] = ends.fillna(until) if until is not None else ends
    columns = ["province_code", "day", "score", "n_observed", "indicators", "codes", "directive_id", "until"]
    return rows[columns]


def stance_frame(marks: pd.DataFrame) -> pd.DataFrame:
    """Measures tightened, maintained and relaxed by each directive held: the marks with those counts above zero."""
    held = marks[(marks["mark"] == "held") & (marks["n_measures"] > 0)]
    columns = ["directive_id", "province", "province_code", "number", "doc_type", "urgency", "day", "dated"]
    return held[[*columns, "n_tighten", "n_maintain", "n_relax"]].sort_values(["day", "directive_id"], ignore_index=True)


def profile_figure(
    steps: pd.DataFrame,
    stances: pd.DataFrame,
    context: pd.DataFrame,
    *,
    title: str,
    source: str,
    province_names: Mapping[str, str],
    words: Callable[..., str],
    window: tuple[pd.Timestamp, pd.Timestamp],
    on: pd.Timestamp | None = None,
    dark: bool = False,
    lang: str = "vi",
    present: bool = False,
) -> go.Figure:
    """Score steps above, stance counts below, national lines (``day``, ``stringency``, ``cases``) last where given.

    Stated days carry a marker, the days a level is merely carried are the thin line between them.
    """
    if steps.empty and stances.empty:
        return empty_figure(words("timeline.profile_nothing"), title=title, dark=dark)
    panels = ["score", "stances"] + (["national"] if len(context) else [])
    fig = make_subplots(
        rows=len(panels), cols=1, shared_xaxes=True, vertical_spacing=0.12 if len(panels) == 2 else 0.09,
        specs=[[{}], [{}], [{"secondary_y": True}]][: len(panels)],
        subplot_titles=[escape(words(f"timeline.panel_{name}")) for name in panels],
    )  # fmt: skip
    _add_scores(fig, steps, province_names, words, dark)
    _add_stances(fig, stances, words, dark)
    if len(context):
        _add_context(fig, context, words, dark)
    if on is not None:
        fig.add_vline(x=on, line={"color": palette(dark).accent, "width": 2})
    fig.update_xaxes(range=list(window), fixedrange=True, **month_ticks(*window, lang))
    fig.update_xaxes(showticklabels=True)
    fig.update_yaxes(fixedrange=True)
    fig.update_layout(barmode="relative", bargap=0, legend={"y": -0.08, "yanchor": "top"}, clickmode="event+select")
    fig = apply_theme(
        fig, title=title, source=source, dark=dark, lang=lang, height=210 * len(panels) + 90, present=present
    )
    tone = palette(dark)
    fig.update_annotations(font={"size": 13, "color": tone.ink}, x=0, xanchor="left")
    fig.update_layout(margin={"t": 34})
    return fig


def _add_scores(
    fig: go.Figure, steps: pd.DataFrame, names: Mapping[str, str], words: Callable[..., str], dark: bool
) -> None:
    tone = palette(dark)
    codes = [code for code in names if code in set(steps["province_code"])]
    for number, code in enumerate(codes):
        rows = steps[steps["province_code"] == code]
        color, dash = tone.hues[number % len(tone.hues)], DASHES[number // len(tone.hues) % len(DASHES)]
        ends = [*rows["day"], rows["until"].iloc[-1]] if pd.notna(rows["until"].iloc[-1]) else list(rows["day"])
        levels = [*rows["score"], rows["score"].iloc[-1]][: len(ends)]
        fig.add_scatter(
            x=ends, y=levels, mode="lines", line={"color": color, "width": 1.6, "shape": "hv", "dash": dash}, hoverinfo="skip",
            name=escape(names[code]), legendgroup=code, showlegend=False, row=1, col=1,
        )  # fmt: skip
        fig.add_scatter(
            x=rows["day"], y=rows["score"], mode="markers+text", name=escape(names[code]), legendgroup=code,
            text=[words("timeline.of_nine", n=int(n)) for n in rows["n_observed"]],
            textposition="top right", textfont={"size": 11, "color": color},
            marker={"size": 11, "color": color, "symbol": "circle"}, customdata=[[item] for item in rows["directive_id"]],
            hoverinfo="text", hovertext=[_step_hover(row, names[code], words) for row in rows.itertuples()], row=1, col=1,
        )  # fmt: skip
    fig.update_yaxes(range=[0, 108], tickvals=[0, 25, 50, 75, 100], title_text=words("timeline.axis_score"), showgrid=True,
                     gridcolor=tone.rule, row=1, col=1)  # fmt: skip


def _step_hover(row: object, name: str, words: Callable[..., str]) -> str:
    codes = ", ".join(words(f"measure.{code}") for code in row.codes)  # type: ignore[attr-defined]
    said = words("timeline.score_hover", score=round(row.score), n=int(row.n_observed))  # type: ignore[attr-defined]
    return (
        f"<b>{escape(name)}</b> · {escape(words.day(row.day))}<br>{escape(said)}<br>{escape(row.indicators)}<br>"  # type: ignore[attr-defined]
        f"{wrap(words('timeline.moved_by', names=codes))}"
    )


def _add_stances(fig: go.Figure, stances: pd.DataFrame, words: Callable[..., str], dark: bool) -> None:
    """Needles: above zero what was tightened and kept, below what was relaxed; one a directive and stance."""
    colors = stance_colors(dark)
    symbols = {"tighten": "triangle-up", "maintain": "circle", "relax": "triangle-down"}
    for stance in STANCES:
        rows = stances[stances[f"n_{stance}"] > 0]
        sign = -1 if stance == "relax" else 1
        if rows.empty:
            continue
        xs: list = []
        ys: list = []
        for day, n in zip(rows["day"], rows[f"n_{stance}"], strict=True):
            xs += [day, day, None]
            ys += [0, sign * n, None]
        fig.add_scatter(x=xs, y=ys, mode="lines", line={"color": colors[stance], "width": 1.5}, hoverinfo="skip",
                        showlegend=False, row=2, col=1)  # fmt: skip
        fig.add_scatter(
            x=rows["day"], y=sign * rows[f"n_{stance}"], mode="markers", name=words(f"stance.{stance}"),
            marker={"symbol": symbols[stance], "size": 12, "color": colors[stance]}, hoverinfo="text",
            customdata=[[item] for item in rows["directive_id"]],
            hovertext=[
                f"<b>{escape(row.number or words(f'doc_type.{row.doc_type}'))}</b> · {escape(row.province)}<br>"
                + escape(words("timeline.hover_counts", up=row.n_tighten, same=row.n_maintain, down=row.n_relax))
                for row in rows.itertuples()
            ],
            row=2, col=1,
        )  # fmt: skip
    tone = palette(dark)
    fig.update_yaxes(title_text=words("timeline.axis_measures"), zeroline=True, zerolinecolor=tone.muted, showgrid=True,
                     gridcolor=tone.rule, row=2, col=1)  # fmt: skip


def _add_context(fig: go.Figure, context: pd.DataFrame, words: Callable[..., str], dark: bool) -> None:
    tone = palette(dark)
    lines = (("stringency", tone.ink, "solid", False), ("cases", tone.hues[3], "dot", True))
    for column, color, dash, secondary in lines:
        rows = context[context[column].notna()]
        fig.add_scatter(
            x=rows["day"], y=rows[column], mode="lines", name=words(f"timeline.national_{column}"),
            line={"color": color, "width": 1.6, "dash": dash}, row=3, col=1, secondary_y=secondary,
            hovertemplate="%{x|%d/%m/%Y}: %{y}<extra></extra>",
        )  # fmt: skip
    fig.update_yaxes(range=[0, 105], title_text=words("timeline.axis_stringency"), row=3, col=1, secondary_y=False)
    fig.update_yaxes(title_text=words("timeline.axis_cases"), rangemode="tozero", showgrid=False, row=3, col=1, secondary_y=True)
