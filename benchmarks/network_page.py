"""How long the network page takes at 2,000 actors and 20,000 links: ``python -m benchmarks.network_page``.

Each section's frames and figure are made once from synthetic tables (seeded), as a page does on a cold cache.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable
from typing import Any

import pandas as pd

from charts import network as graph
from charts import network_actors as actors
from charts import network_cascade as cascade
from charts import network_documents as pictures
from charts import network_ego as ego
from charts import network_export as files
from charts import network_labels as labelling
from charts import network_matrix as matrix
from charts import network_metrics as metrics
from charts import network_sequence as sequence
from loaders.ghosts import ghosts
from loaders.tables import SPECS, build_table
from loaders.vocabulary import read_vocabulary
from views._text import translator

PER_DIRECTIVE = 20  # links of one directive


def synthetic_tables(n_actors: int, n_links: int, *, seed: int = 1) -> tuple[dict[str, pd.DataFrame], dict[str, str]]:
    """Tables of the contract in which issuers of 63 provinces instruct ``n_actors`` bodies; issuers by directive."""
    dice = random.Random(seed)
    provinces = read_vocabulary("provinces")
    entries = [item for item in read_vocabulary("agencies")["agencies"] if item["level"] != "central"]
    bodies = _bodies(n_actors, provinces, entries, dice)
    by_province: dict[str, list[dict[str, str]]] = {}
    for body in bodies:
        by_province.setdefault(body["province_code"], []).append(body)
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in SPECS}
    rows["actors"] = bodies
    issuers: dict[str, str] = {}
    for number in range(max(1, n_links // PER_DIRECTIVE)):
        place = provinces[number % len(provinces)]
        own = by_province[place["code"]]
        directive = f"{place['slug']}/{number}-cv-tu/2021"
        issuers[directive] = own[number % 2]["actor_id"]
        _directive(rows, directive, number, place, own, issuers[directive], dice)
    frames = {name: build_table(name, table).to_pandas() for name, table in rows.items()}
    for frame in frames.values():
        for name in frame.columns:
            if name in ("date", "issue_date", "date_earliest", "date_latest", "date_estimate"):
                frame[name] = pd.to_datetime(frame[name])
    return frames, issuers


def _bodies(n: int, provinces: list[dict], entries: list[dict], dice: random.Random) -> list[dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for number in range(10 * n):
        place = provinces[number % len(provinces)]
        entry = entries[number // len(provinces)] if number // len(provinces) < 6 else dice.choice(entries)
        serial = "" if number // len(provinces) < 6 else f"-{dice.randrange(30)}"
        key = f"{place['slug']}/{entry['id']}{serial}"
        found[key] = {
            "actor_id": key,
            "name": f"{entry['name']}{serial}",
            "name_en": entry["name_en"],
            "kind": entry["kind"],
            "branch": entry["branch"],
            "level": entry["level"],
            "province_code": place["code"],
        }
        if len(found) == n:
            break
    return list(found.values())


def _directive(
    rows: dict[str, list], directive: str, number: int, place: dict, own: list[dict], issuer: str, dice: random.Random
) -> None:
    day = pd.Timestamp("2020-03-01") + pd.Timedelta(days=number % 700)
    row = {
        column: None if "date" in column or column.startswith("n_") else "" for column in SPECS["directives"].columns
    }
    rows["directives"].append(
        row
        | {
            "directive_id": directive,
            "province": place["name"],
            "province_code": place["code"],
            "level": "province",
            "issuer": issuer,
            "issuer_branch": ("party", "government")[number % 2],
            "doc_type": "official_letter",
            "number": f"{number}-CV/TU",
            "issue_date": day.date(),
            "date_basis": "header",
            "date_note": "x",
            "urgency": "none",
            "signing_authority": "",
            "province_basis": "header",
        }
    )
    others = [body["actor_id"] for body in own if body["actor_id"] != issuer]
    for at in range(PER_DIRECTIVE // 2):
        actor = dice.choice(others)
        kind = "addressee" if at % 3 else "copy"
        rows["recipients"].append(
            {"directive_id": directive, "position": at, "actor_id": actor, "actor": actor, "kind": kind}
        )
    codes = ("testing", "vaccination", "checkpoints", "schools", "quarantine_isolation", "transport")
    for at in range(PER_DIRECTIVE // 2):
        span = {"quote": f"Việc thứ {at}", "char_start": 100 * at, "char_end": 100 * at + 90}
        place_of = {"directive_id": directive, "provision_id": f"{directive}#{at}", "provision_label": str(at)}
        actor, role = dice.choice(others), ("lead", "coordinate", "responsible")[at % 3]
        rows["tasks"].append({**place_of, "actor_id": actor, "actor": actor, "role": role, **span})
        rows["measures"].append(
            {
                **place_of,
                "measure_id": f"{directive}#m{at}",
                "code": codes[at % 6],
                "stance": "tighten",
                "binding": "mandatory",
                "scope": "",
                "level": None,
                "tier": "",
                "target": "",
                **span,
                "rule_id": "r",
                "confidence": "high",
            }
        )
    for at, back in enumerate((63, 126)):
        if number > back:
            rows["citations"].append(
                {
                    "directive_id": directive,
                    "provision_label": "",
                    "number": f"{number - back}-CV/TU",
                    "doc_type": "official_letter",
                    "date": (day - pd.Timedelta(days=back % 700)).date(),
                    "date_basis": "stated",
                    "issuer": "Tỉnh ủy",
                    "relation": "implements",
                    "cited_directive_id": f"{place['slug']}/{number - back}-cv-tu/2021",
                    "quote": "Thực hiện",
                    "char_start": 5 * at,
                    "char_end": 5 * at + 4,
                }
            )


def sections(tables: dict[str, pd.DataFrame], issuers: dict[str, str]) -> dict[str, Callable[[], int]]:
    """Section name to what makes its frames and figure; each returns the size of the figure in bytes."""
    words = translator("vi")
    look: dict[str, Any] = {"title": "t", "source": "s", "words": words}

    def network() -> actors.Network:
        passages = actors.passages_frame(tables, issuers)
        one = passages[passages["province_code"] == actors.busiest_province(passages)]
        return actors.readable_network(one, tables["actors"])

    def drawn(layout: str, network: actors.Network) -> int:
        return len(graph.actors_figure(network, layout=layout, provinces={}, **look).to_json())

    def whole() -> actors.Network:
        return actors.readable_network(actors.passages_frame(tables, issuers), tables["actors"])

    def dated() -> int:
        found = network()
        frame = sequence.sequence_frame(found)
        labels = labelling.node_labels(found.nodes, words, "vi", {})
        numbers = {item: item for item in frame["directive_id"]}
        figure = sequence.sequence_figure(
            frame, found.nodes, labels=labels, numbers=numbers, colors=labelling.type_colors(False), **look
        )
        return len(figure.to_json())

    def asked() -> int:
        kinds = actors.node_map(tables["actors"], "agency")
        most = tables["tasks"]["actor_id"].map(kinds).value_counts().index[0]
        frame = ego.asks_frame(tables, [item for item in kinds if kinds[item] == most])
        return len(ego.asks_figure(frame, colors=labelling.type_colors(False), **look).to_json())

    def duties() -> int:
        kinds = actors.node_map(tables["actors"], "agency")
        cells = matrix.cells_frame(matrix.duties_frame(tables), kinds)
        rows, columns = ({item: item for item in sorted(set(cells[name]))} for name in ("node", "code"))
        figure = matrix.matrix_figure(cells, rows=rows, columns=columns, colors=labelling.type_colors(False), **look)
        return len(figure.to_json())

    def cited() -> int:
        held_ghosts, links = ghosts(tables["citations"], tables["directives"])
        documents = cascade.documents_frame(tables, held_ghosts)
        citations = cascade.citations_frame(tables, links, documents)
        return len(pictures.cascade_figure(cascade.drawn_documents(documents, citations), citations, **look).to_json())

    def measured() -> int:
        passages = actors.passages_frame(tables, issuers)
        found = actors.readable_network(passages, tables["actors"], "body", metrics.MOST_NODES)
        frame = metrics.metrics_frame(found)
        labels = labelling.node_labels(found.nodes, words, "vi", {})
        figure = metrics.metrics_figure(frame, found.nodes, metric="between", labels=labels, **look)
        return len(figure.to_json())

    def exported() -> int:
        found = actors.network_at(actors.passages_frame(tables, issuers), tables["actors"], "body")
        return len(files.graph_bytes(files.actor_graph(found, {}), "graphml"))

    return {
        "graph, default": lambda: drawn("levels", network()),
        "graph, all provinces": lambda: drawn("levels", whole()),
        "graph, by ties": lambda: drawn("force", network()),
        "graph, by date": dated,
        "one body, all provinces": asked,
        "responsibilities": duties,
        "cascade": cited,
        "measures": measured,
        "file: GraphML": exported,
    }


def main() -> None:
    """Print seconds and size of each section."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--actors", type=int, default=2000)
    parser.add_argument("--links", type=int, default=20_000)
    options = parser.parse_args()
    tables, issuers = synthetic_tables(options.actors, options.links)
    sizes = {name: len(tables[name]) for name in ("actors", "directives", "recipients", "tasks", "citations")}
    print(", ".join(f"{n} {name}" for name, n in sizes.items()))
    for name, make in sections(tables, issuers).items():
        start = time.perf_counter()
        size = make()
        print(f"{name:26} {time.perf_counter() - start:6.2f} s {size / 1000:8.0f} kB")


if __name__ == "__main__":
    main()
