"""What is in force on a day and the score of a province, on tables made for the purpose and on the corpus."""

from datetime import date
from itertools import count
from types import SimpleNamespace

import pandas as pd
import pytest

from loaders.profile import in_force, reference_instruments, score_frame, sentence_at, stated_levels
from loaders.tables import SPECS, build_table


class Made:
    """Stands for an ``Atlas`` over rows given in the test: ``table`` is all that the profile asks for."""

    def __init__(self, **rows):
        self.frames = {name: typed(name, rows.get(name, [])) for name in SPECS}

    def table(self, name, directive_ids=None):
        frame = self.frames[name]
        return frame if directive_ids is None else frame[frame["directive_id"].isin(directive_ids)]


def typed(name, rows):
    blank = {column: "" if str(kind) == "string" else None for column, kind in SPECS[name].columns.items()}
    frame = build_table(name, [blank | row for row in rows]).to_pandas()
    days = [column for column, kind in SPECS[name].columns.items() if str(kind).startswith("date32")]
    return frame.astype(dict.fromkeys(days, "datetime64[us]"))


_NUMBERS = count()


def directive(name, day, *, province="VN-58", level="province", estimate=None):
    return {
        "directive_id": name, "province": "Bình Phước" if province else "", "province_code": province, "level": level,
        "doc_type": "directive", "issuer_branch": "party", "issue_date": day, "date_earliest": day or estimate,
        "date_latest": day, "date_estimate": day or estimate, "date_basis": "header" if day else "inferred",
        "date_note": "–", "urgency": "none",
    }  # fmt: skip


def measure(name, code, stance="tighten", *, provision="", at=0, quote="Lập chốt", **rest):
    return {
        "measure_id": f"{name}#{next(_NUMBERS)}", "directive_id": name, "provision_id": provision, "code": code,
        "stance": stance, "binding": "mandatory", "scope": "general", "quote": quote, "char_start": at,
        "char_end": at + len(quote), "rule_id": "r", "confidence": "high",
    } | rest  # fmt: skip


FIRST, LATER = date(2021, 5, 6), date(2021, 7, 26)


def test_the_latest_directive_that_speaks_to_a_measure_counts():
    atlas = Made(
        directives=[directive("a", FIRST), directive("b", LATER)],
        measures=[measure("a", "testing"), measure("a", "schools"), measure("b", "testing", "relax")],
    )
    before = in_force(atlas, date(2021, 7, 1)).set_index("code")
    assert (before.loc["testing", "state"], before.loc["testing", "age"]) == ("in_force", 56)
    after = in_force(atlas, date(2021, 8, 1)).set_index("code")
    assert (after.loc["testing", "state"], after.loc["testing", "directive_id"]) == ("relaxed", "b")
    assert (after.loc["schools", "state"], after.loc["schools", "age"]) == ("in_force", 87)


def test_a_code_that_is_loosened_and_tightened_in_one_directive_is_in_force():
    atlas = Made(
        directives=[directive("a", FIRST)], measures=[measure("a", "testing"), measure("a", "testing", "relax")]
    )
    assert set(in_force(atlas, LATER)["state"]) == {"in_force"}


def test_two_directives_of_one_day_both_count():
    atlas = Made(
        directives=[directive("a", FIRST), directive("b", FIRST)], measures=[measure(n, "testing") for n in "ab"]
    )
    assert set(in_force(atlas, FIRST)["directive_id"]) == {"a", "b"}


@pytest.mark.parametrize(
    ("kind", "day", "on", "state"),
    [
        pytest.param("effective_from", date(2021, 5, 8), date(2021, 5, 7), None, id="not before the start it sets"),
        pytest.param("effective_from", date(2021, 5, 8), date(2021, 5, 8), "in_force", id="from that day on"),
        pytest.param("effective_to", date(2021, 5, 20), date(2021, 5, 20), "in_force", id="to the end of its last day"),
        pytest.param("effective_to", date(2021, 5, 20), date(2021, 5, 21), "relaxed", id="then it has run out"),
        pytest.param("effective_to", date(2021, 4, 1), date(2021, 5, 21), "in_force", id="an end before issue is none"),
    ],
)
def test_a_passage_holds_from_and_until_the_days_of_its_own_provision(kind, day, on, state):
    provision = {"provision_id": "a#1", "directive_id": "a", "label": "1", "path": "1", "depth": 0, "char_start": 0,
                 "char_end": 60, "text": "1. Lập chốt. Thời gian nêu sau."}  # fmt: skip
    stated = {"directive_id": "a", "date": day, "kind": kind, "quote": "ngày", "char_start": 40, "char_end": 44}
    atlas = Made(
        directives=[directive("a", FIRST)], provisions=[provision], dates=[stated],
        measures=[measure("a", "checkpoints", provision="a#1", at=3), measure("a", "testing")],
    )  # fmt: skip
    held = in_force(atlas, on).set_index("code")
    assert held.loc["testing", "state"] == "in_force"
    assert (held.loc["checkpoints", "state"] if "checkpoints" in held.index else None) == state


