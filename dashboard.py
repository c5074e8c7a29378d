"""Directive Atlas in a browser: ``streamlit run dashboard.py``."""

from pathlib import Path

import streamlit as st

from views._shared import pages, shell

st.set_page_config(page_title="Directive Atlas", page_icon="static/seal.svg", layout="wide")

held = pages(Path(__file__).parent / "views")
current = st.navigation(list(held.values()), position="hidden")
with shell(held, current):
    current.run()
