"""Copies of one directive become one directive with its sources.

Two documents are copies when they bear the same number of the same body and nothing contradicts it, or when their
folded texts are nearly equal (rapidfuzz ratio of at least 0.85: copies reach 0.98, unrelated letters at most 0.50).
Candidates for the second test share values of a bottom-k sketch of word 5-grams, so the cost grows with the corpus and
not with its square.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from datetime import date
from hashlib import sha256
from heapq import nsmallest
from itertools import combinations
from zlib import crc32

from rapidfuzz import fuzz

from loaders.fold import fold, slugify
from loaders.numbers import number_key
from loaders.records import Dating, Directive, Document, Header, Problem, ProvinceFact

NEAR_COPY = 0.85
_SKETCH_SIZE = 12
_SHARED_TO_COMPARE = 2
_COMMON = 60  # a shingle in more documents than this is boilerplate
_WORD = re.compile(r"\w+")


def folded_words(text: str) -> list[str]:
    return _WORD.findall(fold(text))


def sketch(words: Sequence[str], size: int = _SKETCH_SIZE) -> tuple[int, ...]:
    """Bottom-k sketch: the ``size`` smallest hashes of the word 5-grams."""
    grams = map(" ".join, zip(*(words[i:] for i in range(5)), strict=False)) if len(words) >= 5 else [" ".join(words)]
    return tuple(nsmallest(size, set(map(crc32, map(str.encode, grams)))))


def is_title_only(document: Document) -> bool:
    return document.media_type in REGISTER_TYPES


REGISTER_TYPES = ("text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")


def _compatible(left: Document, right: Document) -> bool:
    """Nothing that both state contradicts: day, province, or body of a district."""
    pairs = [(_day(left), _day(right)), (left.province.code, right.province.code)]
    if "district" in (left.header.level, right.header.level):
        pairs.append((_issuer(left), _issuer(right)))
    return all(not a or not b or a == b for a, b in pairs)


def _day(document: Document) -> str:
    return document.header.issue_date.value if document.header.issue_date else ""


def _issuer(document: Document) -> str:
    return fold(document.header.issuer.value) if document.header.issuer else ""


def _same_day(left: Document, right: Document) -> bool:
    return bool(_day(left)) and _day(left) == _day(right)


def _number(document: Document) -> str:
    return number_key(document.header.number.value) if document.header.number else ""


class _Groups:
    """Union-find over positions."""

    def __init__(self, size: int) -> None:
        self.parent = list(range(size))

    def find(self, item: int) -> int:
        while self.parent[item] != item:
            self.parent[item] = self.parent[self.parent[item]]
            item = self.parent[item]
        return item

    def join(self, left: int, right: int) -> None:
        low, high = sorted((self.find(left), self.find(right)))
        self.parent[high] = low


def _candidate_pairs(documents: Sequence[Document], words: Sequence[list[str]]) -> Iterable[tuple[int, int]]:
    by_number: dict[str, list[int]] = defaultdict(list)
    by_shingle: dict[int, list[int]] = defaultdict(list)
    for position, document in enumerate(documents):
        if key := _number(document):
            by_number[key].append(position)
        if not is_title_only(document):
            for value in sketch(words[position]):
                by_shingle[value].append(position)
    pairs = {pair for members in by_number.values() if len(members) <= _COMMON for pair in combinations(members, 2)}
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for members in by_shingle.values():
        if len(members) <= _COMMON:
            for pair in combinations(members, 2):
                shared[pair] += 1
    pairs.update(pair for pair, n in shared.items() if n >= _SHARED_TO_COMPARE)
    return sorted(pairs)


def are_copies(left: Document, right: Document, left_words: list[str], right_words: list[str]) -> bool:
    """Whether two documents are copies of one directive; see the module's first paragraph."""
    if not _compatible(left, right):
        return False
    numbers = _number(left), _number(right)
    if all(numbers) and numbers[0] != numbers[1]:
        return False
    same_number = all(numbers)
    same_place = bool(left.province.code) and left.province.code == right.province.code
    if same_number and same_place and _same_day(left, right):
        return True
    if is_title_only(left) or is_title_only(right):
        return False
    return fuzz.ratio(" ".join(left_words), " ".join(right_words), score_cutoff=100 * NEAR_COPY) > 0


def group_copies(documents: Sequence[Document]) -> list[list[Document]]:
    """Documents grouped by directive; the order of groups and members does not depend on the order given."""
    ordered = sorted(documents, key=lambda doc: (doc.path, doc.ordinal, doc.sha256))
    words = [folded_words(doc.text) for doc in ordered]
    groups = _Groups(len(ordered))
    for left, right in _candidate_pairs(ordered, words):
        if groups.find(left) != groups.find(right) and are_copies(
            ordered[left], ordered[right], words[left], words[right]
        ):
            groups.join(left, right)
    members: dict[int, list[Document]] = defaultdict(list)
    for position, document in enumerate(ordered):
        members[groups.find(position)].append(document)
    return list(members.values())


