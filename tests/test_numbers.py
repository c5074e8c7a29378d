"""Spellings of document numbers as they occur on paper, on screens and in scans."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.numbers import canonical_number, number_groups, number_key, number_regime, number_year, same_document_key

SPELLINGS = {
    "party_blanks": ("Số 396 - CV/TU", "396-CV/TU"),
    "party_en_dash": ("396 – CV / TU", "396-CV/TU"),
    "scan_slash": ("Số 396-CV⁄TU", "396-CV/TU"),
    "scan_colon_party": ("396:CV/TU", "396-CV/TU"),
    "scan_colon_state": ("1722:UBND-KGVX", "1722/UBND-KGVX"),
    "scan_tilde": ("1722/UBND~KGVX", "1722/UBND-KGVX"),
    "blank_before_slash": ("Số: 1722 /UBND-KGVX", "1722/UBND-KGVX"),
    "emphasis_inside": ("Số: **2526**/UBND-KGVX", "2526/UBND-KGVX"),
    "broken_line": ("1309/UBND-\nKGVX", "1309/UBND-KGVX"),
    "ampersand": ("369 / PGD&ĐT", "369/PGD&ĐT"),
    "three_groups": ("1308/QĐ-UBND-HC", "1308/QĐ-UBND-HC"),
    "normative_year": ("16/2020/CT-TTg", "16/2020/CT-TTg"),
    "letter_after_digits": ("12a/KH-UBND", "12a/KH-UBND"),
    "leading_zero_kept": ("05/CT-TTg", "05/CT-TTg"),
    "unit_with_digit": ("1234/UBND-VX1", "1234/UBND-VX1"),
    "letter_for_digit": ("36O-CV/TU", "360-CV/TU"),
    "no_symbol": ("số 558", ""),
    "day_is_none": ("27/5/2021", ""),
    "round_the_clock_is_none": ("24/24 giờ", ""),
    "blank_form_is_none": ("Số:        /UBND-VX", ""),
    "empty": ("", ""),
}


@pytest.mark.parametrize(("printed", "canonical"), SPELLINGS.values(), ids=SPELLINGS)
def test_canonical_number(printed: str, canonical: str) -> None:
    assert canonical_number(printed) == canonical


@pytest.mark.parametrize("spelled", ["16/CT-TTg", "16/2020/CT-TTg", "16/CT-Tg", "016/CT-TTG", "16 / CT – TTg"])
def test_one_document_has_one_key(spelled: str) -> None:
    assert number_key(spelled) == "16-ct-ttg"


def test_identity_counts_the_year_for_state_numbers_only() -> None:
    assert (
        same_document_key("16/CT-TTg", 2020)
        == same_document_key("16/2020/CT-TTg")
        != same_document_key("16/CT-TTg", 2021)
    )
    assert same_document_key("12-CT/TU", 2020) == same_document_key("12-CT/TU", 2021)
    assert same_document_key("") == ""


@pytest.mark.parametrize(
    ("number", "regime"),
    [("396-CV/TU", "party"), ("15-CTr/HU", "party"), ("16/CT-TTg", "state"), ("10/CT-TU", "party"), ("7", "")],
)
def test_regime_from_the_order_of_separators(number: str, regime: str) -> None:
    assert number_regime(number) == regime


def test_year_group() -> None:
    assert number_year("28/2021/NQ-HĐND") == 2021
    assert number_year("128/NQ-CP") is None
    assert number_groups("05/2020/QĐ-UBND") == ("5", "2020", ("qd", "ubnd"))


@given(st.text(max_size=60))
def test_canonical_is_a_fixed_point_on_any_text(text: str) -> None:
    once = canonical_number(text)
    assert canonical_number(once) == once
    assert number_key(once) == (number_key(text) if once else "")
