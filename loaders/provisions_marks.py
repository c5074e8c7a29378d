"""Marks at which a provision may begin, with what stands around each and every way to read it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from loaders.fold import Text, fold
from loaders.records import Span

_HEADINGS = {"phan": ("part", "Phần"), "chuong": ("chapter", "Chương"), "muc": ("section", "Mục")}
_BULLETS = {"+": "plus", "*": "star"}
LETTERS = "abcdđeghiklmnopqrstuvxy"
_SLIPS = str.maketrans("il|!osbzq", "111105829")

_ORDINAL = r"(?:thu\ )?(?:nhat|hai|ba|tu|nam|sau|bay|tam|chin|muoi)|[ivx]{1,5}|\d{1,2}"
_MARK = re.compile(
    rf"""
      (?P<heading>phan|chuong|muc)\ +(?P<ordinal>{_ORDINAL})(?=\ *(?:[.:\-]|\n|$)|\ +[a-z])\ *[.:\-]?
    | dieu\ +(?P<article>[\dilo]{{1,3}})(?:\ *(?P<stop>[.:])|(?=\ [a-z]))
    | (?P<decimal>(?=[il]?\.?\d)[\dilo]{{1,2}}(?:\.[\dilo]{{1,2}}){{1,3}})(?:\.(?!\d)|\)|(?=\ ))
    | \((?P<paren>\d{{1,2}})\)(?=\ ?[^\W\d_])
    | (?P<small>\([ivx]{{1,4}}\)|[ivx]{{2,4}}\))(?=\ ?[^\W\d_])
    | \((?P<inner>[a-zđ])\)(?=\ [^\W\d_])
    | (?P<number>\d{{1,2}})(?P<close>\ ?\\?\.(?!\d)|\ ?[-)](?!\d)|[/:,;](?=\ |[^\W\d_]))
    | (?P<roman>[ivx]{{1,5}})(?:\ ?[.\-/](?![\w.])|\.(?=\w))
    | (?P<slip>[ilosbzq|!\d]{{1,2}})\.(?!\d)
    | (?P<letter>[a-z])(?:\)|[./\-](?=\ ))
    | (?P<bare>\d{{1,2}})(?=\ [a-z])
    | (?P<bullet>[-+*•·●▪◦■◆►➢✓→\uf02d\uf0a7\uf0b7\uf0d8])(?!\d|\ *\d+\ *-\ *(?:\n|$)|-)
    """,
    re.VERBOSE,
)
_LINE_START = re.compile(r"(?:^|\n) *")
# Line breaks get lost: a mark may stand inside a line, after the end of what comes before it.
_INLINE = re.compile(
    r"(?<=[.;:…)\"]) +"
    r"(?=(?:\((?:\d{1,2}|[ivx]{1,4})\) ?"
    r"|(?:dieu )?\d{1,2}\. ?|\d{1,2}(?:\.\d{1,2}){1,2}\.? |[ivx]{1,4}[.\-] |[a-z]\) |[-+] )[^\W\d_])"
)
_HYPHENED = re.compile(
    r"\b(?:lao dong\|thuong binh|(?:phat|truyen) thanh\|truyen hinh|tai chinh\|ke hoach|ke hoach\|tai chinh"
    r"|kinh te\|(?:ha tang|xa hoi|ky thuat)|van hoa\|(?:thong tin|xa hoi|the thao)|chinh tri\|xa hoi)"
)
_PAGE_NUMBER = re.compile(r"[ \-]*\d{1,4}[ \-]*")
_ENDS = '.;:!?…)]"/*'
# A number behind one of these words names a thing and begins none ("khoản 4", "Quận 1."); behind a second group only
# where no blank line parts them ("Chỉ thị / 16.", but "Thủ tướng chỉ thị", then 1.).
_NAMES_A_NUMBER = re.compile(
    r"(?:^|[^a-z])(?:khoan|dieu|diem|muc|so|quan|phuong|tang|cap|vung|ngay|thang|nam|khu pho|quoc lo|phu luc"
    r"|chuong|phan)$"
)
_SOUNDS_LIKE = re.compile(r"(?:quan|phuong)$")  # "CÁC CƠ QUAN", "CÁC ĐỊA PHƯƠNG" are headings, "Quận", "Phường" are not
_MAY_NAME_A_NUMBER = re.compile(
    r"(?:^|[^a-z])(?:dot|lan|thu|nhom|chi thi|nghi quyet|quyet dinh|to|ap|thon|tuyen|giai doan|muc do|loai|va"
    r"|tu|den|buoc)$"
)


@dataclass(frozen=True, slots=True)
class Mark:
    """One printed mark with one way to read it; ``sure`` where nothing had to be guessed."""

    kind: str
    value: int
    label: str
    start: int
    after: int
    broken: bool  # a blank line, the end of a sentence or a short line stands before it
    opened: bool  # what stands before it ends in a colon
    capital: bool
    sure: bool
    prefix: tuple[int, ...] = ()


def find_marks(text: Text, body: Span) -> list[tuple[Mark, ...]]:
    """Possible marks in text order, each with its possible readings."""
    found: dict[int, tuple[Mark, ...]] = {}
    wrapped = _is_wrapped(text.raw[body.start : body.end])
    for place, inline in _places(text.folded, body):
        match = _MARK.match(text.folded, place, body.end)
        if match is None:
            continue
        readings = tuple(_readings(text, match, body, inline, wrapped))
        if readings:
            found.setdefault(place, readings)
    return [found[place] for place in sorted(found)]


def _places(folded: str, body: Span) -> Iterator[tuple[int, bool]]:
    """Offsets at which a mark may stand: line starts, and inside lines behind the end of a sentence."""
    for match in _LINE_START.finditer(folded, body.start, body.end):
        yield match.end(), False
    for match in _INLINE.finditer(folded, body.start, body.end):
        yield match.end(), True


def _is_wrapped(body: str) -> bool:
    """Were lines broken at a width? Then some begin with a small letter, and a line start by itself says little."""
    lines = [line.lstrip() for line in body.split("\n") if line.strip()]
    return sum(line[0].islower() for line in lines) > 0.15 * len(lines)


def _is_split_name(line: str, rest: str) -> bool:
    """A body's name with a hyphen, broken at it: "Sở Lao động / - Thương binh và Xã hội"."""
    return _HYPHENED.search(f"{line[-14:]}|{fold(rest[:14])}") is not None


