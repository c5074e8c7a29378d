"""The OxCGRT file as national context: both public layouts, and what is refused."""

from datetime import date
from pathlib import Path

import pytest

from loaders.context import LICENCE, fetch_oxcgrt, read_oxcgrt
from loaders.source import SourceError

REFERENCE = Path(__file__).resolve().parents[2] / "shared" / "reference"
REAL = REFERENCE / "oxcgrt_vnm.csv"
FINAL = """\
CountryName,CountryCode,RegionName,RegionCode,Jurisdiction,Date,C1M_School,C1M_Flag,H8M_Old,ConfirmedCases,StringencyIndex_Average,Simple
Vietnam,VNM,,,NAT_TOTAL,20210528,3.00,1,2,6396,71.30,70
Vietnam,VNM,,,NAT_TOTAL,20210527,3.00,1,,6164,,70
Laos,LAO,,,NAT_TOTAL,20210527,1,1,,1900,50,50
Vietnam,VNM,Somewhere,VN_X,STATE_TOTAL,20210527,1,1,,1900,50,50
"""
EARLIER = """\
CountryName,CountryCode,RegionName,RegionCode,Date,C1_School,C1_Flag,ConfirmedCases,StringencyIndex,StringencyIndexForDisplay
Vietnam,VNM,,,20200401,3.0,1,218,88.89,88.89
"""


def test_final_release():
    context = read_oxcgrt(FINAL.encode(), name="OxCGRT_compact_national_v1.csv")
    assert [day.date for day in context.days] == [date(2021, 5, 27), date(2021, 5, 28)]
    assert [day.stringency for day in context.days] == [None, 71.3]
    assert context.days[1].cases == 6396
    assert context.days[0].levels == {"C1": 3.0}
    assert context.days[1].levels == {"C1": 3.0, "H8": 2.0}
    assert context.index_column == "StringencyIndex_Average"
    assert context.licence == LICENCE
    assert "CC BY 4.0" in LICENCE


def test_earlier_release_with_mark_and_windows_lines():
    context = read_oxcgrt(b"\xef\xbb\xbf" + EARLIER.replace("\n", "\r\n").encode())
    assert context.days[0].stringency == 88.89
    assert context.index_column == "StringencyIndex"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a,b\n1,2\n", "not-oxcgrt"),
        ("", "not-oxcgrt"),
        (FINAL.replace("StringencyIndex", "Index"), "not-oxcgrt"),
        (FINAL.replace("VNM", "THA"), "no-rows"),
        (FINAL.replace("20210528", "20210532"), "impossible-date"),
        (FINAL.replace("20210528", "20210527"), "duplicate-day"),
        (FINAL.replace("71.30", "713"), "bad-value"),
        (FINAL.replace("6396", "nhiều"), "bad-value"),
        (FINAL.replace("6396", "-4"), "bad-value"),
        (FINAL.replace(",6396,71.30,70", ""), "damaged"),
    ],
    ids=[
        "other csv",
        "empty",
        "no index",
        "no row of VNM",
        "no such day",
        "day twice",
        "over 100",
        "word",
        "negative",
        "cut",
    ],
)
def test_refused(text, code):
    with pytest.raises(SourceError) as caught:
        read_oxcgrt(text.encode())
    assert caught.value.code == code
    assert caught.value.next_step


@pytest.mark.parametrize(
    "address",
    ["file:///etc/passwd", "http://example.org/a.csv", "https://127.0.0.1/a.csv", "https://[::1]/a", "https:///a"],
)
def test_only_public_https_addresses_are_fetched(address):
    with pytest.raises(SourceError) as caught:
        fetch_oxcgrt(address)
    assert caught.value.code == "bad-address"


@pytest.mark.skipif(not REAL.exists(), reason="the reference file is not here")
def test_real_file():
    context = read_oxcgrt(REAL)
    assert len(context.days) == 1096
    assert (context.days[0].date, context.days[-1].date) == (date(2020, 1, 1), date(2022, 12, 31))
    by_day = {day.date: day for day in context.days}
    assert by_day[date(2020, 4, 1)].levels["C6"] == 2
    assert set(by_day[date(2021, 8, 1)].levels) >= {"C1", "C8", "E1", "E2", "H1", "H8"}
