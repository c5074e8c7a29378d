"""Passages that name another document: number, type, date, issuer and the relation of this document to it.

Reads the folded text of subject and body; adds one ``Citation`` a passage. Recipients, signature, the document's own
number line and numbers without a document symbol ("T-128^{27/5}", "24/24", "30/4") are no citations; neither is a law
named without number and date ("Luật Phòng, chống bệnh truyền nhiễm"): there is nothing to link it by.

Surface forms accepted (FORMAT, section 4; words in ``data/vocabulary/citations.yaml``):

- "Công văn số 396-CV/TU ngày 27/5/2021 của Tỉnh ủy", "Thông báo kết luận số 719-TB/TU", blanks and line breaks in the
  number, lower case throughout ("thông báo số 81/tb-vpcp ngày 26/4/2021"), "Chỉ thị của Thủ tướng số 16/CT-TTg"
- lists that share type, date or issuer: "các Chỉ thị: số 05/CT-TTg ngày …; 06/CT-TTg ngày …", "Chỉ thị số 15/CT-TTg,
  16/CT-TTg và 19/CT-TTg của Thủ tướng Chính phủ", "Công văn số 123, 124/UBND-VX", "Chỉ thị 15, 16"
- bare numbers: "Chỉ thị 16", "Chỉ thị số 16", "văn bản số 558"
- the issuer first: "Bộ Y tế có Công văn số …", "chỉ đạo của Bộ Y tế tại Công văn số …"
- no number, but issuer and date: "Công điện của Ban Bí thư ngày 07/3/2020", "Luật Tổ chức … ngày 19/6/2015"

A later mention takes the date and issuer of the first full one of the same number; regimes and other known central
instruments get theirs from ``data/vocabulary/regimes.yaml`` (``date_basis`` ``vocabulary``).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import regex

from loaders.citations_relations import resolve_relation
from loaders.citations_words import (
    DAY,
    LAWS,
    about,
    day_of,
    is_unit,
    issuer_of_symbol,
    known_instruments,
    match_body,
    match_body_before,
    match_typed,
    words,
)
from loaders.fold import Text, fold
from loaders.numbers import canonical_number, number_groups, number_key, number_year
from loaders.records import Citation, Header, Provision, Zones

_GROUP = r"[a-z](?:[a-z&]|\d(?!\d{2}))*"
# "396 - cv/tu", "16/2020/ct-ttg": digits 396, year 2020, symbol "cv/tu"
_NUMBER = regex.compile(
    rf"(?<![\w/.,{{^-])(?P<digits>\d{{1,5}}[a-z]?)"
    rf"(?:\s?(?P<sep>[-:/])\s?|(?<=\bso \d{{1,4}})\s(?=(?:cv|ct|nq|qd|tb|kl|kh|bc|hd|ctr|ttr)\s?/\s?[a-z]{{2}}))"
    rf"(?:(?P<year>(?:19|20)\d\d)\s?[-/]\s?)?"
    rf"(?P<symbol>{_GROUP}(?:\s?[-:/]\s?{_GROUP}){{0,4}})(?!\w)"
)
_BARE_LIST = regex.compile(
    r"\s?(?:,|;|/|va|hoac|\+)\s?(?:so )?(?P<digits>\d{1,5})\+?(?=\s?(?:[,;.):]|va\b|hoac\b|cua\b|ngay\b|$|\n))"
)
_DATE_TAIL = regex.compile(rf"\s?[,-]?\s?\(?(?:ky |ban hanh |ra )?{DAY}\)?")
_YEAR_TAIL = regex.compile(r"\s(?:nam )?(?:20[12]\d)(?!\d|/)")
_OF = regex.compile(r"\s?,?\s?(?:cua|do)\s")
_GLUE = regex.compile(r"\s?(?:[,;]|,? ?va|,? ?hoac|/|\+)?\s?(?:so\b)?\s?[:.]?\s?")
_BEFORE_TYPE = regex.compile(r"\s?,?\s(?:da )?(?:tai|co|ban hanh|ra|gui|ky|ky ban hanh)\s(?:cac |nhung )?$")
_DAY_BEFORE = regex.compile(rf"\b{DAY}\s?,?\s?$")
_AFTER_BARE = regex.compile(r"\s?(?:[,;.)\"\n]|$|(?:va|cua|ngay|ve|hoac|tren|trong|theo|thi|nham|de)\b)")
_LABEL = regex.compile(r"\s*\d{1,2}\s?[/-]\s+(?=[a-z])")
_NEVER_UNNUMBERED = ("bao cao", "van ban", "hop dong", "quy dinh", "huong dan", "cv", "giay moi")


@dataclass(frozen=True, slots=True)
class _Item:
    """A citation in the making: the passage ``start`` to ``end``, ``head`` where its type or number begins.

    ``typed``: the type is spelled out before the number; ``bare``: the number has no symbol.
    """

    start: int
    end: int
    head: int
    number: str
    doc_type: str
    date: date | None = None
    issuer: str = ""
    typed: bool = True
    bare: bool = False


def match_citations(
    text: Text, zones: Zones, header: Header, provisions: tuple[Provision, ...]
) -> tuple[Citation, ...]:
    """Citations of a document in text order, one a passage, from its subject and body.

    Parameters
    ----------
    text, zones, header
        The document; a passage with the number of the header is the document itself and left out.
    provisions
        Where the first one starts the preamble ends: what a narrative preamble says was done is ``based_on``.
    """
    areas = [(zones.body.start, zones.body.end)]
    if header.subject is not None and header.subject.end <= zones.body.start:
        areas.insert(0, (header.subject.start, header.subject.end))
    preamble_end = min((provision.start for provision in provisions), default=zones.body.end)
    own = number_key(header.number.value) if header.number else ""
    issued = date.fromisoformat(header.issue_date.value) if header.issue_date else None
    return _cite(text, areas, own, issued, preamble_end)


def match_title_citations(title: str) -> tuple[Citation, ...]:
    """Citations of a bare title, as registers of documents print them (often in lower case).

    >>> [c.number for c in match_title_citations("thực hiện thông báo số 81/tb-vpcp ngày 26/4/2021")]
    ['81/TB-VPCP']
    """
    return _cite(Text(title), [(0, len(title))], "", None, 0)


def _cite(
    text: Text, areas: list[tuple[int, int]], own: str, issued: date | None, preamble_end: int
) -> tuple[Citation, ...]:
    flat = _unwrapped(text.folded)
    found: list[Citation] = []
    for start, end in areas:
        previous: tuple[int, str] | None = None
        for item in _match_items(text, flat, start, end):
            relation = resolve_relation(text.raw, flat, item.start, item.head, item.end, start, previous, preamble_end)
            previous = (item.end, relation)
            found.append(
                Citation(item.number, item.doc_type, item.date, "", item.issuer, relation, item.start, item.end)
            )
    return tuple(c for c in _completed(found, flat, issued) if not (own and number_key(c.number) == own))


def _unwrapped(folded: str) -> str:
    """Line breaks inside a paragraph become blanks; those before a blank line, a dash or a label stay."""
    return regex.sub(r"(?<!\n)\n(?!\s*\n|\s*[-+*•]\s|\s*\d{1,2}[.)/]\s|\s*[a-z]\)\s)", " ", folded)


def _match_items(text: Text, flat: str, start: int, end: int) -> list[_Item]:
    items: list[_Item] = []
    for match in _NUMBER.finditer(flat, start, end):
        item = _numbered(text, flat, match, items, start, end)
        if item is not None:
            items.append(item)
    items += _bare_items(text, flat, start, end, items)
    items = _shared(flat, sorted(items, key=lambda item: item.start))
    items += _unnumbered_items(text, flat, start, end, items)
    return sorted(items, key=lambda item: item.start)


def _numbered(text: Text, flat: str, match: regex.Match[str], items: list[_Item], start: int, end: int) -> _Item | None:
    """The item of a number with a symbol, or None where the symbol is none or the number is the paper's own."""
    before = flat[max(start, match.start() - 90) : match.start()]
    offset = match.start() - len(before)
    # the last type wins: "Kết luận của Tỉnh ủy tại Thông báo số …" is a notice
    nearest = list(words().type_before.finditer(before, overlapped=True))[-1:]
    typed = nearest[0] if nearest else words().law_before.search(before)
    listed = bool(items) and items[-1].end <= match.start() and _glued(flat, items[-1], match.start())
    number_end = _symbol_end(text, match, introduced=bool(typed) or listed)
    number = _canonical(text.raw[match.start() : number_end])
    if not number or (not typed and _is_own_line(text, flat, match.start(), number_end)):
        return None
    end_of_tail, day, issuer = _tail(text, flat, number_end, end)
    doc_type = _type_of_symbol(number)
    if not (typed or listed) and _LABEL.match(text.folded, text.folded.rfind("\n", 0, match.start()) + 1):
        return None  # "3/ UBND các xã", "3- UBND các xã": the label of a provision
    if not typed:
        if listed and not _has_type_symbol(number):
            doc_type = items[-1].doc_type
        return _Item(match.start(), end_of_tail, match.start(), number, doc_type, day, issuer, typed=False)
    head = offset + typed.start()
    if not (typed["type"] == "van ban" and doc_type):
        doc_type = words().doc_types[typed["type"]]
    if not issuer and typed.groupdict().get("of"):
        issuer = match_body(text, flat, offset + typed.start("of") + len(" cua "), match.start())[1]
    item = _Item(head, end_of_tail, head, number, doc_type, day, issuer)
    return item if issuer else _with_issuer_before(text, flat, item, start)