def _before(folded: str, start: int, place: int) -> tuple[str, bool]:
    """Last printed line before ``place`` (page numbers skipped), and whether a blank line stands between."""
    lines = folded[max(start, place - 600) : place].split("\n")
    blank = False
    lines.pop()
    while lines:
        line = lines.pop().strip()
        if line and not _PAGE_NUMBER.fullmatch(line):
            return line, blank
        blank = blank or not line
    return "", True


def _readings(text: Text, match: re.Match[str], body: Span, inline: bool, wrapped: bool) -> Iterator[Mark]:
    place, after = match.start(), match.end()
    rest = text.raw[after : min(after + 80, body.end)].lstrip()
    line, blank = _before(text.folded, body.start, place)
    if inline:
        line, blank = text.folded[max(body.start, place - 60) : place].strip(), False
    if not rest:
        return
    first = next((char for char in rest if char.isalnum()), "")
    context: dict[str, Any] = {
        "start": place,
        "after": after,
        "broken": not inline and (blank or not line or line[-1] in _ENDS or len(line) < 50 or not wrapped),
        "opened": line.endswith(":"),
        "capital": first.isupper() or first.isdigit() or not first,
    }
    if inline and not first.isupper():
        return
    if match["bullet"]:
        ends = not line or line[-1] in _ENDS + ","
        joined = not ends and (
            not first.isupper() or (not blank and (not context["broken"] or _is_split_name(line, rest)))
        )
        if not joined and first:
            yield Mark(_BULLETS.get(match["bullet"], "dash"), 0, _bullet_label(match["bullet"]), sure=True, **context)
        return
    if (
        (_NAMES_A_NUMBER.search(line) and not (_SOUNDS_LIKE.search(line) and _is_other_word(text, body.start, place)))
        or (not blank and _MAY_NAME_A_NUMBER.search(line))
        or re.match(r"\d{3}\b(?!%)", rest)
    ):
        return
    without_stop = match["bare"] or (match["article"] and not match["stop"])
    if without_stop and (inline or not first.isupper() or not (blank or not line or line[-1] in _ENDS)):
        return
    yield from _counted(text, match, context)


