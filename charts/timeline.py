"""Lanes of directives on a time axis: who acted when, how urgently, with what bounds, and what triggered what.

A lane is a province's Party or Government; central instruments and cited documents of the centre have a lane of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from charts.theme import TYPE_SYMBOLS, apply_theme, empty_figure, escape, month_ticks, palette, urgency_colors, wrap

CENTRE = "|central"
_BRANCH_ORDER = {"party": 0, "government": 1, "front": 2, "other": 3, "": 4}
_LANE_HEIGHT = 46
_STACK = 0.17  # of a lane: marks of one lane that would cover each other step down
_MANY = 400  # marks; above this links and subjects are left to the drawer, so that the figure stays small

MARK_COLUMNS = [
    "directive_id", "mark", "lane", "province", "province_code", "branch", "number", "doc_type", "urgency", "subject", "day",
    "earliest", "latest", "dated", "n_measures", "n_tighten", "n_maintain", "n_relax", "offset",
]  # fmt: skip


def marks_frame(tables: Mapping[str, pd.DataFrame], ghosts: pd.DataFrame) -> pd.DataFrame:
    """One row a mark: directives held, and cited documents that are not (``mark`` ``held`` or ``ghost``).

    Returns
    -------
    DataFrame
        Columns ``MARK_COLUMNS``; ``day`` is the issue date or the estimate, ``earliest`` and ``latest`` the bounds (NaT: open),
        ``dated`` False where ``day`` is an estimate, ``offset`` the step within the lane. A directive without any day is
        left out: it has no place on the axis (:func:`undated_frame` lists it).
    """
    directives = tables["directives"]
    stances = tables["measures"].groupby(["directive_id", "stance"]).size().unstack(fill_value=0)
    held = directives.assign(
        mark="held",
        branch=directives["issuer_branch"],
        day=directives["issue_date"].fillna(directives["date_estimate"]),
        earliest=directives["date_earliest"],
        latest=directives["date_latest"],
        dated=directives["issue_date"].notna(),
    )
    for stance in ("tighten", "maintain", "relax"):
        counts = stances[stance] if stance in stances else pd.Series(dtype="int64")
        held[f"n_{stance}"] = held["directive_id"].map(counts).fillna(0).astype(int)
    held["n_measures"] = held[["n_tighten", "n_maintain", "n_relax"]].sum(axis=1)
    unheld = ghosts.assign(
        mark="ghost", directive_id=ghosts["ghost_id"], urgency="none", subject=ghosts["issuer"], day=ghosts["date"],
        earliest=ghosts["date"], latest=ghosts["date"], dated=True, n_tighten=0, n_maintain=0, n_relax=0, n_measures=0,
    )  # fmt: skip
    frame = pd.concat([held, unheld], ignore_index=True) if len(unheld) else held
    frame["lane"] = [lane(row.province_code, row.branch) for row in frame.itertuples()]
    frame = frame[frame["day"].notna()].sort_values(["lane", "day", "mark", "directive_id"], ignore_index=True)
    frame["offset"] = _offsets(frame)
    return frame.reindex(columns=MARK_COLUMNS)


def lane(province_code: str, branch: str) -> str:
    """Id of a lane.

    >>> lane("VN-58", "party"), lane("", "government")
    ('VN-58|party', '|central')
    """
    return f"{province_code}|{branch}" if province_code else CENTRE


def _offsets(frame: pd.DataFrame) -> pd.Series:
    """Step of each mark within its lane: 0, 1, 2 … for marks less than 1 % of the span apart, at most three steps."""
    days = frame["day"].astype("int64")
    near = max((days.max() - days.min()) // 90, 1) if len(frame) else 1
    same = (frame["lane"] == frame["lane"].shift()) & ((days - days.shift()) < near)
    run = (~same).cumsum()
    return (same.groupby(run).cumsum() % 3).astype(int)


def links_frame(tables: Mapping[str, pd.DataFrame], links: pd.DataFrame, marks: pd.DataFrame) -> pd.DataFrame:
    """Citations between marks: one row a pair and relation, with ``lag`` in days (citing minus cited).

    Returns
    -------
    DataFrame
        ``directive_id`` (citing), ``cited``, ``relation``, ``quote``, ``day``, ``cited_day``, ``lag``, ``known`` (both days stated).
    """
    cited = tables["citations"]
    pairs = pd.concat(
        [
            cited[cited["cited_directive_id"] != ""].assign(cited=lambda rows: rows["cited_directive_id"]),
            links.assign(cited=links["ghost_id"]) if len(links) else links.assign(cited=[]),
        ],
        ignore_index=True,
    )
    pairs = pairs.drop_duplicates(["directive_id", "cited", "relation"])
    place = marks.set_index("directive_id")[["day", "dated"]]
    pairs = pairs.join(place, on="directive_id").join(place.add_prefix("cited_"), on="cited")
    pairs = pairs[pairs["day"].notna() & pairs["cited_day"].notna()]
    pairs["lag"] = (pairs["day"] - pairs["cited_day"]).dt.days
    pairs["known"] = (pairs["dated"] & pairs["cited_dated"]).astype(bool)
    columns = ["directive_id", "cited", "relation", "quote", "day", "cited_day", "lag", "known"]
    return pairs.sort_values(["day", "directive_id", "cited", "relation"], ignore_index=True)[columns]


def ticks_frame(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Deadlines, starts and ends of effect: ``directive_id``, ``day``, ``time``, ``kind``, ``quote``, ``lane``."""
    directives = tables["directives"].set_index("directive_id")
    dates = tables["dates"]
    rows = dates[dates["kind"].isin(["deadline", "effective_from", "effective_to"])].copy()
    rows["lane"] = [
        lane(directives.at[item, "province_code"], directives.at[item, "issuer_branch"]) for item in rows["directive_id"]
    ]
    rows = rows.rename(columns={"date": "day"}).sort_values(["day", "directive_id", "char_start"], ignore_index=True)
    return rows[["directive_id", "day", "time", "kind", "quote", "lane"]]


