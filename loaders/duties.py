"""Who carries which measure, and by when: tasks, measures and deadlines of one passage brought together.

A body carries a measure when the sentence that tells it to act holds the measure's words. A sentence without a body
goes on with the one told to act before it in its paragraph, else with the one that the provision above it names
("Công an tỉnh:"); being answerable does not carry on. A deadline belongs to the measures of its own sentence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from loaders.queries import Atlas

DUTY_COLUMNS = [
    "measure_id", "directive_id", "province", "province_code", "number", "doc_type", "day", "code", "stance",
    "actor_id", "actor", "actor_en", "actor_kind", "role", "is_direct", "deadline", "deadline_quote", "provision_label",
    "quote", "char_start", "char_end",
]  # fmt: skip
_SENTENCE_END = re.compile(r"[.;!?…]\s+(?=[\W\d]*[A-ZÀ-ỸĐ])|\n\s*\n")
_PARAGRAPH_END = re.compile(r"\n\s*\n")


def duties(atlas: Atlas, directive_ids: Sequence[str] | None = None) -> pd.DataFrame:
    """One row a measure and a body that carries it, of all or some directives.

    Returns
    -------
    DataFrame
        Columns ``DUTY_COLUMNS``. ``actor`` is the body named (empty: a deadline that names nobody), ``is_direct`` False
        where the body is named in an earlier sentence or a provision above, ``deadline`` NaT where the sentence sets
        none, ``quote`` and its span are the measure's.
    """
    tables = {
        name: atlas.table(name, directive_ids) for name in ("directives", "tasks", "measures", "provisions", "dates")
    }
    actors = {row.actor_id: row for row in atlas.table("actors").itertuples()}
    about = {row.directive_id: row for row in tables["directives"].itertuples()}
    by_directive = {name: dict(iter(frame.groupby("directive_id"))) for name, frame in tables.items()}
    rows = []
    for directive_id, measures in by_directive["measures"].items():
        tasks = by_directive["tasks"].get(directive_id)
        provisions = {row.provision_id: row for row in _rows(by_directive["provisions"].get(directive_id))}
        due = [row for row in _rows(by_directive["dates"].get(directive_id)) if row.kind == "deadline"]
        told = _rows(tasks)
        for measure in measures.itertuples():
            deadline = _deadline(measure, due, provisions)
            carriers = _carriers(measure, told, provisions)
            for task, direct in carriers or ([(_Nobody, False)] if deadline is not None else []):
                rows.append(_row(measure, task, direct, deadline, about[directive_id], actors.get(task.actor_id)))
    frame = pd.DataFrame(rows, columns=DUTY_COLUMNS)
    for column in ("day", "deadline"):
        frame[column] = pd.to_datetime(frame[column])
    return frame.drop_duplicates(["measure_id", "actor_id", "actor", "role"], ignore_index=True)


class _Nobody:
    """Stands where a deadline is set and no body is named."""

    actor_id = actor = role = ""


def _rows(frame: pd.DataFrame | None) -> list[Any]:
    return [] if frame is None else list(frame.itertuples())


def _carriers(measure: Any, tasks: list[Any], provisions: Mapping[str, Any]) -> list[tuple[Any, bool]]:
    """Tasks that carry ``measure``, and whether its own sentence names them."""
    own = [task for task in tasks if task.char_start < measure.char_end and task.char_end > measure.char_start]
    if own:
        return [(task, True) for task in own]
    leads = [task for task in tasks if task.role != "responsible" and task.char_end <= measure.char_start]
    place = measure.provision_id
    while place:
        before = [task for task in leads if task.provision_id == place and _carries_on(task, measure, provisions)]
        if before:
            last = max(task.char_start for task in before)
            return [(task, False) for task in before if task.char_start == last]
        place = provisions[place].parent_id if place in provisions else ""
    return []


def _carries_on(task: Any, measure: Any, provisions: Mapping[str, Any]) -> bool:
    """Whether no paragraph ends between them; a provision above speaks for all that lies below it."""
    own = provisions.get(task.provision_id)
    if own is None or task.provision_id != measure.provision_id:
        return own is not None
    between = own.text[task.char_end - own.char_start : measure.char_start - own.char_start]
    return not _PARAGRAPH_END.search(between)


def _deadline(measure: Any, due: list[Any], provisions: Mapping[str, Any]) -> Any:
    """The day that the measure's own sentence sets, the nearest where it sets several."""
    provision = provisions.get(measure.provision_id)
    if provision is None:
        return None
    near = [day for day in due if _same_sentence(measure, day, provision)]
    return min(near, key=lambda day: abs(day.char_start - measure.char_start), default=None)


def _same_sentence(measure: Any, day: Any, provision: Any) -> bool:
    first, last = min(measure.char_end, day.char_end), max(measure.char_start, day.char_start)
    if day.char_start < provision.char_start or day.char_end > provision.char_end:
        return False
    between = provision.text[first - provision.char_start : last - provision.char_start]
    following = provision.text[last - provision.char_start :][:1]
    return first >= last or not _SENTENCE_END.search(between + following)


def _row(measure: Any, task: Any, direct: bool, deadline: Any, about: Any, actor: Any) -> tuple[Any, ...]:
    day = about.issue_date if pd.notna(about.issue_date) else about.date_estimate
    name, english, kind = (actor.name, actor.name_en, actor.kind) if actor is not None else (task.actor, "", "other")
    set_day = (deadline.date, deadline.quote) if deadline is not None else (pd.NaT, "")
    return (
        measure.measure_id, measure.directive_id, about.province, about.province_code, about.number, about.doc_type,
        day, measure.code, measure.stance, task.actor_id, " ".join(name.split()), english, kind, task.role, direct,
        *set_day, measure.provision_label, measure.quote, measure.char_start, measure.char_end,
    )  # fmt: skip
