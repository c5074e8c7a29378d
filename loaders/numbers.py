"""Document numbers: one canonical spelling, and the key under which several spellings are one document.

Surface forms accepted (Nghị định 30/2020/NĐ-CP, Phụ lục I, III; Hướng dẫn 36-HD/VPTW for the Party): state letters
``2048/UBND-KGVX``, typed state papers ``16/CT-TTg`` and ``1308/QĐ-UBND-HC``, normative ones ``16/2020/CT-TTg``, Party
papers ``147-CV/TU``; each with blanks or line breaks around the separators, with emphasis marks, and with the
separators that scans make of them (``⁄``, ``–``, ``~``, ``147:CV/TU``).

The canonical spelling is what is printed, without blanks, with ``-`` and ``/`` for the separators; letters, leading
zeros and the year group stay as printed. State numbers run per year, Party numbers per committee term (about five
years), so the two have different keys: see :func:`same_document_key`.
"""

from __future__ import annotations

import regex

from loaders.fold import fold

_SEPARATOR = r"[-‐‑‒–—―−~:/⁄∕／]"
_GROUP = r"[^\W\d_](?:[^\W\d_]|&(?=[^\W\d_])|\d(?=[^\W\d_])){0,14}\d{0,2}"
_NUMBER = regex.compile(
    # "Số: 1308 /2021/ QĐ - UBND-HC": digits 1308, sep "/", year 2021, symbol "QĐ - UBND-HC"
    # "1.034/SCT": the dot parts thousands
    rf"(?<![\w/])(?P<digits>\d{{1,2}}\.\d{{3}}(?!\d)|(?<!\d\.)\d[\dOoIl]{{0,4}}[a-zđ]?)(?:\s*(?P<sep>{_SEPARATOR})\s*"
    # "45 CV/TU": a Party type behind a blank
    r"|\s(?=(?:CV|CT|NQ|QĐ|TB|KL|KH|BC|HD|CTr|TTr)\s?/\s?\p{Lu}{2}))"
    rf"(?:(?P<year>(?:19|20)\d\d)\s*{_SEPARATOR}\s*)?"
    rf"(?P<symbol>{_GROUP}(?:\s*{_SEPARATOR}\s*{_GROUP}){{0,3}})",
)
_EMPHASIS = str.maketrans("", "", "*_")
_DIGIT_SLIPS = str.maketrans("OoIl", "0011", ".")  # a scan's letters between digits; the dot of "1.034"
_SEPARATORS = regex.compile(_SEPARATOR)
_NO_LETTER = regex.compile(r"[\W_]")
# TU, HU, TXU, ThU, ĐUK …, the boards of a committee (BTGTU, VPTW), Party groups (BCSĐ, ĐĐ), the Secretariat (BBT)
_PARTY_BODY = regex.compile(r"[a-z]*t[wu]|(?:h|tx|th|tp|q|d)u(?:k|tt|b)?|bcsd|dd|bbt")
_SYMBOL_ALIASES = {"tg": "ttg", "qyd": "qd"}  # 16/CT-Tg; QĐ serves quyết định and quy định in the Party


def canonical_number(printed: str) -> str:
    """Canonical spelling of a number as printed, or ``""`` where there is none in it.

    >>> canonical_number("Số: 2048 /UBND-KGVX"), canonical_number("147 – CV⁄TU"), canonical_number("147:CV/TU")
    ('2048/UBND-KGVX', '147-CV/TU', '147-CV/TU')
    >>> canonical_number("1309/UBND-\\nKGVX"), canonical_number("số 558")
    ('1309/UBND-KGVX', '')
    """
    found = _NUMBER.search(printed.translate(_EMPHASIS))
    if not found:
        return ""
    symbol = ["".join(part.split()) for part in _SEPARATORS.split(found["symbol"])]
    seps = [_separator(mark) for mark in _SEPARATORS.findall(found["symbol"])]
    first = _first_separator(found["sep"], seps)
    head = found["digits"].translate(_DIGIT_SLIPS) + first + (f"{found['year']}/" if found["year"] else "")
    seps = [_repaired(mark, first) for mark in seps]
    return head + "".join(part + mark for part, mark in zip(symbol, [*seps, ""], strict=True))


