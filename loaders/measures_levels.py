"""Levels of OxCGRT that the words of a passage settle, where its rule alone does not.

Source: the OxCGRT codebook (C2 level 2: closing required for some sectors; C4: caps of gatherings) and the levels that
the project's codebook gives to named regimes (Chỉ thị 19 closes bars and karaoke: C2 = 2).
"""

from __future__ import annotations

import re
from functools import lru_cache

from loaders.phrases import compile_any
from loaders.vocabulary import read_vocabulary

_EVEN = re.compile(r" (?:kể|ke) cả? (?:bán |ban |hàng )*mang (?:về|ve|đi|di) ")  # "closed, takeaway too"
_PEOPLE = re.compile(r"(?<= )(\d{1,4}) (?:nguoi|khach|hoc sinh|dai bieu|tin [dđ]o|giao dan|phat tu)")


def people_level(string: str) -> int | None:
    """C4: 4 for caps of 10 or fewer, 3 to 100, 2 to 1,000, 1 above; empty where no number is printed."""
    found = _PEOPLE.search(string)
    if not found:
        return None
    cap = int(found[1])
    return 4 if cap <= 10 else 3 if cap <= 100 else 2 if cap <= 1000 else 1


def closing_level(string: str) -> int | None:
    """C2: 2 where trades are closed outright; empty where they are limited, or closed under a condition."""
    closed, unless = _closing()
    string = _EVEN.sub(" ", string)
    return 2 if closed.search(string) and not unless.search(string) else None


@lru_cache(maxsize=1)
def _closing() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = read_vocabulary("measures")["levels"]
    return compile_any(words["closed"]), compile_any(words["closed_unless"])
