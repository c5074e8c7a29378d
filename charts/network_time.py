"""A time axis on which days that matter stand apart: empty weeks are drawn shorter than busy ones, order is kept.

The orders of an epidemic follow one another within days and cite instruments that are a year old. On a true scale a lag
of three days is a few pixels; here a gap grows with the logarithm of its days, and every day used is written below.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import log2

import pandas as pd

_SAME_DAY, _NEXT, _GROWTH = 0.85, 1.0, 0.32


def positions(items: Iterable[tuple[pd.Timestamp, str]], *, together: bool = False) -> dict[str, float]:
    """Place on the axis of each id, by its day and then in the order given.

    Parameters
    ----------
    items
        Day and id. Sorted by day, stable.
    together
        Ids of one day share a place; otherwise each gets its own.

    >>> days = [(pd.Timestamp("2021-05-06"), "a"), (pd.Timestamp("2021-05-07"), "b"), (pd.Timestamp("2021-05-07"), "c")]
    >>> positions(days, together=True)
    {'a': 0.0, 'b': 1.32, 'c': 1.32}
    """
    found: dict[str, float] = {}
    at, before = 0.0, None
    for day, item in sorted(items, key=lambda pair: pair[0]):
        if before is not None:
            gap = (day - before).days
            at += _NEXT + _GROWTH * log2(1 + gap) if gap else 0.0 if together else _SAME_DAY
        found[item], before = round(at, 3), day
    return found


def ticks(days: Iterable[tuple[float, pd.Timestamp]], lang: str, most: int = 14) -> tuple[list[float], list[str]]:
    """Tick places and day names, one a day, thinned to at most ``most``; a day of several places gets their middle."""
    by_day: dict[pd.Timestamp, list[float]] = {}
    for place, day in sorted(days):
        by_day.setdefault(day, []).append(place)
    shown = _thinned(sorted(by_day), most)
    places = [sum(by_day[day]) / len(by_day[day]) for day in shown]
    return places, [
        f"{day.day}/{day.month}<br>{day.year}" if lang == "vi" else f"{day.day} {day:%b}<br>{day.year}" for day in shown
    ]


def _thinned(days: Sequence[pd.Timestamp], most: int) -> Sequence[pd.Timestamp]:
    return days[:: -(-len(days) // most)] if len(days) > most else days
