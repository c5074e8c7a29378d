"""Words of letterheads and signatures, compared without marks and within few slips: types of papers, titles of signers,
issuing bodies, stamps of urgency. They live in ``document_types.yaml`` and ``letterheads.yaml``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import regex
from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from loaders.fold import fold
from loaders.vocabulary import read_vocabulary

_LETTERS = regex.compile(r"[^a-z]+")

_PORTAL = regex.compile(  # the record that a site prints above a paper: "Số hiệu: 64/KH-UBND", "Người ký | … |"
    r"^\W*(?:(?:so hieu|so ky hieu|loai van ban|noi ban hanh|co quan ban hanh|ngay ban hanh|ngay (?:co |het )?hieu luc"
    r"|ngay (?:dang )?cong bao|so cong bao|tinh trang(?: hieu luc)?|ngay cap nhat)\s*[:|]"
    r"|(?:nguoi ky|linh vuc|ap dung)\s*:?\s*\|)"
)
_TRAILER = regex.compile(  # what a site prints below a paper
    r"^\W*(?:(?:tin|tin bai|bai viet|van ban|cac tin|cac bai) (?:lien quan|khac|da dua|moi hon|cu hon|cung chuyen muc)"
    r"|binh luan|gui (?:binh luan|y kien|phan hoi)|y kien (?:ban doc|cua ban)|co the ban quan tam|chia se bai viet"
    r"|in (?:bai viet|trang)|luot xem|tu khoa|tags?|xem them|ve trang truoc|bai viet dang xem)"
    r"\s*:?(?:\s*\(?\d+\)?)?\W*$"
)
NAMED_BEFORE = regex.compile(
    r"\b(?:nghi quyet|chi thi|quyet dinh|cong van|cong dien|thong bao|ke hoach|van ban|luat|nghi dinh|ket luan)$"
)

_LABEL = regex.compile(r"(?:[IVX]+|\p{L})[.)]")
_PERSON = regex.compile(r"^(?:\p{Lu}\p{Ll}*\.?\s+){0,3}\p{Lu}[\p{L}'’]*(?:\s+\p{Lu}[\p{L}'’]*){1,5}$")


def is_capitals(raw: str) -> bool:
    """Whether at least four of five letters are capitals."""
    upper = sum(map(str.isupper, raw))
    return upper > 1 and upper >= 4 * sum(map(str.islower, raw))


def is_person(raw: str) -> bool:
    """Two to six capitalised words and nothing else; ranks and degrees before it count in."""
    words = raw.split()
    if words and _LABEL.fullmatch(words[0]):
        return False  # "I. MỤC TIÊU", "B. NỘI DUNG"
    return 2 <= len(words) <= 6 and len(raw) < 45 and bool(_PERSON.match(raw))


def squeeze(folded: str) -> str:
    """Letters only: what is left to compare when blanks and punctuation are lost or doubled."""
    return _LETTERS.sub("", folded)


_URGENCY = {"hoatoc": "hoa_toc", "hoatochengio": "hoa_toc", "thuongkhan": "thuong_khan", "khan": "khan"}


def urgency_of(folded: str) -> str:
    """``hoa_toc``, ``thuong_khan``, ``khan`` or ``""``; accepts OCR slips of one letter but in the short "khẩn"."""
    letters = squeeze(folded)
    if letters in _URGENCY:
        return _URGENCY[letters]
    found = process.extractOne(letters, list(_URGENCY)[:3], scorer=Levenshtein.distance, score_cutoff=1)
    return _URGENCY[found[0]] if found and len(letters) >= 5 else ""


def is_urgency(raw: str, folded: str) -> bool:
    words = raw.strip(" .*[](){}|:!-_")
    return 3 < len(words) < 24 and words[:1].isupper() and bool(urgency_of(folded))


def site_words(folded: str) -> str:
    """``portal`` for a line of the record that a site prints above a paper, ``trailer`` for what it prints below."""
    if _PORTAL.match(folded):
        return "portal"
    return "trailer" if len(folded) < 40 and _TRAILER.match(folded) else ""


@lru_cache(maxsize=1)
def _title_words() -> dict[str, str]:
    entries = read_vocabulary("document_types")
    return {squeeze(fold(title)): entry["type"] for entry in entries for title in entry["titles"]}


_TITLE_TAIL = regex.compile(r"^\W*(?P<title>[a-z ]+?)\s*(?:\W*$|(?=(?:cua|ve)\b))")


def title_of(folded: str) -> str | None:
    """Type of paper that a title line names ("CHỈ THỊ", "CHỈ THỊ CỦA BAN THƯỜNG VỤ …", "C H Ỉ T H Ị"), or None."""
    words = _title_words()
    tail = _TITLE_TAIL.match(folded)
    letters = squeeze(tail["title"] if tail else folded)
    if letters in words:
        return words[letters]
    if not 6 <= len(letters) <= 16:
        return None
    found = process.extractOne(letters, list(words), scorer=Levenshtein.distance, score_cutoff=1)
    return words[found[0]] if found and len(found[0]) >= 6 else None


# "Kính gửi:" and "Nơi nhận:" with a letter or two that a scanner took for others ("Kírh gửi", "Nơi rhậr").
ADDRESSEE_SLIPS = r"k\w[nrmu][hb]\s?g\w{1,2}(?=\s*[:;])"
COPIES_SLIPS = r"n\w[il1]\s?[nr][hb]\w[nr](?=\s*[:;])"


@lru_cache(maxsize=1)
def _role_words() -> dict[str, str]:
    return {squeeze(fold(title)): title for title in read_vocabulary("letterheads")["titles"]}


def role_of(letters: str) -> str:
    """Title of who signs in normal case, from its letters ("phobithuthuongtruc" → "Phó Bí thư Thường trực")."""
    words = _role_words()
    if letters in words:
        return words[letters]
    if len(letters) < 6:
        return ""
    found = process.extractOne(letters, list(words), scorer=Levenshtein.distance, score_cutoff=1 + (len(letters) > 12))
    return words[found[0]] if found else ""


@dataclass(frozen=True, slots=True)
class Body:
    """A body's words at the start of a line: its vocabulary entry, and how many characters they take."""

    entry: Any
    end: int


