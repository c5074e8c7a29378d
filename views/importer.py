"""Import: files are read and shown, then kept or dropped; what is kept joins the tables and every page follows."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from loaders.intake import HeldText, Intake, find_copy, index_documents, take_in
from views._importer import (
    held_index,
    reader_cache,
    show_context,
    show_document,
    show_file_head,
    show_register,
    show_scan,
)
from views._importer_store import fetch_context, keep_files, said_done, show_held
from views._shared import Page, open_page, page_title, plain


def main() -> None:
    page = open_page("import")
    t = page.t
    page_title(page, t("import.title"), t("import.lead"))
    said_done(page)
    files = st.file_uploader(
        t("import.upload"), accept_multiple_files=True, help=t("import.upload_hint"),
        key=f"import-files-{st.session_state.get('import-round', 0)}",
    )  # fmt: skip
    st.caption(plain(t("import.upload_hint")))
    if not reader_cache().has_ocr:
        st.warning(t("import.no_ocr"), icon=":material/document_scanner:")
    fetch_context(page)
    intakes = read_files(page, files or [])
    earlier: list[HeldText] = []
    shown = [show_intake(page, number, intake, earlier) for number, intake in enumerate(intakes)]
    if intakes:
        keep_files(page, [intake for intake in shown if intake is not None])
    show_held(page)


def read_files(page: Page, files: Sequence[Any]) -> list[Intake]:
    """Each file read once a session; a second look at the same bytes costs nothing."""
    seen = st.session_state.setdefault("import-read", {})
    fresh = [file for file in files if file.file_id not in seen]
    slot = st.empty()
    for number, file in enumerate(fresh):

        def told(name: str, at: int, pages: int, number: int = number) -> None:
            words = page.t("import.progress", n=number + 1, total=len(fresh), file=plain(name), page=at, pages=pages)
            slot.progress((number + at / max(pages, 1)) / len(fresh), words)

        words = page.t("import.progress_file", n=number + 1, total=len(fresh), file=plain(file.name))
        slot.progress(number / len(fresh), words)
        seen[file.file_id] = take_in(file.getvalue(), file.name, cache_dir=reader_cache().folder, progress=told)
    slot.empty()
    return [seen[file.file_id] for file in files] + st.session_state.get("import-fetched", [])


def show_intake(page: Page, number: int, intake: Intake, earlier: list[HeldText]) -> Intake | None:
    """One file: what it is, what was read, what is wrong; returned where it is to be kept. Adds to ``earlier``."""
    with st.container(border=True, key=page.key(f"file-{number}")):
        wanted, intake = show_file_head(page, number, intake)
        if intake.register is not None:
            show_register(page, number, intake.register)
        elif intake.context is not None:
            show_context(page, intake.context)
        held = held_index(page.atlas.dataset_hash, page.atlas) if intake.documents else ()
        for place, document in enumerate(intake.documents, 1):
            copy = find_copy(document, held) or find_copy(document, earlier)
            show_document(page, f"{number}-{place}", document, intake, place, copy)
        earlier.extend(index_documents(intake))
        for place, source in enumerate(intake.sources):
            show_scan(page, f"{number}-{place}", intake, source)
    return intake if wanted else None


main()
