"""Text, HTML, Word, PDF and zip: the same words come out of every rendering."""

import io
import shutil
import subprocess
import zipfile

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from papers import (
    BODY,
    CORPUS,
    FOOT_LEFT,
    FOOT_RIGHT,
    LEFT,
    LETTER,
    RIGHT,
    as_docx,
    as_html,
    as_pdf,
    as_zip,
    letter_docx,
    letter_html,
    letter_pdf,
    plain,
    repacked,
)
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen import canvas
from viparse.normalize.tcvn3 import TCVN3
from viparse.normalize.vni import VNI

from loaders.readers import isolated
from loaders.readers.base import safe_name
from loaders.readers.quality import is_syllable, syllable_share
from loaders.source import SourceError, page_image, read_bytes, read_source, sniff

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture
def chromium():
    return shutil.which("chromium") or pytest.skip("Chromium is not installed")


def codes(source):
    return [problem.code for problem in source.problems]


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem[:3])
class TestCorpus:
    def test_text_is_untouched(self, path):
        (source,) = read_source(path)
        assert source.text == path.read_text(encoding="utf-8")
        assert (source.path, source.method, source.media_type, source.problems) == (path.name, "text", "text/plain", ())

    @pytest.mark.parametrize(
        ("render", "name", "method"),
        [(as_docx, "a.docx", "docx"), (as_html, "a.html", "html"), (as_pdf, "a.pdf", "pdf_text")],
    )
    def test_renderings_have_the_same_words(self, path, render, name, method):
        text = path.read_text(encoding="utf-8")
        (source,) = read_bytes(render(text), name)
        assert plain(source.text) == plain(text)
        assert source.method == method
        assert source.problems == ()

    def test_wrapped_lines_of_pdf_are_joined_to_paragraphs(self, path):
        text = path.read_text(encoding="utf-8")
        (source,) = read_bytes(as_pdf(text), "a.pdf")
        lines = {plain(line) for line in text.splitlines() if line.strip()}
        kept = {plain(line) for line in source.text.splitlines()}
        assert len(lines & kept) >= 0.9 * len(lines)


@pytest.mark.parametrize(
    ("data", "name"),
    [(letter_docx(), "a.docx"), (letter_html(), "a.html"), (letter_pdf(), "a.pdf")],
    ids=["docx", "html", "pdf"],
)
def test_columns_side_by_side_are_read_one_after_the_other(data, name):
    (source,) = read_bytes(data, name)
    lines = [line.strip() for line in source.text.splitlines() if line.strip()]
    assert [line for line in lines if line in LEFT] == list(LEFT)
    assert [line for line in lines if line in RIGHT] == list(RIGHT)
    assert lines[: len(LEFT)] == list(LEFT)
    assert lines[-len(FOOT_RIGHT) :] == list(FOOT_RIGHT)
    assert lines[-7:-3] == list(FOOT_LEFT)
    for paragraph in BODY:
        assert plain(paragraph) in plain(source.text), "numbers of automatic lists are written out"
    assert plain(source.text) == plain(LETTER)


def test_browser_print_to_pdf_is_read(tmp_path, chromium):
    page = tmp_path / "a.html"
    page.write_bytes(letter_html().replace(b"alert(", b"void("))
    command = [chromium, "--headless", "--no-sandbox", "--no-pdf-header-footer", f"--print-to-pdf={tmp_path / 'a.pdf'}"]
    subprocess.run([*command, page.as_uri()], check=True, capture_output=True, timeout=60)
    (source,) = read_source(tmp_path / "a.pdf")
    text = plain(source.text)
    assert plain("\n".join(LEFT)) in text
    assert plain("\n".join(RIGHT)) in text
    assert plain(BODY[1]) in text
    assert source.method == "pdf_text"


