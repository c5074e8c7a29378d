"""What reading costs in facts: the corpus as Word, HTML, PDF and scans against gold; a register as tables."""

import shutil
from pathlib import Path

import papers
import pyarrow.parquet as pq
import pytest

from loaders.build import build
from loaders.evaluate import evaluate

GOLD = Path(__file__).resolve().parent / "gold"
REAL = Path(__file__).resolve().parents[2] / "shared" / "reference" / "binh_duong_register_to_2021-05.csv"
HEADER = (
    "province", "issuer", "subject", "number", "doc_type", "issuer_branch", "urgency", "on_behalf_of", "issue_date",
    "signatory_name", "signatory_title", "signing_authority",
)  # fmt: skip
LOOKS = ({"angle": 1, "seal": True}, {"angle": 180}, {"angle": 5}, {"angle": 1}, {"angle": -1, "seal": True})


def scans(text: str) -> bytes:
    """200 dpi, noise, 1° rotation, a red seal, one page upside down, one at 5°."""
    images = papers.page_images(papers.as_pdf(text))
    return papers.images_pdf([papers.scanned(image, **LOOKS[at % len(LOOKS)]) for at, image in enumerate(images)])


def scores(folder: Path, render) -> dict[str, float]:
    """F1 by field. The renderings keep the names of the texts, which gold refers to; content tells what they are."""
    folder.mkdir(exist_ok=True)
    for path in papers.CORPUS:
        (folder / path.name).write_bytes(render(path.read_text(encoding="utf-8")))
    return {name: score.f1 for name, score in evaluate(GOLD, [folder]).scores.items()}


@pytest.fixture(scope="module")
def plain(tmp_path_factory) -> dict[str, float]:
    return scores(tmp_path_factory.mktemp("plain"), str.encode)


@pytest.mark.parametrize("render", [papers.as_docx, papers.as_html, papers.as_pdf], ids=["docx", "html", "pdf"])
def test_renderings_give_the_same_facts(tmp_path, render, plain):
    found = scores(tmp_path / "x", render)
    assert {name: f1 for name, f1 in found.items() if f1 < plain[name] - 0.02} == {}


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed")
def test_scans_give_nearly_the_same_facts(tmp_path):
    found = scores(tmp_path / "x", scans)
    assert {name: found[name] for name in HEADER if found[name] < 0.9} == {}
    assert found["measures by provision"] >= 0.85
    assert found["measures by directive"] >= 0.85


REGISTER = """so_ky_hieu,ngay_ban_hanh,trich_yeu,pdf
2321/UBND-VX,28/05/2021,thực hiện công văn số 4261/byt-dp ngày 25/5/2021 của bộ y tế,https://www.binhduong.gov.vn/a.pdf
165/CV-TU,28/01/2021,về việc tiếp tục tăng cường công tác phòng chống dịch,https://www.binhduong.gov.vn/b.pdf
165/CV-TU,28/01/2021,về việc tiếp tục tăng cường công tác phòng chống dịch,https://www.binhduong.gov.vn/b.pdf
9/QĐ-UBND,31/02/2021,thành lập khu cách ly y tế tập trung,
,01/02/2021,không có số,
"""


def test_rows_of_a_register_become_directives_known_by_title(tmp_path):
    (tmp_path / "danh mục.csv").write_text(REGISTER, encoding="utf-8")
    report = build([tmp_path / "danh mục.csv"], tmp_path / "tables", cache_dir=None)
    assert (report.documents, report.directives, report.copies, report.unreadable) == (4, 3, 1, ())
    rows = {row["number"]: row for row in pq.read_table(tmp_path / "tables" / "directives.parquet").to_pylist()}
    assert set(rows) == {"2321/UBND-VX", "165/CV-TU", "9/QĐ-UBND"}
    assert rows["2321/UBND-VX"]["issuer"] == "Ủy ban nhân dân tỉnh Bình Dương"
    assert rows["165/CV-TU"]["issuer"] == "Tỉnh ủy Bình Dương"
    assert rows["165/CV-TU"]["province_basis"] == "inferred"
    assert str(rows["2321/UBND-VX"]["issue_date"]) == "2021-05-28"
    assert rows["9/QĐ-UBND"]["issue_date"] is None
    assert rows["9/QĐ-UBND"]["province"] == ""
    (cited,) = pq.read_table(tmp_path / "tables" / "citations.parquet").to_pylist()
    assert (cited["number"], str(cited["date"]), cited["relation"]) == ("4261/BYT-DP", "2021-05-25", "implements")
    assert {"title-only", "duplicate-row", "impossible-date", "no-number"} <= set(report.problems)


def test_a_text_completes_its_row(tmp_path):
    row = "Số ký hiệu,Ngày,Trích yếu,Link\n3175/UBND-VX,24/05/2021,tăng cường kiểm soát,https://hatinh.gov.vn/a\n"
    (tmp_path / "danh mục.csv").write_text(row, encoding="utf-8")
    (tmp_path / "thư.docx").write_bytes(papers.letter_docx())
    report = build([tmp_path], tmp_path / "tables", cache_dir=None)
    assert (report.documents, report.directives) == (2, 1)
    (kept,) = pq.read_table(tmp_path / "tables" / "directives.parquet").to_pylist()
    assert kept["n_provisions"] == 2


@pytest.mark.skipif(not REAL.exists(), reason="the reference register is not here")
def test_register_of_binh_duong_as_tables(tmp_path):
    report = build([REAL], tmp_path, cache_dir=None)
    assert (report.documents, report.directives, report.copies) == (68, 59, 9)
    issued = dict(
        pq.read_table(tmp_path / "directives.parquet", columns=["directive_id", "issue_date"]).to_pydict().items()
    )
    days = dict(zip(issued["directive_id"], issued["issue_date"], strict=True))
    citations = pq.read_table(tmp_path / "citations.parquet").to_pylist()
    lags = [(days[one["directive_id"]] - one["date"]).days for one in citations if one["date"]]
    assert len(citations) >= 18
    assert len(lags) >= 0.9 * len(citations)
    assert all(0 <= lag <= 60 for lag in lags)
