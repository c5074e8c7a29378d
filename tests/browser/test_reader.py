"""The reader in a real browser: every fact lights its own words, both ways; keys, copies, search, hostile text."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote, urlparse

import pytest
from conftest import settled, start_server

from loaders.reading import document_facts
from views._evidence import fact_id

DIRECTIVES = 7
LETTER = "binh-phuoc/1722-ubnd-kgvx/2021-05-27"
COPIED = "binh-phuoc/396-cv-tu/2021-05-27"

# Clicks every fact of the panel and reads back which words are lit in the document.
CLICK_ALL = """(layout) => Object.fromEntries([...layout.querySelectorAll('.facts .fact')].map((entry) => {
    entry.click();
    const lit = [...layout.querySelectorAll('.doc mark.lit')].map((mark) => mark.textContent).join('');
    const shown = [...layout.querySelectorAll('.facts .lit')].map((item) => item.dataset.fact).join(' ');
    return [entry.dataset.fact, [lit, shown]];
}))"""


def address(directive: str, **more: object) -> str:
    rest = "".join(f"&{name}={quote(str(value), safe='/:,')}" for name, value in more.items())
    return f"/reader?d={quote(directive, safe='/')}&lang=en&v=1{rest}"


def expected(facts, copy) -> dict[str, str]:
    """Fact id to its quote, of one copy, from the tables."""
    rows = document_facts(facts, copy["path"], int(copy["ordinal"]), primary=bool(copy["is_primary"]))
    own = facts["evidence"]
    own = own[(own["path"] == copy["path"]) & (own["ordinal"] == copy["ordinal"])].reset_index(drop=True)
    held = {**facts, "evidence": own}
    return {
        fact_id(row.table, held[row.table].reset_index(drop=True).iloc[row.row]): row.quote for row in rows.itertuples()
    }


def test_each_fact_of_each_directive_and_copy_lights_exactly_its_words(view, atlas):
    directives = atlas.table("directives")["directive_id"]
    assert len(directives) == DIRECTIVES
    clicked = 0
    for directive in directives:
        facts = atlas.facts(directive)
        copies = facts["sources"].sort_values(["is_primary", "path", "ordinal"], ascending=[False, True, True])
        for number, (_, copy) in enumerate(copies.iterrows()):
            page = view(address(directive, copy=number) if number else address(directive))
            found = page.locator(".layout").evaluate(CLICK_ALL)
            wanted = expected(facts, copy)
            assert {name: lit for name, (lit, _) in found.items()} == wanted
            assert all(shown == name for name, (_, shown) in found.items())
            clicked += len(found)
            page.close()
    assert clicked > 200


def test_words_open_their_fact_and_the_address_names_it(view):
    page = view(address(LETTER))
    page.locator(".doc mark", has_text="27 trường hợp dương tính").click()
    lit = page.locator(".facts .lit")
    assert "27 trường hợp" in lit.inner_text()
    page.wait_for_url("**f=figures*")
    again = view(page.url)
    assert again.locator(".doc mark.lit").inner_text() == "27 trường hợp dương tính"
    assert again.locator(".doc mark.lit").is_visible()


def test_a_link_to_a_provision_scrolls_to_it(view):
    page = view(address(LETTER, p="6"))
    inside = """(layout) => { const doc = layout.querySelector('.doc'); return doc.scrollTop > 200; }"""

    def scrolled():
        page.wait_for_timeout(300)
        return page.locator(".layout").evaluate(inside)

    assert any(scrolled() for _ in range(40))


def test_keys_step_through_facts_and_directives(view):
    page = view(address(LETTER))
    page.locator(".doc").focus()

    def pressed(key):
        page.keyboard.press(key)
        settled(page)
        return page.locator(".facts .lit").get_attribute("data-fact")

    first, second = pressed("n"), pressed("n")
    assert pressed("p") == first != second
    page.wait_for_url(f"**f={first.split(':')[0]}*")
    page.keyboard.press("]")
    page.wait_for_function("() => !decodeURIComponent(location.search).includes('1722-ubnd-kgvx')")


def test_a_kind_that_is_hidden_is_in_no_pane(view):
    page = view(address(LETTER, hide="measure"))
    page.locator(".facts .fact.k-task").first.wait_for()
    page.locator(".facts .fact.k-measure").first.wait_for(state="attached")
    assert not any(entry.is_visible() for entry in page.locator(".facts .fact.k-measure").all())
    assert "hide-measure" in page.locator(".layout").get_attribute("class")


def test_copies_are_switched_and_their_differences_shown(view):
    page = view(address(COPIED))
    page.get_by_text("document 1", exact=False).first.click()
    page.wait_for_url("**copy=1*")
    settled(page)
    page.get_by_text("How it differs from the fullest copy").click()
    page.get_by_text("Words in [− −] stand only in the fullest copy").wait_for()
    assert page.locator("text=[−").count() >= 1


def test_the_original_is_what_was_received(view):
    page = view(address(LETTER))
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Original file").click()
    path = Path(waiting.value.path())
    corpus = Path(__file__).resolve().parents[2] / "data" / "directives" / "binh-phuoc"
    assert path.read_bytes() in [item.read_bytes() for item in corpus.iterdir()]


def test_the_head_says_what_was_read_and_what_is_missing(view):
    whole = view(address(LETTER)).locator(".st-key-reader-paper").inner_text()
    assert "Số 1722/UBND-KGVX" in whole and "HOẢ TỐC" not in whole and "HỎA TỐC" in whole.upper()
    assert "Bình Phước, 27 May 2021" in whole
    page = view(address("kien-giang/directive-9479647a/undated"))
    head = page.locator(".st-key-reader-paper").inner_text()
    assert "[no number]" in head and "[no date]" in head
    assert "T/M BAN THƯỜNG VỤ TỈNH ỦY" in page.locator(".st-key-reader-paper-foot").inner_text()


def test_relations_stand_in_three_columns_and_a_ghost_says_who_else_cites_it(view):
    page = view(address(COPIED))
    acting = page.locator(".st-key-reader-acting")
    assert "1722/UBND-KGVX" in acting.inner_text()
    ghost = view(address("binh-phuoc/2526-ubnd-kgvx/2021-07-26")).locator(".st-key-reader-acted-on").inner_text()
    assert "502-CV/TU" in ghost and "Not held" in ghost


@pytest.mark.parametrize("words", ["an cu kiet ha", "An cư Kiết hạ", "AN CƯ  kiết Hạ"])
def test_the_box_of_every_page_finds_words_with_or_without_accents(view, words):
    page = view("/timeline?lang=en&v=1")
    box = page.locator(".st-key-search-box input")
    box.fill(words)
    box.press("Enter")
    page.wait_for_url("**/reader?*q=*")
    settled(page)
    results = page.locator(".st-key-reader-results")
    assert results.locator("strong", has_text="An cư Kiết hạ").count() == 1
    results.get_by_role("button", name="Open here").first.click()
    page.wait_for_url("**at=*")
    settled(page)
    seen = """(layout) => { const doc = layout.querySelector('.doc'); const box = doc.getBoundingClientRect();
        const range = document.createRange(); const walker = document.createTreeWalker(doc, NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
          const at = node.data.indexOf('An cư Kiết hạ');
          if (at >= 0) { range.setStart(node, at); range.setEnd(node, at + 5);
            const top = range.getBoundingClientRect().top;
            return top > box.top && top < box.bottom; } } return false; }"""
    for _ in range(20):
        if page.locator(".layout").evaluate(seen):
            return
        page.wait_for_timeout(300)
    raise AssertionError("the words found are not in sight")


def test_search_without_accents_finds_what_has_them_and_keeps_to_the_filters(view):
    page = view("/reader?lang=en&q=khai+bao+y+te&v=1")
    results = page.locator(".st-key-reader-results")
    assert results.locator("strong", has_text="khai báo y tế").count() >= 3
    limited = view("/reader?lang=en&q=khai+bao+y+te&province=VN-47&v=1").locator(".st-key-reader-results")
    assert "1722/UBND-KGVX" not in limited.inner_text()


def test_the_citation_is_in_both_languages(view):
    page = view(address(LETTER))
    page.get_by_text("Copy as citation").click()
    cited = page.locator(".st-key-reader-cite").inner_text()
    assert "Công văn 1722/UBND-KGVX, Ủy ban nhân dân tỉnh Bình Phước, 27/05/2021" in cited
    assert "27 May 2021" in cited


ATTACK = "<img src=x onerror=alert(1)><script>alert(2)</script>[x](javascript:alert(3))![y](http://evil.example/z.png)"
ATTACK += " $\\\\href{javascript:alert(4)}{z}$ :red[r] :material/bomb: \u202eRTL\u202c **b** `c` http://evil.example"
HOSTILE = f"""ỦY BAN NHÂN DÂN TỈNH HÀ TĨNH {ATTACK}

