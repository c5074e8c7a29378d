"""Where the actors stand: in columns by administrative level, or by force; labels never overlap at the default size.

Both are deterministic: nodes and links are sorted before anything is placed, and the one random start is seeded.
Positions are pixels from the top left at the default width.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import networkx as nx
import pandas as pd

from charts.network_actors import LAYERS
from charts.theme import wrap

WIDTH = 1190  # pixels of the plot at the default size; a narrower screen scrolls sideways inside the figure
_TOP, _GAP, _MARK = 44, 9, 13  # room for the names of columns, between two labels, from a mark to its label
_MOST_ROWS = 16
Point = tuple[float, float]


@dataclass(frozen=True)
class Place:
    """A node's mark (pixels), its label broken into lines, and on which side of the mark the label stands."""

    x: float
    y: float
    label: str
    side: str
    column: int = 0

    def box(self, size: float) -> tuple[float, float, float, float]:
        """Left, top, right, bottom of the label at a type size."""
        lines = self.label.split("<br>")
        wide, high = max(map(len, lines)) * letter(size), len(lines) * size * 1.3
        if self.side == "below":
            return self.x - wide / 2, self.y + 8, self.x + wide / 2, self.y + 8 + high
        if self.side == "above":
            return self.x, self.y - 7 - high, self.x + wide, self.y - 7
        return self.x + _MARK, self.y - high / 2, self.x + _MARK + wide, self.y + high / 2


@dataclass(frozen=True)
class Layout:
    """Places by node, names and centres of columns, and the height of the picture."""

    places: Mapping[str, Place]
    columns: Sequence[tuple[str, float]]
    height: float


def letter(size: float) -> float:
    """Mean width of a letter at a type size, taken wide so that estimates err on the safe side."""
    return size * 0.56


