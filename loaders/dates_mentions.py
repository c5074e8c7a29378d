"""Days as they are printed, with their hour, whatever they are for."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from loaders.records import Span

_DAY = r"(?:ng[a1]y|hom)"
_TIME = r"(?P<hour>\d{1,2})\ ?(?:gio|gi\b|[hg](?![a-z])|:(?=\d))\ ?(?:(?P<minute>\d{2})(?!\d)\ ?(?:phut|p\b|['\"])?)?"
# 08 giờ 00 phút ngày 28/5/2021; ngày 06 tháng 5 năm 2021; 29-3-2021; 30/4; 01, 02/4/2020; tháng 9-2021; quý III/2021
_DATE = re.compile(
    rf"""
    (?=\d|cac\ |{_DAY}|thang|quy|het\ |cuoi\ |dau\ |giua\ )
    (?:{_TIME}(?:\ (?P<part>sang|trua|chieu|toi|dem))?[ ,]{{0,3}})?
    (?:(?:cac\ )?(?P<word>{_DAY})\ *(?:\(?thu\ [a-z]+,?\)?\ )?)?
    (?<![\d/.,{{(:-])
    (?:
        (?P<d1>\d{{1,2}})\ ?(?P<sep>[/.\-])\ ?(?P<m1>\d{{1,2}})(?:\ ?[/.\-]\ ?|\ nam\ )(?P<y1>\d{{4}}|2\d(?!\d))
      | (?P<d2>\d{{1,2}}),?\ thang\ (?P<m2>\d{{1,2}})(?:,?\ nam\ (?P<y2>\d{{4}})|[/.\-](?P<y2b>\d{{4}}))?
      | (?P<d3>\d{{1,2}})(?P<sep3>[/.\-])(?P<m3>\d{{1,2}})
      | (?P<monthword>(?:het\ |cuoi\ |dau\ |giua\ )?thang)\ (?P<m4>\d{{1,2}})(?:\ ?[/.\-]\ ?|\ nam\ )(?P<y4>\d{{4}})
      | (?P<quarter>(?:het\ )?quy)\ (?P<q>i{{1,3}}|iv|[1-4])(?:\ ?[/\-]\ ?|\ nam\ )(?P<y5>\d{{4}})
    )(?![\d%/]|[.,\-]\d|\ ?%)
    """,
    re.VERBOSE,
)
_CORE = re.compile(r"\d ?[/.\-] ?\d|thang \d|quy [i1-4]")
_REACH = 70  # characters of the longest hour and weekday before a day, and more than any day has behind its core
_YEAR_BEHIND = 12  # characters of " năm 2021": a day cut off by the reach may have lost its year
# "01, 02/4/2020", "15 và 16/9/2021", "từ ngày 01 đến ngày 15/9/2021", "01-15/9/2021": days that borrow a month.
_LENT = re.compile(
    rf"(?:(?:{_TIME}[ ,]{{0,3}})?{_DAY}\ )(?P<day>\d{{1,2}})(?:\ thang)?"
    rf"(?P<join>\ ?-\ ?|,\ ?|\ va\ "
    rf"|\ den\ (?:het\ )?(?:{_TIME.replace('hour', 'hour2').replace('minute', 'minute2')}[ ,]{{0,3}})?(?:ngay\ )?)"
    r"(?=\d{1,2}(?:[/.\-]\d|\ thang))"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A day as printed; ``grain`` day, month or quarter; ``joined`` where it follows another day of the same list."""

    day: date
    last: date
    time: str
    grain: str
    start: int
    end: int


def only_year(folded: str) -> int | None:
    years = set(re.findall(r"[/\-. ](20(?:19|2[0-3]))(?!\d)", folded))
    return int(years.pop()) if len(years) == 1 else None


def match_mentions(folded: str, zone: Span, year: int | None, issued: date | None) -> Iterator[Mention]:
    for match in _dates(folded, zone):
        if match["d3"] and not _is_day(match, folded):
            continue
        mention = _read(match, _year_of(match, folded, zone, year, issued))
        if mention is None:
            continue
        lent = _lent(folded, zone, mention)
        if lent:
            yield lent
        yield mention


def _dates(folded: str, zone: Span) -> Iterator[re.Match[str]]:
    """Matches of the heavy pattern, tried only around what every day, month or quarter has in it."""
    at = zone.start
    for core in _CORE.finditer(folded, zone.start, zone.end):
        if core.end() < at:
            continue
        stop = min(zone.end, core.end() + _REACH)
        for match in _DATE.finditer(folded, max(at, core.start() - _REACH), stop):
            if match.end() > stop - _YEAR_BEHIND and stop < zone.end:
                match = _DATE.match(folded, match.start(), zone.end) or match
            if match.end() > at:
                at = match.end()
                yield match


def _is_day(match: re.Match[str], folded: str) -> bool:
    """A day without a year needs "ngày", an hour, "trước" … before it; 12.10 and 1-5 need the word itself."""
    if match["word"]:
        return True
    lead = folded[max(0, match.start() - 12) : match.start()]
    return match["sep3"] == "/" and bool(match["hour"] or re.search(r"(?:ngay|truoc|tu|den|het|,|va|sau) $", lead))


def _year_of(match: re.Match[str], folded: str, zone: Span, year: int | None, issued: date | None) -> int | None:
    printed = match["y1"] or match["y2"] or match["y2b"] or match["y4"] or match["y5"]
    if printed:
        return int(printed) + (2000 if len(printed) == 2 else 0)
    ahead = re.match(
        r"[^.;\n]{0,60}?\d{1,2}[/.\-]\d{1,2}[/.\-](20\d\d)", folded[match.end() : min(zone.end, match.end() + 80)]
    )
    if ahead:
        return int(ahead[1])
    month = int(match["m2"] or match["m3"] or 0)
    return year + 1 if issued and year and issued.month - month > 6 else year


def _read(match: re.Match[str], year: int | None) -> Mention | None:
    if year is None:
        return None
    late = match["part"] in ("chieu", "toi", "dem") and 0 < int(match["hour"]) < 12
    clock = _clock(str(int(match["hour"]) + 12) if late else match["hour"], match["minute"])
    if match["m4"] or match["q"]:
        return _long_mention(match, year)
    day = int(match["d1"] or match["d2"] or match["d3"])
    month = int(match["m1"] or match["m2"] or match["m3"])
    try:
        value = date(year, month, day)
    except ValueError:
        return None
    return Mention(value, value, clock, "day", match.start(), match.end())


def _long_mention(match: re.Match[str], year: int) -> Mention | None:
    """A month or a quarter, from its first to its last day."""
    if match["m4"]:
        first = last = int(match["m4"])
    else:
        quarter = {"i": 1, "ii": 2, "iii": 3, "iv": 4}.get(match["q"]) or int(match["q"])
        first, last = quarter * 3 - 2, quarter * 3
    if not (1 <= first <= 12 and 1 <= year <= 9999):
        return None
    end = date(year, last, monthrange(year, last)[1])
    return Mention(date(year, first, 1), end, "", "month", match.start(), match.end())


def _clock(hour: str | None, minute: str | None) -> str:
    if hour is None or int(hour) > 24 or int(minute or 0) > 59:
        return ""
    return f"{int(hour):02d}:{int(minute or 0):02d}"


def _lent(folded: str, zone: Span, mention: Mention) -> Mention | None:
    """The first day of "01, 02/4/2020" or "ngày 01 đến ngày 15/9/2021"."""
    if mention.grain != "day":
        return None
    window = max(zone.start, mention.start - 45)
    for match in _LENT.finditer(folded, window, min(zone.end, mention.start + 40)):
        if match.start() <= mention.start and match.end() >= mention.start and match.end() < mention.end:
            try:
                value = mention.day.replace(day=int(match["day"]))
            except ValueError:
                return None
            if value < mention.day:
                end = match.end("day")
                return Mention(value, value, _clock(match["hour"], match["minute"]), "day", match.start(), end)
    return None