class TestEncodings:
    def encode(self, charmap, text):
        known = {unicode: legacy for legacy, unicode in reversed(charmap.pairs)}
        return "".join(known.get(char, char) for char in text)

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
    def test_unicode(self, encoding):
        (source,) = read_bytes(LETTER.encode(encoding), "a.txt")
        assert source.text == LETTER
        assert source.problems == ()

    @pytest.mark.parametrize(("charmap", "name"), [(TCVN3, "TCVN3"), (VNI, "VNI")])
    def test_legacy_fonts(self, charmap, name):
        body = "\n".join(BODY)
        data = self.encode(charmap, body).encode("cp1252", errors="ignore")
        (source,) = read_bytes(data, "a.txt")
        assert codes(source) == ["legacy-encoding"]
        assert name in source.problems[0].message
        assert syllable_share(source.text) > 0.95
        same = sum(a == b for a, b in zip(plain(source.text).split(), plain(body).split(), strict=False))
        assert same > 0.95 * len(plain(body).split())

    def test_legacy_font_in_word(self):
        (source,) = read_bytes(as_docx(self.encode(TCVN3, "\n\n".join(BODY))), "a.docx")
        assert "legacy-encoding" in codes(source)
        assert "khẩn trương triển khai các nội dung sau đây" in source.text

    def test_utf8_once_read_as_windows_1252(self):
        body = "\n".join(BODY)
        mojibake = "".join(bytes([byte]).decode("cp1252", errors="ignore") or chr(byte) for byte in body.encode())
        (source,) = read_bytes(mojibake.encode(), "a.txt")
        assert source.text == body
        assert codes(source) == ["legacy-encoding"]

    def test_good_text_is_never_converted(self):
        english = "The committee met on Monday – naïve café talk; nothing else happened that day. " * 5
        (source,) = read_bytes(english.encode(), "a.txt")
        assert source.text == english
        assert codes(source) == ["not-vietnamese"]

    def test_damaged_utf8_is_said(self):
        (source,) = read_bytes(LETTER.encode() + b"\xe1\xba", "a.txt")
        assert "damaged-encoding" in codes(source)
        assert source.text.startswith(LETTER)


class TestWord:
    def test_text_box_deletion_footnote_and_page_number(self):
        box = (
            '<w:p><w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
            '<mc:Choice Requires="wps"><w:txbxContent><w:p><w:r><w:t>HỎA TỐC</w:t></w:r></w:p></w:txbxContent>'
            "</mc:Choice>"
            "<mc:Fallback><w:txbxContent><w:p><w:r><w:t>HỎA TỐC</w:t></w:r></w:p></w:txbxContent></mc:Fallback>"
            "</mc:AlternateContent></w:r></w:p>"
            '<w:p><w:del w:id="1"><w:r><w:delText>đã xóa</w:delText></w:r></w:del><w:r><w:t>còn lại</w:t></w:r></w:p>'
        )
        package = as_docx(LETTER)
        with zipfile.ZipFile(io.BytesIO(package)) as archive:
            body = archive.read("word/document.xml").decode()
        body = body.replace("<w:sectPr", box + "<w:sectPr", 1)
        (source,) = read_bytes(repacked(package, {"word/document.xml": body.encode()}), "a.docx")
        assert source.text.count("HỎA TỐC") == 1
        assert "còn lại" in source.text
        assert "đã xóa" not in source.text

    def test_header_and_footer(self):
        document = docx.Document()
        document.add_paragraph(BODY[1])
        document.sections[0].header.paragraphs[0].text = "TỈNH ỦY HÀ TĨNH"
        document.sections[0].footer.paragraphs[0].text = "12"
        buffer = io.BytesIO()
        document.save(buffer)
        (source,) = read_bytes(buffer.getvalue(), "a.docx")
        assert source.text == f"TỈNH ỦY HÀ TĨNH\n\n{BODY[1]}"

    def test_line_break_and_tab(self):
        document = docx.Document()
        document.add_paragraph("Nơi nhận:\n- Như trên;\t\n- Lưu: VT.")
        buffer = io.BytesIO()
        document.save(buffer)
        assert read_bytes(buffer.getvalue(), "a.docx")[0].text == "Nơi nhận:\n- Như trên;\t\n- Lưu: VT."


class TestHtml:
    def test_lists_get_the_markers_a_browser_draws(self):
        page = "<ol start=3><li>ba<li>bốn</ol><ol type=a><li>x</ol><ul><li>gạch<li>- sẵn</ul>"
        assert read_bytes(page.encode(), "a.html")[0].text == "3. ba\n4. bốn\n\na) x\n\n- gạch\n- sẵn"

    def test_white_space_collapses_but_in_pre(self):
        page = "<p>một\n   hai</p><pre>ba\n  bốn</pre>"
        assert read_bytes(page.encode(), "a.html")[0].text == "một hai\n\nba\nbốn"

    def test_declared_charset_is_used(self):
        page = "<html><meta charset=windows-1258><p>Sở Y tế".encode()
        assert "Sở Y tế" in read_bytes(page, "a.html")[0].text

    def test_nesting_without_end_is_read(self):
        assert "sâu" in read_bytes(b"<div>" * 50_000 + "sâu".encode(), "a.html")[0].text


