"""An office's settings file in the window."""

import json

import pytest

from gui.office_settings import named
from tests.gui.invented import report

BROKEN = {"cases__reconsideration__upheld": "2"}


@pytest.fixture
def settings_file(tmp_path):
    def write(**content):
        path = tmp_path / "设置.json"
        whole = {"format": "gouji-settings", "version": 1, **content}
        path.write_text(json.dumps(whole, ensure_ascii=False), encoding="utf-8")
        return path

    return write


def use(window, path):
    window.filing.dialogs.settings_path = path
    window.actions_by_name["use_settings"].trigger()


def test_a_file_is_used_named_and_put_away(window, adopt, settings_file):
    adopt(report(**BROKEN))
    assert window.findings._headline.text() == "1 处强制性错误"
    use(window, settings_file(name="某市公开办", severities={"SUM003": "note"}))
    assert window.findings._headline.text() == "1 处提示"
    assert "按“某市公开办”的设置检查" in window.findings._office.text()
    assert "某市公开办" in window.status._settings.text()
    window.findings._office.linkActivated.emit("put away")
    assert window.findings._headline.text() == "1 处强制性错误"
    assert not window.findings._office.isVisible()
    assert not window.status._settings.isVisible()
    assert not window.actions_by_name["put_settings_away"].isEnabled()


def test_rules_that_are_switched_off_are_said_to_be(window, adopt, answers, settings_file):
    adopt(report(**BROKEN))
    use(window, settings_file(switched_off=["SUM003"]))
    assert not window.controller.causes
    assert "没有做" in window.findings._checked.text()
    window.findings.reasons_requested.emit()
    _, _, rows = answers.lists[-1]
    assert any("SUM003" in row[1] and "按设置" in row[3] for row in rows)
    window.findings.settings_requested.emit()
    _, about, rows = answers.lists[-1]
    assert "按“设置”的设置检查" in about
    assert any("SUM003" in row[0] for row in rows)


def test_a_wrong_file_is_a_sentence_and_changes_nothing(window, adopt, settings_file):
    adopt(report(**BROKEN))
    use(window, settings_file(switched_off=["XYZ999"]))
    assert "XYZ999" in window.bar.sentence
    assert not window.settings.is_used
    assert window.controller.causes


def test_it_holds_for_reports_that_are_opened_later(window, adopt, settings_file):
    use(window, settings_file(name="某市", severities={"SUM003": "note"}))
    adopt(report(**BROKEN))
    assert window.findings._headline.text() == "1 处提示"
    assert named(window.controller.office.settings) in window.status._settings.text()