Số: 12/UBND-VX<img src=x onerror=alert(5)>

Hà Tĩnh, ngày 24 tháng 5 năm 2021

V/v tăng cường phòng, chống dịch Covid-19 {ATTACK}

HỎA TỐC

Kính gửi:

- Các sở, ban, ngành {ATTACK};
- Ủy ban nhân dân các huyện.

Thực hiện Công văn số 99/UBND-VX ngày 20/5/2021 của {ATTACK}, Chủ tịch Ủy ban nhân dân tỉnh yêu cầu:

1. Sở Y tế {ATTACK} tổ chức xét nghiệm toàn bộ người về từ vùng dịch, hoàn thành trước ngày 28/5/2021.

2. Khai báo y tế bắt buộc {ATTACK} đối với người đến từ vùng dịch.

Nơi nhận:
- Như trên;
- {ATTACK};
- Lưu: VT.

KT. CHỦ TỊCH
PHÓ CHỦ TỊCH {ATTACK}
Nguyễn <img src=x onerror=alert(6)> Mẫu
"""
COUNT = """() => { const roots = [document]; let n = 0; const seen = [];
    while (roots.length) { const root = roots.pop(); for (const item of root.querySelectorAll('*')) {
        if (item.shadowRoot) roots.push(item.shadowRoot);
        const bad = (item.tagName === 'IMG' && item.getAttribute('src') === 'x') || item.hasAttribute('onerror')
            || (item.tagName === 'A' && /javascript:|evil/.test(item.href))
            || (item.tagName === "IMG" && /evil/.test(item.src))
            || (item.tagName === 'SCRIPT' && /alert\\(/.test(item.textContent))
            || /katex/.test(item.className.baseVal ?? item.className);
        if (bad) seen.push(item.outerHTML.slice(0, 200)); } }
    return seen; }"""


def test_nothing_in_a_document_acts_as_markup(tmp_path, chromium):
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / "<img src=x onerror=alert(7)> **x** $y$.txt").write_text(HOSTILE, encoding="utf-8")
    process, server = start_server(tmp_path, ATLAS_SOURCES=str(folder))
    said, asked = [], []
    try:
        page = chromium.new_context(viewport={"width": 1440, "height": 1000}).new_page()
        page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda request: asked.append(request.url))
        for path in (
            "/reader?lang=en&correct=1&v=1",
            "/reader?lang=en&q=khai+bao&v=1",
            "/?lang=en&v=1",
            "/timeline?lang=en&v=1",
        ):
            page.goto(server + path)
            settled(page)
            if "correct" in path:
                found = page.locator(".layout").evaluate(CLICK_ALL)
                assert len(found) >= 8
                assert "<img src=x onerror=alert(1)>" in page.locator(".doc").inner_text()
                for name in ("Copy as citation", "What to know"):
                    if page.get_by_text(name).count():
                        page.get_by_text(name).first.click()
                page.wait_for_timeout(600)
            assert page.evaluate(COUNT) == [], path
        assert said == []
        assert [url for url in asked if "evil" in url or urlparse(url).path.endswith("/x")] == []
    finally:
        process.terminate()
        process.wait(timeout=20)
