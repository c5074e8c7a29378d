"""PDF files and page images. These readers run in a process of their own (`isolated`): a hostile file can hang or crash
PDFium or an image decoder without harm to the caller.

A page is read from its text layer; one without text, or whose text is no Vietnamese although the page is a picture,
goes to OCR. Gates: fewer than 50 letters, valid syllables below 0.60 after legacy encodings were tried, one-letter
words above 0.10, marked letters below 0.05.
"""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from loaders.readers import ocr
from loaders.readers.assemble import PageText, assemble, page_text
from loaders.readers.base import Options, Progress, Reading, SourceError, problem
from loaders.readers.pdf_text import SCRAMBLED, page_lines
from loaders.readers.quality import letters, lone_share, marked_share, syllable_share
from loaders.readers.text import GOOD_SHARE, language_problems, mend_legacy
from loaders.records import Problem

_FEW_LETTERS = 50
_PICTURE_SHARE = 0.3
_PAGE_SECONDS = 120.0
_POINTS = 72


@dataclass
class _Job:
    """What is left for one file: its deadline, and what went wrong with which pages."""

    name: str
    options: Options
    progress: Progress | None
    deadline: float
    n_pages: int = 1
    unread: list[int] = field(default_factory=list)
    late: list[int] = field(default_factory=list)
    broken: list[int] = field(default_factory=list)
    legacy: str = ""

    def read_image(self, image: Image.Image, number: int) -> PageText | None:
        engine = ocr.find_engine()
        if engine is None or self.options.ocr == "never":
            self.unread.append(number)
            return None
        left = self.deadline - time.monotonic()
        try:
            if left > 0:
                return ocr.read_image(image, engine, self.options.cache_dir, min(left, _PAGE_SECONDS))
        except ocr.OcrTimeout:
            pass
        self.late.append(number)
        return None

    def done(self, number: int) -> None:
        if self.progress is not None:
            self.progress(self.name, number, self.n_pages)


def read_pdf(data: bytes, name: str, options: Options, progress: Progress | None = None) -> Reading:
    """Reading of a PDF file by pages.

    Raises
    ------
    SourceError
        When it is encrypted, damaged, has no pages or too many.
    """
    job = _Job(name, options, progress, time.monotonic() + options.limits.seconds)
    with _opened(data, name) as document:
        job.n_pages = len(document)
        if job.n_pages > options.limits.pages:
            reason = f"has {job.n_pages:,} pages, the limit is {options.limits.pages:,}"
            raise SourceError(name, "too-many-pages", reason, "Take out the pages that hold the directive")
        pages = []
        for number in range(1, job.n_pages + 1):
            pages.append(_read_page(document, number, job))
            job.done(number)
    return _finish(pages, job)


def read_picture(data: bytes, name: str, options: Options, progress: Progress | None = None) -> Reading:
    """Reading of a page image (PNG, JPEG, TIFF with one or more pages) by OCR."""
    job = _Job(name, options, progress, time.monotonic() + options.limits.seconds)
    pages = []
    for number, (image, total) in enumerate(_frames(data, name, options), 1):
        job.n_pages = total
        pages.append(job.read_image(image, number) or PageText("", "ocr"))
        job.done(number)
    return _finish(pages, job)


def _frames(data: bytes, name: str, options: Options) -> Iterator[tuple[Image.Image, int]]:
    Image.MAX_IMAGE_PIXELS = None  # the limit below is ours, checked before decoding
    advice = "Scan it again at 300 dpi or less, save it as PDF, PNG or JPEG"
    try:
        with Image.open(io.BytesIO(data)) as image:
            total = getattr(image, "n_frames", 1)
            if total > options.limits.pages:
                reason = f"has {total:,} pages, the limit is {options.limits.pages:,}"
                raise SourceError(name, "too-many-pages", reason, "Split it")
            for frame in ImageSequence.Iterator(image):
                if frame.width * frame.height > options.limits.pixels:
                    reason = f"has {frame.width * frame.height:,} pixels, the limit is {options.limits.pixels:,}"
                    raise SourceError(name, "too-many-pixels", reason, advice)
                yield ImageOps.exif_transpose(frame), total
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        if isinstance(error, SourceError):
            raise
        raise SourceError(name, "damaged", "is a damaged or truncated image", advice) from error


@contextmanager
def _opened(data: bytes, name: str) -> Iterator[pdfium.PdfDocument]:
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower() or raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD:
            reason, advice = "is protected by a password", "Save it without the password, import that"
            raise SourceError(name, "encrypted", reason, advice) from error
        reason, advice = "is a damaged or truncated PDF", "Download it again or print it to a new PDF"
        raise SourceError(name, "damaged", reason, advice) from error
    try:
        if not len(document):
            raise SourceError(name, "empty", "is a PDF without pages", "Download it again")
        yield document
    finally:
        document.close()


