"""Printed lines → text: columns that stand side by side one after the other, wrapped lines joined to paragraphs.

Shared by the text layer of PDF and by OCR. Units are whatever the words' boxes are in; y grows downwards.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

COLUMN_GAP = 1.6
"""A blank wider than this many text heights parts two columns (measured on letterheads)."""
_SURE_GAP = 3.0
_MARKER = re.compile(r"(\d{1,2}[.,)]|[a-zđ]\)|[IVX]{1,4}[.-]|[-–+•*●]|Điều \d|Nơi nhận|Kính gửi)", re.IGNORECASE)
_CLOSED = (".", ";", ":", "./.", "!", "?")


@dataclass(frozen=True, slots=True)
class Word:
    """A printed word with its box and, for OCR, its confidence 0–1."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """Words of one line from left to right; ``column`` is true where the line is one of several side by side."""

    words: tuple[Word, ...]
    column: bool = False

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def x1(self) -> float:
        return self.words[-1].x1

    @property
    def top(self) -> float:
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        return max(word.bottom for word in self.words)

    @property
    def height(self) -> float:
        return max(self.bottom - self.top, 1e-6)

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


def unfold_columns(lines: Iterable[Line]) -> list[Line]:
    """Lines in reading order: of lines that share a gutter first all left parts, then all right parts.

    A letterhead ("ỦY BAN NHÂN DÂN      CỘNG HÒA XÃ HỘI …") and the foot ("Nơi nhận:      KT. CHỦ TỊCH") are such lines.
    A line in three or more parts is a row of a table and stays whole.
    """
    ordered: list[Line] = []
    group = _Group()
    for line in lines:
        parts = _parts(line)
        if len(parts) == 2 and group.take_pair(line, *parts):
            continue
        if len(parts) == 1 and group.take_single(line):
            continue
        ordered.extend(group.lines())
        group = _Group()
        if len(parts) != 2 or not group.take_pair(line, *parts):
            ordered.append(line)
    ordered.extend(group.lines())
    return ordered


class _Group:
    """Consecutive lines around one gutter."""

    def __init__(self) -> None:
        self.whole: list[Line] = []
        self.left: list[Line] = []
        self.right: list[Line] = []
        self.gutter = (float("-inf"), float("inf"))
        self.n_pairs = 0

    def take_pair(self, line: Line, left: Line, right: Line) -> bool:
        gutter = max(self.gutter[0], left.x1), min(self.gutter[1], right.x0)
        if gutter[0] >= gutter[1] or self._far(line):
            return False
        self.gutter, self.n_pairs = gutter, self.n_pairs + 1
        self.whole.append(line)
        self.left.append(left)
        self.right.append(right)
        return True

    def take_single(self, line: Line) -> bool:
        if not self.n_pairs or self._far(line):
            return False
        if line.x1 <= self.gutter[1]:
            self.left.append(replace(line, column=True))
        elif line.x0 >= self.gutter[0]:
            self.right.append(replace(line, column=True))
        else:
            return False
        self.whole.append(line)
        return True

    def _far(self, line: Line) -> bool:
        return bool(self.whole) and line.top - self.whole[-1].bottom > 4 * line.height

    def lines(self) -> list[Line]:
        if self.n_pairs == 1 and self.gutter[1] - self.gutter[0] < _SURE_GAP * self.whole[0].height:
            return self.whole  # one wide blank: a justified line
        return self.left + self.right


def _parts(line: Line) -> list[Line]:
    """The line cut at its wide blanks."""
    parts: list[list[Word]] = [[line.words[0]]]
    for before, word in pairwise(line.words):
        if word.x0 - before.x1 > COLUMN_GAP * line.height:
            parts.append([])
        parts[-1].append(word)
    return [Line(tuple(part), column=len(parts) > 1) for part in parts]


def join_lines(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines grouped to paragraphs: a line that reaches the right margin runs on in the next one.

    Lines in columns are never joined, nor over a list marker that follows the end of a sentence.
    """
    body = [line for line in lines if not line.column]
    right = max((line.x1 for line in body), default=0.0)
    left = min((line.x0 for line in body), default=0.0)
    paragraphs: list[list[Line]] = []
    for line in lines:
        if paragraphs and _runs_on(paragraphs[-1][-1], line, left, right):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    return paragraphs


def _runs_on(before: Line, line: Line, left: float, right: float) -> bool:
    height = median((before.height, line.height))
    if before.column or line.column or before.x1 < right - 3 * height:
        return False
    if not -height < line.top - before.bottom < 1.6 * height or before.x0 > left + 8 * height:
        return False
    if _MARKER.match(line.text) and before.text.endswith(_CLOSED):
        return False
    return line.x0 < left + 0.8 * height or line.text[0].islower()


def usual_pitch(lines: Sequence[Line]) -> float:
    """Median distance from one line to the next, 0 where there are not two."""
    steps = [line.bottom - before.bottom for before, line in pairwise(lines)]
    return median([step for step in steps if step > 0] or [0.0])


def paragraph_gap(before: Line, line: Line, pitch: float) -> bool:
    """Whether a blank line is seen between two lines; also where the text jumps up to the next column."""
    step = line.bottom - before.bottom
    return step < 0 or (step > 1.25 * pitch and line.top - before.bottom > 0.3 * min(before.height, line.height))


def glue(before: str) -> str:
    """What joins a wrapped line to the next: nothing inside a number such as ``1309/UBND-`` + ``KGVX``.

    >>> glue("số 1309/UBND-"), glue("kinh tế -"), glue("thực hiện")
    ('', ' ', ' ')
    """
    return "" if re.search(r"\d[\w&/]*[-/]$|/[\w&]+-$", before) else " "
