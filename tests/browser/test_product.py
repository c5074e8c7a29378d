"""One product: every page in both languages and grounds, wide and narrow, accessible, offline, by link reproducible."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import picture, settled, unfolded

ROOT = Path(__file__).resolve().parents[2]
FILES = {"overview": "", "importer": "import"}
SLUGS = [FILES.get(path.stem, path.stem) for path in sorted((ROOT / "views").glob("[a-z]*.py"))]
LETTER = "binh-phuoc/1722-ubnd-kgvx/2021-05-27"


@pytest.mark.parametrize("slug", SLUGS, ids=lambda slug: slug or "overview")
class TestEveryPage:
    @pytest.mark.parametrize("width", [1440, 390])
    @pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
    @pytest.mark.parametrize("lang", ["vi", "en"])
    def test_is_drawn_and_accessible(self, view, screenshots, slug, lang, dark, width):
        page = view(f"/{slug}?lang={lang}&v=1", width=width, dark=dark)
        page.wait_for_function(f"() => document.documentElement.lang === '{lang}'", timeout=5_000)
        assert page.locator("h1").count() == 1
        assert page.locator("[data-testid=stException]").count() == 0
        main = "document.querySelector('[data-testid=stMain]')"
        overflow = f"() => {main}.scrollWidth - {main}.clientWidth"
        assert page.evaluate(overflow) <= 1, "the page scrolls sideways"
        assert serious_faults(page) == []
        picture(page, screenshots, f"{slug or 'overview'}-{lang}-{width}-{'dark' if dark else 'light'}")

    def test_presents_itself(self, view, screenshots, slug):
        page = view(f"/{slug}?lang=vi&present=1&v=1", width=1920, height=1080)
        assert page.locator(".st-key-masthead").count() == 0
        assert page.locator(".st-key-leave").count() == 1
        picture(page, screenshots, f"{slug or 'overview'}-present")


def serious_faults(page) -> list[tuple[str, list[str], str]]:
    """Serious and critical faults that axe finds, but for Streamlit's own: rule, target, what to mend."""
    from axe_playwright_python.sync_playwright import Axe

    return [
        (item["id"], node["target"], node.get("failureSummary", "")[:300])
        for item in Axe().run(page).response["violations"]
        if item["impact"] in ("serious", "critical")
        for node in item["nodes"]
        if not streamlits_own(item["id"], node)
    ]


# Faults in the markup that Streamlit and its grid draw, which a page cannot change.
_THEIRS = re.compile(
    r"stDataFrame|stToolbar|stStatusWidget|glideDataEditor|dvn-|data-baseweb|stSelectbox|stMultiSelect|stDateInput|"
    r"stFileUploader|stExpander|stPopover|stHeader|js-plotly-plot|modebar|stCode|katex|stLatex|stMainMenu"
)


def streamlits_own(rule: str, node: dict) -> bool:
    where = " ".join(map(str, node["target"])) + node.get("html", "")
    return bool(_THEIRS.search(where)) and rule != "color-contrast"


