"""Passages that name another document: number, type, date, issuer and the relation of this document to it.

Reads the folded text of subject and body; adds one ``Citation`` a passage. Recipients, signature, the document's own
number line and numbers without a document symbol ("T-128^{27/5}", "24/24", "30/4") are no citations; neither is a law
named without number and date ("Luật Phòng, chống bệnh truyền nhiễm"): there is nothing to link it by.

Surface forms accepted (FORMAT, section 4; words in ``data/vocabulary/citations.yaml``):

- "Công văn số 396-CV/TU ngày 27/5/2021 của Tỉnh ủy", "Thông báo kết luận số 719-TB/TU", blanks and line breaks in the
  number, lower case throughout ("thông báo số 81/tb-vpcp ngày 26/4/2021"), "Chỉ thị của Thủ tướng Chính phủ số 16/CT-TTg"
- lists that share type, date or issuer: "các Chỉ thị: số 05/CT-TTg ngày …; 06/CT-TTg ngày …", "Chỉ thị số 15/CT-TTg,
  16/CT-TTg và 19/CT-TTg của Thủ tướng Chính phủ", "các Công văn số 123, 124/UBND-VX", "Chỉ thị 15, 16"
- bare numbers: "Chỉ thị 16", "Chỉ thị số 16", "văn bản số 558"
- the issuer first: "Bộ Y tế có Công văn số …", "chỉ đạo của Bộ Y tế tại Công văn số …"
- no number, but issuer and date: "Công điện của Thường trực Ban Bí thư ngày 07/3/2020", "Luật Tổ chức … ngày 19/6/2015"

A later mention takes the date and issuer of the first full one of the same number; regimes and other known central
instruments get theirs from ``data/vocabulary/regimes.yaml`` (``date_basis`` ``vocabulary``).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

import regex

from loaders.fold import Text, fold
from loaders.numbers import canonical_number, number_groups, number_key, number_year
from loaders.records import Citation, Header, Provision, Zones
from loaders.vocabulary import read_vocabulary

_GROUP = r"[a-z](?:[a-z&]|\d(?!\d{2}))*"
# "396 - cv/tu", "16/2020/ct-ttg": digits 396, year 2020, symbol "cv/tu"
_NUMBER = regex.compile(
    rf"(?<![\w/.,{{^-])(?P<digits>\d{{1,5}}[a-z]?)\s?(?P<sep>[-:/])\s?(?:(?P<year>(?:19|20)\d\d)\s?[-/]\s?)?"
    rf"(?P<symbol>{_GROUP}(?:\s?[-:/]\s?{_GROUP}){{0,4}})(?!\w)"
)
_BARE_LIST = regex.compile(r"\s?(?:,|;|/|va|hoac|\+)\s?(?:so )?(?P<digits>\d{1,5})\+?(?=\s?(?:[,;.):]|va\b|hoac\b|cua\b|ngay\b|$|\n))")
_DAY = (
    r"ng[a-z1]y\s?(?:(?P<d>\d{1,2})\s?[/.-]\s?(?P<m>\d{1,2})\s?[/.-]\s?(?P<y>\d{4})(?!\d)"
    r"|(?P<d>\d{1,2})\s?thang\s?(?P<m>\d{1,2})\s?nam\s?(?P<y>\d{4}))"
)
_DATE_TAIL = regex.compile(rf"\s?,?\s?\(?(?:ky |ban hanh |ra )?{_DAY}\)?")
_YEAR_TAIL = regex.compile(r"\s(?:nam )?(?:20[12]\d)(?!\d|/)")
_OF = regex.compile(r"\s?,?\s?(?:cua|do)\s")
_GLUE = regex.compile(r"\s?(?:[,;]|,? ?va|,? ?hoac|/|\+)?\s?(?:so\b)?\s?[:.]?\s?")
_ADJECTIVE = r"(?:\s(?:khan|hoa toc|thuong khan|mat|chi dao|lien quan|sau day|sau))*"
_HEAD = regex.compile(
    r"(?:chu tich |pho chu tich |thuong truc |van phong |ban thuong vu |ban chap hanh |ban can su dang |doan dai bieu )?"
    r"(?:(?:u[yi] ban nhan dan|ubnd|hoi dong nhan dan|hdnd|t[iy]nh u[yi]|thanh u[yi]|huyen u[yi]|thi u[yi]|quan u[yi]|dang u[yi])"
    r"|ban chi dao(?: (?:cap )?(?:tinh|thanh pho|huyen))?(?:(?: ve)? (?:cong tac )?phong,? ?chong(?: dich)?(?: benh)?(?: covid ?- ?19)?)?"
    r"|cong an|bo chi huy quan su|bo chi huy bo doi bien phong|trung tam kiem soat benh tat|u[yi] ban mat tran to quoc viet nam"
    r"|ban (?:tuyen giao|dan van|to chuc|noi chinh|kinh te)|u[yi] ban kiem tra)\b"
    r"(?: (?:tinh uy|thanh uy|tinh|thanh pho|huyen|thi xa|quan|xa|phuong|thi tran|cac cap)\b)?"
)
_BODY_WORD = regex.compile(r"\s(?:và\s)?(?:-\s)?(?P<word>\p{Lu}[\p{L}.]*)")
_ISSUER_END = regex.compile(
    r"\s?[,;:.()\n\"]|\s(?:ve|v/v|ngay|tai|yeu cau|de|trong|va|den|thi|tiep tuc|doi voi|theo|gui|da|co|so|duoc|nham|tren)\b|$"
)
_BEFORE_TYPE = regex.compile(r"\s?,?\s(?:da )?(?:tai|co|ban hanh|ra|gui|ky|ky ban hanh)\s(?:cac |nhung )?$")
_SENTENCE = regex.compile(r"[.!?]\s+(?=\S)|\n")
_NARRATIVE = regex.compile(r"\W*(?:sau (?:mot )?(?:thoi gian|\w+ (?:ngay|tuan|thang))|qua (?:mot )?(?:thoi gian|\w+ (?:ngay|tuan|thang))|(?:trong )?thoi gian (?:qua|vua qua)|nho)\b")
_LIST_START = regex.compile(r"(?:^|[,;(:]|\bva\b)\s?(?:so\s?)?[:.]?\s?$")
_ENDED = regex.compile(r"[^.;]{0,40}\b(?:het hieu luc|duoc thay the|bi bai bo)\b")


@dataclass(frozen=True, slots=True)
class _Item:
    """A citation in the making: ``start``/``end`` of the passage, ``head`` where its type or number begins."""

    start: int
    end: int
    number: str
    doc_type: str
    date: date | None = None
    issuer: str = ""
    typed: bool = True
    bare: bool = False
    basis: str = ""


@dataclass(frozen=True, slots=True)
class _Words:
    doc_types: dict[str, str]
    verbs: frozenset[str]
    type_before: regex.Pattern[str]
    type_bare: regex.Pattern[str]
    law_before: regex.Pattern[str]
    undated: regex.Pattern[str]
    type_symbols: dict[str, str]
    symbols: dict[str, str]
    casing: dict[str, str]
    issuer: regex.Pattern[str]
    canonical: dict[str, str]
    relations: tuple[tuple[str, regex.Pattern[str]], ...]


def _alternatives(names: list[str]) -> str:
    return "|".join(regex.escape(name, literal_spaces=True) for name in sorted(names, key=lambda n: (-len(n), n)))


@lru_cache(maxsize=1)
def _words() -> _Words:
    data = read_vocabulary("citations")
    doc_types = {fold(name): entry["doc_type"] for entry in data["types"] for name in entry["names"]}
    verbs = frozenset(fold(name) for entry in data["types"] if entry.get("verb") for name in entry["names"])
    types = _alternatives(list(doc_types))
    canonical = {fold(alias): name for name, aliases in data["issuers"].items() for alias in (name, *aliases)}
    for field in data["ministries"]:
        canonical.update({fold(f"Bộ {field}"): f"Bộ {field}", fold(f"Sở {field}"): f"Sở {field}"})
        canonical.update({fold(f"Bộ trưởng Bộ {field}"): f"Bộ {field}", fold(f"Giám đốc Sở {field}"): f"Sở {field}"})
    day = _DAY
    named = _alternatives(list(canonical))
    relations = tuple(
        (relation, regex.compile(rf"\b(?:{'|'.join(entry['cues'])})\b")) for relation, entry in data["relations"].items()
    )
    return _Words(
        doc_types=doc_types,
        verbs=verbs,
        type_before=regex.compile(rf"\b(?P<type>{types}){_ADJECTIVE}(?P<of>\scua\s[^.;:]{{4,60}}?)?\s?[,:]?\s?(?P<so>so\b)?\s?[:.]?\s?$"),
        type_bare=regex.compile(rf"\b(?P<type>{types}){_ADJECTIVE}\s?[:]?\s(?P<so>so\s?[:.]?\s?)?(?P<digits>\d{{1,5}})\+?(?![\w%]|[.,/-]\s?\d|\s?[-/]\s?[a-z])"),
        law_before=regex.compile(r"\b(?P<type>bo luat|luat|phap lenh)\s[^.;:]{3,90}?\s?(?:so\b)?\s?[:.]?\s?$"),
        undated=regex.compile(rf"\b(?P<type>{types}){_ADJECTIVE}\s(?:(?P<law>[^.;:\d]{{4,80}}?)\s)?{day}"),
        type_symbols={fold(key): value for key, value in data["type_symbols"].items()},
        symbols={fold(key): value for key, value in data["symbols"].items()},
        casing={fold(key): key for key in (*data["mixed_case"], *data["symbols"], *data["type_symbols"])},
        issuer=regex.compile(rf"(?:{named})\b"),
        canonical=canonical,
        relations=relations,
    )


@lru_cache(maxsize=1)
def _known() -> tuple[dict[str, list[dict[str, Any]]], dict[tuple[str, str], dict[str, Any]]]:
    """Instruments of known date by number key, and by (type, digits) where that settles them."""
    data = read_vocabulary("regimes")
    by_key: dict[str, list[dict[str, Any]]] = {}
    by_bare: dict[tuple[str, str], dict[str, Any]] = {}
    for entry in (*data["regimes"].values(), *data["instruments"]):
        by_key.setdefault(number_key(entry["number"]), []).append(entry)
        for bare in entry.get("bare", ()):
            name, digits = fold(bare).rsplit(" ", 1)
            by_bare[name, digits] = entry
    return by_key, by_bare


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
        items = _match_items(text, flat, start, end)
        previous: Citation | None = None
        for item in items:
            relation = _relation(flat, item, start, previous, preamble_end)
            previous = Citation(item.number, item.doc_type, item.date, item.basis, item.issuer, relation, item.start, item.end)
            found.append(previous)
    found = [c for c in _completed(found, text, flat, issued) if not (own and number_key(c.number) == own)]
    return tuple(sorted(found, key=lambda c: (c.start, c.end)))


def _unwrapped(folded: str) -> str:
    """Line breaks inside a paragraph become blanks; those before a blank line, a dash or a label stay."""
    return regex.sub(r"(?<!\n)\n(?!\s*\n|\s*[-+*•]\s|\s*\d{1,2}[.)]\s|\s*[a-z]\)\s)", " ", folded)


def _match_items(text: Text, flat: str, start: int, end: int) -> list[_Item]:
    items: list[_Item] = []
    for match in _NUMBER.finditer(flat, start, end):
        item = _numbered(text, flat, match, items, start, end)
        if item is not None:
            items.append(item)
    items += _bare_items(text, flat, start, end, items)
    items.sort(key=lambda item: item.start)
    items = _shared(flat, items)
    items += _undated_items(text, flat, start, end, items)
    return sorted(items, key=lambda item: item.start)


def _numbered(
    text: Text, flat: str, match: regex.Match[str], items: list[_Item], start: int, end: int
) -> _Item | None:
    words = _words()
    before = flat[max(start, match.start() - 90) : match.start()]
    offset = match.start() - len(before)
    typed = words.type_before.search(before) or words.law_before.search(before)
    listed = bool(items) and items[-1].end <= match.start() and bool(_GLUE.fullmatch(flat[items[-1].end : match.start()]))
    groups, number_end = _symbol(text, match, introduced=bool(typed) or listed)
    if not groups or _is_own_line(text, flat, match.start(), number_end, bool(typed)):
        return None
    number = _canonical(text.raw[match.start() : number_end])
    if not number:
        return None
    head, doc_type = match.start(), _type_of_symbol(number)
    if typed:
        head = offset + typed.start()
        name = typed["type"]
        doc_type = doc_type if name == "van ban" and doc_type else words.doc_types[name]
    elif listed and not _has_type_symbol(number):
        doc_type = items[-1].doc_type
    tail, stated, issuer = _tail(text, flat, number_end, end)
    if typed and not issuer and typed.groupdict().get("of"):
        issuer = _issuer_at(text, flat, offset + typed.start("of") + 5, match.start())[1]
    begin, before_issuer = _issuer_before(text, flat, head, start) if typed and not issuer else (head, "")
    return _Item(begin, tail, number, doc_type or "other", stated, issuer or before_issuer, typed=bool(typed))


def _symbol(text: Text, match: regex.Match[str], introduced: bool) -> tuple[list[str], int]:
    """Groups of the symbol that look like one, and where they end; an empty list where the number is no symbol's."""
    words, raw = _words(), text.raw
    lower = not any(char.isupper() for char in raw)
    groups, end = [], match.start("symbol")
    for part in regex.finditer(_GROUP, match["symbol"]):
        at, stop = match.start("symbol") + part.start(), match.start("symbol") + part.end()
        printed, known = raw[at:stop], part[0] in words.casing
        capital = printed.isupper() or printed in words.casing.values()
        joined = not raw[end:at].strip("-–—/⁄:") or capital
        if not (capital or known and lower or lower and introduced and joined):
            break
        groups.append(part[0])
        end = stop
    known_groups = sum(group in words.casing for group in groups)
    if not groups or (not introduced and not (known_groups >= 2 or (known_groups and len(groups) >= 2) or words.symbols.get(groups[0], "") or groups[0] == "ubnd")):
        return [], end
    return groups, end


