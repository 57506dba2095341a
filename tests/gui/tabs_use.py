"""What the tests of several open reports share: copies of the sample, and how they are used."""

import shutil

from core.resources import SAMPLE

SLOT = "applications.received.natural_person"
OTHER_SLOT = "applications.carried_in.natural_person"


def copies(folder, *names):
    """Return copies of the sample under other names."""
    paths = []
    for name in names:
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        shutil.copy(SAMPLE, path)
        paths.append(path)
    return paths


def ref_of(report, slot=SLOT):
    """Return where a number of the form stands in a report."""
    return report.session.match.places[slot].ref


def change(window, text="47", slot=SLOT):
    """Change a number of the report that is shown."""
    controller = window.controller
    assert controller.set_text(ref_of(controller.report, slot), text)


def text_of(report, slot=SLOT):
    """Return what a report has in a cell."""
    return report.session.text(ref_of(report, slot))