def _columns(nodes: pd.DataFrame, links: pd.DataFrame) -> list[tuple[str, list[str]]]:
    """Layer and its nodes in order, long layers in several columns; neighbours near their issuers."""
    degree = pd.concat([links["source"], links["target"]]).value_counts().to_dict()
    issuing = set(links["source"])
    kinds = {"party_committee": 0, "people_committee": 0, "department": 0, "force": 1, "mass_organisation": 0, "media": 1}
    found = []
    for layer in LAYERS:
        rows = nodes[nodes["layer"] == layer]
        ordered = sorted(
            rows.itertuples(),
            key=lambda row: (row.node not in issuing, kinds.get(row.kind, 2), row.branch != "party", -degree.get(row.node, 0), row.node),
        )
        names = [row.node for row in ordered]
        parts = max(1, -(-len(names) // _MOST_ROWS))
        size = -(-len(names) // parts) if names else 0
        found += [(layer, names[at : at + size]) for at in range(0, len(names), size or 1)]
    return found


def layered(nodes: pd.DataFrame, links: pd.DataFrame, labels: Mapping[str, str], *, size: float) -> Layout:
    """Columns from the centre on the left to districts on the right; issuers carry their label above the mark."""
    issuing = set(links["source"])
    columns = _columns(nodes, links)
    pitch = WIDTH / max(len(columns), 1)
    width = int((min(pitch, 330) - _MARK - 16) / letter(size))
    wrapped = {node: wrap(labels[node], width, 4) for node in nodes["node"]}
    line = size * 1.3

    def slot(node: str) -> float:
        lines = wrapped[node].count("<br>") + 1
        return lines * line + _GAP + (18 if node in issuing else 0)

    height = max((sum(slot(node) for node in names) for _, names in columns), default=0.0)
    places: dict[str, Place] = {}
    for column, (_, names) in enumerate(columns):
        x = column * pitch + 10
        y = _TOP + (height - sum(slot(node) for node in names)) / 2
        for node in names:
            above = node in issuing
            middle = y + slot(node) - 14 if above else y + slot(node) / 2
            places[node] = Place(x, middle, wrapped[node], "above" if above else "right", column)
            y += slot(node)
    heads = [
        (layer, column * pitch + 10) for column, (layer, _) in enumerate(columns) if not column or columns[column - 1][0] != layer
    ]
    return Layout(places, heads, _TOP + height + 12)


def by_force(nodes: pd.DataFrame, links: pd.DataFrame, labels: Mapping[str, str], *, size: float) -> Layout:
    """Spring layout of the weighted, undirected graph; then labels are pushed apart."""
    graph = nx.Graph()
    graph.add_nodes_from(sorted(nodes["node"]))
    for row in links.sort_values(["source", "target", "link"]).itertuples():
        held = graph.get_edge_data(row.source, row.target, {"weight": 0})["weight"]
        graph.add_edge(row.source, row.target, weight=held + float(row.weight))
    names = list(graph)
    if not names:
        return Layout({}, [], _TOP)
    spots = nx.spring_layout(graph, seed=7, k=2.2 / len(names) ** 0.5, iterations=120, weight=None)
    height = min(1100.0, 260.0 + 15.0 * len(names))
    wrapped = [wrap(labels[name], 24, 3) for name in names]
    xs, ys = (_spread([float(spots[name][axis]) for name in names]) for axis in (0, 1))
    points = [[95 + x * (WIDTH - 190), 24 + y * (height - 90)] for x, y in zip(xs, ys, strict=True)]
    _push_apart(points, wrapped, size)
    places = {name: Place(x, y, label, "below") for name, (x, y), label in zip(names, points, wrapped, strict=True)}
    return Layout(places, [], max(place.box(size)[3] for place in places.values()) + 12)


def _spread(values: Sequence[float]) -> list[float]:
    low, high = min(values), max(values)
    return [(value - low) / (high - low) if high > low else 0.5 for value in values]


def _push_apart(points: list[list[float]], labels: Sequence[str], size: float) -> None:
    """Move points until mark and label of each keep clear of the others'; the way out is the shorter one."""
    lines = [label.split("<br>") for label in labels]
    half = [max(map(len, item)) * letter(size) / 2 + 5 for item in lines]
    high = [len(item) * size * 1.3 + 20 for item in lines]
    for _ in range(400):
        moved = False
        for a, b in combinations(range(len(points)), 2):
            dx, dy = points[b][0] - points[a][0], points[b][1] - points[a][1]
            over_x = half[a] + half[b] - abs(dx)
            over_y = (high[a] if dy >= 0 else high[b]) - abs(dy)
            if over_x <= 0.5 or over_y <= 0.5:
                continue
            moved = True
            axis, over, sign = (0, over_x, dx) if over_x < over_y else (1, over_y, dy)
            step = (over / 2 + 0.5) * (1 if sign >= 0 else -1)
            points[a][axis] -= step
            points[b][axis] += step
        for point, room in zip(points, half, strict=True):
            point[0] = min(max(point[0], room), WIDTH - room)
            point[1] = max(point[1], 12.0)
        if not moved:
            break


def curve(start: Place, end: Place, bend: float, *, n: int = 14) -> tuple[list[float], list[float]]:
    """Points of a link: a Bézier curve between columns, a bow within one, a slight arc by force."""
    if start.side == "below":
        return _arc(start, end, bend, n)
    if start.column == end.column:
        pull = min(120.0, 30.0 + abs(end.y - start.y) * 0.25) + 10 * bend
        first, second = (start.x - pull, start.y), (end.x - pull, end.y)
    else:
        reach = (end.x - start.x) * 0.5
        first, second = (start.x + reach, start.y + 9 * bend), (end.x - reach, end.y + 5 * bend)
    return _bezier((start.x, start.y), first, second, (end.x, end.y), n)


def _arc(start: Place, end: Place, bend: float, n: int) -> tuple[list[float], list[float]]:
    middle = ((start.x + end.x) / 2 + (end.y - start.y) * 0.05 * bend, (start.y + end.y) / 2 - (end.x - start.x) * 0.05 * bend)
    return _bezier((start.x, start.y), middle, middle, (end.x, end.y), n)


def _bezier(a: Point, b: Point, c: Point, d: Point, n: int) -> tuple[list[float], list[float]]:
    xs, ys = [], []
    for step in range(n + 1):
        s = step / n
        w = ((1 - s) ** 3, 3 * s * (1 - s) ** 2, 3 * s * s * (1 - s), s**3)
        xs.append(round(w[0] * a[0] + w[1] * b[0] + w[2] * c[0] + w[3] * d[0], 1))
        ys.append(round(w[0] * a[1] + w[1] * b[1] + w[2] * c[1] + w[3] * d[1], 1))
    return xs, ys