def _glued(flat: str, leader: _Item, start: int) -> bool:
    """Nothing but "," ";" "và" "số" stands between two members of a list."""
    return start - leader.end < 24 and bool(_GLUE.fullmatch(flat[leader.end : start]))


def _symbol_end(text: Text, match: regex.Match[str], introduced: bool) -> int:
    """Where the groups end that look like those of a symbol; the start of the match where they are none's."""
    casing, raw, groups = words().casing, text.raw, []
    lower = not any(char.isupper() for char in raw)
    end = match.start("symbol")
    for part in regex.finditer(_GROUP, match["symbol"]):
        at, stop = match.start("symbol") + part.start(), match.start("symbol") + part.end()
        close = not any(char.isspace() for char in raw[end:at])
        in_small = lower and close and (introduced or part[0] in casing)
        if not (raw[at:stop].isupper() or raw[at:stop] in casing.values() or in_small or is_unit(raw[at:stop], close)):
            break
        groups.append(part[0])
        end = stop
    known = sum(group in casing for group in groups)
    settled = bool(groups) and (
        bool(words().symbols.get(groups[0])) or groups[0] == "ubnd" or (known and len(groups) > 1)
    )
    return end if groups and (introduced or settled) else match.start()


def _canonical(printed: str) -> str:
    """Canonical number with the usual letter case of its symbol ("81/tb-vpcp" → "81/TB-VPCP", "CT-TTG" → "CT-TTg")."""
    parts = regex.split(r"([-/])", canonical_number(printed))
    for index, part in enumerate(parts):
        usual = words().casing.get(fold(part), "")
        if not part[:1].isalpha():
            continue
        if part.islower() or (part.isupper() and usual and not usual.isupper()):
            parts[index] = usual if usual.upper() == part.upper() else part.upper()
    return "".join(parts)


