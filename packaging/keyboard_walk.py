"""Walk through the program as a new user would, by keyboard alone (`make walk`).

    python packaging/keyboard_walk.py [FOLDER]

The real program runs on a screen of its own, knows nothing of the walk, and is killed once.
After each step the screen is drawn into FOLDER, docs/images/walk by default, and what the step
was to bring about is looked for: in the titles of windows, and in the files that were saved.
docs/walk.md shows the pictures one after another.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import sample
from screen import MISSING, Screen
from screenshot_studio import with_few_colours

from core.document import Document, Paragraph
from core.forms.match import match
from core.writers.report import new_report

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "images" / "walk"
TEXT = ROOT / "docs" / "walk.md"
SIZE = (1366, 768)
SAMPLE_NAME = "示例年报.docx"
AUTHOR, EXPLANATION = "张敏", "两件复议合并审理，总计按一件计"
IN_FORCE = sample.intended_values()["disclosure.normative_documents.in_force"]
MISPRINTED, PRINTED = "318", "381"
AFTER = sample.SITUATION[1].partition(MISPRINTED)[2]


class Walk:
    """The steps, in their order; each is a sentence for people and what is done."""

    def __init__(self, home: Path, screen: Screen, folder: Path) -> None:
        self.home, self.screen, self.folder = home, screen, folder
        self.shown: list[tuple[str, str]] = []
        self._program: subprocess.Popen[bytes] | None = None

    @property
    def last_year(self) -> Path:
        """The file of last year's report."""
        return self.home / "2023.docx"

    def saved(self, end: str) -> list[Path]:
        """Return the files whose name ends like this, the oldest first."""
        found = [path for path in self.home.rglob(f"*{end}") if not path.name.startswith(".")]
        return sorted(found, key=lambda path: path.stat().st_mtime)

    def take(self, sentence: str) -> None:
        """Draw the screen as a step of the strip."""
        name = f"{len(self.shown) + 1:02}.png"
        picture = with_few_colours(self.screen.wait_until_still())
        picture.save(str(self.folder / name), "PNG", 0)
        self.shown.append((name, sentence))
        print(name, sentence)

    def start(self) -> None:
        """Start the program, as a double click does."""
        command = [sys.executable, str(ROOT / "main.py")]
        self._program = subprocess.Popen(command, env=self.screen.environment, cwd=self.home)
        self.screen.wait_for_title("年报校核")

    def kill(self) -> None:
        """Take the program away in the middle of work, as a power cut does."""
        if self._program is not None:
            self._program.kill()
            self._program.wait()

    def leave(self) -> None:
        """Close the program by its key and wait for its end.

        Raises:
            RuntimeError: It did not end well.
        """
        assert self._program is not None
        self.screen.press("ctrl+q")
        if status := self._program.wait(30):
            raise RuntimeError(f"the program ended with {status}")


def first_look(walk: Walk) -> None:
    """Open the sample, find the first mistake, and let it be mended."""
    screen = walk.screen
    walk.start()
    walk.take("The program has been started: where to drop a report, and what is promised.")
    screen.press("alt+f")
    walk.take("Alt+F opens the file menu; every entry has its letter.")
    screen.press("d")
    screen.wait_for_title(SAMPLE_NAME)
    walk.take("D opens the sample: its tables, and what disagrees in them.")
    screen.press("F6", "F6", "Home")
    walk.take("F6 leads to the list of findings: the first mistake, its cells and its equation.")
    screen.press("ctrl+Return")
    screen.wait_for_title("*")
    walk.take("Ctrl+Enter takes the correction: two findings are gone, the change is marked.")


def explain(walk: Walk) -> None:
    """Explain why a total may stand as it is."""
    screen = walk.screen
    screen.press("Home")
    walk.take("A sum that several corrections could mend: none is taken for the user.")
    screen.press("alt+c", "e")
    screen.type(EXPLANATION)
    screen.press("Tab")
    screen.type(AUTHOR)
    walk.take("Alt+C, E: why it stands as it does, and who says so.")
    screen.press("Tab", "space")
    walk.take("The finding is explained, and no longer counts as open.")


def correct(walk: Walk) -> None:
    """Correct a number in a table, and one in the prose."""
    screen = walk.screen
    screen.press("ctrl+Prior", "ctrl+Prior", "F8")
    walk.take("F8 leads to a sentence that says 14 where the table says 1.")
    screen.press("Return")
    screen.type(IN_FORCE)
    screen.press("Return")
    walk.take(
        "Enter leads to the cell, typing replaces what it said: it agrees with the sentence now."
    )
    screen.press("F6")
    screen.press("Return")
    walk.take("F6, Enter: the paragraph below is open for typing.")
    screen.press(*["Left"] * len(AFTER), *["BackSpace"] * len(MISPRINTED))
    screen.type(PRINTED)
    screen.press("Return")
    walk.take("A number of the sentence is corrected; a bar marks the paragraph.")


def compare(walk: Walk) -> None:
    """Load last year's report."""
    screen = walk.screen
    screen.press("ctrl+l")
    screen.wait_for_title("上年")
    screen.type(str(walk.last_year))
    walk.take("Ctrl+L asks for last year's report.")
    screen.press("Return")
    screen.wait_for_title(SAMPLE_NAME)
    walk.take("What was carried over last year is compared with this year's report.")


