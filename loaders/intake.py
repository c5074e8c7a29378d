"""What somebody brings: files read and shown before they are kept, kept in the store, laid out for the build.

The store holds the bytes and is the truth; the folder that the build reads is made from it (`lay_out`), on each replica
alike. Nothing is written anywhere else, and no name that somebody chose becomes a path without `safe_name`.
"""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from rapidfuzz import fuzz

from loaders.context import Context, read_oxcgrt
from loaders.merge import NEAR_COPY, folded_words, sketch
from loaders.numbers import number_key
from loaders.parse import parse_source
from loaders.readers.base import Progress
from loaders.records import Document, Fact
from loaders.registers import FIELDS, MissingColumns, Register, parse_register
from loaders.source import REGISTERS, SourceError, SourceText, read_bytes, safe_name, sniff
from loaders.store import Store

_PLACE = re.compile(r"[0-9a-f]{12}")
_CONTEXT = "context/"
CONTEXT_FILE = "oxcgrt_vnm.csv"


@dataclass(frozen=True)
class Intake:
    """One file as brought: ``sources`` with their ``documents``, or a ``register``, a ``context``, or an ``error``.

    ``documents`` are those of all sources in order; ``header`` are the columns of a list whose columns must be named.
    """

    name: str
    sha256: str
    content: bytes
    sources: tuple[SourceText, ...] = ()
    documents: tuple[Document, ...] = ()
    register: Register | None = None
    context: Context | None = None
    error: SourceError | None = None
    header: tuple[str, ...] = ()

    @property
    def is_useful(self) -> bool:
        """Whether keeping it adds anything."""
        return bool(self.documents or self.context or (self.register and self.register.rows))


@dataclass(frozen=True)
class FieldRead:
    """One field of a document's head: ``value`` as a code or text, the ``quote`` it was read from, how sure it is.

    A day that is only bounded has the value ``earliest/latest`` (ISO, an open bound empty).
    ``certainty``: ``stated`` in print, ``inferred`` from other words, ``unsure`` (OCR doubted words of the quote, those
    in ``doubts``), ``missing``.
    """

    field: str
    value: str
    quote: str
    certainty: str
    doubts: tuple[str, ...] = ()


def take_in(
    content: bytes,
    name: str,
    *,
    mapping: Mapping[str, str] | None = None,
    cache_dir: Path | None = None,
    progress: Progress | None = None,
) -> Intake:
    """Read one file without keeping it; never raises for what is in it."""
    shown, digest = safe_name(name), sha256(content).hexdigest()
    try:
        if content and sniff(content, shown) in REGISTERS:
            return _take_list(content, shown, digest, mapping)
        sources = tuple(read_bytes(content, shown, cache_dir=cache_dir, progress=progress))
    except SourceError as error:
        return Intake(shown, digest, content, error=error)
    documents = tuple(document for source in sources for document in parse_source(source))
    return Intake(shown, digest, content, sources, documents)


def _take_list(content: bytes, name: str, digest: str, mapping: Mapping[str, str] | None) -> Intake:
    head = content[:4096]
    if b"CountryCode" in head and b"StringencyIndex" in head:
        return Intake(name, digest, content, context=read_oxcgrt(content, name=name))
    try:
        return Intake(name, digest, content, register=parse_register(content, name, mapping))
    except MissingColumns as error:
        return Intake(name, digest, content, error=error, header=error.header)


def read_fields(document: Document, sources: Iterable[SourceText] = ()) -> tuple[FieldRead, ...]:
    """Fields of a document's head in the order of the paper, each with the words it was read from."""
    doubted = _doubted_words(sources, document.path)
    head = document.header
    facts = (
        ("number", head.number),
        ("doc_type", head.doc_type),
        ("issuer", head.issuer),
        ("subject", head.subject),
        ("urgency", head.urgency),
        ("signatory_name", head.signatory_name),
        ("signatory_title", head.signatory_title),
    )
    rows = [_field(name, fact, document.text, doubted) for name, fact in facts]
    where = document.province
    place = Fact(where.name, where.start or 0, where.end or 0) if where.name else None
    rows.insert(3, _field("province", place, document.text, doubted, inferred=where.basis == "inferred"))
    rows.insert(4, _date_field(document, doubted))
    return tuple(rows)


def _field(name: str, fact: Fact | None, text: str, doubted: frozenset[str], *, inferred: bool = False) -> FieldRead:
    if fact is None or not fact.value:
        return FieldRead(name, "", "", "missing")
    quote = " ".join(text[fact.start : fact.end].split())
    doubts = tuple(word for word in quote.split() if word in doubted)
    return FieldRead(name, fact.value, quote, "unsure" if doubts else "inferred" if inferred else "stated", doubts)


