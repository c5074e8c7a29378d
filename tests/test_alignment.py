"""Alignment of provisions, word diff and reused wording."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.alignment import (
    ADDED,
    ALIGNED,
    ALIGNMENT_COLUMNS,
    DROPPED,
    PASSAGE_COLUMNS,
    RUN,
    Rarity,
    align,
    compare_directives,
    diff_words,
    passages,
    reuse_frame,
    reused_wording,
    words_of,
)
from loaders.tables import build_table

EARLIER = (
    "1. Cán bộ, công chức đi ra ngoài huyện phải xin phép lãnh đạo cơ quan và khai báo y tế.\n\n"
    "Người dân về từ vùng dịch liên hệ trạm y tế.\n\n"
    "2. Phòng Y tế hoàn thành tiêm vắc-xin cho lực lượng tuyến đầu trước ngày 20/6/2021.\n\n"
    "3. Đài Truyền thanh tăng thời lượng tuyên truyền thông điệp 5K.\n"
)
LATER = (
    "1. Công an huyện:\n\n"
    "- Lập hai chốt kiểm soát trên tỉnh lộ.\n\n"
    "- Xử phạt người không đeo khẩu trang\n\nnơi công cộng.\n\n"
    "2. Phòng Y tế khẩn trương hoàn thành tiêm vắc-xin cho công nhân trước ngày 30/7/2021.\n\n"
    "3. Việc đi ra ngoài huyện của cán bộ, công chức phải được lãnh đạo cơ quan đồng ý và khai báo y tế.\n"
)


def provision_rows(directive_id, text, spans):
    """Rows of ``provisions`` from (path, parent, start marker, end marker or None)."""
    rows = []
    for path, parent, begin, end in spans:
        start = text.index(begin)
        stop = text.index(end) if end else len(text)
        rows.append(
            {
                "provision_id": f"{directive_id}#{path}", "directive_id": directive_id,
                "parent_id": f"{directive_id}#{parent}" if parent else "", "label": path.split(".")[-1], "path": path,
                "depth": 1 if parent else 0, "char_start": start, "char_end": len(text[:stop].rstrip()),
                "text": text[start:stop].rstrip(),
            }
        )  # fmt: skip
    return rows


def measure_rows(directive_id, text, quotes):
    rows = []
    for number, (code, quote) in enumerate(quotes):
        start = text.index(quote)
        rows.append(
            {
                "measure_id": f"{directive_id}:{number}", "directive_id": directive_id, "provision_id": "",
                "provision_label": "", "code": code, "stance": "tighten", "binding": "mandatory", "scope": "",
                "level": None, "tier": "", "target": "", "quote": quote, "char_start": start,
                "char_end": start + len(quote), "rule_id": "r", "confidence": "high",
            }
        )  # fmt: skip
    return rows


@pytest.fixture
def held():
    """Passages of two letters of a district, told apart by ``a`` and ``b``."""
    provisions = [
        *provision_rows("a", EARLIER, [("1", "", "1. Cán", "2. Phòng"), ("2", "", "2. Phòng", "3. Đài"),
                                       ("3", "", "3. Đài", None)]),
        *provision_rows("b", LATER, [("1", "", "1. Công", "2. Phòng"), ("1.-1", "1", "- Lập", "- Xử"),
                                     ("1.-2", "1", "- Xử", "2. Phòng"), ("2", "", "2. Phòng", "3. Việc"),
                                     ("3", "", "3. Việc", None)]),
    ]  # fmt: skip
    measures = [
        *measure_rows("a", EARLIER, [("official_travel", "phải xin phép lãnh đạo"),
                                     ("health_declaration", "khai báo y tế"),
                                     ("vaccination", "hoàn thành tiêm vắc-xin"),
                                     ("public_information", "tuyên truyền thông điệp 5K")]),
        *measure_rows("b", LATER, [("checkpoints", "Lập hai chốt"), ("enforcement_sanctions", "Xử phạt"),
                                   ("vaccination", "hoàn thành tiêm vắc-xin"), ("official_travel", "đi ra ngoài huyện"),
                                   ("health_declaration", "khai báo y tế")]),
    ]  # fmt: skip
    return passages(build_table("provisions", provisions).to_pandas(), build_table("measures", measures).to_pandas())


def split(held):
    return held[held["directive_id"] == "a"], held[held["directive_id"] == "b"]


def test_passages_are_paragraphs_without_what_lies_below(held):
    a, b = split(held)
    assert list(a["path"]) == ["1", "1", "2", "3"]
    assert a["text"].iloc[1] == "Người dân về từ vùng dịch liên hệ trạm y tế."
    assert list(b["path"]) == ["1.-1", "1.-2", "2", "3"]  # the line that only leads to the dashes is no passage
    assert b["text"].iloc[1] == "- Xử phạt người không đeo khẩu trang nơi công cộng."  # joined over the page break
    assert a["codes"].iloc[0] == ("health_declaration", "official_travel")
    for row in a.itertuples():
        assert " ".join(EARLIER[row.char_start : row.char_end].split()) == row.text


def test_content_aligns_not_numbers(held):
    frame = align(*split(held), Rarity(held))
    pairs = {(row.left_path, row.right_path) for row in frame[frame["status"] == ALIGNED].itertuples()}
    assert pairs == {("1", "3"), ("2", "2")}
    assert set(frame.loc[frame["status"] == ADDED, "right_path"]) == {"1.-1", "1.-2"}
    assert set(frame.loc[frame["status"] == DROPPED, "left_text"]) == {
        "Người dân về từ vùng dịch liên hệ trạm y tế.",
        "3. Đài Truyền thanh tăng thời lượng tuyên truyền thông điệp 5K.",
    }
    travel = frame[frame["right_path"] == "3"].iloc[0]
    assert travel["codes_shared"] == ("health_declaration", "official_travel")
    assert travel["measures"] == pytest.approx(1) and 0.38 < travel["score"] <= 1


def test_alignment_does_not_depend_on_row_order(held):
    a, b = split(held)
    shuffled = passages_shuffled(held)
    expected = align(a, b, Rarity(held))
    pd.testing.assert_frame_equal(align(a, b, Rarity(shuffled)), expected)


def passages_shuffled(held):
    return held.sample(frac=1, random_state=3)


def test_a_directive_aligns_with_itself_wholly(held):
    a, _ = split(held)
    frame = align(a, a, Rarity(held))
    assert (frame["status"] == ALIGNED).all() and (frame["left_id"] == frame["right_id"]).all()
    assert frame["score"].to_numpy() == pytest.approx(1)


def test_nothing_aligns_with_nothing(held):
    a, _ = split(held)
    none = held.iloc[:0]
    assert list(align(none, none, Rarity(none)).columns) == ALIGNMENT_COLUMNS
    assert set(align(a, none, Rarity(none))["status"]) == {DROPPED}
    assert set(align(none, a, Rarity(held))["status"]) == {ADDED}
    empty = passages(build_table("provisions", []).to_pandas(), build_table("measures", []).to_pandas())
    assert list(empty.columns) == PASSAGE_COLUMNS and empty.empty


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("Dừng họp", "Dừng họp", [("same", "Dừng họp")]),
        ("", "Dừng họp", [("add", "Dừng họp")]),
        ("Dừng họp", "", [("drop", "Dừng họp")]),
        ("", "", []),
        ("DỪNG, họp.", "dừng họp", [("same", "dừng họp")]),
        ("phải xin phép", "phải báo cáo", [("same", "phải"), ("drop", "xin phép"), ("add", "báo cáo")]),
        # "và" between two rewritten stretches is part of them
        ("khai báo và cách ly", "lập chốt và xét nghiệm",
         [("drop", "khai báo và cách ly"), ("add", "lập chốt và xét nghiệm")]),
    ],
    ids=["same", "empty_left", "empty_right", "both_empty", "case_and_marks", "middle", "lone_word"],
)  # fmt: skip
def test_diff_words(left, right, expected):
    assert [(change.kind, change.words) for change in diff_words(left, right)] == expected


syllables = st.lists(st.sampled_from(["dừng", "họp", "phải", "khai", "báo", "y tế", "(F1),", "F2.", "5K"]), max_size=30)


@settings(max_examples=300)
@given(syllables, syllables)
def test_diff_gives_both_texts_back(left, right):
    changes = diff_words(" ".join(left), " ".join(right))
    theirs = " ".join(change.words for change in changes if change.kind != "drop")
    assert theirs == " ".join(right)
    ours = [change.words for change in changes if change.kind != "add"]
    assert [w.strip("(),.").lower() for w in " ".join(ours).split()] == [
        w.strip("(),.").lower() for w in " ".join(left).split()
    ]


@settings(max_examples=200)
@given(st.text(max_size=120), st.text(max_size=120))
def test_any_text_is_compared(left, right):
    assert [change.kind for change in diff_words(left, left)] == (["same"] if left.split() else [])
    diff_words(left, right)
    for row in reused_wording(left, right, run=2).itertuples():
        assert right[row.right_start : row.right_end] == row.quote
        assert words_of(row.quote) == words_of(left[row.left_start : row.left_end])


def test_reused_wording_is_found_whatever_its_place_and_marks():
    shared = "khai báo y tế, báo cáo với ban chỉ đạo của huyện"
    left = f"Mở đầu. Phải {shared}; giữ khoảng cách."
    right = f"Giữ khoảng cách. Cần {shared.upper().replace(',', ' -')}."
    frame = reused_wording(left, right)
    assert len(frame) == 1
    row = frame.iloc[0]
    assert row["n_words"] == len(words_of(shared)) >= RUN
    assert right[row["right_start"] : row["right_end"]] == row["quote"]
    assert reused_wording("", right).empty and reused_wording(left, "").empty


def test_reuse_counts_words_of_the_right_text():
    same = "một hai ba bốn năm sáu bảy tám"
    frame = reuse_frame({"a": same, "b": f"{same} chín mười", "c": "khác hẳn"}).set_index(["left", "right"])
    assert frame.loc[("a", "b"), ["n_words", "n_reused"]].tolist() == [10, 8]
    assert frame.loc[("b", "a"), "share"] == 1 and frame.loc[("a", "c"), "share"] == 0
    assert reuse_frame({}).empty


CORPUS_READING = [
    # (earlier, later, pairs that a reader of both expects, paths)
    ("360-cv-tu", "396-cv-tu", {("2", "1"), ("3", "1"), ("4", "6")}),  # leave to travel; the health department
    ("396-cv-tu", "1722-ubnd-kgvx", {("1", "1.-2"), ("1", "1.-3")}),  # obey the letters; do not go to the city
    ("kien-giang", "396-cv-tu", {("3", "9"), ("4", "10"), ("2.-1", "7")}),  # press, mass mobilisation, border
    ("tien-giang", "kien-giang", {("1", "3"), ("2", "2.-3")}),  # press; zoning, tracing and testing
]
CORPUS_NEW = {
    # what the later one orders that the earlier did not, by a phrase of it
    ("360-cv-tu", "396-cv-tu"): ("không đến Thành phố Hồ Chí Minh", "đón - trả khách", "khu công nghiệp", "trường học",
                                 "cơ sở tôn giáo", "Tổ Covid cộng đồng", "thông tin thất thiệt", "quyên góp"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("earlier", "later", "expected"), CORPUS_READING, ids=lambda item: item if isinstance(item, str) else "pairs"
)
def test_a_reader_agrees_on_the_corpus(atlas, earlier, later, expected):
    ids = list(atlas.table("directives")["directive_id"])
    left, right = (next(item for item in ids if key in item) for key in (earlier, later))
    frame = compare_directives(atlas, left, right)
    found = {(row.left_path, row.right_path) for row in frame[frame["status"] == ALIGNED].itertuples()}
    assert expected <= found
    added = " ".join(frame.loc[frame["status"] == ADDED, "right_text"])
    for phrase in CORPUS_NEW.get((earlier, later), ()):
        assert phrase in added, phrase
