"""National context under the lanes: the public OxCGRT file from an upload, an address or the data folder."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from charts.timeline_national import context_figure, context_frame
from loaders.context import Context, fetch_oxcgrt, read_oxcgrt
from loaders.intake import read_context
from loaders.source import SourceError
from views._shared import Page, plain, show_chart
from views._store import uploads_dir
from views._timeline_data import Timeline
from views._timeline_profile import left_margin

_HELD = "national-context"


def show_context(page: Page, data: Timeline, on: pd.Timestamp) -> None:
    """The national lines, labelled national, where a file was brought; the way to bring one."""
    t = page.t
    context = held_context()
    if context is not None:
        frame = context_frame(context.days)
        figure = context_figure(
            frame,
            title=t("timeline.national_title"),
            source=context.licence,
            words=t,
            window=data.window,
            left=left_margin(data),
            on=on,
            dark=page.dark,
            lang=page.lang,
            present=page.present,
        )
        alt = t("timeline.national_alt", first=context.days[0].date, last=context.days[-1].date)
        show_chart(
            page, figure, frame, key="national", alt=alt, note=t("timeline.national_note", licence=""), pick=None
        )
    if not page.present:
        _loader(page, context)


def held_context() -> Context | None:
    """This session's file; else the one that was kept on the Import page."""
    if _HELD in st.session_state:
        return st.session_state[_HELD]
    return read_context(uploads_dir())


def _loader(page: Page, context: Context | None) -> None:
    t = page.t
    label = t("timeline.national_change" if context else "timeline.national_load")
    with st.expander(label, icon=":material/public:", key=page.key("national-load")):
        st.caption(plain(t("timeline.national_hint")))
        file = st.file_uploader(t("timeline.national_upload"), type="csv", key=page.key("national-file"))
        with st.form(page.key("national-form"), border=False):
            place = st.text_input(t("timeline.national_address"), key=page.key("national-place"))
            asked = st.form_submit_button(t("timeline.national_go"))
        if file is not None and st.session_state.get("national-file-id") != file.file_id:
            st.session_state["national-file-id"] = file.file_id
            _bring(page, file.getvalue(), file.name)
        elif asked and place.strip():
            _bring(page, place.strip(), place.strip())
        if _HELD in st.session_state and st.button(t("timeline.national_remove"), key=page.key("national-remove")):
            del st.session_state[_HELD]
            st.rerun()


def _bring(page: Page, source: str | bytes, name: str) -> None:
    """Read the file and keep it for the session, or say why it cannot be read."""
    t = page.t
    try:
        if isinstance(source, bytes):
            st.session_state[_HELD] = read_oxcgrt(source, name=name)
        elif source.startswith("https://"):
            st.session_state[_HELD] = fetch_oxcgrt(source)
        else:
            folder = uploads_dir().parent.resolve()
            path = (folder / source).resolve()
            if not path.is_relative_to(folder):
                st.error(t("timeline.national_outside"), icon=":material/error:")
                return
            st.session_state[_HELD] = read_oxcgrt(path)
    except SourceError as error:
        st.error(t("timeline.national_failed", reason=plain(error)), icon=":material/error:")
        return
    st.rerun()
