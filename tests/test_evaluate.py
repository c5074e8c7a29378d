"""The measuring instrument itself: what counts as a hit, a surplus, a miss; and the figures that are promised."""

import json
from pathlib import Path

import pytest

from loaders.__main__ import main
from loaders.build import build_rows, find_sources, parse_all
from loaders.evaluate import Report, cohen_kappa, compare, evaluate, read_gold, write_accuracy
from tests.conftest import CORPUS, ROOT

GOLD = ROOT / "tests" / "gold"
HEADER = (
    "province", "number", "doc_type", "issuer", "issuer_branch", "on_behalf_of", "subject", "urgency", "issue_date",
    "date_earliest", "date_latest", "date_estimate", "date_basis", "signatory_name", "signatory_title",
    "signing_authority",
)  # fmt: skip


@pytest.fixture(scope="module")
def report() -> Report:
    return evaluate(GOLD, [CORPUS])


@pytest.mark.parametrize("field", [*HEADER, "addressees", "copied_to", "citations", "provision_labels"])
def test_exact_fields_reach_one(report, field):
    assert report.scores[field].f1 == 1.0, [miss for miss in report.misses if miss[1] == field]


@pytest.mark.parametrize(
    ("field", "least"),
    [("tasks", 0.95), ("measures by directive", 0.97), ("measures by provision", 0.93), ("dates", 0.95)],
)
def test_coded_fields_reach_their_floor(report, field, least):
    assert report.scores[field].f1 >= least, [miss for miss in report.misses if miss[1] == field]


def test_stances_agree(report):
    agreed, of = report.agreements["stance"]
    assert of > 80
    assert agreed / of >= 0.95, [miss for miss in report.misses if miss[1] == "stance"]


def test_the_instrument_sees_every_loss():
    """Blank one value of each kind in the rows: the score of its field must fall."""
    gold = read_gold(GOLD)
    rows = build_rows(sorted(parse_all(find_sources([CORPUS])), key=lambda source: source.path))
    whole = compare(gold, rows)
    lost = {
        "urgency": ("directives", {"urgency": "none"}),
        "subject": ("directives", {"subject": "về việc khác"}),
        "tasks": ("tasks", None),
        "citations": ("citations", None),
        "measures by provision": ("measures", None),
        "addressees": ("recipients", None),
    }
    for field, (table, change) in lost.items():
        damaged = {**rows, table: [{**row, **change} for row in rows[table]] if change else rows[table][::2]}
        assert compare(gold, damaged).scores[field].f1 < whole.scores[field].f1, field


def test_a_surplus_counts_unless_gold_calls_it_optional():
    gold = {
        "letter": {
            "sources": [{"file": "a.txt", "ordinal": 1}],
            "measures": [{"provision": "1", "code": "testing", "stance": "tighten"}],
            "optional_measures": [{"provision": "1", "code": "schools"}],
        }
    }
    measure = {"directive_id": "a", "provision_label": "1", "stance": "tighten", "binding": "mandatory"}
    rows = {
        "sources": [{"path": "in/a.txt", "ordinal": 1, "directive_id": "a"}],
        "directives": [],
        "measures": [{**measure, "code": code} for code in ("testing", "schools", "transport")],
    }
    rows["directives"] = [{"directive_id": "a", **dict.fromkeys((*HEADER, "signatory"), "")}]
    for name in ("recipients", "provisions", "citations", "dates", "figures", "tasks"):
        rows[name] = []
    score = compare(gold, rows).scores["measures by provision"]
    assert (score.hits, score.surplus, score.missing) == (1, 1, 0)


def test_kappa_is_zero_for_agreement_by_chance():
    assert cohen_kappa([(True, True), (True, False), (False, True), (False, False)]) == pytest.approx(0.0)


def test_the_command_prints_every_field_and_fails_below_its_floor(capsys, tmp_path):
    assert main(["evaluate", str(GOLD), str(CORPUS), "--json", str(tmp_path / "accuracy.json")]) == 0
    printed = capsys.readouterr().out
    for field in (*HEADER, "tasks", "measures by directive", "stance agreement", "kappa"):
        assert field in printed
    assert (tmp_path / "accuracy.json").stat().st_size > 500
    assert main(["evaluate", str(GOLD), str(CORPUS), "--min", "1.01"]) == 1


def test_gold_files_are_the_ones_received():
    assert len(list(Path(GOLD).glob("*.yaml"))) == 7


def test_the_figures_are_kept_beside_the_tables_once_a_version(tmp_path):
    assert write_accuracy(tmp_path)
    report = json.loads((tmp_path / "accuracy.json").read_text(encoding="utf-8"))
    assert report["records"] == 7
    assert report["fields"]["urgency"]["f1"] == 1.0
    assert not write_accuracy(tmp_path)
    assert not write_accuracy(tmp_path / "elsewhere", gold_dir=tmp_path / "no gold")
