"""Parts of the import page: what was read of one file, the page image beside its text, keeping, forgetting."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from loaders.build import CACHE_DIR
from loaders.context import Context
from loaders.intake import HeldText, Intake, index_held, read_fields, take_in
from loaders.queries import Atlas
from loaders.readers.ocr import find_engine
from loaders.records import Document, Problem
from loaders.registers import FIELDS, Register
from loaders.source import SourceError, SourceText, page_image
from views._evidence import directive_name
from views._page import Page
from views._store import open_store
from views._text import Translator, plain

_ICONS = {"info": ":material/info:", "warning": ":material/warning:", "error": ":material/error:"}
_COLOURS = {"info": "gray", "warning": "orange", "error": "red"}
_SEVERITIES = ("error", "warning", "info")
_SHOWN_ROWS = 10


@dataclass(frozen=True)
class Reading:
    """Where readings are cached, and whether scans can be read."""

    folder: Path
    has_ocr: bool


@st.cache_resource(show_spinner=False)
def reader_cache() -> Reading:
    return Reading(CACHE_DIR, find_engine() is not None)


@st.cache_resource(max_entries=1, show_spinner=False)
def held_index(dataset_hash: str, _atlas: Atlas) -> tuple[HeldText, ...]:
    """Held directives as far as copies of them are known by it; made once a dataset."""
    rows = _atlas.table("directives")[["directive_id", "number"]].itertuples(index=False)
    return index_held((row.directive_id, row.number, _atlas.text(row.directive_id)) for row in rows)


def show_file_head(page: Page, number: int, intake: Intake) -> tuple[bool, Intake]:
    """Name, kind and faults of a file, and whether to keep it; a list whose columns are unknown can be mapped here."""
    t = page.t
    with st.container(horizontal=True, vertical_alignment="center", key=page.key(f"head-{number}")):
        st.markdown(f"##### {plain(intake.name)}", width="content")
        for words in _kinds(t, intake):
            st.badge(plain(words), color="gray")
    if intake.error is not None:
        st.error(_error_words(t, intake.error), icon=_ICONS["error"])
        if not intake.header:
            return False, intake
        intake = _mapped(page, number, intake)
    _show_problems(t, _problem_words(t, intake))
    if not intake.is_useful:
        if intake.sources:
            st.warning(t("import.nothing"), icon=_ICONS["warning"])
        return False, intake
    known = intake.sha256 in open_store().uploaded()
    if known:
        st.info(t("import.same_file"), icon=_ICONS["info"])
    return st.checkbox(t("import.keep_file"), value=not known, key=page.key(f"keep-{intake.sha256}-{number}")), intake


def _kinds(t: Translator, intake: Intake) -> list[str]:
    said = [
        t(f"import.method.{method}")
        for method in dict.fromkeys(source.method for source in intake.sources if source.text)
    ]
    n_pages = sum(len(source.pages) for source in intake.sources)
    sure = [source.ocr_confidence for source in intake.sources if source.ocr_confidence is not None]
    said += [t("import.pages", n=n_pages)] if n_pages else []
    said += [t("import.confidence", share=t.percent(sum(sure) / len(sure)))] if sure else []
    said += [t("import.documents", n=len(intake.documents))] if intake.documents else []
    said += [t("import.register.heading")] if intake.register is not None else []
    return said + ([t("import.context.heading")] if intake.context is not None else [])


def _error_words(t: Translator, error: SourceError) -> str:
    """What is wrong with a file and what to do; in English with the figures."""
    key = f"import.error.{error.code}"
    words = str(error) if t.lang == "en" or not t.has(key) else f"{error.file}: {t(key)}"
    return plain(words)


def _problem_words(t: Translator, intake: Intake) -> list[tuple[str, str]]:
    """Severity and words of each problem; those of a member of an archive bear its name."""
    found = [
        (item, source.path.removeprefix(intake.name + "/")) for source in intake.sources for item in source.problems
    ]
    found += [(item, "") for document in intake.documents for item in document.problems]
    found += [(item, "") for item in (intake.register.problems if intake.register else ())]
    return [
        (
            item.severity,
            f"{member}: {_translated(t, item)}" if member not in ("", intake.name) else _translated(t, item),
        )
        for item, member in found
    ]


def _show_problems(t: Translator, problems: Iterable[tuple[str, str]]) -> None:
    for (severity, words), n in sorted(Counter(problems).items(), key=lambda item: _SEVERITIES.index(item[0][0])):
        said = t("import.repeated", message=words, n=n) if n > 1 else words
        label = f"{_ICONS[severity]} **{t(f'import.severity.{severity}')}:**"
        st.markdown(f":small[:{_COLOURS[severity]}[{label}] {plain(said)}]")


def _translated(t: Translator, item: Problem) -> str:
    if item.stage == "registers" and t.has(f"import.problem.{item.code}"):
        return t(f"import.problem.{item.code}")  # one line for all rows with the same fault
    return t.problem(item.code, item.message, "import.problem", "import.error")


def _mapped(page: Page, number: int, intake: Intake) -> Intake:
    """The list again, with the columns that the reader names."""
    t = page.t
    st.markdown(f"**{t('import.register.map')}**")
    chosen = {}
    for place, field in zip(st.columns(len(FIELDS)), FIELDS, strict=True):
        with place:
            column = st.selectbox(
                t(f"import.register.{field}"), ("", *intake.header), key=page.key(f"map-{number}-{field}"),
                format_func=lambda name: plain(name) or t("import.register.none"),
            )  # fmt: skip
        if column:
            chosen[field] = column
    return take_in(intake.content, intake.name, mapping=chosen) if {"number", "subject"} <= set(chosen) else intake


def show_document(
    page: Page, key: str, document: Document, intake: Intake, place: int, copy: tuple[str, float] | None
) -> None:
    """One document: its head field by field with the words behind each, what its body holds, whether it is a copy."""
    t, several = page.t, len(intake.documents) > 1
    number = document.header.number.value if document.header.number else t("import.certain.missing")
    label = t("import.document_heading", n=place, total=len(intake.documents), number=number)
    with st.expander(plain(label), key=page.key(f"document-{key}")) if several else nullcontext():
        _show_fields(page, document, intake)
        if copy is not None:
            _show_copy(page, *copy)


def _show_copy(page: Page, original: str, share: float) -> None:
    """That a document is nearly one that is held, or one of another file on this page."""
    t, held = page.t, page.all_tables["directives"].set_index("directive_id", drop=False)
    is_held = original in held.index
    name = directive_name(t, held.loc[original]) if is_held else original
    words = t("import.copy" if is_held else "import.copy_of_file", name=name, share=t.percent(share))
    st.info(plain(words), icon=":material/content_copy:")
    if is_held:
        page.link("reader", t("import.open", name=plain(name)), directive=original)


def _show_fields(page: Page, document: Document, intake: Intake) -> None:
    t = page.t
    rows = [
        (t(f"import.fields.{one.field}"), _value(t, one.field, one.value), plain(one.quote), _certainty(t, one))
        for one in read_fields(document, intake.sources)
    ]
    columns = [t(f"import.{name}") for name in ("field", "value", "quote", "certainty")]
    st.table(pd.DataFrame(rows, columns=columns).set_index(columns[0]))
    parts = ("provisions", "measures", "citations", "tasks", "dates")
    st.caption(t("import.found", **{name: len(getattr(document, name)) for name in parts}))


def _value(t: Translator, field: str, value: str) -> str:
    if not value:
        return "–"
    if field in ("doc_type", "urgency"):
        return plain(t.name(field, value))
    if field == "issue_date":
        days = [pd.Timestamp(part).date() if part else None for part in value.split("/")]
        return t.day(days[0]) if len(days) == 1 else t.span(*days)
    return plain(value)


def _certainty(t: Translator, one: Any) -> str:
    return plain(t(f"import.certain.{one.certainty}", **({"words": ", ".join(one.doubts)} if one.doubts else {})))


def show_scan(page: Page, key: str, intake: Intake, source: SourceText) -> None:
    """Page images of a scan beside the text that was read from them, doubted words listed."""
    t = page.t
    scanned = [one for one in source.pages if one.method == "ocr"]
    if not scanned or source.path != intake.name:
        return
    with st.expander(t("import.look"), icon=":material/document_scanner:", key=page.key(f"scan-{key}")):
        number = st.segmented_control(
            t("import.page"), [one.number for one in scanned], default=scanned[0].number, key=page.key(f"page-{key}")
        )
        one = next((one for one in scanned if one.number == number), scanned[0])
        left, right = st.columns(2)
        with left:
            try:
                st.image(_picture(intake.sha256, one.number, intake), caption=t("import.page_alt", n=one.number))
            except SourceError as error:
                st.error(_error_words(t, error))
        with right:
            st.caption(t("import.text_read"))
            st.text(source.text[one.start : one.end])
            words = [source.text[a:b] for a, b, _ in source.low_confidence if one.start <= a < one.end]
            st.caption(plain(t("import.doubts", words=", ".join(words))) if words else t("import.no_doubts"))


@st.cache_data(max_entries=20, show_spinner=False)
def _picture(sha256: str, number: int, _intake: Intake) -> bytes:
    return page_image(_intake.content, _intake.name, number)


def show_register(page: Page, number: int, register: Register) -> None:
    """Rows of a register, the first ones, and what becomes of them."""
    t = page.t
    days = [row.date for row in register.rows if row.date]
    distinct = sum(not row.duplicate_of for row in register.rows)
    bounds = {"earliest": t.day(min(days, default=None)), "latest": t.day(max(days, default=None))}
    st.markdown(plain(t("import.register.rows", n=len(register.rows), distinct=distinct, **bounds)))
    st.caption(t("import.register.title_only"))
    columns = [t(f"import.register.{name}") for name in ("line", "number", "date", "subject")]
    rows = [
        (str(row.line), plain(row.number), t.day(row.date), plain(row.subject)) for row in register.rows[:_SHOWN_ROWS]
    ]
    st.table(pd.DataFrame(rows, columns=columns).set_index(columns[0]))
    if len(register.rows) > _SHOWN_ROWS:
        st.caption(t("import.register.more", n=len(register.rows) - _SHOWN_ROWS))


def show_context(page: Page, context: Context) -> None:
    """Days and column of the national context, and its licence."""
    t = page.t
    first, last = context.days[0].date, context.days[-1].date
    said = t("import.context.days", n=len(context.days), earliest=first, latest=last, column=context.index_column)
    st.markdown(plain(said))
    st.caption(plain(t("import.context.licence", licence=context.licence)))
