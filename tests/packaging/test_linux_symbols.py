"""The proof that a build runs on old systems does find what does not."""

from pathlib import Path

import pytest

from tests.packaging.scripts import load

check = load("linux/check_symbols.py")

LISTING = """
Version References:
  required from libm.so.6:
    0x069691b9 0x00 03 GLIBC_2.29
    0x09691a75 0x00 02 GLIBC_2.2.5
  required from libstdc++.so.6:
    0x0297f869 0x00 09 GLIBCXX_3.4.9
    0x08922974 0x00 04 GLIBCXX_3.4.22
    0x0056bafd 0x00 05 CXXABI_1.3
  required from libc.so.6:
    0x06969188 0x00 08 GLIBC_2.28
"""


def test_the_newest_need_counts_as_a_number_and_not_as_text():
    assert check.newest_needs(LISTING) == {"GLIBC": (2, 29), "GLIBCXX": (3, 4, 22)}


@pytest.mark.parametrize(
    ("needs", "is_within"),
    [
        ({"GLIBC": (2, 28), "GLIBCXX": (3, 4, 25)}, True),
        ({"GLIBC": (2, 2, 5)}, True),
        ({}, True),
        ({"GLIBC": (2, 29)}, False),
        ({"GLIBCXX": (3, 4, 26)}, False),
        ({"GLIBC": (2, 28, 1)}, False),
    ],
)
def test_what_is_promised_is_the_limit(needs: dict[str, tuple[int, ...]], is_within: bool):
    assert check.is_within(needs) is is_within


def test_only_programs_and_libraries_are_looked_at(tmp_path: Path):
    (tmp_path / "lib.so").write_bytes(b"\x7fELF\x02")
    (tmp_path / "text.so").write_bytes(b"INPUT(libc.so.6)")
    (tmp_path / "link.so").symlink_to("lib.so")
    assert list(check.elf_files(tmp_path)) == [tmp_path / "lib.so"]


def test_a_file_that_needs_too_much_fails_the_build(tmp_path, monkeypatch, capsys):
    (tmp_path / "new.so").write_bytes(b"\x7fELF\x02")
    monkeypatch.setattr(check, "needs_of", lambda path: check.newest_needs(LISTING))
    assert check.main(tmp_path) == 1
    assert "TOO NEW new.so: GLIBC 2.29, GLIBCXX 3.4.22" in capsys.readouterr().out


def test_a_build_without_programs_proves_nothing(tmp_path: Path):
    assert check.main(tmp_path) == 1
