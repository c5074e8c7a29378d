"""The overview and the methods page: what their frames hold, what their figures show, what the pages say and do."""

import pandas as pd
import pytest

from charts import findings as said
from charts import methods as method_charts
from charts import overview as charts
from charts.theme import DARK, LIGHT
from loaders.ghosts import ghosts
from views._text import measure_entries

LOOK = {"title": "T", "source": "S", "empty": "nothing"}


@pytest.fixture(scope="module")
def tables(atlas):
    return atlas.tables()


@pytest.fixture(scope="module")
def nothing(tables):
    return {name: frame.iloc[:0] for name, frame in tables.items()}


def kinds(found):
    return {item.kind: item for item in reversed(found)}


class TestFindings:
    def test_the_government_answers_the_party_on_the_same_day(self, tables):
        cascade = kinds(said.findings(tables))["cascade_same_day"]
        assert (cascade.values["order"], cascade.values["answer"]) == ("396-CV/TU", "1722/UBND-KGVX")
        assert cascade.values["day"] == pd.Timestamp("2021-05-27")
        assert len(cascade.evidence) == 2

    def test_urgency_moves_with_both_ends(self, tables):
        move = kinds(said.findings(tables))["urgency_lowered"]
        assert (move.values["urgency_first"], move.values["urgency_last"]) == ("hoa_toc", "khan")
        assert move.values["province"] == "Bình Phước"

    def test_documents_not_held_come_with_their_age(self, tables):
        waiting = kinds(said.findings(tables))["waiting"]
        assert waiting.values["documents"] == (("502-CV/TU", 3), ("504-CV/TU", 3), ("5737/BYT-KHTC", 8))

    def test_the_letter_that_grew(self, tables):
        growth = kinds(said.findings(tables))["growth"]
        assert (growth.values["before"], growth.values["after"], growth.values["n"]) == ("360-CV/TU", "396-CV/TU", 21)
        assert growth.values["many"] > growth.values["few"]

    def test_every_finding_rests_on_directives_that_are_held(self, tables):
        held = set(tables["directives"]["directive_id"])
        found = said.findings(tables)
        assert found
        assert all(set(item.evidence) <= held for item in found)

    def test_rows_in_any_order_say_the_same(self, tables):
        shuffled = {name: frame.sample(frac=1, random_state=7) for name, frame in tables.items()}
        assert [(f.kind, f.evidence) for f in said.findings(shuffled)] == [
            (f.kind, f.evidence) for f in said.findings(tables)
        ]

    def test_nothing_says_nothing(self, nothing):
        assert said.findings(nothing) == []

    def test_one_province_alone_is_not_the_only_one(self, tables):
        one = {
            name: frame[frame["directive_id"].str.startswith("binh-phuoc")] if "directive_id" in frame else frame
            for name, frame in tables.items()
        }
        assert not {"only", "only_more", "shared"} & set(kinds(said.findings(one)))


class TestFigures:
    def test_counts(self, tables):
        n = charts.counts(tables, ghosts(tables["citations"], tables["directives"])[0])
        assert (n["directives"], n["provinces"], n["dated"], n["undated"], n["silent"]) == (7, 4, 4, 3, 0)

    def test_dated_directives_by_branch(self, tables):
        frame = charts.issued_frame(tables)
        figure = charts.issued_figure(frame, branch_names={"party": "Đảng"}, unnamed="?", **LOOK)
        assert frame["n"].sum() == 4
        assert {trace.name for trace in figure.data} == {"Đảng", "government"}
        assert {item[0] for trace in figure.data for item in trace.customdata} == set(frame["directive_id"])

    def test_groups_add_up_and_carry_their_cell(self, tables):
        groups = {code: entry["group"] for code, entry in measure_entries().items()}
        frame = charts.groups_frame(tables, groups)
        names = dict.fromkeys(charts.GROUPS, "g"), dict.fromkeys(charts.STANCES, "s")
        figure = charts.groups_figure(frame, group_names=names[0], stance_names=names[1], **LOOK)
        assert frame["n"].sum() == len(tables["measures"])
        assert figure.data[0].customdata[0][0] == "containment:tighten"

    def test_open_ends_are_drawn_open(self, tables):
        frame = charts.undated_frame(tables)
        figure = charts.undated_figure(frame, unnamed="?", bounds={}, estimate="e", **LOOK)
        lines = [trace for trace in figure.data if trace.mode == "lines"]
        assert list(frame["province"]) == ["Bình Dương", "Kiên Giang", "Tiền Giang"]
        assert [line.line.dash for line in lines] == ["solid", "dot", "dot"]
        assert "triangle-right" in figure.data[3].marker.symbol

    @pytest.mark.parametrize("dark", [False, True])
    def test_empty_in_empty_out(self, nothing, dark):
        issued = charts.issued_figure(charts.issued_frame(nothing), branch_names={}, unnamed="?", dark=dark, **LOOK)
        groups = charts.groups_figure(
            charts.groups_frame(nothing, {}), group_names={}, stance_names={}, dark=dark, **LOOK
        )
        undated = charts.undated_figure(
            charts.undated_frame(nothing), unnamed="?", bounds={}, estimate="e", dark=dark, **LOOK
        )
        for figure in (issued, groups, undated):
            assert not figure.data
            assert figure.layout.annotations[0].text == "nothing"
            assert figure.layout.template.layout.paper_bgcolor == (DARK if dark else LIGHT).ground

    def test_many_directives_stay_small(self):
        days = pd.date_range("2020-03-01", periods=5000, freq="4h")
        directives = pd.DataFrame(
            {
                "directive_id": [f"p/{n}" for n in range(5000)],
                "province": [f"P{n % 63:02d}" for n in range(5000)],
                "issuer_branch": ["party" if n % 2 else "government" for n in range(5000)],
                "number": [f"{n}/UBND" for n in range(5000)],
                "issuer": "",
                "issue_date": days.normalize(),
            }
        )
        frame = charts.issued_frame({"directives": directives})
        figure = charts.issued_figure(frame, branch_names={}, unnamed="?", **LOOK)
        assert frame["n"].sum() == 5000
        assert len(figure.to_json()) < 300_000

    def test_accuracy_worst_first(self):
        fields = {
            "a": {"precision": 1, "recall": 1, "f1": 1, "n": 3},
            "b": {"precision": 1, "recall": 0.5, "f1": 0.67, "n": 4},
        }
        frame = method_charts.accuracy_frame({"fields": fields})
        figure = method_charts.accuracy_figure(frame, precision="P", recall="R", names={"b": "B"}, **LOOK)
        assert list(frame["field"]) == ["b", "a"]
        assert figure.data[1].y[0] == "B"
        assert not method_charts.accuracy_figure(frame.iloc[:0], precision="", recall="", names={}, **LOOK).data


