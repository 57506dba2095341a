"""Last year's report beside this one: loaded, dropped, doubted, removed."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt

from core.session import Session
from gui.equation import plain_text
from gui.models.structure import NodeKind, StructureModel
from tests.gui.invented import place, report
from tests.gui.test_window import drop

CARRIED = {
    "applications__received__natural_person": "3",
    "applications__received__total": "3",
    "applications__carried_out__natural_person": "3",
    "applications__carried_out__total": "3",
}


def of_year(document, year):
    return replace(document, year=year, title=document.title.replace("2024", str(year)))


def line_of(window):
    tree = window.structure.structure
    group = tree.index(1, 0, QModelIndex())
    return tree.index(0, 0, group)


@pytest.fixture
def files(tmp_path, monkeypatch):
    """Stand in for reading: names of files with the documents that they are."""
    found = {}

    def read(path, _progress=None):
        document = found[path.name]
        if isinstance(document, Exception):
            raise document
        return Session(path, b"", document)

    monkeypatch.setattr("core.session.open_session", read)
    monkeypatch.setattr("gui.opening.open_session", read)

    def name(file, document):
        found[file] = document
        return tmp_path / file

    return name


def load(qtbot, window, path):
    window.filing.dialogs.open_path = path
    with qtbot.waitSignal(window.controller.checked):
        window.actions_by_name["load_last_year"].trigger()


def test_it_is_loaded_shown_and_compared(qtbot, window, adopt, files):
    adopt(report())
    assert "载入上年年报" in line_of(window).data()
    load(qtbot, window, files("去年.docx", of_year(report(**CARRIED), 2023)))
    assert line_of(window).data() == "2023 年年报（已载入）"
    assert window.structure.structure.badge(line_of(window)).passed
    causes = [c for c in window.controller.causes if "YOY001" in c.rule_ids]
    assert causes
    said = plain_text(window.findings.model.equations(causes[0]))
    assert said == "上年结转 0 ≠ 上年年报的结转下年度 3　差 3"
    assert "与上年年报核对" in window.findings._checked.text()
    assert not window.bar.isVisible()


def test_it_can_be_removed(qtbot, window, adopt, files):
    adopt(report())
    load(qtbot, window, files("去年.docx", of_year(report(**CARRIED), 2023)))
    with qtbot.waitSignal(window.controller.checked):
        window.actions_by_name["remove_last_year"].trigger()
    assert not any("YOY001" in c.rule_ids for c in window.controller.causes)
    assert "载入上年年报" in line_of(window).data()
    assert not window.actions_by_name["remove_last_year"].isEnabled()


def test_one_of_a_wrong_year_is_warned_of_and_still_loaded(qtbot, window, adopt, files):
    adopt(report())
    load(qtbot, window, files("前年.docx", of_year(report(**CARRIED), 2021)))
    assert "2021 年度" in window.bar.sentence
    assert window.controller.present.last_year is not None
    assert not any("YOY001" in c.rule_ids for c in window.controller.causes)


def test_one_of_another_agency_is_warned_of(qtbot, window, adopt, files):
    adopt(report())
    other = replace(of_year(report(), 2023), agency="另一个局")
    load(qtbot, window, files("别家.docx", other))
    assert "另一个局" in window.bar.sentence


def test_an_unreadable_one_is_told_of_and_nothing_changes(qtbot, window, adopt, tmp_path):
    session = adopt(report())
    path = tmp_path / "坏.docx"
    path.write_bytes(b"")
    window.filing.dialogs.open_path = path
    window.actions_by_name["load_last_year"].trigger()
    qtbot.waitUntil(window.bar.isVisible)
    assert "上年年报“坏.docx”没有载入" in window.bar.sentence
    assert session.last_year is None


def test_of_two_files_dropped_the_later_year_is_the_report(qtbot, window, files):
    before = files("甲.docx", of_year(report(**CARRIED), 2023))
    present = files("乙.docx", report())
    with qtbot.waitSignal(window.controller.session_opened):
        drop(window, before, present)
    assert window.controller.present.path == present
    assert window.controller.present.last_year.path == before
    assert line_of(window).data() == "2023 年年报（已载入）"
    assert any("YOY001" in c.rule_ids for c in window.controller.causes)


def test_of_two_files_the_one_that_can_be_read_is_opened(qtbot, window, files):
    from core.errors import UnreadableFileError

    broken = files("甲.docx", UnreadableFileError("“甲.docx”已损坏。"))
    present = files("乙.docx", report())
    with qtbot.waitSignal(window.controller.session_opened):
        drop(window, broken, present)
    assert window.controller.present.path == present
    assert "甲.docx" in window.bar.sentence
    assert window.controller.present.last_year is None


def test_last_years_file_dropped_on_an_open_report_stands_beside_it(qtbot, window, adopt, files):
    session = adopt(report())
    window.controller.set_text(place(session, "applications.received.total"), "9")
    with qtbot.waitSignal(window.controller.last_year_changed):
        drop(window, files("去年.docx", of_year(report(), 2023)))
    assert window.controller.session is session
    assert not window.filing.dialogs.asked


def test_any_other_file_dropped_on_an_open_report_is_opened(qtbot, window, adopt, files):
    adopt(report())
    path = files("新稿.docx", report(cases__reconsideration__upheld="2"))
    with qtbot.waitSignal(window.controller.session_opened):
        drop(window, path)
    assert window.controller.present.path == path
    assert window.controller.present.last_year is None


def test_a_click_on_the_line_asks_for_a_file(qtbot, window, adopt):
    adopt(report())
    rect = window.structure.visualRect(line_of(window))
    qtbot.mouseClick(window.structure.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert window.filing.dialogs.asked == [("open", Path())]


def test_the_tree_keeps_qts_rules_with_last_years_line(controller, adopt, qtmodeltester):
    model = StructureModel(controller)
    session = adopt(report())
    session.load_last_year(Session(Path("去年.docx"), b"", of_year(report(), 2023)))
    controller.check()
    qtmodeltester.check(model)
    line = model.index(0, 0, model.index(1, 0))
    assert model.node(line).kind is NodeKind.LAST_YEAR
    assert "2023" in model.data(line)
