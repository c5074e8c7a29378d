"""Documents cited but not held: once each, where they belong, whatever their spelling."""

import pandas as pd
import pytest

from loaders.ghosts import COLUMNS, ghosts, level_and_branch


def cite(directive, number, issuer="", *, day=None, doc_type="official_letter", held="", basis="stated"):
    return {
        "directive_id": directive, "number": number, "issuer": issuer, "date": pd.Timestamp(day) if day else pd.NaT,
        "date_basis": basis if day else "", "doc_type": doc_type, "relation": "implements", "cited_directive_id": held,
        "quote": number, "char_start": 0, "char_end": 1, "provision_label": "",
    }  # fmt: skip


HOLDERS = pd.DataFrame(
    [("a", "Bình Phước", "VN-58"), ("b", "Bình Phước", "VN-58"), ("c", "Tiền Giang", "VN-46")],
    columns=["directive_id", "province", "province_code"],
)


def found(*rows):
    return ghosts(pd.DataFrame(rows), HOLDERS)


@pytest.mark.parametrize(
    ("number", "issuer", "expected"),
    [
        ("17-CV/TU", "", ("province", "party")),
        ("1722/UBND-KGVX", "", ("province", "government")),
        ("08/CT-CTUBND", "", ("province", "government")),
        ("12-CV/HU", "Huyện ủy", ("district", "party")),
        ("16/CT-TTg", "Thủ tướng Chính phủ", ("central", "government")),
        ("", "Thường trực Ban Bí thư", ("central", "party")),
        ("", "Ban Thường vụ Tỉnh ủy", ("province", "party")),
        ("", "Chủ tịch UBND tỉnh", ("province", "government")),
        ("5/BYT-KHTC", "Bộ Y tế", ("central", "government")),
    ],
)
def test_level_and_branch(number, issuer, expected):
    assert level_and_branch(number, issuer) == expected


def test_spellings_of_one_number_are_one_document():
    known, links = found(
        cite("a", "502-CV/TU", "Tỉnh ủy", day="2021-07-23"), cite("b", "502 - CV/TU"), cite("a", "502-CV/TU")
    )
    assert len(known) == 1 and set(links["ghost_id"]) == set(known["ghost_id"])
    row = known.iloc[0]
    assert (row["n_citing"], row["date"], row["province_code"]) == (2, pd.Timestamp("2021-07-23"), "VN-58")


def test_one_number_of_two_provinces_is_two_documents_of_the_centre_one():
    provincial, _ = found(cite("a", "5-CV/TU"), cite("c", "5-CV/TU"))
    assert set(provincial["province_code"]) == {"VN-58", "VN-46"}
    central, _ = found(cite("a", "16/CT-TTg"), cite("c", "16/CT-TTg", day="2020-03-31", basis="vocabulary"))
    assert central[["n_citing", "province_code", "date"]].iloc[0].tolist() == [2, "", pd.Timestamp("2020-03-31")]


def test_without_a_number_type_issuer_and_day_tell_documents_apart():
    known, _ = found(
        cite("a", "", "Ban Bí thư", day="2020-03-07", doc_type="telegram"),
        cite("b", "", "Ban Bí thư", day="2020-03-08", doc_type="telegram"),
    )
    assert len(known) == 2


def test_held_documents_are_no_ghosts_and_nothing_is_a_frame():
    known, links = found(cite("a", "5-CV/TU", held="b"))
    assert known.empty and links.empty and list(known) == COLUMNS and "ghost_id" in links


def test_corpus_ghosts(atlas):
    tables = atlas.tables()
    known, links = ghosts(tables["citations"], tables["directives"])
    assert {"502-CV/TU", "504-CV/TU", "5737/BYT-KHTC", "16/CT-TTg"} <= set(known["number"])
    assert pd.Timestamp("2020-03-07") in set(known.loc[known["doc_type"] == "telegram", "date"])
    assert set(links["ghost_id"]) == set(known["ghost_id"])
    shuffled = ghosts(tables["citations"].sample(frac=1, random_state=1), tables["directives"])[0]
    pd.testing.assert_frame_equal(known, shuffled)
