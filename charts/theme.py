"""The look of every figure: palettes, template, the shared scales of meaning, and the words burned into exports.

Each figure function ends with ``return apply_theme(fig, title=…, source=…, dark=dark)``. The title states what the
figure shows. It is kept in ``fig.layout.meta`` with the source line: the page prints both as text (they wrap, a screen
reader reads them) and an export draws them into the picture.

Palettes keep a contrast of 3:1 on their ground and stay apart under the three kinds of colour blindness; beyond six
hues use symbols, dashes and direct labels. Meaning never rests on hue alone: urgency also has a size step, stance a
glyph, branch a symbol fill.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape as _escape_html
from typing import Any

import pandas as pd
import plotly.graph_objects as go

FONT = "Be Vietnam Pro, Noto Sans, Segoe UI, sans-serif"
HEADING_FONT = "Source Serif, Source Serif 4, Noto Serif, Georgia, serif"


@dataclass(frozen=True)
class Palette:
    """Colours of one ground. ``hues`` are for categories, ``shades`` run from weak to strong."""

    ground: str
    panel: str
    ink: str
    muted: str
    rule: str
    accent: str
    hues: tuple[str, ...]
    shades: tuple[str, ...]


LIGHT = Palette(
    ground="#FBF9F4",
    panel="#F2EEE4",
    ink="#1E2126",
    muted="#5F625F",
    rule="#D9D2C3",
    accent="#9B2C1F",
    hues=("#0072B2", "#D55E00", "#009E73", "#C56C9D", "#3D3D3D"),
    shades=("#D5E3EC", "#9FC3DB", "#5A9CC6", "#0072B2", "#004B76"),
)
DARK = Palette(
    ground="#15171B",
    panel="#1F2227",
    ink="#ECE7DC",
    muted="#A8A59C",
    rule="#3A3D44",
    accent="#F0A394",
    hues=("#56B4E9", "#E69F00", "#009E73", "#CC79A7", "#F0E442", "#D55E00"),
    shades=("#21384A", "#2C5B7C", "#3E86B5", "#56B4E9", "#B4DDF6"),
)

SYMBOLS = ("circle", "square", "diamond", "triangle-up", "cross", "x", "star", "hexagon", "pentagon", "triangle-down")
DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")
PATTERNS = ("", "/", ".", "x", "-", "+")

STANCE_GLYPHS = {"tighten": "▲", "maintain": "●", "relax": "▼"}
STANCE_SYMBOLS = {"tighten": "triangle-up", "maintain": "circle", "relax": "triangle-down"}
STANCE_PATTERNS = {"tighten": "", "maintain": ".", "relax": "/"}
TYPE_SYMBOLS = {
    "official_letter": "square",
    "directive": "diamond",
    "telegram": "triangle-up",
    "decision": "circle",
    "resolution": "hexagon",
    "notice": "cross",
    "plan": "star",
    "report": "triangle-down",
    "guidance": "pentagon",
    "other": "x",
}


def palette(dark: bool) -> Palette:
    """Palette of the ground in use."""
    return DARK if dark else LIGHT


def stance_colors(dark: bool) -> dict[str, str]:
    """Stance to colour: orange tightens, grey holds, blue relaxes (never red against green)."""
    tone = palette(dark)
    return {"tighten": tone.hues[1], "maintain": tone.muted, "relax": tone.hues[0]}


def branch_colors(dark: bool) -> dict[str, str]:
    """Issuer branch to colour; ``""`` (not stated) is muted."""
    tone = palette(dark)
    return {
        "party": tone.hues[1],
        "government": tone.hues[0],
        "front": tone.hues[2],
        "other": tone.hues[3],
        "": tone.muted,
    }


def urgency_colors(dark: bool) -> dict[str, str]:
    """Urgency to colour: one scale from grey to the strongest orange-brown; the order is the meaning."""
    if dark:
        return {"none": "#8B8A84", "khan": "#B9A25E", "thuong_khan": "#E69F00", "hoa_toc": "#FF7F50"}
    return {"none": "#7A7A74", "khan": "#B08A2E", "thuong_khan": "#D55E00", "hoa_toc": "#8F1D14"}


def escape(text: object) -> str:
    """Text for hover, labels and annotations: Plotly renders a subset of HTML, a document's words must not.

    >>> escape("<b>5K</b> & more")
    '&lt;b&gt;5K&lt;/b&gt; &amp; more'
    """
    return _escape_html(str(text), quote=False)


def wrap(text: object, width: int = 48, lines: int = 6) -> str:
    """Escaped ``text`` broken with ``<br>`` near ``width`` characters, cut with an ellipsis after ``lines``."""
    rows: list[str] = [""]
    for word in str(text).split():
        if rows[-1] and len(rows[-1]) + 1 + len(word) > width:
            rows.append(word)
        else:
            rows[-1] = f"{rows[-1]} {word}".strip()
    if len(rows) > lines:
        rows = [*rows[: lines - 1], rows[lines - 1] + " …"]
    return "<br>".join(escape(row) for row in rows)


def _axis(tone: Palette, **rest: Any) -> dict[str, Any]:
    return {
        "gridcolor": tone.rule,
        "linecolor": tone.rule,
        "zerolinecolor": tone.rule,
        "gridwidth": 1,
        "showline": False,
        "ticks": "",
        "tickfont": {"color": tone.muted, "size": 12},
        "title": {"font": {"color": tone.muted, "size": 12}, "standoff": 8},
        "automargin": True,
        "ticklabeloverflow": "allow",
        **rest,
    }


def template(dark: bool) -> go.layout.Template:
    """Plotly template: every colour explicit, so that an exported figure looks as it did on the page."""
    tone = palette(dark)
    return go.layout.Template(
        layout={
            "colorway": list(tone.hues),
            "paper_bgcolor": tone.ground,
            "plot_bgcolor": tone.ground,
            "font": {"family": FONT, "size": 13, "color": tone.ink},
            "title": {"font": {"family": HEADING_FONT, "size": 19, "color": tone.ink}, "x": 0, "xanchor": "left"},
            "xaxis": _axis(tone),
            "yaxis": _axis(tone, gridcolor="rgba(0,0,0,0)"),
            "legend": {
                "orientation": "h",
                "x": 0,
                "xanchor": "left",
                "y": 1.0,
                "yanchor": "bottom",
                "font": {"size": 12, "color": tone.ink},
                "bgcolor": "rgba(0,0,0,0)",
            },
            "hoverlabel": {
                "bgcolor": tone.panel,
                "bordercolor": tone.rule,
                "font": {"family": FONT, "size": 12, "color": tone.ink},
                "align": "left",
            },
            "margin": {"l": 8, "r": 18, "t": 28, "b": 8},
            "colorscale": {"sequential": [[i / (len(tone.shades) - 1), c] for i, c in enumerate(tone.shades)]},
            "separators": ".,",
            "dragmode": False,
            "hovermode": "closest",
        },
        data={
            "bar": [{"type": "bar", "marker": {"line": {"width": 0}}}],
            "scatter": [
                {"type": "scatter", "opacity": 1, "marker": {"opacity": 1, "line": {"width": 1, "color": tone.ground}}}
            ],
        },
    )


def apply_theme(
    fig: go.Figure,
    *,
    title: str,
    source: str = "",
    dark: bool = False,
    lang: str = "vi",
    height: int | None = None,
    present: bool = False,
) -> go.Figure:
    """Give ``fig`` the look of the product and the words that travel with it; returns the same figure.

    Parameters
    ----------
    title
        A sentence that states what the figure shows, kept in ``layout.meta["title"]``.
    source
        Where its numbers come from, kept in ``layout.meta["source"]``.
    dark, lang
        Ground, and the language whose separators numbers use.
    height
        Pixels; a figure sets it from its number of rows, so that rows keep their height.
    present
        Larger type for a projector.
    """
    fig.update_layout(template=template(dark), meta={"title": title, "source": source, "dark": dark})
    fig.update_layout(separators=",." if lang == "vi" else ".,", title=None)
    if present:
        fig.update_layout(font_size=18, legend_font_size=17, hoverlabel_font_size=16)
        fig.update_xaxes(tickfont_size=16, title_font_size=16)
        fig.update_yaxes(tickfont_size=16, title_font_size=16)
    if height is not None:
        fig.update_layout(height=round(height * (1.25 if present else 1)))
    return fig


def empty_figure(message: str, *, title: str = "", dark: bool = False, height: int = 180) -> go.Figure:
    """A figure that says why it is empty and what to do; it has no trace and no axes."""
    fig = go.Figure()
    fig.add_annotation(
        text=wrap(message, 70),
        x=0.5,
        y=0.5,
        xref="paper",
        yref="paper",
        showarrow=False,
        font_color=palette(dark).muted,
    )
    fig.update_xaxes(visible=False)
    fig.update_yaxes(visible=False)
    return apply_theme(fig, title=title, dark=dark, height=height)


def month_ticks(start: pd.Timestamp, end: pd.Timestamp, lang: str, most: int = 12) -> Mapping[str, Sequence[Any]]:
    """``tickvals`` and ``ticktext`` for a date axis, at most about ``most``, in the words of ``lang``.

    Plotly's own month names are English; Vietnamese writes ``5/2021``.
    """
    months = pd.date_range(pd.Timestamp(start).normalize().replace(day=1), pd.Timestamp(end), freq="MS")
    step = next((s for s in (1, 2, 3, 6, 12, 24) if len(months) <= most * s), 60)
    shown = [month for month in months if (month.month - 1) % min(step, 12) == 0] or list(months[:1])
    words = [f"{month.month}/{month.year}" if lang == "vi" else month.strftime("%b %Y") for month in shown]
    return {"tickvals": shown, "ticktext": words}


def plotly_config(lang: str = "vi") -> dict[str, Any]:
    """Configuration of a figure on a page: no logo, no upload, nothing fetched from outside."""
    return {
        "displaylogo": False,
        "displayModeBar": False,
        "showSendToCloud": False,
        "scrollZoom": False,
        "responsive": True,
        "topojsonURL": "/app/static/topo/",
    }
