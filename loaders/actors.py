"""Who a paper is sent to, and which body a name stands for.

``parse_recipients`` reads the zones *addressees* and *copies* into their lines as listed; ``resolve_actors`` turns
a name as written into nodes of the network by ``data/vocabulary/agencies.yaml``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

import regex

from loaders.agencies import Agency, abbreviations, agencies, tokens_of
from loaders.bodies import Body, flatten, parse_body
from loaders.fold import Text, fold, slugify
from loaders.layout import Line, lines_within
from loaders.layout_words import ADDRESSEE_SLIPS, COPIES_SLIPS
from loaders.records import Actor, ProvinceFact, Recipient, Span, Zones
from loaders.vocabulary import read_vocabulary

UNKNOWN_PROVINCE = "khong-ro"
_LABEL = regex.compile(
    rf"[ ]*(?:(?:-|\+|\*|•)[ ]*)?(?:(?:dong )?kinh gui|noi nhan|{ADDRESSEE_SLIPS}|{COPIES_SLIPS})[ ]*[:;.]?[ ]*",
    regex.MULTILINE,
)
_BULLET = regex.compile(r"[ ]*(?:[-+*•·]|\d{1,2}[.)])[ ]*")
_NEXT_ITEM = regex.compile(r"[;,.][ ]*[-+*•·][ ]+(?=[^\W_])")  # "- A; - B; - C" on one line
_WIDE = regex.compile(r"[ ]{3,}|\t|[ ]*\|[ ]*")
_PARTS = regex.compile(r"(?:[^;(]|\([^()]*+\)|\()++;?")
_BESIDE = regex.compile(r"[;,.)][ ]+|[ ](?=(?:KT|TM|TL|TUQ|T/M|K/T|T/L|Q)\.?[ ])")
_OFFICE = regex.compile(
    r"(?<![\w])(?:chu tich|giam doc|uy ban nhan dan|bi thu|thuong vu|bo truong|thu truong|thu tuong|chanh"
    r"|truong ban|cuc truong|tong cuc"
    r"|(?:tm|kt|tl|tuq|q|t/m|k/t|t/l)[. ])"
)
_SIGNS = regex.compile(r"(?:TM|KT|TL|TUQ|T/M|K/T|T/L)\s?[.,]?\s+\p{Lu}{2,}")
_CLOSING = regex.compile(r"[\s;,./]+$")
_SPACE = regex.compile(r"\s+")
_FILING = regex.compile(
    r"(?:luu(?![\w])|nhu (?:tren|kinh gui|dieu|muc|thanh phan|khoan)|(?:tren|nhu) day|vt(?![\w])|kem theo|ho so)"
)


def parse_recipients(text: Text, zones: Zones) -> tuple[Recipient, ...]:
    """Lines of Kính gửi and Nơi nhận, in order, without dashes and closing marks; positions count from 1 in each list.

    Surface forms accepted: one body a line with dash, number or nothing before it and ``;``, ``,`` or ``.`` after it;
    several on the line of the label, parted by semicolons; a name broken over two lines; table pipes; the signature
    column on the same lines. A name that holds commas stays one item ("Các sở, ban, ngành"), and so does "Lưu: VT".
    The list ends at the line after "Lưu …".
    """
    found: list[Recipient] = []
    for kind, zone in (("addressee", zones.addressees), ("copy", zones.copies)):
        spans = _merge_lines(text, _pieces(text, zone)) if zone else []
        items = [(span, _SPACE.sub(" ", " ".join(part.of(text.raw) for part in parts))) for span, parts in spans]
        items = [(span, name) for span, name in items if any(char.isalpha() for char in name)]
        found += [Recipient(name, kind, at, span.start, span.end) for at, (span, name) in enumerate(items, 1)]
    return tuple(found)


def _pieces(text: Text, zone: Span) -> Iterator[tuple[Span, bool]]:
    """Pieces of the lines of a list: their span, and whether a bullet or the label stands before it."""
    at = zone.start
    columns = {line.end: _signing_column(line) for line in lines_within(text, zone.start, zone.end)}
    while at < zone.end:
        stop = text.raw.find("\n", at, zone.end)
        stop = zone.end if stop < 0 else stop
        yield from _line_pieces(text, at, min(stop, columns.get(stop, stop)))
        at = stop + 1


def _signing_column(line: Line) -> int:
    """Where the signature's column begins on a line of the list ("- Lưu: VT.  Lê Văn Tâm"), or its end."""
    signing = (cell.start for cell in line.cells[1:] if cell.kind in ("sign", "role", "name"))
    return min(signing, default=line.end) if _BULLET.match(line.folded) else line.end


