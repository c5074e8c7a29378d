"""Who carries what: bodies by measure, their roles as signs, a deadline as a frame."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from charts.theme import apply_theme, empty_figure, escape, palette

ROLES = ("lead", "responsible", "coordinate", "")
GRID_COLUMNS = [
    "mark_id", "actor_id", "actor", "actor_en", "actor_kind", "code", "roles", "role", "n_passages", "provinces",
    "deadline", "deadlines", "directive_id",
]  # fmt: skip
_SIGNS = {"lead": "square", "responsible": "diamond", "coordinate": "circle-open", "": "x-thin-open"}
_KINDS = (
    "party_committee", "people_committee", "department", "force", "mass_organisation", "media", "district_level",
    "enterprise", "other", "",
)  # fmt: skip
_SIZE = 24


def duty_key(actor_id: str, actor: str) -> str:
    """Bodies of the same office in several provinces are one row: the id without its province, else the name.

    >>> duty_key("kien-giang/so-y-te", "Sở Y tế"), duty_key("", "Tổ kiểm tra, xử lý"), duty_key("", "")
    ('so-y-te', 'Tổ-kiểm-tra-xử-lý', '-')
    """
    return actor_id.partition("/")[2] or actor_id or re.sub(r"\W+", "-", actor) or "-"


def duties_grid(duties: pd.DataFrame) -> pd.DataFrame:
    """One row a body and measure, of ``loaders.duties.duties``.

    Returns
    -------
    DataFrame
        Columns ``GRID_COLUMNS``: ``roles`` (tuple) and the strongest as ``role``, ``provinces`` (tuple of names), the
        first ``deadline`` and all of them; bodies by kind and name, those that nobody names last.
    """
    rows = duties.assign(key=_keys(duties))
    found = []
    for (key, code), own in rows.sort_values(["key", "code", "day", "char_start"]).groupby(["key", "code"]):
        roles = tuple(role for role in ROLES if role in set(own["role"]))
        days = tuple(sorted(set(own["deadline"].dropna())))
        first = own.iloc[0]
        found.append(
            (f"{key}:{code}", key, first["actor"], first["actor_en"], first["actor_kind"] if key != "-" else "", code,
             roles, roles[0], own["measure_id"].nunique(), tuple(sorted(set(own["province"]) - {""})),
             days[0] if days else pd.NaT, days, first["directive_id"])
        )  # fmt: skip
    frame = pd.DataFrame(found, columns=GRID_COLUMNS)
    frame["deadline"] = pd.to_datetime(frame["deadline"])
    frame["rank"] = frame["actor_kind"].map({kind: number for number, kind in enumerate(_KINDS)})
    return frame.sort_values(["rank", "actor", "actor_id", "code"], ignore_index=True)[GRID_COLUMNS]


def of_mark(duties: pd.DataFrame, mark_id: str) -> pd.DataFrame:
    """The rows behind one mark of the grid."""
    key, _, code = mark_id.rpartition(":")
    return duties[(_keys(duties) == key) & (duties["code"] == code)]


def _keys(duties: pd.DataFrame) -> pd.Series:
    keys = [duty_key(*pair) for pair in zip(duties["actor_id"], duties["actor"], strict=True)]
    return pd.Series(keys, index=duties.index, dtype="str")


def duties_figure(
    grid: pd.DataFrame,
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
    """Bodies down, measures across; ■ leads, ◆ is answerable, ○ co-ordinates, a frame sets a deadline."""
    if grid.empty:
        return empty_figure(words("comparison.duties_nothing"), title=title, dark=dark)
    tone = palette(dark)
    across = {code: n for n, code in enumerate(code for code in codes if code in set(grid["code"]))}
    bodies = list(dict.fromkeys(grid["actor_id"]))
    down = {key: n for n, key in enumerate(bodies)}
    labels = {row.actor_id: body_name(row, words) for row in grid.itertuples()}
    fig = go.Figure()
    due = grid[grid["deadline"].notna()]
    fig.add_scatter(
        x=due["code"].map(across), y=due["actor_id"].map(down), mode="markers", hoverinfo="skip",
        marker={"symbol": "square-open", "size": _SIZE + 2, "color": tone.hues[1], "line": {"width": 2.5}},
        name=words("comparison.duty_deadline"), cliponaxis=False,
    )  # fmt: skip
    for role in ROLES:
        rows = grid[grid["role"] == role]
        if rows.empty:
            continue
        color = tone.hues[0] if role in ("lead", "coordinate") else tone.ink
        fig.add_scatter(
            x=rows["code"].map(across), y=rows["actor_id"].map(down), mode="markers",
            marker={"symbol": _SIGNS[role], "size": 15, "color": color, "line": {"width": 2, "color": color}},
            name=words(f"role.{role}") if role else words("comparison.duty_nobody"),
            customdata=[[item] for item in rows["mark_id"]], hoverinfo="text", cliponaxis=False,
            hovertext=[_hover(row, labels, words) for row in rows.itertuples()], unselected={"marker": {"opacity": 1}},
        )  # fmt: skip
    _add_choice(fig, grid, chosen, across, down, tone.accent)
    common = {"fixedrange": True, "zeroline": False, "showgrid": True, "gridcolor": tone.rule}
    fig.update_xaxes(
        tickvals=list(across.values()), ticktext=[escape(words.name("measure", code)) for code in across], side="top",
        tickangle=-60, range=[-0.7, len(across) - 0.3], **common,
    )  # fmt: skip
    fig.update_yaxes(
        tickvals=list(down.values()), ticktext=[escape(_short(labels[key])) for key in bodies],
        range=[len(bodies) - 0.3, -0.7], **common,
    )  # fmt: skip
    fig.update_layout(
        clickmode="event+select", hoverdistance=14,
        legend={"x": 0, "xref": "container", "y": 0, "yref": "container", "yanchor": "bottom"},
    )  # fmt: skip
    height = 290 + 28 * len(bodies)
    return apply_theme(fig, title=title, source=source, dark=dark, lang=lang, height=height, present=present)


def _add_choice(
    fig: go.Figure, grid: pd.DataFrame, chosen: str, across: Mapping[str, int], down: Mapping[str, int], color: str
) -> None:
    rows = grid[grid["mark_id"] == chosen]
    if len(rows):
        fig.add_scatter(
            x=rows["code"].map(across), y=rows["actor_id"].map(down), mode="markers", hoverinfo="skip",
            showlegend=False, cliponaxis=False,
            marker={"symbol": "circle-open", "size": _SIZE + 8, "color": color, "line": {"width": 3}},
        )  # fmt: skip


def body_name(row: Any, words: Any) -> str:
    """A body's name in the language; in English its Vietnamese name follows where there is room."""
    if not row.actor:
        return words("comparison.duty_nobody")
    return row.actor_en if words.lang == "en" and row.actor_en else row.actor


def _short(name: str, most: int = 46) -> str:
    return name if len(name) <= most else name[: most - 1].rstrip() + "…"


def _hover(row: Any, labels: Mapping[str, str], words: Any) -> str:
    roles = ", ".join(words(f"role.{role}") for role in row.roles if role)
    said = [roles, words("comparison.duty_hover", n=int(row.n_passages)), ", ".join(row.provinces)]
    if row.deadlines:
        days = ", ".join(words.day(day) for day in row.deadlines)
        said.append(f"{words('comparison.duty_deadline')}: {days}")
    head = f"<b>{escape(labels[row.actor_id])}</b> · {escape(words.name('measure', row.code))}"
    return "<br>".join([head, *(escape(part) for part in said if part)])
