"""Records that pass between the stages: frozen, typed, each fact with the span it was read from.

A span is a pair of character offsets ``start, end`` into ``Text.raw`` of the *document* (not of its file), end
exclusive. ``raw[start:end]`` is the quote, always.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Span:
    """Characters ``start`` to ``end`` (exclusive) of a document's text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Fact:
    """A value that was read from the words ``raw[start:end]``."""

    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a reader should know: what is missing, uncertain or could not be.

    ``stage`` names the module that saw it, ``code`` is a stable kebab-case word, ``severity`` one of ``info``,
    ``warning``, ``error``; ``message`` is an English sentence with the next step where there is one.
    """

    stage: str
    code: str
    severity: str
    message: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Zones:
    """The parts of one document, in the order of the paper; an absent part is ``None``.

    ``header`` (letterhead, number, place and date, type, subject, urgency), ``addressees`` (the list after "Kính gửi"),
    ``body`` (preamble, provisions, closing), ``copies`` (the list after "Nơi nhận"), ``signature``. ``header`` and
    ``body`` are always given, possibly of length 0. Zones do not overlap; header lines found after the body (copies
    whose lines are out of order) are listed in ``stray``.
    """

    header: Span
    body: Span
    addressees: Span | None = None
    copies: Span | None = None
    signature: Span | None = None
    stray: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Header:
    """What letterhead, number line, title and signature say. Values are canonical, spans point at what was printed.

    ``number`` is canonical (``396-CV/TU``), ``number_printed`` as printed; ``issue_date`` is ISO (``2021-05-27``) and
    only from the place-and-date line; ``place`` is the place of that line. ``doc_type``, ``issuer_branch``, ``level``,
    ``urgency`` and ``signing_authority`` use the words of the contract. ``issuer`` is the full name ("Tỉnh ủy Bình
    Phước"); where the letterhead is lost it may be built from the body ("Ban Thường vụ Tỉnh ủy" → "Tỉnh ủy") and
    ``build`` completes it with the province.
    """

    number: Fact | None = None
    number_printed: str = ""
    doc_type: Fact | None = None
    issuer: Fact | None = None
    issuer_branch: str = ""
    level: str = ""
    on_behalf_of: Fact | None = None
    subject: Fact | None = None
    issue_date: Fact | None = None
    place: Fact | None = None
    urgency: Fact | None = None
    signatory_name: Fact | None = None
    signatory_title: Fact | None = None
    signing_authority: Fact | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class ProvinceFact:
    """Which province a document belongs to: ``name`` Vietnamese, ``code`` ISO 3166-2, ``basis`` header, text, inferred.

    All empty where the evidence is absent or tied. ``start``/``end`` point at the evidence.
    """

    name: str = ""
    code: str = ""
    slug: str = ""
    basis: str = ""
    start: int | None = None
    end: int | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Provision:
    """One node of the provision tree, in text order.

    ``label`` as in the contract (``1``, ``a``, ``-``, ``+``, ``I``, ``1.1``, ``Điều 1``), ``path`` from the top
    (``4.-2``: second dash under 4), unique in its document; ``parent`` is the parent's path or empty; ``depth`` is 0 at
    the top. The span runs to the start of the next provision of the same or a higher level: a parent contains its
    children. Preamble and closing belong to no provision.
    """

    label: str
    path: str
    parent: str
    depth: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Citation:
    """One passage that names another document. ``start``/``end`` cover type, number, date and issuer as printed.

    ``number`` canonical (empty where the passage gives none), ``date`` as stated there (or supplied by the vocabulary,
    ``date_basis``), ``relation`` of the contract.
    """

    number: str
    doc_type: str
    date: date | None
    date_basis: str
    issuer: str
    relation: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Recipient:
    """One line of Kính gửi (``addressee``) or Nơi nhận (``copy``): as written, without dash and closing mark."""

    actor: str
    kind: str
    position: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Actor:
    """A resolved body. ``actor_id`` is a slug stable across builds (``binh-phuoc/so-y-te``, ``vn/bo-y-te``)."""

    actor_id: str
    name: str
    name_en: str
    kind: str
    branch: str
    level: str
    province_code: str


@dataclass(frozen=True, slots=True)
class Task:
    """A body that is told to act: ``role`` lead, coordinate, responsible; the span covers the passage that says so.

    ``actor_start``/``actor_end`` cover the name as written.
    """

    actor: str
    role: str
    start: int
    end: int
    actor_start: int
    actor_end: int


@dataclass(frozen=True, slots=True)
class Measure:
    """One passage coded with one code of the codebook."""

    code: str
    stance: str
    binding: str
    scope: str
    level: int | None
    tier: str
    target: str
    rule_id: str
    confidence: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DateFact:
    """A day that matters in the body: ``kind`` deadline, effective_from, effective_to, as_of, event; ``time`` HH:MM."""

    date: date
    time: str
    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Figure:
    """A count the text reports, orders or aims at (``kind`` reported, ordered, target); ``what`` is the noun phrase."""

    value: float
    unit: str
    kind: str
    what: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Dating:
    """When a directive was issued, with bounds, basis and a sentence of reason (codebook, section 5)."""

    issue_date: date | None = None
    earliest: date | None = None
    latest: date | None = None
    estimate: date | None = None
    basis: str = "unknown"
    note: str = ""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Document:
    """One copy as read: where it lay, its text and every fact found in it."""

    path: str
    sha256: str
    ordinal: int
    char_start: int
    char_end: int
    media_type: str
    method: str
    ocr_confidence: float | None
    text: str
    zones: Zones
    header: Header
    province: ProvinceFact
    dating: Dating = field(default=Dating())
    provisions: tuple[Provision, ...] = ()
    recipients: tuple[Recipient, ...] = ()
    citations: tuple[Citation, ...] = ()
    tasks: tuple[Task, ...] = ()
    measures: tuple[Measure, ...] = ()
    dates: tuple[DateFact, ...] = ()
    figures: tuple[Figure, ...] = ()
    problems: tuple[Problem, ...] = field(default=())
    pages: tuple[tuple[int, int], ...] = ()  # page number and its first character, of sources that have pages


@dataclass(frozen=True)
class Directive:
    """One distinct directive: its fullest copy, all its copies, and the header completed from the others.

    ``taken`` names the header fields that the primary copy lacks, with the copy they were taken from.
    """

    directive_id: str
    primary: Document
    copies: tuple[Document, ...]
    header: Header
    province: ProvinceFact
    dating: Dating
    taken: tuple[tuple[str, Document], ...] = ()
