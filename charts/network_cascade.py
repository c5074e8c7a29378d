"""The cascade of documents: who cites whom on a time axis, how long each hop took, and citations that cannot be.

Documents are the directives held and the ghosts (:func:`loaders.ghosts.ghosts`): cited, not held, drawn hollow.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from charts.network_actors import key_of
from charts.network_time import positions, ticks
from charts.theme import apply_theme, branch_colors, empty_figure, escape, palette, wrap

Tables = Mapping[str, pd.DataFrame]
MOST_DOCUMENTS = 48
RELATIONS = ("implements", "continues", "based_on", "amends", "replaces", "attaches", "refers")  # strongest first
DOCUMENT_COLUMNS = [
    "document", "held", "number", "doc_type", "issuer", "level", "branch", "province", "province_code", "day", "latest", "dated",
]  # fmt: skip
CITATION_COLUMNS = [
    "link", "directive_id", "cited", "relation", "n_passages", "lag", "known", "standing", "impossible", "hop", "quote", "char_start", "char_end",
    "number",
]  # fmt: skip
HOP_COLUMNS = ["hop", "n", "median", "low", "high"]


def documents_frame(tables: Tables, ghosts: pd.DataFrame) -> pd.DataFrame:
    """One row a document, held or cited; columns ``DOCUMENT_COLUMNS``. ``day`` is the date or the estimate (NaT: none)."""
    held = tables["directives"]
    own = held.assign(
        document=held["directive_id"], held=True, branch=held["issuer_branch"], dated=held["issue_date"].notna(),
        day=pd.to_datetime(held["issue_date"].fillna(held["date_estimate"])), latest=pd.to_datetime(held["date_latest"]),
    )  # fmt: skip
    cited = ghosts.assign(document=ghosts["ghost_id"], held=False, day=pd.to_datetime(ghosts["date"]))
    cited = cited.assign(dated=cited["day"].notna(), latest=cited["day"])
    parts = [part[DOCUMENT_COLUMNS] for part in (own, cited) if len(part)]
    frame = pd.concat(parts, ignore_index=True) if parts else own[DOCUMENT_COLUMNS]
    return frame.sort_values(["day", "document"], ignore_index=True)


def citations_frame(tables: Tables, ghost_links: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """One row a citing and a cited document, with the strongest relation and its words; columns ``CITATION_COLUMNS``.

    ``lag`` in days, citing minus cited, only where both days are stated (``known``): an estimate often rests on the
    very citation;
    ``standing`` where the text gives the cited document no day: a standing instrument known by its name, whose age says
    nothing on how fast it was answered; ``impossible`` where a document cites one that is later than its last possible day.
    """
    rows = tables["citations"]
    held = rows[rows["cited_directive_id"] != ""]
    pairs = pd.concat(
        [held.assign(cited=held["cited_directive_id"]), ghost_links.assign(cited=ghost_links["ghost_id"])], ignore_index=True
    )
    if pairs.empty:
        return pd.DataFrame(columns=CITATION_COLUMNS)
    pairs["rank"] = [RELATIONS.index(item) if item in RELATIONS else len(RELATIONS) for item in pairs["relation"]]
    pairs = pairs.sort_values(["directive_id", "cited", "rank", "char_start"])
    pairs["n_passages"] = pairs.groupby(["directive_id", "cited"])["quote"].transform("size")
    pairs["standing"] = (pairs["date_basis"] == "vocabulary").groupby([pairs["directive_id"], pairs["cited"]]).transform("all")
    pairs = pairs.drop_duplicates(["directive_id", "cited"])
    known = documents.set_index("document")[["day", "latest", "dated", "level", "branch"]]
    pairs = pairs.drop(columns=["level", "branch", "province", "province_code"], errors="ignore")
    pairs = pairs.join(known.add_prefix("own_"), on="directive_id").join(known.add_prefix("other_"), on="cited")
    pairs = pairs[pairs["own_level"].notna() & pairs["other_level"].notna()]
    pairs["known"] = [bool(a and b) for a, b in zip(pairs["own_dated"], pairs["other_dated"], strict=True)]
    lag = (pd.to_datetime(pairs["own_day"]) - pd.to_datetime(pairs["other_day"])).dt.days
    pairs["lag"] = lag.where(pairs["known"].astype(bool)).astype("Float64")
    last = pd.to_datetime(pairs["own_day"]).where(pairs["own_dated"].astype(bool), pd.to_datetime(pairs["own_latest"]))
    pairs["impossible"] = (pd.to_datetime(pairs["other_day"]) > last) & pairs["other_dated"].astype(bool)
    pairs["hop"] = [f"{tier(row.other_level, row.other_branch)}>{tier(row.own_level, row.own_branch)}" for row in pairs.itertuples()]
    pairs["link"] = [f"cites:{key_of(row.directive_id, row.cited)}" for row in pairs.itertuples()]
    return pairs.sort_values(["own_day", "directive_id", "cited"], ignore_index=True)[CITATION_COLUMNS]


def tier(level: str, branch: str) -> str:
    """Step of the chain of command: ``central``, ``party``, ``government`` or ``other`` of a province, ``district``."""
    if level in ("central", "district"):
        return level
    return branch if branch in ("party", "government") else "other"


def hops_frame(citations: pd.DataFrame) -> pd.DataFrame:
    """Lags of each hop in days: one row a hop; columns ``HOP_COLUMNS``.

    Only citations with both days stated, possible, and not of standing instruments or mere mentions.
    """
    rows = citations[citations["known"].astype(bool) & ~citations["impossible"].astype(bool) & ~citations["standing"].astype(bool)]
    rows = rows[rows["relation"] != "refers"]
    if rows.empty:
        return pd.DataFrame(columns=HOP_COLUMNS)
    grouped = rows.assign(lag=rows["lag"].astype(float)).groupby("hop", sort=True)["lag"]
    frame = grouped.agg(n="size", median="median", low="min", high="max").reset_index()
    return frame.sort_values(["n", "hop"], ascending=[False, True], ignore_index=True)[HOP_COLUMNS]


def drawn_documents(documents: pd.DataFrame, citations: pd.DataFrame, chosen: str = "", most: int = MOST_DOCUMENTS) -> pd.DataFrame:
    """The documents a figure draws: those that cite or are cited and have a day; above ``most`` the best connected.

    Documents next to ``chosen`` are kept first.
    """
    ends = pd.concat([citations["directive_id"], citations["cited"]])
    degree = ends.value_counts().to_dict()
    near = citations[(citations["directive_id"] == chosen) | (citations["cited"] == chosen)]
    first = {chosen, *near["directive_id"], *near["cited"]}
    rows = documents[documents["document"].isin(degree) & documents["day"].notna()]
    rank = [(item not in first, -degree[item], item) for item in rows["document"]]
    kept = [item for *_, item in sorted(rank)[:most]]
    return rows[rows["document"].isin(kept)].reset_index(drop=True)


def _lanes(documents: pd.DataFrame) -> list[tuple[str, str, str]]:
    """Lanes from the centre down: tier, province code, province."""
    order = ("central", "party", "government", "other", "district")
    lanes = {(tier(row.level, row.branch), row.province_code, row.province) for row in documents.itertuples()}
    central = {("central", "", "")} if any(item[0] == "central" for item in lanes) else set()
    rest = {item for item in lanes if item[0] != "central"}
    return [*sorted(central), *sorted(rest, key=lambda item: (item[2], item[1], order.index(item[0])))]


def cascade_figure(
    documents: pd.DataFrame,
    citations: pd.DataFrame,
    *,
    title: str,
    source: str,
    words: Any,
    chosen: str = "",
    dark: bool = False,
    lang: str = "vi",
    present: bool = False,
) -> go.Figure:
    """Documents by day in lanes, a line from each cited document to the one that answers it, with the days between."""
    if documents.empty:
        return empty_figure(words("network.cascade_none"), title=title, dark=dark)
    lanes = _lanes(documents)
    spots, tops, height = _places(documents, lanes)
    fig = go.Figure()
    inside = citations[citations["directive_id"].isin(spots) & citations["cited"].isin(spots)]
    _draw_citations(fig, inside, spots, documents, words, chosen, dark, present)
    _draw_documents(fig, documents, inside, spots, words, chosen, dark, present)
    places, named = ticks([(spots[row.document][0], row.day) for row in documents.itertuples()], lang, most=16)
    right = max(x for x, _ in spots.values())
    fig.update_xaxes(
        tickvals=places, ticktext=named, range=[-0.75, right + 1.0], showgrid=True, fixedrange=True,
        title_text=words("network.axis_compressed"),
    )  # fmt: skip
    fig.update_yaxes(
        tickvals=list(tops.values()), ticktext=[_lane_name(lane, words) for lane in lanes], range=[height, -0.6], fixedrange=True,
        tickfont={"size": 15 if present else 12, "color": palette(dark).ink}, zeroline=False,
    )  # fmt: skip
    fig = apply_theme(fig, title=title, source=source, dark=dark, lang=lang, present=present)
    fig.update_layout(height=round(130 + height * (64 if present else 54)), margin={"t": 30})
    return fig


def _lane_name(lane: tuple[str, str, str], words: Any) -> str:
    name, code, province = lane
    if name == "central":
        return f"<b>{escape(words('network.tier_central'))}</b>"
    return f"<b>{escape(words(f'network.tier_{name}'))}</b><br>{escape(province or words('directive.no_province'))}"


def _places(documents: pd.DataFrame, lanes: list[tuple[str, str, str]]) -> tuple[dict[str, tuple[float, float]], dict[str, float], float]:
    """Place of each document, centre of each lane and depth of the picture; documents of one lane and day are stacked."""
    across = positions([(row.day, row.document) for row in documents.itertuples()], together=True)
    spots: dict[str, tuple[float, float]] = {}
    tops: dict[str, float] = {}
    at = 0.0
    for lane in lanes:
        own = [
            row for row in documents.itertuples()
            if tier(row.level, row.branch) == lane[0] and (lane[0] == "central" or row.province_code == lane[1])
        ]  # fmt: skip
        stacked: dict[float, int] = {}
        for row in sorted(own, key=lambda item: item.document):
            level = stacked.get(across[row.document], 0)
            stacked[across[row.document]] = level + 1
            spots[row.document] = (across[row.document], at + level * 0.8)
        deep = max(stacked.values(), default=1)
        tops["|".join(lane)] = at + (deep - 1) * 0.4
        at += deep * 0.8 + 0.55
    return spots, tops, at


def _draw_citations(
    fig: go.Figure, citations: pd.DataFrame, spots: Mapping[str, tuple[float, float]], documents: pd.DataFrame, words: Any, chosen: str,
    dark: bool, present: bool,
) -> None:  # fmt: skip
    tone = palette(dark)
    names = {row.document: row.number or words(f"doc_type.{row.doc_type or 'empty'}") for row in documents.itertuples()}
    wrong, standing = citations["impossible"].astype(bool), citations["standing"].astype(bool)
    looks = (
        ("cites", citations[~wrong & ~standing], tone.muted, "solid", "circle"),
        ("standing", citations[~wrong & standing], tone.muted, "dot", "circle-open"),
        ("impossible", citations[wrong], tone.accent, "dash", "x"),
    )
    for name, own, color, dash, symbol in looks:
        if own.empty:
            continue
        lit = [not chosen or chosen in (row.link, row.directive_id, row.cited) for row in own.itertuples()]
        for shown in (False, True):
            xs: list[float | None] = []
            ys: list[float | None] = []
            for row, on in zip(own.itertuples(), lit, strict=True):
                if on == shown:
                    points = [_along(spots[row.cited], spots[row.directive_id], step / 12) for step in range(13)]
                    xs += [*(x for x, _ in points), None]
                    ys += [*(y for _, y in points), None]
            fig.add_scatter(
                x=xs, y=ys, mode="lines", hoverinfo="skip", showlegend=False, opacity=0.8 if shown else 0.15,
                line={"color": color, "width": 1.8, "dash": dash},
            )  # fmt: skip
        middles = [_along(spots[row.cited], spots[row.directive_id], 0.56) for row in own.itertuples()]
        fig.add_scatter(
            x=[x for x, _ in middles], y=[y for _, y in middles], mode="markers+text",
            name=words(f"network.{name}"), customdata=[[link] for link in own["link"]],
            text=["" if name == "standing" else escape(lag_words(row, words)) for row in own.itertuples()], textposition="middle right",
            textfont={"size": 14 if present else 11, "color": tone.ink, "shadow": f"0 0 3px {tone.ground}, 0 0 4px {tone.ground}"},
            hovertext=[
                f"<b>{escape(names[row.directive_id])}</b> {escape(words(f'relation.{row.relation}'))} <b>{escape(names[row.cited])}</b>"
                f"<br>{escape(lag_words(row, words))}<br>“{wrap(row.quote, 60, 4)}”"
                for row in own.itertuples()
            ],
            hovertemplate="%{hovertext}<extra></extra>",
            marker={"symbol": symbol, "size": 9, "color": color, "opacity": [1.0 if on else 0.2 for on in lit]},
        )  # fmt: skip


def _along(start: tuple[float, float], end: tuple[float, float], share: float) -> tuple[float, float]:
    """Point of a line that first keeps to the lane of the cited document, then comes down on the one that answers it."""
    forward = share * (2 - share)
    return round(start[0] + (end[0] - start[0]) * forward, 3), round(start[1] + (end[1] - start[1]) * share**2, 3)


def lag_words(row: Any, words: Any) -> str:
    """The lag in words: days where both are stated; that it is not known, or that the instrument is a standing one."""
    if row.standing:
        return words("network.lag_standing")
    return words("network.lag_unknown") if pd.isna(row.lag) else words("network.lag", n=int(row.lag))


def _draw_documents(
    fig: go.Figure, documents: pd.DataFrame, citations: pd.DataFrame, spots: Mapping[str, tuple[float, float]], words: Any, chosen: str,
    dark: bool, present: bool,
) -> None:  # fmt: skip
    """Held, held without a day, and only cited; the name stands on the side that the lines leave free."""
    tone, colors = palette(dark), branch_colors(dark)
    below = {
        row.directive_id for row in citations.itertuples() if spots[row.cited][1] < spots[row.directive_id][1]
    }  # lines come to these from above
    held, dated = documents["held"].astype(bool), documents["dated"].astype(bool)
    looks = (("held", held & dated, "square"), ("undated", held & ~dated, "square-open"), ("ghost", ~held, "circle-open"))
    for name, which, symbol in looks:
        own = documents[which]
        if own.empty:
            continue
        hues = [colors.get(row.branch, colors["other"]) for row in own.itertuples()]
        fig.add_scatter(
            x=[spots[item][0] for item in own["document"]], y=[spots[item][1] for item in own["document"]], mode="markers+text",
            name=words(f"network.document_{name}"), customdata=[[item] for item in own["document"]],
            text=[wrap(row.number or words(f"doc_type.{row.doc_type or 'empty'}"), 22, 2) for row in own.itertuples()],
            textposition=["bottom center" if item in below else "top center" for item in own["document"]],
            textfont={"size": 14 if present else 11.5, "color": tone.ink, "shadow": f"0 0 3px {tone.ground}, 0 0 4px {tone.ground}"},
            hovertext=[_document_hover(row, words) for row in own.itertuples()], hovertemplate="%{hovertext}<extra></extra>",
            marker={
                "symbol": symbol, "size": [19 if item == chosen else 14 for item in own["document"]], "color": hues,
                "line": {"width": 1 if name == "held" else 2.4, "color": tone.ground if name == "held" else hues},
            },
        )  # fmt: skip


def _document_hover(row: Any, words: Any) -> str:
    kind = words(f"doc_type.{row.doc_type or 'empty'}")
    day = words.day(row.day) if row.dated else words("network.about", day=row.day)
    return f"<b>{escape(f'{kind} {row.number}'.strip())}</b><br>{wrap(row.issuer, 50, 2)}<br>{escape(day)}"
