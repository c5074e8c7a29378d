"""Lines of a paper and what each of their cells is: letterhead, number, date, title, Kính gửi, Nơi nhận, signature …

A line may hold two columns (``ỦY BAN NHÂN DÂN … CỘNG HÒA XÃ HỘI …``, a table row with pipes, a number before the
date): it is cut into cells at wide gaps, tabs and pipes, and around words that begin or fill a cell of their own.
Kinds are found in the folded text; where it lost marks or letters, within a small edit distance. The forms are those of
Nghị định 30/2020/NĐ-CP, Phụ lục I, and Hướng dẫn 36-HD/VPTW.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

import regex
from rapidfuzz.distance import Levenshtein

from loaders.fold import fold
from loaders.layout_joined import ends_letterhead, is_joined, joined_cuts, paper_cuts
from loaders.layout_words import (
    ADDRESSEE_SLIPS,
    COPIES_SLIPS,
    NAMED_BEFORE,
    body_of,
    is_capitals,
    is_person,
    is_urgency,
    role_of,
    site_words,
    squeeze,
    title_of,
)
from loaders.numbers import canonical_number, match_number

if TYPE_CHECKING:
    from loaders.fold import Text

LONG_LINE = 200  # characters; a letterhead line is shorter
HEADER_KINDS = frozenset(
    {"nation", "motto", "party", "number", "date", "urgency", "title", "issuer", "subject", "star"}
)


@dataclass(frozen=True, slots=True)
class Cell:
    """One column of one line, stripped: ``raw[start:end]`` of the text, and its kind."""

    start: int
    end: int
    raw: str
    folded: str
    kind: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is not blank; ``gap`` counts the blank lines before it."""

    start: int
    end: int
    raw: str
    folded: str
    gap: int
    cells: tuple[Cell, ...]

    def has(self, *kinds: str) -> bool:
        return any(cell.kind in kinds for cell in self.cells)

    @property
    def is_prose(self) -> bool:
        """Whether it reads as running text or a provision, not as a line of a form."""
        return all(cell.kind == "other" for cell in self.cells) and (
            len(self.raw) > 90 or bool(_PROVISION.match(self.folded))
        )


