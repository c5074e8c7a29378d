"""Part of :mod:`loaders.tasks`: tables that divide the work of a plan, with a column of bodies in charge and one of
those who help.

Source: plans of provinces and districts, which close with such a table ("Cơ quan chủ trì", "Đơn vị phối hợp").
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from loaders.records import Task
from loaders.tasks_reader import Reader

_CELL = re.compile(r"[^|\t\n]+")
_IN_CHARGE = re.compile(r"chu tri|(?:don vi|co quan|bo phan) (?:thuc hien|phu trach|chiu trach nhiem)")
_HELPING = re.compile(r"phoi hop")
_RULE = re.compile(r"[\s|:-]+")
_LONGEST_ROW = 400  # characters of a quote


def match_table(reader: Reader) -> Iterator[Task]:
    """``lead`` and ``coordinate`` for the bodies of each row; the span is the row."""
    columns: dict[int, str] = {}
    for start, end in _lines(reader):
        cells = list(_CELL.finditer(reader.text.folded, start, end))
        if len(cells) < 2:
            columns = {}
        elif not columns:
            columns = _columns([cell[0] for cell in cells])
        elif not _RULE.fullmatch(reader.text.folded, start, end):
            yield from _row(reader, columns, cells)


def _lines(reader: Reader) -> Iterator[tuple[int, int]]:
    at = reader.start
    while at < reader.end:
        stop = reader.text.raw.find("\n", at, reader.end)
        stop = reader.end if stop < 0 else stop
        if stop > at:
            yield at, stop
        at = stop + 1


def _columns(heads: list[str]) -> dict[int, str]:
    """Role by column; none where no head names who is in charge."""
    roles = {
        place: "lead" if _IN_CHARGE.search(head) else "coordinate"
        for place, head in enumerate(heads)
        if _IN_CHARGE.search(head) or _HELPING.search(head)
    }
    return roles if "lead" in roles.values() else {}


def _row(reader: Reader, columns: dict[int, str], cells: list[re.Match[str]]) -> Iterator[Task]:
    raw = reader.text.raw
    filled = [cell for cell in cells if cell[0].strip()]
    start = filled[0].start() + len(filled[0][0]) - len(filled[0][0].lstrip())
    for place, role in columns.items():
        cell = cells[place] if place < len(cells) else None
        at = cell.start() + len(cell[0]) - len(cell[0].lstrip()) if cell else reader.end
        listed = reader.bodies(at) if cell and at < cell.end() else None
        for item in listed.items if listed else ():
            end = min(max(filled[-1].start() + len(filled[-1][0].rstrip()), item.end), start + _LONGEST_ROW)
            if not item.nobody and item.end <= end:
                yield Task(" ".join(raw[item.start : item.end].split()), role, start, end, item.start, item.end)