def _fullness(document: Document) -> tuple[bool, int, int]:
    stated = sum(bool(getattr(document.header, name.name)) for name in fields(Header))
    return not is_title_only(document), stated, len(document.text)


def merge_copies(copies: Sequence[Document]) -> Directive:
    """One directive of its copies: the fullest is primary, header facts it lacks come from the others and say so."""
    primary = max(reversed(list(copies)), key=_fullness)
    others = [doc for doc in sorted(copies, key=_fullness, reverse=True) if doc is not primary]
    header, taken = primary.header, []
    for name in (item.name for item in fields(Header) if item.name not in ("problems", "number_printed")):
        for other in others:
            if not getattr(header, name) and getattr(other.header, name):
                header = replace(header, **{name: getattr(other.header, name)})
                if name == "number":
                    header = replace(header, number_printed=other.header.number_printed)
                taken.append((name, other))
    where = _best_province([primary.province, *(doc.province for doc in others)])
    return Directive(
        directive_id="",
        primary=primary,
        copies=(primary, *sorted(others, key=lambda doc: (doc.path, doc.ordinal))),
        header=header,
        province=where,
        dating=_best_dating([primary, *others]),
        taken=tuple(taken),
    )


def _best_province(found: Sequence[ProvinceFact]) -> ProvinceFact:
    rank = {"header": 0, "text": 1, "inferred": 2, "": 3}
    return min(found, key=lambda fact: rank[fact.basis])


def _best_dating(documents: Sequence[Document]) -> Dating:
    rank = {"header": 0, "cited": 1, "inferred": 2, "unknown": 3}
    return min((doc.dating for doc in documents), key=lambda dating: rank.get(dating.basis, 3))


def directive_slug(directive: Directive) -> str:
    """Readable id: province, (district body,) number or type with a hash of the text, day.

    >>> # binh-phuoc/396-cv-tu/2021-05-27
    """
    header = directive.header
    parts = [directive.province.slug or ("trung-uong" if header.level == "central" else "khong-ro")]
    if header.level == "district" and header.issuer:
        parts.append(slugify(header.issuer.value))
    if header.number:
        parts.append(slugify(header.number.value))
    else:
        letters = "".join(folded_words(directive.primary.text))
        kind = header.doc_type.value.replace("_", "-") if header.doc_type else "document"
        parts.append(f"{kind}-{sha256(letters.encode()).hexdigest()[:8]}")
    parts.append(header.issue_date.value if header.issue_date else "undated")
    return "/".join(parts)


def identify(directives: Iterable[Directive]) -> list[Directive]:
    """Give each directive its id; two that would share one are numbered in the order of their first copy."""
    ordered = sorted(directives, key=lambda item: (directive_slug(item), item.copies[0].path, item.copies[0].ordinal))
    seen: dict[str, int] = defaultdict(int)
    named = []
    for directive in ordered:
        slug = directive_slug(directive)
        seen[slug] += 1
        named.append(replace(directive, directive_id=slug if seen[slug] == 1 else f"{slug}~{seen[slug]}"))
    return named


def date_by_citation(directives: Sequence[Directive]) -> list[Directive]:
    """Basis ``cited``: an undated directive whose number another directive of its province names with a day."""
    stated: dict[tuple[str, str], set[tuple[date, str]]] = defaultdict(set)
    for directive in directives:
        for citation in directive.primary.citations:
            if citation.number and citation.date and citation.date_basis == "stated":
                key = (directive.province.code, number_key(citation.number))
                stated[key].add(
                    (citation.date, directive.header.number.value if directive.header.number else "another")
                )
    return [_dated_by_citation(directive, stated) for directive in directives]


def _dated_by_citation(directive: Directive, stated: dict[tuple[str, str], set[tuple[date, str]]]) -> Directive:
    if directive.dating.basis == "header" or not directive.header.number or not directive.province.code:
        return directive
    found = stated.get((directive.province.code, number_key(directive.header.number.value)), set())
    days = sorted({day for day, _ in found})
    if len(days) != 1:
        note = f"Other directives give it {len(days)} different days." if days else ""
        problem = Problem("merge", "cited-days-differ", "warning", note)
        return replace(directive, dating=replace(directive.dating, problems=(problem,))) if days else directive
    day, by = days[0], sorted(who for _, who in found)[0]
    note = f"No date in its own header; {by} cites it with its number and the date {day:%d/%m/%Y}."
    return replace(directive, dating=Dating(day, day, day, day, "cited", note))