def _has_type_symbol(number: str) -> bool:
    return any(group in words().type_symbols for group in number_groups(number)[2][:1])


def _type_of_symbol(number: str) -> str:
    """Type of a number by its symbol; without a type group an official letter's (laws have the assembly's: other)."""
    groups = number_groups(number)[2]
    if groups and groups[0].startswith(("qh", "ubtvqh")):
        return "other"
    return words().type_symbols.get(groups[0], "official_letter") if groups else "other"


def _is_own_line(text: Text, flat: str, start: int, end: int) -> bool:
    """The number line of a letterhead: a line that begins with "Số" and goes on without "ngày"."""
    line = text.folded.rfind("\n", 0, start) + 1
    label = text.folded[line:start].strip(" *_|")
    return bool(regex.fullmatch(r"so\s?[:.]?", label)) and not _DATE_TAIL.match(flat, end)


def _tail(text: Text, flat: str, at: int, end: int) -> tuple[int, date | None, str]:
    """End of the passage with its date and issuer, in either order, after the number."""
    day, issuer = None, ""
    for _ in range(3):
        stated = None if day else _DATE_TAIL.match(flat, at, end)
        of = None if issuer else _OF.match(flat, at, end)
        year = None if day else _YEAR_TAIL.match(flat, at, end)
        if stated:
            at, day = stated.end() - (stated[0].endswith(")") and "(" not in stated[0]), day_of(stated)
        elif of:
            stop, issuer = match_body(text, flat, of.end(), end)
            if not issuer:
                break
            at = stop
        elif year:
            at = year.end()
        else:
            break
    return at, day, issuer


