"""The evidence matrix: measures by province, directive or month; every cell says what is known and leads to its words.

Four states are told apart: ``quoted`` (words order it), ``ended`` (its last words loosen it, ran out or were replaced),
``silent`` (documents are held and nothing was found), ``none`` (no document is held). Strength of a quoted cell is the
number of its passages, those that only recommend counting half; it is a count of words on paper, not of effect.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

KINDS = ("province", "directive", "month")
STATES = ("quoted", "ended", "silent", "none")
CENTRE, UNPLACED, UNDATED, DISTRICT = "central", "unplaced", "undated", "/district"
STEPS = (1.0, 2.0, 4.0)  # upper ends of the first three of four shades
MATRIX_COLUMNS = [
    "mark_id", "code", "group", "column", "state", "stances", "binding", "strength", "shade", "n_passages",
    "n_mandatory", "n_directives", "n_held", "directive_id", "number", "doc_type", "day", "dated",
]  # fmt: skip
_CELL_COLUMNS = [
    "code", "column", "current", "stance", "binding", "state", "directive_id", "number", "doc_type", "day", "dated",
]  # fmt: skip
_STANCES = ("tighten", "maintain", "relax")


def column_of(directives: pd.DataFrame, by: str) -> pd.Series:
    """Column that each directive belongs to, by directive id.

    Provinces: the ISO code; a district's directive stands apart (``VN-58/district``), since it says nothing of the
    whole province; ``central`` and ``unplaced``. Months: ``2021-05`` by issue date or estimate; ``undated``.
    """
    if by == "directive":
        columns = directives["directive_id"]
    elif by == "month":
        day = directives["issue_date"].fillna(directives["date_estimate"])
        columns = pd.to_datetime(day).dt.strftime("%Y-%m").fillna(UNDATED)
    else:
        own = directives["province_code"].where(
            directives["level"] != "district", directives["province_code"] + DISTRICT
        )
        nowhere = directives["level"].map({"central": CENTRE}).fillna(UNPLACED)
        columns = own.where(directives["province_code"] != "", nowhere)
    return pd.Series(columns.to_numpy(), index=directives["directive_id"], dtype="str")


def matrix_columns(directives: pd.DataFrame, by: str, provinces: Iterable[str] = ()) -> list[str]:
    """Columns in order: provinces as given (each with its districts), directives and months by day.

    ``directives`` are all that could be shown, so that a province or month without any keeps its place.
    """
    found = set(column_of(directives, by))
    if by == "province":
        order = [name for code in provinces for name in (code, code + DISTRICT) if name in found or name == code]
        rest = sorted(found - set(order) - {CENTRE, UNPLACED})
        return [*order, *rest, *(item for item in (CENTRE, UNPLACED) if item in found)]
    if by == "month":
        months = sorted(found - {UNDATED})
        if months:
            span = pd.period_range(months[0], months[-1], freq="M").strftime("%Y-%m")
            months = list(span) if len(span) <= 60 else months
        return [*months, *([UNDATED] if UNDATED in found else [])]
    day = directives["issue_date"].fillna(directives["date_estimate"])
    ranked = directives.assign(day=day).sort_values(["day", "directive_id"], na_position="last")
    return list(dict.fromkeys(ranked["directive_id"]))


def matrix_frame(
    directives: pd.DataFrame, measures: pd.DataFrame, groups: Mapping[str, str], columns: Sequence[str], by: str
) -> pd.DataFrame:
    """One row a cell: every code of ``groups`` by every one of ``columns``.

    Parameters
    ----------
    directives, measures
        Rows of the tables that the matrix speaks of. A column ``state`` of ``measures`` (``in_force``, ``relaxed``,
        ``replaced``) says what holds on a day; without it the last directive to speak decides.
    groups
        Code to group, in the order of the codebook.

    Returns
    -------
    DataFrame
        Columns ``MATRIX_COLUMNS``. ``stances`` are those of the directives that spoke last (tuple), ``binding`` the
        strongest, ``shade`` 1 to 4 where quoted, else 0; ``directive_id`` and ``day`` of the last directive to speak.
    """
    place = column_of(directives, by)
    n_held = place.value_counts().to_dict()
    cells = _cells(directives, measures, place)
    rows = []
    for code, group in groups.items():
        for column in columns:
            cell = cells.get((code, column))
            held = int(n_held.get(column, 0))
            if cell is None:
                cell = ("silent" if held else "none", (), "", 0.0, 0, 0, 0, 0, "", "", "", pd.NaT, False)
            state, stances, binding, strength, shade, n, n_mandatory, n_directives, *last = cell
            rows.append(
                (f"{code}:{column}", code, group, column, state, stances, binding, strength, shade, n, n_mandatory,
                 n_directives, held, *last)
            )  # fmt: skip
    frame = pd.DataFrame(rows, columns=MATRIX_COLUMNS)
    frame["day"] = pd.to_datetime(frame["day"])
    return frame


def _cells(directives: pd.DataFrame, measures: pd.DataFrame, place: pd.Series) -> dict[tuple[str, str], tuple]:
    """What the passages of one code in one column come to."""
    about = directives.assign(day=directives["issue_date"].fillna(directives["date_estimate"]))
    about = about.assign(dated=about["issue_date"].notna())[["directive_id", "number", "doc_type", "day", "dated"]]
    said = measures.assign(column=measures["directive_id"].map(place)).merge(about, on="directive_id")
    if "state" not in said:
        said["state"] = said["stance"].eq("relax").map({True: "relaxed", False: "in_force"})
        last_day = said.groupby(["code", "column"])["day"].transform("max")
        said["current"] = (said["day"] == last_day) | last_day.isna()
    else:
        rank = said["state"].map({"in_force": 0, "relaxed": 0, "replaced": 1})
        said["current"] = rank == rank.groupby([said["code"], said["column"]]).transform("min")
    said = said.sort_values(["code", "column", "day", "directive_id", "char_start"], na_position="first")
    found: dict[tuple[str, str], list[Any]] = {}
    for row in said[_CELL_COLUMNS].itertuples(index=False):
        found.setdefault((row.code, row.column), []).append(row)
    return {key: _cell(rows) for key, rows in found.items()}


def _cell(rows: list[Any]) -> tuple:
    now = [row for row in rows if row.current]
    said = {row.stance for row in now}
    n_mandatory = sum(row.binding == "mandatory" for row in rows)
    strength = n_mandatory + (len(rows) - n_mandatory) / 2
    quoted = any(row.state == "in_force" for row in now)
    binding = "mandatory" if any(row.binding == "mandatory" for row in now) else "recommended"
    last = now[-1]
    return (
        "quoted" if quoted else "ended", tuple(stance for stance in _STANCES if stance in said), binding, strength,
        _shade(strength) if quoted else 0, len(rows), n_mandatory, len({row.directive_id for row in rows}),
        last.directive_id, last.number, last.doc_type, last.day, bool(last.dated),
    )  # fmt: skip


def _shade(strength: float) -> int:
    """1 to 4.

    >>> [_shade(n) for n in (0.5, 1, 2, 3, 4.5)]
    [1, 1, 2, 3, 4]
    """
    return 1 + sum(strength > step for step in STEPS)


def as_of(
    directives: pd.DataFrame, measures: pd.DataFrame, holding: pd.DataFrame, on: pd.Timestamp
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Directives issued by day ``on``, and their measures with a ``state`` for :func:`matrix_frame`.

    Parameters
    ----------
    holding
        ``loaders.profile.in_force`` on that day: the passages of the last directive to speak, by province and code.

    Returns
    -------
    tuple of DataFrame
        District directives are left out, since they bind no whole province. A passage not in ``holding`` was
        ``replaced`` where a later directive speaks to its measure; one that does not hold yet is left out.
    """
    day = directives["issue_date"].fillna(directives["date_estimate"])
    issued = directives[(day <= on) & (directives["level"] != "district")]
    days = day[issued.index].set_axis(issued["directive_id"])
    codes = issued.set_index("directive_id")["province_code"]
    said = measures[measures["directive_id"].isin(issued["directive_id"])].copy()
    now = holding.drop_duplicates("measure_id").set_index("measure_id")["state"]
    last = holding.groupby(["province_code", "code"])["day"].max().to_dict()
    said["state"] = said["measure_id"].map(now)
    speaks = [last.get((codes[item], code)) for item, code in zip(said["directive_id"], said["code"], strict=True)]
    older = said["directive_id"].map(days).to_numpy() < pd.to_datetime(pd.Series(speaks, dtype="object")).to_numpy()
    said["state"] = said["state"].astype("object").where(said["state"].notna() | ~older, "replaced")
    return issued, said[said["state"].notna()]


