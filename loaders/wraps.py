"""Which line breaks only wrap a line: a page of print breaks a sentence wherever its column ends.

Source: the text layers and scans of the corpus, whose lines are 60 to 100 characters wide.
"""

from __future__ import annotations

import re

_LETTERED = re.compile(r"[a-zđ]\)|\d\.\d")
_NUMBERED = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,3}[.)/-]?\s|[ivxIVX]{1,4}[.)]\s")
_NARROW = 50  # a line as short as this ends where its writer wanted it to
# "… phối hợp với Sở Tài chính,", a page number in a line of its own, "Bảo hiểm xã hội tỉnh …"
_PAGE_BREAK = re.compile(
    r"(?<=[^\s.;:!?/|])\n(?:[ \t]*\n)*[ \t]*[-–]?[ ]?\d{1,3}[ ]?[-–]?[ \t]*\n(?:[ \t]*\n)*[ \t]*"
    r"(?=[^\W\d_]+[\s,;.](?!\)))"
)
_MARKS = ".;:,!?/-"
_COLUMNS = re.compile(r"\S(?:   +|\t)\S|\|")
_SINGLE = re.compile(r"(?<=[^\s|])[ \t]?\n[ \t]?(?=[^\s|+*•–-])")


def is_wrap(raw: str, start: int, end: int) -> bool:
    """Whether the break ``raw[start:end]``, with the marks and blanks around it, only wraps a line.

    It does where the next line begins in lower case and is no item, and behind a long line that ends in no mark.
    """
    if end >= len(raw) or start == 0:
        return False
    gap = raw[start:end]
    if raw[end].islower() and not any(mark in gap for mark in "-–+*•.;:!?") and not _LETTERED.match(raw, end):
        return True
    if any(mark in gap for mark in ".;:!?/-–+*•|") or gap.count("\n") > 1:
        return False
    if raw[end].isdigit() and (_NUMBERED.match(raw, end) or not raw[start - 1].isalpha()):
        return False
    return start - (raw.rfind("\n", 0, start) + 1) > _NARROW


def goes_on(before: str, line: str) -> bool:
    """Whether ``line`` goes on with the sentence of the long line ``before``; lines set in two columns do not."""
    if len(before) <= _NARROW or _COLUMNS.search(before) or _COLUMNS.search(line) or line[:1] in "-–+*•":
        return False
    raw = f"{before}\n{line}"
    return is_wrap(raw, len(before) - (before[-1] in _MARKS), len(before) + 1)


def find_wraps(raw: str, start: int, end: int) -> list[int]:
    """Offsets between ``start`` and ``end`` of the line breaks that only wrap a line, and of the characters of a page
    break inside a sentence with its number."""
    breaks = [
        raw.index("\n", found.start())
        for found in _SINGLE.finditer(raw, start, end)
        if is_wrap(raw, found.start() - (raw[found.start() - 1] in _MARKS), found.end())
    ]
    pages = (range(*found.span()) for found in _PAGE_BREAK.finditer(raw, start, end))
    return sorted({*breaks, *(at for page in pages for at in page)})


def unwrap(string: str, wraps: list[int]) -> str:
    """The string with a blank at each of the offsets: a span of one is a span of the other."""
    pieces, last = [], 0
    for at in wraps:
        pieces.append(string[last:at])
        last = at + 1
    return " ".join([*pieces, string[last:]])
