"""Precision, recall and F1 of every field against gold records read by hand (``tests/gold/README.md`` has the format).

A gold record is matched to the directive that holds its primary copy (file name and position in the file). A value that
is filled where gold is empty, or filled wrongly, costs precision; one that is missing or wrong costs recall.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml

from loaders.assemble import Rows
from loaders.build import (
    DEFAULT_SOURCES,
    ROOT,
    UsageError,
    build_rows,
    default_sources,
    find_sources,
    parse_all,
    parser_version,
)
from loaders.fold import fold
from loaders.numbers import number_key
from loaders.vocabulary import read_vocabulary

GOLD_DIR = ROOT / "tests" / "gold"
CORPUS = DEFAULT_SOURCES[0]
ACCURACY = "accuracy.json"
Gold = dict[str, Any]
Item = tuple[Any, ...]


@dataclass
class Score:
    """Hits, surplus and missing items of one field."""

    hits: int = 0
    surplus: int = 0
    missing: int = 0

    @property
    def precision(self) -> float:
        return self.hits / (self.hits + self.surplus) if self.hits + self.surplus else 1.0

    @property
    def recall(self) -> float:
        return self.hits / (self.hits + self.missing) if self.hits + self.missing else 1.0

    @property
    def f1(self) -> float:
        total = 2 * self.hits + self.surplus + self.missing
        return 2 * self.hits / total if total else 1.0


@dataclass
class Report:
    """Scores by field, agreement figures, and every miss as (record, field, what, value)."""

    records: int = 0
    scores: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    agreements: dict[str, tuple[int, int]] = field(default_factory=dict)
    kappa: float = 1.0
    misses: list[tuple[str, str, str, str]] = field(default_factory=list)

    @property
    def lowest(self) -> float:
        return min((score.f1 for score in self.scores.values()), default=0.0)

    def as_dict(self) -> dict[str, Any]:
        return {
            "records": self.records,
            "fields": {
                name: {
                    "precision": round(score.precision, 4),
                    "recall": round(score.recall, 4),
                    "f1": round(score.f1, 4),
                    "n": score.hits + score.missing,
                }
                for name, score in self.scores.items()
            },
            "agreement": {name: {"agreed": agreed, "of": of} for name, (agreed, of) in self.agreements.items()},
            "kappa_measure_presence": round(self.kappa, 4),
        }

    def write_json(self, path: Path) -> None:
        path.write_text(json.dumps(self.as_dict(), ensure_ascii=False, indent=1), encoding="utf-8")

    def count(self, record: str, name: str, found: Iterable[Item], wanted: Iterable[Item]) -> None:
        """Compare two multisets of items of one field."""
        have, want = Counter(found), Counter(wanted)
        score = self.scores[name]
        score.hits += (have & want).total()
        for kind, rest in (("surplus", have - want), ("missing", want - have)):
            setattr(score, kind, getattr(score, kind) + rest.total())
            self.misses += [(record, name, kind, str(item)) for item in sorted(rest.elements(), key=str)]


def plain(value: Any) -> str:
    """Folded, UBND written out, white space and edge punctuation dropped: how texts are compared.

    >>> plain("  Lãnh đạo Văn phòng, Phòng TH; ")
    'lanh dao van phong, phong th'
    """
    folded = re.sub(r"\bubnd\b", "uy ban nhan dan", fold(str(value or "")))
    return re.sub(r"\s+", " ", folded).strip(" .,;:-*")


def read_gold(directory: Path) -> dict[str, Gold]:
    """Gold records by name.

    Raises
    ------
    UsageError
        When the folder holds none, or one is no YAML mapping with ``sources``.
    """
    records = {}
    for path in sorted(directory.glob("*.yaml")):
        try:
            record = yaml.safe_load(path.read_text(encoding="utf-8"))
        except yaml.YAMLError as error:
            raise UsageError(f"{path} is no YAML: {error}") from None
        if not isinstance(record, dict) or not record.get("sources"):
            raise UsageError(f"{path} is no gold record: it needs `sources`; tests/gold/README.md has the format")
        records[path.stem] = record
    if not records:
        raise UsageError(f"{directory} holds no gold records (*.yaml)")
    return records


def evaluate(gold_dir: Path, sources: Sequence[Path] = ()) -> Report:
    """Parse ``sources`` afresh (default: the corpus) and compare with the gold records; see the module."""
    gold = read_gold(gold_dir)
    files = find_sources(list(sources) or default_sources())
    return compare(gold, build_rows(sorted(parse_all(files), key=lambda source: source.path)))


def compare(gold: dict[str, Gold], rows: Rows) -> Report:
    """Compare rows of the tables with gold records."""
    places = {(Path(row["path"]).name, row["ordinal"]): row["directive_id"] for row in rows["sources"]}
    by_directive: dict[str, dict[str, list[dict[str, Any]]]] = defaultdict(lambda: defaultdict(list))
    for name, table in rows.items():
        for row in table:
            if row.get("directive_id"):
                by_directive[row["directive_id"]][name].append(row)
    report, presence = Report(records=len(gold)), []
    for name, record in gold.items():
        held = next(
            (
                places[key]
                for source in sorted(record["sources"], key=lambda item: not item.get("primary"))
                if (key := (Path(source["file"]).name, source["ordinal"])) in places
            ),
            "",
        )
        facts = by_directive[held] if held else defaultdict(list)
        report.count(name, "directive found", [(bool(held),)], [(True,)])
        _compare_header(report, name, record, facts["directives"][0] if held else defaultdict(str))
        _compare_lists(report, name, record, facts)
        presence += _compare_measures(report, name, record, facts["measures"])
    report.kappa = cohen_kappa(presence)
    return report


def _day(value: Any) -> str:
    if isinstance(value, datetime):
        value = value.date()
    return value.isoformat()[:10] if isinstance(value, date) else str(value or "")[:10]


def _header_pairs(record: Gold, row: dict[str, Any]) -> Iterable[tuple[str, str, str]]:
    """(field, found, wanted) of every header field, both made comparable."""
    days, signed = record.get("date") or {}, record.get("signatory") or {}
    for name in ("province", "issuer", "subject"):
        yield name, plain(row[name]), plain(record.get(name))
    yield "number", number_key(row["number"] or ""), number_key(record.get("number") or "")
    for name in ("doc_type", "issuer_branch", "urgency"):
        yield name, row[name] or "", record.get(name) or ""
    yield "on_behalf_of", plain(row["on_behalf_of"]), plain(record.get("issued_on_behalf_of"))
    for column, key in (("issue_date", "issue"), ("date_earliest", "earliest"), ("date_latest", "latest")):
        yield column, _day(row[column]), _day(days.get(key))
    known = days.get("issue") or days.get("earliest") or days.get("latest")
    yield "date_estimate", _day(row["date_estimate"]), _day(record.get("date_estimate") or known)
    yield "date_basis", row["date_basis"] or "", days.get("basis") or ""
    yield "signatory_name", plain(row["signatory_name"]), plain(signed.get("name"))
    yield "signatory_title", plain(row["signatory_title"]), plain(signed.get("title"))
    yield "signing_authority", row["signing_authority"] or "", signed.get("authority") or ""


def _compare_header(report: Report, name: str, record: Gold, row: dict[str, Any]) -> None:
    for column, found, wanted in _header_pairs(record, row):
        report.count(name, column, [(found,)] if found else [], [(wanted,)] if wanted else [])


def _compare_lists(report: Report, name: str, record: Gold, facts: dict[str, list[dict[str, Any]]]) -> None:
    for key, kind in (("addressees", "addressee"), ("copied_to", "copy")):
        lines = {row["position"]: plain(row["actor"]) for row in facts["recipients"] if row["kind"] == kind}
        wanted = [(plain(item),) for item in record.get(key) or []]
        report.count(name, key, [(lines[position],) for position in sorted(lines)], wanted)
    report.count(name, "provision_labels", *_provisions(record, facts["provisions"]))
    _compare_citations(report, name, record, facts["citations"])
    report.count(
        name,
        "dates",
        [(_day(row["date"]), row["kind"], row["provision_label"]) for row in facts["dates"]],
        [(_day(item["date"]), item["kind"], item.get("provision") or "") for item in record.get("dates") or []],
    )
    wanted_figures = [(float(item["value"]), item["kind"]) for item in record.get("figures") or []]
    found_figures = Counter((float(row["value"]), row["kind"]) for row in facts["figures"])
    report.count(name, "figures (recall)", list((found_figures & Counter(wanted_figures)).elements()), wanted_figures)
    _compare_tasks(report, name, record, facts["tasks"])


def _provisions(record: Gold, rows: list[dict[str, Any]]) -> tuple[list[Item], list[Item]]:
    """Top-level labels, and under each the number of its children where gold counts them."""
    wanted = [(item["label"], item.get("bullets")) for item in record.get("provisions") or []]
    children = Counter(row["parent_id"] for row in rows)
    counted = {label for label, bullets in wanted if bullets is not None}
    found = [
        (row["label"], children[row["provision_id"]] if row["label"] in counted else None)
        for row in rows
        if not row["parent_id"]
    ]
    return found, wanted


def _compare_citations(report: Report, name: str, record: Gold, rows: list[dict[str, Any]]) -> None:
    """A number (or, without one, type and day), its relation and provision; ``attaches`` rows count neither way."""

    def item(number: Any, doc_type: Any, day: Any, relation: str, provision: Any) -> Item:
        digits = re.match(r"\D*(\d+)", str(number or ""))
        return (digits[1] if digits else f"{doc_type} {_day(day)}", relation, provision or "")

    wanted = [
        item(cited.get("number"), cited.get("doc_type"), cited.get("date"), cited["relation"], cited.get("provision"))
        for cited in record.get("citations") or []
        if cited["relation"] != "attaches"
    ]
    found = [
        item(row["number"], row["doc_type"], row["date"], row["relation"], row["provision_label"])
        for row in rows
        if row["relation"] != "attaches"
    ]
    report.count(name, "citations", found, wanted)


def _compare_tasks(report: Report, name: str, record: Gold, rows: list[dict[str, Any]]) -> None:
    """Same provision and role, and a name that contains the gold name; each row answers one gold row."""
    left = [(row["provision_label"], row["role"], plain(row["actor"])) for row in rows]
    left = list(dict.fromkeys(left))
    found, wanted = [], []
    for task in record.get("tasks") or []:
        want = (task.get("provision") or "", task["role"], plain(task["actor"]))
        wanted.append(want)
        hit = min((item for item in left if item[:2] == want[:2] and want[2] in item[2]), key=len, default=None)
        if hit:
            left.remove(hit)
            found.append(want)
    report.count(name, "tasks", [*found, *left], wanted)


def _compare_measures(report: Report, name: str, record: Gold, rows: list[dict[str, Any]]) -> list[tuple[bool, bool]]:
    wanted = {(item.get("provision") or "", item["code"]): item for item in record.get("measures") or []}
    optional = {(item.get("provision") or "", item["code"]) for item in record.get("optional_measures") or []}
    found = {(row["provision_label"], row["code"]) for row in rows}
    spare = optional - wanted.keys()
    codes, spare_codes = {code for _, code in wanted}, {code for _, code in spare}
    found_codes = {code for _, code in found}
    report.count(
        name, "measures by directive", ((code,) for code in found_codes - (spare_codes - codes)), ((c,) for c in codes)
    )
    report.count(name, "measures by provision", found - spare, wanted.keys())
    _compare_coding(report, name, record, rows)
    every = read_vocabulary_codes()
    return [(code in codes, code in found_codes) for code in every if code in codes or code not in spare_codes]


def read_vocabulary_codes() -> list[str]:
    """The thirty measure codes in the order of the codebook."""
    entries = read_vocabulary("measures")["measures"]
    return [entry["code"] for entry in entries]


def _compare_coding(report: Report, name: str, record: Gold, rows: list[dict[str, Any]]) -> None:
    """Stance, binding, scope and level where both sides have the measure; gold without scope or level asks nothing."""
    said: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        said[(row["provision_label"], row["code"])].append(row)
    for item in record.get("measures") or []:
        held = said.get((item.get("provision") or "", item["code"]))
        if not held:
            continue
        item = {"binding": "mandatory", **item}
        for key in ("stance", "binding", "scope", "level"):
            if item.get(key) is None:
                continue
            agreed = any(row[key] == item[key] for row in held)
            before = report.agreements.get(key, (0, 0))
            report.agreements[key] = (before[0] + agreed, before[1] + 1)
            if not agreed:
                shown = f"{item.get('provision') or ''} {item['code']}: {[row[key] for row in held]} not {item[key]}"
                report.misses.append((name, key, "differs", shown))


def write_accuracy(out: Path, *, gold_dir: Path = GOLD_DIR, sources: Sequence[Path] = (CORPUS,)) -> bool:
    """Keep the figures of the code and vocabulary in use beside the tables, for the methods page.

    Measured on the corpus that the gold records were read from, corrections left out; returns whether it was done (not
    without gold or corpus, and not again for the same code).
    """
    path = out / ACCURACY
    if not gold_dir.is_dir() or not all(place.exists() for place in sources):
        return False
    if path.is_file() and json.loads(path.read_text(encoding="utf-8")).get("parser_version") == parser_version():
        return False
    report = {**evaluate(gold_dir, sources).as_dict(), "parser_version": parser_version()}
    path.write_text(json.dumps(report, ensure_ascii=False, indent=1), encoding="utf-8")
    return True


def cohen_kappa(pairs: Sequence[tuple[bool, bool]]) -> float:
    """Cohen's κ of two codings of presence.

    >>> cohen_kappa([(True, True), (False, False), (True, False), (False, False)])
    0.5
    """
    if not pairs:
        return 1.0
    n = len(pairs)
    agreed = sum(a == b for a, b in pairs) / n
    gold, found = sum(a for a, _ in pairs) / n, sum(b for _, b in pairs) / n
    chance = gold * found + (1 - gold) * (1 - found)
    return 1.0 if chance == 1 else (agreed - chance) / (1 - chance)


def format_report(report: Report) -> str:
    """The report as text: a line a field, then agreements, κ and the misses."""
    lines = [f"{report.records} gold records", f"{'field':<24}{'precision':>10}{'recall':>10}{'F1':>10}{'n':>6}"]
    for name, score in report.scores.items():
        n = score.hits + score.missing
        lines.append(f"{name:<24}{score.precision:>10.3f}{score.recall:>10.3f}{score.f1:>10.3f}{n:>6}")
    for name, (agreed, of) in report.agreements.items():
        lines.append(f"{name + ' agreement':<24}{agreed / of:>30.3f}{of:>6}")
    lines.append(f"{'kappa, measure presence':<24}{report.kappa:>30.3f}")
    lines += [f"{record}: {name}: {kind}: {what}" for record, name, kind, what in report.misses]
    return "\n".join(lines)
