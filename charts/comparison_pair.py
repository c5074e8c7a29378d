"""Two directives side by side: which pair to show first, and a map of which passage answers to which."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from charts.theme import apply_theme, empty_figure, escape, palette, wrap

STATUSES = ("aligned", "added", "dropped")


def default_pair(directives: pd.DataFrame, citations: pd.DataFrame) -> tuple[str, str]:
    """Earlier and later directive to compare at first.

    The latest directive that cites a held one of its own issuer, with the latest it cites; else the latest two of one
    issuer; else the latest two. ``("", "")`` where fewer than two are held.
    """
    day = directives["issue_date"].fillna(directives["date_estimate"])
    ranked = directives.assign(day=day).sort_values(["day", "directive_id"], na_position="first")
    place = {item: number for number, item in enumerate(ranked["directive_id"])}
    issuer = dict(zip(ranked["directive_id"], ranked["issuer"], strict=True))
    cited = [
        (place[row.directive_id], place[row.cited_directive_id])
        for row in citations.itertuples()
        if row.directive_id in place and row.cited_directive_id in place and row.directive_id != row.cited_directive_id
        and issuer[row.directive_id] and issuer[row.directive_id] == issuer[row.cited_directive_id]
    ]  # fmt: skip
    ids = list(ranked["directive_id"])
    if cited:
        later, earlier = max(cited)
        return ids[earlier], ids[later]
    for item in reversed(ids):
        same = [other for other in ids[: place[item]] if issuer[other] and issuer[other] == issuer[item]]
        if same:
            return same[-1], item
    return (ids[-2], ids[-1]) if len(ids) > 1 else ("", "")


def map_figure(
    frame: pd.DataFrame,
    *,
    title: str,
    source: str,
    left_name: str,
    right_name: str,
    words: Any,
    dark: bool = False,
    lang: str = "vi",
    present: bool = False,
) -> go.Figure:
    """Passages of both in reading order, joined where they say the same; a thicker line is more alike.

    Marks: ● joined, ＋ (a cross) new, × no longer there; ``customdata`` is the passage's id.
    """
    if frame.empty:
        return empty_figure(words("comparison.pair_nothing"), title=title, dark=dark)
    tone = palette(dark)
    sides = {side: _side(frame, side) for side in ("left", "right")}
    fig = go.Figure()
    for row in frame[frame["status"] == "aligned"].itertuples():
        fig.add_scatter(
            x=[0, 1], y=[sides["left"][row.left_id], sides["right"][row.right_id]], mode="lines", hoverinfo="skip",
            line={"width": 1 + 6 * max(row.score - 0.3, 0), "color": tone.muted}, showlegend=False,
        )  # fmt: skip
    for status, symbol, color in (
        ("aligned", "circle", tone.ink), ("added", "cross", tone.hues[0]), ("dropped", "x", tone.hues[1]),
    ):  # fmt: skip
        _add_marks(fig, frame[frame["status"] == status], status, symbol, color, sides, words)
    n = max(len(places) for places in sides.values())
    fig.update_xaxes(
        tickvals=[0, 1], ticktext=[f"<b>{escape(name)}</b>" for name in (left_name, right_name)], side="top",
        range=[-0.35, 1.35], fixedrange=True, showgrid=False, tickfont_color=tone.ink,
    )  # fmt: skip
    fig.update_yaxes(visible=False, range=[n - 0.4, -0.6], fixedrange=True)
    fig.update_layout(clickmode="event+select", legend={"y": 0, "yanchor": "top"})
    return apply_theme(fig, title=title, source=source, dark=dark, lang=lang, height=110 + 27 * n, present=present)


def _side(frame: pd.DataFrame, side: str) -> dict[str, int]:
    """Place of each passage of one side, in reading order."""
    own = frame[frame[f"{side}_id"] != ""].drop_duplicates(f"{side}_id").sort_values(f"{side}_start")
    return {item: number for number, item in enumerate(own[f"{side}_id"])}


def _add_marks(
    fig: go.Figure, rows: pd.DataFrame, status: str, symbol: str, color: str, sides: dict[str, dict[str, int]],
    words: Any,
) -> None:  # fmt: skip
    shown = [
        (x, getattr(row, f"{side}_id"), getattr(row, f"{side}_path"), getattr(row, f"{side}_text"), sides[side])
        for row in rows.itertuples()
        for x, side in ((0, "left"), (1, "right"))
        if getattr(row, f"{side}_id")
    ]
    shown = list({item[1]: item for item in shown}.values())
    fig.add_scatter(
        x=[item[0] for item in shown], y=[item[4][item[1]] for item in shown], mode="markers+text",
        marker={"symbol": symbol, "size": 12, "color": color}, name=words(f"comparison.pair_{status}"),
        text=[escape(item[2]) for item in shown],
        textposition=["middle left" if item[0] == 0 else "middle right" for item in shown] or "middle right",
        customdata=[[item[1]] for item in shown], hoverinfo="text", cliponaxis=False,
        hovertext=[wrap(item[3], 60, 5) for item in shown],
    )  # fmt: skip