def _with_issuer_before(text: Text, flat: str, item: _Item, start: int) -> _Item:
    """The item from its issuer on, where that comes first: "Bộ Y tế có Công văn …", "Ngày …, Bộ Y tế ban hành …"."""
    link = _BEFORE_TYPE.search(flat, max(start, item.start - 30), item.start)
    if not link:
        return item
    begin, issuer = match_body_before(text, flat, max(start, item.start - 110), link.start())
    if not issuer:
        return item
    stated = None if item.date else _DAY_BEFORE.search(flat, max(start, begin - 34), begin)
    if stated and flat[link.start() : link.end()].strip(" ,") not in ("tai", "cac"):
        return replace(item, start=stated.start(), issuer=issuer, date=day_of(stated))
    return replace(item, start=begin, issuer=issuer)


def _bare_items(text: Text, flat: str, start: int, end: int, items: list[_Item]) -> list[_Item]:
    """ "Chỉ thị 16", "văn bản số 558", and the numbers of a list that follow without a symbol."""
    by_bare = known_instruments()[1]
    found: list[_Item] = []
    for match in match_typed(words().type_bare, flat, start, end):
        if _overlaps(items, match.start("digits"), match.end()):
            continue
        name = match["type"]
        stop, day, issuer = _tail(text, flat, match.end(), end)
        settled = (name, match["digits"].lstrip("0")) in by_bare
        plain = name not in words().verbs and bool(match["so"] or _AFTER_BARE.match(flat, match.end(), end))
        listed = match["so"] and _BARE_LIST.match(flat, match.end(), end)
        if not (settled or day or issuer or plain or listed):
            continue
        doc_type = words().doc_types[name]
        item = _Item(match.start(), stop, match.start(), match["digits"], doc_type, day, issuer, bare=True)
        found.append(item if issuer else _with_issuer_before(text, flat, item, start))
        more = _BARE_LIST.match(flat, match.end(), end)
        while more and ((name, more["digits"].lstrip("0")) in by_bare or match["so"]):
            at = more.start("digits")
            if _overlaps(items, at, more.end()):
                break
            stop, day, issuer = _tail(text, flat, more.end(), end)
            found.append(_Item(at, stop, at, more["digits"], doc_type, day, issuer, typed=False, bare=True))
            more = _BARE_LIST.match(flat, more.end(), end)
    return found


def _overlaps(items: list[_Item], start: int, end: int) -> bool:
    return any(item.start < end and start < item.end for item in items)


def _shared(flat: str, items: list[_Item]) -> list[_Item]:
    """In a list ("A, B và C của X"), earlier members take the symbol, date and issuer that only the last carries."""
    for index in range(len(items) - 2, -1, -1):
        item, following = items[index], items[index + 1]
        if not _glued(flat, item, following.start):
            continue
        if following.typed:
            if not item.issuer and _body_groups(item.number) == _body_groups(following.number):
                items[index] = replace(item, issuer=following.issuer)
            continue
        if item.bare and not following.bare and item.doc_type == following.doc_type:
            symbol = following.number.lstrip("0123456789")
            item = replace(item, number=item.number + symbol, bare=False)
        items[index] = replace(item, issuer=item.issuer or following.issuer, date=item.date or following.date)
    for index in range(1, len(items)):
        leader, item = items[index - 1], items[index]
        if not item.typed and not item.issuer and item.doc_type == leader.doc_type and _glued(flat, leader, item.start):
            items[index] = replace(item, issuer=leader.issuer)
    return items