class TestLinks:
    def test_a_link_made_in_english_opens_the_same_view_in_vietnamese(self, view):
        english = view(f"/?lang=en&province=VN-58&d={LETTER}&v=1")
        assert "4 of 7 directives" in english.locator(".stExpander").first.inner_text()
        vietnamese = view(english.url.replace("lang=en", "lang=vi"))
        assert "4/7 văn bản" in vietnamese.locator(".stExpander").first.inner_text()
        assert "Công văn 1722/UBND-KGVX" in vietnamese.locator("[class*=st-key-evidence-drawer]").inner_text()

    def test_the_language_switch_keeps_the_view(self, view):
        page = view(f"/?lang=en&d={LETTER}&v=1")
        page.get_by_role("radio", name="Tiếng Việt").or_(page.get_by_role("button", name="Tiếng Việt")).first.click()
        page.get_by_text("Dữ liệu cho thấy").wait_for()
        settled(page)
        assert f"d={LETTER}" in page.url.replace("%2F", "/")
        assert page.evaluate("() => document.documentElement.lang") == "vi"

    def test_the_navigation_carries_filters_and_language(self, view):
        page = view("/?lang=en&province=VN-58&v=1")
        page.locator(".st-key-masthead-nav").get_by_role("link", name="Methods").click()
        page.get_by_role("heading", name="Methods").wait_for()
        settled(page)
        assert "/methods" in page.url
        assert "province=VN-58" in page.url
        assert "lang=en" in page.url

    def test_back_returns_to_the_page_before(self, view):
        page = view("/?lang=en&province=VN-58&v=1")
        page.locator(".st-key-masthead-nav").get_by_role("link", name="Methods").click()
        page.get_by_role("heading", name="Methods").wait_for()
        settled(page)
        page.go_back()
        page.get_by_text("What the data show").wait_for()
        assert "province=VN-58" in page.url

    def test_a_link_to_the_page_one_is_on_changes_the_address(self, view):
        page = view(f"/?lang=en&d={LETTER}&v=1")
        page.locator(".st-key-masthead-nav").get_by_role("link", name="Overview").click()
        page.locator("[class*=st-key-evidence-drawer]").wait_for(state="detached")
        page.wait_for_function("() => !location.search.includes('d=')")
        unfolded(page, "overview-filters")
        page.get_by_role("radio", name="Wave 4").or_(page.get_by_role("button", name="Wave 4")).first.click()
        page.wait_for_function("() => location.search.includes('from=2021-04-27')")
        assert "binh-phuoc" not in page.url

    def test_a_damaged_link_opens_with_a_notice(self, view):
        page = view("/?lang=en&from=2021-02-31&d=nothing&zzz=1")
        notice = page.locator("[data-testid=stAlert]").inner_text()
        assert all(name in notice for name in ("from", "d", "zzz"))

    def test_the_language_follows_the_browser(self, view):
        for locale, lang in (("en-GB", "en"), ("vi-VN", "vi"), ("fr-FR", "en")):
            page = view("/", locale=locale)
            page.wait_for_function(f"() => document.documentElement.lang === '{lang}'", timeout=5_000)


class TestTools:
    def test_the_link_of_the_view_is_offered(self, view):
        page = view("/?lang=en&province=VN-58&v=1")
        page.get_by_role("button", name="Copy link").click()
        said = page.locator("[data-testid=stPopoverBody] code").inner_text()
        assert said.startswith("http://localhost")
        assert "lang=en&province=VN-58&v=1" in said

    def test_presentation_and_back(self, view):
        page = view("/?lang=en&v=1")
        page.get_by_role("button", name="Present").click()
        page.get_by_role("link", name="Leave presentation").click()
        page.locator(".st-key-leave").wait_for(state="detached")
        settled(page)
        assert "present" not in page.url
        assert page.locator(".st-key-masthead").is_visible()

    def test_the_search_box_opens_the_reader(self, view):
        page = view("/?lang=en&v=1")
        page.get_by_label("Search all documents").fill("khai bao y te")
        page.get_by_label("Search all documents").press("Enter")
        page.wait_for_url("**/reader?**")
        settled(page)
        assert "q=khai" in page.url


class TestCharts:
    def test_a_click_on_a_mark_opens_its_evidence(self, view):
        page = view("/?lang=en&v=1")
        point = page.locator(".st-key-chart-overview-issued .scatterlayer .point").first
        box = point.bounding_box()
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        page.locator("[class*=st-key-evidence-drawer]").wait_for()
        settled(page)
        assert "d=binh-phuoc" in page.url
        page.get_by_role("button", name="Close").click()
        page.locator("[class*=st-key-evidence-drawer]").wait_for(state="detached")

    def test_a_bar_leads_to_its_sentences(self, view):
        page = view("/?lang=en&v=1")
        box = page.locator(".st-key-chart-overview-groups .barlayer .point").first.bounding_box()
        page.mouse.click(box["x"] + box["width"] / 3, box["y"] + box["height"] / 2)
        page.get_by_text("The chosen passages").wait_for()
        assert "cell=containment" in page.url
        assert page.locator("[class*=st-key-evidence-row]").count() > 10

    def test_downloads_are_made_offline(self, view):
        page = view("/?lang=en&v=1")
        unfolded(page, "overview-groups-twin")
        buttons = page.locator(".st-key-overview-groups-downloads")
        for form in ("csv", "xlsx", "png", "svg"):
            with page.expect_download(timeout=60_000) as waiting:
                buttons.get_by_role("button", name=form.upper()).click()
            assert Path(waiting.value.path()).stat().st_size > 100
            assert waiting.value.suggested_filename.endswith(f".{form}")
