"""Body → tree of provisions: ``I.``, ``Điều 1.``, ``1.``, ``1.1.``, ``a)``, ``-``, ``+``.

A mark is believed for what stands around it: where it begins a line or follows the end of a sentence, what is printed
before and behind it, and above all whether its series asks for it. "khoản 4 Điều 14", a decimal, a date, a page number
or a line broken inside a sentence therefore start nothing, while ``1.Thực``, ``5,`` or ``l.`` for ``1.`` do where the
count demands them. Forms: Nghị định 30/2020/NĐ-CP, Phụ lục I (phần, chương, mục, điều, khoản ``1.``, điểm ``a)``);
Hướng dẫn 36-HD/VPTW (``I-``, ``1-``, ``a)``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from loaders.fold import Text
from loaders.records import Provision, Span

_RANKS = {
    "part": 0,
    "chapter": 1,
    "capital": 2,
    "section": 3,
    "roman": 4,
    "article": 5,
    "number": 6,
    "decimal": 7,
    "letter": 9,
    "dash": 10,
    "plus": 11,
    "star": 12,
}
_HEADINGS = {"phan": ("part", "Phần"), "chuong": ("chapter", "Chương"), "muc": ("section", "Mục")}
_BULLETS = {"+": "plus", "*": "star"}
_BULLET_KINDS = frozenset(("dash", "plus", "star"))
_STRUCTURAL = frozenset(kind for kind, rank in _RANKS.items() if rank <= _RANKS["decimal"])
_LETTERS = "abcdđeghiklmnopqrstuvxy"
_SLIPS = str.maketrans("il|!osbzq", "111105829")

_ORDINAL = r"(?:thu\ )?(?:nhat|hai|ba|tu|nam|sau|bay|tam|chin|muoi)|[ivx]{1,5}|\d{1,2}"
_MARK = re.compile(
    rf"""
      (?P<heading>phan|chuong|muc)\ +(?P<ordinal>{_ORDINAL})(?=\ *(?:[.:\-]|\n|$)|\ +[a-z])\ *[.:\-]?
    | dieu\ +(?P<article>\d{{1,3}})\ *[.:]
    | (?P<decimal>\d{{1,2}}(?:\.\d{{1,2}}){{1,3}})(?:\.(?!\d)|\)|(?=\ ))
    | (?P<number>\d{{1,2}})(?P<close>\ ?\\?\.(?!\d)|\ ?[-)](?!\d)|[/:,](?=\ ))
    | (?P<roman>[ivx]{{1,5}})(?:\ ?[.\-/](?![\w.])|\.(?=\w))
    | (?P<slip>[ilosbzq|!\d]{{1,2}})\.(?!\d)
    | (?P<letter>[a-z])(?:\)|[./\-](?=\ ))
    | (?P<bullet>[-+*•·●▪◦■])(?!\d|\ *\d+\ *-\ *(?:\n|$)|-)
    """,
    re.VERBOSE,
)
_LINE_START = re.compile(r"(?:^|\n) *")
# Line breaks get lost: a mark may stand inside a line, after the end of what comes before it.
_INLINE = re.compile(r"(?<=[.;:…)\"]) +(?=(?:\d{1,2}\. ?|[a-z]\) |[-+] )[^\W\d_])")
_PAGE_NUMBER = re.compile(r"[ \-]*\d{1,4}[ \-]*")
_ENDS = ".;:!?…)]\"/*"
# A number behind one of these words names a thing and begins none ("khoản 4", "Quận 1.").
_NAMES_A_NUMBER = re.compile(
    r"(?:^|[^a-z])(?:khoan|dieu|diem|muc|so|quan|phuong|tang|cap|vung|dot|lan|thu|nhom|chi thi|nghi quyet|quyet dinh"
    r"|ngay|thang|nam|khu pho|to|ap|thon|tuyen|quoc lo|giai doan|muc do|loai|va|tu|den|phu luc|buoc|chuong|phan)$"
)


@dataclass(frozen=True, slots=True)
class _Mark:
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


@dataclass(frozen=True, slots=True)
class _Outlook:
    """What follows a mark: kinds of which a second comes before a first, and the next plain number."""

    seconds: frozenset[str]
    number: int


@dataclass(frozen=True, slots=True)
class _Node:
    mark: _Mark
    parent: int
    depth: int


def parse_provisions(text: Text, body: Span) -> tuple[Provision, ...]:
    """Provisions of ``body`` in text order; a parent contains its children, preamble and closing belong to none.

    Accepted marks: ``Phần thứ nhất``, ``Chương I``, ``Mục 1``; ``A.``; ``I.``, ``I-``; ``Điều 1.``; ``1.``, ``1.Thực``,
    ``1-``, ``1)``, ``1/``; ``1.1.``, ``1.1``; ``a)``, ``a.``, ``đ)``; ``-``, ``–``, ``•`` (label ``-``), ``+``, ``*``;
    and, only where the count asks for them, ``5,`` ``l.`` ``I.`` (for 1) ``1O.``.

    Returns
    -------
    tuple of Provision
        Labels as in the contract; ``path`` joins labels by a full stop, bullets with their position (``4.-2``), and
        is unique (a second series adds ``(2)``).
    """
    marks = _find_marks(text, body)
    nodes = _keep_ordering(_choose(marks), text)
    if not nodes:
        return ()
    end = _find_closing(text, nodes[-1].mark.after, body.end, _speakers(text, body.start, nodes[0].mark.start))
    return _assemble(nodes, text.raw, end)


# --- marks -----------------------------------------------------------------------------------------------------------


def _find_marks(text: Text, body: Span) -> list[tuple[_Mark, ...]]:
    """Possible marks in text order, each with its possible readings."""
    found: dict[int, tuple[_Mark, ...]] = {}
    for place, inline in _places(text.folded, body):
        match = _MARK.match(text.folded, place, body.end)
        if match is None:
            continue
        readings = tuple(_readings(text, match, body, inline))
        if readings:
            found.setdefault(place, readings)
    return [found[place] for place in sorted(found)]


def _places(folded: str, body: Span) -> Iterator[tuple[int, bool]]:
    """Offsets at which a mark may stand: line starts, and inside lines behind the end of a sentence."""
    for match in _LINE_START.finditer(folded, body.start, body.end):
        yield match.end(), False
    for match in _INLINE.finditer(folded, body.start, body.end):
        yield match.end(), True


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


def _readings(text: Text, match: re.Match[str], body: Span, inline: bool) -> Iterator[_Mark]:
    place, after = match.start(), match.end()
    rest = text.raw[after : after + 80].lstrip()
    line, blank = _before(text.folded, body.start, place)
    if inline:
        line, blank = text.folded[max(body.start, place - 60) : place].strip(), False
    if not rest or not text.raw[after : body.end].strip():
        return
    first = next((char for char in rest if char.isalnum()), "")
    context = {
        "start": place,
        "after": after,
        "broken": not inline and (blank or not line or line[-1] in _ENDS or len(line) < 50),
        "opened": line.endswith(":"),
        "capital": first.isupper() or first.isdigit() or not first,
    }
    if inline and not first.isupper():
        return
    if match["bullet"]:
        ends = not line or line[-1] in _ENDS + ","
        joined = not ends and (not first.isupper() or (not blank and len(line) >= 50))
        if not joined and first:
            yield _Mark(_BULLETS.get(match["bullet"], "dash"), 0, _bullet_label(match["bullet"]), sure=True, **context)
        return
    if _NAMES_A_NUMBER.search(line) or re.match(r"\d{3}\b(?!%)", rest):
        return
    yield from _counted(text, match, context)


def _bullet_label(bullet: str) -> str:
    return bullet if bullet in _BULLETS else "-"


def _counted(text: Text, match: re.Match[str], context: dict) -> Iterator[_Mark]:
    """Readings of a mark that counts: ``I.`` may be a Roman one or a badly read 1, ``b.`` a letter or a badly read 8."""
    printed = text.raw[match.start() : match.end()]
    if match["heading"]:
        kind, word = _HEADINGS[match["heading"]]
        if context["broken"]:
            ordinal = text.raw[match.start("ordinal") : match.end("ordinal")]
            yield _Mark(kind, 0, f"{word} {ordinal}", sure=True, **context)
    elif match["article"]:
        yield _Mark("article", int(match["article"]), f"Điều {int(match['article'])}", sure=True, **context)
    elif match["decimal"]:
        parts = tuple(int(part) for part in match["decimal"].split("."))
        label = ".".join(str(part) for part in parts)
        yield _Mark("decimal", parts[-1], label, sure=True, prefix=parts[:-1], **context)
    elif match["number"]:
        value = int(match["number"])
        yield _Mark("number", value, str(value), sure=match["close"].strip() not in ",:", **context)
    else:
        yield from _lettered(match, printed, context)


def _lettered(match: re.Match[str], printed: str, context: dict) -> Iterator[_Mark]:
    token = match["roman"] or match["slip"] or match["letter"] or ""
    if match["roman"] and printed[0].isupper():
        value = _roman(token)
        if value:
            yield _Mark("roman", value, token.upper(), sure=True, **context)
    if len(token) == 1 and token.isalpha():
        letter = "đ" if printed[0] in "đĐ" else token
        if printed[0].isupper() and token not in "ivx":
            yield _Mark("capital", ord(token) - ord("a") + 1, token.upper(), sure=True, **context)
        elif printed[0].islower() and letter in _LETTERS:
            yield _Mark("letter", _LETTERS.index(letter) + 1, letter, sure=True, **context)
    slip = token.translate(_SLIPS)
    if "." in printed and slip.isdigit() and 0 < int(slip) < 100:
        yield _Mark("number", int(slip), str(int(slip)), sure=False, **context)


def _roman(token: str) -> int:
    """Value of a well-formed Roman number up to 39, else 0."""
    if not re.fullmatch(r"x{0,3}(?:ix|iv|v?i{0,3})", token):
        return 0
    values = [{"i": 1, "v": 5, "x": 10}[char] for char in token]
    return sum(-a if a < b else a for a, b in zip(values, values[1:] + [0], strict=True))


# --- the tree --------------------------------------------------------------------------------------------------------


def _choose(marks: list[tuple[_Mark, ...]]) -> list[_Node]:
    """Marks that fit their series, as nodes with parent (index, -1 at the top) and depth."""
    nodes: list[_Node] = []
    stack: list[int] = []
    outlooks = _look_ahead(marks)
    for position, readings in enumerate(marks):
        for mark in readings:
            level = _level(mark, nodes, stack, outlooks[position])
            if level is None:
                continue
            del stack[level:]
            chosen = _letter_in_series(mark, nodes, level, stack)
            nodes.append(_Node(chosen, stack[-1] if stack else -1, len(stack)))
            stack.append(len(nodes) - 1)
            break
    return nodes


def _letter_in_series(mark: _Mark, nodes: list[_Node], level: int, stack: list[int]) -> _Mark:
    """``d)`` printed twice is ``d)`` and ``đ)``: lost marks do not lose the count."""
    if mark.kind != "letter" or mark.label != "d":
        return mark
    parent = stack[-1] if stack else -1
    taken = any(n.parent == parent and n.mark.kind == "letter" and n.mark.label == "d" for n in nodes[-40:])
    return replace(mark, label="đ", value=_LETTERS.index("đ") + 1) if taken else mark


def _level(mark: _Mark, nodes: list[_Node], stack: list[int], ahead: _Outlook) -> int | None:
    """Depth at which ``mark`` joins the open provisions, or None where it begins nothing."""
    if mark.kind in _BULLET_KINDS:
        return _bullet_level(mark, nodes, stack)
    if mark.kind == "decimal":
        return _decimal_level(mark, nodes, stack)
    same = [depth for depth in range(len(stack) - 1, -1, -1) if nodes[stack[depth]].mark.kind == mark.kind]
    if mark.kind in ("part", "chapter", "section"):
        return same[-1] if same else _new_level(mark, nodes, stack)
    if not (mark.capital or mark.broken):
        return None
    for depth in same:
        step = mark.value - nodes[stack[depth]].mark.value
        if step == 1 or (step == 0 and mark.label == "d"):
            return depth
    for depth in same:
        step = mark.value - nodes[stack[depth]].mark.value
        if mark.sure and mark.broken and mark.capital and 1 < step <= 3:
            return depth
    return _series_start(mark, nodes, stack, same, ahead)


def _series_start(
    mark: _Mark, nodes: list[_Node], stack: list[int], same: list[int], ahead: _Outlook
) -> int | None:
    if mark.value != 1:
        lost_first = not same and mark.sure and mark.broken and mark.capital and 1 < mark.value <= 3
        unopened = not any(node.mark.kind == mark.kind for node in nodes)
        return _new_level(mark, nodes, stack) if lost_first and unopened and mark.kind != "capital" else None
    goes_on = mark.kind in ahead.seconds
    if mark.kind == "capital" and not goes_on:
        return None
    if mark.kind == "roman" and not goes_on and ahead.number == 2:
        return None  # "I." for "1."
    if not mark.sure and ahead.number != 2:
        return None
    if same:
        if not goes_on:
            return None
        return len(stack) if mark.opened and stack[same[0]] != stack[-1] else same[-1]
    if not mark.broken and not mark.opened and not goes_on:
        return None
    return _new_level(mark, nodes, stack)


def _look_ahead(marks: list[tuple[_Mark, ...]]) -> list[_Outlook]:
    """Outlook behind each mark, in one pass from the end."""
    outlooks = []
    seconds: frozenset[str] = frozenset()
    number = 0
    for readings in reversed(marks):
        outlooks.append(_Outlook(seconds, number))
        for mark in readings:
            if mark.sure and mark.value in (1, 2):
                seconds = seconds - {mark.kind} if mark.value == 1 else seconds | {mark.kind}
            if mark.sure and mark.kind == "number":
                number = mark.value
    return outlooks[::-1]


def _new_level(mark: _Mark, nodes: list[_Node], stack: list[int]) -> int:
    """A new series hangs under what a colon has just opened, else under the nearest higher rank."""
    if mark.opened and stack and mark.kind not in ("part", "chapter", "section", "article"):
        return len(stack)
    depth = len(stack)
    while depth and _RANKS[nodes[stack[depth - 1]].mark.kind] >= _RANKS[mark.kind]:
        depth -= 1
    return depth


def _bullet_level(mark: _Mark, nodes: list[_Node], stack: list[int]) -> int:
    """Bullets of one kind are sisters, unless a colon right above opens a list of its own."""
    top = len(stack) - 1
    for depth in range(top, -1, -1):
        if nodes[stack[depth]].mark.kind == mark.kind:
            nested = mark.opened and any(nodes[stack[d]].mark.kind not in _BULLET_KINDS for d in range(depth, top + 1))
            return len(stack) if nested else depth
    under_plus = mark.kind == "dash" and stack and nodes[stack[top]].mark.kind == "plus" and not mark.opened
    return top if under_plus else len(stack)


def _decimal_level(mark: _Mark, nodes: list[_Node], stack: list[int]) -> int | None:
    """``2.3`` stands under the open 2, behind 2.2 (or 2.1 where one is lost)."""
    for depth in range(len(stack) - 1, -1, -1):
        open_mark = nodes[stack[depth]].mark
        values = (*open_mark.prefix, open_mark.value)
        if open_mark.kind == "decimal" and open_mark.prefix == mark.prefix:
            step = mark.value - open_mark.value
            return depth if step == 1 or (step == 2 and mark.broken and mark.capital) else None
        if open_mark.kind in ("number", "decimal", "roman", "article") and values == mark.prefix:
            return depth + 1 if mark.value == 1 else None
    return None


def _keep_ordering(nodes: list[_Node], text: Text) -> list[_Node]:
    """Without the bullets of the preamble: those before the first counted provision, or that only cite grounds."""
    first = next((i for i, node in enumerate(nodes) if node.mark.kind in _STRUCTURAL), None)
    if first:
        return [replace(node, parent=node.parent - first if node.parent >= 0 else -1) for node in nodes[first:]]
    if first is None and nodes and not nodes[0].mark.opened:
        return []
    if first is None and nodes and re.match(r" *(?:can cu|xet|theo) ", text.folded[nodes[0].mark.after :][:20]):
        return []
    return nodes


def _ends(nodes: list[_Node], end: int) -> list[int]:
    """Where each provision ends: at the next one of its own or a higher level."""
    ends = [end] * len(nodes)
    open_nodes: list[int] = []
    for index, node in enumerate(nodes):
        while open_nodes and nodes[open_nodes[-1]].depth >= node.depth:
            ends[open_nodes.pop()] = node.mark.start
        open_nodes.append(index)
    return ends


def _assemble(nodes: list[_Node], raw: str, end: int) -> tuple[Provision, ...]:
    paths: list[str] = []
    taken: dict[str, int] = {}
    bullets: dict[tuple[int, str], int] = {}
    out = []
    for node, stop in zip(nodes, _ends(nodes, end), strict=True):
        label = node.mark.label
        step = label if node.mark.kind != "decimal" else str(node.mark.value)
        if node.mark.kind in _BULLET_KINDS:
            bullets[node.parent, label] = bullets.get((node.parent, label), 0) + 1
            step = f"{label}{bullets[node.parent, label]}"
        parent = paths[node.parent] if node.parent >= 0 else ""
        path = f"{parent}.{step}" if parent else step
        taken[path] = taken.get(path, 0) + 1
        if taken[path] > 1:
            path = f"{path}({taken[path]})"
        paths.append(path)
        start = node.mark.start
        out.append(Provision(label, path, parent, node.depth, start, start + len(raw[start:stop].rstrip())))
    return tuple(out)


# --- the closing -----------------------------------------------------------------------------------------------------

_ORDERS = r"(?:yeu cau|giao|de nghi|chi dao|thong bao|keu goi|mong|tin tuong|tran trong)"
_PLACE = r"(?:tinh|thanh pho|thanh|huyen|quan|thi xa|thi|xa|phuong|dang)"
_SPEAKER = re.compile(rf"((?:[a-z]+ ){{1,10}}?)(?:tran trong )?{_ORDERS}\b")
_CLOSING = re.compile(
    rf"""
      \(\ ?(?:kem\ theo|gui\ kem|dinh\ kem|co\ .{{0,60}}\ kem\ theo|ban\ hanh\ kem)
    | (?:xin\ )?(?:gui\ kem|kem\ theo|dinh\ kem)\b
    | (?:noi\ dung\ )?(?:chi\ thi|cong\ dien|cong\ van|van\ ban|quyet\ dinh|nghi\ quyet|thong\ bao|ke\ hoach|huong\ dan)\ nay\b
    | (?:tren\ day|tren\ day\ la)\b
    | (?:trong\ )?qua\ trinh\ (?:to\ chuc\ |trien\ khai\ |,\ ?)*(?:thuc\ hien|trien\ khai)\b.{{0,60}}(?:vuong\ mac|kho\ khan|phat\ sinh)
    | (?:neu\ )?(?:co\ )?(?:kho\ khan,?\ )?vuong\ mac\b.{{0,60}}(?:phan\ anh|bao\ cao|lien\ he)
    | (?:sau\ khi\ )?nhan\ duoc\ (?:chi\ thi|cong\ dien|cong\ van|van\ ban|thong\ bao|ke\ hoach)
    | (?:rat\ mong|tran\ trong|moi\ (?:thong\ tin|chi\ tiet|vuong\ mac))\b
    | (?:ban\ thuong\ vu|thuong\ truc|ban\ chap\ hanh)\ (?:[a-z]+\ )?{_PLACE}\ uy\b.{{0,40}}?\b{_ORDERS}\b
    | (?:chu\ tich\ )?(?:ubnd|uy\ ban\ nhan\ dan)\ {_PLACE}\b(?!,|\ va\b).{{0,40}}?\b{_ORDERS}\b
    | thu\ tuong(?:\ chinh\ phu)?\ {_ORDERS}\b
    """,
    re.VERBOSE,
)
_APPEAL = re.compile(
    r"(?:vay,? |do do,? )?(?:yeu cau|de nghi|giao|nhan duoc)\b(?=.{0,200}?(?:thu truong|cac (?:so|don vi|co quan|dia phuong"
    r"|cap uy|ban|doan the|nganh|huyen|dong chi)|giam doc|chu tich ubnd|ubnd cac|don vi|nguoi dan))"
    r"(?=.{0,400}?(?:nghiem tuc|khan truong|noi dung|chi thi nay|cong van nay|cong dien nay|van ban nay|to chuc|trien khai"
    r"|quan tam|phoi hop).{0,60}?(?:thuc hien|trien khai))",
    re.DOTALL,
)
# "Giám đốc các sở, Chủ tịch UBND các huyện chịu trách nhiệm thực hiện Chỉ thị này": heads told to carry the paper out.
_CARRY_OUT = re.compile(
    r"(?:cac |dong chi |cac dong chi )?(?:giam doc|thu truong|bo truong|chu tich|truong |so,|ban,|nganh|don vi|co quan|dia phuong"
    r"|bi thu|cap uy|nguoi dung dau).{0,400}?\b(?:thuc hien|trien khai|thi hanh).{0,60}?"
    r"\b(?:chi thi|cong van|cong dien|van ban|ke hoach|quyet dinh|nghi quyet|thong bao|noi dung) (?:nay|tren)\b"
)
_PARAGRAPH = re.compile(r"\n[ \n]*")
# Where lines were joined the closing follows in the same line; only its surest openings are believed there.
_CLOSING_SENTENCE = re.compile(
    r"(?<=[.;…)]) +(?=\((?:kem theo|gui kem|dinh kem)|(?:chi thi|cong dien|cong van) nay (?:duoc pho bien|co hieu luc|thay the)"
    r"|tren day la\b|trong qua trinh (?:trien khai )?thuc hien,? neu)"
)


def _speakers(text: Text, start: int, end: int) -> frozenset[str]:
    """Who gives the orders, from the preamble: the words before "yêu cầu", "giao", "đề nghị" that end it."""
    tail = text.folded[max(start, end - 800) : end]
    clauses = re.split(r"[.,;:()\n]+", tail)
    found = {match[1].strip() for clause in clauses if (match := _SPEAKER.match(clause.strip()))}
    return frozenset(name for name in found if len(name.split()) >= 2)


def _find_closing(text: Text, after: int, end: int, speakers: frozenset[str]) -> int:
    """Where the closing begins behind the last mark at ``after``, or ``end``.

    A later paragraph is closing when it speaks about the paper itself ("Chỉ thị này …", "(Kèm theo …)", "Trên đây
    là …") or when the issuer speaks again as the one who orders; other paragraphs go on with the provision.
    """
    folded, raw = text.folded, text.raw
    for match in _PARAGRAPH.finditer(folded, after, end):
        place = match.end()
        if place >= end or not (raw[place].isupper() or raw[place] == "("):
            continue
        if not raw[after:place].strip():
            continue
        line = folded[place : min(end, place + 600)]
        if any(p.match(line) for p in (_CLOSING, _APPEAL, _CARRY_OUT)) or _speaks_again(line, speakers):
            return place
    for match in _CLOSING_SENTENCE.finditer(folded, after, end):
        if raw[match.end()].isupper() or raw[match.end()] == "(":
            return match.end()
    return end


def _speaks_again(line: str, speakers: frozenset[str]) -> bool:
    return any(re.match(rf"{re.escape(name)} (?:[a-z]+ ){{0,3}}?{_ORDERS}\b", line) for name in speakers)
