"""Facts of a copy for the document component: what each was read as, in words, and where it stands."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from loaders.reading import document_facts
from views._reader_document import Reading
from views._shared import Page, Translator, corrections_version, fact_id, machine_words, translator

Said = tuple[str, list[tuple[str, str]]]
Facts = Mapping[str, pd.DataFrame]


def copies_of(facts: Facts) -> pd.DataFrame:
    """Copies of a directive, the fullest first."""
    return facts["sources"].sort_values(
        ["is_primary", "path", "ordinal"], ascending=[False, True, True], ignore_index=True
    )


def own_evidence(facts: Facts, copy: pd.Series) -> pd.DataFrame:
    """Where one copy states its header fields, recipients and pages."""
    rows = facts["evidence"]
    return rows[(rows["path"] == copy["path"]) & (rows["ordinal"] == copy["ordinal"])].reset_index(drop=True)


def fact_entries(page: Page, facts: Facts, copy: pd.Series) -> list[dict[str, Any]]:
    """Facts of one copy in reading order, grouped by provision; shared by all sessions, so never change them."""
    place = (copy["directive_id"], copy["path"], int(copy["ordinal"]))
    return _entries(page.atlas.dataset_hash, place, page.lang, corrections_version(), facts, copy)


@st.cache_resource(max_entries=64, show_spinner=False)
def _entries(
    version: str, place: tuple[str, str, int], lang: str, corrected: str, _facts: Facts, _copy: pd.Series
) -> list[dict[str, Any]]:
    t, facts, copy = translator(lang), _facts, _copy
    rows = document_facts(facts, copy["path"], int(copy["ordinal"]), primary=bool(copy["is_primary"]))
    frames = {**facts, "evidence": own_evidence(facts, copy)}
    held = {name: frames[name].to_dict("records") for name in set(rows["table"])}
    entries: dict[str, dict[str, Any]] = {}
    for row in rows.itertuples():
        source = held[row.table][row.row]
        title, said = _said(t, row.table, source)
        machine = machine_words(t, row.table, source) if corrected else ""
        key = fact_id(row.table, source)
        entry = {
            "id": key, "kind": row.kind, "start": int(row.char_start), "end": int(row.char_end),
            "title": f"{title} ✎" if machine else title, "tip": f"{title} ({machine})" if machine else title,
            "quote": " ".join(row.quote.split()), "group": _group(t, row.table, row.provision_label),
            "said": [[name, value] for name, value in [*said, (t("corrections.corrected"), machine)] if value],
        }  # fmt: skip
        entries.setdefault(key, entry)
    return list(entries.values())


def _group(t: Translator, table: str, label: str) -> str:
    if table == "evidence":
        return t("reader.group_header")
    return t("reader.group_provision", label=label) if label else t("reader.group_preamble")


def _said(t: Translator, table: str, row: Mapping[Hashable, Any]) -> Said:
    """Title of a fact and its particulars as pairs of name and value."""
    return _SAID[table](t, row)


def _header(t: Translator, row: Mapping[Hashable, Any]) -> Said:
    kinds = {"urgency", "doc_type", "signing_authority"}
    value = t.name(row["field"], row["value"]) if row["field"] in kinds else str(row["value"])
    return t(f"reader.field_{row['field']}"), [(t("reader.said_value"), value)]


def _measure(t: Translator, row: Mapping[Hashable, Any]) -> Said:
    level = "" if pd.isna(row["level"]) else str(int(row["level"]))
    return f"{t.name('measure', row['code'])} · {t.name('stance', row['stance'])}", [
        (t("reader.said_binding"), t.name("binding", row["binding"])),
        (t("reader.said_scope"), t.name("scope", row["scope"]) if row["scope"] else ""),
        (t("column.level"), level),
        (t("reader.said_target"), row["target"]),
        (t("reader.said_tier"), row["tier"]),
        (t("reader.said_confidence"), t.name("confidence", row["confidence"])),
        (t("reader.said_rule"), row["rule_id"]),
    ]


def _task(t: Translator, row: Mapping[Hashable, Any]) -> Said:
    return f"{row['actor']} · {t.name('role', row['role'])}", []


def _citation(t: Translator, row: Mapping[Hashable, Any]) -> Said:
    return f"{t.name('doc_type', row['doc_type'])} {row['number']}".strip(), [
        (t("reader.said_relation"), t.name("relation", row["relation"])),
        (t("reader.said_date"), t.day(row["date"]) if pd.notna(row["date"]) else ""),
        (t("reader.said_issuer"), row["issuer"]),
    ]


def _date(t: Translator, row: Mapping[Hashable, Any]) -> Said:
    return f"{t.name('date_kind', row['kind'])}: {t.day(row['date'])} {row['time']}".strip(), []


def _figure(t: Translator, row: Mapping[Hashable, Any]) -> Said:
    value = t.number(row["value"], 0 if float(row["value"]).is_integer() else 1)
    title = f"{value} {row['unit']}".strip() + f" · {t.name('figure_kind', row['kind'])}"
    return title, [(t("reader.said_value"), row["what"])]


_SAID = {
    "evidence": _header, "measures": _measure, "tasks": _task, "citations": _citation, "dates": _date,
    "figures": _figure,
}  # fmt: skip


def reading_of(page: Page, facts: Facts, copy: pd.Series, entries: list[dict[str, Any]], shown: list[str]) -> Reading:
    """What the document component shows of one copy in the page's state."""
    tree = facts["provisions"] if copy["is_primary"] else facts["provisions"].iloc[:0]
    parts = [
        {"label": row.label, "words": " ".join(row.text[len(row.label) : 90].lstrip(".)- ").split()),
         "depth": int(row.depth), "start": int(row.char_start)}
        for row in tree.itertuples()
        if row.depth < 2
    ]  # fmt: skip
    at = tree.loc[tree["path"] == page.state.provision, "char_start"]
    evidence, problems = own_evidence(facts, copy), facts["problems"]
    unsure = problems[(problems["code"] == "ocr-unsure") & bool(copy["is_primary"])]
    pages = evidence[evidence["field"] == "page"].sort_values("char_start")
    return Reading(
        version=f"{page.atlas.dataset_hash}:{copy['path']}:{copy['ordinal']}:{copy['directive_id']}:{page.lang}",
        text=copy["text"],
        facts=entries,
        outline=parts,
        words={name: page.t(f"reader.{name}") for name in ("outline", "document", "facts", "doubtful")},
        active=page.state.fact if any(entry["id"] == page.state.fact for entry in entries) else "",
        at=int(at.iloc[0]) if len(at) else int(page.state.extra["at"]),
        shown=shown,
        doubtful=sorted([int(row.char_start), int(row.char_end)] for row in unsure.itertuples()),
        pages=[[int(row.char_start), page.t("reader.page", n=row.value)] for row in pages.itertuples()],
    )
