"""Where the list of addressees ("Kính gửi", or a telegram's "… điện:") begins and ends among a document's lines."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from loaders.layout import Line
from loaders.layout_words import is_capitals
from loaders.records import Span

LABEL = regex.compile(r"^\W*(?:k\w?nh\s?g\w{1,2}(?!\w)|kinh\s?g\w{3,4}(?=\s*:)|n\wi\s?nh[a-z]n)\s*[:;./]?\s*")
ITEM = regex.compile(r"^\s*[-+•*–]")
_OPENERS = (  # words with which a preamble begins
    r"thuc hien|can cu|truoc|theo|de\b|nham|trong thoi gian|thoi gian|hien nay|tinh hinh|ngay|sau|qua|tu ngay|tiep theo"
    r"|thi hanh|uy ban|ubnd|ban thuong vu|ban chi dao|xet|duoc su|dich benh|nhu|vua qua|hom nay|thua|day"
    r"|nhung ngay|tu dau|ke tu|huong ung|dai dich|mac du|so y te|bo y te|chu tich|tinh uy|thuong truc|so gi|trong\b"
)
OPENER = regex.compile(rf"^\W*(?:{_OPENERS})\b")
_OPENER_INSIDE = regex.compile(rf"[.;/]\s+(?=(?:{_OPENERS})\b)")
_WIRED_TO = regex.compile(r"\bdien\s*:\s*$|\bgui\s*:\s*$")
PROVISION = regex.compile(r"^\s*(?:\d{1,2}\s?(?:[.)]|/(?!\d))|[ivx]{1,4}\s?[.-]|dieu \d|phan\b|chuong\b)\s*\S")
CLOSED = regex.compile(r"[.:]\s*$|\./\.?\s*$")
_ORDERS = regex.compile(r"\b(?:yeu cau|de nghi|thong bao|huong dan|chi dao|giao)\b")


def find_addressees(lines: Sequence[Line], first: int) -> int | None:
    """The "Kính gửi" of the letter (or "… điện:" of a telegram), not one that the body quotes."""
    prose = 0
    wired = False
    for index in range(first, min(first + 60, len(lines))):
        line = lines[index]
        if line.has("addressee"):
            return index
        if line.has("copies", "sign"):
            return None
        wired = wired or (line.has("title") and "dien" in line.folded)
        if wired and len(line.raw) < 120 and _is_wired_to(line) and not PROVISION.match(line.folded):
            return index
        prose += len(line.raw) > 90 and not line.has("subject", "issuer", "nation", "number")
        if prose > 1 or PROVISION.match(line.folded):
            return None
    return None


def _is_wired_to(line: Line) -> bool:
    """ "Chủ tịch Ủy ban nhân dân tỉnh điện:", "CHỦ TỊCH UBND TỈNH ĐIỆN"; not the title "CÔNG ĐIỆN" itself."""
    if _WIRED_TO.search(line.folded):
        return True
    return line.folded.endswith(" dien") and is_capitals(line.raw) and not line.has("title")


def addressees_end(lines: Sequence[Line], at: int) -> tuple[int, int | None]:
    """Index after the last addressee line, and where inside that line the body begins if they share it."""
    label = LABEL.match(_addressee_cell(lines[at]))
    open_list = not label or label.end() >= len(_addressee_cell(lines[at]))
    previous = lines[at]
    for index in range(at if not open_list else at + 1, len(lines)):
        line = lines[index]
        if index > at and not open_list and not _continues_list(previous, line, lines[at]):
            return index, None
        if index > at and line.has("copies", "sign"):
            return index, None
        cut = _OPENER_INSIDE.search(line.folded, 12)
        if cut and len(line.folded) - cut.end() > 40 and line.raw[cut.end()].isupper():
            return index + 1, line.start + cut.end()
        open_list, previous = False, line
    return len(lines), None


def _addressee_cell(line: Line) -> str:
    return next((line.folded[cell.start - line.start :] for cell in line.cells if cell.kind == "addressee"), "")


def _continues_list(previous: Line, line: Line, head: Line) -> bool:
    """Whether ``line`` still belongs to the list of addressees."""
    if line.has("nation", "party", "motto", "number", "date", "copies", "sign", "title"):
        return False
    if PROVISION.match(line.folded):
        return False
    if ITEM.match(line.raw):
        return not CLOSED.search(previous.raw) or line.gap <= 1
    if CLOSED.search(previous.raw):
        return False
    if previous.raw.endswith((",", ";")):
        return not (OPENER.match(line.folded) and len(line.raw) > 90)
    if line.raw[:1].islower():
        return True
    if line.gap or len(line.raw) >= 100 or len(previous.raw) <= 40:
        return False
    return not OPENER.match(line.folded) and not _ORDERS.search(line.folded)


def listed_span(lines: Sequence[Line], at: int, stop: int, split_at: int | None) -> Span | None:
    """What is listed after the label, from the first word of the first item on."""
    line = lines[at]
    cell = next((cell for cell in line.cells if cell.kind == "addressee"), None)
    start = line.end
    if cell is not None:
        label = LABEL.match(line.folded[cell.start - line.start :])
        start = cell.start + (label.end() if label else 0)
    if start >= line.end:
        if at + 1 >= stop:
            return None
        start = lines[at + 1].start
    end = split_at if split_at is not None else lines[stop - 1].end
    return Span(start, end) if end > start else None
