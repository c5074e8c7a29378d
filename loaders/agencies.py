"""The vocabulary of bodies, compiled: aliases of ``agencies.yaml`` as a trie of words, and its lists of verbs.

Ground under :mod:`loaders.bodies`, :mod:`loaders.actors` and :mod:`loaders.tasks`; no stage of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Any

from loaders.fold import fold
from loaders.vocabulary import read_vocabulary

_TOKEN = re.compile(r"[^\W_]+")
_STEP = re.compile(r"([^\W_]+)(\s{0,6}(?:[-,.&/]\s{0,3})?)")  # a word and the gap to the next
_FILLER = "va"  # "Giáo dục và Đào tạo", "Giáo dục - Đào tạo" and "GD&ĐT" are read alike


@dataclass(frozen=True, slots=True)
class Agency:
    """One entry of ``agencies.yaml``."""

    id: str
    name: str
    name_en: str
    kind: str
    branch: str
    level: str
    flags: frozenset[str]
    parts: tuple[str, ...]


def tokens_of(name: str) -> tuple[str, ...]:
    """Folded words of a name without "và": what two spellings of one name have in common."""
    return tuple(word for word in _TOKEN.findall(fold(name)) if word != _FILLER)


@lru_cache(maxsize=1)
def agencies() -> dict[str, Agency]:
    """Entries by id."""
    flags = ("group", "vague", "placed", "numbered", "epidemic", "joined", "national", "of")
    return {
        item["id"]: Agency(
            id=item["id"],
            name=item["name"],
            name_en=item["name_en"],
            kind=item["kind"],
            branch=item["branch"],
            level=item["level"],
            flags=frozenset(flag for flag in flags if item.get(flag)),
            parts=tuple(item.get("parts", ())),
        )
        for item in read_vocabulary("agencies")["agencies"]
    }


@lru_cache(maxsize=1)
def _exchanges() -> list[list[tuple[str, ...]]]:
    table = read_vocabulary("agencies")["expansions"]
    return [[tokens_of(form) for form in (long, *short)] for long, short in table.items()]


def _variants(name: tuple[str, ...]) -> set[tuple[str, ...]]:
    """The name under every exchange of a long form and its abbreviations."""
    found = {name}
    for forms in _exchanges():
        for known in list(found):
            for form in forms:
                at = next((i for i in range(len(known)) if known[i : i + len(form)] == form), None)
                if at is not None:
                    found.update(known[:at] + other + known[at + len(form) :] for other in forms)
                    break
    return found


@lru_cache(maxsize=1)
def _trie() -> dict[str, Any]:
    """Words of every alias; the key ``""`` holds the entry's id."""
    root: dict[str, Any] = {}
    for item in read_vocabulary("agencies")["agencies"]:
        for alias in (item["name"], *item.get("aliases", ())):
            for words in _variants(tokens_of(alias)):
                node = root
                for word in words:
                    node = node.setdefault(word, {})
                node.setdefault("", item["id"])
    return root


@lru_cache(maxsize=4)
def abbreviations(branch: str) -> dict[str, str]:
    """Short forms that hold for a whole item, in papers of one branch."""
    held: dict[str, str] = {}
    for item in read_vocabulary("agencies")["agencies"]:
        for short in chain(item.get(f"abbreviations_{branch}", ()), item.get("abbreviations", ())):
            held.setdefault(" ".join(tokens_of(short)), item["id"])
    return held


def match_alias(folded: str, pos: int, lead: tuple[str, ...] = ()) -> tuple[str, int] | None:
    """Longest alias at ``pos``: its entry and where it ends. ``lead`` are words taken as said before ``pos``."""
    node = _trie()
    for word in lead:
        node = node.get(word) or {}
    best, at = None, pos
    while found := _STEP.match(folded, at):
        word, gap = found.groups()
        if word != _FILLER or not (at > pos):
            if word not in node:
                break
            node = node[word]
            if "" in node:
                best = (node[""], found.end(1))
        if not gap:
            break
        at = found.end()
    return best


@lru_cache(maxsize=1)
def _word_lists() -> dict[str, dict[str, Any]]:
    lists: dict[str, dict[str, Any]] = {}
    for key in ("duty_verbs", "order_verbs", "not_acting"):
        trie: dict[str, Any] = {}
        for phrase in read_vocabulary("agencies")[key]:
            node = trie
            for word in _TOKEN.findall(fold(phrase)):
                node = node.setdefault(word, {})
            node.setdefault("", set()).add(phrase)
        lists[key] = trie
    return lists


def _listed(key: str, raw: str, folded: str, pos: int) -> int:
    """End of the longest phrase of a word list at ``pos``, or 0. A single syllable must bear its own marks."""
    node, at, best = _word_lists()[key], pos, 0
    while found := _TOKEN.match(folded, at):
        if found.group() not in node:
            break
        node = node[found.group()]
        if "" in node:
            printed = raw[pos : found.end()].lower()
            if at > pos or printed in node[""] or printed.isascii():
                best = found.end()
        at = found.end() + 1
        if folded[found.end() : at] not in (" ", "\n"):
            break
    return best


def duty_at(raw: str, folded: str, pos: int, *, any_case: bool = False) -> int:
    """End of a verb of doing at ``pos`` (0 where there is none); it begins in lower case in running text."""
    if not any_case and raw[pos : pos + 1].isupper():
        return 0
    return _listed("duty_verbs", raw, folded, pos)


def order_at(raw: str, folded: str, pos: int) -> int:
    """End of a verb of ordering at ``pos``, or 0."""
    return _listed("order_verbs", raw, folded, pos)


def idle_at(raw: str, folded: str, pos: int) -> int:
    """End of a word after which a body is talked about and not told to act, or 0."""
    return _listed("not_acting", raw, folded, pos)
