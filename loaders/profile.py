"""What was in force on a day, and how hard: read from the tables, shared by the timeline, the comparison and notebooks.

A directive speaks from its issue date on, or from its estimate where it is undated (``dated`` is then false). Of two
directives of one province that speak to a measure the later one counts; within one directive every passage counts. A
passage that sets its own start or end ("kể từ 08 giờ 00 phút ngày …") holds from and until then. A district's directive
says nothing about the whole province, so it is left out here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

import pandas as pd

from loaders.queries import Atlas
from loaders.score import STRINGENCY, ScoreStep, StatedLevel, directive_score
from loaders.vocabulary import read_vocabulary

_SENTENCE_END = re.compile(r"(?<=[.;!?…])\s+(?=[\W\d]*[A-ZÀ-ỸĐ])|\n\s*\n")


def dated_measures(atlas: Atlas) -> pd.DataFrame:
    """Measures with their directive's province, number, branch and day.

    Returns
    -------
    DataFrame
        One row a measure of a directive that has a day or an estimate: the columns of ``measures`` and ``province``,
        ``province_code``, ``number``, ``doc_type``, ``issuer``, ``issuer_branch``, ``issuer_level`` (central, province,
        district), ``day`` (datetime64), ``dated`` (False: an estimate).
    """
    directives = atlas.table("directives").rename(columns={"level": "issuer_level"})
    directives["day"] = directives["issue_date"].fillna(directives["date_estimate"])
    directives["dated"] = directives["issue_date"].notna()
    columns = [
        "directive_id",
        "province",
        "province_code",
        "number",
        "doc_type",
        "issuer",
        "issuer_branch",
        "issuer_level",
        "day",
        "dated",
    ]
    return atlas.table("measures").merge(
        directives.loc[directives["day"].notna(), columns], on="directive_id", validate="many_to_one"
    )


def provincial_measures(atlas: Atlas) -> pd.DataFrame:
    """Rows of :func:`dated_measures` that speak for a whole province."""
    measures = dated_measures(atlas)
    return measures[(measures["province_code"] != "") & (measures["issuer_level"] != "district")]


def in_force(atlas: Atlas, on: date) -> pd.DataFrame:
    """Measures in force on day ``on``: per province and code, the passages of the latest directive that speaks to it.

    Returns
    -------
    DataFrame
        Rows of :func:`dated_measures` with ``begins`` (the day from which the passage holds), ``ends`` (its last day,
        NaT where it sets none), ``age`` (days since its directive), ``sentence`` (the words around the quote) and
        ``state``: ``in_force``, or ``relaxed`` where every passage of that directive on the code loosens it or has
        run out.
    """
    measures = provincial_measures(atlas)
    day = pd.Timestamp(on)
    begins, ends = _passage_days(atlas, measures)
    measures = measures.assign(begins=begins, ends=ends)
    spoken = measures[measures["begins"] <= day]
    latest = spoken.groupby(["province_code", "code"])["day"].transform("max")
    held = spoken[spoken["day"] == latest].copy()
    held["age"] = (day - held["day"]).dt.days
    over = held["stance"].eq("relax") | (held["ends"] < day)
    loosened = over.groupby([held["province_code"], held["code"]]).transform("all")
    held["state"] = loosened.map({True: "relaxed", False: "in_force"}).astype("str")
    held["sentence"] = _sentences(atlas, held)
    return held.sort_values(["province_code", "code", "char_start"], ignore_index=True)


def _passage_days(atlas: Atlas, measures: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """First and last day of each passage: its directive's day and no end, unless its own provision names such a day."""
    dates = atlas.table("dates")
    dates = dates[dates["kind"].isin(["effective_from", "effective_to"])]
    provisions = atlas.table("provisions", sorted(set(dates["directive_id"])))
    inside = dates.merge(provisions, on="directive_id", suffixes=("", "_provision"))
    inside = inside[
        (inside["char_start_provision"] <= inside["char_start"]) & (inside["char_end"] <= inside["char_end_provision"])
    ]
    deepest = inside.sort_values("depth").drop_duplicates(["directive_id", "char_start", "kind", "date"], keep="last")
    stated: dict[str, pd.Series] = {}
    for kind, rows in deepest.groupby("kind"):
        days = rows.groupby("provision_id")["date"].agg(["min", "max"])
        stated[str(kind)] = days.loc[days["min"] == days["max"], "min"]  # two days for one provision settle nothing
    nothing = pd.Series(dtype="datetime64[us]", index=pd.Index([], dtype="str"))
    own, day = measures["provision_id"], measures["day"]
    begins = pd.Series(stated.get("effective_from", nothing).reindex(own).array, index=own.index)
    ends = pd.Series(stated.get("effective_to", nothing).reindex(own).array, index=own.index)
    return begins.where(begins > day, day), ends.where(ends >= day)


