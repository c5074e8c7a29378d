"""Phrases as the vocabulary writes them, compiled for the words of a text (:class:`loaders.clauses.Words`).

The way of writing is told in ``data/vocabulary/measures.yaml``: words in a row, ``(one|of)``, ``…`` for up to
six words, ``……`` for up to fourteen, ``#`` for a number, a word in capitals for a list.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, cached_property, lru_cache

from loaders.fold import fold
from loaders.spelling import MARKED, spelled
from loaders.vocabulary import read_vocabulary


def fold_phrase(phrase: str) -> str:
    """A phrase of the vocabulary as it stands in ``Words.string``.

    >>> fold_phrase("phòng, chống dịch")
    'phong chong dich'
    """
    return " ".join(word if word in MARKED else fold(word) for word in re.findall(r"\w+", phrase.lower()))


_ITEM = re.compile(r"\([^()]*\)|…+|#|[A-Z]{4,}(?:_[A-Z]+)*(?!\w)|[^\s()…#]+")


def compile_phrase(phrase: str) -> str:
    """Regular expression over ``Words.printed`` for a phrase as ``measures.yaml`` writes it; it ends with a blank."""
    parts = []
    for item in _ITEM.findall(phrase):
        if item.startswith("("):
            parts.append(_alternatives(item))
        elif item.startswith("…"):
            parts.append(rf"(?:[^ ;.\n]+ ){{0,{6 if len(item) == 1 else 14}}}?")
        elif item == "#":
            parts.append(r"\d+ ")
        elif item.isupper() and item.isascii() and len(item) > 3 and item in _lists():
            parts.append(alternation(tuple(_lists()[item])))
        else:
            parts.append(spelled(item))
    return "".join(parts)


def _alternatives(item: str) -> str:
    return "(?:" + "|".join(spelled(option) for option in item[1:-1].split("|")) + ")"


@cache  # a list of the vocabulary stands in hundreds of phrases
def alternation(phrases: tuple[str, ...]) -> str:
    return "(?:" + "|".join(compile_phrase(phrase) for phrase in phrases) + ")"


class Phrases:
    """Phrases as one pattern that finds any of them where a word begins, or at the end of what it is given.

    It is compiled when it is first asked for: few of the vocabulary's patterns ever are in a small build.
    """

    def __init__(self, phrases: Sequence[str], *, at_end: bool = False) -> None:
        self._phrases = tuple(phrases)
        self._end = r"\Z" if at_end else ""

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        return re.compile("(?<= )" + alternation(self._phrases) + self._end)


def compile_any(phrases: Sequence[str]) -> re.Pattern[str]:
    """Pattern that finds any of ``phrases`` where a word begins."""
    return Phrases(phrases).compiled


@lru_cache(maxsize=1)
def _lists() -> dict[str, list[str]]:
    return read_vocabulary("measures")["lists"]


def literal_runs(phrase: str) -> list[list[str]]:
    """For each run of words of a phrase without a gap: its literal spellings, alternatives multiplied out."""
    runs: list[list[str]] = [[""]]
    for item in _ITEM.findall(phrase):
        if item.startswith("…") or item == "#" or item in _lists():
            runs.append([""])
            continue
        options = item[1:-1].split("|") if item.startswith("(") else [item]
        folded = [fold_phrase(option) for option in options]
        runs[-1] = [f"{head} {tail}".strip() for head in runs[-1] for tail in folded]
    return [list(dict.fromkeys(run)) for run in runs if any(run)]
