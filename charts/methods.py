"""The one figure of the methods page: accuracy by field as measured against gold."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from charts.theme import apply_theme, empty_figure, escape, palette


def accuracy_frame(report: Mapping[str, Mapping[str, Mapping[str, float]]]) -> pd.DataFrame:
    """Scores of an evaluation report. Grain: a field, worst first: ``field precision recall f1 n``."""
    rows = [{"field": name, **score} for name, score in report.get("fields", {}).items()]
    frame = pd.DataFrame(rows, columns=["field", "precision", "recall", "f1", "n"])
    return frame.sort_values(["f1", "field"], ignore_index=True)


def accuracy_figure(
    frame: pd.DataFrame,
    *,
    title: str,
    source: str,
    empty: str,
    precision: str,
    recall: str,
    names: Mapping[str, str],
    dark: bool = False,
    lang: str = "vi",
    present: bool = False,
) -> go.Figure:
    """Dumbbell: precision and recall of each field, from 0 to 1, the gap between them drawn."""
    if frame.empty:
        return empty_figure(empty, title=title, dark=dark)
    tone, fig = palette(dark), go.Figure()
    labels = [escape(names.get(name, name)) for name in frame["field"]]
    ends = zip(frame["precision"], frame["recall"], labels, strict=True)
    gaps = [(value, label) for low, high, label in ends for value in (low, high, None)]
    fig.add_scatter(
        x=[value for value, _ in gaps], y=[label for _, label in gaps], mode="lines", hoverinfo="skip",
        line={"color": tone.rule, "width": 4}, showlegend=False,
    )  # fmt: skip
    marks = (("precision", precision, "circle", tone.hues[0]), ("recall", recall, "diamond-open", tone.hues[1]))
    for column, name, symbol, color in marks:
        fig.add_scatter(
            x=frame[column], y=labels, mode="markers", name=name, customdata=[[item] for item in frame["field"]],
            marker={"symbol": symbol, "color": color, "size": 12, "line": {"width": 2, "color": color}},
            hovertemplate="%{y} · " + escape(name) + ": %{x:.2f}<extra></extra>",
        )  # fmt: skip
    fig.update_xaxes(range=[0, 1.04], tickformat=".1f")
    fig.update_yaxes(autorange="reversed")
    height = 90 + 30 * len(frame)
    return apply_theme(fig, title=title, source=source, dark=dark, lang=lang, height=height, present=present)
