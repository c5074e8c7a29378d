"""Text as received → text that quotes are cut from. Ordered, idempotent; words are never changed.

Removed or unified: byte order marks, carriage returns, zero-width and control characters, every blank but the tab and
the line break (to a space), blanks at the end of a line, a margin that all lines have, the indent of a line that goes
on with the one above, blank lines of double spacing, lone surrogates, Markdown emphasis and heading marks around words,
HTML entities; the rest is put into NFC. Kept: OCR slips, tone placement,
dashes, quotation marks, page numbers, the line ``*`` under a Party letterhead, and typists' marks such as
``T-128^{27/5}`` and ``T-181_{26/7}``.
"""

from __future__ import annotations

import html
import unicodedata
from itertools import pairwise

import regex

from loaders.wraps import goes_on

_LINE_BREAKS = regex.compile(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# Cf holds zero-width marks, soft hyphens and direction marks; Cs lone surrogates, which no UTF-8 file can hold.
_UNSEEN = regex.compile(r"[\p{Cf}\p{Cs}]|(?![\n\t])\p{Cc}")
_BLANK = regex.compile(r"(?! )\p{Zs}")
_ENTITY = regex.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_HEADING = regex.compile(r"(?m)^[ \t]*#{1,6}[ \t]+(?=\S)")
# A single star opens before a word and closes after one, in one paragraph: "*x*", "*x\ny*"; "5 * 3", "(*)", a lone "*"
# and a list of items marked with stars are none. Two or more stars at a word are emphasis even when one end is lost.
_STAR = regex.compile(r"(?<![*\w])\*(?=[^\s*)\].,;:])((?:[^*\n]|\n(?!\s*\n)){1,2000}?)(?<=[^\s*(\[])\*(?!\*)")
_STARS = regex.compile(r"(?<!\*)\*{2,}+(?=\S)|(?<=[^\s*])\*{2,}+")
_UNDERSCORES = regex.compile(r"(?<!\w)(_{1,2})(?=[^\s_])([^_\n]{1,500}?)(?<=[^\s_])\1(?!\w)")
_TRAILING = regex.compile(r"(?<![ \t])[ \t]++(?=\n)")  # a text layer ends its lines with blanks: "của Bộ \nY tế"
_ESCAPED = regex.compile(r"\\(?=[-.#()\[\]+!>~|])")  # Markdown: "\-------", "1\. Sở Y tế"
_INDENT = regex.compile(r"(?m)^[ \t]+\S")
_ONE_BLANK = regex.compile(r"(?<=\S)\n\n(?=[ \t]*\S)")
# The first word of a cell, cut off by a narrow column: "Kính" / "gửi:", "Hà" / "Nội, ngày 26 …", "TỔNG" / "CỤC THUẾ"
_CUT_OFF = regex.compile(
    r"(?m)^([ \t]*(?:Kính(?=\ngửi\s?:)|Độc(?=\nlập\s?[-–])|CỘNG(?=\n(?:HÒA|HOÀ) XÃ)|ĐẢNG(?=\nCỘNG SẢN)"
    r"|\p{Lu}\p{Ll}+(?=\n\p{Lu}\p{Ll}+,\s*ngày\s+\d)"
    r"|\p{Lu}[\p{L} .-]{2,30},\s*ngày\s+\d{1,2}(?:\s+tháng\s+\d{1,2})?(?=\n(?:tháng\s+\d{1,2}\s+)?năm\s+\d{4}$)"
    r"|(?:ỦY|UỶ|TỔNG|VĂN|BỘ|SỞ|CỤC|HỘI|BAN|THÀNH|TỈNH|HUYỆN|CHỦ)(?=\n\p{Lu}{2,}(?:\s\p{Lu}+)+$)))\n"
)
# The national title in running text: words before it or behind it in its line, and the next lines as long.
_RUN_ON = regex.compile(r"(?m)^.*(?:CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA VIỆT NAM|ĐẢNG CỘNG SẢN VIỆT NAM)[ ]\S.*$")
_WIDE, _WIDEST = 55, 140  # characters of a line that was broken at a width
_LEAST_RUN = 3
_ONE_BREAK = regex.compile(r"(?<=\S)\n(?=[ \t]*\S)")
_GOES_ON = regex.compile(r"[ \t]*\p{Ll}")
_LEAST_GAPS = 20  # blank lines of a text that may be set with double spacing
_MAX_PASSES = 40  # nested entities unfold one level a pass; real text needs two


def clean_text(raw: str) -> str:
    """Cleaned text; ``clean_text(clean_text(x)) == clean_text(x)``.

    >>> clean_text("\\ufeff**ỦY BAN\\r\\nNHÂN DÂN**\\u00a0tỉnh &amp; *khẩn*, T-128^{27/5}")
    'ỦY BAN\\nNHÂN DÂN tỉnh & khẩn, T-128^{27/5}'
    """
    text = raw
    for _ in range(_MAX_PASSES):
        cleaned = _clean_once(text)
        if cleaned == text:
            break
        text = cleaned
    return text


def _clean_once(text: str) -> str:
    plain = _is_plain(text)
    if not plain:
        text = _LINE_BREAKS.sub("\n", text)
    if "&" in text:
        text = _ENTITY.sub(lambda found: html.unescape(found[0]), text)
        plain = _is_plain(text)
    if not plain:
        text = _BLANK.sub(" ", _UNSEEN.sub("", text))
    if "\\" in text:
        text = _ESCAPED.sub("", text)
    if "*" in text:
        text = _STAR.sub(r"\1", _STARS.sub("", text))
    if "_" in text:
        text = _UNDERSCORES.sub(r"\2", text)
    if "#" in text:
        text = _HEADING.sub("", text)
    text = unicodedata.normalize("NFC", text)
    if " \n" in text or "\t\n" in text:
        text = _TRAILING.sub("", text)
    if _INDENT.search(text):
        text = _flush_left(text)
    return _rejoined(_single_spaced(_CUT_OFF.sub(r"\1 ", text)))


def _is_plain(text: str) -> bool:
    """Whether it has no control, format or surrogate characters and no blanks but space, tab and line break."""
    return text.replace("\n", "").replace("\t", "").isprintable()


def _flush_left(text: str) -> str:
    """Without the common margin and hanging indents of a page that keeps its layout; columns stay where they are."""
    lines = text.split("\n")
    margin = min((len(line) - len(line.lstrip(" ")) for line in lines if line), default=0)
    lines = [line[margin:] for line in lines]
    return "\n".join(
        line.lstrip() if line[:1] in (" ", "\t") and goes_on(before.strip(), line.strip()) else line
        for before, line in pairwise(["", *lines])
    )


def _single_spaced(text: str) -> str:
    """Text of a page set with a blank line below every line, inside paragraphs too: those blank lines close up."""
    gaps = [found.span() for found in _ONE_BLANK.finditer(text)] if text.count("\n") > 2 * _LEAST_GAPS else []
    if len(gaps) < _LEAST_GAPS or 5 * sum(1 for _ in _ONE_BREAK.finditer(text)) > len(gaps):
        return text
    if 4 * sum(_GOES_ON.match(text, end) is not None for _, end in gaps) < len(gaps):
        return text
    return _ONE_BLANK.sub("\n", text)


def _rejoined(text: str) -> str:
    """Text whose lines were all joined, letterhead too, and then broken at a width: the lines are joined again."""
    found = _RUN_ON.search(text)
    if not found:
        return text
    head = text.count("\n", 0, found.start())
    lines = text.split("\n")
    last = next((at for at in range(head, len(lines)) if len(lines[at]) < _WIDE), len(lines) - 1)
    if last - head < _LEAST_RUN or max(map(len, lines[head : last + 1])) > _WIDEST:
        return text
    last -= not lines[last]
    return "\n".join([*lines[:head], " ".join(lines[head : last + 1]), *lines[last + 1 :]])
