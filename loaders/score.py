"""The OxCGRT index function and the directive-derived score (codebook, section 4).

Sub-score of an indicator with value v, maximum N and flag f (F = 1 where the indicator has a flag):
``I = 100 · (v − 0.5 · (F − f)) / N``, and 0 where v is 0. An index is the plain mean of its sub-scores.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from math import nan

MAXIMUM = {
    "C1": 3, "C2": 3, "C3": 2, "C4": 4, "C5": 2, "C6": 3, "C7": 2, "C8": 4,
    "E1": 2, "E2": 2,
    "H1": 2, "H2": 3, "H3": 2, "H6": 4, "H7": 5, "H8": 3,
}  # fmt: skip
WITHOUT_FLAG = frozenset({"C8", "E2", "H2", "H3"})
STRINGENCY = ("C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8", "H1")
CONTAINMENT_HEALTH = (*STRINGENCY, "H2", "H3", "H6", "H7", "H8")
GOVERNMENT_RESPONSE = (*CONTAINMENT_HEALTH, "E1", "E2")
ECONOMIC_SUPPORT = ("E1", "E2")
INDICES = {"SI": STRINGENCY, "CHI": CONTAINMENT_HEALTH, "GRI": GOVERNMENT_RESPONSE, "ESI": ECONOMIC_SUPPORT}

Value = tuple[int | None, int | None]


def sub_score(indicator: str, value: int | None, flag: int | None) -> float:
    """Sub-score from 0 to 100; a value that is not stated scores 0, as OxCGRT does for missing data of a present day.

    >>> sub_score("C6", 2, 1), round(sub_score("C1", 2, 0), 2)
    (66.66666666666667, 50.0)
    """
    if not value:
        return 0.0
    has_flag = indicator not in WITHOUT_FLAG
    return 100 * (value - 0.5 * (has_flag - (flag or 0) * has_flag)) / MAXIMUM[indicator]


def index(name: str, values: Mapping[str, Value]) -> float:
    """One of the four indices (``SI``, ``CHI``, ``GRI``, ``ESI``) of a day's values and flags by indicator."""
    parts = INDICES[name]
    return sum(sub_score(part, *values.get(part, (None, None))) for part in parts) / len(parts)


@dataclass(frozen=True)
class StatedLevel:
    """A level that a directive settles: indicator, level, flag (1 general, 0 targeted), day and the measure it is from.

    ``level`` 0 means that the directive ends it, ``None`` that it loosens it without saying how far: what was known
    before no longer holds. ``inferred`` is true where the level follows from a regime that is named.
    """

    indicator: str
    level: int | None
    flag: int
    day: date
    measure_id: str
    inferred: bool = False


@dataclass(frozen=True)
class ScoreStep:
    """The score from ``day`` on: ``n_observed`` of nine indicators known, those in ``stated`` set on this very day.

    ``score`` is NaN where nothing is known any more.
    """

    day: date
    score: float
    n_observed: int
    stated: tuple[StatedLevel, ...]
    carried: tuple[StatedLevel, ...]


def directive_score(levels: Iterable[StatedLevel]) -> list[ScoreStep]:
    """Directive-derived score of one province as steps: a level holds until a later directive changes or ends it.

    The mean runs over the indicators observed so far, never over nine: an indicator of which no directive spoke is
    unknown, not zero. It is therefore no stringency index, and ``n_observed`` belongs beside it.
    """
    held: dict[str, StatedLevel] = {}
    steps = []
    ordered = sorted(
        (item for item in levels if item.indicator in STRINGENCY),
        key=lambda item: (item.day, item.indicator, -1 if item.level is None else item.level),
    )
    for day, rows in groupby(ordered, key=lambda item: item.day):
        today = tuple(rows)
        before = len(held)
        for item in today:
            if item.level is None:
                held.pop(item.indicator, None)
            else:
                held[item.indicator] = item
        scores = [sub_score(item.indicator, item.level, item.flag) for item in held.values()]
        if scores or before:
            carried = tuple(item for item in held.values() if item.day != day)
            steps.append(ScoreStep(day, sum(scores) / len(scores) if scores else nan, len(held), today, carried))
    return steps
