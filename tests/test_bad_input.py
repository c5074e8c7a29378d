"""Bad input: each kind gets a message with file, reason and next step, the rest of a batch is kept, nothing hangs."""

import io
import os
import random
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from papers import BODY, LETTER, as_docx, as_html, as_pdf, as_zip, letter_docx, page_images, repacked
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen import canvas

from loaders.fold import fold
from loaders.readers import isolated
from loaders.readers.base import Limits, Options
from loaders.registers import parse_register
from loaders.source import SourceError, read_bytes, read_source

pytestmark = pytest.mark.timeout(60)  # nothing hangs

GOOD = LETTER.encode()
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def png(width: int, height: int) -> bytes:
    buffer = io.BytesIO()
    Image.new("1", (width, height), 1).save(buffer, "PNG")
    return buffer.getvalue()


def pdf_pages(number: int) -> bytes:
    buffer = io.BytesIO()
    drawing = canvas.Canvas(buffer)
    for _ in range(number):
        drawing.showPage()
    drawing.save()
    return buffer.getvalue()


def pdf_encrypted() -> bytes:
    buffer = io.BytesIO()
    drawing = canvas.Canvas(buffer, encrypt=StandardEncryption("mật khẩu", canPrint=0))
    drawing.drawString(72, 72, "x")
    drawing.save()
    return buffer.getvalue()


def pdf_objects(*objects: bytes) -> bytes:
    """A PDF of the given objects, numbered from 1, with a right table of their places."""
    content, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    tail = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (size, len(content))
    return content + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + tail


PDF_LOOP = pdf_objects(
    b"<< /Type /Catalog /Pages 2 0 R >>",
    b"<< /Type /Pages /Count 2 /Kids [2 0 R 3 0 R] >>",
    b"<< /Type /Pages /Count 1 /Parent 2 0 R /Kids [2 0 R] >>",
)
PDF_FORM_LOOP = pdf_objects(
    b"<< /Type /Catalog /Pages 2 0 R >>",
    b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources << /XObject << /A 4 0 R >> >> >>",
    b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length 5 /Resources << /XObject << /A 4 0 R >> >> >>\n"
    b"stream\n/A Do\nendstream",
    b"<< /Length 5 >>\nstream\n/A Do\nendstream",
)


def zip_bomb() -> bytes:
    return as_zip({"a.txt": b"\0" * 60_000_000})


def zip_lying() -> bytes:
    """An archive whose directory says that its member is small."""
    data = bytearray(as_zip({"a.txt": b"a" * 5_000_000}))
    place = data.rfind(b"PK\x01\x02")
    data[place + 24 : place + 28] = (100).to_bytes(4, "little")
    return bytes(data)


