"""Heavy patterns are tried only where what they need stands; they find what they would find anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.generate import generate_document
from loaders import contexts
from loaders.citations_words import match_typed, words
from loaders.fold import fold
from loaders.province import _DATE_LINE, _date_lines
from loaders.records import Span
from loaders.triggers import Triggers, match_at

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = (ROOT / "data" / "directives", ROOT / "tests" / "unseen" / "dev", ROOT / "tests" / "unseen" / "second-dev")
PIECES = (
    "Hà Nội", "TP. Hồ Chí Minh", ", ngày 3 tháng 4 năm 2021", "ngày", "tháng", "5", "\n", "  ", ".,", ";", "|", "A",
    "Chỉ thị", "số", "16", "/CT-TTg", "của Thủ tướng", "ngày 31/3/2020", "công văn", "Pháp lệnh", "Luật", "hỏa tốc",
    "quyết định", "văn bản số 558", " và ", ": ", "kết luận", "xyz", "deo khau trang", "khai báo y tế", " về việc ",
    "không tụ tập đông người", "căn cứ ", "Luật ", "khử khuẩn", "- ",
)  # fmt: skip


def _texts() -> Iterator[str]:
    for folder in FOLDERS:
        for path in sorted(folder.rglob("*.txt")):
            yield fold(path.read_text(encoding="utf-8", errors="replace"))
    for number in range(40):
        yield fold(generate_document(3, number))


def _agree(folded: str) -> int:
    """How much was found, once it is the same with and without the words that are looked for first."""
    spans = [(0, len(folded)), (len(folded) // 3, 2 * len(folded) // 3)]
    n_found = 0
    for start, end in spans:
        pairs = [(list(_date_lines(folded, Span(start, end))), list(_DATE_LINE.finditer(folded, start, end)))]
        for pattern in (words().type_bare, words().unnumbered):
            pairs.append((list(match_typed(pattern, folded, start, end)), list(pattern.finditer(folded, start, end))))
        places = contexts._MASKED.places(folded)
        for listed, pattern in (
            (contexts._PAPERS, contexts._CITED),
            (contexts._BASIS_WORDS, contexts._BASIS),
            (contexts._FIVE_K_WORDS, contexts._FIVE_K),
        ):
            tried = list(match_at(places[listed], pattern, folded, start, end))
            pairs.append((tried, list(pattern.finditer(folded, start, end))))
        for tried, wanted in pairs:
            assert [(item.span(), item.groupdict()) for item in tried] == [
                (item.span(), item.groupdict()) for item in wanted
            ]
            n_found += len(wanted)
    return n_found


def test_documents_give_the_same_with_and_without_the_words_looked_for_first() -> None:
    assert sum(map(_agree, _texts())) > 100


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=3)), max_size=25).map("".join))
def test_any_text_gives_the_same(text: str) -> None:
    _agree(fold(text))


@given(st.lists(st.text("ab ", min_size=1, max_size=3), max_size=6), st.text("ab ", max_size=40))
def test_triggers_find_every_place_of_every_word(listed: list[str], text: str) -> None:
    lists = [tuple(listed[::2]), tuple(listed[1::2])]
    found = Triggers(lists).places(text)
    assert found == {
        words: [at for at in range(len(text)) if any(text.startswith(word, at) for word in words)] for words in lists
    }
