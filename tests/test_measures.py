"""Measures: every phrase of the vocabulary against its own examples, stances, contexts that order nothing, robustness."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.fold import Text
from loaders.measures import GROUPS, match_measures, read_rules
from loaders.records import Measure, Provision, Span, Zones
from loaders.vocabulary import read_vocabulary

CODES = {entry["code"]: entry for entry in read_vocabulary("measures")["measures"]}
BLOCKS = {code: block for group in GROUPS for code, block in read_vocabulary(f"measures_{group}").items()}


def coded(body: str) -> tuple[Measure, ...]:
    """Measures of a body that is one provision."""
    return match_measures(
        Text(body),
        Zones(header=Span(0, 0), body=Span(0, len(body))),
        (Provision(label="1", path="1", parent="", depth=0, start=0, end=len(body)),),
    )


def codes(body: str) -> set[str]:
    return {measure.code for measure in coded(body)}


EXAMPLES = [
    pytest.param(rule.rule_id, example, id=f"{rule.rule_id}-{index}")
    for rule, entry in read_rules()
    for index, example in enumerate(entry["examples"])
]
COUNTER_EXAMPLES = [
    pytest.param(code, example, id=f"{code}-{index}")
    for code, block in BLOCKS.items()
    for index, example in enumerate(block["counter_examples"])
]


def test_the_thirty_codes_of_the_codebook_have_labels_and_rules():
    assert len(CODES) == 30 and set(BLOCKS) == set(CODES)
    assert all(entry["vi"] and entry["en"] and entry["covers"] for entry in CODES.values())


@pytest.mark.parametrize(("rule_id", "example"), EXAMPLES)
def test_example_is_found_by_its_code(rule_id, example):
    found = [measure for measure in coded(example) if measure.code == rule_id.split(".")[0]]
    assert found, f"{rule_id} is not found"


@pytest.mark.parametrize(("rule_id", "example"), EXAMPLES)
def test_first_example_is_found_by_its_rule(rule_id, example):
    first = next(entry["examples"][0] for rule, entry in read_rules() if rule.rule_id == rule_id)
    if example == first:
        assert rule_id in {measure.rule_id for measure in coded(example)}


@pytest.mark.parametrize(("code", "example"), COUNTER_EXAMPLES)
def test_counter_example_is_not_found(code, example):
    assert code not in codes(example)