class TestPages:
    def texts(self, app):
        return "\n".join(item.value for item in (*app.markdown, *app.caption, *app.title))

    def test_the_overview_says_what_is_held(self, dashboard):
        app = dashboard(lang="vi")
        assert not app.exception
        assert app.title[0].value == "7 văn bản chỉ đạo chống dịch Covid\\-19 của 4 tỉnh\\, thành phố"
        assert "chưa có trong dữ liệu" in self.texts(app)
        assert len(app.get("plotly_chart")) == 3

    def test_in_english_with_a_province(self, dashboard):
        app = dashboard(lang="en", province="VN-47")
        assert not app.exception
        assert "1 directive against" in app.title[0].value.replace("\\", "")
        assert "no issue date" in self.texts(app)

    def test_the_drawer_of_a_directive(self, dashboard):
        app = dashboard(lang="vi", d="binh-phuoc/1722-ubnd-kgvx/2021-05-27")
        text = self.texts(app).replace("\\", "")
        assert "Công văn 1722/UBND-KGVX" in text
        assert "Chốt kiểm soát" in text
        assert "Trần Tuệ Hiền" in text

    def test_closing_the_drawer_clears_the_address(self, dashboard):
        app = dashboard(lang="vi", d="binh-phuoc/1722-ubnd-kgvx/2021-05-27")
        next(button for button in app.button if button.label == "Đóng").click().run()
        assert "d" not in app.query_params
        assert app.query_params["lang"] == "vi"

    def test_an_undated_directive_says_why(self, dashboard):
        app = dashboard(lang="en", cell="health:tighten", province="VN-47")
        assert "29-3-2021" in self.texts(app).replace("\\", "")

    def test_unknown_and_bad_parameters_are_said(self, dashboard):
        app = dashboard(lang="en", d="no/such/directive", to="never", utm="x")
        assert not app.exception
        assert "`d`, `to`, `utm`" in app.info[0].value

    def test_filters_that_leave_nothing(self, dashboard):
        app = dashboard(lang="en", type="telegram")
        assert not app.exception
        assert "No directive passes the filters" in self.texts(app)
        next(button for button in app.button if button.label == "Clear all filters").click().run()
        assert "type" not in app.query_params
        assert len(app.get("plotly_chart")) == 3

    def test_a_filter_chosen_is_written_to_the_address(self, dashboard):
        app = dashboard(lang="en")
        app.multiselect(key="overview-provinces").select("VN-58").run()
        assert app.query_params["province"] == "VN-58"
        assert "4 of 7 directives" in app.expander[0].label
        app.multiselect(key="overview-provinces").unselect("VN-58").run()
        assert "province" not in app.query_params

    def test_names_are_found_without_marks(self, dashboard):
        app = dashboard(lang="vi")
        app.text_input(key="overview-finder").set_value("kien giang").run()
        assert app.query_params["province"] == "VN-47"
        app.text_input(key="overview-finder").set_value("xet nghiem").run()
        assert app.query_params["measure"] == "testing"

    def test_presentation_hides_the_controls(self, dashboard):
        app = dashboard(lang="en", present="1")
        assert not app.exception
        assert not app.multiselect
        assert not app.expander
        assert len(app.get("plotly_chart")) == 3

    @pytest.mark.parametrize("lang", ["vi", "en"])
    @pytest.mark.parametrize("part", ["codebook", "score", "dating", "accuracy", "limits", "cite", "glossary"])
    def test_every_part_of_the_methods(self, dashboard, part, lang):
        app = dashboard("methods", part=part, lang=lang)
        assert not app.exception
        assert len(self.texts(app)) > 300

    def test_the_worked_example_adds_up(self, dashboard, atlas):
        app = dashboard("methods", part="score", lang="en", example="VN-46")
        assert not app.exception
        assert "of 9 observed" in self.texts(app)