def _line_pieces(text: Text, at: int, stop: int) -> Iterator[tuple[Span, bool]]:
    opened = bullet = False
    while (cell := _WIDE.match(text.folded, at, stop)) and cell.end() > at:
        at = cell.end()
    for pattern in (_LABEL, _WIDE, _BULLET):
        if (mark := pattern.match(text.folded, at, stop)) and mark.end() > at:
            at, opened, bullet = mark.end(), True, pattern is _BULLET
    stop = _left_column(text.raw, at, stop, opened)
    while follow := _NEXT_ITEM.search(text.folded, at, stop):
        yield Span(at, follow.start() + 1), bullet or opened
        at, opened, bullet = follow.end(), True, True
    if bullet:
        yield Span(at, stop), True
        return
    for part in _PARTS.finditer(text.raw, at, stop):
        yield Span(*part.span()), opened
        opened = True


def _left_column(raw: str, at: int, stop: int, opened: bool) -> int:
    """Where the list's own column ends on a line that the signature column shares."""
    if _is_signature(raw[at:stop]):
        return at
    wide = _WIDE.search(raw, at, stop)
    if wide and at < wide.start():
        rest = raw[wide.end() : stop].strip(" |\t")
        if opened or not rest or _is_signature(rest):
            stop = wide.start()
    for mark in _BESIDE.finditer(raw, at, stop):
        if _is_signature(raw[mark.end() : stop]):
            return mark.end()
    return stop


def _is_signature(line: str) -> bool:
    """Capitals of the right column: "TM. ỦY BAN NHÂN DÂN", "PHÓ CHỦ TỊCH"."""
    if _SIGNS.match(line.lstrip()):
        return True
    letters = [char for char in line if char.isalpha()]
    return sum(char.isupper() for char in letters) > 0.9 * len(letters) > 0 and _OFFICE.search(fold(line)) is not None


def _merge_lines(text: Text, pieces: Iterator[tuple[Span, bool]]) -> list[tuple[Span, list[Span]]]:
    """Items with the pieces they are made of: a line without bullet goes on where the one before was not closed."""
    items: list[list[Span]] = []
    listed = list(pieces)
    marks = ";." if any(bullet and span.of(text.raw).rstrip().endswith(";") for span, bullet in listed) else ";,."
    bulleted = closed = filed = False
    for span, opened in listed:
        words = span.of(text.raw)
        if not words.strip(" \t;,.|-") or (not opened and _is_signature(words)):
            continue
        if filed and (closed or words.strip()[:1].isupper()) and not opened:
            break
        goes_on = bool(items) and not opened and (not closed or (bulleted and words.strip()[:1].islower()))
        if goes_on:
            items[-1].append(span)
        else:
            items.append([span])
            filed = _FILING.match(fold(words.strip())) is not None and fold(words.strip()).startswith("luu")
        bulleted = bulleted or opened
        closed = words.rstrip().endswith(tuple(marks))
    return [(Span(parts[0].start, parts[-1].end), parts) for parts in (_trimmed(text, item) for item in items) if parts]


def _trimmed(text: Text, parts: list[Span]) -> list[Span]:
    """Pieces without blanks around and without the closing mark of the last."""
    out = []
    for at, part in enumerate(parts):
        words = part.of(text.raw)
        start = part.start + len(words) - len(words.lstrip(" \t|"))
        end = part.start + len(words.rstrip())
        if at == len(parts) - 1 and (mark := _CLOSING.search(text.raw[start:end])):
            end = start + mark.start()
        if start < end:
            out.append(Span(start, end))
    return out


@lru_cache(maxsize=1)
def _provinces() -> dict[tuple[str, ...], tuple[str, str, str, str]]:
    """Words of a province's name to its name, slug, code and type."""
    held: dict[tuple[str, ...], tuple[str, str, str, str]] = {}
    for item in read_vocabulary("provinces"):
        for name in (item["name"], *item.get("aliases", ())):
            held.setdefault(tokens_of(name), (item["name"], item["slug"], item["code"], item["type"]))
    return held


def resolve_actor(name: str, *, province: ProvinceFact, branch: str) -> Actor | None:
    """First body of :func:`resolve_actors`, or None."""
    return next(iter(resolve_actors(name, province=province, branch=branch)), None)


