"""The evidence drawer: what a directive is, how its date is known, and the words behind every mark."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from charts.theme import STANCE_GLYPHS
from loaders.fold import slugify
from views._corrected import machine_words, verification_badge
from views._page import Page, registry
from views._text import Translator, plain

# Words that bind or loosen: set in bold inside a quote so that its force is seen at a glance.
_BINDING = re.compile(
    r"(?i)\b(không được|nghiêm cấm|phải|bắt buộc|yêu cầu|chịu trách nhiệm|chỉ được|tạm dừng|nghiêm túc|nghiêm|xử lý|"
    r"khuyến cáo|khuyến khích|vận động|kêu gọi|đề nghị|tiếp tục|duy trì|nới lỏng|thu gọn|dỡ bỏ)\b"
)
_OPEN = {"correct": "1"}  # the reader with its panel of corrections open
_PER_TABLE = {
    "measures": ("code", "stance"),
    "tasks": ("role", "actor"),
    "citations": ("number",),
    "dates": ("kind",),
    "evidence": ("field", "position"),
}


def fact_id(table: str, row: Mapping[str, Any]) -> str:
    """Id of a fact within its directive, for ``f=`` of the reader's address.

    Table, span and what tells apart two facts of one span.

    >>> fact_id("measures", {"char_start": 10, "char_end": 20, "code": "testing", "stance": "tighten"})
    'measures:10-20:testing-tighten'
    """
    told = slugify(" ".join(str(row[name]) for name in _PER_TABLE.get(table, ())))
    return f"{table}:{int(row['char_start'])}-{int(row['char_end'])}" + (f":{told}" if told else "")


def find_fact(facts: Mapping[str, pd.DataFrame], wanted: str) -> tuple[str, pd.Series] | None:
    """Table and row of a fact id among the facts of one directive (``Atlas.facts``), or ``None``."""
    table = wanted.partition(":")[0]
    for _, row in facts[table].iterrows() if table in facts and "char_start" in facts[table] else ():
        if fact_id(table, row) == wanted:
            return table, row
    return None


def directive_name(t: Translator, row: Mapping[str, Any]) -> str:
    """Short name of a directive: type and number, or type and issuer where it has no number."""
    kind = t.name("doc_type", row["doc_type"])
    return f"{kind} {row['number']}" if row["number"] else f"{kind} · {row['issuer'] or t('directive.no_issuer')}"


def day_words(t: Translator, row: Mapping[str, Any]) -> str:
    """Its day, or its bounds, in words."""
    if row["issue_date"] == row["issue_date"] and row["issue_date"] is not None:
        return t.day(row["issue_date"])
    return t("date.undated", span=t.span(row["date_earliest"], row["date_latest"]))


def date_reason(t: Translator, row: Mapping[str, Any], facts: Mapping[str, pd.DataFrame]) -> str:
    """Why the day is known, or which words set its bounds: one sentence, made from the tables in either language."""
    if row["date_basis"] != "inferred":
        return t(f"date_basis_long.{row['date_basis']}")
    said = []
    for bound in ("date_earliest", "date_latest"):
        if row[bound] == row[bound] and row[bound] is not None:
            quote = _quote_of_day(facts, row[bound])
            said.append(t(f"date.why_{bound}", day=t.day(row[bound]), quote=quote or "…"))
        else:
            said.append(t(f"date.no_{bound}"))
    return " ".join([t("date_basis_long.inferred"), *said])


def _quote_of_day(facts: Mapping[str, pd.DataFrame], wanted: pd.Timestamp) -> str:
    for table in ("dates", "citations"):
        hits = facts[table].loc[facts[table]["date"] == wanted, "quote"]
        if len(hits):
            return str(hits.iloc[0])
    return ""


def emphasised(quote: str) -> str:
    """Quote as safe markdown, its binding words bold."""
    parts = _BINDING.split(" ".join(quote.split()))
    return "".join(f"**{plain(part)}**" if index % 2 else plain(part) for index, part in enumerate(parts))


def show_evidence(
    page: Page,
    directive_id: str = "",
    facts: pd.DataFrame | None = None,
    *,
    key: str = "evidence",
    table: str = "measures",
) -> None:
    """The drawer for the chosen directive, or for the facts behind a mark; nothing where nothing is chosen.

    Parameters
    ----------
    directive_id
        Default: ``page.state.directive``.
    facts
        Rows of one facts table (of several directives too: one block each). Default: the directive's measures, limited
        to ``page.state.measure`` or the measure filter where set.
    table
        Which table ``facts`` are rows of, for the links into the reader.
    """
    chosen = directive_id or page.state.directive
    ids = list(dict.fromkeys(facts["directive_id"])) if facts is not None and not directive_id else [chosen]
    held = page.all_tables["directives"].set_index("directive_id", drop=False)
    ids = [item for item in ids if item in held.index]
    if not ids:
        return
    with st.container(border=True, key=f"evidence-drawer-{page.key(key)}", gap="small"):
        for number, item in enumerate(ids):
            if number:
                st.divider()
            rows = facts[facts["directive_id"] == item] if facts is not None else _measures(page, item)
            _block(page, held.loc[item], rows, table, f"{key}-{number}", close=number == 0)


def _measures(page: Page, directive_id: str) -> pd.DataFrame:
    rows = page.all_tables["measures"]
    rows = rows[rows["directive_id"] == directive_id]
    wanted = [page.state.measure] if page.state.measure else list(page.state.measures)
    limited = rows[rows["code"].isin(wanted)]
    return limited if len(limited) else rows


def _block(page: Page, row: pd.Series, facts: pd.DataFrame, table: str, key: str, *, close: bool) -> None:
    t = page.t
    with st.container(horizontal=True, vertical_alignment="center", key=page.key(f"{key}-head")):
        st.markdown(f"#### {plain(directive_name(t, row))}", width="content")
        if row["urgency"] != "none":
            st.badge(plain(t.name("urgency", row["urgency"])), color="red", icon=":material/priority_high:")
        verification_badge(page, row["directive_id"])
        page.link("reader", t("evidence.read"), icon=":material/menu_book:", directive=row["directive_id"])
        if close and page.state.directive and not page.present:
            st.button(
                t("evidence.close"), key=page.key(f"{key}-close"), icon=":material/close:", type="tertiary",
                on_click=page.update, kwargs={"directive": None, "fact": None, "provision": None, "measure": None},
            )  # fmt: skip
    if row["subject"]:
        st.markdown(f"*{plain(row['subject']).strip()}*")
    st.markdown("  \n".join(f":small[**{t(label)}** {plain(said)}]" for label, said in _particulars(page, row)))
    _quotes(page, facts, table, key)


def _particulars(page: Page, row: pd.Series) -> list[tuple[str, str]]:
    t = page.t
    facts = {name: page.all_tables[name] for name in ("dates", "citations")}
    own = {name: frame[frame["directive_id"] == row["directive_id"]] for name, frame in facts.items()}
    signed = " ".join(part for part in (row["signatory_title"], row["signatory_name"]) if part)
    if row["signing_authority"]:
        signed = f"{signed} · {t.name('signing_authority', row['signing_authority'])}".lstrip(" ·")
    issuer = " · ".join(part for part in (row["issuer"], t.name("branch", row["issuer_branch"])) if part)
    said = {
        "issued": (f"{day_words(t, row)}. {date_reason(t, row, own)}", ("issue_date",)),
        "issuer": (issuer or t("evidence.not_stated"), ("issuer", "issuer_branch")),
        "signed": (signed or t("evidence.not_stated"), ("signatory_title", "signatory_name", "signing_authority")),
    }
    return [
        (f"evidence.{name}", " ".join(part for part in (words, machine_words(t, "directives", row, *of)) if part))
        for name, (words, of) in said.items()
    ]


def _quotes(page: Page, facts: pd.DataFrame, table: str, key: str) -> None:
    """One row a fact: what it was read as, the words, and the way to them in the reader."""
    t = page.t
    if facts.empty:
        st.caption(t("evidence.nothing"))
        return
    previous = None
    for number, (_, fact) in enumerate(_reading_order(facts).iterrows()):
        label = fact.get("provision_label", "")
        where = t("evidence.provision", label=label) if label else t("evidence.preamble")
        with st.container(horizontal=True, key=f"evidence-row-{page.key(key)}-{number}", gap="small"):
            st.markdown(f":gray[{plain(where)}]" if where != previous else "", width=110)
            machine = machine_words(t, table, fact) if "char_start" in fact else ""
            st.markdown(_tag(t, fact) + (f"  \n:small[:blue[{plain(machine)}]]" if machine else ""), width=230)
            st.markdown(f"“{emphasised(fact['quote'])}”", width="stretch")
            if "char_start" in fact and "reader" in registry():
                at = fact_id(table, fact)
                page.link(
                    "reader", t("evidence.at"), icon=":material/arrow_outward:", directive=fact["directive_id"], fact=at
                )
                if not page.present:
                    page.link("reader", t("corrections.correct"), directive=fact["directive_id"], fact=at, own=_OPEN)
        previous = where


def _reading_order(facts: pd.DataFrame) -> pd.DataFrame:
    return facts.sort_values("char_start", kind="stable") if "char_start" in facts else facts


def _tag(t: Translator, fact: pd.Series) -> str:
    """What the words were read as: the measure and its stance, the task's actor and role, the kind of day."""
    if "code" in fact:
        stance = f"{STANCE_GLYPHS.get(fact['stance'], '')} {t.name('stance', fact['stance'])}"
        binding = f" · {t.name('binding', fact['binding'])}" if fact.get("binding") == "recommended" else ""
        return f"**{plain(t.name('measure', fact['code']))}**  \n:gray[{plain(stance + binding)}]"
    if "role" in fact:
        return f"**{plain(fact['actor'])}**  \n:gray[{plain(t.name('role', fact['role']))}]"
    if "relation" in fact:
        return f"**{plain(fact['number'])}**  \n:gray[{plain(t.name('relation', fact['relation']))}]"
    if "what" in fact:
        return f"**{plain(fact['what'])}**  \n:gray[{plain(t.name('figure_kind', fact['kind']))}]"
    return f"**{plain(t.name('date_kind', fact['kind']))}**" if "kind" in fact else ""
