"""Scanned pages through the installed Tesseract: words, order, confidence, cost, and what happens without it."""

import io
import os
import shutil
import stat

import pytest
from papers import BODY, CORPUS, LEFT, LETTER, RIGHT, as_pdf, images_pdf, letter_pdf, page_images, plain, scanned
from PIL import Image
from rapidfuzz.distance import Levenshtein

from loaders.parse import parse_source
from loaders.readers import ocr
from loaders.readers.base import Limits, Options
from loaders.readers.pdf import read_pdf, read_picture
from loaders.source import read_bytes

needs_tesseract = pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed")


def error_rate(read: str, truth: str) -> float:
    a, b = plain(truth.replace("*", "")), plain(read.replace("*", ""))
    return Levenshtein.distance(a, b) / len(a)


def png(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


@pytest.fixture(scope="module")
def page() -> Image.Image:
    return page_images(as_pdf(LETTER))[0]


@needs_tesseract
class TestPages:
    @pytest.mark.parametrize(
        "look",
        [{"angle": 1}, {"seal": True}, {"angle": 180}, {"angle": 5, "seal": True}, {"angle": -5}, {"angle": 90}],
        ids=["1 degree", "red seal", "upside down", "5 degrees and seal", "5 degrees the other way", "on its side"],
    )
    def test_words_come_back(self, page, look):
        (source,) = read_bytes(images_pdf([scanned(page, **look)]), "a.pdf")
        assert source.method == "ocr"
        assert error_rate(source.text, LETTER) < 0.012
        assert source.ocr_confidence > 0.9

    def test_columns_of_letterhead_are_parted(self):
        image = scanned(page_images(letter_pdf())[0], angle=1)
        (source,) = read_bytes(png(image), "a.png")
        assert source.media_type == "image/png"
        lines = source.text.splitlines()
        assert [line for line in lines if line in LEFT][:2] == list(LEFT[:2])
        assert next(line for line in lines if line in RIGHT) == RIGHT[0]
        assert plain(BODY[1])[:60] in plain(source.text)

    def test_word_confidence_is_kept_with_its_place(self, page):
        small = scanned(page.resize((page.width // 3, page.height // 3)).resize(page.size), noise=30)
        (source,) = read_bytes(png(small), "a.png")
        assert source.low_confidence
        for start, end, confidence in source.low_confidence:
            assert source.text[start:end] and " " not in source.text[start:end]
            assert 0 <= confidence < 0.6

    def test_doubted_words_become_problems_with_their_place(self, page):
        small = scanned(page.resize((page.width // 3, page.height // 3)).resize(page.size), noise=30)
        (source,) = read_bytes(png(small), "a.png")
        documents = parse_source(source)
        found = [(one, document) for document in documents for one in document.problems if one.code == "ocr-unsure"]
        assert len(found) >= 0.9 * len(source.low_confidence) > 0
        words = {source.text[start:end] for start, end, _ in source.low_confidence}
        assert all(document.text[one.start : one.end] in words for one, document in found)

    def test_text_pages_and_scanned_pages_in_one_file(self, page):
        import pypdfium2 as pdfium

        merged = pdfium.PdfDocument.new()
        for part in (as_pdf(LETTER), images_pdf([scanned(page)])):
            merged.import_pages(pdfium.PdfDocument(part))
        buffer = io.BytesIO()
        merged.save(buffer)
        (source,) = read_bytes(buffer.getvalue(), "a.pdf")
        assert [one.method for one in source.pages] == ["pdf_text", "ocr"]
        assert source.pages[0].confidence is None
        assert source.pages[1].confidence > 0.9
        assert plain(LETTER) in plain(source.text)

    def test_tiff_of_several_pages(self, page):
        buffer = io.BytesIO()
        page.convert("L").save(buffer, "TIFF", save_all=True, append_images=[page.convert("L")])
        (source,) = read_bytes(buffer.getvalue(), "a.tif")
        assert len(source.pages) == 2
        assert source.text.count("3175/UBND-VX") == 2

    def test_always_reads_text_pages_by_ocr(self):
        (source,) = read_bytes(as_pdf(LETTER), "a.pdf", ocr="always")
        assert source.method == "ocr"
        assert error_rate(source.text, LETTER) < 0.012


@needs_tesseract
class TestCost:
    @pytest.fixture
    def counted(self, tmp_path, monkeypatch):
        """A tesseract that writes down each page it reads."""
        real, log = shutil.which("tesseract"), tmp_path / "calls"
        wrapper = tmp_path / "bin" / "tesseract"
        wrapper.parent.mkdir()
        wrapper.write_text(f'#!/bin/sh\ncase "$*" in *stdin*) echo page >> "{log}";; esac\nexec "{real}" "$@"\n')
        wrapper.chmod(wrapper.stat().st_mode | stat.S_IEXEC)
        monkeypatch.setenv("PATH", f"{wrapper.parent}{os.pathsep}{os.environ['PATH']}")
        return lambda: log.read_text().count("page") if log.exists() else 0

    def test_an_image_is_never_read_twice(self, page, tmp_path, counted):
        data = images_pdf([scanned(page), scanned(page, angle=1)])
        options = Options(cache_dir=tmp_path / "cache")
        first = read_pdf(data, "a.pdf", options)
        assert counted() == 2
        assert read_pdf(data, "tên khác.pdf", options) == first
        assert counted() == 2

    def test_a_cache_entry_cut_short_is_made_anew(self, page, tmp_path, counted):
        data, options = png(scanned(page)), Options(cache_dir=tmp_path / "cache")
        first = read_picture(data, "a.png", options)
        (entry,) = (tmp_path / "cache").rglob("*.json")
        entry.write_text(entry.read_text()[:100])
        assert read_picture(data, "a.png", options) == first
        assert counted() == 2

    def test_pages_left_when_time_is_up_are_said(self, page):
        data = images_pdf([scanned(page)] * 2)
        reading = read_pdf(data, "a.pdf", Options(limits=Limits(seconds=0.05)))
        assert [problem.code for problem in reading.problems] == ["time-limit"]
        assert "build again" in reading.problems[0].message


class TestWithoutTesseract:
    @pytest.fixture(autouse=True)
    def _no_tesseract(self, monkeypatch):
        monkeypatch.setattr(ocr, "find_engine", lambda: None)

    def test_one_message_with_the_install_line(self, page):
        reading = read_pdf(images_pdf([scanned(page)] * 2), "a.pdf", Options())
        (found,) = reading.problems
        assert (found.code, found.severity) == ("ocr-unavailable", "error")
        assert "apt-get install tesseract-ocr tesseract-ocr-vie" in found.message
        assert "Pages 1, 2 of 2" in found.message

    def test_text_is_read_all_the_same(self):
        reading = read_pdf(as_pdf(LETTER), "a.pdf", Options())
        assert plain(reading.text) == plain(LETTER)
        assert reading.problems == ()


def test_never_leaves_scans_unread(page):
    (source,) = read_bytes(images_pdf([scanned(page)]), "a.pdf", ocr="never")
    assert source.text == ""
    assert "OCR is switched off" in source.problems[0].message


@needs_tesseract
@pytest.mark.slow
@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem[:3])
def test_corpus_as_scans(path):
    """200 dpi, noise, 1° rotation, a red seal, one page upside down, one at 5°."""
    text = path.read_text(encoding="utf-8")
    looks = [{"angle": 1, "seal": True}, {"angle": 180}, {"angle": 5}, {"angle": 1}, {"angle": -1, "seal": True}]
    pages = [scanned(image, **looks[at % 5]) for at, image in enumerate(page_images(as_pdf(text)))]
    (source,) = read_bytes(images_pdf(pages), "a.pdf")
    assert error_rate(source.text, text) < 0.01


def test_deskew_leaves_level_pages_alone(page):
    level = page.convert("L")
    assert ocr.deskew(level) is level
    assert ocr.deskew(level.rotate(3, fillcolor=255)).size != level.size