def zip_encrypted() -> bytes:
    data = bytearray(as_zip({"a.txt": GOOD}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(mark) + offset] |= 1
    return bytes(data)


def truncated(data: bytes) -> bytes:
    return data[: len(data) // 2]


REFUSED = {
    "empty": ("a.pdf", b"", "empty"),
    "blank": ("a.zip", as_zip({}), "empty"),
    "binary": ("a.txt", random.Random(1).randbytes(4000), "binary"),
    "program": ("a.txt", b"MZ\x90\0" + b"\0" * 500, "unsupported"),
    "truncated pdf": ("a.pdf", truncated(as_pdf(LETTER))[:900], "damaged"),
    "truncated docx": ("a.docx", truncated(letter_docx()), "damaged"),
    "truncated zip": ("a.zip", truncated(as_zip({"a.txt": GOOD, "b.txt": GOOD[::-1]})), "damaged"),
    "truncated image": ("a.png", truncated(png(2000, 2000)), "damaged"),
    "docx without document": ("a.docx", as_zip({"word/styles.xml": b"<a/>"}), "damaged"),
    "docx with broken xml": ("a.docx", repacked(letter_docx(), {"word/document.xml": b"<w:document"}), "damaged"),
    "encrypted pdf": ("a.pdf", pdf_encrypted(), "encrypted"),
    "encrypted docx": ("a.docx", OLE + bytes(500) + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    "encrypted zip": ("a.zip", zip_encrypted(), "nothing-read"),
    "word of before 2007": ("a.doc", OLE + bytes(600), "unsupported"),
    "rtf": ("a.rtf", rb"{\rtf1 Xin ch\'e0o}", "unsupported"),
    "rar": ("a.zip", b"Rar!\x1a\x07" + bytes(90), "unsupported"),
    "5,000 pages": ("a.pdf", pdf_pages(5000), "too-many-pages"),
    "too many pixels": ("a.png", png(12_000, 12_000), "too-many-pixels"),
    "expansion": ("a.zip", zip_bomb(), "expansion"),
    "lying directory": ("a.zip", zip_lying(), "nothing-read"),
    "too many members": ("a.zip", as_zip({f"{i}.txt": b"x" for i in range(2001)}), "too-many-members"),
    "zip within zip alone": ("a.zip", as_zip({"b.zip": as_zip({"a.txt": GOOD})}), "nothing-read"),
    "register": ("a.csv", b"so,ngay\n1,2", "register"),
}


@pytest.mark.parametrize(("name", "data", "code"), REFUSED.values(), ids=REFUSED)
def test_refused_with_file_reason_and_next_step(tmp_path, name, data, code):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(SourceError) as caught:
        read_source(path)
    assert caught.value.code == code
    assert str(caught.value) == f"{name}: {caught.value.reason}. {caught.value.next_step}."
    assert len(caught.value.reason) > 5
    assert len(caught.value.next_step) > 3
    assert os.listdir(tmp_path) == [name], "nothing is written beside it"


def test_too_many_bytes():
    with pytest.raises(SourceError, match=r"a\.txt: has 2,000 bytes, the limit is 1,000\. Split it"):
        read_bytes(b"x" * 2000, "a.txt", limits=Limits(bytes=1000))


@pytest.mark.parametrize(
    "data", [PDF_LOOP, PDF_FORM_LOOP], ids=["pages that hold themselves", "a form that draws itself"]
)
def test_pdf_with_loops_ends(data):
    try:
        sources = read_bytes(data, "a.pdf")
    except SourceError as error:
        assert error.code in ("damaged", "empty", "crashed", "time-limit")
    else:
        assert sources[0].text == ""
        assert "no-text" in [problem.code for problem in sources[0].problems]


def test_missing_file_and_folder(tmp_path):
    for path in (tmp_path / "không có.pdf", tmp_path):
        with pytest.raises(SourceError) as caught:
            read_source(path)
        assert caught.value.code == "unreadable"


KEPT = {
    "wrong extension": ("a.docx", as_pdf(LETTER), "wrong-extension"),
    "not Vietnamese": ("a.txt", b"The quick brown fox jumps over the lazy dog. " * 9, "not-vietnamese"),
    "accents lost": ("a.txt", fold("\n".join(BODY)).encode(), "accents-lost"),
    "next to nothing in it": ("a.txt", b"12.", "no-text"),
    "html with scripts": ("a.html", as_html(LETTER) + b"<script>document.write('x')</script>", "scripts-ignored"),
    "docx with macros": ("a.docm", repacked(letter_docx(), {"word/vbaProject.bin": b"\0" * 99}), "macros-ignored"),
    "damaged bytes": ("a.txt", GOOD + b"\xe1\xba", "damaged-encoding"),
}


@pytest.mark.parametrize(("name", "data", "code"), KEPT.values(), ids=KEPT)
def test_kept_with_a_warning(name, data, code):
    (source,) = read_bytes(data, name)
    assert code in [problem.code for problem in source.problems]
    assert "document.write" not in source.text


@pytest.mark.parametrize(
    "entity",
    [b'<!ENTITY x SYSTEM "file:///etc/passwd">', b'<!ENTITY x SYSTEM "http://127.0.0.1:9/x">', b'<!ENTITY x "ha">'],
    ids=["a file", "an address", "inline"],
)
def test_docx_entities_are_not_followed(entity):
    package = as_docx(LETTER)
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        body = archive.read("word/document.xml")
    body = re.sub(rb"^<\?xml[^>]*\?>", b"", body).replace(b"<w:t>", b"<w:t>&x;", 1)
    mined = repacked(package, {"word/document.xml": b"<!DOCTYPE d [" + entity + b"]>" + body})
    (source,) = read_bytes(mined, "a.docx")
    assert "root:" not in source.text
    assert "external-entities" in [problem.code for problem in source.problems]


def test_docx_of_a_billion_laughs_is_refused_or_harmless():
    laughs = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 12))
    body = b'<!DOCTYPE d [<!ENTITY l0 "ha">' + laughs + b']><w:document xmlns:w="x">&l11;</w:document>'
    try:
        (source,) = read_bytes(repacked(letter_docx(), {"word/document.xml": body}), "a.docx")
        assert len(source.text) < 10_000
    except SourceError as error:
        assert error.code == "damaged"


class TestBatch:
    def test_good_members_are_kept_and_bad_ones_say_why(self):
        inner = as_zip({"a.txt": GOOD})
        archive = as_zip(
            {"tốt.txt": GOOD, "rỗng.txt": b"", "hỏng.docx": b"PK\x03\x04", "trong.zip": inner, "ds.csv": b"a"}
        )
        sources = read_bytes(archive, "gói.zip")
        said = {source.path: [problem.code for problem in source.problems] for source in sources}
        assert said == {
            "gói.zip/tốt.txt": [],
            "gói.zip/rỗng.txt": ["empty"],
            "gói.zip/hỏng.docx": ["damaged"],
            "gói.zip/trong.zip": ["nested-archive"],
            "gói.zip/ds.csv": ["register"],
        }
        assert [bool(source.text) for source in sources] == [True, False, False, False, False]

    def test_names_that_climb_and_names_that_lie(self):
        names = [
            "../../a.txt",
            "/etc/b.txt",
            "C:\\Windows\\c.txt",
            "d\x07\u202etxt.txt",
            f"{'e' * 300}.txt",
            "..",
            "a.txt",
        ]
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w") as package:
            for name in names:
                package.writestr(name, GOOD)
        shown = [source.path for source in read_bytes(archive.getvalue(), "../g.zip")]
        assert shown[:4] == ["g.zip/a.txt", "g.zip/etc/b.txt", "g.zip/Windows/c.txt", "g.zip/dtxt.txt"]
        assert len(shown[4]) < 130 and shown[4].endswith(".txt")
        assert shown[5:] == ["g.zip/unnamed", "g.zip/a (2).txt"]

    @pytest.mark.filterwarnings("ignore:Duplicate name")
    def test_two_files_of_one_name(self):
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w") as package:
            package.writestr("a.txt", GOOD)
            package.writestr("a.txt", GOOD + "Khác.".encode())
        sources = read_bytes(archive.getvalue(), "g.zip")
        assert [source.path for source in sources] == ["g.zip/a.txt", "g.zip/a (2).txt"]
        assert len({source.sha256 for source in sources}) == 2


def test_a_file_that_changes_while_it_is_read(tmp_path, monkeypatch):
    """The file really grows, each time that its size is looked at: the moment does not depend on a scheduler."""
    path = tmp_path / "a.txt"
    path.write_bytes(GOOD)
    look = Path.stat

    def grow_and_look(self, **options):
        if self == path:
            with path.open("ab") as file:
                file.write(b"x")
        return look(self, **options)

    monkeypatch.setattr(Path, "stat", grow_and_look)
    with pytest.raises(SourceError, match="changes while it is read"):
        read_source(path)


def test_a_reader_that_hangs_is_ended(monkeypatch):
    monkeypatch.setattr(isolated, "_GRACE", 0.0)
    image = page_images(as_pdf(LETTER))[0]
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    isolated._stop()
    isolated._idle.clear()
    with pytest.raises(SourceError) as caught:  # shorter than the child needs to start
        isolated.read_isolated("picture", buffer.getvalue(), "a.png", Options(limits=Limits(seconds=0.01)))
    assert caught.value.code == "time-limit"
    monkeypatch.undo()
    assert read_bytes(as_pdf(LETTER), "b.pdf")[0].text, "the next file gets a new child"


class TestRegisters:
    HEAD = "Số ký hiệu,Ngày ban hành,Trích yếu\n"

    def test_missing_columns(self):
        with pytest.raises(SourceError) as caught:
            parse_register(b"a,b\n1,2\n", "s.csv")
        assert caught.value.code == "missing-columns"
        assert "columns seen: a, b" in str(caught.value)

    def test_duplicate_rows_impossible_dates_and_formulas(self):
        rows = (
            "12/UBND-VX,31/02/2021,Về việc một\n"
            "13/UBND-VX,01/02/2021,Về việc hai\n"
            "13/UBND-VX,01/02/2021,Về việc hai\n"
            '=HYPERLINK("http://x"),01/02/2021,Về việc ba\n'
            "14/UBND-VX,ngày mai,=1+1\n"
        )
        register = parse_register((self.HEAD + rows).encode(), "s.csv")
        assert [problem.code for problem in register.problems] == [
            "impossible-date", "duplicate-row", "formula", "no-number", "formula", "impossible-date", "no-subject",
        ]  # fmt: skip
        assert all(re.match(r"Row \d+: .*\.$", problem.message) for problem in register.problems)
        assert [(row.number, row.duplicate_of) for row in register.rows] == [
            ("12/UBND-VX", 0), ("13/UBND-VX", 0), ("13/UBND-VX", 3), ("", 0), ("14/UBND-VX", 0),
        ]  # fmt: skip
        assert register.rows[0].date is None

    def test_formulas_of_excel_are_not_calculated(self):
        book = openpyxl.Workbook()
        book.active.append(["Số ký hiệu", "Ngày", "Trích yếu"])
        book.active.append(["12/UBND-VX", "01/02/2021", '=WEBSERVICE("http://127.0.0.1:9")'])
        buffer = io.BytesIO()
        book.save(buffer)
        register = parse_register(buffer.getvalue(), "s.xlsx")
        assert register.rows[0].subject == ""
        assert "formula" in [problem.code for problem in register.problems]

    @pytest.mark.parametrize(
        "data", [b"", b"PK\x03\x04xx", random.Random(2).randbytes(500)], ids=["empty", "zip", "noise"]
    )
    def test_no_table(self, data):
        with pytest.raises(SourceError):
            parse_register(data, "s.xlsx")
