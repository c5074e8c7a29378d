"""Timeline: who acted when and why, how it escalated, and what was in force on a given day."""

from charts import timeline_lanes as lanes
from views._shared import (
    Page,
    empty_state,
    filter_bar,
    ident,
    open_page,
    page_title,
    page_tools,
    show_chart,
    show_evidence,
)
from views._timeline_asof import as_of_day, show_as_of
from views._timeline_context import show_context
from views._timeline_data import Timeline, lane_names, references, timeline_data
from views._timeline_lists import said_links, show_ghost, show_links, show_undated
from views._timeline_profile import show_profile

EXTRAS = (ident("at"), ident("ghost"))


def main() -> None:
    page = open_page("timeline", EXTRAS)
    page_title(page, page.t("timeline.title"), page.t("timeline.lead"))
    page_tools(page)
    filter_bar(page)
    if page.tables["directives"].empty:
        name = "nothing" if page.all_tables["directives"].empty else "filtered"
        empty_state(page, page.t(f"empty.{name}"), page.t(f"empty.{name}_hint"))
        return
    data = timeline_data(page)
    on = as_of_day(page)
    show_as_of(page, on)
    show_lanes(page, data, on)
    show_evidence(page)
    show_ghost(page, data)
    show_links(page, data)
    show_undated(page, data)
    show_profile(page, data, on)
    show_context(page, data, on)


def show_lanes(page: Page, data: Timeline, on: object) -> None:
    """The lanes of the window; a click opens a directive, or what is known of a document that is only cited."""
    t = page.t
    names = lane_names(page, data.marks)
    held = data.marks[data.marks["mark"] == "held"]
    figure = lanes.lanes_figure(
        data.marks,
        data.links,
        data.ticks,
        references(page),
        title=t("timeline.lanes_title", n=len(held), provinces=held["province_code"].nunique()),
        source=t("source.tables", n=len(page.tables["directives"])),
        lane_names=names,
        words=t,
        window=data.window,
        on=on,
        chosen=page.state.directive or page.state.extra["ghost"],
        dark=page.dark,
        lang=page.lang,
        present=page.present,
    )
    alt = t(
        "timeline.lanes_alt",
        n=len(held),
        undated=int((~held["dated"]).sum()),
        ghosts=len(data.marks) - len(held),
        links=said_links(page, data),
    )
    show_chart(page, figure, data.marks, key="lanes", alt=alt, note=t("timeline.lanes_note"), pick=_picked)


def _picked(chosen: str) -> dict[str, str | None]:
    if chosen.startswith("cited:"):
        return {"ghost": chosen, "directive": None, "fact": None}
    return {"directive": chosen, "ghost": None, "fact": None, "provision": None}


main()