def resolve_actors(name: str, *, province: ProvinceFact, branch: str) -> tuple[Actor, ...]:
    """Bodies that a name as written stands for, in order; empty for "Như trên", "Lưu …" and typist's codes.

    Parameters
    ----------
    name
        An item of a list, an actor of a task, an issuer. A group ("Các sở, ban, ngành, đoàn thể tỉnh") is one body; a
        head ("Giám đốc Sở Y tế") stands for the body; "Đài PT-TH và Báo Bình Phước" is two.
    province
        Of the document. Provincial and lower bodies are prefixed by its slug, or ``khong-ro``; a name that ends in
        another province's name by that one's. Central bodies and groups of provinces are prefixed by ``vn``.
    branch
        Of the document's issuer: it decides what LĐVP and the like mean.
    """
    raw = _SPACE.sub(" ", name).strip(" -–+*•;,./|").replace("TƯ", "TW")  # folded, TƯ would be TU, the province's
    if not raw or _FILING.match(fold(raw)):
        return ()
    return _resolve(raw, ProvinceFact(province.name, province.code, province.slug), branch)


@lru_cache(maxsize=8192)
def _resolve(raw: str, province: ProvinceFact, branch: str) -> tuple[Actor, ...]:
    """The same names return in every paper of a province."""
    if _centrally_run(province):
        raw = _CITY.sub(
            lambda found: found.group(1) + ("Tỉnh ủy" if found.group(2).lower().startswith("thành ủy") else "tỉnh"), raw
        )
    bodies: Sequence[Body] = _bodies(raw, branch)
    bodies = [item for item in bodies if item.entry != "dang-uy"] or bodies
    actors = (actor for item in bodies for actor in _actors(raw, item, province))
    return tuple({actor.actor_id: actor for actor in actors}.values())


_CITY = regex.compile(
    r"(^|[^,\s] |, )(Thành ủy|Thành phố|thành phố|TP\.?)(?=$|[,;.]| (?:Hà Nội|Hồ Chí Minh|Đà Nẵng"
    r"|Hải Phòng|Cần Thơ))"
)


def _centrally_run(province: ProvinceFact) -> bool:
    return _provinces().get(tokens_of(province.name), ("", "", "", ""))[3] == "thành phố"


@lru_cache(maxsize=8192)
def _bodies(raw: str, branch: str) -> tuple[Body, ...]:
    """The same names return in the papers of every province."""
    return tuple(_read_bodies(raw, branch))


def _read_bodies(raw: str, branch: str) -> Iterator[Body]:
    """Bodies of an item, each read from the first place where one begins; short forms only where they fill a piece."""
    folded, at = fold(raw), 0
    whole = abbreviations(branch).get(" ".join(tokens_of(_bare(raw))))
    if whole:
        yield Body(0, len(raw), 0, len(raw), whole)
        return
    while at < len(raw):
        stop = _piece_end(raw, at)
        short = abbreviations(branch).get(" ".join(tokens_of(_bare(raw[at:stop]))))
        if short:
            yield Body(at, stop, at, stop, short)
            at = stop
        elif body := parse_body(raw, folded, at, place=at == 0):
            yield from flatten([body])
            at = max(body.end, at + 1)
        else:
            at = stop
        at = _SKIP.match(raw, at).end() if at < len(raw) else at


_SKIP = regex.compile(r"(?:[\s,;:.&+/–-]|và\s|cùng\s|với\s|\([^()]*+\))*+")


def _bare(piece: str) -> str:
    return regex.sub(r"\([^()]*+\)", "", piece)


def _piece_end(raw: str, at: int) -> int:
    found = regex.compile(r"[,;(]| và ").search(raw, at + 1)
    return found.start() if found else len(raw)


def _actors(raw: str, body: Body, province: ProvinceFact) -> Iterator[Actor]:
    tail = raw[body.core_end : body.end]
    where = _province_of(raw[body.core : body.end], province)
    if not body.entry and body.core == body.core_end:  # "thành phố Phú Quốc" stands for its authorities
        yield _listed(agencies()["ubnd-huyen"], "", tail, where)
        return
    if not body.entry:
        yield from _unlisted(raw[body.core : body.end], where)
        return
    entry = agencies()[body.entry]
    for part in (agencies()[key] for key in entry.parts) if entry.parts else (entry,):
        yield _listed(part, raw[body.core : body.core_end], tail, where)


def _province_of(name: str, own: ProvinceFact) -> ProvinceFact:
    """The province that the end of a name states, else the document's own."""
    words = tokens_of(_bare(name))
    for size in (5, 4, 3, 2):
        if len(words) > size and (held := _provinces().get(words[-size:])) and not _district_word(words[:-size]):
            return replace(own, name=held[0], slug=held[1], code=held[2])
    return own


