"""What people corrected and checked, by field: further gold for the accuracy section."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from loaders.corrections import correction_report
from loaders.store import CORRECTABLE
from views._corrected import field_name
from views._shared import Page, show_table
from views._store import checked_ids, open_store


def show_corrected(page: Page) -> None:
    """What people corrected or checked, by field: further gold."""
    t, frame = page.t, corrected_fields_frame(page)
    st.markdown(f"#### {t('corrections.report')}")
    st.markdown(t("corrections.report_text"))
    if frame.empty:
        st.caption(t("corrections.report_none"))
        return
    columns = {name: t(f"corrections.report_{name}") for name in frame.columns}
    show_table(page, frame.round({"right": 3}), key="corrected", alt=t("corrections.report"), columns=columns)


def corrected_fields_frame(page: Page) -> pd.DataFrame:
    """Grain: a field that was corrected, or any field once a directive was checked; what people mended is gold too."""
    counts = {table: page.all_tables[table].groupby("directive_id").size().to_dict() for table in CORRECTABLE}
    rows = correction_report(counts, checked_ids(), open_store().standing())
    named = [
        {**row, "table": page.t(f"corrections.kind_{row['table']}"),
         "field": field_name(page.t, row["field"]) if row["field"] else page.t("corrections.whole_fact")}
        for row in rows
        if row["n_corrected"] or row["n_added"] or row["n_rejected"] or row["n_checked"]
    ]  # fmt: skip
    return pd.DataFrame(named)
