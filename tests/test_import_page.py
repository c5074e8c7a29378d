"""The import page and what stands behind it: read, shown, kept, removed."""

from dataclasses import replace
from pathlib import Path

import papers
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from loaders.context import read_oxcgrt
from loaders.intake import find_copy, index_held, keep, lay_out, read_context, read_fields, take_in
from loaders.registers import parse_register
from loaders.store import LOCAL_USER, Editors, NotAnEditor, Store

ROOT = Path(__file__).resolve().parent.parent
REGISTER = "Số ký hiệu,Ngày ban hành,Trích yếu\n12/UBND-VX,01/02/2021,Về việc tiêm vắc xin Covid-19\n".encode()
CONTEXT = (
    b"CountryCode,Jurisdiction,Date,C1,ConfirmedCases,StringencyIndex_Average\nVNM,NAT_TOTAL,20210527,3,6164,71.3\n"
)
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.fixture
def store(tmp_path):
    return Store(f"sqlite:///{tmp_path / 'atlas.sqlite'}", Editors())


class TestTakeIn:
    def test_document(self):
        intake = take_in(papers.letter_pdf(), "../thư.pdf")
        assert intake.name == "thư.pdf"
        assert intake.is_useful
        fields = {one.field: one for one in read_fields(intake.documents[0], intake.sources)}
        assert fields["number"].value == "3175/UBND-VX"
        assert (fields["issue_date"].value, fields["issue_date"].certainty) == ("2021-05-24", "stated")
        assert fields["province"].value == "Hà Tĩnh"
        assert fields["urgency"].certainty == "missing"
        assert all(one.quote in papers.plain(intake.documents[0].text) for one in fields.values())

    def test_doubted_words_make_a_field_unsure(self):
        intake = take_in(papers.letter_pdf(), "thư.pdf")
        (source,) = intake.sources
        at = source.text.index("3175/UBND-VX")
        doubting = replace(source, low_confidence=((at, at + len("3175/UBND-VX"), 0.4),))
        number = read_fields(intake.documents[0], (doubting,))[0]
        assert (number.certainty, number.doubts) == ("unsure", ("3175/UBND-VX",))

    def test_kinds(self):
        assert take_in(REGISTER, "a.csv").register.rows[0].number == "12/UBND-VX"
        assert take_in(CONTEXT, "a.csv").context.days[0].stringency == 71.3
        assert take_in(OLD_WORD, "a.doc").error.code == "unsupported"
        assert take_in(b"", "a.csv").error.code == "empty"
        unknown = take_in(b"x,y\n12/UBND-VX,Viec\n", "a.csv")
        assert (unknown.error.code, unknown.header) == ("missing-columns", ("x", "y"))
        mapped = take_in(b"x,y\n12/UBND-VX,Viec\n", "a.csv", mapping={"number": "x", "subject": "y"})
        assert mapped.register.rows[0].subject == "Viec"

    def test_copies_are_known_in_another_format(self):
        held = index_held([("held", "3175/UBND-VX", papers.LETTER), ("other", "", papers.CORPUS[0].read_text())])
        (document,) = take_in(papers.letter_docx(), "a.docx").documents
        assert find_copy(document, held)[0] == "held"
        assert find_copy(document, held)[1] > 0.95
        assert find_copy(document, held[1:]) is None


class TestKeep:
    def test_laid_out_by_content_and_removed_again(self, store, tmp_path):
        folder = tmp_path / "data" / "uploads"
        first = keep(store, LOCAL_USER, take_in(papers.LETTER.encode(), "../../x/thư.txt"))
        second = keep(store, LOCAL_USER, take_in((papers.LETTER + "\nKhác").encode(), "thư.txt"))
        lay_out(store, folder)
        assert sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.txt")) == sorted(
            [f"{first[:12]}/thư.txt", f"{second[:12]}/thư.txt"]
        )
        store.remove_upload(LOCAL_USER, first)
        lay_out(store, folder)
        assert [path.name for path in folder.iterdir()] == [second[:12]]

    def test_foreign_folders_are_left_alone(self, store, tmp_path):
        (tmp_path / "uploads" / "của tôi").mkdir(parents=True)
        lay_out(store, tmp_path / "uploads")
        assert (tmp_path / "uploads" / "của tôi").is_dir()

    def test_a_damaged_file_in_the_folder_is_mended_from_the_store(self, store, tmp_path):
        digest = keep(store, LOCAL_USER, take_in(papers.LETTER.encode(), "a.txt"))
        lay_out(store, tmp_path)
        path = tmp_path / digest[:12] / "a.txt"
        path.write_bytes(b"cut")
        lay_out(store, tmp_path)
        assert path.read_bytes() == papers.LETTER.encode()

    def test_register_is_kept_with_names_the_build_knows(self, store):
        mapped = take_in(b"x,y\n12 / UBND-VX,Viec\n", "a.xlsx.csv", mapping={"number": "x", "subject": "y"})
        digest = keep(store, LOCAL_USER, mapped)
        again = parse_register(store.upload_content(digest), "a.csv")
        assert [(row.number, row.subject) for row in again.rows] == [("12/UBND-VX", "Viec")]

    def test_context_lies_beside_the_uploads(self, store, tmp_path):
        keep(store, LOCAL_USER, take_in(CONTEXT, "OxCGRT.csv"))
        lay_out(store, tmp_path / "uploads")
        assert read_context(tmp_path / "uploads").days == read_oxcgrt(CONTEXT).days
        assert list((tmp_path / "uploads").rglob("*.csv")) == []

    def test_only_editors_keep(self, tmp_path):
        guarded = Store(f"sqlite:///{tmp_path / 'a.sqlite'}", Editors(frozenset({"an@example.org"})))
        with pytest.raises(NotAnEditor):
            keep(guarded, LOCAL_USER, take_in(papers.LETTER.encode(), "a.txt"))


