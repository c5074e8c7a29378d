"""Where a text names a province or one of its places.

A part of ``loaders.province``. Reads ``data/vocabulary/provinces.yaml``; every spelling is matched folded, in one pass.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ahocorasick_rs import AhoCorasick
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from loaders.fold import Text, fold
from loaders.vocabulary import read_vocabulary

_DISTRICT_WORDS = {
    "huyện": "huyen",
    "quận": "quan",
    "thị xã": "thi xa",
    "thành phố": "thanh pho",
}


@dataclass(frozen=True, slots=True)
class PlaceName:
    """One spelling of one place: ``kind`` province, newspaper, domain, district, gate or island."""

    province: int
    kind: str
    name: str
    district_kind: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """Characters of a text that spell the ``names``."""

    start: int
    end: int
    names: tuple[PlaceName, ...]

    def provinces(self, kind: str) -> set[int]:
        return {name.province for name in self.names if name.kind == kind}


def _names_of(index: int, entry: dict[str, Any]) -> list[PlaceName]:
    names = [PlaceName(index, "province", name) for name in (entry["name"], *entry.get("aliases", ()))]
    names += [PlaceName(index, "newspaper", f"báo {name}") for name in entry.get("newspapers", ())]
    names += [PlaceName(index, "domain", domain.removesuffix(".vn")) for domain in entry["domains"]]
    for kind, districts in entry["districts"].items():
        names += [PlaceName(index, "district", name, _DISTRICT_WORDS[kind]) for name in districts]
    names += [PlaceName(index, "gate", name) for name in entry.get("gates", ())]
    return names + [PlaceName(index, "island", name) for name in entry.get("islands", ())]


@dataclass(frozen=True)
class ProvinceIndex:
    """``entries`` of the vocabulary, the automaton over all folded names, the names behind each of its patterns, and
    the index of each province by its folded name."""

    entries: list[dict[str, Any]]
    automaton: AhoCorasick
    names: list[tuple[PlaceName, ...]]
    by_name: dict[str, int]


@lru_cache(maxsize=1)
def province_index() -> ProvinceIndex:
    """The provinces and all spellings of their places, compiled at first use."""
    entries = read_vocabulary("provinces")
    patterns: dict[str, list[PlaceName]] = defaultdict(list)
    for index, entry in enumerate(entries):
        for name in _names_of(index, entry):
            patterns[fold(name.name)].append(name)
    return ProvinceIndex(
        entries=entries,
        automaton=AhoCorasick(list(patterns)),
        names=[tuple(names) for names in patterns.values()],
        by_name={fold(entry["name"]): index for index, entry in enumerate(entries)},
    )


def match_mentions(flat: str, raw: str) -> list[Mention]:
    """Whole-word mentions of provinces and places in folded text, the longest at each position, in order.

    Of names that fold alike, those with the marks of ``raw`` are meant: "Thanh Trì" is not "Thạnh Trị".
    """
    automaton, names = province_index().automaton, province_index().names
    whole = [
        (start, -end, pattern)
        for pattern, start, end in automaton.find_matches_as_indexes(flat, overlapping=True)
        if not (start and flat[start - 1].isalnum()) and not flat[end : end + 1].isalnum()
    ]
    found: list[Mention] = []
    for start, minus_end, pattern in sorted(whole):
        if found and start < found[-1].end:
            continue
        if flat.startswith("thai binh duong", start):
            continue  # the ocean
        found.append(Mention(start, -minus_end, _as_printed(names[pattern], raw[start:-minus_end])))
    return found


def _as_printed(names: tuple[PlaceName, ...], printed: str) -> tuple[PlaceName, ...]:
    if len({name.province for name in names}) < 2:
        return names
    marks = _marks(printed)
    return tuple(name for name in names if _marks(name.name) == marks) or names


def nearest_province(name: str) -> int | None:
    """Index of the one province whose folded name is at most a letter (two from nine letters on) away."""
    spelled = province_index().by_name
    limit = 2 if len(name) >= 9 else 1
    hits = process.extract(name, list(spelled), scorer=Levenshtein.distance, score_cutoff=limit + 1, limit=2)
    if not hits or hits[0][1] > limit or (len(hits) > 1 and hits[1][1] == hits[0][1]):
        return None
    return spelled[hits[0][0]]


def is_proper_name(text: Text, mention: Mention, kind: str) -> bool:
    """Capitals on each syllable and the right marks: what tells Hòa Bình from hòa bình, Gia Lai from gia lại."""
    raw = text.raw[mention.start : mention.end]
    if not all(part[0].isupper() or not part[0].isalpha() for part in raw.replace("-", " ").split() if part):
        return False
    return any(name.kind == kind and _marks(raw) == _marks(name.name) for name in mention.names)


def _marks(name: str) -> tuple[str, ...]:
    """Key that is equal for hoà and hòa but not for different marks."""
    return tuple(
        "".join(sorted(unicodedata.normalize("NFD", syllable.lower()))) for syllable in name.replace("-", " ").split()
    )
