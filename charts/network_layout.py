"""Where the actors stand: in columns by administrative level, or by force; labels never overlap at the default size.

Both are deterministic: nodes and links are sorted before anything is placed, and the one random start is seeded.
Positions are pixels from the top left at the default width.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import networkx as nx
import pandas as pd

from charts.network_actors import LAYERS
from charts.theme import wrap

WIDTH = 1190  # pixels of the plot at the default size; a narrower screen scrolls sideways inside the figure
_TOP, _GAP, _MARK = 46, 9, 13  # room for the names of columns, between two labels, from a mark to its label
_SINK = 60  # how far below the names of columns a short one may begin: a narrow screen shows little more
_ALLEY, _LEVEL, _LANE = 70, 38, 13  # space before a column, its part where lines run level, height of a lane
_MOST_ROWS = 18
Point = tuple[float, float]
Line = tuple[list[float], list[float]]


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
    """Places by node, names and centres of columns, height of the picture, lanes of links that skip columns.

    ``lanes`` holds, by issuer and column, the height at which its links pass through that column.
    """

    places: Mapping[str, Place]
    columns: Sequence[tuple[str, float]]
    height: float
    pitch: float = 0.0
    lanes: Mapping[tuple[str, int], float] = field(default_factory=dict)


def letter(size: float) -> float:
    """Mean width of a letter at a type size, taken wide so that estimates err on the safe side."""
    return size * 0.545


def _columns(nodes: pd.DataFrame, links: pd.DataFrame) -> list[tuple[str, list[str]]]:
    """Layer and its nodes in order, long layers in several columns; neighbours near their issuers."""
    degree = pd.concat([links["source"], links["target"]]).value_counts().to_dict()
    issuing = set(links["source"])
    kinds = {
        "party_committee": 0,
        "people_committee": 0,
        "department": 0,
        "force": 1,
        "mass_organisation": 0,
        "media": 1,
    }
    found = []
    for layer in LAYERS:
        rows = nodes[nodes["layer"] == layer]
        ordered = sorted(
            rows.itertuples(),
            key=lambda row: (
                row.node not in issuing,
                kinds.get(row.kind, 2),
                row.branch != "party",
                -degree.get(row.node, 0),
                row.node,
            ),
        )
        names = [row.node for row in ordered]
        parts = max(1, -(-len(names) // _MOST_ROWS))
        size = -(-len(names) // parts) if names else 0
        found += [(layer, names[at : at + size]) for at in range(0, len(names), size or 1)]
    return found


def layered(nodes: pd.DataFrame, links: pd.DataFrame, labels: Mapping[str, str], *, size: float) -> Layout:
    """Columns from the centre on the left to districts on the right; issuers carry their label above the mark.

    A link that skips a column passes it in a lane of its issuer above or below the names, never through them.
    """
    issuing = set(links["source"])
    columns = _columns(nodes, links)
    column_of = {node: at for at, (_, names) in enumerate(columns) for node in names}
    pitch = WIDTH / max(len(columns), 1)
    width = int((min(pitch, 330) - _MARK - _ALLEY) / letter(size))
    wrapped = {node: wrap(labels[node], width, 5) for node in nodes["node"]}
    slots = {
        node: (wrapped[node].count("<br>") + 1) * size * 1.3 + _GAP + (16 if node in issuing else 0)
        for node in column_of
    }
    passing = _passing(links, column_of)
    heights = [
        sum(slots[node] for node in names) + _LANE * len(passing.get(at, [])) for at, (_, names) in enumerate(columns)
    ]
    height = max(heights, default=0.0)
    places: dict[str, Place] = {}
    lanes: dict[tuple[str, int], float] = {}
    for column, (_, names) in enumerate(columns):
        y = _TOP + min((height - heights[column]) / 2, _SINK)
        through = passing.get(column, [])
        for source in through[::2]:
            lanes[source, column] = y + _LANE / 2
            y += _LANE
        for node in names:
            above = node in issuing
            middle = y + slots[node] - 14 if above else y + slots[node] / 2
            places[node] = Place(column * pitch + 10, middle, wrapped[node], "above" if above else "right", column)
            y += slots[node]
        for source in through[1::2]:
            lanes[source, column] = y + _LANE / 2
            y += _LANE
    heads = [
        (layer, column * pitch + 10)
        for column, (layer, _) in enumerate(columns)
        if not column or columns[column - 1][0] != layer
    ]
    return Layout(places, heads, _TOP + height + 12, pitch, lanes)


def _passing(links: pd.DataFrame, column_of: Mapping[str, int]) -> dict[int, list[str]]:
    """Issuers whose links pass through a column to one beyond it, in order of their own columns."""
    found: dict[int, set[str]] = {}
    for source, target in zip(links["source"], links["target"], strict=True):
        low, high = sorted((column_of[source], column_of[target]))
        for column in range(low + 1, high):
            found.setdefault(column, set()).add(source)
    return {column: sorted(names, key=lambda node: (column_of[node], node)) for column, names in found.items()}


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
    wrapped = [wrap(labels[name], 24, 4) for name in names]
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


def route(layout: Layout, source: str, target: str, turn: int) -> tuple[Line, Point]:
    """Points of a link, and where its mark stands; ``turn`` (0 to 4) keeps links of several types apart."""
    start, end = layout.places[source], layout.places[target]
    off = (turn - 2) * 1.7
    if start.side == "below":
        line = _arc(start, end, (turn - 2.0) * 1.6)
        spot = 8 + turn
        return line, (line[0][spot], line[1][spot])
    if start.column == end.column:
        pull = 26.0 + 5 * turn
        line = _bezier((start.x, start.y), (start.x - pull, start.y), (end.x - pull, end.y), (end.x, end.y), 14)
        return line, (line[0][6 + turn], line[1][6 + turn])
    xs, ys = [start.x], [start.y + off]
    step = 1 if end.column > start.column else -1
    for column in range(start.column + step, end.column + step, step):
        last = column == end.column
        level = end.y if last else layout.lanes[source, column] + off
        left, right = column * layout.pitch + 10, (column + 1) * layout.pitch + 10 - _ALLEY
        if step > 0:
            turned = _turn((left - _ALLEY + 4, ys[-1]), (left - _LEVEL, level))
            stop = left - 5 if last else right
        else:
            turned = _turn((right + _ALLEY - 5, ys[-1]), (right + _LEVEL - 8, level))
            stop = min(right, end.box(11)[2]) if last else left
        xs += [*turned[0], stop]
        ys += [*turned[1], level]
    near = xs[-1] + (7 * turn - 34 if step > 0 else 34 - 7 * turn)
    return ([round(x, 1) for x in xs], [round(y, 1) for y in ys]), (round(near, 1), round(ys[-1], 1))


def _turn(start: Point, end: Point) -> Line:
    """A turn between two columns that leaves and arrives level."""
    middle = (start[0] + end[0]) / 2
    return _bezier(start, (middle, start[1]), (middle, end[1]), end, 12)


def _arc(start: Place, end: Place, bend: float) -> Line:
    dx, dy = (end.y - start.y) * 0.05 * bend, (end.x - start.x) * 0.05 * bend
    middle = ((start.x + end.x) / 2 + dx, (start.y + end.y) / 2 - dy)
    return _bezier((start.x, start.y), middle, middle, (end.x, end.y), 14)


def _bezier(a: Point, b: Point, c: Point, d: Point, n: int) -> Line:
    xs, ys = [], []
    for step in range(n + 1):
        s = step / n
        w = ((1 - s) ** 3, 3 * s * (1 - s) ** 2, 3 * s * s * (1 - s), s**3)
        xs.append(round(w[0] * a[0] + w[1] * b[0] + w[2] * c[0] + w[3] * d[0], 1))
        ys.append(round(w[0] * a[1] + w[1] * b[1] + w[2] * c[1] + w[3] * d[1], 1))
    return xs, ys