def undated_frame(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Directives without an issue date, with bounds, estimate and reason, as the table has them."""
    directives = tables["directives"]
    columns = ["directive_id", "province", "issuer", "subject", "date_earliest", "date_latest", "date_estimate", "date_note"]
    return directives.loc[directives["issue_date"].isna(), columns].reset_index(drop=True)


def lane_order(marks: pd.DataFrame, names: Mapping[str, str]) -> list[str]:
    """Lanes from top to bottom: the centre, then provinces in the order of ``names``, Party before Government."""
    rank = {code: number for number, code in enumerate(names)}
    found = sorted(set(marks["lane"]), key=lambda item: (item != CENTRE, rank.get(item.split("|")[0], 999), _rank(item)))
    return found


def _rank(item: str) -> int:
    return _BRANCH_ORDER.get(item.split("|")[1], 9)


def window_of(marks: pd.DataFrame, ticks: pd.DataFrame, start: object, end: object) -> tuple[pd.Timestamp, pd.Timestamp]:
    """The axis: the window chosen, else all marks, bounds and ticks with a margin."""
    days = pd.concat([marks["day"], marks["earliest"], marks["latest"], ticks["day"]]).dropna()
    low = pd.Timestamp(start) if start else days.min() - pd.Timedelta(days=10)
    high = pd.Timestamp(end) if end else days.max() + pd.Timedelta(days=10)
    return low, high + pd.Timedelta(days=1)


def lanes_figure(
    marks: pd.DataFrame,
    links: pd.DataFrame,
    ticks: pd.DataFrame,
    references: Sequence[tuple[pd.Timestamp, str]],
    *,
    title: str,
    source: str,
    lane_names: Mapping[str, str],
    words: Callable[..., str],
    start: object = None,
    end: object = None,
    on: pd.Timestamp | None = None,
    chosen: str = "",
    dark: bool = False,
    lang: str = "vi",
    present: bool = False,
) -> go.Figure:
    """Lanes with marks, undated ranges, links and ticks.

    Parameters
    ----------
    references
        National instruments: day in force and label; drawn as labelled lines behind the lanes.
    lane_names
        Lane ids from top to bottom with their labels.
    words
        ``words("urgency.khan")`` and ``words("timeline.hover_undated", …)``: the page's translator.
    on
        The as-of day, drawn as a line.
    chosen
        Directive whose links stand out.
    """
    if marks.empty:
        return empty_figure(words("timeline.nothing"), title=title, dark=dark)
    level = {item: -number for number, item in enumerate(lane_names)}
    y = marks["lane"].map(level) - marks["offset"] * _STACK
    window = window_of(marks, ticks, start, end)
    fig = go.Figure()
    _add_lanes(fig, level, window, dark)
    _add_references(fig, references, window, len(level), dark)
    places = dict(zip(marks["directive_id"], zip(marks["day"], y, strict=True), strict=True))
    if len(marks) <= _MANY or chosen:
        near = links if len(marks) <= _MANY else links[(links["directive_id"] == chosen) | (links["cited"] == chosen)]
        _add_links(fig, near, places, chosen, words, dark)
    _add_ranges(fig, marks, y, window, words, dark)
    _add_ticks(fig, ticks[ticks["lane"].isin(level)], level, words, dark)
    _add_marks(fig, marks, y, words, dark)
    _add_legend(fig, marks, words, dark)
    if on is not None:
        fig.add_vline(x=on, line={"color": palette(dark).accent, "width": 2})
    fig.update_yaxes(
        tickvals=list(level.values()), ticktext=[escape(lane_names[item]) for item in level],
        range=[-len(level) + 0.45, 0.62], showgrid=False, zeroline=False, fixedrange=True,
    )  # fmt: skip
    fig.update_xaxes(range=list(window), fixedrange=True, showgrid=True, **month_ticks(*window, lang))
    fig.update_layout(legend={"y": -0.06 - 0.6 / (len(level) + 1), "yanchor": "top", "itemsizing": "trace"}, clickmode="event+select")
    height = _LANE_HEIGHT * len(level) + 150
    return apply_theme(fig, title=title, source=source, dark=dark, lang=lang, height=height, present=present)


def _add_lanes(fig: go.Figure, level: Mapping[str, int], window: tuple[pd.Timestamp, pd.Timestamp], dark: bool) -> None:
    """A ground behind every second province, so that an eye can follow a lane."""
    provinces = list(dict.fromkeys(item.split("|")[0] for item in level))
    for item, at in level.items():
        if provinces.index(item.split("|")[0]) % 2 == 0:
            fig.add_shape(
                type="rect", xref="paper", x0=0, x1=1, y0=at - 0.5, y1=at + 0.5, layer="below", line_width=0,
                fillcolor=palette(dark).panel,
            )  # fmt: skip


def _add_references(
    fig: go.Figure, references: Sequence[tuple[pd.Timestamp, str]], window: tuple, n_lanes: int, dark: bool
) -> None:
    """Labelled lines; labels that would overlap are set on two heights."""
    tone = palette(dark)
    inside = sorted((day, label) for day, label in references if window[0] <= day <= window[1])
    last: dict[int, pd.Timestamp] = {}
    room = (window[1] - window[0]) / 7
    for day, label in inside:
        row = next((row for row in (0, 1, 2) if row not in last or day - last[row] > room), 2)
        last[row] = day
        fig.add_shape(
            type="line", x0=day, x1=day, yref="paper", y0=0, y1=1, layer="below",
            line={"color": tone.muted, "width": 1, "dash": "dot"},
        )  # fmt: skip
        fig.add_annotation(
            x=day, y=1, yref="paper", yanchor="bottom", xanchor="left", yshift=2 + 15 * row, showarrow=False,
            text=escape(label), font={"size": 11, "color": tone.muted},
        )  # fmt: skip
    fig.update_layout(margin_t=24 + 15 * (max(last, default=0) + 1))


def _add_links(
    fig: go.Figure, links: pd.DataFrame, places: Mapping, chosen: str, words: Callable[..., str], dark: bool
) -> None:
    tone = palette(dark)
    for near in (False, True):
        rows = [row for row in links.itertuples() if (chosen in (row.directive_id, row.cited) and bool(chosen)) == near]
        if not rows:
            continue
        xs: list = []
        ys: list = []
        for row in rows:
            (x0, y0), (x1, y1) = places[row.cited], places[row.directive_id]
            xs += [x0, x1, None]
            ys += [y0, y1, None]
        line = {"color": tone.accent if near else tone.muted, "width": 2 if near else 1}
        fig.add_scatter(x=xs, y=ys, mode="lines", line=line, hoverinfo="skip", showlegend=False, opacity=1 if near else 0.6)
    middle = [
        (*_middle(places[row.cited], places[row.directive_id]), row) for row in links.itertuples()
    ]
    if middle:
        fig.add_scatter(
            x=[x for x, _, _ in middle], y=[y for _, y, _ in middle], mode="text", textfont={"size": 10, "color": tone.muted},
            text=["" if not row.lag else words("timeline.lag_short", n=int(row.lag)) for _, _, row in middle],
            customdata=[[row.directive_id] for _, _, row in middle], showlegend=False, name="links",
            hovertext=[
                f"{escape(words(f'relation.{row.relation}'))} · {escape(words('timeline.lag', n=int(row.lag)))}<br>{wrap(row.quote)}"
                for _, _, row in middle
            ],
            hoverinfo="text",
        )  # fmt: skip


def _middle(a: tuple, b: tuple) -> tuple[pd.Timestamp, float]:
    return a[0] + (b[0] - a[0]) / 2, (a[1] + b[1]) / 2


def _add_ranges(
    fig: go.Figure, marks: pd.DataFrame, y: pd.Series, window: tuple, words: Callable[..., str], dark: bool
) -> None:
    """Undated directives as a bar between their bounds; an end that is open runs to the edge and ends in an arrow."""
    undated = marks[~marks["dated"] & (marks["mark"] == "held")]
    tone = palette(dark)
    for row in undated.itertuples():
        at = y[row.Index]
        low = window[0] if pd.isna(row.earliest) else max(row.earliest, window[0])
        high = window[1] if pd.isna(row.latest) else min(row.latest, window[1])
        fig.add_scatter(
            x=[low, high], y=[at, at], mode="lines+markers", showlegend=False, name="range", customdata=[[row.directive_id]] * 2,
            line={"color": tone.muted, "width": 5}, opacity=0.55,
            marker={
                "size": [12, 12], "color": tone.muted, "line": {"width": 0},
                "symbol": [
                    "triangle-left" if pd.isna(row.earliest) else "line-ns",
                    "triangle-right" if pd.isna(row.latest) else "line-ns",
                ],
            },
            hoverinfo="skip",
        )  # fmt: skip


def _add_ticks(
    fig: go.Figure, ticks: pd.DataFrame, level: Mapping[str, int], words: Callable[..., str], dark: bool
) -> None:
    tone = palette(dark)
    symbols = {"deadline": "line-ns-open", "effective_from": "arrow-right-open", "effective_to": "arrow-left-open"}
    for kind, symbol in symbols.items():
        rows = ticks[ticks["kind"] == kind]
        if rows.empty:
            continue
        fig.add_scatter(
            x=rows["day"], y=rows["lane"].map(level) + 0.33, mode="markers", name=words(f"date_kind.{kind}"),
            marker={"symbol": symbol, "size": 11, "color": tone.ink, "line": {"width": 2, "color": tone.ink}},
            customdata=[[item] for item in rows["directive_id"]], hoverinfo="text",
            hovertext=[
                f"<b>{escape(words(f'date_kind.{kind}'))}</b> {escape(words.day(row.day))} {row.time}<br>{wrap(row.quote)}"
                for row in rows.itertuples()
            ],
        )  # fmt: skip


def _sizes(marks: pd.DataFrame) -> list[float]:
    return [10.0 + 1.15 * min(int(n), 20) ** 0.85 for n in marks["n_measures"]]


def _add_marks(fig: go.Figure, marks: pd.DataFrame, y: pd.Series, words: Callable[..., str], dark: bool) -> None:
    tone, colors = palette(dark), urgency_colors(dark)
    many = len(marks) > _MANY
    for ghost in (True, False):
        rows = marks[(marks["mark"] == "ghost") == ghost]
        if rows.empty:
            continue
        hollow = [ghost or not dated for dated in rows["dated"]]
        symbols = [TYPE_SYMBOLS[kind or "other"] + ("-open" if empty else "") for kind, empty in zip(rows["doc_type"], hollow, strict=True)]
        fig.add_scatter(
            x=rows["day"], y=y[rows.index].round(2), mode="markers", name="ghosts" if ghost else "directives", showlegend=False,
            marker={
                "symbol": symbols, "size": [round(size, 1) for size in _sizes(rows)], "opacity": 1,
                "color": [tone.muted if ghost else colors[item] for item in rows["urgency"]],
                "line": {"width": 2 if ghost else 1.5, "color": [tone.muted if ghost else colors[item] if empty else tone.ground for item, empty in zip(rows["urgency"], hollow, strict=True)]},
            },
            customdata=[[item] for item in rows["directive_id"]], hoverinfo="text",
            hovertext=[_hover(row, words, many) for row in rows.itertuples()],
        )  # fmt: skip


def _hover(row: object, words: Callable[..., str], short: bool) -> str:
    name = escape(row.number or words(f"doc_type.{row.doc_type or 'other'}"))  # type: ignore[attr-defined]
    if short:
        return name
    where = escape(row.province)  # type: ignore[attr-defined]
    if row.mark == "ghost":  # type: ignore[attr-defined]
        day = words.day(row.day)  # type: ignore[attr-defined]
        return f"<b>{name}</b> · {day}<br>{escape(words('timeline.ghost'))}<br>{wrap(row.subject)}"  # type: ignore[attr-defined]
    span = words.day(row.day) if row.dated else words("date.undated", span=words.span(row.earliest, row.latest))  # type: ignore[attr-defined]
    counts = words("timeline.hover_counts", up=row.n_tighten, same=row.n_maintain, down=row.n_relax)  # type: ignore[attr-defined]
    urgency = escape(words(f"urgency.{row.urgency}"))  # type: ignore[attr-defined]
    return f"<b>{name}</b> · {where}<br>{escape(span)} · {urgency}<br>{wrap(row.subject)}<br>{escape(counts)}"  # type: ignore[attr-defined]


def _add_legend(fig: go.Figure, marks: pd.DataFrame, words: Callable[..., str], dark: bool) -> None:
    """Entries for urgency by colour and for type by shape: only those that occur."""
    tone, colors = palette(dark), urgency_colors(dark)
    held = marks[marks["mark"] == "held"]
    for urgency in (item for item in colors if item in set(held["urgency"])):
        fig.add_scatter(
            x=[None], y=[None], mode="markers", name=words(f"urgency.{urgency}"), hoverinfo="skip",
            marker={"color": colors[urgency], "size": 12, "symbol": "circle"},
        )  # fmt: skip
    for kind in (item for item in TYPE_SYMBOLS if item in set(marks["doc_type"])):
        fig.add_scatter(
            x=[None], y=[None], mode="markers", name=words(f"doc_type.{kind}"), hoverinfo="skip",
            marker={"color": tone.ink, "size": 11, "symbol": TYPE_SYMBOLS[kind]},
        )  # fmt: skip
    if (marks["mark"] == "ghost").any():
        fig.add_scatter(
            x=[None], y=[None], mode="markers", name=words("timeline.ghost"), hoverinfo="skip",
            marker={"color": tone.muted, "size": 11, "symbol": "square-open", "line": {"width": 2, "color": tone.muted}},
        )  # fmt: skip
