"""The overview: what is held when and by whom, which measures it orders, what carries no date, what is missing."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from charts.theme import (
    STANCE_PATTERNS,
    apply_theme,
    branch_colors,
    empty_figure,
    escape,
    month_ticks,
    palette,
    stance_colors,
    wrap,
)

Tables = Mapping[str, pd.DataFrame]
GROUPS = ("containment", "health", "governance", "economic")
STANCES = ("tighten", "maintain", "relax")
_ROWS = 14  # provinces or undated directives a small chart holds; the twin has all
_DAYS = 400  # above this many marks directives are drawn by month


def counts(tables: Tables, ghosts: pd.DataFrame) -> dict[str, int]:
    """Whole numbers of the corpus; ``ghosts`` are the documents cited but not held, a row each."""
    held = tables["directives"]
    return {
        "directives": len(held),
        "provinces": held.loc[held["province"] != "", "province"].nunique(),
        "undated": int(held["issue_date"].isna().sum()),
        "dated": int(held["issue_date"].notna().sum()),
        "ghosts": len(ghosts),
        "measures": len(tables["measures"]),
        "codes": tables["measures"]["code"].nunique(),
        "no_number": int((held["number"] == "").sum()),
        "no_signature": int(((held["signatory_name"] == "") & (held["signing_authority"] == "")).sum()),
        "inferred_province": int((held["province_basis"] == "inferred").sum()),
        "no_province": int((held["province"] == "").sum()),
        "silent": int((~held["directive_id"].isin(tables["measures"]["directive_id"])).sum()),
    }


def issued_frame(tables: Tables) -> pd.DataFrame:
    """Dated directives. Grain: province, branch and day (month where there are more than 400 days).

    Columns ``province``, ``issuer_branch``, ``day``, ``n``, ``directive_id`` (the first), ``number`` (all, joined).
    """
    held = tables["directives"]
    held = held[held["issue_date"].notna()].sort_values(["issue_date", "directive_id"])
    by_month = len(held[["province", "issuer_branch", "issue_date"]].drop_duplicates()) > _DAYS
    days = held["issue_date"].dt.to_period("M").dt.to_timestamp() if by_month else held["issue_date"]
    grouped = held.assign(day=days, number=held["number"].where(held["number"] != "", held["issuer"])).groupby(
        ["province", "issuer_branch", "day"], sort=True
    )
    frame = grouped.agg(
        n=("directive_id", "size"),
        directive_id=("directive_id", "first"),
        number=("number", lambda s: ", ".join(s[:6])),
    )
    return frame.reset_index()


def issued_figure(
    frame: pd.DataFrame,
    *,
    title: str,
    source: str,
    empty: str,
    branch_names: Mapping[str, str],
    unnamed: str,
    dark: bool = False,
    lang: str = "vi",
    present: bool = False,
) -> go.Figure:
    """A mark a day: province by date, colour and side of the row by branch, size by number of directives."""
    if frame.empty:
        return empty_figure(empty, title=title, dark=dark)
    order = list(frame.groupby("province")["n"].sum().sort_values(ascending=False, kind="stable").index[:_ROWS])
    place = {name: row for row, name in enumerate(order)}
    fig, colors = go.Figure(), branch_colors(dark)
    for branch, rows in frame[frame["province"].isin(order)].groupby("issuer_branch", sort=True):
        shift = {"party": -0.16, "government": 0.16}.get(branch, 0.0)
        fig.add_scatter(
            x=rows["day"],
            y=[place[name] + shift for name in rows["province"]],
            mode="markers",
            name=branch_names.get(branch, branch),
            customdata=[[item] for item in rows["directive_id"]],
            text=[wrap(text) for text in rows["number"]],
            hovertemplate="%{text}<extra></extra>",
            marker={
                "color": colors.get(branch, colors["other"]),
                "symbol": "diamond" if branch == "party" else "circle",
                "size": [min(13 + 2 * (n - 1), 26) for n in rows["n"]],
            },
        )
    first, last = frame["day"].min(), frame["day"].max()
    pad = max((last - first) * 0.08, pd.Timedelta(days=6))
    fig.update_xaxes(range=[first - pad, last + pad], **month_ticks(first - pad, last + pad, lang, 5))
    fig.update_yaxes(
        tickvals=list(range(len(order))),
        ticktext=[escape(name or unnamed) for name in order],
        range=[len(order) - 0.4, -0.6],
        showgrid=False,
    )
    height = 120 + 46 * len(order)
    return apply_theme(fig, title=title, source=source, dark=dark, lang=lang, height=max(height, 300), present=present)


def groups_frame(tables: Tables, groups: Mapping[str, str]) -> pd.DataFrame:
    """Coded passages. Grain: measure group and stance. Columns ``group``, ``stance``, ``n``, ``n_directives``.

    ``groups`` maps each measure code to its group.
    """
    rows = tables["measures"].assign(group=tables["measures"]["code"].map(groups).fillna(""))
    counted = rows.groupby(["group", "stance"])["directive_id"].agg(n="size", n_directives="nunique")
    whole = pd.MultiIndex.from_product([GROUPS, STANCES], names=["group", "stance"])
    return counted.reindex(whole, fill_value=0).reset_index()


def groups_figure(
    frame: pd.DataFrame,
    *,
    title: str,
    source: str,
    empty: str,
    group_names: Mapping[str, str],
    stance_names: Mapping[str, str],
    dark: bool = False,
    lang: str = "vi",
    present: bool = False,
) -> go.Figure:
    """Stacked bars: passages by group, stance by colour and pattern; each segment carries ``group:stance``."""
    if not frame["n"].sum():
        return empty_figure(empty, title=title, dark=dark)
    fig, tone = go.Figure(), palette(dark)
    for stance in STANCES:
        rows = frame[frame["stance"] == stance]
        fig.add_bar(
            y=[wrap(group_names[group], 16) for group in rows["group"]],
            x=rows["n"],
            orientation="h",
            name=stance_names[stance],
            text=[str(n) if n else "" for n in rows["n"]],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            textfont={"color": tone.ground},
            customdata=[[f"{group}:{stance}"] for group in rows["group"]],
            hovertemplate="%{y} · " + escape(stance_names[stance]) + ": %{x}<extra></extra>",
            marker={
                "color": stance_colors(dark)[stance],
                "line": {"width": 1, "color": tone.ground},
                "pattern": {"shape": STANCE_PATTERNS[stance], "size": 5, "solidity": 0.25},
            },
        )
    fig.update_layout(barmode="stack", bargap=0.38, legend_traceorder="normal")
    fig.update_yaxes(autorange="reversed")
    fig.update_xaxes(rangemode="tozero", nticks=5)
    return apply_theme(fig, title=title, source=source, dark=dark, lang=lang, height=300, present=present)


def undated_frame(tables: Tables) -> pd.DataFrame:
    """Directives without an issue date. Grain: a directive, by province and id.

    Columns ``directive_id``, ``province``, ``issuer``, ``doc_type``, ``date_earliest``, ``date_latest``,
    ``date_estimate``, ``date_basis``.
    """
    held = tables["directives"]
    columns = [
        "directive_id", "province", "issuer", "doc_type", "date_earliest", "date_latest", "date_estimate", "date_basis",
    ]  # fmt: skip
    return held.loc[held["issue_date"].isna(), columns].sort_values(["province", "directive_id"], ignore_index=True)


def undated_figure(
    frame: pd.DataFrame,
    *,
    title: str,
    source: str,
    empty: str,
    unnamed: str,
    bounds: Mapping[str, str],
    estimate: str,
    dark: bool = False,
    lang: str = "vi",
    present: bool = False,
) -> go.Figure:
    """A bar from bound to bound; an open end fades out as a dashed line with an arrow; the estimate is a hollow mark.

    ``bounds`` maps a directive to its bounds in words, for the hover text.
    """
    known = frame[["date_earliest", "date_latest", "date_estimate"]].stack()
    if known.empty:
        return empty_figure(empty, title=title, dark=dark)
    shown, tone, fig = frame.head(_ROWS), palette(dark), go.Figure()
    first, last = known.min(), known.max()
    pad = max((last - first) * 0.22, pd.Timedelta(days=30))
    for row, item in enumerate(shown.itertuples()):
        closed = [item.date_earliest, item.date_latest]
        start, end = (bound if bound == bound else None for bound in closed)
        left, right = start or first - pad, end or last + pad
        open_end = start is None or end is None
        fig.add_scatter(
            x=[left, right],
            y=[row, row],
            mode="lines",
            line={"color": tone.hues[0], "width": 3 if open_end else 7, "dash": "dot" if open_end else "solid"},
            hoverinfo="skip",
        )
        marks = [(start, "line-ns-open", left), (end, "line-ns-open", right)]
        fig.add_scatter(
            x=[at for _, _, at in marks],
            y=[row, row],
            mode="markers",
            marker={
                "symbol": [
                    "line-ns-open" if start is not None else "triangle-left",
                    "line-ns-open" if end is not None else "triangle-right",
                ],
                "size": [16 if start is not None else 11, 16 if end is not None else 11],
                "color": tone.hues[0],
                "line": {"width": 2.5, "color": tone.hues[0]},
            },
            hoverinfo="skip",
        )
    marked = shown[shown["date_estimate"].notna()]
    fig.add_scatter(
        x=marked["date_estimate"],
        y=marked.index,
        mode="markers",
        name=estimate,
        customdata=[[item] for item in marked["directive_id"]],
        text=[wrap(bounds.get(item, "")) for item in marked["directive_id"]],
        hovertemplate="%{text}<extra></extra>",
        marker={"symbol": "circle", "size": 15, "color": tone.ground, "line": {"width": 3, "color": tone.hues[1]}},
    )
    fig.update_xaxes(range=[first - pad * 1.15, last + pad * 1.15], **month_ticks(first - pad, last + pad, lang, 5))
    fig.update_yaxes(
        tickvals=list(range(len(shown))),
        ticktext=[escape(name or unnamed) for name in shown["province"]],
        range=[len(shown) - 0.4, -0.6],
        showgrid=False,
    )
    fig.update_layout(showlegend=False)
    height = 120 + 46 * len(shown)
    return apply_theme(fig, title=title, source=source, dark=dark, lang=lang, height=max(height, 300), present=present)
