"""Rows of a register → documents known by their titles alone: header from the columns, facts from the subject.

Where the addresses of a register lie on the site of one province, that province is the issuer's unless the subject says
otherwise (``province_basis`` inferred); symbols then name the issuer (``UBND``, ``TU``). Without it there is none.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from loaders.header import doc_type_of_number
from loaders.numbers import number_groups, number_regime
from loaders.parse import title_document
from loaders.records import Document, Fact, Header, Problem, ProvinceFact
from loaders.registers import Register, RegisterRow
from loaders.source import SourceText
from loaders.vocabulary import read_vocabulary

_BODIES = {"ubnd": "Ủy ban nhân dân", "ctubnd": "Chủ tịch Ủy ban nhân dân", "hdnd": "Hội đồng nhân dân"}
_NOTE = "The register lists this day as the day of issue."


def register_documents(register: Register) -> tuple[Document, ...]:
    """One document a row that has number and subject, in the order of the list; ``ordinal`` is the row's place, from 1.

    Rows that repeat another are documents too: `merge` makes them copies of one directive.
    """
    return tuple(_document(row, register, ordinal) for ordinal, row in enumerate(register.rows, 1) if _is_known(row))


def register_problems(register: Register) -> tuple[Problem, ...]:
    """Problems of the list and of rows that gave no document; those of the others are in their documents."""
    told = {problem for row in register.rows if _is_known(row) for problem in row.problems}
    return tuple(problem for problem in register.problems if problem not in told)


def _is_known(row: RegisterRow) -> bool:
    return bool(row.subject and row.number)


def _document(row: RegisterRow, register: Register, ordinal: int) -> Document:
    home = _province_of_address(row.url)
    source = SourceText(register.path, register.sha256, register.media_type, "text", row.subject)
    document = title_document(row.subject, source, ordinal, _header(row, home))
    if home and document.province.basis in ("", "inferred"):
        where = ProvinceFact(home["name"], home["code"], home["slug"], "inferred")
        kept = tuple(item for item in document.problems if item.stage != "province")
        document = replace(document, province=where, problems=kept)
    if row.date:
        document = replace(document, dating=replace(document.dating, note=_NOTE))
    return replace(document, problems=(*document.problems, *row.problems))


def _header(row: RegisterRow, home: dict[str, Any] | None) -> Header:
    """Facts of the columns have spans of length 0: their words are not in the subject."""
    kind = doc_type_of_number(row.number)
    issuer = _issuer(row.number, home)
    party = number_regime(row.number) == "party"
    return Header(
        number=Fact(row.number, 0, 0),
        number_printed=row.number_printed,
        doc_type=Fact(kind, 0, 0) if kind else None,
        issuer=Fact(issuer, 0, 0) if issuer else None,
        issuer_branch="party" if party else "government",
        level="province" if issuer else "",
        subject=Fact(row.subject, 0, len(row.subject)),
        issue_date=Fact(row.date.isoformat(), 0, 0) if row.date else None,
    )


def _issuer(number: str, home: dict[str, Any] | None) -> str:
    """Issuer that the symbol names, in the province of the register.

    >>> _issuer("2321/UBND-VX", {"name": "Bình Dương", "type": "tỉnh"})
    'Ủy ban nhân dân tỉnh Bình Dương'
    """
    groups = number_groups(number)[2]
    if home is None or not groups:
        return ""
    unit = home["type"].lower()
    if groups[-1] == "tu":
        return f"{'Thành ủy' if unit == 'thành phố' else 'Tỉnh ủy'} {home['name']}"
    body = next((_BODIES[group] for group in groups if group in _BODIES), "")
    return f"{body} {unit} {home['name']}" if body else ""


def _province_of_address(address: str) -> dict[str, Any] | None:
    """Province whose own site ``address`` lies on; a district's site below it does not count."""
    host = (urlsplit(address).hostname or "").removeprefix("www.")
    return _province_sites().get(host)


@lru_cache(maxsize=1)
def _province_sites() -> dict[str, dict[str, Any]]:
    return {domain: one for one in read_vocabulary("provinces") for domain in one.get("domains", ())}
