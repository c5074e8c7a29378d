"""Dating: bounds, basis, estimate and note by section 5 of the codebook."""

from __future__ import annotations

from datetime import date

import pytest

from loaders.dating import match_impossible_dates, resolve_dating
from loaders.fold import Text
from loaders.records import Citation, DateFact, Dating, Fact, Header, Span, Zones

TITLE = "Về phòng, chống dịch sau ngày 15/9/2021"
BODY = "Thực hiện Công văn số 12-CV/TU ngày 01/9/2021; tính đến ngày 05/9/2021 có 3 ca. Báo cáo trước ngày 20/9/2021."
RAW = TITLE + "\n\n" + BODY
ZONES = Zones(header=Span(0, len(TITLE) + 2), body=Span(len(TITLE) + 2, len(RAW)))


def day(text: str) -> date:
    return date.fromisoformat(text)


def cited(when: str, basis: str = "stated") -> Citation:
    start = RAW.index("Công văn")
    return Citation("12-CV/TU", "official_letter", day(when), basis, "Tỉnh ủy", "implements", start, start + 34)


def fact(when: str, kind: str, words: str) -> DateFact:
    start = RAW.index(words)
    return DateFact(day(when), "", kind, start, start + len(words))


def header(when: str) -> Header:
    return Header(issue_date=Fact(when, 0, 5))


DEADLINE = fact("2021-09-20", "deadline", "trước ngày 20/9/2021")
AS_OF = fact("2021-09-05", "as_of", "tính đến ngày 05/9/2021")
REGIME = fact("2021-09-15", "effective_from", "sau ngày 15/9/2021")
START = DateFact(day("2021-09-12"), "", "effective_from", DEADLINE.start, DEADLINE.end)


def resolve(head: Header, *facts: Citation | DateFact) -> Dating:
    citations = tuple(f for f in facts if isinstance(f, Citation))
    dates = tuple(f for f in facts if isinstance(f, DateFact))
    return resolve_dating(Text(RAW), head, ZONES, citations, dates)


def short(dating: Dating) -> tuple[str, ...]:
    days = (dating.issue_date, dating.earliest, dating.latest, dating.estimate)
    return (*(str(d) if d else "-" for d in days), dating.basis)


CASES = {
    "header": (header("2021-09-10"), (), "2021-09-10 2021-09-10 2021-09-10 2021-09-10 header"),
    "citation-alone": (Header(), (cited("2021-09-01"),), "- 2021-09-01 - 2021-09-01 inferred"),
    "as-of-alone": (Header(), (AS_OF,), "- 2021-09-05 - 2021-09-05 inferred"),
    "latest-of-the-past-facts": (Header(), (cited("2021-09-01"), AS_OF), "- 2021-09-05 - 2021-09-05 inferred"),
    "deadline-alone": (Header(), (DEADLINE,), "- - 2021-09-20 2021-09-20 inferred"),
    "earliest-of-the-future-days": (Header(), (DEADLINE, START), "- - 2021-09-12 2021-09-12 inferred"),
    "both": (Header(), (cited("2021-09-01"), DEADLINE), "- 2021-09-01 2021-09-20 2021-09-01 inferred"),
    "both-the-past-one-from-the-vocabulary": (
        Header(),
        (cited("2020-03-31", "vocabulary"), DEADLINE),
        "- 2020-03-31 2021-09-20 2021-09-20 inferred",
    ),
    "regime-in-the-title-is-the-estimate": (
        Header(),
        (cited("2020-03-31", "vocabulary"), REGIME, DEADLINE),
        "- 2020-03-31 2021-09-20 2021-09-15 inferred",
    ),
    "regime-in-the-title-with-the-past-alone": (Header(), (AS_OF, REGIME), "- 2021-09-05 - 2021-09-15 inferred"),
    "regime-in-the-title-with-the-future-alone": (Header(), (REGIME, DEADLINE), "- - 2021-09-20 2021-09-15 inferred"),
    "title-alone": (Header(), (REGIME,), "- - - 2021-09-15 inferred"),
    "nothing": (Header(), (), "- - - - unknown"),
    "law-before-the-pandemic-bounds-nothing": (Header(), (cited("2007-11-21"),), "- - - - unknown"),
}


@pytest.mark.parametrize(("head", "facts", "expected"), CASES.values(), ids=CASES)
def test_bounds_and_estimate(head: Header, facts: tuple, expected: str) -> None:
    dating = resolve(head, *facts)
    assert short(dating) == tuple(expected.split())
    assert dating.note.endswith(".") and len(dating.note) > 20


def codes(dating: Dating) -> list[str]:
    return [problem.code for problem in dating.problems]


def test_note_names_the_words_it_rests_on() -> None:
    note = resolve(Header(), cited("2021-09-01"), DEADLINE).note
    assert "Công văn số 12-CV/TU" in note and "trước ngày 20/9/2021" in note and "2021-09-20" in note


def test_undated_is_a_problem() -> None:
    assert codes(resolve(Header())) == ["undated"]


def test_contradiction_drops_the_weaker_bound_and_says_so() -> None:
    past_start = DateFact(day("2021-08-01"), "", "effective_from", DEADLINE.start, DEADLINE.end)
    dating = resolve(Header(), cited("2021-09-01"), past_start, DEADLINE)
    assert short(dating)[1:3] == ("2021-09-01", "2021-09-20")
    assert codes(dating) == ["contradictory-bounds"]


def test_contradiction_with_the_vocabulary_keeps_the_deadline() -> None:
    dating = resolve(Header(), cited("2021-10-11", "vocabulary"), DEADLINE)
    assert short(dating)[1:3] == ("-", "2021-09-20")
    assert codes(dating) == ["contradictory-bounds"]


def test_header_outside_the_pandemic_is_not_believed() -> None:
    dating = resolve(header("2012-09-10"), DEADLINE)
    assert short(dating) == ("-", "-", "2021-09-20", "2021-09-20", "inferred")
    assert codes(dating) == ["date-outside-pandemic"]


def test_issued_after_its_own_deadline() -> None:
    dating = resolve(header("2021-09-25"), DEADLINE)
    assert short(dating)[0] == "2021-09-25"
    assert codes(dating) == ["issued-after-deadline"]


def test_cites_a_later_document() -> None:
    assert codes(resolve(header("2021-08-25"), cited("2021-09-01"))) == ["cites-later-document"]


@pytest.mark.parametrize(
    ("body", "n"),
    [
        ("Công văn ngày 42/02/2018 và ngày 31/9/2021", 2),
        ("ngày 31 tháng 2 năm 2021", 1),
        ("ngày 28/02/2021, số 3113/2020, 24/24, Nghị định 117/2020/NĐ-CP, 15/2021/QĐ", 0),
        ("ngày 00/00/0000", 1),
    ],
    ids=["two", "in-words", "numbers-of-documents", "zeros"],
)
def test_impossible_days(body: str, n: int) -> None:
    found = match_impossible_dates(Text(body), Zones(header=Span(0, 0), body=Span(0, len(body))))
    assert [problem.code for problem in found] == ["impossible-date"] * n
    assert all(problem.stage == "dating" and body[problem.start : problem.end] in problem.message for problem in found)
