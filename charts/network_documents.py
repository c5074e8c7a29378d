"""The picture of the cascade: documents by day in lanes, lines from the cited to the one that answers it.

Frames come from :mod:`charts.network_cascade`. Every document and the mark on every line carries its id.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from charts.network_cascade import tier
from charts.network_labels import legend_mark
from charts.network_layout import WIDTH
from charts.network_time import positions, ticks
from charts.theme import apply_theme, branch_colors, empty_figure, escape, palette, wrap

Spots = Mapping[str, tuple[float, float]]
_MOST_LAGS = 16  # above this the lags stand in the hover only


def _lanes(documents: pd.DataFrame) -> list[tuple[str, str, str]]:
    """Lanes from the centre down: tier, province code, province."""
    order = ("central", "party", "government", "other", "district")
    lanes = {(tier(row.level, row.branch), row.province_code, row.province) for row in documents.itertuples()}
    central = {("central", "", "")} if any(item[0] == "central" for item in lanes) else set()
    rest = {item for item in lanes if item[0] != "central"}
    return [*sorted(central), *sorted(rest, key=lambda item: (item[2], item[1], order.index(item[0])))]


def cascade_figure(
    documents: pd.DataFrame,
    citations: pd.DataFrame,
    *,
    title: str,
    source: str,
    words: Any,
    chosen: str = "",
    dark: bool = False,
    lang: str = "vi",
    present: bool = False,
) -> go.Figure:
    """Documents by day in lanes, a line from each cited document to the one that answers it, with the days between."""
    if documents.empty:
        return empty_figure(words("network.cascade_none"), title=title, dark=dark)
    lanes = _lanes(documents)
    spots, tops, height = _places(documents, lanes)
    fig = go.Figure()
    inside = citations[citations["directive_id"].isin(spots) & citations["cited"].isin(spots)]
    _draw_citations(fig, inside, spots, documents, words, chosen, dark, present)
    _draw_documents(fig, documents, inside, spots, words, chosen, dark, present)
    places, named = ticks([(spots[row.document][0], row.day) for row in documents.itertuples()], lang, most=16)
    right = max(x for x, _ in spots.values())
    fig.update_xaxes(
        tickvals=places,
        ticktext=named,
        range=[-1.0, right + 1.0],
        showgrid=True,
        fixedrange=True,
        title_text=words("network.axis_compressed"),
    )
    fig.update_yaxes(
        tickvals=list(tops.values()),
        ticktext=[_lane_name(lane, words) for lane in lanes],
        range=[height, -0.6],
        fixedrange=True,
        tickfont={"size": 15 if present else 12, "color": palette(dark).ink},
        zeroline=False,
    )
    fig = apply_theme(fig, title=title, source=source, dark=dark, lang=lang, present=present)
    fig.update_layout(height=round(130 + height * (64 if present else 54)), margin={"t": 30})
    return fig


def _lane_name(lane: tuple[str, str, str], words: Any) -> str:
    name, _, province = lane
    if name == "central":
        return f"<b>{escape(words('network.tier_central'))}</b>"
    return f"<b>{escape(words(f'network.tier_{name}'))}</b><br>{escape(province or words('directive.no_province'))}"


def _places(
    documents: pd.DataFrame, lanes: list[tuple[str, str, str]]
) -> tuple[dict[str, tuple[float, float]], dict[str, float], float]:
    """Place of each document, centre of each lane, depth of the picture; documents of one lane and day are stacked."""
    across = positions([(row.day, row.document) for row in documents.itertuples()], together=True)
    pixels = (WIDTH - 160) / (max(across.values()) + 2)
    spots: dict[str, tuple[float, float]] = {}
    tops: dict[str, float] = {}
    at = 0.0
    for lane in lanes:
        own = [
            row
            for row in documents.itertuples()
            if tier(row.level, row.branch) == lane[0] and (lane[0] == "central" or row.province_code == lane[1])
        ]
        ends: list[float] = []  # where the last name of each row ends
        for row in sorted(own, key=lambda item: (across[item.document], item.document)):
            half = (min(max(len(row.number), 9), 16) * 6.6 / 2 + 5) / pixels
            level = next((n for n, end in enumerate(ends) if end <= across[row.document] - half), len(ends))
            ends[level : level + 1] = [across[row.document] + half]
            spots[row.document] = (across[row.document], at + level * 0.8)
        tops["|".join(lane)] = at + (len(ends) - 1) * 0.4
        at += len(ends) * 0.8 + 0.55
    return spots, tops, at


def _draw_citations(
    fig: go.Figure,
    citations: pd.DataFrame,
    spots: Mapping[str, tuple[float, float]],
    documents: pd.DataFrame,
    words: Any,
    chosen: str,
    dark: bool,
    present: bool,
) -> None:
    tone = palette(dark)
    names = {row.document: row.number or words(f"doc_type.{row.doc_type or 'empty'}") for row in documents.itertuples()}
    wrong, standing = citations["impossible"].astype(bool), citations["standing"].astype(bool)
    silent = len(citations) > _MOST_LAGS
    looks = (
        ("cites", citations[~wrong & ~standing], tone.muted, "solid", "circle"),
        ("standing", citations[~wrong & standing], tone.muted, "dot", "circle-open"),
        ("impossible", citations[wrong], tone.accent, "dash", "x"),
    )
    for name, own, color, dash, symbol in looks:
        if own.empty:
            continue
        lit = [not chosen or chosen in (row.link, row.directive_id, row.cited) for row in own.itertuples()]
        for shown in (False, True):
            xs: list[float | None] = []
            ys: list[float | None] = []
            for row, on in zip(own.itertuples(), lit, strict=True):
                if on == shown:
                    points = [_along(spots[row.cited], spots[row.directive_id], step / 12) for step in range(13)]
                    xs += [*(x for x, _ in points), None]
                    ys += [*(y for _, y in points), None]
            fig.add_scatter(
                x=xs,
                y=ys,
                mode="lines",
                hoverinfo="skip",
                showlegend=False,
                opacity=0.8 if shown else 0.15,
                line={"color": color, "width": 1.8, "dash": dash},
            )
        sides = [_side(spots[row.cited], spots[row.directive_id]) for row in own.itertuples()]
        legend_mark(fig, words(f"network.{name}"), {"symbol": symbol, "size": 9, "color": color})
        middles = [
            _along(spots[row.cited], spots[row.directive_id], share)
            for (share, _), row in zip(sides, own.itertuples(), strict=True)
        ]
        fig.add_scatter(
            x=[x for x, _ in middles],
            y=[y for _, y in middles],
            mode="markers+text",
            showlegend=False,
            cliponaxis=False,
            customdata=[[link] for link in own["link"]],
            text=["" if silent or name == "standing" else escape(lag_words(row, words)) for row in own.itertuples()],
            textposition=[side for _, side in sides],
            textfont={
                "size": 14 if present else 11,
                "color": tone.ink,
                "shadow": f"0 0 3px {tone.ground}, 0 0 4px {tone.ground}",
            },
            hovertext=[
                f"<b>{escape(names[row.directive_id])}</b> {escape(words(f'relation.{row.relation}'))} "
                f"<b>{escape(names[row.cited])}</b><br>{escape(lag_words(row, words))}<br>“{wrap(row.quote, 60, 4)}”"
                for row in own.itertuples()
            ],
            hovertemplate="%{hovertext}<extra></extra>",
            marker={"symbol": symbol, "size": 9, "color": color, "opacity": [1.0 if on else 0.2 for on in lit]},
        )


def _side(start: tuple[float, float], end: tuple[float, float]) -> tuple[float, str]:
    """Where on a line its mark stands, and on which side of the mark its words, so that no line runs through them."""
    if start[1] == end[1]:
        return 0.3, "top center"
    return (0.6, "middle right") if start[0] == end[0] else (0.5, "bottom left")


def _along(start: tuple[float, float], end: tuple[float, float], share: float) -> tuple[float, float]:
    """Point of a line that keeps to the lane of the cited document, then comes down on the one that answers it."""
    forward = share * (2 - share)
    return round(start[0] + (end[0] - start[0]) * forward, 3), round(start[1] + (end[1] - start[1]) * share**2, 3)


def lag_words(row: Any, words: Any) -> str:
    """The lag in words: days where both are stated; that it is not known, or that the instrument is a standing one."""
    if row.standing:
        return words("network.lag_standing")
    return words("network.lag_unknown") if pd.isna(row.lag) else words("network.lag", n=int(row.lag))


def _draw_documents(
    fig: go.Figure,
    documents: pd.DataFrame,
    citations: pd.DataFrame,
    spots: Mapping[str, tuple[float, float]],
    words: Any,
    chosen: str,
    dark: bool,
    present: bool,
) -> None:
    """Held, held without a day, and only cited; the name stands on the side that the lines leave free."""
    tone, colors = palette(dark), branch_colors(dark)
    below = {
        row.directive_id for row in citations.itertuples() if spots[row.cited][1] < spots[row.directive_id][1]
    }  # lines come to these from above
    held, dated = documents["held"].astype(bool), documents["dated"].astype(bool)
    looks = (
        ("held", held & dated, "square"),
        ("undated", held & ~dated, "square-open"),
        ("ghost", ~held, "circle-open"),
    )
    for name, which, symbol in looks:
        own = documents[which]
        if own.empty:
            continue
        hues = [colors.get(row.branch, colors["other"]) for row in own.itertuples()]
        fig.add_scatter(
            x=[spots[item][0] for item in own["document"]],
            y=[spots[item][1] for item in own["document"]],
            mode="markers+text",
            name=words(f"network.document_{name}"),
            cliponaxis=False,
            customdata=[[item] for item in own["document"]],
            text=[wrap(row.number or words(f"doc_type.{row.doc_type or 'empty'}"), 16, 2) for row in own.itertuples()],
            textposition=["bottom center" if item in below else "top center" for item in own["document"]],
            textfont={
                "size": 14 if present else 11.5,
                "color": tone.ink,
                "shadow": f"0 0 3px {tone.ground}, 0 0 4px {tone.ground}",
            },
            hovertext=[_document_hover(row, words) for row in own.itertuples()],
            hovertemplate="%{hovertext}<extra></extra>",
            marker={
                "symbol": symbol,
                "size": [19 if item == chosen else 14 for item in own["document"]],
                "color": hues,
                "line": {"width": 1 if name == "held" else 2.4, "color": tone.ground if name == "held" else hues},
            },
        )


def _document_hover(row: Any, words: Any) -> str:
    kind = words(f"doc_type.{row.doc_type or 'empty'}")
    day = words.day(row.day) if row.dated else words("network.about", day=row.day)
    return f"<b>{escape(f'{kind} {row.number}'.strip())}</b><br>{wrap(row.issuer, 50, 2)}<br>{escape(day)}"
