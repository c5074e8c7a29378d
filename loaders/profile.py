"""What was in force on a day, and how hard: read from the tables, shared by the timeline, the comparison and notebooks.

A directive speaks from its issue date on, or from its estimate where it is undated (``dated`` is then false). Of two
directives of one province that speak to a measure the later one counts; within one directive every passage counts.
"""

from __future__ import annotations

from datetime import date

import pandas as pd

from loaders.queries import Atlas
from loaders.score import STRINGENCY, ScoreStep, StatedLevel, directive_score
from loaders.vocabulary import read_vocabulary


def dated_measures(atlas: Atlas) -> pd.DataFrame:
    """Measures with their directive's province, number, branch and day.

    Returns
    -------
    DataFrame
        One row a measure of a directive that has a day or an estimate: the columns of ``measures`` and ``province``,
        ``province_code``, ``number``, ``issuer``, ``issuer_branch``, ``day`` (datetime64), ``dated`` (False: an estimate).
    """
    directives = atlas.table("directives")
    directives = directives.assign(
        day=directives["issue_date"].fillna(directives["date_estimate"]), dated=directives["issue_date"].notna()
    )
    columns = ["directive_id", "province", "province_code", "number", "issuer", "issuer_branch", "day", "dated"]
    return atlas.table("measures").merge(
        directives.loc[directives["day"].notna(), columns], on="directive_id", validate="many_to_one"
    )


def in_force(atlas: Atlas, on: date) -> pd.DataFrame:
    """Measures in force on day ``on``: per province and code, the passages of the latest directive that speaks to it.

    Returns
    -------
    DataFrame
        Rows of :func:`dated_measures` with ``age`` (days since that directive) and ``state``: ``in_force``, or ``relaxed``
        where every passage of that directive on the code loosens it.
    """
    measures = dated_measures(atlas)
    day = pd.Timestamp(on)
    spoken = measures[(measures["day"] <= day) & (measures["province_code"] != "")]
    latest = spoken.groupby(["province_code", "code"])["day"].transform("max")
    held = spoken[spoken["day"] == latest].copy()
    held["age"] = (day - held["day"]).dt.days
    loosened = held["stance"].eq("relax").groupby([held["province_code"], held["code"]]).transform("all")
    held["state"] = loosened.map({True: "relaxed", False: "in_force"})
    return held.sort_values(["province_code", "code", "char_start"], ignore_index=True)


def stated_levels(measures: pd.DataFrame) -> list[StatedLevel]:
    """Levels of OxCGRT indicators that measures settle, and those a named regime implies (marked inferred).

    A relaxation without a level says nothing of how far; it sets no level.
    """
    indicator = {entry["code"]: entry.get("ox") for entry in read_vocabulary("measures")["measures"]}
    tiers = {
        regime["tier"]: regime.get("levels", {}) for regime in read_vocabulary("regimes")["regimes"] if "tier" in regime
    }
    levels = []
    for row in measures.itertuples():
        day, flag = row.day.date(), int(row.scope != "targeted")
        target = indicator.get(row.code)
        if target and pd.notna(row.level):
            levels.append(StatedLevel(target, int(row.level), flag, day, row.measure_id))
        if row.tier and row.stance != "relax":
            implied = tiers.get(row.tier, {})
            levels += [
                StatedLevel(name, level, 1, day, row.measure_id, True) for name, level in sorted(implied.items())
            ]
    return levels


def province_steps(atlas: Atlas) -> dict[str, list[ScoreStep]]:
    """Directive-derived score of each province as steps, by province code; see :func:`loaders.score.directive_score`."""
    measures = dated_measures(atlas)
    held = measures[measures["province_code"] != ""]
    return {str(code): directive_score(_strongest(stated_levels(rows))) for code, rows in held.groupby("province_code")}


def _strongest(levels: list[StatedLevel]) -> list[StatedLevel]:
    """Of one day's statements on an indicator the highest counts; stated wins over inferred at the same height."""
    best: dict[tuple[str, date], StatedLevel] = {}
    for item in levels:
        key = (item.indicator, item.day)
        held = best.get(key)
        if held is None or (item.level, not item.inferred, item.flag) > (held.level, not held.inferred, held.flag):
            best[key] = item
    return list(best.values())


def score_frame(atlas: Atlas) -> pd.DataFrame:
    """Steps of every province's directive-derived score.

    Returns
    -------
    DataFrame
        One row a province and day on which its score was stated: ``province_code``, ``day``, ``score`` (0–100),
        ``n_observed`` (of nine), ``measure_ids`` (tuple: what moved it), ``indicators`` (text: ``C6=2, C7=1*``, a star
        where the level follows from a regime that is named).
    """
    rows = [
        {
            "province_code": code,
            "day": pd.Timestamp(step.day),
            "score": step.score,
            "n_observed": step.n_observed,
            "measure_ids": tuple(dict.fromkeys(item.measure_id for item in step.stated)),
            "indicators": ", ".join(
                f"{item.indicator}={item.level}{'*' if item.inferred else ''}"
                for item in sorted((*step.stated, *step.carried), key=lambda item: STRINGENCY.index(item.indicator))
            ),
        }
        for code, steps in sorted(province_steps(atlas).items())
        for step in steps
    ]
    columns = ["province_code", "day", "score", "n_observed", "measure_ids", "indicators"]
    return pd.DataFrame(rows, columns=columns)
