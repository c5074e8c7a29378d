"""The words of citations, compiled once: types, symbols, bodies, relation cues, instruments of known date.

A part of ``loaders.citations``. Reads ``data/vocabulary/citations.yaml`` and ``regimes.yaml``; what it compiles is
matched against folded text whose line breaks inside a paragraph are blanks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import regex

from loaders.fold import Text, fold
from loaders.numbers import number_groups, number_key
from loaders.triggers import Triggers, match_at
from loaders.vocabulary import read_vocabulary

# "ngày 27/5/2021", "ngày 29-3-2021", "ngày 06 tháng 5 năm 2021"
DAY = (
    r"ng[a-z1]y\s?(?:(?P<d>\d{1,2})\s?[/.-]\s?(?P<m>\d{1,2})\s?[/.-]\s?(?P<y>\d{4})(?!\d)"
    r"|(?P<d>\d{1,2})\s?thang\s?(?P<m>\d{1,2})\s?nam\s?(?P<y>\d{4}))"
)
LAWS = ("luat", "bo luat", "phap lenh")
_ADJECTIVES = r"(?:\s(?:khan|hoa toc|thuong khan|mat|chi dao|lien quan|sau day|sau))*"
_PEOPLE = r"u[yi] ban nhan dan|ubnd|hoi dong nhan dan|hdnd"
_PARTY = r"t[iy]nh u[yi]|thanh u[yi]|huyen u[yi]|thi u[yi]|quan u[yi]|dang u[yi]"
_LOCAL_BODY = regex.compile(
    r"(?:(?:pho )?chu tich |thuong truc |van phong |ban thuong vu |ban chap hanh |ban can su dang |doan dai bieu )?"
    rf"(?:(?:{_PEOPLE}|{_PARTY})"
    r"|(?:(?:pho )?truong )?ban chi dao(?: (?:cap )?(?:tinh|thanh pho|huyen))?"
    r"(?:(?: ve)? (?:cong tac )?phong,? ?chong(?: dich)?(?: benh)?(?: covid ?- ?19)?)?"
    r"|cong an|bo chi huy quan su|bo chi huy bo doi bien phong|trung tam kiem soat benh tat"
    r"|u[yi] ban mat tran to quoc viet nam|ban (?:tuyen giao|dan van|to chuc|noi chinh|kinh te)|u[yi] ban kiem tra)\b"
    r"(?: (?:tinh u[yi]|thanh u[yi]|trung uong|tinh|thanh pho|huyen|thi xa|quan|xa|phuong|thi tran|cac cap)\b)?"
)
_UNIT = regex.compile(r"\s(?:tỉnh|thành phố|Thành phố|TP\.?|huyện|thị xã|quận)(?=\s\p{Lu})")
_NAME_WORD = regex.compile(r"\s(?:và\s)?(?:-\s)?(?P<word>\p{Lu}[\p{L}]*)(?P<stop>\.?)")
_NOT_A_NAME = frozenset({"cong", "chi", "quyet", "nghi", "thong", "ke", "ve", "v", "ket", "to", "bao", "huong"})
_BODY_END = regex.compile(
    r"\s?[,;:.()\n\"]|\s(?:ve|v/v|ngay|tai|yeu cau|de|trong|va|den|thi|tiep tuc|doi voi|theo|gui|da|co|so|duoc|nham"
    r"|tren|ban hanh|huong dan|quy dinh|cong bo|hoi|uy nhiem|uy quyen|giao|phe duyet|phe chuan|thanh lap|kien nghi"
    r"|cho phep|dong y|thong nhat|phan cong|dieu chinh|bo sung|sua doi|keu goi|chap thuan|doi)\b|$"
)


@dataclass(frozen=True, slots=True)
class Words:
    """Compiled vocabulary. Keys are folded; ``verbs`` are types that are everyday words too."""

    doc_types: dict[str, str]
    type_names: Triggers
    verbs: frozenset[str]
    type_before: regex.Pattern[str]
    type_bare: regex.Pattern[str]
    law_before: regex.Pattern[str]
    unnumbered: regex.Pattern[str]
    type_symbols: dict[str, str]
    symbols: dict[str, str]
    casing: dict[str, str]
    bodies: regex.Pattern[str]
    body_names: dict[str, str]
    relations: tuple[tuple[str, regex.Pattern[str]], ...]


def _alternatives(names: list[str]) -> str:
    return "|".join(regex.escape(name, literal_spaces=True) for name in sorted(names, key=lambda n: (-len(n), n)))


def _body_names(data: dict[str, Any]) -> dict[str, str]:
    names = {fold(alias): name for name, aliases in data["issuers"].items() for alias in (name, *aliases)}
    for field in data["ministries"]:
        for head, body in (("Bộ", "Bộ"), ("Bộ trưởng Bộ", "Bộ"), ("Sở", "Sở"), ("Giám đốc Sở", "Sở")):
            names[fold(f"{head} {field}")] = f"{body} {field}"
            names[fold(f"{head} {field}").replace(",", "")] = f"{body} {field}"
    return names


@lru_cache(maxsize=1)
def words() -> Words:
    """The vocabulary of citations, compiled at first use."""
    data = read_vocabulary("citations")
    doc_types = {fold(name): entry["doc_type"] for entry in data["types"] for name in entry["names"]}
    types, names = _alternatives(list(doc_types)), _body_names(data)
    return Words(
        doc_types=doc_types,
        type_names=Triggers([tuple(doc_types)]),
        verbs=frozenset(fold(name) for entry in data["types"] if entry.get("verb") for name in entry["names"]),
        # "Công văn hỏa tốc số" | "Chỉ thị của Thủ tướng Chính phủ số" | "các Chỉ thị: số", just before a number
        type_before=regex.compile(
            rf"\b(?P<type>{types}){_ADJECTIVES}(?P<of>\scua\s[^.;:]{{4,60}}?)?\s?[,:]?\s?(?:so\b)?\s?[:.]?\s?$"
        ),
        # "Chỉ thị 16", "văn bản số 558": no separator, letter, percent sign or further digit after it
        type_bare=regex.compile(
            rf"\b(?P<type>{types}){_ADJECTIVES}[ ]?:?[ ](?P<so>so\s?[:.]?\s?)?"
            r"(?P<digits>\d{1,5})\+?(?![\w%]|[.,/-]\d|\s?[-/]\s?[a-z\d])"
        ),
        law_before=regex.compile(
            r"\b(?<!phap )(?<!ky )(?P<type>bo luat|luat|phap lenh)\s[^.;:]{3,90}?\s?(?:so\b)?\s?[:.]?\s?$"
        ),
        unnumbered=regex.compile(
            rf"\b(?<!phap )(?<!ky )(?P<type>{types}){_ADJECTIVES},?\s(?:(?P<between>[^.;:\n]{{4,140}}?),?\s)?{DAY}"
        ),
        type_symbols={fold(key): value for key, value in data["type_symbols"].items()},
        symbols={fold(key): value for key, value in data["symbols"].items()},
        casing={fold(key): key for key in (*data["symbols"], *data["type_symbols"], *data["mixed_case"])},
        bodies=regex.compile(rf"(?:{_alternatives(list(names))})\b"),
        body_names=names,
        relations=tuple(
            (relation, regex.compile(rf"\b(?:{'|'.join(entry['cues'])})\b"))
            for relation, entry in data["relations"].items()
        ),
    )


@lru_cache(maxsize=1)
def _type_places(flat: str) -> list[int]:
    """Where the name of a type of paper begins."""
    return next(iter(words().type_names.places(flat).values()))


def match_typed(pattern: regex.Pattern[str], flat: str, start: int, end: int) -> Iterator[regex.Match[str]]:
    """What ``pattern.finditer`` gives where a pattern begins with the name of a type; tried only where one stands."""
    return match_at(_type_places(flat), pattern, flat, start, end)


@lru_cache(maxsize=1)
def known_instruments() -> tuple[dict[str, list[dict[str, Any]]], dict[tuple[str, str], dict[str, Any]]]:
    """Instruments of known date by number key, and by (folded type, digits) where that alone settles them."""
    data = read_vocabulary("regimes")
    by_key: dict[str, list[dict[str, Any]]] = {}
    by_bare: dict[tuple[str, str], dict[str, Any]] = {}
    for entry in (*data["regimes"].values(), *data["instruments"]):
        by_key.setdefault(number_key(entry["number"]), []).append(entry)
        for bare in entry.get("bare", ()):
            name, digits = fold(bare).rsplit(" ", 1)
            by_bare[name, digits] = entry
    return by_key, by_bare


def is_unit(group: str, close: bool) -> bool:
    """A drafting unit in mixed case right behind its dash: "GDTrH", "TCTr", "QLĐTr"; not "Tổng hợp"."""
    return close and group[0].isupper() and sum(map(str.isupper, group)) > 1


def match_body(text: Text, flat: str, at: int, end: int) -> tuple[int, str]:
    """End and canonical name of the body that begins at ``at``; ``(at, "")`` where none does.

    Accepts central bodies and ministries of the vocabulary, departments and local committees with their place ("Sở Y
    tế tỉnh Sóc Trăng", "Ban Thường vụ Tỉnh ủy"), else any capitalised phrase up to the next stop word.
    """
    named = words().bodies.match(flat, at, end)
    local = _LOCAL_BODY.match(flat, at, end)
    if named and not (local and local.end() > named.end()):
        name = words().body_names[named[0]]
        stop = _name_end(text, named.end(), end) if name.startswith("Sở") else named.end()
        return stop, " ".join((name + text.raw[named.end() : stop]).split())
    if local:
        stop = _name_end(text, local.end(), end)
        return stop, _as_name(text.raw[at:stop])
    if at < end and text.raw[at].isupper():
        stop_word = _BODY_END.search(flat, at, min(end, at + 70))
        if stop_word and stop_word.start() > at + 3:
            return stop_word.start(), _as_name(text.raw[at : stop_word.start()])
    return at, ""


def match_body_before(text: Text, flat: str, start: int, end: int) -> tuple[int, str]:
    """Start and name of the longest body that ends exactly at ``end``; ``(end, "")`` where none does."""
    starts = [m.start() for pattern in (words().bodies, _LOCAL_BODY) for m in pattern.finditer(flat, start, end)]
    for at in sorted(starts):
        stop, name = match_body(text, flat, at, end)
        if name and stop == end:
            return at, name
    return end, ""


def _name_end(text: Text, at: int, end: int) -> int:
    """End of the capitalised words that go on a body's name (its province or district); at most five."""
    unit = _UNIT.match(text.raw, at, end)
    at = unit.end() if unit else at
    for _ in range(5):
        word = _NAME_WORD.match(text.raw, at, end)
        if not word or (fold(word["word"]) in _NOT_A_NAME and not text.raw.endswith("Hồ", 0, word.start())):
            break  # "Chỉ thị …" is no part of a place's name, "Hồ Chí Minh" is
        at = word.end("word")
        if word["stop"]:
            break
    return at


def _as_name(printed: str) -> str:
    name = " ".join(printed.split())
    return name[:1].upper() + name[1:]


def issuer_of_symbol(number: str) -> str:
    """The body that a number's symbol settles ("16/CT-TTg" → Thủ tướng Chính phủ), or ``""``.

    >>> issuer_of_symbol("5737/BYT-KHTC"), issuer_of_symbol("1722/UBND-KGVX")
    ('Bộ Y tế', '')
    """
    groups = number_groups(number)[2]
    symbols, types = words().symbols, words().type_symbols
    bodies = [group for group in groups if group not in types or group == groups[-1]]
    return next((symbols[group] for group in bodies if symbols.get(group)), "")


def day_of(match: regex.Match[str]) -> date | None:
    try:
        return date(int(match["y"]), int(match["m"]), int(match["d"]))
    except ValueError:
        return None


def about(start: int, end: int, entry: dict[str, Any], flat: str) -> bool:
    """Whether a word of the instrument's subject stands near, where its number alone is ambiguous."""
    near = flat[max(0, start - 150) : end + 150]
    return "subject" not in entry or any(fold(word) in near for word in entry["subject"])