@pytest.fixture
def page(tmp_path, monkeypatch):
    """The import page of a deployment of its own."""
    uploads = tmp_path / "uploads"
    uploads.mkdir()
    monkeypatch.setenv("ATLAS_TABLES", str(tmp_path / "tables"))
    monkeypatch.setenv("ATLAS_SOURCES", f"{ROOT / 'data' / 'directives'}:{uploads}")
    monkeypatch.setenv("ATLAS_UPLOADS", str(uploads))
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'atlas.sqlite'}")
    st.cache_resource.clear()
    st.cache_data.clear()
    at = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
    at.query_params["lang"] = "en"
    at.run()
    yield at.switch_page("views/importer.py").run()
    st.cache_resource.clear()
    st.cache_data.clear()


def words(at) -> str:
    kinds = ("markdown", "caption", "info", "error", "warning", "success")
    said = [str(item.value) for kind in kinds for item in getattr(at, kind)]
    said += [item.proto.label for item in at.get("page_link")]
    return " ".join(said).replace("\\", "")


class TestPage:
    def test_shown_kept_and_removed(self, page):
        page.file_uploader[0].upload("letter.pdf", papers.letter_pdf()).run()
        assert not page.exception
        table = page.table[0].value
        assert table.loc["Number", "Value"].replace("\\", "") == "3175/UBND-VX"
        assert table.loc["Issued", "Value"] == "24 May 2021"
        assert table.loc["Urgency", "Certainty"] == "not found"
        page.button(key="import-keep").click().run()
        assert not page.exception
        assert "Kept 1 file" in words(page)
        assert "3175/UBND-VX: read and correct" in words(page)
        remove = next(button for button in page.button if button.label == "Remove")
        remove.click().run()
        assert not page.exception
        assert "3175/UBND-VX" not in words(page)

    def test_good_files_of_a_batch_are_kept_with_a_bad_one_among_them(self, page):
        uploader = page.file_uploader[0]
        uploader.upload("old.doc", OLD_WORD).upload("list.csv", REGISTER).upload("ox.csv", CONTEXT)
        uploader.upload("corpus.docx", papers.as_docx(papers.CORPUS[-1].read_text())).run()
        assert not page.exception
        said = words(page)
        assert "old.doc: is in the Office format of before 2007" in said
        assert "1 row, 1 distinct documents" in said
        assert "CC BY 4.0" in said
        assert "Nearly the same as one that is held" in said
        assert page.button(key="import-keep").label == "Keep 3 files"
        page.button(key="import-keep").click().run()
        assert not page.exception
        assert "12/UBND-VX" in words(page)

    def test_columns_can_be_named(self, page):
        page.file_uploader[0].upload("list.csv", "x,y\n12/UBND-VX,Tiêm vắc xin\n".encode()).run()
        assert "has no column for number and subject" in words(page)
        assert page.button(key="import-keep").disabled
        page.selectbox(key="import-map-0-number").select("x")
        page.selectbox(key="import-map-0-subject").select("y").run()
        assert page.table[0].value.iloc[0, 0].replace("\\", "") == "12/UBND-VX"
        assert not page.button(key="import-keep").disabled

    def test_dropped_files_are_not_kept(self, page):
        page.file_uploader[0].upload("letter.pdf", papers.letter_pdf()).run()
        page.checkbox[0].uncheck().run()
        assert page.button(key="import-keep").disabled

    def test_markup_in_names_and_texts_stays_words(self, page):
        text = papers.LETTER.replace("tăng cường kiểm soát", "<script>alert(1)</script> **x**")
        page.file_uploader[0].upload("<b>x</b>.txt", text.encode()).run()
        assert not page.exception
        assert "\\<b\\>x" in " ".join(item.value for item in page.markdown)