DAY = (
    # "ngày 27 tháng 5 năm 2021", "ng1y 27 thang 5 nam2021", "rgàỳ 27 lháng 5 nărn 2o21", "ngày 27/5/2021",
    # "ngày    tháng 5 năm 2021": of the three words two may be misread, the third vouches for them
    # a month of letters alone ("thang l nam") wants the word "nam" apart: "thang .lfnam" has lost its month
    r"(?:(?=\w{3,5}\b[\s\dol.,:…_]*(?:thang\b|\w{3,6}[\s\doli.:]+nam\b))[^\W\d]\w{2,4}|ng\w?y)[\s.,:]*"
    r"(?P<day>[\doli]{0,2})[\s.…_]*"
    r"(?:[^\W\d]\w{3,6}?[\s.:]*(?P<month>\d[\doli]?|[oli]\d|[li](?=[\s.,]+nam\b))[\s.,]*[^\W\d]\w{1,3}?|[/.-]\s*(?P<month2>\d{1,2})\s*[/.-])[\s.]*"
    r"(?P<year>[12l][\doli]{3})(?!\d)"
)
_PLACE_WORD = r"\p{Lu}[\p{L}'.]*"
PLACE = rf"{_PLACE_WORD}(?:[ ]{{1,2}}(?:[-–][ ])?{_PLACE_WORD}|[ ]phố(?=[ ]\p{{Lu}}))" r"{0,5}"
_DAY = regex.compile(DAY)
_DAY_WORD = regex.compile(rf"\b{DAY}")
_YEAR = regex.compile(r"(?<!\d)[12l][\doli]{3}(?!\d)")  # cheap: without a year the pattern of days is not run
_PLACE_BEFORE = regex.compile(rf"(?P<place>{PLACE})[ ]*[,.;]?\s*$")
_SYMBOL_END = regex.compile(r"[\p{Lu}\d]{2,}\s+(?=\p{Lu}\p{Ll})")
_GAP = regex.compile(r"\s{3,}|\t+|\s*\|+\s*|(?<=[^\s.])\s*\.{6,}\s*(?=\S)")
_CAPS_ANCHORS = (
    r"(?P<nation>cong hoa xa hoi chu nghia viet nam)|(?P<party>dang cong san viet nam"
    r"|(?<!trung uong )doan (?:tncs|thanh nien cong san) ho chi minh)"
    r"|(?P<sign>\b(?:(?:t\s?/\s?m|k\s?/\s?t|t\s?/\s?l)(?:\s?[.,]\s*|\s+)|(?:tm|kt|tl|tuq)\s?[.,]\s*)(?=[a-z]{2}))"
    r"|(?P<urgency>\b(?:h[oa]+ t[oa]c|thuong khan)\b)"
)
_ANCHOR = regex.compile(
    _CAPS_ANCHORS + r"|(?P<motto>doc lap\W{1,5}tu do\W{1,5}hanh phuc)"
    r"|(?P<subject>\bv/v\b)|(?P<number>\bs[o0]\s?[:.;]?\s{0,3}(?=[\d*]))|(?P<addressee>(?:- ?)?\bkinh gui\s?[:;])"
    r"|(?P<copies>\bnoi nhan\s?[:;]|(?<=[./;] )noi nhan(?= -))"
    r"|(?P<signed>\((?:da ky|ky ten)\W)"
    r"|(?P<meta>\b(?:nguoi ky|ky boi|email|co quan|chuc vu|thoi gian ky)\s?:)"
)
# Cheap: what every anchor holds. A line without any of it is not searched.
_ANCHORED = regex.compile(
    r"[/:]|(?:gui|nhan)\s?;|\bs[o0]\W{0,6}[\d*]|[mtlq]\s?[.,]|chu nghia|cong san|ho chi minh|tu do\W|t[oa]c\b"
    r"|khan\b|\((?:da|ky) "
)
_GAP_MARKS = ("   ", "\t", "|", "......")
_FILLED_BY_HAND = regex.compile(
    r"\b(?:s[o0]\s?[:.]?|(?:ngay|thang)(?:\s*\d{1,2})?)$"
)  # "Số:      /UBND-VX", "ngày      tháng 6"
_BESIDE = regex.compile(
    r"(?<=[;.,)|])(?<!\b(?:TM|KT|TL|TUQ|Q)[.,])\s+(?P<right>\p{Lu}[\p{L}.’' ]{4,45})$"
    r"|(?<=\p{Ll})\s+(?P<right>\p{Lu}{2,}[\p{Lu}. ]{2,45})$"
)
_IN_LONG_LINES = (  # a letterhead, list or signature joined into running text; without one, no pattern is run
    *("cong hoa xa", "dang cong san", "doc lap", "kinh gui", "noi nhan", "v/v", "nguoi ky", "ky boi", "email"),
    *("hoa toc", "co quan:", "chuc vu:", "t/m", "tm.", "tm,", "kt.", "kt,", "tl.", "tuq."),
)
_ANCHOR_KINDS = (
    "number",
    "sign",
    "urgency",
    "addressee",
    "copies",
    "subject",
    "signed",
    "meta",
    "motto",
    "nation",
    "party",
)
_BEFORE = 120  # characters before an anchor that are looked at: a letterhead's column is shorter
_CAPITAL_RUN = regex.compile(r"[\p{Lu}\s./,:*|-]{1,160}?(?=\s+(?:\p{Lu}\s+)?\p{Lu}?\p{Ll}|\s*$|\s*[^\p{Lu}\s./,:*|-])")
_NUMBER_CELL = regex.compile(
    r"^\W*(?:s[o0ốồổôõ]{0,2}\s*[:.;]?\s*)?(?P<number>\d[^\n]{2,40}?)\W*$", flags=regex.IGNORECASE
)
_NUMBER_MARK = regex.compile(r"^\W*s[o0]\b\s*[:.;]?")
_BLANK_NUMBER = regex.compile(r"^\W*s[o0]\s*[:.;]?[\s.…_*]*[/-]\s*\p{L}")
_KNOWN = (
    ("nation", "conghoaxahoichunghiavietnam"),
    ("party", "dangcongsanvietnam"),
    ("party", "doantncshochiminh"),  # the Youth Union heads its papers as the Party does
    ("party", "doanthanhniencongsanhochiminh"),
    ("motto", "doclaptudohanhphuc"),
)
_NATION = "conghoaxahoichunghiavietnam"  # a narrow column breaks it: "CỘNG HÒA XÃ HỘI" / "CHỦ NGHĨA VIỆT NAM"
_LETTER = regex.compile("[a-z]")
_LABELLED = regex.compile(
    r"^\W*(?:(?P<meta>(?:nguoi ky|ky boi|duoc ky boi|e-?mail|co quan|chuc vu|thoi gian ky|ngay ky)\s*:)"
    rf"|(?P<copies>n\wi\s?nh[a-z]n\s*(?:[:;./]|$|(?=\s+(?:tm|t/m|kt)\b))|{COPIES_SLIPS})"
    rf"|(?P<addressee>(?:{ADDRESSEE_SLIPS}|k\w?nh\s?g\w{{1,2}}(?=\s*[:;.-]|\s*$|\s)|kinh\s?g\w{{3,4}}(?=\s*:)))"
    r"|(?P<page>(?:trang\s*)?\d{1,3}(?:\s*/\s*\d{1,3})?\W*$))"
)
_FORM_LINE = 110  # characters: number, date, national title and stamp are shorter
_WORDS_BEHIND = regex.compile(r"\p{Ll}{3,}\s*$|\s\p{Ll}{2,}\s")
_WORDS = regex.compile(r"^[\w ]+$")
_CAPS_HEAD = regex.compile(r"^[\p{Lu}\s]{7,}(?=:?\s)")
_PAGE = regex.compile(r"^\W*(?:trang\s*)?\d{1,3}(?:\s*/\s*\d{1,3})?\W*$")
_ATTACHED = regex.compile(r"^\W*(?:phu luc|mau so|bieu mau|bieu so|mau phieu|de cuong|danh muc|danh sach)\b")
_LONG_SUBJECT = 700  # characters of a subject in one paragraph
_LONG_SUBJECT_MARK = regex.compile(r"^\W*v\s?[/.]\s?v\b")
_CAPS_SUBJECT = regex.compile(r"^\W*(?:v\s?[/.]\s?v|ve viec|trich yeu)\b")
_SUBJECT = regex.compile(r"^[\W_]*(?:v\s?[/.]?\s?v\b|trich yeu|ve (?:viec\b)?)")
_SIGN = regex.compile(
    r"^\W*(?:(?:t\s?/\s?m|k\s?/\s?t|t\s?/\s?l|t\s?/?\s?u\s?/?\s?q|tm|kt|tl)(?:\s?[.,:]\s*|\s+)|q\s?[.,:]?\s+)(?=\p{L}{2})"
)
_PROVISION = regex.compile(r"^\s*(?:\d{1,2}\s?(?:[.,)]|[/-](?!\d))|[a-z]\s?[.)]|[ivx]{1,4}\s?[.-]|[-+•]|dieu \d)\s*\S")