def _canonical(printed: str) -> str:
    """Canonical number with the usual letter case of its symbol ("81/tb-vpcp" → "81/TB-VPCP", "CT-TTG" → "CT-TTg")."""
    number = canonical_number(printed)
    casing = _words().casing
    parts = regex.split(r"([-/])", number)
    for index, part in enumerate(parts):
        if part and part[0].isalpha():
            known = casing.get(fold(part))
            parts[index] = known if known and part != part.upper() or fold(part) == "ttg" else part.upper() if part.islower() else part
    return "".join(parts)


def _has_type_symbol(number: str) -> bool:
    groups = number_groups(number)[2]
    return bool(groups) and groups[0] in _words().type_symbols


def _type_of_symbol(number: str) -> str:
    groups = number_groups(number)[2]
    types = _words().type_symbols
    return next((types[group] for group in groups[:1] if group in types), "official_letter" if groups else "")


def _is_own_line(text: Text, flat: str, start: int, end: int, typed: bool) -> bool:
    """The number line of a letterhead: a line of its own that begins with "Số"."""
    line = text.folded.rfind("\n", 0, start) + 1
    label = text.folded[line:start].strip(" *_|")
    after = flat[end : end + 12]
    return not typed and bool(regex.fullmatch(r"so\s?[:.]?", label)) and not _DATE_TAIL.match(after + flat[end + 12 : end + 40])