def _date_field(document: Document, doubted: frozenset[str]) -> FieldRead:
    if document.header.issue_date:
        return _field("issue_date", document.header.issue_date, document.text, doubted)
    dating = document.dating
    if dating.earliest is None and dating.latest is None:
        return FieldRead("issue_date", "", "", "missing")
    bounds = "/".join(day.isoformat() if day else "" for day in (dating.earliest, dating.latest))
    return FieldRead("issue_date", bounds, "", "inferred")


def _doubted_words(sources: Iterable[SourceText], path: str) -> frozenset[str]:
    return frozenset(
        source.text[start:end] for source in sources if source.path == path for start, end, _ in source.low_confidence
    )


@dataclass(frozen=True)
class HeldText:
    """A directive that is held, as far as it is needed to know its copies."""

    directive_id: str
    number: str
    sketch: frozenset[int]
    words: str


def index_held(rows: Iterable[tuple[str, str, str]]) -> tuple[HeldText, ...]:
    """Index of held directives from their id, number and text."""
    return tuple(
        HeldText(directive_id, number_key(number), frozenset(sketch(words)), " ".join(words))
        for directive_id, number, text in rows
        for words in [folded_words(text)]
    )


def index_documents(intake: Intake) -> tuple[HeldText, ...]:
    """The same of the documents of one file, under its name."""
    numbers = (document.header.number.value if document.header.number else "" for document in intake.documents)
    return index_held((intake.name, number, one.text) for number, one in zip(numbers, intake.documents, strict=True))


def find_copy(document: Document, held: Sequence[HeldText]) -> tuple[str, float] | None:
    """Held directive that ``document`` is nearly equal to, and how equal (0–1); None where it is new."""
    words = folded_words(document.text)
    marks, joined = frozenset(sketch(words)), " ".join(words)
    number = number_key(document.header.number.value) if document.header.number else ""
    best: tuple[str, float] | None = None
    for one in held:
        if len(marks & one.sketch) < 2 and not (number and number == one.number):
            continue
        share = fuzz.ratio(joined, one.words, score_cutoff=100 * NEAR_COPY) / 100
        if share and (best is None or share > best[1]):
            best = one.directive_id, share
    return best


def keep(store: Store, author: str, intake: Intake) -> str:
    """Keep a file in the store; returns the SHA-256 it is kept under.

    A register is kept with the column names that the build knows, the OxCGRT file with the rows of Việt Nam only.
    """
    if intake.register is not None:
        return store.add_upload(author, _stem(intake.name) + ".csv", register_csv(intake.register))
    if intake.context is not None:
        return store.add_upload(author, _CONTEXT + CONTEXT_FILE, context_csv(intake.context))
    return store.add_upload(author, intake.name.rsplit("/", 1)[-1], intake.content)


def _stem(name: str) -> str:
    return name.rsplit("/", 1)[-1].rpartition(".")[0] or "register"


def register_csv(register: Register) -> bytes:
    """Register with the column names of `FIELDS`, as UTF-8 CSV; numbers as printed, days as day/month/year."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(FIELDS)
    for row in register.rows:
        day = f"{row.date:%d/%m/%Y}" if row.date else ""
        writer.writerow((row.number_printed, day, row.subject, row.url, row.validity))
    return buffer.getvalue().encode()


def context_csv(context: Context) -> bytes:
    """National context in the final release's layout, VNM only."""
    codes = sorted({code for day in context.days for code in day.levels})
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(("CountryCode", "Jurisdiction", "Date", *codes, "ConfirmedCases", "StringencyIndex_Average"))
    for day in context.days:
        values = [day.levels.get(code) for code in codes]
        cells = ["" if value is None else value for value in (*values, day.cases, day.stringency)]
        writer.writerow(("VNM", "NAT_TOTAL", f"{day.date:%Y%m%d}", *cells))
    return buffer.getvalue().encode()


def lay_out(store: Store, folder: Path) -> None:
    """Make ``folder`` hold what the store holds: ``<12 hex digits>/<name>`` for each upload, nothing that is gone.

    The context file lies in ``context/``, which the build does not read.
    """
    wanted = {digest[:12]: (digest, name) for digest, name in store.uploaded().items()}
    folder.mkdir(parents=True, exist_ok=True)
    for place in folder.iterdir():
        if place.is_dir() and _PLACE.fullmatch(place.name) and place.name not in wanted:
            shutil.rmtree(place)
    for short, (digest, name) in wanted.items():
        target = folder / short / safe_name(name).rsplit("/", 1)[-1]
        if name.startswith(_CONTEXT):
            target = folder.parent / "context" / CONTEXT_FILE
        if target.is_file() and sha256(target.read_bytes()).hexdigest() == digest:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = target.with_name(f".{short}.{os.getpid()}")
        draft.write_bytes(store.upload_content(digest))
        os.replace(draft, target)


def read_context(folder: Path) -> Context | None:
    """National context that was brought, from the place `lay_out` puts it; None where there is none."""
    path = folder.parent / "context" / CONTEXT_FILE
    return read_oxcgrt(path) if path.is_file() else None
