"""Body → tree of provisions: ``I.``, ``Điều 1.``, ``1.``, ``1.1.``, ``(1)``, ``a)``, ``(i)``, ``-``, ``+``.

A mark is believed for what stands around it: where it begins a line or follows the end of a sentence, what is printed
before and behind it, and above all whether its series asks for it. "khoản 4 Điều 14", a decimal, a date, a page number
or a line broken inside a sentence therefore start nothing, while ``1.Thực``, ``5,`` or ``l.`` for ``1.`` do where the
count demands them. Forms: Nghị định 30/2020/NĐ-CP, Phụ lục I (phần, chương, mục, điều, khoản ``1.``, điểm ``a)``);
Hướng dẫn 36-HD/VPTW (``I-``, ``1-``, ``a)``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from loaders.fold import Text
from loaders.provisions_closing import find_closing, find_speakers
from loaders.provisions_marks import LETTERS, Mark, find_marks
from loaders.records import Provision, Span

_RANKS = {
    "part": 0,
    "chapter": 1,
    "capital": 2,
    "section": 3,
    "roman": 4,
    "article": 5,
    "number": 6,
    "decimal": 7,
    "paren": 8,
    "letter": 9,
    "small": 10,
    "dash": 11,
    "plus": 12,
    "star": 13,
}
BULLETS = frozenset(("dash", "plus", "star"))
_STRUCTURAL = frozenset(kind for kind, rank in _RANKS.items() if rank <= _RANKS["decimal"])


_RUN = 2  # "1 Sở Y tế …", "2 Công an …", "3. …": so many numbers behind it make a number without a stop a mark


@dataclass(frozen=True, slots=True)
class _Outlook:
    """What follows a mark: kinds of which a second comes before a first, the next plain number, and how many numbers
    count on from 2, sure or not."""

    seconds: frozenset[str]
    number: int
    run: int


@dataclass(frozen=True, slots=True)
class _Node:
    mark: Mark
    parent: int
    depth: int


def parse_provisions(text: Text, body: Span) -> tuple[Provision, ...]:
    """Provisions of ``body`` in text order; a parent contains its children, preamble and closing belong to none.

    Accepted marks: ``Phần thứ nhất``, ``Chương I``, ``Mục 1``; ``A.``; ``I.``, ``I-``; ``Điều 1.``; ``1.``, ``1.Thực``,
    ``1-``, ``1)``, ``1/``, ``(1)``; ``1.1.``, ``1.1``; ``a)``, ``a.``, ``(a)``, ``đ)``; ``(i)``, ``ii)``; ``-``,
    ``–``, ``•`` (label ``-``),
    ``+``, ``*``; and, only where the count asks for them, ``5,`` ``l.`` ``I.`` (for 1) ``1O.``.

    Returns
    -------
    tuple of Provision
        Labels as in the contract; ``path`` joins labels by a full stop, bullets with their position (``4.-2``), and
        is unique (a second series adds ``(2)``).
    """
    marks = find_marks(text, body)
    nodes = _keep_ordering(_choose(marks), text)
    if not nodes:
        return ()
    end = find_closing(text, nodes[-1].mark.after, body.end, find_speakers(text, body.start, nodes[0].mark.start))
    return _assemble(nodes, text.raw, end)


def _choose(marks: list[tuple[Mark, ...]]) -> list[_Node]:
    """Marks that fit their series, as nodes with parent (index, -1 at the top) and depth."""
    nodes: list[_Node] = []
    stack: list[int] = []
    outlooks = _look_ahead(marks)
    for position, readings in enumerate(marks):
        for mark in readings:
            level = _level(mark, nodes, stack, outlooks[position])
            if level is None:
                continue
            del stack[level:]
            chosen = _letter_in_series(mark, nodes, level, stack)
            nodes.append(_Node(chosen, stack[-1] if stack else -1, len(stack)))
            stack.append(len(nodes) - 1)
            break
        else:
            _accept_misread(readings, nodes, stack, outlooks[position])
    return nodes


def _accept_misread(readings: tuple[Mark, ...], nodes: list[_Node], stack: list[int], ahead: _Outlook) -> None:
    """Take a number that does not fit for the one that is missing: 1, 2, 8, 4 is 1, 2, 3, 4 read badly."""
    depth = next((d for d in range(len(stack) - 1, -1, -1) if nodes[stack[d]].mark.kind == "number"), None)
    mark = next((m for m in readings if m.kind == "number" and m.broken and m.capital), None)
    if depth is None or mark is None or ahead.number != nodes[stack[depth]].mark.value + 2:
        return
    value = ahead.number - 1
    del stack[depth:]
    nodes.append(_Node(replace(mark, value=value, label=str(value)), stack[-1] if stack else -1, depth))
    stack.append(len(nodes) - 1)


def _letter_in_series(mark: Mark, nodes: list[_Node], level: int, stack: list[int]) -> Mark:
    """``d)`` printed twice is ``d)`` and ``đ)``: lost marks do not lose the count."""
    if mark.kind != "letter" or mark.label != "d":
        return mark
    parent = stack[-1] if stack else -1
    taken = any(n.parent == parent and n.mark.kind == "letter" and n.mark.label == "d" for n in nodes[-40:])
    return replace(mark, label="đ", value=LETTERS.index("đ") + 1) if taken else mark


def _level(mark: Mark, nodes: list[_Node], stack: list[int], ahead: _Outlook) -> int | None:
    """Depth at which ``mark`` joins the open provisions, or None where it begins nothing."""
    if mark.kind in BULLETS:
        return _bullet_level(mark, nodes, stack)
    if mark.kind == "decimal":
        return _decimal_level(mark, nodes, stack)
    same = [depth for depth in range(len(stack) - 1, -1, -1) if nodes[stack[depth]].mark.kind == mark.kind]
    if mark.kind in ("part", "chapter", "section"):
        return same[-1] if same else _new_level(mark, nodes, stack)
    if not (mark.capital or mark.broken):
        return None
    for depth in same:
        step = mark.value - nodes[stack[depth]].mark.value
        if step == 1 or (step == 0 and mark.label == "d"):
            return depth
    for depth in same:
        step = mark.value - nodes[stack[depth]].mark.value
        if mark.sure and mark.broken and mark.capital and 1 < step <= 3:
            return depth
    return _series_start(mark, nodes, stack, same, ahead)


def _series_start(mark: Mark, nodes: list[_Node], stack: list[int], same: list[int], ahead: _Outlook) -> int | None:
    if mark.kind in ("paren", "small") and not (mark.value == 1 and mark.kind in ahead.seconds):
        return None  # "(1)" alone is a reference or a footnote
    if mark.value != 1:
        fits = not same and mark.sure and mark.broken and mark.capital and mark.kind != "capital"
        return _new_level(mark, nodes, stack) if fits and _resumes(mark, nodes, ahead) else None
    goes_on = mark.kind in ahead.seconds
    if mark.kind == "capital" and not goes_on:
        return None
    if mark.kind == "roman" and not goes_on and ahead.number == 2:
        return None  # "I." for "1."
    counted = goes_on if mark.kind == "article" else ahead.number == 2 or (mark.broken and ahead.run >= _RUN)
    if not mark.sure and not counted:
        return None
    if same:
        if not goes_on:
            return None
        return len(stack) if mark.opened and stack[same[0]] != stack[-1] else same[-1]
    if not mark.broken and not mark.opened and not goes_on:
        return None
    return _new_level(mark, nodes, stack)


def _resumes(mark: Mark, nodes: list[_Node], ahead: _Outlook) -> bool:
    """Does a series begin above one: because it runs on from the section before, or because its first is lost?"""
    last = next((node.mark.value for node in reversed(nodes) if node.mark.kind == mark.kind), 0)
    if not last:
        return mark.value <= 3
    return mark.value == last + 1 or (mark.kind == "number" and mark.value == 2 and ahead.number == 3)


def _look_ahead(marks: list[tuple[Mark, ...]]) -> list[_Outlook]:
    """Outlook behind each mark, in one pass from the end."""
    outlooks = []
    seconds: frozenset[str] = frozenset()
    number = 0
    runs: dict[int, int] = {}
    for readings in reversed(marks):
        outlooks.append(_Outlook(seconds, number, runs.get(2, 0)))
        for mark in readings:
            if mark.sure and mark.value in (1, 2):
                seconds = seconds - {mark.kind} if mark.value == 1 else seconds | {mark.kind}
            if mark.sure and mark.kind == "number":
                number = mark.value
            if mark.broken and mark.kind == "number":
                runs = {} if mark.value == 1 else {**runs, mark.value: 1 + runs.get(mark.value + 1, 0)}
    return outlooks[::-1]


def _new_level(mark: Mark, nodes: list[_Node], stack: list[int]) -> int:
    """A new series hangs under what a colon has just opened, else under the nearest higher rank."""
    if mark.opened and stack and mark.kind not in ("part", "chapter", "section", "article"):
        return len(stack)
    depth = len(stack)
    while depth and _RANKS[nodes[stack[depth - 1]].mark.kind] >= _RANKS[mark.kind]:
        depth -= 1
    return depth


def _bullet_level(mark: Mark, nodes: list[_Node], stack: list[int]) -> int:
    """Bullets of one kind are sisters, unless a colon right above opens a list of its own."""
    top = len(stack) - 1
    for depth in range(top, -1, -1):
        if nodes[stack[depth]].mark.kind == mark.kind:
            nested = mark.opened and any(nodes[stack[d]].mark.kind not in BULLETS for d in range(depth, top + 1))
            return len(stack) if nested else depth
    under_plus = mark.kind == "dash" and stack and nodes[stack[top]].mark.kind == "plus" and not mark.opened
    return top if under_plus else len(stack)


def _decimal_level(mark: Mark, nodes: list[_Node], stack: list[int]) -> int | None:
    """``2.3`` stands under the open 2, behind 2.2 (or 2.1 where one is lost)."""
    for depth in range(len(stack) - 1, -1, -1):
        open_mark = nodes[stack[depth]].mark
        values = (*open_mark.prefix, open_mark.value)
        if open_mark.kind == "decimal" and open_mark.prefix == mark.prefix:
            step = mark.value - open_mark.value
            return depth if step == 1 or (step == 2 and mark.broken and mark.capital) else None
        if open_mark.kind in ("number", "decimal", "roman", "article") and values == mark.prefix:
            return depth + 1 if mark.value == 1 else None
    return None


def _keep_ordering(nodes: list[_Node], text: Text) -> list[_Node]:
    """Without the bullets of the preamble: those before the first counted provision, or that only cite grounds."""
    first = next((i for i, node in enumerate(nodes) if node.mark.kind in _STRUCTURAL), None)
    if first:
        return _without(nodes, first)
    if first is None and nodes and not (nodes[0].mark.opened or nodes[0].mark.kind == "paren"):
        return []
    if first is None and nodes and re.match(r" *(?:can cu|xet|theo) ", text.folded[nodes[0].mark.after :][:20]):
        return []
    return nodes


def _without(nodes: list[_Node], count: int) -> list[_Node]:
    """Nodes without the first ``count``: what stood below one of those stands at the top."""
    kept: list[_Node] = []
    for node in nodes[count:]:
        parent = max(node.parent - count, -1)
        kept.append(_Node(node.mark, parent, kept[parent].depth + 1 if parent >= 0 else 0))
    return kept


def _ends(nodes: list[_Node], end: int) -> list[int]:
    """Where each provision ends: at the next one of its own or a higher level."""
    ends = [end] * len(nodes)
    open_nodes: list[int] = []
    for index, node in enumerate(nodes):
        while open_nodes and nodes[open_nodes[-1]].depth >= node.depth:
            ends[open_nodes.pop()] = node.mark.start
        open_nodes.append(index)
    return ends


def _assemble(nodes: list[_Node], raw: str, end: int) -> tuple[Provision, ...]:
    paths: list[str] = []
    taken: dict[str, int] = {}
    bullets: dict[tuple[int, str], int] = {}
    out = []
    for node, stop in zip(nodes, _ends(nodes, end), strict=True):
        label = node.mark.label
        step = label if node.mark.kind != "decimal" else str(node.mark.value)
        if node.mark.kind in BULLETS:
            bullets[node.parent, label] = bullets.get((node.parent, label), 0) + 1
            step = f"{label}{bullets[node.parent, label]}"
        parent = paths[node.parent] if node.parent >= 0 else ""
        path = f"{parent}.{step}" if parent else step
        taken[path] = taken.get(path, 0) + 1
        if taken[path] > 1:
            path = f"{path}({taken[path]})"
        paths.append(path)
        start = node.mark.start
        out.append(Provision(label, path, parent, node.depth, start, start + len(raw[start:stop].rstrip())))
    return tuple(out)
