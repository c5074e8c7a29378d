"""What lies behind the marks of the timeline: grounds and names of lanes, lines of national instruments and a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from charts.theme import escape, palette
from charts.timeline_axis import Window
from charts.timeline_rows import Places, Style, label_rows

Parts = list[dict[str, Any]]
_LABEL_ROW = 14


def lane_ground(names: Mapping[str, str], places: Places, style: Style, dark: bool) -> tuple[Parts, Parts]:
    """Shapes: a ground behind every second province. Annotations: lane names, beside the plot where lanes are many."""
    tone = palette(dark)
    order = {code: number for number, code in enumerate(dict.fromkeys(item.partition("|")[0] for item in names))}
    inside = style.head > 0
    shapes, labels = [], []
    above = ""
    for item, name in names.items():
        top, foot = places.tops[item], places.feet[item]
        province = item.partition("|")[0]
        if not inside and province == above:
            name = name.rpartition(" · ")[2]  # the province stands beside its first lane
        above = province
        shaded = order[province] % 2 == 0
        if shaded:
            across = {"type": "rect", "xref": "paper", "x0": 0, "x1": 1, "y0": top, "y1": foot, "layer": "below"}
            shapes.append({**across, "line": {"width": 0}, "fillcolor": tone.panel})
        place = (
            {"xanchor": "left", "xshift": 4, "y": top, "yanchor": "top", "yshift": -2, "borderpad": 1}
            if inside
            else {"xanchor": "right", "xshift": -4, "y": (top + foot) / 2, "yanchor": "middle"}
        )
        ground = {"bgcolor": tone.panel if shaded else tone.ground} if inside else {}
        font = {"size": 12 if inside else 10, "color": tone.ink}
        labels.append(
            {"xref": "paper", "x": 0, "text": escape(name), "showarrow": False, "font": font, **ground, **place}
        )
    return shapes, labels


def day_lines(
    references: Sequence[tuple[pd.Timestamp, str]], on: pd.Timestamp | None, window: Window, words: Any, dark: bool
) -> tuple[Parts, Parts, int]:
    """National instruments as dotted lines, the as-of day as a full one; labels above, and the height those need."""
    tone = palette(dark)
    shown = [(day, label, False) for day, label in sorted(references) if window[0] <= day <= window[1]]
    if on is not None and window[0] <= on <= window[1]:
        shown.append((on, words("timeline.on_label", day=on), True))
    rows = label_rows([(day, label) for day, label, _ in shown], window)
    shapes, labels = [], []
    for (day, label, is_on), (row, left) in zip(shown, rows, strict=True):
        x, color = f"{day:%Y-%m-%d}", tone.accent if is_on else tone.muted
        line = {"color": color, "width": 2 if is_on else 1}
        upright = {"type": "line", "x0": x, "x1": x, "yref": "paper"}
        layer, dash = ("above", "solid") if is_on else ("below", "dot")
        shapes.append({**upright, "y0": 0, "y1": 1, "layer": layer, "line": {**line, "dash": dash}})
        up = {"ysizemode": "pixel", "yanchor": 1, "y0": 0, "y1": _LABEL_ROW * (row + 1)}
        shapes.append({**upright, **up, "layer": "below", "line": line})
        side = {"xanchor": "right", "xshift": -2} if left else {"xanchor": "left", "xshift": 2}
        said = f"<b>{escape(label)}</b>" if is_on else escape(label)
        place = {"x": x, "y": 1, "yref": "paper", "yanchor": "bottom", "yshift": 3 + _LABEL_ROW * row}
        labels.append({**place, **side, "text": said, "showarrow": False, "font": {"size": 11, "color": color}})
    return shapes, labels, 12 + _LABEL_ROW * (max((row for row, _ in rows), default=-1) + 1)