def read_lines(raw: str, folded: str) -> list[Line]:
    """Every line with something on it, in order; ``folded`` is the shadow of ``raw``."""
    lines, start, gap = [], 0, 0
    for piece in raw.split("\n"):
        stripped = piece.strip()
        if stripped:
            begin = start + piece.index(stripped)
            for left, right in _papers(stripped, folded[begin : begin + len(stripped)]):
                words, shadow = stripped[left:right], folded[begin + left : begin + right]
                cells = _cells(begin + left, words, shadow)
                lines += _rows(Line(begin + left, begin + right, words, shadow, gap, cells))
                gap = 1  # before the next paper of the line
            gap = 0
        else:
            gap += 1
        start += len(piece) + 1
    return lines


def _papers(raw: str, folded: str) -> Iterator[tuple[int, int]]:
    """Ends of the papers that a line holds: one, but for a bundle joined into one line."""
    if len(raw) <= LONG_LINE:
        yield 0, len(raw)
        return
    for start, stop in pairwise([*paper_cuts(raw, folded), len(raw)]):
        yield start, start + len(raw[start:stop].rstrip())


def _rows(line: Line) -> list[Line]:
    """The line; of a paper joined into one line, which runs on to Nơi nhận and beyond, its cells as lines."""
    first = line.cells[0]
    if len(line.raw) <= LONG_LINE or not line.has("copies", "motto", "party") or first.kind == "copies":
        return [line]
    rows = []
    for cell in line.cells:
        cells = (cell,) if len(cell.raw) > LONG_LINE else _cells(cell.start, cell.raw, cell.folded)
        rows.append(Line(cell.start, cell.end, cell.raw, cell.folded, line.gap if cell is first else 0, cells))
    return rows