def _is_other_word(text: Text, start: int, place: int) -> bool:
    """The last word before a mark is the end of "cơ quan" or "địa phương", no "quận" and no "phường"."""
    return text.folded[max(start, place - 60) : place].split()[-2:-1] in (["co"], ["dia"])


def _bullet_label(bullet: str) -> str:
    return bullet if bullet in _BULLETS else "-"


def _counted(text: Text, match: re.Match[str], context: dict[str, Any]) -> Iterator[Mark]:
    """Readings of a mark that counts: ``I.`` is a Roman one or a badly read 1, ``b.`` a letter or a badly read 8."""
    printed = text.raw[match.start() : match.end()]
    if match["heading"]:
        kind, word = _HEADINGS[match["heading"]]
        ordinal = text.raw[match.start("ordinal") : match.end("ordinal")]
        graded = ordinal.isdigit() and printed.lower().startswith("phân")  # "Phân 03 tầng điều trị"
        if context["broken"] and not graded:
            yield Mark(kind, 0, f"{word} {ordinal}", sure=True, **context)
    elif match["article"]:
        article = match["article"].translate(_SLIPS)
        sure = bool(match["stop"]) and article == match["article"]
        yield Mark("article", int(article), f"Điều {int(article)}", sure=sure, **context)
    elif match["decimal"]:
        parts = tuple(int(part) for part in match["decimal"].translate(_SLIPS).split("."))
        label = ".".join(str(part) for part in parts)
        yield Mark("decimal", parts[-1], label, sure=True, prefix=parts[:-1], **context)
    elif match["paren"]:
        value = int(match["paren"])
        yield Mark("paren", value, str(value), sure=True, **context)
    elif match["small"]:
        if value := _roman(match["small"].strip("()")):
            yield Mark("small", value, match["small"].strip("()"), sure=True, **context)
    elif match["inner"]:
        letter = "đ" if text.raw[match.start("inner")] in "đĐ" else match["inner"]
        if letter in LETTERS:
            yield Mark("letter", LETTERS.index(letter) + 1, letter, sure=True, **context)
    elif match["number"] or match["bare"]:
        value = int(match["number"] or match["bare"])
        sure = match["close"] is not None and match["close"].strip() not in ",:;"
        yield Mark("number", value, str(value), sure=sure, **context)
    else:
        yield from _lettered(match, printed, context)


def _lettered(match: re.Match[str], printed: str, context: dict[str, Any]) -> Iterator[Mark]:
    token = match["roman"] or match["slip"] or match["letter"] or ""
    if match["roman"] and printed[0].isupper():
        value = _roman(token)
        if value:
            yield Mark("roman", value, token.upper(), sure=True, **context)
    if len(token) == 1 and token in "iv" and ")" in printed and printed[0].islower():
        yield Mark("small", _roman(token), token, sure=True, **context)
    if len(token) == 1 and token.isalpha():
        letter = "đ" if printed[0] in "đĐ" else token
        if printed[0].isupper() and token not in "ivx":
            yield Mark("capital", ord(token) - ord("a") + 1, token.upper(), sure=True, **context)
        elif printed[0].islower() and letter in LETTERS:
            yield Mark("letter", LETTERS.index(letter) + 1, letter, sure=True, **context)
    slip = token.translate(_SLIPS)
    if "." in printed and slip.isdigit() and 0 < int(slip) < 100:
        yield Mark("number", int(slip), str(int(slip)), sure=False, **context)


def _roman(token: str) -> int:
    """Value of a well-formed Roman number up to 39, else 0."""
    if not re.fullmatch(r"x{0,3}(?:ix|iv|v?i{0,3})", token):
        return 0
    values = [{"i": 1, "v": 5, "x": 10}[char] for char in token]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))
