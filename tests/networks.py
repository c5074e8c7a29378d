"""What the tests of the network share: names of the corpus, empty and shuffled tables, how a figure is asked for."""

from charts import network as graph
from loaders.tables import SPECS, build_table
from views._text import translator

WORDS = translator("vi")
PROVINCES = {"VN-57": "Bình Dương", "VN-58": "Bình Phước", "VN-47": "Kiên Giang", "VN-46": "Tiền Giang"}
PARTY, COMMITTEE, HEALTH = "binh-phuoc/tinh-uy", "binh-phuoc/ubnd-tinh", "binh-phuoc/so-y-te"
LETTER = "binh-phuoc/1722-ubnd-kgvx/2021-05-27"


def empty_tables():
    found = {name: build_table(name, []).to_pandas() for name in SPECS}
    for frame in found.values():
        for name in frame.columns:
            if name in ("date", "issue_date", "date_earliest", "date_latest", "date_estimate"):
                frame[name] = frame[name].astype("datetime64[us]")
    return found


def shuffled(tables):
    return {name: frame.sample(frac=1, random_state=5).reset_index(drop=True) for name, frame in tables.items()}


def look(**more):
    return {"title": "t", "source": "s", "words": WORDS, **more}


def drawn(network, layout="levels", **more):
    return graph.actors_figure(network, layout=layout, provinces=PROVINCES, **look(**more))


def ids(figure):
    return [data[0] for trace in figure.data if trace.customdata is not None for data in trace.customdata]
