"""What the tables say in a sentence: each finding is computed, carries its values as codes and days, and its evidence.

The page turns a finding into words (``overview.finding.<kind>``) and links it to the directives it rests on. A finding
that the data do not bear is absent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

Tables = Mapping[str, pd.DataFrame]
URGENCY_ORDER = ("none", "khan", "thuong_khan", "hoa_toc")
_MOST = 3  # sentences of one kind: the page is for a reader with one minute


@dataclass(frozen=True)
class Finding:
    """One statement.

    Attributes
    ----------
    kind
        Which sentence.
    values
        What fills it: names, days, whole numbers, and codes under ``urgency…``, ``measures…``.
    evidence
        Ids of the directives that bear it, in the order in which the sentence speaks of them.
    measure
        The measure whose quotes prove it, where it is about one.
    """

    kind: str
    values: Mapping[str, Any] = field(default_factory=dict)
    evidence: tuple[str, ...] = ()
    measure: str = ""


def findings(tables: Tables) -> list[Finding]:
    """Every finding that ``tables`` bear, the most telling kinds first; at most three of a kind."""
    kinds = (_cascade, _urgency_moves, _growth, _relaxing, _only_province, _waiting, _shared_measures)
    found = []
    for kind in kinds:
        found += [item for _, item in zip(range(_MOST), kind(tables), strict=False)]
    return found


def name_of(row: Any) -> str:
    """Number of a directive, or its issuer where it has none."""
    return row.number or row.issuer


def _dated(tables: Tables) -> pd.DataFrame:
    held = tables["directives"]
    return held[held["issue_date"].notna()].sort_values(["issue_date", "directive_id"])


def _urgency_moves(tables: Tables) -> Iterator[Finding]:
    """Per province the widest change of the urgency mark between its first and its last dated directive."""
    for province, rows in _dated(tables).groupby("province", sort=True):
        ranks = rows["urgency"].map(URGENCY_ORDER.index)
        if not province or len(rows) < 2 or ranks.iloc[0] == ranks.iloc[-1]:
            continue
        first, last = rows.iloc[0], rows.iloc[-1]
        kind = "urgency_raised" if ranks.iloc[-1] > ranks.iloc[0] else "urgency_lowered"
        yield Finding(
            kind,
            {
                "province": province,
                "urgency_first": first["urgency"],
                "first": first["issue_date"],
                "urgency_last": last["urgency"],
                "last": last["issue_date"],
            },
            (first["directive_id"], last["directive_id"]),
        )


def _cascade(tables: Tables) -> Iterator[Finding]:
    """A government directive that implements a Party one of its province, shortest lag first."""
    cited = tables["citations"]
    cited = cited[(cited["relation"] == "implements") & (cited["cited_directive_id"] != "")]
    pairs = cited[["directive_id", "cited_directive_id"]].drop_duplicates()
    held = tables["directives"].set_index("directive_id", drop=False)
    rows = []
    for answer, order in pairs.itertuples(index=False):
        if answer not in held.index or order not in held.index:
            continue
        below, above = held.loc[answer], held.loc[order]
        lag = below["issue_date"] - above["issue_date"]
        branches = (above["issuer_branch"], below["issuer_branch"])
        if lag == lag and lag.days >= 0 and branches == ("party", "government"):
            rows.append((lag.days, order, answer))
    seen = set()
    for lag, order, answer in sorted(rows):
        if answer in seen:
            continue
        seen.add(answer)
        below, above = held.loc[answer], held.loc[order]
        yield Finding(
            "cascade_same_day" if lag == 0 else "cascade",
            {
                "province": below["province"],
                "order": name_of(above),
                "answer": name_of(below),
                "day": below["issue_date"],
                "n": lag,
            },
            (order, answer),
        )


def _growth(tables: Tables) -> Iterator[Finding]:
    """Two successive directives of one issuer of which the later orders at least half as many measures again."""
    counts = tables["measures"].groupby("directive_id")["code"].nunique()
    for issuer, rows in _dated(tables).groupby("issuer", sort=True):
        for before, after in zip(rows.iloc[:-1].itertuples(), rows.iloc[1:].itertuples(), strict=True):
            few, many = (int(counts.get(item.directive_id, 0)) for item in (before, after))
            days = (after.issue_date - before.issue_date).days
            if few and many >= 1.5 * few and days > 0:
                yield Finding(
                    "growth",
                    {
                        "issuer": issuer,
                        "before": name_of(before),
                        "after": name_of(after),
                        "few": few,
                        "many": many,
                        "n": days,
                    },
                    (before.directive_id, after.directive_id),
                )


def _relaxing(tables: Tables) -> Iterator[Finding]:
    """The directive that relaxes the most measures while it tightens others."""
    rows = tables["measures"]
    best: Finding | None = None
    for row in tables["directives"].sort_values("directive_id").itertuples():
        own = rows[rows["directive_id"] == row.directive_id].sort_values("measure_id")
        relaxed = list(dict.fromkeys(own.loc[own["stance"] == "relax", "code"]))
        counts = own.loc[own["stance"] == "tighten", "code"].value_counts()
        ranked = sorted(counts.index, key=lambda code: (-counts[code], code))
        tightened = [code for code in ranked if code not in relaxed][:2]
        if tightened and len(relaxed) > (len(best.values["measures_relaxed"]) if best else 0):
            best = Finding(
                "relaxing",
                {"province": row.province, "measures_relaxed": tuple(relaxed), "measures_tightened": tuple(tightened)},
                (row.directive_id,),
                relaxed[0],
            )
    if best:
        yield best


def _by_province(tables: Tables) -> pd.DataFrame:
    """Measures with the province of their directive; undatable provinces left out."""
    held = tables["directives"][["directive_id", "province"]]
    rows = tables["measures"].merge(held, on="directive_id", validate="many_to_one")
    return rows[rows["province"] != ""]


def _only_province(tables: Tables) -> Iterator[Finding]:
    """Measures that one province alone orders, by province; nothing where fewer than two provinces are held."""
    rows = _by_province(tables)
    provinces = rows.groupby("code")["province"].agg(["nunique", "first"])
    alone = provinces[provinces["nunique"] == 1]
    if rows["province"].nunique() < 2:
        return
    counts = alone["first"].value_counts()
    for province in sorted(counts.index, key=lambda name: (-counts[name], name)):
        codes = sorted(alone.index[alone["first"] == province])
        own = rows[(rows["province"] == province) & rows["code"].isin(codes)]
        spread = own.groupby("directive_id")["code"].nunique()
        evidence = tuple(sorted(spread.index, key=lambda item: (-spread[item], item)))
        values = {"province": province, "measures": tuple(codes[:4]), "n": len(codes), "more": max(0, len(codes) - 4)}
        yield Finding("only_more" if len(codes) > 4 else "only", values, evidence[:3], codes[0])


def _waiting(tables: Tables) -> Iterator[Finding]:
    """A directive that answers documents which are not held, with their age in days; most of them first."""
    cited = tables["citations"]
    cited = cited[(cited["cited_directive_id"] == "") & (cited["number"] != "") & (cited["date_basis"] == "stated")]
    held = _dated(tables).set_index("directive_id", drop=False)
    groups = [(answer, rows) for answer, rows in cited.groupby("directive_id", sort=True) if answer in held.index]
    for answer, rows in sorted(groups, key=lambda pair: -pair[1]["number"].nunique()):
        rows = rows.drop_duplicates("number")
        ages = (held.loc[answer, "issue_date"] - rows["date"]).dt.days
        said = rows.assign(age=ages)[ages >= 0].sort_values(["age", "number"])
        if len(said):
            documents = tuple(zip(said["number"], said["age"].astype(int), strict=True))
            values = {"answer": name_of(held.loc[answer]), "documents": documents, "n": len(said)}
            yield Finding("waiting", values, (answer,))


def _shared_measures(tables: Tables) -> Iterator[Finding]:
    """Measures that every province held orders."""
    rows = _by_province(tables)
    n = rows["province"].nunique()
    spread = rows.groupby("code")["province"].nunique()
    codes = sorted(spread.index[spread == n])
    if n > 1 and codes:
        yield Finding("shared", {"n": n, "measures": tuple(codes[:5])}, (), codes[0])