def _read_page(document: pdfium.PdfDocument, number: int, job: _Job) -> PageText:
    try:
        page = document[number - 1]
    except pdfium.PdfiumError:
        job.broken.append(number)
        return PageText("", "pdf_text")
    try:
        typed = page_text(page_lines(page), "pdf_text")
        mended, legacy = mend_legacy(typed.text)
        if legacy and len(mended) != len(typed.text):
            typed = PageText(mended, "pdf_text")
        elif legacy:
            typed = PageText(mended, "pdf_text", typed.confidence, typed.unsure)
        job.legacy = job.legacy or legacy
        if job.options.ocr != "always" and not _wants_ocr(typed.text, page):
            return typed
        image = render(page, job.options.limits.pixels)
        return job.read_image(image, number) or typed
    finally:
        page.close()


def _wants_ocr(text: str, page: pdfium.PdfPage) -> bool:
    if letters(text) < _FEW_LETTERS:
        share, n_objects = _picture_share(page)
        return share >= _PICTURE_SHARE or (n_objects > 0 and letters(text) == 0)
    bad = syllable_share(text) < GOOD_SHARE - 0.25 or marked_share(text) < 0.05
    return lone_share(text) > SCRAMBLED or (bad and _picture_share(page)[0] >= _PICTURE_SHARE)


def _picture_share(page: pdfium.PdfPage) -> tuple[float, int]:
    """Share of the page that pictures cover, and how many things are drawn on it."""
    area, count = 0.0, 0
    for item in page.get_objects(max_depth=3):
        count += 1
        if item.type == raw.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = item.get_bounds()
            area += abs((right - left) * (top - bottom))
    return area / max(page.get_width() * page.get_height(), 1.0), count


def render(page: pdfium.PdfPage, most_pixels: int, dpi: float = ocr.DPI) -> Image.Image:
    """Picture of a page at ``dpi``, smaller where it would have too many pixels."""
    scale = dpi / _POINTS
    pixels = page.get_width() * page.get_height() * scale * scale
    if pixels > most_pixels:
        scale *= (most_pixels / pixels) ** 0.5
    image: Image.Image = page.render(scale=scale, draw_annots=True).to_pil()
    return image


def _finish(pages: list[PageText], job: _Job) -> Reading:
    problems: list[Problem] = []
    if len(job.broken) == job.n_pages:
        raise SourceError(job.name, "damaged", "is a PDF whose pages cannot be opened", "Print it to a new PDF")
    if job.broken:
        text = f"{_numbers(job.broken, job.n_pages)} cannot be opened; download the file again."
        problems.append(problem("damaged-pages", "warning", text))
    if job.unread:
        why = "OCR is switched off" if job.options.ocr == "never" else f"Tesseract is not installed. {ocr.INSTALL}"
        text = f"{_numbers(job.unread, job.n_pages)} without text cannot be read: {why}."
        problems.append(problem("ocr-unavailable", "error" if len(job.unread) == job.n_pages else "warning", text))
    if job.late:
        text = f"{_numbers(job.late, job.n_pages)} not read within the time limit; build again to go on from here."
        problems.append(problem("time-limit", "warning", text))
    if job.legacy:
        text = f"The text was set in a {job.legacy} font and was converted to Unicode; compare a few lines."
        problems.append(problem("legacy-encoding", "info", text))
    reading = assemble(pages, problems)
    if job.unread or job.late:
        return reading
    return assemble(pages, (*problems, *language_problems(reading.text)))


def _numbers(numbers: list[int], total: int) -> str:
    shown = ", ".join(map(str, numbers[:10])) + (" …" if len(numbers) > 10 else "")
    return f"Page {shown} of {total}" if len(numbers) == 1 else f"Pages {shown} of {total}"


def page_png(data: bytes, name: str, options: Options, number: int, width: int) -> bytes:
    """PNG of one page of a PDF or image, ``width`` pixels wide, to be looked at beside its text."""
    if data[:1024].find(b"%PDF-") >= 0:
        with _opened(data, name) as document:
            page = document[number - 1]
            image = render(page, options.limits.pixels, dpi=_POINTS * width / max(page.get_width(), 1.0))
    else:
        image = next(frame for place, (frame, _) in enumerate(_frames(data, name, options), 1) if place == number)
        image = image.convert("RGB")
        image.thumbnail((width, 4 * width))
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()
