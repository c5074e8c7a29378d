"""Charts: tables to frames (``x_frame``) and frames to Plotly figures (``x_figure``); no streamlit, no loaders."""
