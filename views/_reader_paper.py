"""Head and foot of a document as the paper has them, from the fields that were read; what is missing is said."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from loaders.reading import find_words
from views._reader_facts import Facts, own_evidence
from views._shared import Page, day_words, machine_words, plain, verification_badge


def show_head(page: Page, row: pd.Series, facts: Facts, copy: pd.Series) -> None:
    """Issuer left, motto right; number, place and date; type and subject; the urgency stamp; to whom."""
    t = page.t
    letter = row["doc_type"] == "official_letter"
    subject = _said(page, row, "subject", row["subject"], "no_subject")
    with st.container(border=True, key=page.key("paper"), gap="small"):
        left, right = st.columns(2)
        with left:
            _centred(f"**{_said(page, row, 'issuer', row['issuer'].upper(), 'no_issuer')}**")
            number = f"Số {row['number']}" if row["number"] else ""
            _centred(f":small[{_said(page, row, 'number', number, 'no_number')}]")
            if letter:
                _centred(f":small[{subject}]")
            if row["urgency"] != "none":
                with st.container(horizontal_alignment="center"):
                    st.badge(plain(t.name("urgency", row["urgency"])).upper(), color="red")
        with right:
            for line in _motto(page, row, copy):
                _centred(line)
            _centred(f":small[*{_said(page, row, 'issue_date', _place_and_day(page, row, facts, copy), 'no_date')}*]")
        if not letter:
            _centred(f"**{_said(page, row, 'doc_type', t.name('doc_type', row['doc_type']).upper(), 'missing')}**")
            _centred(f"*{subject}*")
        _recipients(page, facts, "addressee")
        with st.container(horizontal=True, horizontal_alignment="right"):
            verification_badge(page, row["directive_id"])


def show_foot(page: Page, row: pd.Series, facts: Facts) -> None:
    """To whom copies go, left; by what authority, as what and by whom it is signed, right."""
    t = page.t
    with st.container(border=True, key=page.key("paper-foot"), gap="small"):
        left, right = st.columns(2)
        with left:
            _recipients(page, facts, "copy")
        with right:
            authority = row["signing_authority"]
            if authority:
                words = "" if authority == "direct" else f"{authority} {row['on_behalf_of'].upper()}"
                said = _said(page, row, "signing_authority", words or t.name("signing_authority", authority), "missing")
                _centred(f"**{said}**")
            _centred(_said(page, row, "signatory_title", row["signatory_title"].upper(), "no_signature"))
            if row["signatory_title"] or row["signatory_name"]:
                _centred(f"**{_said(page, row, 'signatory_name', row['signatory_name'], 'no_name')}**")


def _centred(words: str) -> None:
    st.markdown(words, text_alignment="center")


def _said(page: Page, row: pd.Series, field: str, words: str, missing: str) -> str:
    """Safe markdown of a field, or that it is missing; beside it what the machine had read where it was corrected."""
    said = plain(words) if words else f":gray[{plain(page.t(f'reader.{missing}'))}]"
    machine = machine_words(page.t, "directives", row, field)
    return f"{said} :small[:blue[{plain(machine)}]]" if machine else said


def _motto(page: Page, row: pd.Series, copy: pd.Series) -> list[str]:
    """Party or state motto; grey where this copy does not bear it."""
    t = page.t
    lines = ("motto_party",) if row["issuer_branch"] == "party" else ("motto_state", "motto_state_2")
    if find_words(copy["text"][:3000], t(f"reader.{lines[0]}")) is None:
        return [f":gray[{plain(t(f'reader.{name}'))}]" for name in lines] + [
            f":small[:gray[{plain(t('reader.missing'))}]]"
        ]
    return [f"**{plain(t(f'reader.{name}'))}**" for name in lines]


def _place_and_day(page: Page, row: pd.Series, facts: Facts, copy: pd.Series) -> str:
    if pd.isna(row["issue_date"]):
        return ""
    evidence = own_evidence(facts, copy)
    place = evidence.loc[evidence["field"] == "place", "value"]
    day = day_words(page.t, row)
    return f"{place.iloc[0]}, {day}" if len(place) else day


def _recipients(page: Page, facts: Facts, kind: str) -> None:
    rows = facts["recipients"]
    rows = rows[rows["kind"] == kind].drop_duplicates(["position", "actor"]).sort_values("position")
    label = page.t(f"reader.field_{kind}")
    if rows.empty:
        st.markdown(f":small[**{plain(label)}:** :gray[{plain(page.t('reader.missing'))}]]")
        return
    names = [_recipient(page, item) for _, item in rows.iterrows()]
    st.markdown(f":small[**{plain(label)}:** {'; '.join(names)}]")


def _recipient(page: Page, row: pd.Series) -> str:
    machine = machine_words(page.t, "recipients", row)
    return plain(row["actor"]) + (f" :blue[{plain(machine)}]" if machine else "")
