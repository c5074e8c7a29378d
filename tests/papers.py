"""Papers for the tests of reading: one letter in the house style, and renderings of any text as real files."""

import html
import io
import re
import zipfile
from pathlib import Path

import docx
import numpy as np
import pypdfium2 as pdfium
from PIL import Image, ImageChops, ImageDraw
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

FONT = Path("/usr/share/fonts/truetype/noto/NotoSerif-Regular.ttf")
CORPUS = sorted((Path(__file__).resolve().parent.parent / "data" / "directives").rglob("*.txt"))

LEFT = ("ỦY BAN NHÂN DÂN", "TỈNH HÀ TĨNH", "Số: 3175/UBND-VX", "V/v tăng cường kiểm soát", "người về từ vùng dịch")
RIGHT = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Hà Tĩnh, ngày 24 tháng 5 năm 2021")
BODY = (
    "Kính gửi: Các sở, ban, ngành cấp tỉnh; Ủy ban nhân dân các huyện, thành phố, thị xã.",
    "Thực hiện Công điện số 597/CĐ-TTg ngày 05/5/2021 của Thủ tướng Chính phủ, Chủ tịch Ủy ban nhân dân tỉnh yêu cầu "
    "các cơ quan, đơn vị và địa phương khẩn trương triển khai các nội dung sau đây trên toàn địa bàn quản lý:",
    "1. Sở Y tế chủ trì, phối hợp với Công an tỉnh tổ chức lấy mẫu xét nghiệm cho toàn bộ người trở về từ vùng dịch, "
    "hoàn thành trước ngày 28/5/2021; báo cáo kết quả hằng ngày về Ban Chỉ đạo tỉnh để theo dõi, chỉ đạo kịp thời.",
    "2. Sở Giao thông vận tải tạm dừng các tuyến xe khách đi, đến những tỉnh đang có dịch kể từ 0 giờ ngày 25/5/2021.",
    "Yêu cầu các đơn vị nghiêm túc thực hiện./.",
)
FOOT_LEFT = ("Nơi nhận:", "- Như trên;", "- Bộ Y tế;", "- Lưu: VT, VX.")
FOOT_RIGHT = ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Nguyễn Thị Mẫu")
LETTER = "\n\n".join(("\n".join(LEFT), "\n".join(RIGHT), *BODY, "\n".join(FOOT_LEFT), "\n".join(FOOT_RIGHT)))


def plain(text: str) -> str:
    """Text with white space folded, to compare renderings."""
    return re.sub(r"\s+", " ", text).strip()


def paragraphs(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()]


def as_docx(text: str) -> bytes:
    document = docx.Document()
    for part in paragraphs(text):
        document.add_paragraph(part)
    return _saved(document)


def letter_docx() -> bytes:
    """The letter as Word users write it: head and foot in tables of two columns, provisions numbered by Word."""
    document = docx.Document()
    _docx_columns(document, LEFT, RIGHT)
    for part in BODY:
        found = re.match(r"\d\. (.*)", part)
        document.add_paragraph(found[1], style="List Number") if found else document.add_paragraph(part)
    _docx_columns(document, FOOT_LEFT, FOOT_RIGHT)
    return _saved(document)


def _docx_columns(document, left, right) -> None:
    cells = document.add_table(rows=1, cols=2).rows[0].cells
    cells[0].text, cells[1].text = "\n".join(left), "\n".join(right)


def _saved(document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def as_html(text: str) -> bytes:
    blocks = "".join(
        f"<p>{html.escape(part)}</p>\n".replace("\n", "<br>\n", part.count("\n")) for part in paragraphs(text)
    )
    page = f"<!DOCTYPE html><html><head><meta charset=utf-8><title>Văn bản</title></head><body>{blocks}</body></html>"
    return page.encode()


def letter_html() -> bytes:
    """The letter as a web page exports it: tables, an ordered list, a menu and scripts around it."""

    def columns(left, right):
        return f"<table><tr><td>{'<br>'.join(left)}</td><td>{'<br>'.join(right)}</td></tr></table>"

    items = "".join(f"<li>{part[3:]}</li>" for part in BODY[2:4])
    page = f"""<html><head><title>x</title><script>alert("chạy")</script><style>p {{}}</style></head><body>
        <nav><a href="/">Trang chủ</a></nav><div style="display: none">ẩn</div>
        {columns(LEFT, RIGHT)}<p>{BODY[0]}</p><p>{BODY[1]}</p><ol>{items}</ol><p>{BODY[4]}</p>
        {columns(FOOT_LEFT, FOOT_RIGHT)}</body></html>"""
    return page.encode()


def _style() -> ParagraphStyle:
    if "Paper" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("Paper", str(FONT)))
    return ParagraphStyle("p", fontName="Paper", fontSize=12, leading=17, alignment=4, firstLineIndent=28, spaceAfter=6)


def as_pdf(text: str) -> bytes:
    style = _style()
    return _built([Paragraph(html.escape(part).replace("\n", "<br/>"), style) for part in paragraphs(text)])


def letter_pdf() -> bytes:
    """The letter with head and foot in two columns whose lines share their baselines."""
    style = _style()

    def columns(left, right):
        rows = [
            [a, b] for a, b in zip([*left, *[""] * len(right)], [*right, *[""] * len(left)], strict=False) if a or b
        ]
        return Table(rows, colWidths=(200, 260), style=[("FONT", (0, 0), (-1, -1), "Paper", 10)])

    body = [Paragraph(html.escape(part), style) for part in BODY]
    return _built([columns(LEFT, RIGHT), Spacer(1, 12), *body, Spacer(1, 12), columns(FOOT_LEFT, FOOT_RIGHT)])


def _built(flow: list) -> bytes:
    buffer = io.BytesIO()
    SimpleDocTemplate(buffer, leftMargin=85, rightMargin=56, topMargin=56, bottomMargin=56).build(flow)
    return buffer.getvalue()


def page_images(pdf: bytes, dpi: int = 200) -> list[Image.Image]:
    document = pdfium.PdfDocument(pdf)
    images = [page.render(scale=dpi / 72).to_pil().convert("RGB") for page in document]
    document.close()
    return images


def scanned(image: Image.Image, *, angle: float = 0, seal: bool = False, noise: float = 12) -> Image.Image:
    """What a scanner makes of a page: turned, with a red seal printed over the text, with noise."""
    if seal:
        layer = Image.new("RGB", image.size, "white")
        draw = ImageDraw.Draw(layer)
        x, y = image.width * 0.5, image.height * 0.3
        draw.ellipse((x, y, x + 330, y + 330), outline=(225, 30, 40), width=16)
        draw.ellipse((x + 90, y + 90, x + 240, y + 240), fill=(225, 60, 70))
        image = ImageChops.multiply(image, layer)  # ink over ink
    turned = image.rotate(angle, expand=angle % 180 == 90, fillcolor="white", resample=Image.Resampling.BICUBIC)
    grain = np.random.default_rng(7).normal(0, noise, (turned.height, turned.width, 1))
    return Image.fromarray((np.asarray(turned) + grain).clip(0, 255).astype("uint8"))


def images_pdf(images: list[Image.Image], dpi: int = 200) -> bytes:
    buffer = io.BytesIO()
    images[0].save(buffer, "PDF", save_all=True, append_images=images[1:], resolution=dpi, quality=80)
    return buffer.getvalue()


def as_zip(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def repacked(package: bytes, changes: dict[str, bytes]) -> bytes:
    """An Office file with parts added or replaced."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    return as_zip(members | changes)
