"""Table specs: what is refused when a table is written, and that the contract's columns are all there."""

from datetime import date

import pytest

from loaders.tables import SPECS, TableError, build_table, check_spans, read_table

FIGURE = {
    "directive_id": "x/1",
    "value": 27.0,
    "unit": "trường hợp",
    "kind": "reported",
    "what": "ca dương tính",
    "quote": "27 trường hợp",
    "char_start": 3,
    "char_end": 16,
}


def test_rows_are_sorted_by_key_whatever_their_order():
    later = {**FIGURE, "char_start": 40, "char_end": 53}
    assert build_table("figures", [later, FIGURE]).equals(build_table("figures", [FIGURE, later]))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        pytest.param({"kind": "guessed"}, "guessed", id="word outside the vocabulary"),
        pytest.param({"directive_id": ""}, "must be stated", id="required cell empty"),
        pytest.param({"surplus": 1}, "surplus", id="column that the contract lacks"),
    ],
)
def test_a_row_against_the_spec_is_refused(change, said):
    with pytest.raises(TableError, match=said):
        build_table("figures", [{**FIGURE, **change}])


def test_a_key_that_recurs_is_refused():
    with pytest.raises(TableError, match="occurs twice"):
        build_table("figures", [FIGURE, FIGURE])


def test_a_span_that_does_not_cut_its_quote_is_refused(corpus_tables):
    tables = {name: read_table(name, corpus_tables) for name in SPECS}
    rows = tables["measures"].to_pylist()
    rows[0]["char_start"] += 1
    with pytest.raises(TableError, match="does not cut its quote"):
        check_spans({**tables, "measures": build_table("measures", rows)})


def test_tables_that_are_missing_say_how_to_build(tmp_path):
    with pytest.raises(TableError, match="python -m loaders build"):
        read_table("directives", tmp_path)


def test_an_empty_table_keeps_its_types():
    for name, spec in SPECS.items():
        assert build_table(name, []).schema == spec.schema


def test_days_are_date32(atlas, corpus_tables):
    issued = read_table("directives", corpus_tables).column("issue_date").to_pylist()
    assert date(2021, 5, 27) in issued
    assert None in issued
