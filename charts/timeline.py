"""Frames of the timeline: directives as marks in lanes, the links between them, their deadlines, and what is undated.

A lane is a province's Party or Government; central instruments and cited documents of the centre share the lane
:data:`CENTRE`. Every frame is total on empty input and does not depend on the order of rows.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

CENTRE = "|central"
UNPLACED = "|unplaced"
STANCES = ("tighten", "maintain", "relax")
MARK_COLUMNS = [
    "directive_id",
    "mark",
    "lane",
    "province",
    "province_code",
    "branch",
    "number",
    "doc_type",
    "urgency",
    "issuer",
    "subject",
    "day",
    "earliest",
    "latest",
    "dated",
    "n_measures",
    "n_tighten",
    "n_maintain",
    "n_relax",
]
LINK_COLUMNS = ["directive_id", "cited", "relation", "quote", "day", "cited_day", "lag", "known"]
TICK_COLUMNS = ["directive_id", "day", "time", "kind", "quote", "lane"]
UNDATED_COLUMNS = [
    "directive_id",
    "province",
    "issuer",
    "subject",
    "date_earliest",
    "date_latest",
    "date_estimate",
    "date_basis",
]
_BRANCHES = ("party", "government", "front", "other", "")
_RELATIONS = ("implements", "continues", "based_on", "amends", "replaces", "attaches", "refers")  # strongest first


def lane(province_code: str, branch: str, level: str = "province") -> str:
    """Id of a lane.

    >>> lane("VN-58", "party"), lane("", "government", "central"), lane("", "party")
    ('VN-58|party', '|central', '|unplaced')
    """
    if province_code:
        return f"{province_code}|{branch}"
    return CENTRE if level == "central" else UNPLACED


def lane_order(marks: pd.DataFrame, provinces: Mapping[str, str]) -> list[str]:
    """Lanes from top to bottom: the centre, provinces as in ``provinces``, Party before Government, the unplaced."""
    rank = {code: number for number, code in enumerate(provinces)}

    def place(item: str) -> tuple[bool, bool, int, str, int]:
        code, _, branch = item.partition("|")
        branch_rank = _BRANCHES.index(branch) if branch in _BRANCHES else len(_BRANCHES)
        return item == UNPLACED, item != CENTRE, rank.get(code, len(rank)), code, branch_rank

    return sorted(set(marks["lane"]), key=place)


def marks_frame(tables: Mapping[str, pd.DataFrame], ghosts: pd.DataFrame) -> pd.DataFrame:
    """One row a mark: directives held, and cited documents that are not (``mark`` is ``held`` or ``ghost``).

    Returns
    -------
    DataFrame
        Columns ``MARK_COLUMNS``. ``day`` is the issue date or the estimate, ``earliest`` and ``latest`` the bounds
        (NaT: open), ``dated`` False where ``day`` is an estimate. A document without any day has no place on the axis
        and is left out; :func:`undated_frame` lists it.
    """
    directives = tables["directives"]
    held = directives.assign(
        mark="held",
        branch=directives["issuer_branch"],
        day=directives["issue_date"].fillna(directives["date_estimate"]),
        earliest=directives["date_earliest"],
        latest=directives["date_latest"],
        dated=directives["issue_date"].notna(),
    )
    counts = pd.crosstab(tables["measures"]["directive_id"], tables["measures"]["stance"])
    for stance in STANCES:
        of_stance = counts[stance].to_dict() if stance in counts else {}
        held[f"n_{stance}"] = [of_stance.get(item, 0) for item in held["directive_id"]]
    held["n_measures"] = held[[f"n_{stance}" for stance in STANCES]].sum(axis=1)
    nothing = dict.fromkeys(("n_measures", "n_tighten", "n_maintain", "n_relax"), 0)
    unheld = ghosts.assign(
        mark="ghost",
        directive_id=ghosts["ghost_id"],
        urgency="none",
        subject="",
        day=ghosts["date"],
        earliest=ghosts["date"],
        latest=ghosts["date"],
        dated=True,
        **nothing,
    )
    frame = pd.concat([held, unheld], ignore_index=True) if len(unheld) else held
    frame = frame[frame["day"].notna()].copy()
    frame["dated"] = frame["dated"].astype(bool)
    frame["lane"] = [
        lane(code, branch, level)
        for code, branch, level in zip(frame["province_code"], frame["branch"], frame["level"], strict=True)
    ]
    return frame.sort_values(["lane", "day", "mark", "directive_id"], ignore_index=True)[MARK_COLUMNS]


def links_frame(tables: Mapping[str, pd.DataFrame], ghost_links: pd.DataFrame, marks: pd.DataFrame) -> pd.DataFrame:
    """Citations between marks: one row a pair, its strongest relation, and the lag.

    Returns
    -------
    DataFrame
        ``directive_id`` (citing), ``cited``, ``relation``, ``quote``, ``day``, ``cited_day``, ``lag`` (days, citing
        minus cited), ``known`` (both days stated).
    """
    citations = tables["citations"]
    held = citations[citations["cited_directive_id"] != ""]
    pairs = pd.concat(
        [held.assign(cited=held["cited_directive_id"]), ghost_links.assign(cited=ghost_links["ghost_id"])],
        ignore_index=True,
    )
    strength = {relation: number for number, relation in enumerate(_RELATIONS)}
    pairs["strength"] = [strength.get(item, len(strength)) for item in pairs["relation"]]
    pairs = pairs.sort_values(["directive_id", "cited", "strength", "char_start"])
    pairs = pairs.drop_duplicates(["directive_id", "cited"])
    for column, prefix in (("directive_id", ""), ("cited", "cited_")):
        days = dict(zip(marks["directive_id"], marks["day"], strict=True))
        stated = dict(zip(marks["directive_id"], marks["dated"], strict=True))
        pairs[f"{prefix}day"] = pd.Series(
            [days.get(item, pd.NaT) for item in pairs[column]], index=pairs.index, dtype="datetime64[us]"
        )
        pairs[f"{prefix}dated"] = [stated.get(item, False) for item in pairs[column]]
    pairs = pairs[pairs["day"].notna() & pairs["cited_day"].notna()].copy()
    pairs["lag"] = (pairs["day"] - pairs["cited_day"]).dt.days
    pairs["known"] = (pairs["dated"].astype(bool) & pairs["cited_dated"].astype(bool)).astype(bool)
    return pairs.sort_values(["day", "directive_id", "cited"], ignore_index=True)[LINK_COLUMNS]


def ticks_frame(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Deadlines, starts and ends of effect that directives set: one row a day named, with ``quote`` and ``lane``."""
    directives = tables["directives"]
    lanes = {row.directive_id: lane(row.province_code, row.issuer_branch, row.level) for row in directives.itertuples()}
    dates = tables["dates"]
    rows = dates[dates["kind"].isin(["deadline", "effective_from", "effective_to"]) & dates["date"].notna()]
    rows = rows.assign(lane=[lanes.get(item, UNPLACED) for item in rows["directive_id"]]).rename(
        columns={"date": "day"}
    )
    return rows.sort_values(["day", "directive_id", "char_start"], ignore_index=True)[TICK_COLUMNS]


