"""Quotes: the self-contained phrase around a coded passage, as a person would cite it.

Reads the text, its folded shadow and the bounds of a clause (:mod:`loaders.clauses`), and gives the span from the
start of the order, or the verb that governs it, to the end of the phrase. A colon ends a phrase; a comma does where a
new order or condition begins after it, never inside a pair or a list ("phòng, chống", "kiểm tra, giám sát", nouns that
share one verb); brackets and quotation marks stay whole. The verbs are data: ``quotes`` in ``measures.yaml``.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from loaders.fold import fold
from loaders.vocabulary import read_vocabulary

PREFERRED = 40  # words a quote should keep to
_ALLOWED = 48  # words left as they are where a clause has that many
LONGEST = 60  # words it keeps to wherever the clause can be cut at all
SHORTEST = 4
_AGENCIES = 9  # words of agencies before the verb that are left out
_NEVER, _LIST, _CLAUSE = 0, 1, 2  # what a comma is

_WORD = re.compile(r"\w+")
_WORDS = re.compile(r"(\w+)")
_MARK = re.compile(r"[,:()\[\]{}\"]")
_OPEN = {"(": ")", "[": "]", "{": "}", "“": "”", "«": "»", "„": "”"}
_CLOSE = frozenset(")]}”»")
_MARKS = '"＂‟'
_LABEL = re.compile(r"(?:[a-zđ]|\d{1,2}(?:\.\d{1,2})*)[.)]\s+|[-–+*•]\s*|\d{1,2}-\s+")
Word = tuple[int, int, str]
Lexicon = dict[str, frozenset[str]]
_EDGE = " \t\n\r\u00a0,;:.-–+*•_|/…"


@dataclass(frozen=True, slots=True)
class Clause:
    """Words of a clause as (start, end, small letters); commas outside brackets as (offset, index of the next word,
    kind), ``cuts`` the offsets of those that end a phrase; ``stops`` are colons and marks without a partner; ``units``
    what brackets and quotation marks hold."""

    low: int
    high: int
    words: list[Word]
    commas: list[tuple[int, int, int]]
    cuts: list[int]
    stops: list[int]
    units: list[tuple[int, int]]
    lexicon: Lexicon
    starts: list[int]
    ends: list[int]

    def place(self, offset: int) -> int:
        """Index of the first word at or behind an offset."""
        return bisect_left(self.starts, offset)

    def phrase_start(self, offset: int, low: int) -> int:
        """Start of the phrase that holds the character before ``offset``, not before ``low``."""
        place = bisect_left(self.cuts, offset)
        return max(self.cuts[place - 1] + 1, low) if place else low

    def phrase_end(self, offset: int, high: int) -> int:
        """End of the phrase that holds ``offset``, not behind ``high``."""
        place = bisect_left(self.cuts, offset)
        return min(self.cuts[place], high) if place < len(self.cuts) else high


@lru_cache(maxsize=2)
def _lexicon(marked: bool) -> Lexicon:
    """Lists of the vocabulary, as written or, for a text without marks, folded."""
    lists = read_vocabulary("measures")["quotes"].items()
    return {key: frozenset(words if marked else map(fold, words)) for key, words in lists}


def read_clause(raw: str, folded: str, low: int, high: int) -> Clause:
    """Words, commas and units of ``raw[low:high]``."""
    piece = raw[low:high]
    small = piece.lower()
    if len(small) != len(piece):
        small = folded[low:high]
    lexicon = _lexicon(not small.isascii())
    pieces = _WORDS.split(small)  # gap, word, gap, …, gap
    offsets = list(accumulate(map(len, pieces), initial=low))
    starts, ends = offsets[1:-1:2], offsets[2::2]
    words = list(zip(starts, ends, pieces[1::2], strict=True))
    marks = [(match.start(), match[0]) for match in _MARK.finditer(folded, low, high)]
    units, single = _units(raw, [at for at, mark in marks if mark not in ",:"])
    places, stops = [], list(single)
    for at, mark in marks:
        if mark not in ",:" or (raw[at - 1 : at].isdigit() and raw[at + 1 : at + 2].isdigit()) or _inside(units, at):
            continue
        if mark == ":":
            stops.append(at)
        else:
            places.append((at, bisect_left(starts, at)))
    edges = [0, *(index for _, index in places), len(words)]
    commas = [
        (offset, index, _comma(raw, words, lexicon, edges[place], index, edges[place + 2]))
        for place, (offset, index) in enumerate(places)
    ]
    cuts = [offset for offset, _, kind in commas if kind == _CLAUSE]
    return Clause(low, high, words, commas, cuts, sorted(stops), units, lexicon, starts, ends)


def _inside(units: list[tuple[int, int]], offset: int) -> bool:
    return any(start < offset < end for start, end in units)


def _units(raw: str, marks: list[int]) -> tuple[list[tuple[int, int]], list[int]]:
    """Bounds of what is in brackets or quotation marks, and the marks without a partner."""
    units: list[tuple[int, int]] = []
    waiting: list[int] = []
    single: list[int] = []
    for at in marks:
        mark = raw[at]
        if mark in _MARKS:
            partner = next((other for other in waiting if raw[other] in _MARKS), None)
        elif mark in _OPEN:
            waiting.append(at)
            continue
        elif mark in _CLOSE:
            partner = next((other for other in reversed(waiting) if _OPEN.get(raw[other]) == mark), None)
            if partner is None:
                single.append(at)
                continue
        else:
            continue
        if partner is None:
            waiting.append(at)
            continue
        while waiting[-1] != partner:
            single.append(waiting.pop())
        waiting.pop()
        units.append((partner, at + 1))
    return units, [*single, *waiting]


def _comma(raw: str, words: Sequence[Word], lexicon: Lexicon, first: int, index: int, last: int) -> int:
    """What the comma before word ``index`` is; its segments are the words from ``first`` and up to ``last``."""
    if index == 0 or index >= len(words):
        return _CLAUSE
    before, after = words[index - 1][2], words[index][2]
    if f"{before} {after}" in lexicon["pairs"]:
        return _NEVER
    order = _order(raw, words, lexicon, index, last)
    if order and last - index == 2 and last < len(words):  # "sản xuất, cung ứng, lưu thông": a list goes on
        order = _order(raw, words, lexicon, last, len(words))
    bare = index - first <= 3 and _bare(words, lexicon, first, index)
    if not order:
        short = min(index - first, last - index) < 3
        return _NEVER if bare or short else _LIST
    if bare or (_ends_bare(words, lexicon, first, index) and not _strong(words, lexicon, index)):
        return _NEVER
    return _CLAUSE


def _pair(words: Sequence[Word], index: int) -> str:
    return f"{words[index][2]} {words[index + 1][2]}" if 0 <= index < len(words) - 1 else ""


def _order(raw: str, words: Sequence[Word], lexicon: Lexicon, index: int, last: int) -> bool:
    """Whether an order, a condition or what joins one begins at word ``index``; a name in capitals does not."""
    if words[index][2] in lexicon["joins"] or _pair(words, index) in lexicon["joins"]:
        return True
    if raw[words[index][0]].isupper():
        return False
    while index + 1 < last and _pair(words, index) in lexicon["adverbs"]:
        index += 2
    return index < last and _verb(words, lexicon, index, last)


def _verb(words: Sequence[Word], lexicon: Lexicon, index: int, last: int) -> bool:
    if words[index][2] in lexicon["short_verbs"] and index + 1 < last:
        return _pair(words, index) not in lexicon["no_verbs"]
    pair = _pair(words, index)
    if pair not in lexicon["verbs"]:
        return False
    if pair in lexicon["also_nouns"]:  # "cơ quan, tổ chức, cá nhân"; "thông báo, hướng dẫn của Bộ"
        return index + 2 < last and words[index + 2][2] not in lexicon["after_nouns"]
    return True


def _strong(words: Sequence[Word], lexicon: Lexicon, index: int) -> bool:
    """Whether word ``index`` begins an order whatever bare verb stands before its comma."""
    pair = _pair(words, index)
    return pair in lexicon["strong"] or pair in lexicon["adverbs"] or words[index][2] in lexicon["joins"]


def _ends_bare(words: Sequence[Word], lexicon: Lexicon, first: int, index: int) -> bool:
    """Whether a verb without an object stands before word ``index``: "tăng cường kiểm tra, giám sát"."""
    return index - first >= 2 and _pair(words, index - 2) in lexicon["verbs"]


def _bare(words: Sequence[Word], lexicon: Lexicon, first: int, index: int) -> bool:
    """Whether the segment is an adverb or a verb and no more: "chủ trì, …", "Khẩn trương, …", "lập, …"."""
    if index - first == 1:
        return words[first][2] not in lexicon["joins"]
    pairs = [_pair(words, place) for place in range(first, index - 1)]
    return any(pair in lexicon["verbs"] or pair in lexicon["adverbs"] for pair in pairs[-1:])


def cut_quote(raw: str, clause: Clause, start: int, end: int) -> tuple[int, int]:
    """Bounds of the phrase in ``raw`` that orders what ``raw[start:end]`` names: never empty, within the clause."""
    low, high = _region(raw, clause, start, end)
    left, right = clause.phrase_start(start, low), clause.phrase_end(end, high)
    left = _with_condition(clause, low, left, right)
    right = _with_order(clause, left, right, high)
    left, right = _widen(clause, low, high, left, right)
    left = _without_agencies(raw, clause, left, start, right)
    if _count(clause, left, right) > _ALLOWED:
        left, right = _shorten(raw, clause, left, right, start, end)
    return _trim(raw, clause, left, right, start, end)


def _region(raw: str, clause: Clause, start: int, end: int) -> tuple[int, int]:
    """The stretch between colons, unmatched marks and the bracket that holds the passage."""
    low = max((at + 1 for at in clause.stops if at < start), default=clause.low)
    high = min((at for at in clause.stops if at >= end), default=clause.high)
    if high < clause.high and raw[high] == ":" and _heading(clause, low, high):
        high = min((at for at in clause.stops if at > high), default=clause.high)
    if low > clause.low and raw[low - 1] == ":":
        low = _with_head(raw, clause, low, high)
    for first, last in clause.units:
        if first < start and end < last and raw[first] in "([{" and _count(clause, first, last) >= SHORTEST:
            low, high = max(low, first + 1), min(high, last - 1)
    return low, high


def _heading(clause: Clause, low: int, high: int) -> bool:
    """Whether the words before a colon only say what the order behind it is about: "Về vận tải hành khách: …"."""
    words = [word for start, _, word in clause.words if low <= start < high]
    return bool(words) and (len(words) < SHORTEST or words[0] in clause.lexicon["topics"])


def _with_head(raw: str, clause: Clause, low: int, high: int) -> int:
    """Start of the words before the colon, where they hold the verb of the list behind it: "Tạm dừng: karaoke, …"."""
    before = max((at + 1 for at in clause.stops if at < low - 1), default=clause.low)
    head = [place for place, word in enumerate(clause.words) if before <= word[0] < low]
    item = next((place for place, word in enumerate(clause.words) if word[0] >= low), len(clause.words))
    if not head or item >= len(clause.words) or len(head) > 14 or _count(clause, before, high) > PREFERRED:
        return low
    words = clause.words
    if raw[words[item][0]].isupper() or _order(raw, words, clause.lexicon, item, len(words)):
        return low
    folded = [word for _, _, word in words[head[0] : head[-1] + 1]]
    return before if any(word in clause.lexicon["heads"] for word in folded) else low


def _with_condition(clause: Clause, low: int, left: int, right: int) -> int:
    """Start of the condition, time or subject before the order, where both together stay short."""
    while left > low:
        places = range(clause.place(left), len(clause.words))
        at = clause.phrase_start(left - 1, low)
        if not places or _count(clause, at, right) > PREFERRED:
            return left
        opening = clause.place(at)
        lexicon, words = clause.lexicon, clause.words
        modal = words[places[0]][2] in lexicon["modals"] or _pair(words, places[0]) in lexicon["modals"]
        if not modal and not {words[opening][2], _pair(words, opening)} & lexicon["conditions"]:
            return left
        left = at
    return left


def _with_order(clause: Clause, left: int, right: int, high: int) -> int:
    """End of the order where all that stands before ``right`` is the condition or the subject of it."""
    opening = clause.place(left)
    after = clause.place(right)
    if right >= high or opening >= after:
        return right
    lexicon, words = clause.lexicon, clause.words
    modals = lexicon["modals"]
    if after >= len(words) or not {words[after][2], _pair(words, after)} & modals:
        if not {words[opening][2], _pair(words, opening)} & lexicon["conditions"] - modals:
            return right
        if any(words[place][2] in modals or _pair(words, place) in modals for place in range(opening, after)):
            return right
    on = clause.phrase_end(right + 1, high)
    return on if _count(clause, left, on) <= LONGEST else right


def _widen(clause: Clause, low: int, high: int, left: int, right: int) -> tuple[int, int]:
    """The bounds moved over a comma where fewer than four words lie between them."""
    while _count(clause, left, right) < SHORTEST and (left > low or right < high):
        on, back = clause.phrase_end(right + 1, high), clause.phrase_start(left - 1, low)
        if right < high and (left == low or _count(clause, left, on) <= 25):
            right = on
        elif left > low and _count(clause, back, right) <= 25:
            left = back
        else:
            break
    return left, right


def _without_agencies(raw: str, clause: Clause, left: int, start: int, right: int) -> int:
    """Start of the verb behind a long list of agencies: "… và địa phương liên quan thành lập 03 chốt"."""
    lexicon, words = clause.lexicon, clause.words
    places = range(clause.place(left), clause.place(right))
    opening = places[0] if places else 0
    named = (
        opening + 2 * (_pair(words, opening) in lexicon["addresses"]) + (words[opening][2] == "giao") if places else 0
    )
    if not places or named >= len(words) or words[named][2] not in lexicon["agencies"]:
        return left
    for place in places[1:]:
        if words[place][0] > start:
            break
        if place - opening >= _AGENCIES and places[-1] - place >= SHORTEST and _begins(raw, clause, place):
            return words[place][0]
    return left


def _begins(raw: str, clause: Clause, place: int) -> bool:
    """Whether an order begins at a word in the middle of a phrase: a verb in small letters that no noun governs."""
    lexicon, words = clause.lexicon, clause.words
    start = words[place][0]
    if raw[start].isupper() or _inside(clause.units, start) or not place:
        return False
    if {words[place - 1][2], _pair(words, place - 2)} & lexicon["governors"]:
        return False
    pair = _pair(words, place)
    if pair in lexicon["no_starts"]:
        return False
    between = raw[words[place - 1][1] : start]
    if "," in between:
        return any(index == place and kind == _CLAUSE for _, index, kind in clause.commas)
    if pair in lexicon["adverbs"]:
        return _order(raw, words, clause.lexicon, place, len(words))
    follows = _pair(words, place - 2) in lexicon["verbs"] or _pair(words, place - 2) in lexicon["adverbs"]
    return pair in lexicon["verbs"] and pair not in lexicon["also_nouns"] and not follows


def _shorten(raw: str, clause: Clause, left: int, right: int, start: int, end: int) -> tuple[int, int]:
    """Bounds moved in to forty words where a list or a phrase ends there, to sixty where the clause is one piece."""
    words, weak, hanging = clause.words, clause.lexicon["phrase_starts"], clause.lexicon["hanging_last"]
    ends: list[int] = []
    if _count(clause, left, right) > LONGEST:
        ends += [at for at, _, kind in clause.commas if kind == _LIST and end <= at < right]
        ends += [first for first, _ in clause.units if end <= first < right and raw[first] in "([{"]
        ends += [
            word[0]
            for place, word in enumerate(words)
            if end < word[0] < right
            and (word[2] in weak or _pair(words, place) in weak)
            and words[place - 1][2] not in hanging
            and not _inside(clause.units, word[0])
        ]
        right = _fit(clause, left, right, ends, keep=max(SHORTEST, _count(clause, left, end)))
    if _count(clause, left, right) <= PREFERRED:
        return left, right
    begins = [word[0] for place, word in enumerate(words) if left < word[0] <= start and _begins(raw, clause, place)]
    fitting = [at for at in begins if SHORTEST <= _count(clause, at, right) <= PREFERRED]
    left = fitting[0] if fitting else max(begins, default=left)
    if _count(clause, left, right) > LONGEST:
        right = _fit(clause, left, right, ends, keep=SHORTEST)
    if _count(clause, left, right) > LONGEST:
        return _force(clause, left, right, start, end)
    return left, right


def _fit(clause: Clause, left: int, right: int, ends: list[int], *, keep: int) -> int:
    fitting = [at for at in ends if keep <= _count(clause, left, at) <= PREFERRED]
    if fitting:
        return max(fitting)
    nearest = [at for at in ends if PREFERRED < _count(clause, left, at) <= LONGEST]
    return min(nearest, default=right)


def _force(clause: Clause, left: int, right: int, start: int, end: int) -> tuple[int, int]:
    """Sixty words around the passage in a stretch without any mark or joint."""
    inside = [word for word in clause.words if left <= word[0] < right]
    before = [word for word in inside if word[0] < start and not _inside(clause.units, word[0])]
    if len(before) > LONGEST // 2:
        left = before[-LONGEST // 2][0]
    kept = [word for word in clause.words if left <= word[0] < right]
    last = next((place for place, word in enumerate(kept) if word[1] >= end), len(kept) - 1)
    stop = max(kept[min(LONGEST, len(kept)) - 1][1], kept[last][1])
    holding = [unit for first, unit in clause.units if first < stop < unit]
    return left, min(max(holding, default=stop), right)


def _count(clause: Clause, left: int, right: int) -> int:
    return max(bisect_right(clause.ends, right) - bisect_left(clause.starts, left), 0)


def _trim(raw: str, clause: Clause, left: int, right: int, start: int, end: int) -> tuple[int, int]:
    """Bounds without blanks, marks, labels and words that hang in the air."""
    left, right = min(left, start), max(right, end)
    while True:
        while left < start and raw[left] in _EDGE:
            left += 1
        label = _LABEL.match(raw, left, right)
        if not label or label.end() > start:
            break
        left = label.end()
    hanging = clause.lexicon
    word = _WORD.match(raw, left)
    while word and word.end() < start and word[0].lower() in hanging["hanging_first"]:
        left = word.end()
        while raw[left] in _EDGE:
            left += 1
        word = _WORD.match(raw, left)
    while right > end:
        while right > end and raw[right - 1] in _EDGE:
            right -= 1
        tail = raw.rfind(" ", end, right)
        if tail < 0 or raw[tail + 1 : right].lower() not in hanging["hanging_last"]:
            break
        right = tail
    return left, right
