"""Where words stand without which a heavy pattern finds nothing: one pass of an automaton for many lists of words.

Ground under the stages; no stage of its own. A pattern that may begin anywhere is tried at every character; one whose
matches all begin with one of few words is tried where those stand, and finds the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol, TypeVar

from ahocorasick_rs import AhoCorasick


class _Match(Protocol):
    def end(self) -> int: ...


_Found = TypeVar("_Found", bound=_Match, covariant=True)


class _Pattern(Protocol[_Found]):
    """A compiled pattern of ``re`` or ``regex``."""

    def match(self, string: str, pos: int, endpos: int, /) -> _Found | None: ...


class Triggers:
    """Lists of words that are found in one pass.

    >>> stop, open_ = ("dung", "cam"), ("mo",)
    >>> Triggers([stop, open_]).places("cam va dung") == {stop: [0, 7], open_: []}
    True
    """

    def __init__(self, lists: Iterable[tuple[str, ...]]) -> None:
        self._lists = tuple(lists)
        words = sorted({word for words in self._lists for word in words})
        self._owners = [[words for words in self._lists if word in words] for word in words]
        self._automaton = AhoCorasick(words)

    def places(self, string: str) -> dict[tuple[str, ...], list[int]]:
        """For each list, the offsets at which one of its words begins, in order."""
        found: dict[tuple[str, ...], set[int]] = {words: set() for words in self._lists}
        for index, start, _ in self._automaton.find_matches_as_indexes(string, overlapping=True):
            for words in self._owners[index]:
                found[words].add(start)
        return {words: sorted(places) for words, places in found.items()}


def match_at(places: Iterable[int], pattern: _Pattern[_Found], string: str, start: int, end: int) -> Iterator[_Found]:
    """What ``pattern.finditer(string, start, end)`` gives where every match begins at one of ``places`` (in order)."""
    for place in places:
        if place >= start and (found := pattern.match(string, place, end)):
            yield found
            start = max(found.end(), place + 1)