def test_a_district_does_not_speak_for_its_province():
    atlas = Made(
        directives=[directive("a", FIRST), directive("b", LATER, level="district")],
        measures=[measure("a", "stay_at_home", level=2), measure("b", "stay_at_home", "relax")],
    )
    assert set(in_force(atlas, date(2021, 12, 1))["directive_id"]) == {"a"}
    assert list(score_frame(atlas)["score"].round()) == [67]


def test_undated_directives_speak_from_their_estimate_and_say_so():
    atlas = Made(directives=[directive("a", None, estimate=FIRST)], measures=[measure("a", "testing")])
    held = in_force(atlas, LATER)
    assert (held["dated"].item(), held["day"].item()) == (False, pd.Timestamp(FIRST))


def test_nothing_issued_yet_is_an_empty_frame():
    atlas = Made(directives=[directive("a", LATER)], measures=[measure("a", "testing")])
    assert in_force(atlas, FIRST).empty
    assert in_force(Made(), FIRST).empty and score_frame(Made()).empty


@pytest.mark.parametrize(
    ("text", "quote", "sentence"),
    [
        pytest.param("1. Dừng họp. Lập 03 chốt trên đê. Báo cáo.", "Lập 03 chốt", "Lập 03 chốt trên đê.", id="middle"),
        pytest.param("- Lập chốt; báo cáo", "Lập chốt", "Lập chốt; báo cáo", id="bullet goes, lower case runs on"),
        pytest.param("Lập\nchốt ngày 28/5. Rồi", "Lập\nchốt", "Lập chốt ngày 28/5.", id="lines are joined"),
        pytest.param("Hết dịch (F1). “Lập chốt”", "Lập chốt", "“Lập chốt”", id="after a bracket"),
        pytest.param("gì đó khác", "Lập chốt", "Lập chốt", id="not there: the quote itself"),
    ],
)  # fmt: skip
def test_sentence_at(text, quote, sentence):
    assert sentence_at(text, max(text.find(quote), 0), quote) == sentence


def levels_of(**row):
    base = {
        "code": "stay_at_home",
        "stance": "tighten",
        "scope": "general",
        "level": None,
        "tier": "",
        "measure_id": "m",
    }
    frame = pd.DataFrame([base | row | {"day": pd.Timestamp(FIRST)}]).astype({"level": "Int32"})
    return {(item.indicator, item.level, item.inferred) for item in stated_levels(frame)}


def test_a_named_regime_implies_its_levels_marked_inferred():
    assert ("C6", 2, True) in levels_of(tier="CT16") and ("C2", 2, True) in levels_of(tier="CT16")
    assert levels_of(tier="CT16", stance="relax") == {("C6", None, False)}


def test_a_general_relaxation_without_a_level_ends_what_was_known_a_targeted_one_does_not():
    assert levels_of(stance="relax") == {("C6", None, False)}
    assert levels_of(stance="relax", scope="targeted") == set()
    atlas = Made(
        directives=[directive("a", FIRST), directive("b", LATER)],
        measures=[measure("a", "stay_at_home", level=2), measure("b", "stay_at_home", "relax")],
    )
    scores = score_frame(atlas)
    assert list(scores["n_observed"]) == [1, 0]
    assert scores["score"].isna().tolist() == [False, True]
    assert scores["indicators"].tolist() == ["C6=2", "C6=?"]


def test_reference_instruments_are_in_order_and_named_in_both_languages():
    found = reference_instruments()
    assert [item["day"] for item in found] == sorted(item["day"] for item in found)
    assert {"Chỉ thị 15", "Chỉ thị 16", "Chỉ thị 19", "Nghị quyết 128"} <= {item["vi"] for item in found}
    assert all(item["en"] and item["number"] for item in found)


def test_corpus_checkpoints_on_three_roads(atlas):
    held = in_force(atlas, date(2021, 6, 30))
    row = held[(held["province_code"] == "VN-58") & (held["code"] == "checkpoints")].iloc[0]
    assert SimpleNamespace(**row[["number", "state", "age"]]) == SimpleNamespace(
        number="1722/UBND-KGVX", state="in_force", age=34
    )
    assert "Quốc lộ 13, Quốc lộ 14 và ĐT741" in row["sentence"]
