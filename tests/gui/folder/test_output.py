"""Lists, letters and the roll-up as files; what is printed; the sum as a report."""

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QPdfWriter

from core.checking import Office
from core.progress import silent
from core.readers import open_document
from core.session import open_session
from core.untitled import is_untitled
from gui.folder import panes
from gui.folder.printing import Printed, paint
from gui.folder.summing import opening_sum
from gui.review_pdf import RESOLUTION, lay_out_pages
from gui.views.dialogs import Existing
from tests.gui.folder.county import county

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", r"raise\(\)")


def texts_of(path):
    book = load_workbook(path)
    return {str(c.value) for s in book for row in s.iter_rows() for c in row if c.value is not None}


def export(checked, name, path):
    checked.answers.save_paths = [path]
    checked.act(name)
    checked.wait(lambda: path.name in checked.window.bar.sentence)


def test_nothing_can_be_written_before_there_is_something(folder_window, whole_county):
    shown = folder_window()
    shown.find(whole_county)
    for name in ("export_findings", "export_feedback", "print_list", "export_summary"):
        assert not shown.window.actions_by_name[name].isEnabled()


def test_the_list_of_findings_is_proposed_beside_the_folder(checked, tmp_path, whole_county):
    path = tmp_path / "疑点清单.xlsx"
    export(checked, "export_findings", path)
    _, proposed, _ = next(asked for asked in checked.answers.asked if asked[0] == "save")
    assert proposed == whole_county.parent / "临江县2024年年报(疑点清单).xlsx"
    said = texts_of(path)
    assert {"SUM002", "临江县林业局"} <= said
    assert any("内容完全相同" in text for text in said)
    assert "打开所在文件夹" in {
        button.text() for button in checked.window.bar.findChildren(type(checked.window.head.start))
    }


def test_the_release_list_names_who_is_missing(checked, tmp_path):
    path = tmp_path / "公开情况.xlsx"
    export(checked, "export_releases", path)
    assert "临江县教育局" in texts_of(path)


@pytest.mark.parametrize("answer", list(Existing))
def test_nothing_is_written_over_without_asking(checked, tmp_path, answer):
    path, other = tmp_path / "清单.xlsx", tmp_path / "另一份.xlsx"
    path.write_bytes(b"old")
    checked.answers.existing = answer
    checked.answers.save_paths = [path, other]
    checked.act("export_findings")
    assert ("existing", path) in checked.answers.asked
    if answer is Existing.CANCEL:
        assert path.read_bytes() == b"old"
        assert not checked.window.output.is_running
        return
    written = path if answer is Existing.REPLACE else other
    checked.wait(lambda: written.name in checked.window.bar.sentence)
    assert (path.read_bytes() == b"old") is (answer is Existing.OTHER_NAME)
    assert written.read_bytes()[:2] == b"PK"


def test_a_report_is_never_written_over(checked, whole_county):
    source = whole_county / "临江县住房和城乡建设局.xlsx"
    before = source.read_bytes()
    checked.answers.save_paths = [source]
    checked.act("export_findings")
    assert "是要检查的文件，没有写入" in checked.window.bar.sentence
    assert source.read_bytes() == before


def test_a_disk_that_refuses_is_said_with_a_verb_to_try_again(checked, tmp_path):
    checked.answers.save_paths = [tmp_path / "没有" / "清单.xlsx"]
    checked.act("export_findings")
    checked.wait(lambda: checked.window.bar.isVisible())
    assert "重试" in {
        button.text() for button in checked.window.bar.findChildren(type(checked.window.head.start))
    }


def test_letters_are_written_into_a_folder_and_replace_none(checked, tmp_path):
    target = tmp_path / "反馈单"
    target.mkdir()
    for _ in range(2):
        checked.answers.folders = [target]
        checked.window.bar.hide()
        checked.act("export_feedback")
        checked.wait(lambda: "已写出反馈单" in checked.window.bar.sentence)
        checked.wait(lambda: not checked.window.output.is_running)
    letters = sorted(path.name for path in target.iterdir())
    assert "临江县林业局反馈单.docx" in letters
    assert "临江县林业局反馈单(2).docx" in letters
    text = "".join(
        paragraph.text
        for section in open_document(target / "临江县林业局反馈单.docx").sections
        for paragraph in section.paragraphs
    )
    assert "临江县林业局" in text


def test_letters_inside_the_folder_are_warned_about(folder_window, tmp_path):
    folder = county(tmp_path / "年报")
    shown = folder_window()
    shown.check(folder)
    shown.answers.folders = [folder]
    shown.act("export_feedback")
    shown.wait(lambda: "会被当作报告读取" in shown.window.bar.sentence)


@pytest.mark.parametrize("what", Printed)
def test_everything_is_printed(checked, what):
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(RESOLUTION)
    lay_out_pages(writer)
    paint(what, checked.work, writer)
    assert buffer.data().size() > 5_000
    checked.act(f"print_{what.name.lower()}")
    (dialog,) = checked.answers.run_dialogs
    assert what.value in dialog.windowTitle()
    dialog.deleteLater()


def units(checked):
    checked.window.panes.show(panes.SUMMARY)
    checked.wait(lambda: bool(checked.window.summary.model.units))
    return {unit.name: unit for unit in checked.window.summary.model.units}


def test_units_with_errors_are_marked_and_left_out_by_one_tick(checked):
    found, page = units(checked), checked.window.summary
    assert "强制性错误" in found["临江县林业局"].remark
    assert not found["临江县教育局"].remark
    assert "临江县审计局" not in found
    assert "2023 年度" in page._left_out.text()
    everything = page.chosen
    page.unmarked.click()
    assert everything - page.chosen == {unit.file for unit in found.values() if unit.remark}
    page.everything.click()
    assert page.chosen == everything


def test_the_sum_of_the_ticked_units_is_a_report_in_no_file_of_the_users(checked, own_folder):
    found = units(checked)
    chosen = {found[name].file for name in ("临江县教育局", "临江县民政局")}
    opened = opening_sum(checked.work.reports.rows, chosen)(Office(), silent)
    session = opened.session
    one = open_session(checked.work.folder / "临江县民政局.docx")
    for slot, place in one.match.places.items():
        cell = session.match.places[slot].ref
        assert int(session.text(cell)) == 2 * int(one.text(place.ref))
    assert is_untitled(session.path)
    assert session.document.title == "2024年度汇总（2 个单位）"
    assert "2 个单位的汇总" in opened.remarks[0]


def test_the_sum_is_asked_for_and_saved_as_a_workbook(checked, tmp_path, qtbot):
    units(checked)
    page = checked.window.summary
    with qtbot.waitSignal(checked.window.made_wanted):
        page.open.click()
    path = tmp_path / "汇总表.xlsx"
    checked.answers.save_paths = [path]
    page.save.click()
    checked.wait(lambda: path.name in checked.window.bar.sentence)
    assert any("临江县教育局" in text for text in texts_of(path))


def test_without_a_tick_there_is_no_sum(checked):
    units(checked)
    checked.window.summary.model.choose(())
    assert not checked.window.summary.open.isEnabled()
    assert not checked.window.summary.save.isEnabled()
