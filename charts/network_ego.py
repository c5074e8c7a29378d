"""One body, or one kind of body in every province: who instructs it and what it was told to do."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from charts.theme import apply_theme, empty_figure, escape, palette, wrap

Tables = Mapping[str, pd.DataFrame]
ROLES = ("lead", "coordinate", "responsible")
SYMBOLS = {"lead": "triangle-up", "coordinate": "circle", "responsible": "diamond"}
LIMITS = ("deadline", "effective_from", "effective_to")
COLUMNS = [
    "directive_id",
    "number",
    "issuer",
    "province",
    "province_code",
    "day",
    "dated",
    "provision_id",
    "provision_label",
    "role",
    "actor_id",
    "actor",
    "quote",
    "char_start",
    "char_end",
    "deadline",
    "deadline_quote",
    "partners",
    "measures",
]


def asks_frame(tables: Tables, actor_ids: Collection[str]) -> pd.DataFrame:
    """What was asked of the bodies ``actor_ids``: one row a task, in order of days; columns ``COLUMNS``.

    ``deadline`` is the earliest day that the task's own passage, else its provision, sets (deadline, start or end),
    with its words; ``partners`` are the other bodies of the same passage as ``actor_id:role`` joined by ``|``;
    ``measures`` the codes of the passage. ``day`` is the issue date or the estimate.
    """
    tasks = tables["tasks"]
    own = tasks[tasks["actor_id"].isin(set(actor_ids))].reset_index(drop=True)
    directives = tables["directives"]
    known = directives[["directive_id", "number", "issuer", "province", "province_code"]].assign(
        day=pd.to_datetime(directives["issue_date"].fillna(directives["date_estimate"])),
        dated=directives["issue_date"].notna(),
    )
    own = own.merge(known, on="directive_id", how="inner", validate="many_to_one")
    own["row"] = range(len(own))
    for extra in (_partners(own, tasks), _measures(own, tables["measures"]), _limits(own, tables)):
        own = own.join(extra, on="row")
    for name in ("partners", "measures", "deadline_quote"):
        own[name] = own[name].astype(object).where(own[name].notna(), "").astype(str)
    own["deadline"] = pd.to_datetime(own["deadline"])
    return own.sort_values(["day", "directive_id", "char_start", "role", "actor"], ignore_index=True)[COLUMNS]


def _overlapping(own: pd.DataFrame, others: pd.DataFrame) -> pd.DataFrame:
    """Pairs of a task (``row``) and a fact of the same directive whose spans overlap."""
    pairs = own[["row", "directive_id", "char_start", "char_end"]].merge(
        others, on="directive_id", suffixes=("_own", "")
    )
    return pairs[(pairs["char_start"] < pairs["char_end_own"]) & (pairs["char_end"] > pairs["char_start_own"])]


def _partners(own: pd.DataFrame, tasks: pd.DataFrame) -> pd.Series:
    named = tasks.loc[tasks["actor_id"] != "", ["directive_id", "char_start", "char_end", "actor_id", "role"]]
    pairs = _overlapping(own.assign(own_id=own["actor_id"]), named).merge(
        own[["row", "actor_id"]], on="row", suffixes=("", "_of")
    )
    pairs = pairs[pairs["actor_id"] != pairs["actor_id_of"]]
    said = (
        (pairs["actor_id"] + ":" + pairs["role"]).groupby(pairs["row"]).agg(lambda items: "|".join(sorted(set(items))))
    )
    return said.rename("partners")


def _measures(own: pd.DataFrame, measures: pd.DataFrame) -> pd.Series:
    pairs = _overlapping(own, measures[["directive_id", "char_start", "char_end", "code"]])
    return pairs.groupby("row")["code"].agg(lambda codes: "|".join(sorted(set(codes)))).rename("measures")


def _limits(own: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """Earliest day set in each task's passage, else in its provision; index ``row``."""
    days = tables["dates"]
    days = days.loc[
        days["kind"].isin(LIMITS) & days["date"].notna(), ["directive_id", "date", "quote", "char_start", "char_end"]
    ]
    places = tables["provisions"][["provision_id", "char_start", "char_end"]]
    wide = own[["row", "directive_id", "provision_id"]].merge(places, on="provision_id")
    near = _overlapping(own, days).assign(rank=0)
    around = _overlapping(wide, days).assign(rank=1)
    both = pd.concat([near, around]).sort_values(["row", "rank", "date", "char_start"]).drop_duplicates("row")
    return both.set_index("row")[["date", "quote"]].rename(columns={"date": "deadline", "quote": "deadline_quote"})


