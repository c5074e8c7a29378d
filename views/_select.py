"""Which directives pass the filters of a state: pure functions over frames."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from views._state import ViewState

# Waves of the epidemic in Việt Nam by date, as the Ministry of Health numbers them.
WAVES: dict[str, tuple[str, str]] = {
    "wave1": ("2020-01-23", "2020-07-24"),
    "wave2": ("2020-07-25", "2021-01-27"),
    "wave3": ("2021-01-28", "2021-04-26"),
    "wave4": ("2021-04-27", "2022-03-31"),
}


def possible_days(directives: pd.DataFrame) -> pd.DataFrame:
    """Columns ``first`` and ``last``: the days between which each was issued; an open end is ``NaT``.

    A directive that sets no day at all has two open ends: no window may hide it.
    """
    stated = directives["issue_date"]
    return pd.DataFrame(
        {
            "first": stated.fillna(directives["date_earliest"]),
            "last": stated.fillna(directives["date_latest"]),
        }
    )


def select_directives(
    directives: pd.DataFrame, measures: pd.DataFrame, state: ViewState, checked: Collection[str] | None = None
) -> list[str]:
    """Ids that pass, in table order. An undated directive passes a window that its bounds may reach into.

    ``checked``: where given, only these pass (what people verified, which is not in the tables).
    """
    keep = pd.Series(True, index=directives.index)
    chosen = {
        "province_code": state.provinces,
        "issuer_branch": state.branches,
        "doc_type": state.types,
        "urgency": state.urgencies,
    }
    for column, values in chosen.items():
        if values:
            keep &= directives[column].isin(values)
    days = possible_days(directives)
    if state.start:
        keep &= ~(days["last"] < pd.Timestamp(state.start))
    if state.end:
        keep &= ~(days["first"] > pd.Timestamp(state.end))
    if state.measures:
        keep &= directives["directive_id"].isin(measures.loc[measures["code"].isin(state.measures), "directive_id"])
    if checked is not None:
        keep &= directives["directive_id"].isin(list(checked))
    return list(directives.loc[keep, "directive_id"])