@lru_cache(maxsize=1)
def _body_table() -> tuple[regex.Pattern[str], dict[str, Any], list[str]]:
    spellings: dict[str, Any] = {}
    for entry in read_vocabulary("letterheads")["bodies"]:
        for name in (entry["name"], *entry.get("also", ())):
            spellings[fold(name)] = entry
    ordered = sorted(spellings, key=len, reverse=True)
    names = "|".join(regex.escape(name).replace(r"\ ", r"\s+") for name in ordered)
    pattern = regex.compile(rf"^\W*(?P<name>{names})(?=$|[\s,.;:/)-])(?<!\bso(?=\s?[:.]?\s?\d))(?!\s*,?\s*chong\b)")
    return pattern, spellings, ordered


@lru_cache(maxsize=2048)
def body_of(folded: str) -> Body | None:
    """Body whose words a line begins with, allowing few slips in long names; None otherwise."""
    pattern, spellings, ordered = _body_table()
    found = pattern.match(folded)
    if found:
        return Body(spellings[regex.sub(r"\s+", " ", found["name"])], found.end("name"))
    for name in ordered:
        if len(name) >= 8 and len(folded) >= len(name) - 1:
            limit = 1 + (len(name) > 14)
            if Levenshtein.distance(folded[: len(name)], name, score_cutoff=limit) <= limit:
                return Body(spellings[name], len(name))
    return None


def nearly(left: str, right: str, least: float = 88) -> bool:
    """Whether two folded phrases are the same but for slips."""
    return fuzz.ratio(left, right, score_cutoff=least) > 0