def _tail(text: Text, flat: str, at: int, end: int) -> tuple[int, date | None, str]:
    """End of the passage with its date and issuer, in either order, after the number."""
    stated, issuer = None, ""
    for _ in range(3):
        day = None if stated else _DATE_TAIL.match(flat, at, end)
        of = None if issuer else _OF.match(flat, at, end)
        year = _YEAR_TAIL.match(flat, at, end)
        if day:
            at, stated = day.end() - (day[0].endswith(")") and "(" not in day[0]), _day(day)
        elif of:
            stop, name = _issuer_at(text, flat, of.end(), end)
            if not name:
                break
            at, issuer = stop, name
        elif year and not stated:
            at = year.end()
        else:
            break
    return at, stated, issuer


def _day(match: regex.Match[str]) -> date | None:
    try:
        return date(int(match["y"]), int(match["m"]), int(match["d"]))
    except ValueError:
        return None


def _issuer_at(text: Text, flat: str, at: int, end: int) -> tuple[int, str]:
    """End and canonical name of the body that begins at ``at``; an empty name where none does."""
    words = _words()
    named = words.issuer.match(flat, at, end)
    head = _HEAD.match(flat, at, end)
    if named and not (head and head.end() > named.end()):
        stop = named.end()
        name = words.canonical[named[0]]
        return (_place_end(text, stop, end), name + text.raw[stop : _place_end(text, stop, end)]) if name.startswith("Sở") else (stop, name)
    if head:
        stop = _place_end(text, head.end(), end)
        return stop, _as_name(text.raw[at:stop])
    if at < end and text.raw[at].isupper():
        stop = _ISSUER_END.search(flat, at, min(end, at + 70))
        if stop and stop.start() > at + 3:
            return stop.start(), _as_name(text.raw[at : stop.start()])
    return at, ""