def _district_word(before: tuple[str, ...]) -> bool:
    """Cao Bằng the city is not Cao Bằng the province."""
    return before[-2:] in (("thi", "xa"),) or before[-1:] in (("huyen",), ("quan",))


_LOCAL = regex.compile(r"[^\W_]+(?:[ '’-][^\W_]+)*")


def _listed(entry: Agency, core: str, tail: str, where: ProvinceFact) -> Actor:
    key, name = entry.id, entry.name
    if "numbered" in entry.flags and (number := regex.search(r"\d{1,2}", core + tail)):
        key, name = f"{key}-{number.group()}", f"{name} {number.group()}"
    elif "placed" in entry.flags and (place := _place(core, tail, where)):
        key, name = f"{key}-{slugify(place)}", f"{name} {place}"
    everywhere = entry.level == "province" and regex.match(r" các (?:tỉnh|thành phố|địa phương)", tail) is not None
    if everywhere:
        key, name = f"{key}-cac-tinh", f"{name} các tỉnh, thành phố"
    national = entry.level == "central" or "national" in entry.flags or everywhere
    prefix = "vn" if national else where.slug or UNKNOWN_PROVINCE
    return Actor(
        f"{prefix}/{key}", name, entry.name_en, entry.kind, entry.branch, entry.level, "" if national else where.code
    )


def _place(core: str, tail: str, where: ProvinceFact) -> str:
    """The place that tells one district's office from the next: "Long Hồ" of "huyện Long Hồ", or nothing."""
    names = regex.findall(r"(?:\p{Lu}[\p{L}'’]*+|\b\d{1,2}\b)(?:[ -]+(?:\p{Lu}[\p{L}'’]*+|\d{1,2}))*+", _bare(tail))
    names = [name for name in names if tokens_of(name) not in (tokens_of(where.name), ("tp",), ("covid", "19"))]
    return names[-1] if names else ""


_KINDS = (
    ("enterprise", ("cong ty", "tong cong ty", "tap doan", "ngan hang", "hop tac xa", "cang")),
    ("force", ("cong an", "bo tu lenh", "don", "trung doan", "su doan", "quan doan", "binh doan", "ban chi huy")),
    ("media", ("dai", "tap chi", "bao")),
    ("mass_organisation", ("hoi", "hiep hoi", "lien doan", "lien hiep", "lien minh", "doan", "tong hoi", "cong doan")),
    ("department", ("so", "ban", "cuc", "chi cuc", "tong cuc", "bo", "thanh tra", "van phong", "uy ban", "kho bac")),
)
_LOWER = regex.compile(r"(?<![\w])(?:huyen|thi xa|quan|xa|phuong|thi tran)(?![\w])")
_CENTRAL = regex.compile(r"(?:bo|tong cuc|tong lien doan)[ ]|.*(?:trung uong|quoc gia|viet nam)$")


def _unlisted(name: str, where: ProvinceFact) -> Iterator[Actor]:
    """An office the vocabulary does not list: its own slug, its kind by the first noun."""
    shown = _SPACE.sub(" ", _bare(name)).strip(" ,;.-")
    folded = fold(shown)
    if folded.startswith(("phong", "doi ", "to ")) and not _LOWER.search(folded):
        return  # a unit of the issuer's own house ("Phòng Tổng hợp")
    place = tokens_of(where.name)
    if place and tokens_of(shown)[-len(place) :] == place:
        shown = regex.sub(r"[ ]+(?:tỉnh|thành phố)?[ ]*$", "", shown[: _cut(shown, len(place))]) or shown
    kind = next((kind for kind, heads in _KINDS if any(folded.startswith(f"{head} ") for head in heads)), "other")
    central = _CENTRAL.match(folded) is not None
    level = "central" if central else "district" if _LOWER.search(folded) else "province"
    branch = (
        "party"
        if folded.startswith("dang uy")
        else "other"
        if kind in ("enterprise", "mass_organisation", "media")
        else "government"
    )
    prefix = "vn" if central else where.slug or UNKNOWN_PROVINCE
    yield Actor(f"{prefix}/{slugify(shown)}", shown, "", kind, branch, level, "" if central else where.code)


def _cut(name: str, n_words: int) -> int:
    """Where the last ``n_words`` words of a name begin."""
    return [found.start() for found in regex.finditer(r"[^\W_]+", name)][-n_words]