def lines_within(text: Text, start: int, end: int) -> Iterator[Line]:
    """Lines of ``text`` between two offsets; a line that the offsets cut is read anew from what is left of it."""
    lines = text.lines
    for index in range(bisect_right(lines, start, key=_end_of), len(lines)):
        line = lines[index]
        if line.start >= end:
            return
        if start <= line.start and line.end <= end:
            yield line
        else:
            at, stop = max(start, line.start), min(end, line.end)
            for cut in read_lines(text.raw[at:stop], text.folded[at:stop]):
                yield Line(cut.start + at, cut.end + at, cut.raw, cut.folded, cut.gap, _moved(cut.cells, at))


def _end_of(line: Line) -> int:
    return line.end


def _cells(start: int, raw: str, folded: str) -> tuple[Cell, ...]:
    if kind := site_words(folded):
        return (Cell(start, start + len(raw), raw, folded, kind),)
    if len(raw) > LONG_LINE and not any(words in folded for words in _IN_LONG_LINES):
        return (Cell(start, start + len(raw), raw, folded, kind_of(raw, folded)),)
    return _moved(_cut_cells(raw, folded) if len(raw) <= LONG_LINE else _cut_cells.__wrapped__(raw, folded), start)


def _moved(cells: tuple[Cell, ...], by: int) -> tuple[Cell, ...]:
    return tuple(Cell(cell.start + by, cell.end + by, cell.raw, cell.folded, cell.kind) for cell in cells)


@lru_cache(maxsize=4096)  # a file is read whole to be split, then each document of it; forms repeat from file to file
def _cut_cells(raw: str, folded: str) -> tuple[Cell, ...]:
    """Cells of one stripped line, offsets from its first character."""
    cells = []
    for left, right in pairwise(sorted(_cuts(raw, folded))):
        piece = raw[left:right]
        body = piece.strip(" \t|")
        if body:
            begin = left + piece.index(body)
            shadow = folded[begin : begin + len(body)]
            cells.append(Cell(begin, begin + len(body), body, shadow, kind_of(body, shadow)))
    return tuple(cells) or (Cell(0, len(raw), raw, folded, "rule"),)