def _place_end(text: Text, at: int, end: int) -> int:
    """End of the capitalised words (a province, a field) that go on a body's name; at most five."""
    kind = regex.compile(r"\s(?:tỉnh|thành phố|TP\.?|huyện|thị xã|quận)(?=\s\p{Lu})").match(text.raw, at, end)
    at = kind.end() if kind else at
    for _ in range(5):
        word = _BODY_WORD.match(text.raw, at, end)
        if not word or fold(word["word"]) in _words().doc_types or fold(word["word"]) in ("cong", "chi", "quyet", "nghi", "thong", "ke", "ve", "v"):
            break
        at = word.end()
        if text.raw[at - 1] == ".":
            return at - 1
    return at


def _as_name(printed: str) -> str:
    name = " ".join(printed.split())
    return name[:1].upper() + name[1:]


def _issuer_before(text: Text, flat: str, head: int, start: int) -> tuple[int, str]:
    """Where a passage with the issuer first begins, with the issuer: "Bộ Y tế có Công văn …", "… của Bộ Y tế tại …"."""
    window = max(start, head - 110)
    link = _BEFORE_TYPE.search(flat, window, head)
    if not link:
        return head, ""
    best: tuple[int, str] | None = None
    for pattern in (_words().issuer, _HEAD):
        for match in pattern.finditer(flat, window, link.start()):
            stop, name = _issuer_at(text, flat, match.start(), link.start())
            if name and stop == link.start() and (best is None or match.start() < best[0]):
                best = (match.start(), name)
    return best or (head, "")


