"""Directives to the rows of every table of the contract. Pure; knows columns, not stages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields
from datetime import date
from typing import Any

from loaders.fold import fold
from loaders.numbers import number_key
from loaders.records import Actor, Directive, Document, Fact, Header, Problem, ProvinceFact, Provision

Row = dict[str, Any]
Rows = dict[str, list[Row]]
ResolveActors = Callable[..., tuple[Actor, ...]]


def value(fact: Fact | None) -> str:
    return fact.value if fact else ""


def full_issuer(header: Header, province: ProvinceFact) -> str:
    """Issuer as the contract wants it: a body whose letterhead is lost gets the name of its province.

    "Tỉnh ủy" of a document that belongs to Kiên Giang is "Tỉnh ủy Kiên Giang".
    """
    issuer = value(header.issuer)
    if not issuer or not province.name or header.level != "province" or fold(province.name) in fold(issuer):
        return issuer
    bare = issuer.removesuffix(" tỉnh") + " tỉnh" if issuer.endswith(" tỉnh") else issuer
    return f"{bare} {province.name}"


def _provision_at(provisions: Sequence[Provision], position: int) -> Provision | None:
    """Deepest provision that holds ``position``; provisions come in text order, so the last that does."""
    held = None
    for provision in provisions:
        if provision.start > position:
            break
        if position < provision.end:
            held = provision
    return held


def _top_label(provision: Provision | None, by_path: dict[str, Provision]) -> str:
    while provision is not None and provision.parent:
        provision = by_path[provision.parent]
    return provision.label if provision else ""


class Places:
    """Where in the tree a fact of one directive stands."""

    def __init__(self, directive: Directive) -> None:
        self.id = directive.directive_id
        self.text = directive.primary.text
        self.provisions = directive.primary.provisions
        self.by_path = {provision.path: provision for provision in self.provisions}

    def provision_id(self, path: str) -> str:
        return f"{self.id}#{path}" if path else ""

    def label(self, start: int) -> str:
        return _top_label(_provision_at(self.provisions, start), self.by_path)

    def held_by(self, start: int) -> dict[str, str]:
        held = _provision_at(self.provisions, start)
        path = held.path if held else ""
        return {"provision_id": self.provision_id(path), "provision_label": _top_label(held, self.by_path)}

    def quote(self, start: int, end: int) -> Row:
        return {"quote": self.text[start:end], "char_start": start, "char_end": end}


def directive_row(directive: Directive) -> Row:
    header, dating, province = directive.header, directive.dating, directive.province
    return {
        "directive_id": directive.directive_id,
        "province": province.name,
        "province_code": province.code,
        "level": header.level,
        "issuer": full_issuer(header, province),
        "issuer_branch": header.issuer_branch,
        "on_behalf_of": value(header.on_behalf_of),
        "doc_type": value(header.doc_type) or "other",
        "number": value(header.number),
        "number_printed": header.number_printed,
        "subject": value(header.subject),
        "issue_date": dating.issue_date,
        "date_earliest": dating.earliest,
        "date_latest": dating.latest,
        "date_estimate": dating.estimate,
        "date_basis": dating.basis,
        "date_note": dating.note or "Nothing in the text says when it was issued.",
        "urgency": value(header.urgency) or "none",
        "signatory_name": value(header.signatory_name),
        "signatory_title": value(header.signatory_title),
        "signing_authority": value(header.signing_authority),
        "province_basis": province.basis,
        "n_copies": len(directive.copies),
        "n_provisions": len(directive.primary.provisions),
    }


def source_rows(directive: Directive) -> list[Row]:
    return [
        {
            "directive_id": directive.directive_id,
            "path": copy.path,
            "sha256": copy.sha256,
            "ordinal": copy.ordinal,
            "char_start": copy.char_start,
            "char_end": copy.char_end,
            "is_primary": copy is directive.primary,
            "media_type": copy.media_type,
            "method": copy.method,
            "ocr_confidence": copy.ocr_confidence,
            "text": copy.text,
        }
        for copy in directive.copies
    ]


def provision_rows(places: Places) -> list[Row]:
    return [
        {
            "provision_id": places.provision_id(item.path),
            "directive_id": places.id,
            "parent_id": places.provision_id(item.parent),
            "label": item.label,
            "path": item.path,
            "depth": item.depth,
            "char_start": item.start,
            "char_end": item.end,
            "text": places.text[item.start : item.end],
        }
        for item in places.provisions
    ]


def measure_rows(directive: Directive, places: Places) -> list[Row]:
    return [
        {
            "measure_id": f"{places.id}#m{item.start}-{item.end}-{item.code}-{item.stance}",
            "directive_id": places.id,
            **places.held_by(item.start),
            "code": item.code,
            "stance": item.stance,
            "binding": item.binding,
            "scope": item.scope,
            "level": item.level,
            "tier": item.tier,
            "target": item.target,
            **places.quote(item.start, item.end),
            "rule_id": item.rule_id,
            "confidence": item.confidence,
        }
        for item in directive.primary.measures
    ]


def task_rows(directive: Directive, places: Places, resolve: Callable[[str], tuple[Actor, ...]]) -> list[Row]:
    return [
        {
            "directive_id": places.id,
            **places.held_by(item.start),
            "actor_id": next((actor.actor_id for actor in resolve(item.actor)), ""),
            "actor": item.actor,
            "role": item.role,
            **places.quote(item.start, item.end),
        }
        for item in directive.primary.tasks
    ]


def recipient_rows(directive: Directive, resolve: Callable[[str], tuple[Actor, ...]]) -> list[Row]:
    """One row a body named on a line; a line that names none ("Như trên", "Lưu …") is one row without an actor."""
    rows = []
    for item in _recipients(directive):
        for actor_id in dict.fromkeys(actor.actor_id for actor in resolve(item.actor)) or [""]:
            rows.append(
                {
                    "directive_id": directive.directive_id,
                    "position": item.position,
                    "actor_id": actor_id,
                    "actor": item.actor,
                    "kind": item.kind,
                }
            )
    return rows


def _recipients(directive: Directive) -> list[Any]:
    """Recipients of the primary copy; a list it lacks is taken from the first copy that has it."""
    found = []
    for kind in ("addressee", "copy"):
        found += next(
            (held for copy in directive.copies if (held := [item for item in copy.recipients if item.kind == kind])),
            [],
        )
    return found


def citation_rows(directive: Directive, places: Places, link: Callable[[Directive, Any], str]) -> list[Row]:
    return [
        {
            "directive_id": places.id,
            "provision_label": places.label(item.start),
            "number": item.number,
            "doc_type": item.doc_type,
            "date": item.date,
            "date_basis": item.date_basis,
            "issuer": item.issuer,
            "relation": item.relation,
            "cited_directive_id": link(directive, item),
            **places.quote(item.start, item.end),
        }
        for item in directive.primary.citations
    ]


def date_rows(directive: Directive, places: Places) -> list[Row]:
    return [
        {
            "directive_id": places.id,
            "provision_label": places.label(item.start),
            "date": item.date,
            "time": item.time,
            "kind": item.kind,
            **places.quote(item.start, item.end),
        }
        for item in directive.primary.dates
    ]


def figure_rows(directive: Directive, places: Places) -> list[Row]:
    return [
        {
            "directive_id": places.id,
            "value": item.value,
            "unit": item.unit,
            "kind": item.kind,
            "what": item.what,
            **places.quote(item.start, item.end),
        }
        for item in directive.primary.figures
    ]


def problem_row(problem: Problem, path: str, directive_id: str = "") -> Row:
    return {
        "path": path,
        "directive_id": directive_id,
        "stage": problem.stage,
        "code": problem.code,
        "severity": problem.severity,
        "message": problem.message,
        "char_start": problem.start,
        "char_end": problem.end,
    }


def problem_rows(directive: Directive) -> list[Row]:
    """Problems of the primary copy that no other copy mends, those of the directive, and what came from elsewhere."""
    primary = directive.primary
    mended = {f"no-{name.replace('_', '-')}" for name, _ in directive.taken}
    dating = directive.dating.problems if directive.dating is not primary.dating else ()
    rows = [
        problem_row(item, primary.path, directive.directive_id)
        for item in (*primary.problems, *dating)
        if item.code not in mended
    ]
    for name, other in directive.taken:
        message = f"{name} is missing in the fullest copy and was taken from {other.path}, document {other.ordinal}."
        rows.append(
            problem_row(Problem("merge", "taken-from-copy", "info", message), primary.path, directive.directive_id)
        )
    return rows


def evidence_rows(directive: Directive) -> list[Row]:
    """Where each copy states its header fields and recipients."""
    return [row for copy in directive.copies for row in _copy_evidence(directive.directive_id, copy)]


def _copy_evidence(directive_id: str, copy: Document) -> Iterable[Row]:
    def row(field: str, said: str, position: int, start: int, end: int) -> Row:
        return {
            "directive_id": directive_id,
            "path": copy.path,
            "ordinal": copy.ordinal,
            "field": field,
            "value": said,
            "position": position,
            "quote": copy.text[start:end],
            "char_start": start,
            "char_end": end,
        }

    for name in (item.name for item in fields(Header)):
        fact = getattr(copy.header, name)
        if isinstance(fact, Fact) and fact.end > fact.start:
            yield row(name, fact.value, 0, fact.start, fact.end)
    if copy.province.start is not None and copy.province.end is not None:
        yield row("province", copy.province.name, 0, copy.province.start, copy.province.end)
    for item in copy.recipients:
        yield row(item.kind, item.actor, item.position, item.start, item.end)
    for number, start in copy.pages:
        yield row("page", str(number), number, start, start)


def unique(rows: Iterable[Row], key: Sequence[str]) -> list[Row]:
    """First row of each key: one passage may satisfy two rules, a table holds it once."""
    held: dict[tuple[Any, ...], Row] = {}
    for row in rows:
        held.setdefault(tuple(row[column] for column in key), row)
    return list(held.values())


class Linker:
    """Resolves a citation to a directive held: same number, of the citing document's province or central, same day."""

    def __init__(self, directives: Iterable[Directive]) -> None:
        # id, province, level and day alone: a linker outlives the directives it was made of
        self.held: dict[str, list[tuple[str, str, str, date | None]]] = {}
        for item in directives:
            if item.header.number:
                said = (item.directive_id, item.province.code, item.header.level, item.dating.issue_date)
                self.held.setdefault(number_key(item.header.number.value), []).append(said)

    def __call__(self, citing: Directive, citation: Any) -> str:
        if not citation.number:
            return ""
        found = [
            directive_id
            for directive_id, province, level, day in self.held.get(number_key(citation.number), [])
            if directive_id != citing.directive_id
            and (province == citing.province.code or level == "central")
            and (not citation.date or not day or citation.date == day)
        ]
        return found[0] if len(found) == 1 else ""