def _cuts(raw: str, folded: str) -> set[int]:
    """Offsets between which the cells of a line lie, its two ends included."""
    cuts = {0, len(raw)}
    for found in _ANCHOR.finditer(folded) if _ANCHORED.search(folded) else ():
        cuts.update(_anchor_cuts(found, raw))
    if _YEAR.search(folded):
        for found in _DAY_WORD.finditer(folded):
            cuts.update(_date_cuts(raw, *found.span()))
    if len(raw) > LONG_LINE:
        return cuts.union(joined_cuts(raw, folded)) if is_joined(folded) else cuts
    for gap in _GAP.finditer(raw) if any(mark in raw for mark in _GAP_MARKS) else ():
        if not _FILLED_BY_HAND.search(folded, max(0, gap.start() - 14), gap.start()):
            cuts.update(gap.span())
    if raw.endswith(" KHẨN") and not is_capitals(raw[:-5]):
        cuts.add(len(raw) - len("KHẨN"))  # the stamp beside a subject
    if raw[0] in "-+•":
        cuts.update(
            beside.start("right")
            for beside in _BESIDE.finditer(raw, overlapped=True)
            if _is_signed_beside(beside["right"])
        )
    return cuts


def _is_signed_beside(right: str) -> bool:
    """ "- Như trên; PHÓ CHỦ TỊCH", "- Lưu: VT. Nguyễn Văn A": the signature's column on a line of Nơi nhận."""
    shadow = fold(right)
    if is_capitals(right):
        return bool(role_of(squeeze(shadow)) or _SIGN.match(shadow))
    return is_person(right) and right.count(" ") >= 2 and not body_of(shadow)


def _anchor_cuts(found: regex.Match[str], raw: str) -> tuple[int, ...]:
    """Where a cell begins or ends because of words that never stand inside another cell."""
    kind = next(name for name in _ANCHOR_KINDS if found[name] is not None)
    start, end = found.span()
    before = raw[max(0, start - _BEFORE) : start].rstrip()
    if kind in ("nation", "party", "urgency"):
        return (start, end) if is_capitals(raw[start:end]) else ()
    if kind == "motto":
        return (start, end) if raw[start] in "ĐD" else ()
    if kind == "sign":
        run = _CAPITAL_RUN.match(raw, start)
        return (start, run.end() if run else start) if is_capitals(raw[start : start + 14]) else ()
    if kind == "number":
        if len(raw) > LONG_LINE or raw[start] != "S" or (before and not is_capitals(before)):
            return ()
        if before.endswith("(") or NAMED_BEFORE.search(fold(before)):
            return ()  # "… THEO CHỈ THỊ SỐ 16/CT-TTG": a subject in capitals names another paper
        number = match_number(raw, end)
        below = number and raw[number[1] :].lstrip().startswith(("Về ", "V/v", "VV"))
        return (start, number[1]) if number and below else (start,)
    if kind == "subject" and before and not is_capitals(before) and len(raw) > LONG_LINE:
        return ()
    if kind == "signed":
        return (start,) if is_capitals(" ".join(before.split()[-2:])) else ()  # "CHỦ TỊCH (Đã ký) Nguyễn Văn A"
    if kind == "copies" and _is_signed_beside(raw[end:].strip()):
        return (start, end)  # "Nơi nhận: CHỦ TỊCH"
    if kind == "meta":
        return (start,) if raw[start].isupper() and not before.endswith(("Các", "các")) else ()
    return (start,) if raw[start : start + 3].strip("- ")[:1].isupper() else ()


def _date_cuts(raw: str, day: int, end: int) -> tuple[int, ...]:
    """A date cell holds its place: "Số: 12/UBND-VX Hà Nội, ngày 3 tháng 4 năm 2021" is cut before "Hà Nội"."""
    first = max(0, day - _BEFORE)
    before = raw[first:day]
    place = _PLACE_BEFORE.search(before)
    if not place or not before.rstrip().endswith((",", ";", ".")):
        return ()
    number = _SYMBOL_END.search(before, place.start())
    begin = first + (number.end() if number else place.start())
    if raw[begin - 1 : begin] in ("/", "-", "–"):
        return ()  # "Quy định số 24-QĐ/TW, ngày 30/7/2021": the end of a number
    ahead = raw[max(0, begin - _BEFORE) : begin].rstrip()
    if ahead and len(raw) > LONG_LINE and not (is_capitals(ahead) or ends_letterhead(raw, end)):
        return ()
    return begin, end