def sole_frame(frame: pd.DataFrame) -> pd.DataFrame:
    """Cells whose measure is quoted in one column alone, of those where at least two columns hold documents."""
    held = frame.loc[frame["n_held"] > 0, "column"].nunique()
    quoted = frame[frame["state"] == "quoted"]
    alone = quoted.groupby("code")["column"].transform("nunique") == 1
    return quoted[alone].reset_index(drop=True) if held > 1 else quoted.iloc[:0].reset_index(drop=True)


def apart_frame(frame: pd.DataFrame, most: int = 4) -> pd.DataFrame:
    """What sets a column apart: its ``most`` cells that take a larger share of its passages than in any other column.

    Returns
    -------
    DataFrame
        Rows of :func:`matrix_frame` with ``share`` (of the column's strength) and ``lift`` (its distance from the
        greatest share elsewhere). Empty where fewer than two columns hold documents.
    """
    held = frame[frame["n_held"] > 0]
    spoken = held[held["strength"] > 0].reset_index(drop=True)
    if held["column"].nunique() < 2 or spoken.empty:
        return spoken.iloc[:0].assign(share=0.0, lift=0.0)
    spoken["share"] = spoken["strength"] / spoken.groupby("column")["strength"].transform("sum")
    ranked = spoken.sort_values("share", ascending=False)
    top = {str(code): list(rows["share"].head(2)) for code, rows in ranked.groupby("code")}
    elsewhere = [
        first if share < first else (rest[0] if rest else 0.0)
        for share, (first, *rest) in zip(spoken["share"], spoken["code"].map(top), strict=True)
    ]
    spoken["lift"] = spoken["share"] - elsewhere
    order = {column: number for number, column in enumerate(dict.fromkeys(frame["column"]))}
    spoken["place"] = spoken["column"].map(order)
    above = spoken[spoken["lift"] > 0]
    ranked = above.sort_values(["place", "lift", "strength", "code"], ascending=[True, False, False, True])
    return ranked.groupby("column", sort=False).head(most).drop(columns="place").reset_index(drop=True)


def quotes_frame(directives: pd.DataFrame, measures: pd.DataFrame, code: str) -> pd.DataFrame:
    """Passages on one measure, earliest directive first, each with its directive's name, place and day.

    Returns
    -------
    DataFrame
        The columns of ``measures`` and ``province``, ``province_code``, ``issuer_level``, ``number``, ``doc_type``,
        ``issuer``, ``issue_date``, ``date_earliest``, ``date_latest``, ``day`` (issue date, or estimate).
    """
    about = directives.rename(columns={"level": "issuer_level"})
    about = about.assign(day=about["issue_date"].fillna(about["date_estimate"]))
    columns = [
        "directive_id", "province", "province_code", "issuer_level", "number", "doc_type", "issuer", "issue_date",
        "date_earliest", "date_latest", "day",
    ]  # fmt: skip
    rows = measures[measures["code"] == code].merge(about[columns], on="directive_id")
    return rows.sort_values(["day", "directive_id", "char_start", "stance"], na_position="last", ignore_index=True)