def _sentences(atlas: Atlas, held: pd.DataFrame) -> list[str]:
    """The sentence of its provision that holds each quote; the quote itself where the provision does not."""
    provisions = atlas.table("provisions", sorted(set(held["directive_id"]))).set_index("provision_id")
    texts: Mapping[str, str] = provisions["text"].to_dict()
    starts: Mapping[str, int] = provisions["char_start"].to_dict()
    return [
        sentence_at(texts.get(row.provision_id, ""), row.char_start - starts.get(row.provision_id, 0), row.quote)
        for row in held.itertuples()
    ]


def sentence_at(text: str, start: int, quote: str) -> str:
    """The sentence of ``text`` around ``quote`` at ``start``, on one line; the quote where it does not stand there.

    >>> sentence_at("1. Dừng họp. Lập 03 chốt trên Quốc lộ 13. Báo cáo.", 13, "Lập 03 chốt")
    'Lập 03 chốt trên Quốc lộ 13.'
    """
    if start < 0 or text[start : start + len(quote)] != quote:
        return " ".join(quote.split())
    breaks = [(0, 0), *(match.span() for match in _SENTENCE_END.finditer(text)), (len(text), len(text))]
    first = max(end for _, end in breaks if end <= start)
    last = min(at for at, _ in breaks if at >= start + len(quote))
    return " ".join(text[first:last].split()).lstrip("-+•– ")


def stated_levels(measures: pd.DataFrame) -> list[StatedLevel]:
    """Levels of OxCGRT indicators that measures settle, and those a named regime implies (marked inferred).

    A general relaxation that sets no level ends what was known of its indicator; a targeted one changes nothing.
    """
    indicator = {entry["code"]: entry.get("ox") for entry in read_vocabulary("measures")["measures"]}
    regimes = read_vocabulary("regimes")["regimes"]
    levels = []
    tells = measures["level"].notna() | (measures["tier"] != "") | (measures["stance"] == "relax")
    for row in measures.loc[tells, ["code", "stance", "scope", "level", "tier", "day", "measure_id"]].itertuples():
        day, flag = row.day.date(), int(row.scope != "targeted")
        target = indicator.get(row.code)
        if target and pd.notna(row.level):
            levels.append(StatedLevel(target, int(row.level), flag, day, row.measure_id))
        elif target and row.stance == "relax" and flag:
            levels.append(StatedLevel(target, None, flag, day, row.measure_id))
        if row.tier and row.stance != "relax":
            implied = regimes.get(row.tier, {}).get("levels", {})
            levels += [
                StatedLevel(name, level, 1, day, row.measure_id, True) for name, level in sorted(implied.items())
            ]
    return levels


def province_steps(atlas: Atlas) -> dict[str, list[ScoreStep]]:
    """Directive-derived score of each province code as steps; see :func:`loaders.score.directive_score`."""
    held = provincial_measures(atlas)
    return {str(code): directive_score(_strongest(stated_levels(rows))) for code, rows in held.groupby("province_code")}


def _strongest(levels: list[StatedLevel]) -> list[StatedLevel]:
    """Of one day's statements on an indicator the highest counts; stated wins over inferred at the same height."""
    best: dict[tuple[str, date], StatedLevel] = {}
    for item in levels:
        key = (item.indicator, item.day)
        held = best.get(key)
        if held is None or _weight(item) > _weight(held):
            best[key] = item
    return list(best.values())


def _weight(item: StatedLevel) -> tuple[int, bool, int]:
    return (-1 if item.level is None else item.level, not item.inferred, item.flag)


def score_frame(atlas: Atlas) -> pd.DataFrame:
    """Steps of every province's directive-derived score.

    Returns
    -------
    DataFrame
        One row a province and day on which its score was stated: ``province_code``, ``day``, ``score`` (0–100; NaN
        where nothing is known any more), ``n_observed`` (of nine), ``measure_ids`` (tuple: what moved it),
        ``indicators`` (text: ``C6=2, C7=1*``, a star where the level follows from a regime that is named, ``?`` where
        it was loosened without saying how far).
    """
    rows = [
        {
            "province_code": code,
            "day": pd.Timestamp(step.day),
            "score": step.score,
            "n_observed": step.n_observed,
            "measure_ids": tuple(dict.fromkeys(item.measure_id for item in step.stated)),
            "indicators": ", ".join(
                f"{item.indicator}={'?' if item.level is None else item.level}{'*' if item.inferred else ''}"
                for item in sorted((*step.stated, *step.carried), key=lambda item: STRINGENCY.index(item.indicator))
            ),
        }
        for code, steps in sorted(province_steps(atlas).items())
        for step in steps
    ]
    columns = ["province_code", "day", "score", "n_observed", "measure_ids", "indicators"]
    return pd.DataFrame(rows, columns=columns)


def reference_instruments() -> list[dict[str, object]]:
    """National instruments drawn as lines, by day: ``day`` (from which they hold), ``number``, ``vi``, ``en``."""
    entries = read_vocabulary("regimes")
    found = [
        {
            "day": entry.get("in_force_from") or entry["date"],
            "number": entry["number"],
            "vi": entry["label_vi"],
            "en": entry["label_en"],
        }
        for entry in (*entries["regimes"].values(), *entries["instruments"])
        if entry.get("reference_line")
    ]
    return sorted(found, key=lambda item: (item["day"], item["number"]))
