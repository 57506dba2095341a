"""F8 walks in the order of the report from where one stands, and wraps."""

from gui.navigation import cell_position, in_report_order, step
from tests.gui.invented import place, report

BROKEN = {
    "disclosure__permits__decisions": "见附件",
    "applications__received__natural_person": "3",
    "cases__reconsideration__upheld": "2",
}


def walk(controller, adopt):
    session = adopt(report(**BROKEN))
    document = session.document
    return session, in_report_order(document, controller.highlights, controller.causes)


def test_findings_stand_in_the_order_of_the_report(controller, adopt):
    _, ordered = walk(controller, adopt)
    assert [cause.table for _, cause in ordered] == ["t2", "t3", "t4"]


def test_the_walk_starts_at_the_current_cell(controller, adopt):
    session, ordered = walk(controller, adopt)
    here = cell_position(session.document, place(session, "applications.carried_out.total"))
    assert step(ordered, None, here, forward=True).cause.rules == "SUM003"
    assert step(ordered, None, here, forward=False).cause.table == "t3"


def test_the_walk_goes_on_from_a_chosen_finding_and_wraps(controller, adopt):
    session, ordered = walk(controller, adopt)
    here = cell_position(session.document, place(session, "applications.received.total"))
    chosen, wraps = None, []
    for _ in range(len(ordered) + 1):
        led = step(ordered, chosen, (0, 0, 0, 0), forward=True)
        chosen = led.cause
        wraps.append(led.wrapped)
    assert chosen is ordered[0][1]
    assert wraps == [False] * len(ordered) + [True]
    back = step(ordered, chosen, here, forward=False)
    assert back.wrapped
    assert back.cause is ordered[-1][1]


def test_without_findings_there_is_nowhere_to_go():
    assert step([], None, (0, 0, 0, 0), forward=True) is None
