"""How a person wants files to be saved: remembered, and never a reason not to start."""

import json
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import SaveError
from core.preferences import (
    LONGEST_AUTHOR,
    Preferences,
    author_from,
    load_preferences,
    own_preferences_path,
    save_preferences,
)
from core.writers.marking import Mode


def written(path, **content):
    values = {"format": "gouji-preferences", "version": 1, **content}
    path.write_text(json.dumps(values), encoding="utf-8")
    return path


def test_a_missing_file_is_as_the_program_has_it(tmp_path):
    assert load_preferences(tmp_path / "没有.json") == Preferences(Mode.TRACKED, "")


@pytest.mark.parametrize("mode", Mode)
def test_what_was_chosen_is_found_again(tmp_path, mode):
    path = tmp_path / "新文件夹" / "preferences.json"
    save_preferences(path, Preferences(mode, "张敏"))
    assert load_preferences(path) == Preferences(mode, "张敏")
    save_preferences(path, Preferences(mode, ""))
    assert load_preferences(path) == Preferences(mode, "")


@pytest.mark.parametrize("value", [None, 1, [], {}, "?", "TRACKED", True])
def test_a_wrong_value_leaves_the_others_alone(tmp_path, value):
    path = written(tmp_path / "a.json", word_mode=value, author="张敏")
    assert load_preferences(path) == Preferences(Mode.TRACKED, "张敏")
    if not isinstance(value, str):
        path = written(tmp_path / "b.json", word_mode="clean", author=value)
        assert load_preferences(path) == Preferences(Mode.CLEAN, "")


def test_a_newer_files_unknown_choice_is_passed_over(tmp_path):
    path = written(tmp_path / "a.json", word_mode="clean", colour="red")
    assert load_preferences(path) == Preferences(Mode.CLEAN, "")


@given(data=st.binary(max_size=200))
def test_random_bytes_are_as_no_file(tmp_path_factory, data):
    path = tmp_path_factory.getbasetemp() / "random.json"
    path.write_bytes(data)
    assert load_preferences(path) == Preferences()


def test_every_prefix_and_every_flipped_byte_gives_a_valid_answer(tmp_path):
    path = tmp_path / "a.json"
    save_preferences(path, Preferences(Mode.HIGHLIGHTED, "张敏"))
    whole = path.read_bytes()
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        assert load_preferences(path).mode in Mode
    for place in range(len(whole)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        found = load_preferences(path)
        assert found.mode in Mode
        assert author_from(found.author) == found.author


@given(text=st.text())
def test_an_author_is_one_line_of_what_a_file_can_hold(text):
    author = author_from(text)
    assert len(author) <= LONGEST_AUTHOR
    assert author == author.strip()
    assert not set(author) & set("\n\r\t\0")
    assert author_from(author) == author


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_closed_folder_is_said_in_a_sentence(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(SaveError):
        save_preferences(tmp_path / "里面" / "a.json", Preferences())


def test_a_file_where_the_folder_should_be_is_said_in_a_sentence(tmp_path):
    (tmp_path / "gouji").write_bytes(b"")
    with pytest.raises(SaveError):
        save_preferences(tmp_path / "gouji" / "a.json", Preferences())


def test_it_stands_in_the_configuration_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert own_preferences_path().name == "preferences.json"
