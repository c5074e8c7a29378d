"""The responsibility matrix: bodies by measures, and whether a body leads, co-ordinates or answers for the measure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from charts.network_labels import legend_mark
from charts.theme import apply_theme, empty_figure, escape, palette, wrap

Tables = Mapping[str, pd.DataFrame]
ROLES = ("lead", "coordinate", "responsible")
SYMBOLS = {"lead": "square", "coordinate": "square-open", "responsible": "diamond"}
MOST_ROWS = 36
DUTY_COLUMNS = [
    "directive_id",
    "actor_id",
    "actor",
    "role",
    "code",
    "stance",
    "basis",
    "provision_label",
    "task_quote",
    "quote",
    "char_start",
    "char_end",
    "task_start",
    "task_end",
]
CELL_COLUMNS = ["cell", "node", "code", "role", "n", "n_directives", "quote"]


def duties_frame(tables: Tables) -> pd.DataFrame:
    """One row a task and a measure that it is about; columns ``DUTY_COLUMNS``.

    ``basis`` says how they belong together: ``passage`` where the measure stands in the task's own passage,
    ``provision`` where it stands in a later sentence of the same provision and in no other task's passage;
    then the task before it holds, as a reader would take it.
    """
    tasks = tables["tasks"][tables["tasks"]["actor_id"] != ""].reset_index(drop=True)
    measures = tables["measures"].reset_index(drop=True)
    pairs = _pairs(measures, tasks)
    columns = ["directive_id", "code", "stance", "provision_label", "quote", "char_start", "char_end"]
    said = measures.loc[pairs["measure"], columns]
    told = tasks.loc[pairs["task"], ["actor_id", "actor", "role", "quote", "char_start", "char_end"]]
    told = told.rename(columns={"quote": "task_quote", "char_start": "task_start", "char_end": "task_end"})
    both = pd.concat([part.reset_index(drop=True) for part in (said, told, pairs[["basis"]])], axis=1)
    order = ["directive_id", "char_start", "code", "stance", "actor_id", "role", "task_start"]
    return both.sort_values(order, ignore_index=True)[DUTY_COLUMNS]


def _pairs(measures: pd.DataFrame, tasks: pd.DataFrame) -> pd.DataFrame:
    """Row numbers ``measure`` and ``task`` that belong together, and the ``basis``; numbers alone: pairs are many."""
    place = pd.concat([measures["provision_id"], tasks["provision_id"]])
    codes = pd.Series(pd.factorize(place)[0]).where((place != "").to_numpy(), -1).to_numpy()
    spans = ["directive_id", "char_start", "char_end"]
    left = measures[spans].assign(measure=measures.index, place=codes[: len(measures)])
    right = tasks[spans].assign(task=tasks.index, place=codes[len(measures) :])
    known = pd.factorize(pd.concat([left["directive_id"], right["directive_id"]]))[0]
    left["directive_id"], right["directive_id"] = known[: len(left)], known[len(left) :]
    pairs = left.merge(right, on="directive_id", suffixes=("", "_task"))
    inside = (pairs["char_start"] < pairs["char_end_task"]) & (pairs["char_end"] > pairs["char_start_task"])
    direct = pairs[inside].assign(basis="passage")
    rest = pairs[(pairs["place"] == pairs["place_task"]) & (pairs["place"] >= 0)]
    rest = rest[(rest["char_start_task"] <= rest["char_start"]) & ~rest["measure"].isin(direct["measure"])]
    nearest = rest.groupby("measure")["char_start_task"].transform("max")
    later = rest[rest["char_start_task"] == nearest].assign(basis="provision")
    return pd.concat([direct, later], ignore_index=True)[["measure", "task", "basis"]]


def cells_frame(duties: pd.DataFrame, mapping: Mapping[str, str]) -> pd.DataFrame:
    """One row a node, measure and role; columns ``CELL_COLUMNS``. ``mapping`` takes actors to the nodes of the rows."""
    rows = duties.assign(node=[mapping.get(item, item) for item in duties["actor_id"]])
    if rows.empty:
        return pd.DataFrame(columns=CELL_COLUMNS)
    passages = rows.drop_duplicates(["directive_id", "node", "code", "role", "char_start"])
    grouped = passages.groupby(["node", "code", "role"], sort=True)
    frame = grouped.agg(
        n=("quote", "size"), n_directives=("directive_id", "nunique"), quote=("task_quote", "first")
    ).reset_index()
    frame["cell"] = [f"{row.code}:{row.node}" for row in frame.itertuples()]
    return frame[CELL_COLUMNS]


def same_passages(duties: pd.DataFrame, own: pd.DataFrame) -> pd.DataFrame:
    """Duties of ``own`` and of the bodies named beside them: same measure, task passages that overlap.

    ``passage`` is the start of the passage of ``own`` that a row belongs to.
    """
    spans = own[["directive_id", "code", "task_start", "task_end"]].drop_duplicates()
    pairs = duties.merge(spans, on=["directive_id", "code"], suffixes=("", "_own"))
    near = pairs[(pairs["task_start"] < pairs["task_end_own"]) & (pairs["task_end"] > pairs["task_start_own"])]
    near = near.assign(rank=[ROLES.index(role) for role in near["role"]])
    near = near.sort_values("task_start_own").drop_duplicates(["directive_id", "actor", "role", "task_start"])
    near = near.assign(passage=near["task_start_own"])
    return near.sort_values(["directive_id", "passage", "rank", "actor"], ignore_index=True)[[*DUTY_COLUMNS, "passage"]]


def matrix_figure(
    cells: pd.DataFrame,
    *,
    rows: Mapping[str, str],
    columns: Mapping[str, str],
    title: str,
    source: str,
    words: Any,
    colors: Mapping[str, str],
    chosen: str = "",
    dark: bool = False,
    lang: str = "vi",
    present: bool = False,
) -> go.Figure:
    """Squares in a grid: filled leads, hollow co-ordinates, a diamond is answerable; several roles stand side by side.

    Parameters
    ----------
    rows, columns
        Nodes and measure codes in the order to draw, with their names; at most ``MOST_ROWS`` rows are drawn.
    """
    shown = list(rows)[:MOST_ROWS]
    cells = cells[cells["node"].isin(shown) & cells["code"].isin(columns)]
    if cells.empty:
        return empty_figure(words("network.matrix_none"), title=title, dark=dark)
    used = [code for code in columns if code in set(cells["code"])]
    place = {node: at for at, node in enumerate(shown)}
    across = {code: at for at, code in enumerate(used)}
    several = cells.groupby("cell")["role"].transform("size")
    order = cells.groupby("cell").cumcount()
    shift = (order - (several - 1) / 2) * 0.38
    fig = go.Figure()
    for role in ROLES:
        own = cells[cells["role"] == role]
        look: dict[str, object] = {"symbol": SYMBOLS[role], "color": colors[role]}
        look["line"] = {"width": 2.4 if role == "coordinate" else 0.5, "color": colors[role]}
        legend_mark(fig, words(f"role.{role}"), {**look, "size": 12})
        fig.add_scatter(
            x=[across[code] + at for code, at in zip(own["code"], shift[own.index], strict=True)],
            y=[place[node] for node in own["node"]],
            mode="markers",
            showlegend=False,
            customdata=[[cell] for cell in own["cell"]],
            hovertemplate="%{text}<extra></extra>",
            text=[_hover(row, rows, columns, words) for row in own.itertuples()],
            marker={
                **look,
                "size": [9 if n > 1 else 13 for n in several[own.index]],
                "opacity": [1.0 if not chosen or cell == chosen else 0.25 for cell in own["cell"]],
            },
        )
    tone = palette(dark)
    fig.update_xaxes(
        tickvals=list(across.values()),
        ticktext=[escape(columns[code]) for code in used],
        tickangle=-52,
        side="top",
        range=[-0.6, len(used) - 0.4],
        showgrid=True,
        gridcolor=tone.rule,
        tickfont={"size": 11, "color": tone.ink},
    )
    fig.update_yaxes(
        tickvals=list(place.values()),
        ticktext=[wrap(rows[node], 46, 2) for node in shown],
        range=[len(shown) - 0.4, -0.6],
        showgrid=True,
        gridcolor=tone.rule,
        tickfont={"size": 11, "color": tone.ink},
    )
    fig = apply_theme(fig, title=title, source=source, dark=dark, lang=lang, present=present)
    fig.update_layout(
        height=270 + 26 * len(shown), legend={"y": 0, "yanchor": "top"}, margin={"t": 170, "b": 44, "r": 90}
    )
    return fig


def _hover(row: Any, rows: Mapping[str, str], columns: Mapping[str, str], words: Any) -> str:
    return "<br>".join(
        [
            f"<b>{wrap(rows[row.node], 50, 2)}</b>",
            f"{escape(words(f'role.{row.role}'))}: {escape(columns[row.code])}",
            escape(words("network.hover_cell", n=int(row.n), of=int(row.n_directives))),
            f"“{wrap(row.quote, 60, 5)}”",
        ]
    )
