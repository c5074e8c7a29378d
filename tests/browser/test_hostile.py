"""Words of a document stay words on every page: markup, scripts, formulas and shortcodes in any field are inert."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from conftest import settled, start_server

from loaders.build import build
from loaders.queries import Atlas

MARKS = "[x](http://evil.example) $x^2$ :red[đỏ] :smile:"
EVIL = f"<img src=x onerror=window.hit=1><script>window.hit=1</script> {MARKS}"
LETTER = f"""ỦY BAN NHÂN DÂN
TỈNH ĐỒNG NAI

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 71/UBND-KGVX

Đồng Nai, ngày 12 tháng 6 năm 2021

V/v tăng cường phòng, chống dịch {EVIL}

HỎA TỐC

Kính gửi:
- Các sở, ban, ngành {EVIL};
- UBND các huyện, thành phố.

Thực hiện Công văn số 12-CV/TU ngày 10/6/2021 của Tỉnh ủy {EVIL}, Chủ tịch UBND tỉnh yêu cầu:

1. Sở Y tế {EVIL} chủ trì, phối hợp với Công an tỉnh tổ chức xét nghiệm {EVIL} diện rộng, xong trước ngày 20/6/2021.

2. UBND các huyện, thành phố lập 05 chốt kiểm soát {EVIL} trên các tuyến quốc lộ; tuyên truyền 5K.

Nơi nhận:
- Như trên;
- Lưu: VT, KGVX.

CHỦ TỊCH

Nguyễn Văn {EVIL}
"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "papers").mkdir()
    (folder / "papers" / "thư & <b>.txt").write_text(LETTER, encoding="utf-8")
    build([folder / "papers"], folder / "tables", cache_dir=None)
    process, address = start_server(folder, ATLAS_SOURCES=str(folder / "papers"))
    yield address, Atlas(folder / "tables").table("directives")["directive_id"].iloc[0]
    process.terminate()
    process.wait(timeout=20)


@pytest.mark.parametrize("slug", ["", "timeline", "comparison", "network", "reader", "methods"])
def test_a_hostile_document_stays_words(view, hostile, slug):
    address, directive = hostile
    page = view(f"{address}/{slug}?lang=vi&d={quote(directive)}&v=1")
    settled(page)
    assert page.locator("[data-testid=stException]").count() == 0
    assert page.evaluate("() => window.hit") is None
    assert page.locator("img[src='x'], a[href*='evil.example']").count() == 0


def test_the_drawer_shows_the_words_as_they_are(view, hostile):
    address, directive = hostile
    page = view(f"{address}/?lang=vi&d={quote(directive)}&v=1")
    drawer = page.locator("[class*=st-key-evidence-drawer]")
    said = drawer.inner_text().replace("\u2060", "")
    assert "71/UBND-KGVX" in said
    assert "<img src=x onerror=window.hit=1>" in said
    assert MARKS in said
    assert drawer.locator(".katex, a[href*=evil]").count() == 0
