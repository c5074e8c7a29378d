"""Overview."""

import streamlit as st

from views._shared import filter_bar, open_page, page_title, page_tools, show_evidence, show_table

page = open_page("")
page_title(page, page.t("product.name"))
page_tools(page)
filter_bar(page)
show_table(page, page.tables["directives"], key="directives", alt="x")
show_evidence(page)