def _bare_items(text: Text, flat: str, start: int, end: int, items: list[_Item]) -> list[_Item]:
    """ "Chỉ thị 16", "văn bản số 558", and the numbers of a list that follow without a symbol."""
    words, by_bare = _words(), _known()[1]
    taken = [(item.start, item.end) for item in items]
    found: list[_Item] = []
    for match in words.type_bare.finditer(flat, start, end):
        if any(a < match.end() and match.start() < b for a, b in taken):
            continue
        name = match["type"]
        at, stated, issuer = _tail(text, flat, match.end(), end)
        settled = (name, match["digits"].lstrip("0")) in by_bare
        if not (match["so"] or settled or stated or issuer) or (name in words.verbs and not (match["so"] or settled)):
            continue
        begin, before = _issuer_before(text, flat, match.start(), start) if not issuer else (match.start(), "")
        found.append(_Item(begin, at, match["digits"], words.doc_types[name], stated, issuer or before, bare=True))
        more = _BARE_LIST.match(flat, match.end(), end)
        while more and ((name, more["digits"].lstrip("0")) in by_bare or match["so"]):
            if any(a <= more.start("digits") < b for a, b in taken):
                break
            at, stated, issuer = _tail(text, flat, more.end(), end)
            found.append(_Item(more.start("digits"), at, more["digits"], words.doc_types[name], stated, issuer, typed=False, bare=True))
            more = _BARE_LIST.match(flat, more.end(), end)
    return found


