"""What is set before Qt starts, so that Chinese can be typed and other programs start."""

import sys
from pathlib import Path

import pytest

from gui import environment


def test_fcitx_5_is_reached_by_the_portal_of_ibus_where_qt_cannot_reach_it():
    found = {"QT_IM_MODULE": "fcitx", "QT_IM_MODULES": "wayland;fcitx"}
    environment.reach_fcitx_by_ibus(found, ["bash", "fcitx5"])
    assert found == {
        "QT_IM_MODULE": "ibus",
        "QT_IM_MODULES": "wayland;ibus",
        "IBUS_USE_PORTAL": "1",
    }


@pytest.mark.parametrize("asked", ["ibus", "", "xim"])
def test_another_input_method_is_left_alone(asked: str):
    found = {"QT_IM_MODULE": asked}
    environment.reach_fcitx_by_ibus(found, ["fcitx5"])
    assert found == {"QT_IM_MODULE": asked}


def test_fcitx_4_does_not_answer_for_ibus_and_is_left_alone():
    found = {"QT_IM_MODULE": "fcitx"}
    environment.reach_fcitx_by_ibus(found, ["fcitx", "fcitx-dbus-watcher"])
    assert found == {"QT_IM_MODULE": "fcitx"}


def test_the_plugin_is_looked_for_where_qt_loads_it(tmp_path: Path):
    assert not environment.has_fcitx_plugin(tmp_path)
    folder = tmp_path / "platforminputcontexts"
    folder.mkdir()
    (folder / "libfcitxplatforminputcontextplugin-qt6.so").touch()
    assert environment.has_fcitx_plugin(tmp_path)


@pytest.mark.skipif(sys.platform != "linux", reason="there is no /proc")
def test_the_programs_that_run_are_found():
    assert any(name.startswith(("python", "pytest")) for name in environment.running_programs())


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"LD_LIBRARY_PATH": "/ours:/theirs", "LD_LIBRARY_PATH_ORIG": "/theirs"}, "/theirs"),
        ({"LD_LIBRARY_PATH": "/ours"}, None),
    ],
)
def test_programs_opened_from_the_window_load_their_own_libraries(
    before: dict[str, str], after: str | None, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    environment.give_back_library_path(before)
    assert before.get("LD_LIBRARY_PATH") == after
    assert "LD_LIBRARY_PATH_ORIG" not in before


def test_from_source_the_path_of_libraries_is_the_users_own():
    found = {"LD_LIBRARY_PATH": "/theirs"}
    environment.give_back_library_path(found)
    assert found == {"LD_LIBRARY_PATH": "/theirs"}