@lru_cache(maxsize=4096)
def kind_of(raw: str, folded: str) -> str:
    """Kind of one cell, from its words alone; ``other`` where nothing tells."""
    if not _LETTER.search(folded):
        if raw.strip() == "*":
            return "star"
        return "page" if _PAGE.match(folded) else "rule"
    if labelled := _LABELLED.match(folded):
        return str(labelled.lastgroup)
    if len(raw) > LONG_LINE:
        return "subject" if len(raw) < _LONG_SUBJECT and _LONG_SUBJECT_MARK.match(folded) else "other"
    capitals = is_capitals(raw)
    if len(raw) <= _FORM_LINE and (known := _form_kind(raw, folded, capitals)):
        return known
    if _SUBJECT.match(folded) and (not capitals or _CAPS_SUBJECT.match(folded)):
        return "subject"
    return _caps_kind(raw, folded) if capitals else _prose_kind(raw, folded)


def _form_kind(raw: str, folded: str, capitals: bool) -> str:
    """National title, motto, Party title: by letters, allowing a slip in nine; number, date, stamp of urgency."""
    letters = squeeze(folded)
    if capitals and len(letters) > 8 and (_NATION.startswith(letters) or _NATION.endswith(letters)):
        return "nation"
    for kind, words in _KNOWN:
        if abs(len(letters) - len(words)) <= 3 and (kind == "motto" or capitals):
            limit = len(words) // 7
            if Levenshtein.distance(letters, words, score_cutoff=limit) <= limit:
                return kind
    return _number_or_date(raw, folded) or ("urgency" if is_urgency(raw, folded) else "")


def _number_or_date(raw: str, folded: str) -> str:
    marked = bool(_NUMBER_MARK.match(folded))
    number = _NUMBER_CELL.match(raw) if marked or len(raw) < 30 else None
    if number and canonical_number(number["number"]) and _ends_with_symbol(number["number"]):
        return "number"
    if marked and _BLANK_NUMBER.match(folded) and len(raw) < 40:
        return "blank_number"
    day = _DAY.search(folded) if _YEAR.search(folded) else None
    if day and day.end() > len(folded) - 3 and day.start() < 45:
        before = raw[: day.start()]
        if not before.strip() or _PLACE_BEFORE.fullmatch(before.lstrip(" -–.*_|")):
            return "date"
    return ""


def _ends_with_symbol(printed: str) -> bool:
    """The cell ends with the symbol: "147 - CV/TU", not "147-CV/TU ngày 6/5/2021 của Tỉnh ủy"."""
    return _WORDS_BEHIND.search(printed) is None


def _caps_kind(raw: str, folded: str) -> str:
    """Kinds of lines in capitals: signing words, titles, attachments, bodies, places, names."""
    if _SIGN.match(folded):
        return "sign"
    if title_of(folded) is not None:
        return "title"
    if _ATTACHED.match(folded):
        return "attached"
    if role_of(squeeze(folded)):
        return "role"
    if body_of(folded):
        return "issuer"
    return "place" if _PLACE_LINE.match(folded) else "name" if is_person(raw) else "capitals"


def _prose_kind(raw: str, folded: str) -> str:
    """Kinds of other lines: an attachment's head, a title with the subject behind it, a person's name."""
    if len(raw) < 80 and _ATTACHED.match(folded) and raw[:1].isupper() and _WORDS.match(raw):
        return "attached"
    head = _CAPS_HEAD.match(raw)
    if head and title_of(fold(head[0])):
        return "title"
    return "name" if is_person(raw) and not body_of(folded) else "other"


_PLACE_LINE = regex.compile(r"^\W*(?:tinh|thanh pho|tp|huyen|thi xa|quan|xa|phuong|thi tran)\b")