def _shared(flat: str, items: list[_Item]) -> list[_Item]:
    """In a list ("A, B và C của X"), earlier members take the symbol, date and issuer that only the last one carries."""
    for index in range(len(items) - 2, -1, -1):
        item, following = items[index], items[index + 1]
        if following.typed or not _GLUE.fullmatch(flat[item.end : following.start]):
            continue
        if item.bare and not following.bare and item.doc_type == following.doc_type:
            symbol = following.number.lstrip("0123456789")
            item = replace(item, number=item.number + symbol, bare=False)
        shares_date = item.date is None and not any(other.date for other in items[max(0, index - 3) : index + 1])
        items[index] = replace(
            item, issuer=item.issuer or following.issuer, date=following.date if shares_date else item.date
        )
    for index in range(1, len(items)):
        item, leader = items[index], items[index - 1]
        if not item.typed and not item.issuer and _GLUE.fullmatch(flat[leader.end : item.start]):
            items[index] = replace(item, issuer=leader.issuer if item.doc_type == leader.doc_type else "")
    return items


def _undated_items(text: Text, flat: str, start: int, end: int, items: list[_Item]) -> list[_Item]:
    """Documents without a number that issuer and date settle; laws by name and date."""
    words, found = _words(), []
    for match in words.undated.finditer(flat, start, end):
        if any(item.start < match.end() and match.start() < item.end for item in items):
            continue
        name, between = match["type"], match["law"]
        stated, stop, issuer = _day(match), match.end(), ""
        if name in ("luat", "bo luat", "phap lenh"):
            issuer = "Quốc hội" if name != "phap lenh" else "Ủy ban Thường vụ Quốc hội"
        elif between and between.startswith("cua "):
            begin = match.start("law") + 4
            stop_issuer, issuer = _issuer_at(text, flat, begin, match.end("law"))
            issuer = issuer if stop_issuer == match.end("law") else ""
        elif not between:
            stop, _, issuer = _tail(text, flat, match.end(), end)
        if stated and issuer and name not in ("bao cao", "van ban", "hop dong", "quy dinh", "huong dan"):
            found.append(_Item(match.start(), stop, "", words.doc_types[name], stated, issuer))
    return found


def _relation(flat: str, item: _Item, start: int, previous: Citation | None, preamble_end: int) -> str:
    """Relation by the cue nearest before the passage in its sentence; a list goes on with that of its first member."""
    begin = max(start, item.start - 300)
    breaks = [match.end() for match in _SENTENCE.finditer(flat, begin, item.start)]
    sentence = breaks[-1] if breaks else begin
    if _ENDED.match(flat, item.end):
        return "replaces"
    in_list = previous is not None and previous.end >= sentence and previous.end <= item.start
    context = flat[max(sentence, previous.end) if in_list and previous else sentence : item.start]
    if in_list and previous and _LIST_START.search(context):
        return previous.relation
    relation = _nearest_cue(context, lone=not in_list)
    if relation == "implements" and item.start < preamble_end and _NARRATIVE.match(flat[sentence : item.start]):
        return "based_on"
    if not relation and in_list and previous and regex.search(r"\b(?:va|cung)\b", context) and len(context) < 60:
        return previous.relation
    return relation or "refers"


