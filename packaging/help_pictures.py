"""Make the small pictures of the program's help from those of docs/images (`make screenshots`)."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from screenshot_studio import with_few_colours

ROOT = Path(__file__).resolve().parent.parent
HELP = ROOT / "resources" / "help"
WIDTH = 760
_NAMED = re.compile(r"!\[[^\]]+\]\(images/([\w-]+)\.png\)")


def make_help_pictures(drawn: Path) -> None:
    """Write every picture that a page of the help names, from the large one of that name."""
    folder = HELP / "images"
    folder.mkdir(exist_ok=True)
    names = {name for page in HELP.glob("*.md") for name in _NAMED.findall(page.read_text("utf-8"))}
    for name in sorted(names):
        large = QImage(str(drawn / f"{name}.png"))
        small = large.scaledToWidth(WIDTH, Qt.TransformationMode.SmoothTransformation)
        with_few_colours(small).save(str(folder / f"{name}.png"), "PNG", 0)
        print(folder / f"{name}.png")
