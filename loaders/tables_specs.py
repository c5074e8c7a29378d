"""The tables of the contract: grain, key, columns, types and closed vocabularies. Part of :mod:`loaders.tables`.

Text that is not stated is the empty string, a day or number that is not stated is null. Days are ``date32``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

TEXT, DAY, INT, FLOAT, FLAG = pa.string(), pa.date32(), pa.int32(), pa.float64(), pa.bool_()

BRANCHES = ("party", "government", "front", "other")
LEVELS = ("central", "province", "district")
DOC_TYPES = (
    "official_letter",
    "directive",
    "telegram",
    "decision",
    "resolution",
    "notice",
    "plan",
    "report",
    "guidance",
    "other",
)
URGENCIES = ("none", "khan", "thuong_khan", "hoa_toc")
RELATIONS = ("implements", "continues", "based_on", "refers", "amends", "replaces", "attaches")
STANCES = ("tighten", "maintain", "relax")
ACTOR_KINDS = (
    "party_committee",
    "people_committee",
    "department",
    "force",
    "mass_organisation",
    "media",
    "district_level",
    "enterprise",
    "other",
)


@dataclass(frozen=True)
class TableSpec:
    """One table.

    Parameters
    ----------
    name, grain
        Its name and what one row is.
    columns
        Column name to Arrow type, in order.
    key
        Columns whose values together are unique; rows are stored sorted by them.
    vocabulary
        Column to the words it may hold; an empty string is allowed unless the column is in ``required``.
    required
        Columns that may not be empty.
    spans
        True where ``char_start``/``char_end`` must cut ``quote`` (or ``text``) out of the primary copy's text.
    """

    name: str
    grain: str
    columns: Mapping[str, pa.DataType]
    key: tuple[str, ...]
    vocabulary: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    spans: str = ""

    @property
    def schema(self) -> pa.Schema:
        return pa.schema(list(self.columns.items()))


def _spec(name: str, grain: str, columns: dict[str, pa.DataType], key: Iterable[str], **rest: Any) -> TableSpec:
    return TableSpec(name, grain, columns, tuple(key), **rest)


_SPAN = {"quote": TEXT, "char_start": INT, "char_end": INT}
_SPAN_KEY = ("directive_id", "char_start", "char_end")

SPECS: dict[str, TableSpec] = {
    spec.name: spec
    for spec in (
        _spec(
            "directives",
            "a distinct directive",
            {
                "directive_id": TEXT,
                "province": TEXT,
                "province_code": TEXT,
                "level": TEXT,
                "issuer": TEXT,
                "issuer_branch": TEXT,
                "on_behalf_of": TEXT,
                "doc_type": TEXT,
                "number": TEXT,
                "number_printed": TEXT,
                "subject": TEXT,
                "issue_date": DAY,
                "date_earliest": DAY,
                "date_latest": DAY,
                "date_estimate": DAY,
                "date_basis": TEXT,
                "date_note": TEXT,
                "urgency": TEXT,
                "signatory_name": TEXT,
                "signatory_title": TEXT,
                "signing_authority": TEXT,
                "province_basis": TEXT,
                "n_copies": INT,
                "n_provisions": INT,
            },
            ("directive_id",),
            vocabulary={
                "level": LEVELS,
                "issuer_branch": BRANCHES,
                "doc_type": DOC_TYPES,
                "date_basis": ("header", "cited", "inferred", "corrected", "unknown"),
                "urgency": URGENCIES,
                "signing_authority": ("T/M", "KT", "TL", "TUQ", "Q", "direct"),
                "province_basis": ("header", "text", "inferred"),
            },
            required=("directive_id", "doc_type", "date_basis", "date_note", "urgency"),
        ),
        _spec(
            "sources",
            "a copy of a directive in a source file",
            {
                "directive_id": TEXT,
                "path": TEXT,
                "sha256": TEXT,
                "ordinal": INT,
                "char_start": INT,
                "char_end": INT,
                "is_primary": FLAG,
                "media_type": TEXT,
                "method": TEXT,
                "ocr_confidence": FLOAT,
                "text": TEXT,
            },
            ("directive_id", "path", "ordinal"),
            vocabulary={"method": ("text", "pdf_text", "ocr", "docx", "html")},
            required=("directive_id", "path", "sha256", "method"),
        ),
        _spec(
            "provisions",
            "a numbered or dashed part of a directive",
            {
                "provision_id": TEXT,
                "directive_id": TEXT,
                "parent_id": TEXT,
                "label": TEXT,
                "path": TEXT,
                "depth": INT,
                "char_start": INT,
                "char_end": INT,
                "text": TEXT,
            },
            ("directive_id", "char_start", "depth"),
            required=("provision_id", "directive_id", "label", "path"),
            spans="text",
        ),
        _spec(
            "measures",
            "a passage coded with one measure code",
            {
                "measure_id": TEXT,
                "directive_id": TEXT,
                "provision_id": TEXT,
                "provision_label": TEXT,
                "code": TEXT,
                "stance": TEXT,
                "binding": TEXT,
                "scope": TEXT,
                "level": INT,
                "tier": TEXT,
                "target": TEXT,
                **_SPAN,
                "rule_id": TEXT,
                "confidence": TEXT,
            },
            ("measure_id",),
            vocabulary={
                "stance": STANCES,
                "binding": ("mandatory", "recommended"),
                "scope": ("general", "targeted"),
                "confidence": ("high", "medium", "low"),
            },
            required=("measure_id", "directive_id", "code", "stance", "binding", "rule_id", "confidence"),
            spans="quote",
        ),
        _spec(
            "tasks",
            "a body told to act in a passage",
            {
                "directive_id": TEXT,
                "provision_id": TEXT,
                "provision_label": TEXT,
                "actor_id": TEXT,
                "actor": TEXT,
                "role": TEXT,
                **_SPAN,
            },
            (*_SPAN_KEY, "role", "actor"),
            vocabulary={"role": ("lead", "coordinate", "responsible")},
            required=("directive_id", "actor", "role"),
            spans="quote",
        ),
        _spec(
            "recipients",
            "a line of Kính gửi or Nơi nhận",
            {"directive_id": TEXT, "position": INT, "actor_id": TEXT, "actor": TEXT, "kind": TEXT},
            ("directive_id", "kind", "position", "actor_id"),
            vocabulary={"kind": ("addressee", "copy")},
            required=("directive_id", "actor", "kind"),
        ),
        _spec(
            "actors",
            "a body that issues, receives or acts",
            {
                "actor_id": TEXT,
                "name": TEXT,
                "name_en": TEXT,
                "kind": TEXT,
                "branch": TEXT,
                "level": TEXT,
                "province_code": TEXT,
            },
            ("actor_id",),
            vocabulary={"kind": ACTOR_KINDS, "branch": BRANCHES, "level": LEVELS},
            required=("actor_id", "name", "kind"),
        ),
        _spec(
            "citations",
            "a passage that names another document",
            {
                "directive_id": TEXT,
                "provision_label": TEXT,
                "number": TEXT,
                "doc_type": TEXT,
                "date": DAY,
                "date_basis": TEXT,
                "issuer": TEXT,
                "relation": TEXT,
                "cited_directive_id": TEXT,
                **_SPAN,
            },
            (*_SPAN_KEY, "number"),
            vocabulary={"doc_type": DOC_TYPES, "date_basis": ("stated", "vocabulary"), "relation": RELATIONS},
            required=("directive_id", "relation"),
            spans="quote",
        ),
        _spec(
            "dates",
            "a passage that names a deadline, a start, an end, a cut-off or an event",
            {
                "directive_id": TEXT,
                "provision_label": TEXT,
                "date": DAY,
                "time": TEXT,
                "kind": TEXT,
                **_SPAN,
            },
            (*_SPAN_KEY, "kind"),
            vocabulary={"kind": ("deadline", "effective_from", "effective_to", "as_of", "event")},
            required=("directive_id", "date", "kind"),
            spans="quote",
        ),
        _spec(
            "figures",
            "a count that the text reports, orders or aims at",
            {"directive_id": TEXT, "value": FLOAT, "unit": TEXT, "kind": TEXT, "what": TEXT, **_SPAN},
            (*_SPAN_KEY, "value"),
            vocabulary={"kind": ("reported", "ordered", "target")},
            required=("directive_id", "value", "kind"),
            spans="quote",
        ),
        _spec(
            "problems",
            "something missing, uncertain or impossible",
            {
                "path": TEXT,
                "directive_id": TEXT,
                "stage": TEXT,
                "code": TEXT,
                "severity": TEXT,
                "message": TEXT,
                "char_start": INT,
                "char_end": INT,
            },
            ("path", "directive_id", "stage", "code", "char_start", "char_end", "message"),
            vocabulary={"severity": ("info", "warning", "error")},
            required=("stage", "code", "severity", "message"),
        ),
        _spec(
            "evidence",
            "a header field or recipient and the words of a copy it was read from (beside the contract)",
            {
                "directive_id": TEXT,
                "path": TEXT,
                "ordinal": INT,
                "field": TEXT,
                "value": TEXT,
                "position": INT,
                **_SPAN,
            },
            ("directive_id", "path", "ordinal", "field", "position", "char_start"),
            required=("directive_id", "path", "field"),
        ),
    )
}