class TestPdf:
    def test_pages_are_spans_of_the_text(self):
        (source,) = read_bytes(as_pdf(LETTER * 4), "a.pdf")
        assert [page.number for page in source.pages] == list(range(1, len(source.pages) + 1))
        assert len(source.pages) > 2
        assert "\n\n".join(source.text[page.start : page.end] for page in source.pages) == source.text

    def test_scrambled_glyphs_are_sorted_by_baseline(self):
        # accents set in a second font: all plain letters first, the marked ones after them
        buffer = io.BytesIO()
        drawing = canvas.Canvas(buffer)
        paper_font = as_pdf("x") and "Paper"  # registers the font
        words = [BODY[1][start : start + 70] for start in range(0, len(BODY[1]), 70)]
        for marked in (False, True):
            drawing.setFont(paper_font, 11)
            for row, line in enumerate(words):
                x = 60.0
                for char in line:
                    if char != " " and (not char.isascii()) == marked:
                        drawing.drawString(x, 780 - 18 * row, char)
                    x += stringWidth(char, paper_font, 11)
        drawing.save()
        (source,) = read_bytes(buffer.getvalue(), "a.pdf")
        assert plain(source.text).replace(" ", "") == plain(BODY[1]).replace(" ", "")
        assert syllable_share(source.text) > 0.9

    def test_page_image_for_the_preview(self):
        png = page_image(letter_pdf(), "a.pdf", 1, width=400)
        assert png.startswith(b"\x89PNG")

    def test_many_files_share_one_child_process(self):
        read_bytes(letter_pdf(), "a.pdf")
        before = isolated._idle[-1].process.pid
        read_bytes(letter_pdf(), "b.pdf")
        assert isolated._idle[-1].process.pid == before


def test_zip_members_are_sources_of_their_own():
    archive = as_zip({"Bộ/thư.docx": letter_docx(), "b.txt": LETTER.encode(), "__MACOSX/b.txt": b"x", "dir/": b""})
    sources = read_bytes(archive, "gói.zip")
    assert [(source.path, source.method) for source in sources] == [
        ("gói.zip/Bộ/thư.docx", "docx"),
        ("gói.zip/b.txt", "text"),
    ]
    assert all(plain(source.text) == plain(LETTER) for source in sources)


def test_kind_is_told_by_content_not_by_name():
    assert sniff(letter_docx(), "a.zip") == DOCX
    assert sniff(letter_pdf(), "a.txt") == "application/pdf"
    assert sniff(as_zip({"thư.docx": letter_docx()}), "a.docx.zip") == "application/zip"
    assert sniff(b"a;b", "a.csv") == "text/csv"
    (source,) = read_bytes(letter_pdf(), "thư.docx")
    assert codes(source) == ["wrong-extension"]


def test_progress_is_told_by_page():
    steps = []
    read_bytes(as_pdf(LETTER * 4), "a.pdf", progress=lambda *step: steps.append(step))
    assert steps == [("a.pdf", number, len(steps)) for number in range(1, len(steps) + 1)]


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["a.txt", "a.html", "a.docx", "a.zip"]))
def test_any_bytes_are_read_or_refused(data, name):
    try:
        sources = read_bytes(data, name)
    except SourceError as error:
        assert error.reason and error.next_step
    else:
        assert all(isinstance(source.text, str) for source in sources)


@given(st.text(max_size=400))
def test_names_are_made_safe(name):
    shown = safe_name(name)
    assert shown and not shown.startswith("/")
    assert all(part not in ("", ".", "..") and len(part) <= 120 for part in shown.split("/"))
    assert safe_name(shown) == shown


@pytest.mark.parametrize("word", "khuyến nghiêng giếng gì quyển quốc khoắng uỷ thuỷ khuỷu nghị được".split())  # noqa: SIM905
def test_syllables(word):
    assert is_syllable(word)
