"""Where marks and labels of the timeline stand: rows within lanes, heights in pixels, words on a time axis.

All heights are pixels, so that a row keeps its height whatever the number of lanes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import pandas as pd

from charts.timeline_axis import Window

_NARROW = 330  # pixels of the plot on a phone: labels that do not collide there do not collide anywhere
_LETTER = 6.3  # mean width of a letter at 11 px
FEW_MARKS = 60
MANY_LANES = 40


@dataclass(frozen=True)
class Style:
    """How dense the lanes are: heights in pixels; ``labels``: marks carry their number."""

    labels: bool
    row: int
    head: int
    foot: int
    most_rows: int
    gap: float  # of the window: nearer marks go to another row
    left: int  # margin


def style_of(n_marks: int, n_lanes: int) -> Style:
    """Few marks get their numbers; many lanes get one low row each and their names in the margin."""
    if n_lanes > MANY_LANES:
        return Style(labels=False, row=16, head=0, foot=0, most_rows=1, gap=0.0, left=128)
    if n_marks > FEW_MARKS:
        return Style(labels=False, row=15, head=18, foot=12, most_rows=4, gap=0.014, left=44)
    return Style(labels=True, row=25, head=22, foot=16, most_rows=7, gap=0.05, left=44)


@dataclass
class Places:
    """Result of :func:`place_marks`: pixels from the top for each mark (by position), and each lane's extent."""

    y: list[float]
    on_left: list[bool]
    tops: dict[str, float] = field(default_factory=dict)
    feet: dict[str, float] = field(default_factory=dict)
    height: float = 0.0


def share(day: pd.Timestamp, window: Window) -> float:
    """Place of a day in the window, 0 at its start, 1 at its end; clipped."""
    return min(max((day - window[0]) / (window[1] - window[0]), 0.0), 1.0)


def place_marks(marks: pd.DataFrame, lanes: Sequence[str], window: Window, style: Style) -> Places:
    """Rows within lanes such that marks, ranges and labels of one row do not overlap, while rows last."""
    places = Places([0.0] * len(marks), [False] * len(marks))
    by_lane: dict[str, list[tuple[float, float, int]]] = {item: [] for item in lanes}
    for at, row in enumerate(marks.itertuples()):
        x = share(row.day, window)
        width = (_LETTER * (len(row.number) or 10) + 18) / _NARROW if style.labels else style.gap
        places.on_left[at] = style.labels and x + width > 1.0 and x > 0.5
        low, high = (x - width, x + style.gap / 2) if places.on_left[at] else (x - style.gap / 2, x + width)
        if style.labels and not row.dated:
            low = min(low, 0.0 if pd.isna(row.earliest) else share(row.earliest, window))
            high = max(high, 1.0 if pd.isna(row.latest) else share(row.latest, window))
        by_lane[row.lane].append((low, high, at))
    top = 0.0
    for item in lanes:
        rows = pack(((low, high) for low, high, _ in sorted(by_lane[item])), style.most_rows)
        for (_, _, at), row_number in zip(sorted(by_lane[item]), rows, strict=True):
            places.y[at] = top + style.head + (row_number + 0.5) * style.row
        bottom = top + style.head + (max(rows, default=0) + 1) * style.row + style.foot
        places.tops[item], places.feet[item], top = top, bottom, bottom
    places.height = top
    return places


def pack(spans: Iterable[tuple[float, float]], most: int) -> list[int]:
    """First row in which each span (sorted by start) is free; the row that frees first where all ``most`` are taken.

    >>> pack([(0, 2), (1, 3), (2.5, 4)], 5)
    [0, 1, 0]
    """
    ends: list[float] = []
    rows: list[int] = []
    for low, high in spans:
        free = next((row for row, end in enumerate(ends) if end <= low), None)
        if free is None and len(ends) < most:
            free = len(ends)
            ends.append(high)
        elif free is None:
            free = ends.index(min(ends))
        ends[free] = max(high, ends[free])
        rows.append(free)
    return rows


def label_rows(items: Sequence[tuple[pd.Timestamp, str]], window: Window) -> list[tuple[int, bool]]:
    """Row from the bottom, and whether it hangs to the left of its day, for words above a time axis."""
    spans: list[tuple[float, float, int, bool]] = []
    for number, (day, words) in enumerate(items):
        x, width = share(day, window), (_LETTER * len(words) + 12) / _NARROW
        left = x + width > 1.0 and x > 0.5
        spans.append((x - width, x, number, left) if left else (x, x + width, number, left))
    placed = [(0, False)] * len(items)
    ordered = sorted(spans)
    for (_, _, number, left), row in zip(ordered, pack([span[:2] for span in ordered], 9), strict=True):
        placed[number] = (row, left)
    return placed
