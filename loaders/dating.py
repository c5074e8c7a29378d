"""When a directive was issued: its printed date, or bounds and a sentence that says why (codebook, section 5)."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from loaders.fold import Text
from loaders.records import Citation, DateFact, Dating, Header, Problem, Zones

FIRST_DAY, LAST_DAY = date(2019, 12, 1), date(2023, 12, 31)  # of the pandemic

_NEAR = timedelta(30)  # between what a paper cites and what it sets, where the one explains the other

_NOTES = {
    "header": 'The date line of its own letterhead says "{quote}".',
    "both": "No date is printed; {earliest}, so not before {first}, and {latest}, so not after {last}; {estimate}.",
    "earliest": "No date is printed; {earliest}, so not before {first}, which is also the estimate.",
    "latest": "No date is printed; {latest}, so not after {last}, which is also the estimate.",
    "earliest_title": "No date is printed; {earliest}, so not before {first}; {estimate}.",
    "latest_title": "No date is printed; {latest}, so not after {last}; {estimate}.",
    "title": "No date is printed and no dated fact bounds it; {estimate}.",
    "unknown": "No date is printed, and the text names no dated document, deadline or starting day.",
}
_PRINTED_DAY = re.compile(  # begins with a digit: nothing else is looked at
    r"(\d(?<![\d/.\-]\d)\d{0,3})(?:\ ?[/\-]\ ?(\d{1,2})\ ?[/\-]\ ?|\ thang\ (\d{1,2})\ nam\ )(\d{4})(?![\d/])",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class _Bound:
    """A day that bounds the issue date, how much it can be trusted, and the clause of the note that names its words."""

    day: date
    weight: int
    reason: str
    start: int
    end: int


def resolve_dating(
    text: Text, header: Header, zones: Zones, citations: tuple[Citation, ...], dates: tuple[DateFact, ...]
) -> Dating:
    """Issue date with bounds, basis (``header``, ``inferred``, ``unknown``) and note.

    Earliest is the latest past fact the text names (a cited document's date, "tính đến ngày"), latest the earliest
    deadline or start it sets. A day in the title that announces a regime is the estimate and no bound. With both
    bounds and no such title the estimate is the earliest where it is printed in the text, since letters follow the
    paper they carry out within days, and the latest where it rests on the vocabulary or lies months before the other
    (a regime is cited long after).
    Bounds that contradict one another lose the weaker one and are reported, as is every day that cannot be.
    """
    problems = list(match_impossible_dates(text, zones))
    issued, problem = _issued(header)
    problems += [problem] if problem else []
    if issued and header.issue_date:
        quote = _quote(text, header.issue_date.start, header.issue_date.end)
        problems += _against_issue(text, issued, citations, dates)
        return Dating(issued, issued, issued, issued, "header", _NOTES["header"].format(quote=quote), tuple(problems))
    title = next((d for d in dates if d.kind == "effective_from" and d.start < zones.header.end), None)
    earliest, latest, conflicts = _bounds(text, header, zones, citations, dates)
    return _inferred(text, earliest, latest, title, (*problems, *conflicts))


def match_impossible_dates(text: Text, zones: Zones) -> tuple[Problem, ...]:
    """A problem for every day in header and body that no calendar has (``42/02/2018``, ``31 tháng 2 năm 2021``)."""
    found = []
    for zone in (zones.header, *((zones.addressees,) if zones.addressees else ()), zones.body):
        for match in _PRINTED_DAY.finditer(text.folded, zone.start, zone.end):
            day, month, year = int(match[1]), int(match[2] or match[3]), int(match[4])
            try:
                date(year, month, day)
            except ValueError:
                quote = _quote(text, match.start(), match.end())
                message = f'"{quote}" is no day of the calendar; nothing was stored for it.'
                found.append(Problem("dating", "impossible-date", "warning", message, match.start(), match.end()))
    return tuple(found)


def _quote(text: Text, start: int, end: int) -> str:
    return " ".join(text.raw[start:end].split())


def _issued(header: Header) -> tuple[date | None, Problem | None]:
    """The header's day, or a problem where it lies outside the pandemic (a misread year): then it is not believed."""
    if header.issue_date is None:
        return None, None
    fact = header.issue_date
    try:
        day = date.fromisoformat(fact.value)
    except ValueError:
        day = None
    if day and FIRST_DAY <= day <= LAST_DAY:
        return day, None
    message = f"The date line reads {fact.value}, which is outside the pandemic; it was not used. Check the source."
    return None, Problem("dating", "date-outside-pandemic", "warning", message, fact.start, fact.end)


def _against_issue(
    text: Text, issued: date, citations: tuple[Citation, ...], dates: tuple[DateFact, ...]
) -> list[Problem]:
    found = []
    for item in dates:
        if item.kind == "deadline" and item.date < issued:
            message = f'Issued on {issued}, after its own deadline "{_quote(text, item.start, item.end)}".'
            found.append(Problem("dating", "issued-after-deadline", "warning", message, item.start, item.end))
        if item.kind == "as_of" and item.date > issued:
            message = f'Issued on {issued}, before the day it reports on, "{_quote(text, item.start, item.end)}".'
            found.append(Problem("dating", "reports-later-day", "warning", message, item.start, item.end))
    for cited in citations:
        if cited.date and cited.date_basis == "stated" and cited.date > issued:
            message = f'Issued on {issued}, before a document it cites, "{_quote(text, cited.start, cited.end)}".'
            found.append(Problem("dating", "cites-later-document", "warning", message, cited.start, cited.end))
    return found


# --- bounds ----------------------------------------------------------------------------------------------------------

_MONTH, _STATED, _DEADLINE, _AS_OF, _START, _VOCABULARY = 6, 5, 4, 3, 2, 1
_OPEN_DAY = re.compile(r"thang\D{0,20}(\d{1,2})\D{1,20}(\d{4})")


def _bounds(
    text: Text, header: Header, zones: Zones, citations: tuple[Citation, ...], dates: tuple[DateFact, ...]
) -> tuple[_Bound | None, _Bound | None, tuple[Problem, ...]]:
    """Earliest and latest bound after the weaker one of every contradiction has gone."""
    past = [_cited_bound(text, c) for c in citations if c.date] + [
        _fact_bound(text, d, _AS_OF, "it reports as of") for d in dates if d.kind == "as_of"
    ]
    ahead = [
        _fact_bound(text, d, _DEADLINE if d.kind == "deadline" else _START, "it sets")
        for d in dates
        if d.kind in ("deadline", "effective_from") and d.start >= zones.header.end
    ]
    if month := _open_month(text, header):
        past, ahead = [*past, month[0]], [*ahead, month[1]]
    problems = [_outside(bound) for bound in past if bound.day > LAST_DAY]
    past = sorted((b for b in past if FIRST_DAY <= b.day <= LAST_DAY), key=lambda b: (b.day, b.weight))
    ahead = sorted((b for b in ahead if FIRST_DAY <= b.day <= LAST_DAY), key=lambda b: (b.day, -b.weight))
    while past and ahead and past[-1].day > ahead[0].day:
        dropped, kept = (past.pop(), ahead[0]) if past[-1].weight < ahead[0].weight else (ahead.pop(0), past[-1])
        problems.append(_contradiction(dropped, kept))
    return (past[-1] if past else None), (ahead[0] if ahead else None), tuple(problems)


def _open_month(text: Text, header: Header) -> tuple[_Bound, _Bound] | None:
    """First and last day of the month where the date line leaves only the day open ("ngày    tháng 9 năm 2021")."""
    problem = next((p for p in header.problems if p.code == "incomplete-date"), None)
    if problem is None or problem.start is None or problem.end is None:
        return None
    start, end = problem.start, problem.end
    found = _OPEN_DAY.search(text.folded, start, end)
    if not found or not 1 <= int(found[1]) <= 12 or not FIRST_DAY.year <= int(found[2]) <= LAST_DAY.year:
        return None
    month, year = int(found[1]), int(found[2])
    reason = f'its date line leaves only the day open, "{_quote(text, start, end)}"'
    return tuple(  # type: ignore[return-value]
        _Bound(date(year, month, day), _MONTH, reason, start, end) for day in (1, monthrange(year, month)[1])
    )


def _cited_bound(text: Text, cited: Citation) -> _Bound:
    assert cited.date is not None
    quote = _quote(text, cited.start, cited.end)
    if cited.date_basis == "vocabulary":
        return _Bound(cited.date, _VOCABULARY, f'it cites "{quote}", issued on {cited.date}', cited.start, cited.end)
    return _Bound(cited.date, _STATED, f'it cites "{quote}"', cited.start, cited.end)


def _fact_bound(text: Text, fact: DateFact, weight: int, verb: str) -> _Bound:
    return _Bound(fact.date, weight, f'{verb} "{_quote(text, fact.start, fact.end)}"', fact.start, fact.end)


def _outside(bound: _Bound) -> Problem:
    message = f"{bound.day} is outside the pandemic and bounds nothing ({bound.reason})."
    return Problem("dating", "date-outside-pandemic", "warning", message, bound.start, bound.end)


def _contradiction(dropped: _Bound, kept: _Bound) -> Problem:
    clash = f"{dropped.reason} ({dropped.day}), but {kept.reason} ({kept.day})"
    message = f"Contradictory bounds: {clash}; the first was dropped."
    return Problem("dating", "contradictory-bounds", "warning", message, dropped.start, dropped.end)


def _inferred(
    text: Text, earliest: _Bound | None, latest: _Bound | None, title: DateFact | None, problems: tuple[Problem, ...]
) -> Dating:
    first, last = (earliest.day if earliest else None), (latest.day if latest else None)
    estimate: date | None
    if title:
        estimate, why = (
            title.date,
            f'the title announces "{_quote(text, title.start, title.end)}", which is the estimate',
        )
    elif earliest and (latest is None or (earliest.weight > _VOCABULARY and latest.day - earliest.day <= _NEAR)):
        estimate, why = first, "the first of these is the estimate"
    else:
        estimate, why = last, "the last of these is the estimate"
    if estimate is None:
        message = "No date is printed and nothing bounds it; enter the date as a correction."
        undated = Problem("dating", "undated", "warning", message)
        return Dating(note=_NOTES["unknown"], problems=(*problems, undated))
    code = "both" if earliest and latest else "earliest" if earliest else "latest" if latest else "title"
    code = f"{code}_title" if title and code in ("earliest", "latest") else code
    note = _NOTES[code].format(
        first=first,
        last=last,
        earliest=earliest.reason if earliest else "",
        latest=latest.reason if latest else "",
        estimate=why,
    )
    return Dating(None, first, last, estimate, "inferred", note, problems)