def save(walk: Walk) -> None:
    """Save as Word with revisions and as Excel, and close."""
    screen = walk.screen
    screen.press("ctrl+s")
    screen.wait_for_title("保存前核对")
    walk.take("Ctrl+S shows what will be written: each change with what was there before.")
    screen.press("Return")
    screen.wait_for_title("保存 Word")
    walk.take("A name of its own is proposed: the report as it came is never changed.")
    screen.press("Return")
    screen.wait_for(lambda: bool(walk.saved("(校对版).docx")), "a Word file")
    screen.press("ctrl+e")
    screen.wait_for_title("保存 Excel")
    screen.press("Return")
    screen.wait_for(lambda: bool(walk.saved(".xlsx")), "an Excel file")
    walk.take("Saved as Word with revisions, and as Excel with live sums.")
    screen.press("ctrl+w")
    walk.take("Ctrl+W closes the report; it can be opened again from the list.")


def come_back(walk: Walk) -> None:
    """Open what was saved, edit it, lose the program, and get the edits back."""
    screen = walk.screen
    screen.press("ctrl+o")
    screen.wait_for_title("打开")
    screen.type(str(walk.saved("(校对版).docx")[0]))
    screen.press("Return")
    screen.wait_for_title("(校对版).docx")
    walk.take("The corrected report is open again: its revisions are read as accepted.")
    screen.press("ctrl+g")
    screen.type("表1 第7行 B列")
    screen.press("Return", "Escape")
    screen.type("219")
    screen.press("Return")
    screen.wait_for_title("*")
    walk.take("One more number is typed, and not saved.")
    walk.kill()
    before = walk.saved(".docx")
    walk.start()
    walk.take("The program was killed.  Started again, it offers what was not saved.")
    screen.press("space")
    screen.wait_for_title("*")
    walk.take("The number is there again, as is every step back.")
    screen.press("ctrl+s")
    screen.wait_for_title("保存前核对")
    screen.press("Return")
    screen.wait_for_title("保存 Word")
    screen.press("Return")
    screen.wait_for(lambda: len(walk.saved(".docx")) > len(before), "a second Word file")
    screen.wait_until_still()
    walk.leave()


STEPS = (first_look, explain, correct, compare, save, come_back)


def prove(walk: Walk) -> None:
    """Look into the files that were saved for what was done on the screen.

    Raises:
        AssertionError: Something is not there.
    """
    _source, first, second = walk.saved(".docx")
    with zipfile.ZipFile(first) as package:
        written = package.read("word/document.xml").decode()
    for part in ("<w:ins ", "<w:del ", PRINTED):
        assert part in written
    for path, permits in ((first, "218"), (second, "219")):
        slots = _checked(path)["slots"]
        assert slots["disclosure.permits.decisions"]["text"] == permits
        assert slots["disclosure.normative_documents.in_force"]["text"] == IN_FORCE
        assert slots["applications.unavailable_not_held.natural_person"]["text"] == "6"
    assert zipfile.is_zipfile(walk.saved(".xlsx")[0])
    kept = "".join(path.read_text(encoding="utf-8") for path in walk.saved(".json"))
    assert EXPLANATION in kept
    print("proved:", first.name, second.name, walk.saved(".xlsx")[0].name)


def _checked(path: Path) -> Any:
    command = [sys.executable, str(ROOT / "main.py"), "check", "--json", str(path)]
    return json.loads(subprocess.run(command, capture_output=True, check=False).stdout)


def write_text(walk: Walk) -> None:
    """Write the strip: each picture under what was done."""
    lines = [_ABOUT]
    for name, sentence in walk.shown:
        lines += [f"## {int(name[:2])}. {sentence}", "", f"![](images/walk/{name})", ""]
    TEXT.write_text("\n".join(lines), encoding="utf-8")


_ABOUT = """# The first half hour, by keyboard alone

The program as a new user meets it, on a screen of 1366 × 768, worked by keys alone; `make walk`
does it all again and looks into the saved files for what was done. The sample is invented.
"""


def last_years_report() -> bytes:
    """Return the sample's agency's report of the year before, as a Word file."""
    document = sample.sample_document()
    document = replace(document, year=sample.YEAR - 1, title=_year_before(sample.TITLE))
    document = replace(document, sections=tuple(_sections(document)))
    texts = {
        "applications.carried_out.total": "5",
        "applications.carried_out.natural_person": "4",
    }
    places = match(document).places
    document = document.with_texts({places[slot].ref: text for slot, text in texts.items()})
    return new_report(document, match(document))


def _sections(document: Document) -> Iterator[object]:
    for section in document.sections:
        blocks = tuple(
            replace(block, text=_year_before(block.text)) if isinstance(block, Paragraph) else block
            for block in section.blocks
        )
        yield replace(section, blocks=blocks)


def _year_before(text: str) -> str:
    return text.replace(str(sample.YEAR), str(sample.YEAR - 1))


def main(arguments: list[str]) -> int:
    """Walk, write the strip, and return the exit status."""
    if MISSING:
        print("walk: missing: " + ", ".join(MISSING), file=sys.stderr)
        return 3
    folder = Path(arguments[0]) if arguments else PICTURES
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as own:
        home = Path(own)
        (home / "2023.docx").write_bytes(last_years_report())
        environment = {**os.environ, "HOME": own, "QT_QPA_PLATFORM": "xcb"}
        for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
            environment[name] = str(home / name.lower())
        with Screen(SIZE, environment) as screen:
            walk = Walk(home, screen, folder)
            try:
                for step in STEPS:
                    step(walk)
            finally:
                walk.kill()
            prove(walk)
            if folder == PICTURES:
                write_text(walk)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
