"""What the methods page lists: the codebook from the vocabulary, the worked example from the data, the glossary."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd

from loaders.fold import sort_key
from loaders.profile import province_steps
from loaders.score import MAXIMUM, WITHOUT_FLAG, sub_score
from views._page import Page, tables_dir
from views._state import LANGS
from views._text import Translator, measure_entries, messages, translator


def codebook(t: Translator) -> pd.DataFrame:
    """Grain: a measure code, in the vocabulary's order."""
    rows = [
        {
            "group": t.name("group", entry["group"]),
            "code": code,
            "measure": entry[t.lang],
            "covers": entry["covers"],
            "ox": entry.get("ox") or "–",
            "ox_note": entry.get("ox_note") or "",
            "phsm": str(entry.get("phsm") or "–"),
            "coronanet": str(entry.get("coronanet") or "–"),
        }
        for code, entry in measure_entries().items()
    ]
    return pd.DataFrame(rows)


def provinces_with_score(page: Page) -> list[str]:
    """Codes of the provinces of which a level is known."""
    return sorted(code for code, steps in province_steps(page.atlas).items() if steps)


def worked_example(page: Page, province_code: str) -> tuple[pd.DataFrame, dict[str, Any]]:
    """Last step of a province's directive-derived score, taken apart.

    Returns
    -------
    frame
        Grain: an indicator known on that day: ``indicator``, ``level``, ``flag``, ``maximum``, ``score``, ``inferred``,
        ``date`` (when it was stated), ``quote``, ``directive_id``.
    values
        ``day``, ``score``, ``n`` (observed, of nine) and ``sum`` in figures; empty where no level is known.
    """
    steps = province_steps(page.atlas).get(province_code, [])
    if not steps:
        return pd.DataFrame(), {}
    step = steps[-1]
    quotes = page.all_tables["measures"].set_index("measure_id")
    rows = [
        {
            "indicator": item.indicator,
            "level": item.level,
            "flag": None if item.indicator in WITHOUT_FLAG else item.flag,
            "maximum": MAXIMUM[item.indicator],
            "score": sub_score(item.indicator, item.level, item.flag),
            "inferred": item.inferred,
            "date": pd.Timestamp(item.day),
            "quote": quotes.loc[item.measure_id, "quote"],
            "directive_id": quotes.loc[item.measure_id, "directive_id"],
        }
        for item in sorted((*step.stated, *step.carried), key=lambda item: item.indicator)
        if item.level is not None
    ]
    added = " + ".join(page.t.number(row["score"], 1) for row in rows)
    return pd.DataFrame(rows), {"day": step.day, "score": step.score, "n": step.n_observed, "sum": added}


def accuracy() -> dict[str, Any]:
    """Evaluation against gold, as ``python -m loaders evaluate`` wrote it beside the tables; empty where it did not."""
    path = tables_dir() / "accuracy.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def glossary(t: Translator) -> list[tuple[str, str]]:
    """Term in both languages and its meaning in the reader's, in Vietnamese order."""
    names = dict.fromkeys(key.split(".")[1] for key in messages() if key.startswith("glossary."))
    pairs = [({code: translator(code)(f"glossary.{name}.term") for code in LANGS}, name) for name in names]
    ordered = sorted(pairs, key=lambda pair: sort_key(pair[0][t.lang]))
    other = {"vi": "en", "en": "vi"}[t.lang]
    return [(_both(term[t.lang], term[other]), t(f"glossary.{name}.meaning")) for term, name in ordered]


def _both(own: str, foreign: str) -> str:
    return own if own == foreign else f"{own} ({foreign})"
