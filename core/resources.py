"""Where the program's own data files are, from source and from a frozen build."""

import sys
from pathlib import Path

_FROZEN_ROOT = getattr(sys, "_MEIPASS", None)
ROOT = Path(_FROZEN_ROOT) if _FROZEN_ROOT else Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "resources" / "samples" / "示例年报.docx"
# The sample as LibreOffice and the program itself write it, for the self test only.
SAMPLES_IN_FORMATS = ROOT / "resources" / "samples" / "formats"


def resource(*names: str) -> Path:
    """Return the path of a data file below `resources/`."""
    return ROOT.joinpath("resources", *names)
