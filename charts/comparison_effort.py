"""Focus of effort: how the words, or the passages, of a response are divided among the measures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from charts.theme import PATTERNS, apply_theme, empty_figure, escape, palette

WEIGHTS = ("words", "passages")
EFFORT_COLUMNS = ["mark_id", "unit", "group", "code", "n_words", "n_passages", "amount", "share"]
_LABEL = 0.07  # share of a bar from which its name fits inside


def effort_frame(
    passages: pd.DataFrame, place: pd.Series, groups: Mapping[str, str], units: Sequence[str], weight: str = "words"
) -> pd.DataFrame:
    """One row a unit and measure; a passage's words are divided evenly among its measures.

    Parameters
    ----------
    passages
        ``loaders.alignment.passages``.
    place
        Unit of each directive, by directive id.
    weight
        ``words``, or ``passages`` (each counts one).

    Returns
    -------
    DataFrame
        Columns ``EFFORT_COLUMNS``, units in order, codes in codebook order, then the passages without a measure (empty
        ``code`` and ``group``); shares of a unit add up to one.
    """
    rows = passages.assign(unit=passages["directive_id"].map(place))
    rows = rows[rows["unit"].isin(list(units))]
    rows = rows.assign(
        code=[list(codes) or [""] for codes in rows["codes"]], parts=rows["codes"].map(len).clip(lower=1)
    )
    rows = rows.explode("code")
    rows["amount"] = (rows["n_words"] if weight == "words" else 1) / rows["parts"]
    sums = rows.groupby(["unit", "code"], sort=False).agg(
        n_words=("n_words", "sum"), n_passages=("passage_id", "nunique"), amount=("amount", "sum")
    )
    frame = sums.reset_index()
    frame["share"] = frame["amount"] / frame.groupby("unit")["amount"].transform("sum").where(lambda total: total > 0)
    frame["group"] = frame["code"].map(dict(groups)).fillna("")
    frame["mark_id"] = frame["code"].astype("str") + ":" + frame["unit"].astype("str")
    ranks = {code: number for number, code in enumerate([*groups, ""])}
    order = {unit: number for number, unit in enumerate(units)}
    frame["rank"], frame["place"] = frame["code"].map(ranks), frame["unit"].map(order)
    frame = frame[frame["rank"].notna()].sort_values(["place", "rank"], ignore_index=True)
    return frame[EFFORT_COLUMNS]


def effort_figure(
    frame: pd.DataFrame,
    *,
    title: str,
    source: str,
    names: Mapping[str, str],
    words: Any,
    weight: str = "words",
    dark: bool = False,
    lang: str = "vi",
    present: bool = False,
) -> go.Figure:
    """A bar a unit, its parts the measures, coloured and hatched by group; large parts bear their name."""
    if frame.empty:
        return empty_figure(words("comparison.effort_nothing"), title=title, dark=dark)
    tone = palette(dark)
    groups = list(dict.fromkeys(group for group in frame["group"] if group))
    look = {group: (tone.hues[n % len(tone.hues)], PATTERNS[n % 4]) for n, group in enumerate(groups)}
    look[""] = (tone.rule, "")
    units = list(dict.fromkeys(frame["unit"]))
    fig = go.Figure()
    shown: set[str] = set()
    totals = frame.groupby(["unit", "group"])["share"].sum().to_dict()
    codes = (
        frame.drop_duplicates("code").assign(last=lambda rows: rows["code"] == "").sort_values("last", kind="stable")
    )
    ordered = [
        *(code for group in groups for code in codes.loc[codes["group"] == group, "code"]),
        *[""] * ("" in set(frame["code"])),
    ]
    for code in ordered:
        rows = frame[frame["code"] == code]
        group = rows["group"].iloc[0]
        color, pattern = look[group]
        fig.add_bar(
            y=[escape(names.get(unit, unit)) for unit in rows["unit"]], x=rows["share"], orientation="h",
            marker={"color": color, "line": {"width": 1.5, "color": tone.ground},
                    "pattern": {"shape": pattern, "size": 7, "solidity": 0.1, "bgcolor": color,
                                "fgcolor": "rgba(255,255,255,0.4)" if dark else "rgba(0,0,0,0.3)"}},
            name=escape(words(f"group.{group}")) if group else escape(words("comparison.effort_none")),
            legendgroup=group or "none", showlegend=group not in shown,
            text=[_label(row, words) for row in rows.itertuples()], textposition="inside", insidetextanchor="middle",
            textangle=0, textfont={"size": 15 if present else 11, "color": _on(color, group, tone.ink)},
            constraintext="inside",
            customdata=[[item] for item in rows["mark_id"]], hoverinfo="text",
            hovertext=[_hover(row, names, words, totals[row.unit, row.group]) for row in rows.itertuples()],
        )  # fmt: skip
        shown.add(group)
    fig.update_yaxes(
        categoryorder="array", categoryarray=[escape(names.get(unit, unit)) for unit in units], autorange="reversed",
        fixedrange=True,
    )  # fmt: skip
    fig.update_xaxes(
        range=[0, 1], tickformat=".0%", fixedrange=True, title_text=words(f"comparison.axis_{weight}"), side="bottom"
    )
    fig.update_layout(
        barmode="stack", bargap=0.3, uniformtext={"minsize": 10, "mode": "hide"}, clickmode="event+select",
        legend={"traceorder": "normal", "itemclick": False, "itemdoubleclick": False},
    )  # fmt: skip
    return apply_theme(
        fig, title=title, source=source, dark=dark, lang=lang, height=130 + 58 * len(units), present=present
    )


def _on(color: str, group: str, ink: str) -> str:
    """Ink that reads on a bar's colour."""
    if not group:
        return ink
    red, green, blue = (int(color[at : at + 2], 16) for at in (1, 3, 5))
    return "#FFFFFF" if 0.299 * red + 0.587 * green + 0.114 * blue < 140 else "#10151B"


def _label(row: Any, words: Any) -> str:
    if row.share < _LABEL or not row.code:
        return ""
    name = words.name("measure", row.code).partition(",")[0].partition(" (")[0]
    return escape(name).replace(" ", "<br>", 1) if row.share < 0.13 else escape(name)


def _hover(row: Any, names: Mapping[str, str], words: Any, total: float) -> str:
    name = words.name("measure", row.code) if row.code else words("comparison.effort_none")
    said = [words("comparison.effort_hover", n=int(row.n_passages), share=words.percent(row.share))]
    if row.group:
        said.append(f"{words(f'group.{row.group}')}: {words.percent(total)}")
    head = f"<b>{escape(names.get(row.unit, row.unit))}</b> · {escape(name)}"
    return "<br>".join([head, *(escape(part) for part in said)])
