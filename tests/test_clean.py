"""Cleaning: what goes, what stays, and that a second pass finds nothing to do."""

from __future__ import annotations

import sys
import textwrap
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.clean import _BLANK, _LINE_BREAKS, _UNSEEN, _is_plain, clean_text

CASES = {
    "bom": ("\ufeffCHỈ THỊ", "CHỈ THỊ"),
    "crlf_and_cr": ("a\r\nb\rc", "a\nb\nc"),
    "page_feed": ("trang một\ftrang hai", "trang một\ntrang hai"),
    "zero_width": ("dịch\u200b bệnh\u00ad", "dịch bệnh"),
    "no_break_space": ("tỉnh\u00a0Bến\u2009Tre", "tỉnh Bến Tre"),
    "control": ("số\x07 12\x00", "số 12"),
    "lone_surrogate": ("a\ud800b", "ab"),
    "nfd": (unicodedata.normalize("NFD", "Ủy ban nhân dân"), "Ủy ban nhân dân"),
    "tab_stays": ("a\tb", "a\tb"),
    "entity": ("Ti&ecirc;m &amp; x&#233;t&nbsp;nghiệm", "Tiêm & xét nghiệm"),
    "entity_nested": ("&amp;lt;5&amp;gt;", "<5>"),
    "bold": ("**KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH**", "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH"),
    "bold_over_paragraphs": ("**TM. BAN\n\nPHÓ BAN**", "TM. BAN\n\nPHÓ BAN"),
    "bold_never_closed": ("**Số: 12/UBND-VX", "Số: 12/UBND-VX"),
    "bold_in_number": ("Số: **12**/UBND-VX", "Số: 12/UBND-VX"),
    "italic_over_lines": ("*Về phòng dịch\ntrên địa bàn*", "Về phòng dịch\ntrên địa bàn"),
    "italic_in_quotes": ("“*3 xanh*”(Nơi ở)", "“3 xanh”(Nơi ở)"),
    "bold_italic": ("***KHẨN***", "KHẨN"),
    "heading": ("## QUYẾT ĐỊNH", "QUYẾT ĐỊNH"),
    "underscores": ("_khẩn trương_ và __ngay__", "khẩn trương và ngay"),
    "party_star_stays": ("TỈNH ỦY\n\n*\n\nSố 1-CV/TU", "TỈNH ỦY\n\n*\n\nSố 1-CV/TU"),
    "typist_caret_stays": ("T-12^{7/5}", "T-12^{7/5}"),
    "typist_underscore_stays": ("T-18_{6/7}.", "T-18_{6/7}."),
    "product_stays": ("5 * 3 * 2", "5 * 3 * 2"),
    "footnote_star_stays": ("(*) Ghi chú (*)", "(*) Ghi chú (*)"),
    "star_list_stays": ("* Mục một\n* Mục hai", "* Mục một\n* Mục hai"),
    "blank_to_fill_stays": ("Số: ____/UBND", "Số: ____/UBND"),
    "ocr_slip_stays": ("HÒA TỘC, hoà bình, TĨNH", "HÒA TỘC, hoà bình, TĨNH"),
}


@pytest.mark.parametrize(("raw", "cleaned"), CASES.values(), ids=CASES)
def test_clean_text(raw: str, cleaned: str) -> None:
    assert clean_text(raw) == cleaned


_MARKS = st.text(alphabet="ab *_#&;lt\n\r\t\u00a0\u0301ạ\u200b(){}", max_size=60)


@settings(max_examples=400)
@given(st.one_of(st.text(max_size=80), _MARKS))
def test_cleaning_is_idempotent_and_leaves_nfc(text: str) -> None:
    once = clean_text(text)
    assert clean_text(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert "\r" not in once and "\u00a0" not in once


@given(st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạ0123456789 ,.;:/-–\n", max_size=200))
def test_plain_vietnamese_is_left_alone(text: str) -> None:
    """Only blanks at either end of a line go."""
    assert [line.strip() for line in clean_text(text).split("\n")] == [line.strip() for line in text.split("\n")]


LAYOUT = """
      UBND TỈNH A                  CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
      SỞ Y TẾ                           Độc lập - Tự do - Hạnh phúc

         1. Sở Y tế chủ trì, phối hợp với Sở Thông tin và Truyền
            thông tổ chức xét nghiệm; báo cáo Ủy ban nhân dân tỉnh trước
              ngày 20/8/2021.
         2. Công an tỉnh:
            a) Lập chốt.
"""


def test_margin_and_hanging_indents_go_and_columns_stay():
    lines = clean_text(LAYOUT).split("\n")
    assert lines[1] == "UBND TỈNH A                  CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert lines[2] == "SỞ Y TẾ                           Độc lập - Tự do - Hạnh phúc"
    assert lines[4].startswith("   1. Sở") and lines[5].startswith("thông tổ chức") and lines[6] == "ngày 20/8/2021."
    assert lines[7:9] == ["   2. Công an tỉnh:", "      a) Lập chốt."]


def test_a_plain_text_holds_nothing_that_cleaning_looks_for() -> None:
    plain = "".join(char for char in map(chr, range(sys.maxunicode + 1)) if _is_plain(char))
    assert _is_plain("a\n\tb") and not any(map(_is_plain, ("\r", "\u00a0", "\u200b", "\x07", "\ud800")))
    assert not any(pattern.search(plain) for pattern in (_LINE_BREAKS, _UNSEEN, _BLANK))


def test_a_paper_in_one_line_that_was_broken_again_is_joined():
    line = (
        "UBND TỈNH A CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc Số: 12/UBND-VX A, ngày 08 tháng 7"
        " năm 2021 Kính gửi: Các sở, ban, ngành. Chủ tịch UBND tỉnh chỉ đạo: 1. Sở Y tế tổ chức xét nghiệm sàng lọc tại"
        " chợ, bến xe và khu công nghiệp. 2. Công an tỉnh lập chốt. Nơi nhận: - Lưu: VT. CHỦ TỊCH Trần Văn B"
    )
    assert clean_text("\n".join(textwrap.wrap(line, 80))) == line


def test_a_letterhead_in_two_columns_stays_as_it_is():
    text = "UBND TỈNH A CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSỞ Y TẾ Độc lập - Tự do - Hạnh phúc\nSố: 12/SYT-NVY"
    assert clean_text(text) == text


def test_long_paragraphs_below_a_letterhead_in_one_line_stay_apart():
    head = "UBND TỈNH A SỞ Y TẾ | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc"
    text = "\n".join([head, *(f"{number}. Sở Y tế tổ chức xét nghiệm {'sàng lọc ' * 20}." for number in range(1, 6))])
    assert clean_text(text) == text