def _body_groups(number: str) -> tuple[str, ...]:
    groups = number_groups(number)[2]
    return tuple(group for group in groups if group not in words().type_symbols)[:1]


def _unnumbered_items(text: Text, flat: str, start: int, end: int, items: list[_Item]) -> list[_Item]:
    """Documents without a number that issuer and date settle; laws that name and date settle."""
    lower = not any(char.isupper() for char in text.raw)
    found = []
    for match in match_typed(words().unnumbered, flat, start, end):
        name, between, day = match["type"], match["between"], day_of(match)
        if not day or name in _NEVER_UNNUMBERED or _overlaps(items, match.start(), match.end()):
            continue
        stop, issuer = match.end(), ""
        if name in LAWS and between and (lower or text.raw[match.start()].isupper()):
            issuer = "Ủy ban Thường vụ Quốc hội" if name == "phap lenh" else "Quốc hội"
        elif between and between.startswith("cua "):
            body_end, body = match_body(text, flat, match.start("between") + len("cua "), match.end("between"))
            issuer = body if body_end == match.end("between") else ""
        elif not between:
            stop, _, issuer = _tail(text, flat, match.end(), end)
        if issuer:
            found.append(_Item(match.start(), stop, match.start(), "", words().doc_types[name], day, issuer))
    return found


def _completed(found: list[Citation], flat: str, issued: date | None) -> list[Citation]:
    """Bare numbers resolved, dates and issuers taken from the first full mention, the vocabulary and the symbol."""
    first: dict[str, Citation] = {}
    numbered: dict[tuple[str, str], dict[str, str]] = {}
    for citation in found:
        same = numbered.setdefault((citation.doc_type, number_groups(citation.number)[0]), {})
        same.setdefault(number_key(citation.number), citation.number)
    resolved = [_resolve_bare(citation, numbered, flat, issued) for citation in found]
    for citation in resolved:
        if citation.number and (citation.date or citation.issuer):
            first.setdefault(number_key(citation.number), citation)
    done = []
    for citation in resolved:
        full = first.get(number_key(citation.number)) if citation.number else None
        if full:
            citation = replace(citation, date=citation.date or full.date, issuer=citation.issuer or full.issuer)
        citation = _from_vocabulary(replace(citation, date_basis="stated" if citation.date else ""), flat, issued)
        done.append(replace(citation, issuer=citation.issuer or issuer_of_symbol(citation.number)))
    return done


def _resolve_bare(
    citation: Citation, numbered: dict[tuple[str, str], dict[str, str]], flat: str, issued: date | None
) -> Citation:
    """A number without a symbol becomes the one full number of its type and digits, here or in the vocabulary."""
    if not citation.number.isdigit():
        return citation
    digits = citation.number.lstrip("0")
    same = numbered.get((citation.doc_type, digits))
    if same:
        return replace(citation, number=next(iter(same.values()))) if len(same) == 1 else citation
    for (_, known), entry in known_instruments()[1].items():
        if (
            known == digits
            and entry["doc_type"] == citation.doc_type
            and citation.date in (None, entry["date"])
            and citation.issuer in ("", entry["issuer"])
            and not (issued and entry["date"] > issued)
            and about(citation.start, citation.end, entry, flat)
        ):
            return replace(citation, number=entry["number"])
    return citation


def _from_vocabulary(citation: Citation, flat: str, issued: date | None) -> Citation:
    """Date and issuer of a known instrument, where year, date and the words around the passage agree with it."""
    for entry in known_instruments()[0].get(number_key(citation.number), ()):
        day, year = entry["date"], number_year(citation.number)
        if (year and year != day.year) or (issued and day > issued) or citation.date not in (None, day):
            continue
        if not citation.date and not about(citation.start, citation.end, entry, flat):
            continue
        basis = citation.date_basis or "vocabulary"
        return replace(citation, date=day, date_basis=basis, issuer=citation.issuer or entry["issuer"])
    return citation
