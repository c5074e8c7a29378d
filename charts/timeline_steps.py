"""Frames of the escalation profile: steps of the score with what moved them, and what each directive moved."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

STANCES = ("tighten", "maintain", "relax")
MOST_PROVINCES = 8
STEP_COLUMNS = ["province_code", "day", "score", "n_observed", "indicators", "codes", "directive_id", "number", "dated"]
MANY_NEEDLES = 400  # directives; more are summed by week


def score_steps_frame(scores: pd.DataFrame, measures: pd.DataFrame, provinces: Sequence[str]) -> pd.DataFrame:
    """Points of the step lines: one row a province and stated day, with what moved it.

    Parameters
    ----------
    scores
        ``loaders.profile.score_frame``.
    measures
        ``loaders.profile.dated_measures``: the words and directives of the measures that moved a step.
    provinces
        Codes to draw.

    Returns
    -------
    DataFrame
        ``STEP_COLUMNS``: ``score`` (0–100, NaN where nothing is known any more), ``codes`` (tuple: measures that moved
        it), ``directive_id``, ``number`` and ``dated`` of the directive that holds the first of them.
    """
    rows = scores[scores["province_code"].isin(list(provinces))]
    wanted = {item for ids in rows["measure_ids"] for item in ids}
    known = measures[measures["measure_id"].isin(wanted)].drop_duplicates("measure_id").set_index("measure_id")
    by_id = known[["code", "directive_id", "number", "dated"]].to_dict("index")
    found = []
    for row in rows.itertuples():
        moved = [by_id[item] for item in row.measure_ids if item in by_id]
        if moved:
            codes = tuple(dict.fromkeys(item["code"] for item in moved))
            first = moved[0]
            found.append(
                (
                    row.province_code,
                    row.day,
                    row.score,
                    row.n_observed,
                    row.indicators,
                    codes,
                    first["directive_id"],
                    first["number"],
                    bool(first["dated"]),
                )
            )
    return pd.DataFrame(found, columns=STEP_COLUMNS).sort_values(["province_code", "day"], ignore_index=True)


def busiest_provinces(scores: pd.DataFrame, provinces: Sequence[str]) -> list[str]:
    """At most :data:`MOST_PROVINCES` of ``provinces`` with the most stated days, in the order of ``provinces``."""
    counts = scores["province_code"].value_counts()
    held = [code for code in provinces if counts.get(code, 0)]
    most = sorted(held, key=lambda code: (-int(counts[code]), provinces.index(code)))[:MOST_PROVINCES]
    return [code for code in held if code in most]


def stance_frame(marks: pd.DataFrame, measures: pd.DataFrame) -> pd.DataFrame:
    """What each directive held moved: its counts, and the codes it tightened, maintained and relaxed (tuples).

    Above :data:`MANY_NEEDLES` directives one row is a week.
    """
    held = marks[(marks["mark"] == "held") & (marks["n_measures"] > 0)]
    codes = measures.drop_duplicates(["directive_id", "stance", "code"]).groupby(["directive_id", "stance"])["code"]
    by_pair = {pair: tuple(sorted(group)) for pair, group in codes}
    columns = ["directive_id", "province", "province_code", "number", "doc_type", "issuer", "urgency", "day", "dated"]
    frame = held[[*columns, "n_tighten", "n_maintain", "n_relax"]].sort_values(
        ["day", "directive_id"], ignore_index=True
    )
    for stance in STANCES:
        frame[stance] = pd.Series([by_pair.get((item, stance), ()) for item in frame["directive_id"]], dtype="object")
    frame["n_directives"] = 1
    return frame if len(frame) <= MANY_NEEDLES else _by_week(frame)


def _by_week(frame: pd.DataFrame) -> pd.DataFrame:
    """Needles summed over weeks from Monday; ``directive_id`` is then ``week:<day>``."""
    weeks = frame.assign(day=frame["day"] - pd.to_timedelta(frame["day"].dt.day_of_week, unit="D")).groupby("day")
    counts = weeks[["n_tighten", "n_maintain", "n_relax", "n_directives"]].sum().reset_index()
    counts.insert(0, "directive_id", [f"week:{day:%Y-%m-%d}" for day in counts["day"]])
    text = dict.fromkeys(("province", "province_code", "number", "doc_type", "issuer", "urgency"), "")
    counts = counts.assign(**text, dated=True)
    for stance in STANCES:
        counts[stance] = pd.Series([()] * len(counts), dtype="object")
    return counts[list(frame.columns)]
