"""Splitting, zones and header: the corpus against its gold, and papers of every form written for the tests."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders import layout
from loaders.actors import parse_recipients
from loaders.clean import clean_text
from loaders.fold import Text, fold
from loaders.header import doc_type_of_number, parse_header
from loaders.layout import kind_of
from loaders.layout_words import body_of, title_of
from loaders.records import Header, Span, Zones
from loaders.split import split_documents
from loaders.vocabulary import read_vocabulary
from loaders.zones import match_zones

TESTS = Path(__file__).resolve().parent
CORPUS = TESTS.parent / "data" / "directives"
PAPERS = [
    paper
    for name in ("headers.yaml", "headers_varied.yaml")
    for paper in yaml.safe_load((TESTS / "documents" / name).read_text(encoding="utf-8"))
]
GOLD = sorted((TESTS / "gold").glob("*.yaml"))
FACTS = [
    *("number", "doc_type", "issuer", "on_behalf_of", "subject", "issue_date", "place", "urgency"),
    *("signatory_name", "signatory_title", "signing_authority"),
]


def read(raw: str) -> list[tuple[Text, Zones, Header]]:
    """Each document of a file with its zones and header."""
    cleaned = clean_text(raw)
    documents = [Text(span.of(cleaned)) for span in split_documents(cleaned)]
    return [(text, zones := match_zones(text), parse_header(text, zones)) for text in documents]


def value(header: Header, name: str) -> str | None:
    fact = getattr(header, name)
    return fact if isinstance(fact, str) else fact.value if fact else None


def corpus_file(name: str) -> str:
    return next(CORPUS.rglob(f"*{name}")).read_text(encoding="utf-8")


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper["id"])
def test_papers(paper: dict[str, Any]) -> None:
    documents = read(paper["text"])
    assert len(documents) == len(paper["documents"])
    for (text, zones, header), wanted in zip(documents, paper["documents"], strict=True):
        for name in {*FACTS, "issuer_branch", "level"} & set(wanted):
            assert value(header, name) == wanted[name], name
        assert set(wanted.get("problems", ())) <= {problem.code for problem in header.problems}
        check_places(text, zones, wanted)


def check_places(text: Text, zones: Zones, wanted: dict[str, Any]) -> None:
    for key, part in wanted.items():
        zone, _, end = key.rpartition("_")
        if end in ("starts", "ends") or key in ("starts", "ends"):
            words = getattr(zones, zone).of(text.raw) if zone else text.raw
            assert (words.startswith if key.endswith("starts") else words.endswith)(part), key
    listed = Counter(recipient.kind for recipient in parse_recipients(text, zones))
    for key, kind in (("n_addressees", "addressee"), ("n_copies", "copy")):
        assert listed[kind] == wanted.get(key, listed[kind]), key
    if "has_addressees" in wanted:
        assert (zones.addressees is not None) == wanted["has_addressees"]


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_gold_headers(path: Path) -> None:
    """Every header field of the gold but the province, which the build adds to an issuer found in the text alone."""
    gold = yaml.safe_load(path.read_text(encoding="utf-8"))
    primary = next(source for source in gold["sources"] if source["primary"])
    text, zones, header = read(corpus_file(primary["file"]))[primary["ordinal"] - 1]
    signed, issued = gold["signatory"], gold["date"]
    wanted = {
        "number": gold["number"],
        "doc_type": gold["doc_type"],
        "issuer_branch": gold["issuer_branch"],
        "on_behalf_of": gold["issued_on_behalf_of"],
        "subject": gold["subject"],
        "issue_date": issued["issue"].isoformat() if issued["issue"] else None,
        "urgency": None if gold["urgency"] == "none" else gold["urgency"],
        "signatory_name": signed["name"],
        "signatory_title": signed["title"],
        "signing_authority": signed["authority"],
    }
    assert {name: value(header, name) for name in wanted} == wanted
    assert value(header, "issuer") in (gold["issuer"], gold["issuer"].removesuffix(f" {gold['province']}"))
    listed = zones.addressees.of(text.raw).split("\n") if zones.addressees else []
    assert len(listed) == len(gold["addressees"])
    assert zones.copies and len(zones.copies.of(text.raw).split("\n")) == len(gold["copied_to"])


def test_corpus_splits_into_nine_documents() -> None:
    counts = [len(split_documents(clean_text(path.read_text(encoding="utf-8")))) for path in CORPUS.rglob("*.txt")]
    assert sorted(counts) == [1, 1, 1, 1, 5]


@pytest.mark.parametrize("entry", read_vocabulary("document_types"), ids=lambda entry: entry["type"])
def test_document_types_match_their_examples(entry: dict[str, Any]) -> None:
    def told(words: str) -> str | None:
        if words[0].isdigit():
            return doc_type_of_number(words)
        folded = Text(words).folded
        return title_of(folded) if kind_of(words, folded) == "title" else None

    assert {told(words) for words in entry["examples"]} == {entry["type"]}
    assert entry["type"] not in {told(words) for words in entry["counter_examples"]}


def body_named(line: str) -> str | None:
    folded = Text(line).folded
    found = body_of(folded) if kind_of(line, folded) == "issuer" else None
    return found.entry["name"] if found else None


@pytest.mark.parametrize("entry", read_vocabulary("letterheads")["bodies"], ids=lambda entry: entry["name"])
def test_letterhead_bodies_match_their_examples(entry: dict[str, Any]) -> None:
    assert {body_named(line) for line in entry["examples"]} == {entry["name"]}
    assert entry["name"] not in {body_named(line) for line in entry["counter_examples"]}


_LINES = [line for paper in PAPERS for line in paper["text"].split("\n")]
_SHUFFLED = st.lists(st.sampled_from(_LINES), max_size=40).map("\n".join)


def covers(raw: str, spans: list[Span]) -> bool:
    """In order, without overlap, and only blanks between."""
    at = 0
    for span in spans:
        if span.start < at or raw[at : span.start].strip() or span.end <= span.start:
            return False
        at = span.end
    return not raw[at:].strip()


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=300), _SHUFFLED))
def test_any_text_is_read_without_error_and_nothing_is_lost(raw: str) -> None:
    cleaned = clean_text(raw)
    assert covers(cleaned, split_documents(cleaned))
    for text, zones, header in read(raw):
        parts = [part for part in (zones.header, zones.addressees, zones.body, zones.copies, zones.signature) if part]
        held = sorted((part.start, part.end) for part in parts if part.end > part.start)
        assert all(left[1] <= right[0] for left, right in pairwise(held)), "zones overlap"
        for name in FACTS:
            fact = getattr(header, name)
            assert fact is None or (0 <= fact.start < fact.end <= len(text.raw) and fact.value)


def test_names_of_bodies_may_be_broken_over_lines() -> None:
    """Wrapped text breaks "Thường trực Thị⏎ủy" and "UBND thành⏎phố" anywhere."""
    for spoken, issuer in (("Thường trực Thị\nủy", "Thị ủy"), ("UBND thành\nphố", "Ủy ban nhân dân thành phố")):
        ((_, _, header),) = read(f"Kính gửi: Các phường.\n\n{spoken} yêu cầu các phường thực hiện ngay.")
        assert value(header, "issuer") == issuer


@pytest.mark.parametrize(
    "unit",
    [
        *("**", "&#38;", "*a ", "_a ", "- ", "1", "CHỦ TỊCH\n", "Số: 1/UBND-V\n", "Kính gửi: A\n"),
        *("TM. ", "V/v ", "Số: 1 ", "KT. CHỦ TỊCH ", "Hà Nội, ngày 1 tháng 2 năm 2021 ", "Nơi nhận: ", "- A; "),
        *("Email: a ", "HỎA TỐC ", "ĐẢNG CỘNG SẢN VIỆT NAM ", "TỈNH ỦY ", "Chủ tịch UBND tỉnh ", "ngày 1/2/2021 "),
    ],
)
@pytest.mark.timeout(60)
def test_long_repetitions_are_read_to_their_end(unit: str) -> None:
    cleaned = clean_text(unit * 3000)
    assert covers(cleaned, split_documents(cleaned))
    read(cleaned)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_stages_take_text_that_was_never_cleaned(raw: str) -> None:
    text = Text(raw)
    parse_header(text, match_zones(text))
    assert covers(raw, split_documents(raw))


def test_a_line_with_an_anchor_is_searched() -> None:
    """The cheap look that spares a line the search for anchors never hides one."""
    made = ("TUQ. GIÁM ĐỐC", "TM,UBND", "HOẢ TỐC", "HỎA TÁC", "Kính gửi ; A", "Nơi nhận;", "Số 1", "so*1*", "t / m a b")
    folded = [fold(line) for line in (*_LINES, *made)]
    assert [line for line in folded if layout._ANCHOR.search(line) and not layout._ANCHORED.search(line)] == []
