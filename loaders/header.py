"""What a document's letterhead, number line, title and signature say; see :class:`loaders.records.Header`.

Read from the header zone, header lines that lie elsewhere (``Zones.stray``) and the signature. Where a part is lost the
next best words of the same document fill in (signature data, "CỦA BAN THƯỜNG VỤ TỈNH ỦY" in the title, who
orders in the text, the symbol of the number), never a file's name; what nothing says stays empty and is a problem row.
Letterheads of state papers follow Nghị định 30/2020/NĐ-CP, of Party papers Hướng dẫn 36-HD/VPTW.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

import regex

from loaders.fold import Text, fold
from loaders.header_issuer import Issuer, completed_by_place, issuer_of_letterhead, issuer_of_phrase
from loaders.header_signature import Signature, behalf_of, parse_signature
from loaders.header_speaker import Speaker, match_speaker
from loaders.header_subject import GOES_ON, OF, TITLE_HEAD, Placed, parse_subject
from loaders.layout import DAY, PLACE, Cell, lines_within
from loaders.layout_words import body_of, is_capitals, title_of, urgency_of
from loaders.numbers import canonical_number, match_number, number_groups, number_regime
from loaders.records import Fact, Header, Problem, Span, Zones
from loaders.vocabulary import read_vocabulary

STAGE = "header"
_FIRST_YEAR, _LAST_YEAR = 1990, 2100
_RECORD_LINES = 40
_NUMBERED = regex.compile(r"\d{3}")
_RUN_ON = regex.compile(r"(?<=\p{Lu})\p{Lu}\p{Ll}{2,}.*$")  # "5736/CT-QLNNgày đăng công báo"
_RECORDED_TYPE = regex.compile(r"^\W*loai van ban\W+|\bloai van ban\s*:\s*")
_NEVER_ADDRESSED = ("directive", "resolution", "decision")  # "26998/CT-TTHT" to a firm is a letter of a tax office (CT)
_RECORDED = regex.compile(r"^\W*so (?:ky )?hieu\W+")
_DATE = regex.compile(DAY)
_PLACE = regex.compile(rf"(?P<place>{PLACE})\s*[,.;]?\s*$")
_DECIDES = regex.compile(r"^\W*(?:cua\s+)?(?P<organ>ban thuong vu|thuong truc|chu tich)\s+\p{L}{2}")
_WIRED = regex.compile(r"\s+dien\W*$")  # "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH ĐIỆN:"
_STANDING = regex.compile(r"\b(?:ban thuong vu|thuong truc)\s+(?P<whose>(?:tinh|thanh|huyen|thi|quan) uy)\b")
_AS_ABOVE = regex.compile(r"[\s|*+-]*(?P<words>nhu (?:tren|kinh gui))\b")
_KEEPER = regex.compile(r"\bluu\W+(?:van phong|vp)\s*(?P<whose>tinh uy|thanh uy|huyen uy|thi uy|quan uy|tu\b)")


def parse_header(text: Text, zones: Zones) -> Header:
    """Header of a document. Never raises; fields that the text does not give stay ``None`` or empty.

    Surface forms: letterheads in two columns, one below the other or interleaved, with pipes or dashes; numbers as in
    :mod:`loaders.numbers`; "Bình Phước, ngày 27 tháng 5 năm 2021" (also "ng1y 27 thang 5 nam 2021", "ngày 27/5/2021");
    types by title ("CHỈ THỊ"), symbol (CT) or form ("Kính gửi"); HỎA TỐC, THƯỢNG KHẨN, KHẨN in any placing of marks;
    subjects that begin with "V/v", "Về", "về việc", or stand below the title.
    """
    placed = _placed(text, (zones.header,))
    stray = _placed(text, zones.stray)
    cells = [item.cell for item in (*placed, *stray)]
    signature = parse_signature(text, zones)
    number, printed = _number(cells, text)
    if number is None:
        number, printed = _recorded_number(text)
    issue_date, place, date_problems = _issue_date(cells, text, zones)
    title = next((item for item in placed if item.cell.kind == "title"), None)
    issuer = completed_by_place(_printed_issuer(placed, stray, signature, place), place.value if place else "", text)
    wired = Span(zones.header.end, zones.addressees.start) if zones.addressees else Span(0, 0)
    speaker = match_speaker(text, zones.body, issuer) or match_speaker(text, wired, issuer)
    issuer = issuer if issuer.fact else _inferred_issuer(speaker, number, text, zones)
    header = Header(
        number=number,
        number_printed=printed,
        doc_type=_doc_type(title, number, zones, text)
        if title
        else _recorded_type(text) or _doc_type(title, number, zones, text),
        issuer=issuer.fact,
        issuer_branch=issuer.branch or _branch(cells, number),
        level=issuer.level,
        on_behalf_of=_on_behalf_of(signature, issuer, speaker, placed),
        subject=parse_subject(placed, title, zones.addressees is not None) or parse_subject(stray, None, False),
        issue_date=issue_date,
        place=place,
        urgency=_urgency(cells, text, zones),
        signatory_name=signature.name,
        signatory_title=signature.title,
        signing_authority=signature.authority,
    )
    return replace(header, problems=(*date_problems, *_missing(header, cells, zones)))


def _placed(text: Text, spans: Iterable[Span]) -> list[Placed]:
    """Cells of the spans with the blank lines before each; none before the first of a span."""
    items = []
    for span in spans:
        for place, line in enumerate(lines_within(text, span.start, span.end)):
            items += [Placed(cell, line.gap if place and not order else 0) for order, cell in enumerate(line.cells)]
    return items


def _number(cells: Sequence[Cell], text: Text) -> tuple[Fact | None, str]:
    """Number of the number line, also where its symbol is broken over the line ("1309/UBND-" / "KGVX")."""
    for cell in cells:
        if cell.kind != "number":
            continue
        end = cell.end
        if cell.raw.endswith(("-", "–", "/")):
            end = text.raw.find("\n", cell.end + 1)
            end = len(text.raw) if end < 0 else end
        found = match_number(text.raw[cell.start : end])
        if found:
            start, stop = cell.start + found[0], cell.start + found[1]
            printed = text.raw[start:stop]
            return Fact(canonical_number(printed), start, stop), " ".join(printed.split())
    return None, ""


def _recorded_number(text: Text) -> tuple[Fact | None, str]:
    """Number in the record that a site prints above a paper ("Số hiệu: 64/KH-UBND")."""
    for line in text.lines[:_RECORD_LINES] if "so hieu" in text.folded else ():
        label = _RECORDED.match(line.folded)
        found = match_number(line.raw, label.end()) if label and line.has("portal") else None
        if found:
            printed = _RUN_ON.sub("", line.raw[slice(*found)])
            found = (found[0], found[0] + len(printed))
            return Fact(canonical_number(printed), line.start + found[0], line.start + found[1]), printed
    return None, ""


def _recorded_type(text: Text) -> Fact | None:
    """Type in the record that a site prints above a paper ("Loại văn bản: Công văn")."""
    for line in text.lines[:_RECORD_LINES] if "loai van ban" in text.folded else ():
        label = _RECORDED_TYPE.search(line.folded) if line.has("portal") else None
        words = line.folded[label.end() :].strip(" |") if label else ""
        for count in (2, 3):
            named = title_of(" ".join(words.split()[:count])) or title_of(words[: len("cong van")])
            if named:
                return Fact(named, line.start, line.end)
    return None


def _issue_date(cells: Sequence[Cell], text: Text, zones: Zones) -> tuple[Fact | None, Fact | None, list[Problem]]:
    """Day and place of the place-and-date line; a day that cannot be is a problem, never a date."""
    spans = [Span(cell.start, cell.end) for cell in cells if cell.kind == "date"] or _broken_dates(text, zones)
    place = None
    problems: list[Problem] = []
    for span in spans:
        found = _DATE.search(text.folded, span.start, span.end)
        if not found:
            continue
        where = _PLACE.search(text.raw[span.start : found.start()])
        if where and place is None:
            start = span.start + where.start("place")
            place = Fact(where["place"], start, start + len(where["place"]))
        day = _day_of(found)
        if day is not None:
            return Fact(day.isoformat(), found.start(), found.end()), place, problems
        problems.append(_date_problem(found, text))
    return None, place, problems


def _broken_dates(text: Text, zones: Zones) -> list[Span]:
    """ "Bình Phước, ngày 27 tháng 5" / "năm 2021": a date line that was broken."""
    header = zones.header
    found = _DATE.search(text.folded, header.start, header.end)
    if not found or "\n" not in found[0]:
        return []
    start = text.raw.rfind("\n", 0, found.start()) + 1
    before = text.raw[max(start, header.start) : found.start()]
    where = _PLACE.search(before.rstrip())
    if not where or not before.rstrip().endswith(","):
        return []
    ahead = before[: where.start()].rstrip("| ")
    if ahead[-1:].isalpha() and where.start() - len(ahead) < 2:  # "… họp tại Hà Nội, ngày": no column of its own
        return []
    return [Span(max(start, header.start) + where.start(), found.end())]


def _day_of(found: regex.Match[str]) -> date | None:
    slips = str.maketrans("oli", "011")  # a scan's letters for digits
    try:
        day = date(
            int(found["year"].translate(slips)),
            int((found["month"] or found["month2"]).translate(slips)),
            int(found["day"].translate(slips) or 0),
        )
    except ValueError:
        return None
    return day if _FIRST_YEAR <= day.year <= _LAST_YEAR else None


def _date_problem(found: regex.Match[str], text: Text) -> Problem:
    printed = " ".join(text.raw[found.start() : found.end()].split())
    if not found["day"]:
        message = f"The date line leaves the day open: {printed!r}. Fill it in from another copy."
        return Problem(STAGE, "incomplete-date", "warning", message, found.start(), found.end())
    message = f"The date line names a day that cannot be: {printed!r}. Check it against the source."
    return Problem(STAGE, "impossible-date", "warning", message, found.start(), found.end())


@lru_cache(maxsize=1)
def _types_by_symbol() -> dict[str, str]:
    return {fold(symbol): entry["type"] for entry in read_vocabulary("document_types") for symbol in entry["symbols"]}


def doc_type_of_number(number: str) -> str:
    """Type that a canonical number tells: "16/CT-TTg" → directive; a state number without type group is a letter.

    >>> doc_type_of_number("147-CV/TU"), doc_type_of_number("128/NQ-CP"), doc_type_of_number("2048/UBND-KGVX")
    ('official_letter', 'resolution', 'official_letter')
    """
    groups = number_groups(number)[2]
    if not groups:
        return ""
    known = _types_by_symbol().get(groups[0])
    return known if known and len(groups) > 1 else "official_letter"


def _doc_type(title: Placed | None, number: Fact | None, zones: Zones, text: Text) -> Fact | None:
    if title is not None:
        head = TITLE_HEAD.match(title.cell.raw)
        named = title_of(fold(head[0]) if head else title.cell.folded)
        if named:
            return Fact(named, title.cell.start, title.cell.end)
    told = doc_type_of_number(number.value) if number is not None else ""
    if number is not None and told and not (told in _NEVER_ADDRESSED and zones.addressees is not None):
        return Fact(told, number.start, number.end)
    if zones.addressees is not None:
        return Fact("official_letter", zones.addressees.start, zones.addressees.end)
    copies = zones.copies if number is None else None  # "Như trên" in a paper that lost its head: it was addressed
    found = _AS_ABOVE.match(text.folded, copies.start, copies.end) if copies else None
    return Fact("official_letter", *found.span("words")) if found else None


def _urgency(cells: Sequence[Cell], text: Text, zones: Zones) -> Fact | None:
    """The first stamp in the header zone, or between the lines of the addressees."""
    beside = [item.cell for item in _placed(text, (zones.addressees,))] if zones.addressees else []
    for cell in (*cells, *(cell for cell in beside if is_capitals(cell.raw))):
        if cell.kind == "urgency":
            return Fact(urgency_of(cell.folded), cell.start, cell.end)
    return None


def _letterhead(placed: Sequence[Placed]) -> list[Cell]:
    """Cells of the issuing body, above title and subject; a capital line goes on with the body before it."""
    cells: list[Cell] = []
    is_open = False
    head: list[Cell] = []
    before = ""
    for item in placed:
        cell = item.cell
        if cell.kind in ("title", "subject", "addressee"):
            break
        broken, before = before, "" if cell.kind in ("issuer", "place", "rule") else cell.folded
        if cell.kind == "issuer" and GOES_ON.search(broken):
            break  # "… CỦA" / "CHÍNH PHỦ …": a subject in capitals
        if cell.kind == "issuer":
            cells += [*head, cell]
            head, is_open = [], True
        elif not cells and cell.kind == "role" and cell.folded == "chu tich":
            head = [cell]  # "CHỦ TỊCH" / "ỦY BAN NHÂN DÂN TỈNH …"
        elif is_open and _NUMBERED.search(cell.folded):
            is_open = False  # a number line that a scan misread
        elif is_open and (cell.kind in ("place", "capitals") or (cell.kind == "name" and is_capitals(cell.raw))):
            cells.append(cell)
        elif cell.kind not in ("nation", "motto", "party", "star", "rule"):
            is_open = False
    return cells


def _printed_issuer(
    placed: Sequence[Placed], stray: Sequence[Placed], signature: Signature, place: Fact | None
) -> Issuer:
    """Issuer of the letterhead, of the lines below the title, or of the data of the digital signature."""
    where = place.value if place else ""
    for cells in (_letterhead(placed), _letterhead(stray), _authority_cells(placed)):
        found = issuer_of_letterhead(cells, where)
        if found.fact:
            break
    if signature.agency and (not found.fact or not found.placed):
        stated = issuer_of_phrase(signature.agency.value, signature.agency.start, where)
        if stated.fact and (not found.fact or fold(stated.short) == fold(found.short)):
            return stated
    return found


def _inferred_issuer(speaker: Speaker | None, number: Fact | None, text: Text, zones: Zones) -> Issuer:
    """Who speaks in the text, keeps the file ("Lưu Văn phòng Tỉnh ủy") or numbers such papers ("16/CT-TTg")."""
    if speaker is not None:
        fact = Fact(speaker.issuer, speaker.start, speaker.end)
        short = speaker.issuer.replace("Ủy ban nhân dân", "UBND")
        return Issuer(fact, speaker.branch, speaker.level, short)
    return _issuer_of_traces(number, text, zones)


def _authority_cells(placed: Sequence[Placed]) -> list[Cell]:
    """Bodies named below the title: "CỦA BAN THƯỜNG VỤ TỈNH ỦY", "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH"."""
    below = False
    for item in placed:
        cell = item.cell
        below = below or cell.kind == "title"
        of = OF.match(cell.folded)
        start = of.end() if of else 0
        if organ := regex.match(r"\W*(?:ban thuong vu|thuong truc|chu tich)\s+", cell.folded[start:]):
            start += organ.end()
        if below and (of or cell.kind == "issuer") and is_capitals(cell.raw) and body_of(cell.folded[start:]):
            wired = _WIRED.search(cell.folded)
            stop = wired.start() if wired else len(cell.raw)
            return [
                Cell(cell.start + start, cell.start + stop, cell.raw[start:stop], cell.folded[start:stop], "issuer")
            ]
    return []


@lru_cache(maxsize=1)
def _bodies_by_symbol() -> dict[str, tuple[str, str, str]]:
    bodies = read_vocabulary("letterheads")["bodies"]
    return {
        regex.sub(r"\W", "", fold(symbol)): (body["name"], body["branch"], body["level"])
        for body in bodies
        for symbol in body.get("symbol", ())
        if body["level"] in ("central", "province", "district")
    }


def _issuer_of_traces(number: Fact | None, text: Text, zones: Zones) -> Issuer:
    """ "Lưu Văn phòng Tỉnh ủy", or the last group of the number ("16/CT-TTg")."""
    if zones.copies:
        kept = _KEEPER.search(text.folded, zones.copies.start, zones.copies.end)
        if kept:
            whose = text.raw[kept.start("whose") : kept.end("whose")] if kept["whose"] != "tu" else "Tỉnh ủy"
            found = issuer_of_phrase(whose, 0)
            if found.fact:
                return replace(found, fact=Fact(found.fact.value, *kept.span("whose")))
    named = Counter(found["whose"] for found in _STANDING.finditer(text.folded))
    if named and zones.signature and "ban thuong vu" in zones.signature.of(text.folded):
        whose = named.most_common(1)[0][0]
        at = text.folded.index(whose)
        found = issuer_of_phrase(text.raw[at : at + len(whose)], at)
        if found.fact:
            return found
    groups = number_groups(number.value)[2] if number else ()
    told = _bodies_by_symbol().get(groups[-1]) if groups else None
    if number is None or told is None:
        return Issuer()
    return Issuer(Fact(told[0], number.start, number.end), told[1], told[2], told[0])


def _branch(cells: Sequence[Cell], number: Fact | None) -> str:
    kinds = {cell.kind for cell in cells}
    if "nation" in kinds:
        return "government"
    if "party" in kinds or (number and number_regime(number.value) == "party"):
        return "party"
    return "government" if number else ""


def _on_behalf_of(
    signature: Signature, issuer: Issuer, speaker: Speaker | None, placed: Sequence[Placed]
) -> Fact | None:
    """Who speaks in the text, as written; else who is said to decide above it, or in whose name it is signed."""
    if speaker is not None:
        return Fact(speaker.on_behalf_of, speaker.start, speaker.end)
    for item in placed:
        organ = _DECIDES.match(item.cell.folded)
        if organ and issuer.short:
            words = {"ban": "Ban Thường vụ", "thuong": "Thường trực", "chu": "Chủ tịch"}[organ["organ"].split()[0]]
            spelled = "uy ban nhan dan" in item.cell.folded
            short = issuer.short.replace("UBND", "Ủy ban nhân dân") if spelled else issuer.short
            return Fact(f"{words} {short}", item.cell.start, item.cell.end)
    if issuer.short and (decides := _authority_cells(placed)):
        return Fact(issuer.short, decides[0].start, decides[0].end)
    if signature.authority and (name := behalf_of(signature, issuer.short)):
        return Fact(name, signature.authority.start, signature.authority.end)
    return None


def _missing(header: Header, cells: Sequence[Cell], zones: Zones) -> list[Problem]:
    """One row for each part that a paper should have and this one lacks."""
    problems = []
    if header.number is None:
        open_number = next((cell for cell in cells if cell.kind == "blank_number"), None)
        if open_number:
            message = "The number line leaves the number open; fill it in from another copy."
            problems.append(Problem(STAGE, "no-number", "warning", message, open_number.start, open_number.end))
        else:
            problems.append(Problem(STAGE, "no-number", "warning", "The document has no number line."))
    if header.issue_date is None:
        problems.append(Problem(STAGE, "no-date", "warning", "The document has no readable place-and-date line."))
    if header.issuer is None:
        problems.append(Problem(STAGE, "no-issuer", "warning", "Nothing in the document says who issues it."))
    if zones.signature is None and header.signatory_name is None:
        problems.append(Problem(STAGE, "no-signature", "info", "The document has no signature block."))
    elif header.signatory_name is None:
        problems.append(Problem(STAGE, "no-signatory", "info", "The signature block names nobody."))
    if header.doc_type is None:
        problems.append(
            Problem(STAGE, "no-type", "warning", "Neither title nor number tells what kind of paper it is.")
        )
    return problems