def _separator(mark: str) -> str:
    return "/" if mark in "/⁄∕／" else ":" if mark == ":" else "-"


def _first_separator(mark: str | None, later: list[str]) -> str:
    """``:`` is a scan's reading of either; the other separator of the number tells which (the two forms mirror)."""
    plain = _separator(mark) if mark else ":"
    if plain != ":":
        return plain
    return "-" if "/" in later else "/"


def _repaired(mark: str, first: str) -> str:
    return mark if mark != ":" else "-" if first == "/" else "/"


def match_number(raw: str, start: int = 0) -> tuple[int, int] | None:
    """Offsets of the first number with a symbol in ``raw`` from ``start`` on, as printed; None without one.

    >>> match_number("Số: 2048 /UBND-KGVX")
    (4, 19)
    """
    found = _NUMBER.search(raw, start)
    return found.span() if found else None


def number_groups(number: str) -> tuple[str, str, tuple[str, ...]]:
    """Digits without leading zeros, year (or ``""``) and folded symbol groups of a canonical number.

    >>> number_groups("05/2020/QĐ-UBND")
    ('5', '2020', ('qd', 'ubnd'))
    """
    found = _NUMBER.search(number.translate(_EMPHASIS))
    if not found:
        return "", "", ()
    groups = [_NO_LETTER.sub("", fold(part)) for part in _SEPARATORS.split(found["symbol"])]
    digits = found["digits"].translate(_DIGIT_SLIPS).lstrip("0") or "0"
    return fold(digits), found["year"] or "", tuple(_SYMBOL_ALIASES.get(part, part) for part in groups if part)


def number_key(number: str) -> str:
    """Key that is equal for all spellings of one number, whatever separators, year group, zeros or case.

    A number of digits only ("văn bản số 558") has its digits as key; text without a digit has the key ``""``.

    >>> number_key("16/2020/CT-TTg") == number_key("16/CT-TTg") == number_key("16/CT-Tg")
    True
    >>> number_key("147 - CV/TU"), number_key("đóng cửa")
    ('147-cv-tu', '')
    """
    digits, _, groups = number_groups(number)
    if digits:
        return "-".join((digits, *groups))
    bare = regex.fullmatch(r"\D*(\d{1,5})\D*", number)
    return (bare[1].lstrip("0") or "0") if bare else ""


def number_year(number: str) -> int | None:
    """Year group of a normative number (``16/2020/CT-TTg`` → 2020), or None."""
    year = number_groups(number)[1]
    return int(year) if year else None


def number_regime(number: str) -> str:
    """``party`` for ``147-CV/TU`` (hyphen first, or the symbol of a Party body), ``state`` otherwise, ``""`` for none.

    >>> number_regime("147-CV/TU"), number_regime("2048/UBND-KGVX"), number_regime("16/CT-TU"), number_regime("?")
    ('party', 'state', 'party', '')
    """
    found = _NUMBER.search(number.translate(_EMPHASIS))
    if not found:
        return ""
    groups = number_groups(number)[2]
    mirrored = _separator(found["sep"] or "-") == "-" and "/" in map(_separator, _SEPARATORS.findall(found["symbol"]))
    return "party" if mirrored or (groups and _PARTY_BODY.fullmatch(groups[-1])) else "state"


def same_document_key(number: str, year: int | None = None) -> str:
    """Identity of a document by its number: state numbers restart each year, Party numbers run through a term.

    ``year`` is the year of issue where it is known; a year group in the number itself wins. Without either, and for
    Party numbers always, the key is :func:`number_key`.

    >>> same_document_key("16/2020/CT-TTg"), same_document_key("16/CT-TTg", 2020), same_document_key("147-CV/TU", 2021)
    ('16-ct-ttg@2020', '16-ct-ttg@2020', '147-cv-tu')
    """
    key, stated = number_key(number), number_year(number) or year
    return f"{key}@{stated}" if key and stated and number_regime(number) == "state" else key