def _nearest_cue(context: str, lone: bool) -> str:
    """Relation whose cue ends nearest to the passage; of two cues that end together the longer one."""
    clause = regex.split(r"[;:]\s", context)[-1] if not regex.search(r":\s?$", context) else context
    best = (-1, 0, "")
    for relation, pattern in _words().relations:
        for match in pattern.finditer(clause):
            best = max(best, (match.end(), match.end() - match.start(), relation))
    if best[2] == "implements" and regex.search(
        r"\btiep tuc(?: [a-z]+){0,3} (?:thuc hien|trien khai|quan triet|chap hanh)(?: [a-z]+){0,7}\s?$", clause
    ):
        return "continues"
    return best[2]


def _completed(found: list[Citation], text: Text, flat: str, issued: date | None) -> list[Citation]:
    """Later mentions take date and issuer from the first full one; the vocabulary fills what is known; symbols settle
    issuers."""
    by_key, by_bare = _known()
    first: dict[str, Citation] = {}
    for citation in found:
        key = number_key(citation.number)
        if key and (citation.date or citation.issuer):
            first.setdefault(key, citation)
    done = []
    for citation in found:
        citation = _resolve_bare(citation, flat, found, by_bare)
        full = first.get(number_key(citation.number)) if citation.number else None
        if full and number_key(citation.number).isdigit() is False:
            citation = replace(citation, date=citation.date or full.date, issuer=citation.issuer or full.issuer)
        if citation.date:
            citation = replace(citation, date_basis="stated")
        citation = _from_vocabulary(citation, by_key, flat, issued)
        done.append(replace(citation, issuer=citation.issuer or _issuer_of_symbol(citation.number)))
    return done


def _resolve_bare(citation: Citation, flat: str, found: list[Citation], by_bare: dict) -> Citation:
    """A number without a symbol becomes the one full number of this type and these digits, here or in the vocabulary."""
    if not citation.number.isdigit():
        return citation
    digits = citation.number.lstrip("0")
    same = {
        other.number
        for other in found
        if other.doc_type == citation.doc_type and not other.number.isdigit() and number_groups(other.number)[0] == digits
    }
    if len({number_key(number) for number in same}) == 1:
        return replace(citation, number=min(same))
    entry = next((e for (name, d), e in by_bare.items() if d == digits and e["doc_type"] == citation.doc_type), None)
    fits = entry and (not citation.date or citation.date == entry["date"]) and citation.issuer in ("", entry["issuer"])
    return replace(citation, number=entry["number"]) if entry and fits else citation


def _from_vocabulary(citation: Citation, by_key: dict, flat: str, issued: date | None) -> Citation:
    near = flat[max(0, citation.start - 150) : citation.end + 150]
    for entry in by_key.get(number_key(citation.number), ()):
        year = number_year(citation.number)
        if (year and year != entry["date"].year) or (issued and entry["date"] > issued):
            continue
        if citation.date and citation.date != entry["date"]:
            continue
        words = entry.get("subject")
        if not citation.date and words and not any(fold(word) in near for word in words):
            continue
        if citation.date:
            return replace(citation, issuer=citation.issuer or entry["issuer"])
        return replace(citation, date=entry["date"], date_basis="vocabulary", issuer=citation.issuer or entry["issuer"])
    return citation


def _issuer_of_symbol(number: str) -> str:
    groups = number_groups(number)[2]
    symbols, types = _words().symbols, _words().type_symbols
    bodies = [group for group in groups if group not in types or group == groups[-1]]
    return next((symbols[group] for group in bodies if symbols.get(group)), "")