def undated_frame(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Directives without an issue date, with bounds and estimate, as the table has them."""
    directives = tables["directives"]
    undated = directives.loc[directives["issue_date"].isna(), UNDATED_COLUMNS]
    return undated.sort_values(["date_estimate", "directive_id"], ignore_index=True)


def window_of(
    marks: pd.DataFrame, ticks: pd.DataFrame, start: object, end: object
) -> tuple[pd.Timestamp, pd.Timestamp]:
    """The time axis that all figures of the page share: the window chosen, open ends filled from the data.

    The last day is shown whole. Without any data and without a window it is one month.
    """
    days = pd.to_datetime(pd.concat([marks["day"], marks["earliest"], marks["latest"], ticks["day"]])).dropna()
    first, last = (days.min(), days.max()) if len(days) else (pd.Timestamp("2021-05-01"), pd.Timestamp("2021-05-31"))
    room = pd.Timedelta(days=max(3, (last - first).days // 30))
    low = pd.Timestamp(start) if start else first - room
    high = pd.Timestamp(end) if end else last + room
    return (low, high + pd.Timedelta(days=1)) if low <= high else (low, low + pd.Timedelta(days=31))


def marks_in_window(marks: pd.DataFrame, window: tuple[pd.Timestamp, pd.Timestamp]) -> pd.DataFrame:
    """Marks that the axis shows: dated ones inside it, undated ones whose bounds reach into it."""
    inside = marks["day"].between(*window)
    reaches = ~marks["dated"] & ~(marks["earliest"] > window[1]) & ~(marks["latest"] < window[0])
    return marks[inside | reaches].reset_index(drop=True)
