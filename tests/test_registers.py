"""Registers of issued documents: columns recognised, rows checked, the real one of Bình Dương."""

import csv
import io
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.registers import FIELDS, parse_day, parse_register, read_register
from loaders.source import SourceError
from loaders.vocabulary import read_vocabulary

REFERENCE = Path(__file__).resolve().parents[2] / "shared" / "reference"
REAL = REFERENCE / "binh_duong_register_to_2021-05.csv"
ROWS = [
    ["3175/UBND-VX", "24/05/2021", "Về việc tăng cường kiểm soát người về từ vùng dịch"],
    ["17-CT/TU", "05/5/2021", "Tăng cường lãnh đạo công tác phòng, chống dịch"],
]


def csv_bytes(*rows, separator=",", encoding="utf-8-sig"):
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=separator).writerows(rows)
    return buffer.getvalue().encode(encoding)


def xlsx_bytes(*rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "header",
    [
        ["so_ky_hieu", "ngay_ban_hanh", "trich_yeu"],
        ["Số, ký hiệu", "Ngày ban hành", "Trích yếu"],
        ["SỐ KÝ HIỆU VĂN BẢN", "NGÀY, THÁNG", "TRÍCH YẾU NỘI DUNG"],
        ["Số/Ký hiệu", "Ngày VB", "Nội dung"],
        ["Number", "Issue date", "Title"],
    ],
    ids=["scraped", "office", "capitals", "short", "English"],
)
@pytest.mark.parametrize("make", [csv_bytes, xlsx_bytes], ids=["csv", "xlsx"])
def test_columns_are_recognised_by_their_names(header, make):
    if header[1] == "Ngày VB":
        header = [header[0], "Ngày văn bản", header[2]]
    register = parse_register(make(header, *ROWS), "s.csv")
    assert register.columns == dict(zip(("number", "date", "subject"), header, strict=True))
    assert [(row.line, row.number, row.date) for row in register.rows] == [
        (2, "3175/UBND-VX", date(2021, 5, 24)),
        (3, "17-CT/TU", date(2021, 5, 5)),
    ]
    assert register.problems == ()


def test_columns_by_hand_and_a_title_above_the_header():
    rows = [["DANH MỤC VĂN BẢN", "", ""], ["", "", ""], ["A", "B", "C"], *ROWS]
    with pytest.raises(SourceError, match="no column for number and subject"):
        parse_register(csv_bytes(*rows), "s.csv")
    register = parse_register(csv_bytes(*rows), "s.csv", {"number": "A", "date": "B", "subject": "C"})
    assert [row.number for row in register.rows] == ["3175/UBND-VX", "17-CT/TU"]
    assert register.header == ("A", "B", "C")


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_separators_and_encodings(separator, encoding):
    data = csv_bytes(["Số ký hiệu", "Ngày", "Trích yếu"], *ROWS, separator=separator, encoding=encoding)
    assert len(parse_register(data, "s.csv").rows) == 2


def test_days_of_excel():
    rows = [["12/QĐ-UBND", datetime(2021, 5, 24), "a"], ["13/QĐ-UBND", 44340, "b"], ["14/QĐ-UBND", None, "c"]]
    register = parse_register(xlsx_bytes(["Số ký hiệu", "Ngày", "Trích yếu"], *rows), "s.xlsx")
    assert [row.date for row in register.rows] == [date(2021, 5, 24), date(2021, 5, 24), None]


def test_only_web_addresses_are_kept():
    head = ["Số ký hiệu", "Trích yếu", "Link"]
    rows = [["1/CT-UBND", "a", "https://x.vn/a.pdf"], ["2/CT-UBND", "b", "javascript:alert(1)"]]
    register = parse_register(csv_bytes(head, *rows), "s.csv")
    assert [row.url for row in register.rows] == ["https://x.vn/a.pdf", ""]
    assert [problem.code for problem in register.problems] == ["missing-dates"]


def test_one_number_in_two_years_is_two_documents():
    rows = [["12/UBND-VX", "01/02/2020", "Một việc"], ["12/UBND-VX", "01/02/2021", "Một việc"]]
    register = parse_register(csv_bytes(["Số ký hiệu", "Ngày", "Trích yếu"], *rows), "s.csv")
    assert [row.duplicate_of for row in register.rows] == [0, 0]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("28-5-2021", date(2021, 5, 28)),
        ("28.05.2021", date(2021, 5, 28)),
        ("ngày 28 tháng 5 năm 2021", date(2021, 5, 28)),
        ("2021-05-28 00:00:00", date(2021, 5, 28)),
        ("29/02/2020", date(2020, 2, 29)),
    ],
)
def test_days(text, day):
    assert parse_day(text) == (day, "")


@pytest.mark.parametrize("text", ["29/02/2021", "42/02/2018", "05/28/2021", "28/5", "hôm qua", "01/01/0201"])
def test_days_that_cannot_be(text):
    day, complaint = parse_day(text)
    assert day is None
    assert text in complaint


@settings(max_examples=200)
@given(st.lists(st.lists(st.text(max_size=12), min_size=3, max_size=3), max_size=8))
def test_any_cells_give_rows_or_problems(cells):
    register = parse_register(csv_bytes(["Số ký hiệu", "Ngày", "Trích yếu"], *cells), "s.csv")
    assert len(register.rows) <= len(cells)
    assert all(row.number or row.subject for row in register.rows)


def test_no_name_of_a_column_stands_for_two_fields():
    synonyms = read_vocabulary("registers")["columns"]
    assert set(synonyms) == set(FIELDS)
    names = [name for field in FIELDS for name in synonyms[field]]
    assert len(names) == len(set(names))


@pytest.mark.skipif(not REAL.exists(), reason="the reference register is not here")
def test_register_of_binh_duong():
    register = read_register(REAL)
    with REAL.open(encoding="utf-8-sig", newline="") as file:
        truth = list(csv.DictReader(file))
    assert len(register.rows) == 68
    assert [row.number for row in register.rows] == [row["so_ky_hieu"].replace(" ", "") for row in truth]
    assert [f"{row.date:%d/%m/%Y}" for row in register.rows] == [row["ngay_ban_hanh"] for row in truth]
    assert sum(not row.duplicate_of for row in register.rows) == 59
    assert {problem.code for problem in register.problems} == {"duplicate-row"}
