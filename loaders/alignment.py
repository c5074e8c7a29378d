"""Two directives side by side: passages aligned by what they say, words compared, wording that is used again.

A passage is a paragraph of a provision without the provisions below it, so that a long provision can answer to several
short ones. Two passages are alike by their wording (cosine of words and neighbouring pairs, rare ones weigh more; its
square root, which spreads the low values that paraphrase leaves) and by the measures that were read in them (cosine of
codes). Numbers of provisions play no part. Where one of the two carries no measure, wording decides alone.
"""

from __future__ import annotations

import math
import re
from bisect import bisect
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pandas as pd
from rapidfuzz.distance import LCSseq

from loaders.fold import fold
from loaders.queries import Atlas

ALIGNED, ADDED, DROPPED = "aligned", "added", "dropped"
MATCH = 0.38  # from here on a reader of the first seven directives called two passages the same order
SECOND = 0.75  # a passage may answer to a second one that is nearly as like it as the first: this share of its score
WORDING = 0.6  # weight of wording beside measures
RUN = 8  # syllables in a row that count as wording used again; shorter ones are phrases of the genre
_BACKGROUND = 4000  # passages, and
_NEIGHBOURS = 300  # directives, that tell how rare a word is; more change nothing

PASSAGE_COLUMNS = [
    "directive_id", "passage_id", "path", "text", "char_start", "char_end", "codes", "n_words",
]  # fmt: skip
ALIGNMENT_COLUMNS = [
    "status", "score", "wording", "measures", "left_path", "left_text", "left_start", "right_path", "right_text",
    "right_start", "left_id", "right_id", "codes_shared",
]  # fmt: skip
REUSE_COLUMNS = ["left_start", "left_end", "right_start", "right_end", "n_words", "quote"]
_WORD = re.compile(r"[a-z0-9]+(?:[/&-][a-z0-9]+)*")
_PARAGRAPH = re.compile(r"\S(?:(?!\n[ \t]*\n)[\s\S])*")
_EDGE = " \t.,;:!?…()[]“”\"'‘’«»/"


@dataclass(frozen=True)
class Change:
    """A stretch of a word diff: ``same``, ``drop`` (left only) or ``add`` (right only), and its words as printed."""

    kind: str
    words: str


def words_of(text: str) -> list[str]:
    """Folded words of ``text``; a number with its symbol is one word.

    >>> words_of("Thực hiện Công văn số 12/UBND-VX.")
    ['thuc', 'hien', 'cong', 'van', 'so', '12/ubnd-vx']
    """
    return _WORD.findall(fold(text))


def passages(provisions: pd.DataFrame, measures: pd.DataFrame) -> pd.DataFrame:
    """Passages of directives in reading order, with the measures read in each.

    Parameters
    ----------
    provisions, measures
        Rows of the tables, of any number of directives.

    Returns
    -------
    DataFrame
        Columns ``PASSAGE_COLUMNS``; ``path`` is its provision's, ``passage_id`` adds the paragraph number, ``codes`` is
        a sorted tuple. A paragraph that begins in lower case continues the one before it, over a page break too; a line
        that orders nothing and only leads to the provisions below it ("Công an tỉnh:") is left out.
    """
    rows = []
    marks = dict(iter(measures.groupby("directive_id", sort=False)))
    ordered = provisions.sort_values(["directive_id", "char_start", "depth"], kind="stable")
    for directive_id, own in ordered.groupby("directive_id", sort=False):
        found = marks.get(directive_id)
        spans = [] if found is None else list(zip(found["char_start"], found["char_end"], found["code"], strict=True))
        below = own[own["parent_id"] != ""].groupby("parent_id")["char_start"].min()
        for row in own.itertuples():
            cut = int(below.get(row.provision_id, row.char_end)) - int(row.char_start)
            for number, (start, end) in enumerate(_paragraphs(row.text[:cut]), 1):
                first, last = int(row.char_start) + start, int(row.char_start) + end
                text = " ".join(row.text[start:end].split())
                codes = tuple(sorted({code for a, b, code in spans if a < last and b > first}))
                if text.endswith(":") and not codes and row.provision_id in below.index:
                    continue
                passage_id = f"{row.provision_id}/{number}"
                rows.append((directive_id, passage_id, row.path, text, first, last, codes, len(words_of(text))))
    return pd.DataFrame(rows, columns=PASSAGE_COLUMNS)


