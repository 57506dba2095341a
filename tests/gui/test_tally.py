"""What was checked is counted as the command line counts it."""

import re

from core.printout import check_text
from gui.tally import tally_of
from tests.gui.invented import report


def printed(session, result):
    lines = "\n".join(check_text(session.document, session.match, result))
    found = re.search(
        r"已检查 (\d+) 条勾稽关系：通过 (\d+)，不一致 (\d+)；未能检查 (\d+) 条", lines
    )
    return tuple(map(int, found.groups()))


def test_relations_are_those_of_the_command_line(controller, adopt):
    texts = {"cases__reconsideration__upheld": "2", "cases__direct_lawsuit__total": ""}
    session = adopt(report(**texts))
    count = tally_of(controller.result).relations
    said = (count.checked, count.passed, count.found, count.left_open)
    assert said == printed(session, controller.result)
    assert count.found == 1


def test_what_is_no_relation_is_counted_apart(controller, adopt):
    adopt(report())
    tally = tally_of(controller.result)
    assert tally.others.checked > 0
    assert tally.across.checked == 0
