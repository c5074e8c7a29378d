"""The index function against OxCGRT's vectors and days (skipped where they are absent), and the step function."""

import csv
import json
from datetime import date
from pathlib import Path

import pytest

from loaders.score import INDICES, StatedLevel, directive_score, index, sub_score

REFERENCE = Path(__file__).resolve().parents[2] / "shared" / "reference"
needs_reference = pytest.mark.skipif(not REFERENCE.is_dir(), reason="the OxCGRT reference is not beside the project")


@needs_reference
def test_reproduces_the_worked_vectors():
    vectors = json.loads((REFERENCE / "oxcgrt_test_vectors.json").read_text(encoding="utf-8"))
    for vector in vectors:
        values = {name: tuple(pair) for name, pair in vector["values"].items()}
        for name in INDICES.keys() & vector["expected"].keys():
            assert index(name, values) == pytest.approx(vector["expected"][name], abs=0.011), vector["id"]


@needs_reference
def test_reproduces_every_day_of_viet_nam():
    with (REFERENCE / "oxcgrt_vnm.csv").open(encoding="utf-8") as file:
        days = list(csv.DictReader(file))
    assert len(days) == 1096
    for day in days:
        values = {name: (_number(day[name]), _number(day.get(f"{name}_Flag", ""))) for name in INDICES["GRI"]}
        for name in INDICES:
            assert index(name, values) == pytest.approx(float(day[f"{name}_recomputed"]), abs=0.011), day["Date"]


def _number(cell: str) -> int | None:
    return int(float(cell)) if cell else None


@pytest.mark.parametrize(
    ("indicator", "value", "flag", "expected"),
    [
        pytest.param("C6", 0, None, 0.0, id="zero is zero whatever the flag"),
        pytest.param("C8", 2, None, 50.0, id="no flag on C8"),
        pytest.param("C7", 1, 0, 25.0, id="targeted loses half a level"),
        pytest.param("H1", 2, 1, 100.0, id="maximum"),
    ],
)
def test_sub_score(indicator, value, flag, expected):
    assert sub_score(indicator, value, flag) == pytest.approx(expected)


def test_a_level_is_carried_until_changed_and_unknown_is_not_zero():
    first, later = date(2021, 5, 27), date(2021, 7, 26)
    steps = directive_score(
        [
            StatedLevel("C7", 1, 1, first, "a"),
            StatedLevel("C6", 2, 1, later, "b", inferred=True),
        ]
    )
    assert [(step.day, round(step.score, 1), step.n_observed) for step in steps] == [(first, 50.0, 1), (later, 58.3, 2)]
    assert [item.measure_id for item in steps[1].carried] == ["a"]


def test_nothing_stated_gives_no_step():
    assert directive_score([]) == []


def test_loosening_without_a_level_leaves_the_score_unknown_not_zero():
    first, later = date(2021, 5, 27), date(2021, 7, 26)
    steps = directive_score([StatedLevel("C6", 2, 1, first, "a"), StatedLevel("C6", None, 1, later, "b")])
    assert [step.n_observed for step in steps] == [1, 0]
    assert steps[1].score != steps[1].score and not steps[1].carried


def test_loosening_of_what_nobody_stated_is_no_step():
    assert directive_score([StatedLevel("C6", None, 1, date(2021, 7, 26), "b")]) == []