def instructors_frame(passages: pd.DataFrame, actor_ids: Collection[str]) -> pd.DataFrame:
    """Who addresses, copies or assigns the bodies: one row an issuer and type, with directives and passages."""
    own = passages[passages["target"].isin(set(actor_ids))]
    if own.empty:
        return pd.DataFrame(columns=["source", "type", "n_directives", "n"])
    grouped = own.groupby(["source", "type"], sort=True)
    frame = grouped.agg(n_directives=("directive_id", "nunique"), n=("quote", "size")).reset_index()
    return frame.sort_values(
        ["n_directives", "n", "source", "type"], ascending=[False, False, True, True], ignore_index=True
    )


def ask_id(row: Any) -> str:
    """Id of a task mark: where its words stand."""
    return f"{row.directive_id}#{int(row.char_start)}"


def asks_figure(
    frame: pd.DataFrame,
    *,
    title: str,
    source: str,
    words: Any,
    colors: Mapping[str, str],
    dark: bool = False,
    lang: str = "vi",
    present: bool = False,
) -> go.Figure:
    """A mark a task: province by day, tasks of one day stacked; hollow where the day is an estimate."""
    rows = frame[frame["day"].notna()]
    if rows.empty:
        return empty_figure(words("network.ego_none"), title=title, dark=dark)
    lanes = sorted(set(zip(rows["province"], rows["province_code"], strict=True)))
    tops, heights = _lanes(rows, [code for _, code in lanes])
    rows = rows.assign(slot=rows.groupby(["province_code", "day"]).cumcount())
    fig = go.Figure()
    for role in ROLES:
        own = rows[rows["role"] == role]
        if own.empty:
            continue
        fig.add_scatter(
            x=own["day"],
            y=[tops[row.province_code] + row.slot for row in own.itertuples()],
            mode="markers",
            name=words(f"role.{role}"),
            customdata=[[ask_id(row)] for row in own.itertuples()],
            text=[_hover(row, words) for row in own.itertuples()],
            hovertemplate="%{text}<extra></extra>",
            marker={
                "symbol": [SYMBOLS[role] + ("" if dated else "-open") for dated in own["dated"]],
                "size": 13,
                "color": colors[role],
            },
        )
    low, high = rows["day"].min(), rows["day"].max()
    room = max((high - low) * 0.06, pd.Timedelta(days=4))
    days = sorted(set(rows["day"]))
    shown = days[:: max(1, -(-len(days) // 7))]
    fig.update_xaxes(
        range=[low - room, high + room],
        tickvals=shown,
        title_text=words("network.axis_day"),
        ticktext=[f"{day.day}/{day.month}/{day.year}" if lang == "vi" else f"{day.day} {day:%b %Y}" for day in shown],
    )
    fig.update_yaxes(
        tickvals=[tops[code] + (heights[code] - 1) / 2 for _, code in lanes],
        ticktext=[escape(name or words("directive.no_province")) for name, _ in lanes],
        range=[sum(heights.values()) + len(lanes) - 0.5, -0.9],
        showgrid=False,
        zeroline=False,
    )
    for _, code in lanes[1:]:
        fig.add_hline(y=tops[code] - 1, line_width=1, line_color=palette(dark).rule)
    height = 120 + 21 * (sum(heights.values()) + len(lanes))
    return apply_theme(fig, title=title, source=source, dark=dark, lang=lang, height=min(height, 900), present=present)


def _lanes(rows: pd.DataFrame, codes: list[str]) -> tuple[dict[str, float], dict[str, int]]:
    """First row and number of rows of each province."""
    deep = rows.groupby(["province_code", "day"]).size().groupby("province_code").max().to_dict()
    tops, at = {}, 0.0
    for code in codes:
        tops[code] = at
        at += deep[code] + 1
    return tops, deep


def _hover(row: Any, words: Any) -> str:
    day = words.day(row.day) if row.dated else words("network.about", day=row.day)
    lines = [
        f"<b>{wrap(row.actor, 50, 2)}</b> · {escape(words(f'role.{row.role}'))}",
        f"{escape(row.number or row.issuer)} · {escape(day)}",
    ]
    if row.deadline == row.deadline and row.deadline is not None:
        lines.append(escape(words("network.due", quote=" ".join(row.deadline_quote.split()))))
    return "<br>".join([*lines, f"“{wrap(row.quote, 60, 6)}”"])