def _paragraphs(text: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for match in _PARAGRAPH.finditer(text):
        end = match.start() + len(match.group().rstrip())
        if spans and match.group()[:1].islower():
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((match.start(), end))
    return spans


class Rarity:
    """How much a word, a pair of neighbouring words or a code says, from a background of passages."""

    def __init__(self, background: pd.DataFrame) -> None:
        rows = background.head(_BACKGROUND)
        self._n = len(rows)
        self._seen: Counter[object] = Counter()
        for text in rows["text"]:
            self._seen.update(set(_features(text)))
        self._codes: Counter[str] = Counter(code for codes in rows["codes"] for code in codes)

    def wording(self, text: str) -> dict[object, float]:
        """Unit vector of the words of ``text``."""
        return _unit({key: (1 + math.log(n)) * self._idf(self._seen[key]) for key, n in _features(text).items()})

    def measures(self, codes: Iterable[str]) -> dict[object, float]:
        """Unit vector of measure codes."""
        return _unit({code: self._idf(self._codes[code]) for code in codes})

    def _idf(self, seen: int) -> float:
        return math.log((self._n + 1) / (min(seen, self._n) + 0.5)) + 1e-6


def _features(text: str) -> Counter[object]:
    words = words_of(text)
    return Counter([*words, *pairwise(words)])


def _unit(vector: dict[object, float]) -> dict[object, float]:
    length = math.sqrt(sum(value * value for value in vector.values()))
    return {key: value / length for key, value in vector.items()} if length else {}


def _cosine(a: Mapping[object, float], b: Mapping[object, float]) -> float:
    small, large = (a, b) if len(a) <= len(b) else (b, a)
    return min(sum(value * large.get(key, 0.0) for key, value in small.items()), 1.0)


def score_pairs(left: pd.DataFrame, right: pd.DataFrame, rarity: Rarity) -> pd.DataFrame:
    """Every pair of passages with its likeness, from 0 to 1.

    Returns
    -------
    DataFrame
        ``left``, ``right`` (positions), ``wording``, ``measures`` (NaN where one of the two carries none), ``score``.
    """
    ours = [(rarity.wording(row.text), rarity.measures(row.codes)) for row in left.itertuples()]
    theirs = [(rarity.wording(row.text), rarity.measures(row.codes)) for row in right.itertuples()]
    rows = []
    for i, (words, codes) in enumerate(ours):
        for j, (other_words, other_codes) in enumerate(theirs):
            wording = math.sqrt(_cosine(words, other_words))
            measures = _cosine(codes, other_codes) if codes and other_codes else math.nan
            score = wording if math.isnan(measures) else WORDING * wording + (1 - WORDING) * measures
            rows.append((i, j, wording, measures, score))
    return pd.DataFrame(rows, columns=["left", "right", "wording", "measures", "score"])


def align(left: pd.DataFrame, right: pd.DataFrame, rarity: Rarity) -> pd.DataFrame:
    """Passages of two directives, those that say the same beside each other.

    The most alike are paired first, each passage once; then a passage left over joins its best counterpart when it is
    nearly as like it (one order may be split in two). What stays alone was dropped (left) or added (right).

    Returns
    -------
    DataFrame
        Columns ``ALIGNMENT_COLUMNS`` in the reading order of ``right``, dropped passages where they stood on the left.
    """
    pairs = score_pairs(left, right, rarity)
    pairs = pairs[pairs["score"] >= MATCH].sort_values(["score", "left", "right"], ascending=[False, True, True])
    chosen = _choose(pairs)
    ours, theirs = {pair.left for pair in chosen}, {pair.right for pair in chosen}
    rows = [(_place(pair.right, pair.left, len(left)), _row(ALIGNED, left, right, pair)) for pair in chosen]
    anchor = {pair.left: pair.right for pair in reversed(chosen)}
    for i in range(len(left)):
        if i not in ours:
            before = max((anchor[j] for j in range(i) if j in anchor), default=-1)
            rows.append((_place(before, i, len(left)), _row(DROPPED, left, right, None, i, None)))
    for j in range(len(right)):
        if j not in theirs:
            rows.append((_place(j, -1, len(left)), _row(ADDED, left, right, None, None, j)))
    return pd.DataFrame([row for _, row in sorted(rows, key=lambda item: item[0])], columns=ALIGNMENT_COLUMNS)


def _place(right: int, left: int, n: int) -> int:
    return right * (n + 2) + left + 1


def _choose(pairs: pd.DataFrame) -> list:
    """Greedy pairing, best first; then second partners."""
    ours: dict[int, float] = {}
    theirs: dict[int, float] = {}
    chosen, rest = [], []
    for pair in pairs.itertuples():
        if pair.left in ours or pair.right in theirs:
            rest.append(pair)
            continue
        ours[pair.left] = theirs[pair.right] = pair.score
        chosen.append(pair)
    for pair in rest:
        free = (pair.left in ours) != (pair.right in theirs)
        if free and pair.score >= SECOND * ours.get(pair.left, theirs.get(pair.right, 1.0)):
            chosen.append(pair)
            ours.setdefault(pair.left, pair.score)
            theirs.setdefault(pair.right, pair.score)
    return chosen


def _row(
    status: str, left: pd.DataFrame, right: pd.DataFrame, pair: Any = None, i: int | None = None, j: int | None = None
) -> tuple:
    score = wording = measures = math.nan
    if pair is not None:
        i, j, score, wording, measures = pair.left, pair.right, pair.score, pair.wording, pair.measures
    a = left.iloc[i] if i is not None else None
    b = right.iloc[j] if j is not None else None
    shared = tuple(code for code in a["codes"] if code in b["codes"]) if a is not None and b is not None else ()
    sides = [("", "", -1) if side is None else (side["path"], side["text"], int(side["char_start"])) for side in (a, b)]
    ids = ["" if side is None else side["passage_id"] for side in (a, b)]
    return (status, score, wording, measures, *sides[0], *sides[1], *ids, shared)


def compare_directives(atlas: Atlas, left_id: str, right_id: str) -> pd.DataFrame:
    """:func:`align` of two held directives, word rarity taken from an even sample of all that are held."""
    ids = sorted(atlas.table("directives")["directive_id"])
    near = sorted({left_id, right_id, *ids[:: max(len(ids) // _NEIGHBOURS, 1)]})
    background = passages(atlas.table("provisions", near), atlas.table("measures", near))
    left, right = (background[background["directive_id"] == item] for item in (left_id, right_id))
    return align(left, right, Rarity(background))


def diff_words(left: str, right: str) -> list[Change]:
    """How ``right`` differs from ``left``, word by word.

    Case, marks of punctuation and blanks are no difference. A lone word that stays between two changes is taken for
    part of the change, so that a rewritten sentence does not fall to pieces.

    >>> [(c.kind, c.words) for c in diff_words("Dừng họp đông người.", "Dừng họp trên 20 người")]
    [('same', 'Dừng họp'), ('drop', 'đông'), ('add', 'trên 20'), ('same', 'người')]
    """
    ours, theirs = left.split(), right.split()
    keys = [[word.strip(_EDGE).lower() or word for word in words] for words in (ours, theirs)]
    runs: list[tuple[bool, list[str], list[str]]] = []
    for code in LCSseq.opcodes(keys[0], keys[1]):
        same = code.tag == "equal"
        piece = ours[code.src_start : code.src_end], theirs[code.dest_start : code.dest_end]
        if runs and runs[-1][0] == same:
            runs[-1][1].extend(piece[0])
            runs[-1][2].extend(piece[1])
        else:
            runs.append((same, *piece))
    return [change for run in _joined(runs) for change in _changes(*run)]


def _joined(runs: list[tuple[bool, list[str], list[str]]]) -> list[tuple[bool, list[str], list[str]]]:
    found: list[tuple[bool, list[str], list[str]]] = []
    for at, (same, ours, theirs) in enumerate(runs):
        lone = same and len(theirs) == 1 and 0 < at < len(runs) - 1
        if found and not found[-1][0] and (lone or not same):
            found[-1][1].extend(ours)
            found[-1][2].extend(theirs)
        else:
            found.append((same, ours, theirs))
    return found


def _changes(same: bool, ours: Sequence[str], theirs: Sequence[str]) -> list[Change]:
    if same:
        return [Change("same", " ".join(theirs))]
    sides = (("drop", ours), ("add", theirs))
    return [Change(kind, " ".join(words)) for kind, words in sides if words]


def reused_wording(left: str, right: str, run: int = RUN) -> pd.DataFrame:
    """Wording of ``left`` that stands in ``right`` too: the longest runs of at least ``run`` words, marks aside.

    Returns
    -------
    DataFrame
        Columns ``REUSE_COLUMNS``: spans in both texts, syllables, and the words as ``right`` prints them; longest
        first, no word of ``right`` in two rows.
    """
    ours, theirs = ([(m.start(), m.end()) for m in _WORD.finditer(fold(text))] for text in (left, right))
    a, b = words_of(left), words_of(right)
    where: dict[tuple[str, ...], list[int]] = {}
    for i in range(len(a) - run + 1):
        where.setdefault(tuple(a[i : i + run]), []).append(i)
    rows, j = [], 0
    while j <= len(b) - run:
        starts = where.get(tuple(b[j : j + run]), ())
        best = max(((_extend(a, b, i, j, run), -i) for i in starts), default=(0, 0))
        if best[0]:
            i, n = -best[1], best[0]
            left_span, right_span = (ours[i][0], ours[i + n - 1][1]), (theirs[j][0], theirs[j + n - 1][1])
            rows.append((*left_span, *right_span, n, right[right_span[0] : right_span[1]]))
        j += max(best[0], 1)
    return pd.DataFrame(rows, columns=REUSE_COLUMNS).sort_values(
        ["n_words", "right_start"], ascending=[False, True], ignore_index=True
    )


def _extend(a: Sequence[str], b: Sequence[str], i: int, j: int, n: int) -> int:
    while i + n < len(a) and j + n < len(b) and a[i + n] == b[j + n]:
        n += 1
    return n


def reuse_frame(texts: Mapping[str, str], run: int = RUN) -> pd.DataFrame:
    """How much wording each pair of texts shares.

    Returns
    -------
    DataFrame
        One row an ordered pair of different keys: ``left``, ``right``, ``n_words`` (of ``right``), ``n_reused`` (its
        words that stand in a run of at least ``run`` words which ``left`` has too), ``share``.
    """
    words = {key: words_of(text) for key, text in sorted(texts.items())}
    grams = {key: {tuple(w[i : i + run]) for i in range(len(w) - run + 1)} for key, w in words.items()}
    rows = []
    for right, own in words.items():
        runs = [tuple(own[i : i + run]) for i in range(len(own) - run + 1)]
        for left in words:
            if left == right:
                continue
            covered: set[int] = set()
            if not grams[left].isdisjoint(grams[right]):
                for i, gram in enumerate(runs):
                    if gram in grams[left]:
                        covered.update(range(i, i + run))
            rows.append((left, right, len(own), len(covered), len(covered) / len(own) if own else 0.0))
    return pd.DataFrame(rows, columns=["left", "right", "n_words", "n_reused", "share"])


def unit_texts(held: pd.DataFrame, place: Mapping[str, str]) -> dict[str, str]:
    """Words of the provisions of each unit (``place``: unit by directive), passage by passage."""
    units = held["directive_id"].map(dict(place))
    return {str(unit): "\n".join(rows["text"]) for unit, rows in held.groupby(units)}


def reused_between(held: pd.DataFrame, left_ids: Sequence[str], right_ids: Sequence[str]) -> pd.DataFrame:
    """Wording that directives of two sets share, with the provisions it stands in; longest first, each wording once.

    Returns
    -------
    DataFrame
        ``n_words``, ``quote`` (as the right one prints it), ``left_directive``, ``left_path``, ``right_directive``,
        ``right_path``.
    """
    rows = []
    for left_id, right_id in ((a, b) for a in left_ids for b in right_ids if a != b):
        ours, theirs = (held[held["directive_id"] == item].reset_index(drop=True) for item in (left_id, right_id))
        starts = [[0, *(ours["text"].str.len() + 1).cumsum()], [0, *(theirs["text"].str.len() + 1).cumsum()]]
        for row in reused_wording("\n".join(ours["text"]), "\n".join(theirs["text"])).itertuples():
            left, right = bisect(starts[0], row.left_start) - 1, bisect(starts[1], row.right_start) - 1
            paths = (left_id, ours["path"][left], right_id, theirs["path"][right])
            rows.append((row.n_words, " ".join(row.quote.split()), *paths))
    columns = ["n_words", "quote", "left_directive", "left_path", "right_directive", "right_path"]
    frame = pd.DataFrame(rows, columns=columns).sort_values(["n_words", *columns[1:]], ascending=[False] + [True] * 5)
    folded = frame["quote"].map(lambda quote: " ".join(words_of(quote)))
    return frame[~folded.duplicated()].reset_index(drop=True)
