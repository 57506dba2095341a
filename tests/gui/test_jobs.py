"""Work off the GUI thread: its results, its exceptions, and what is forgotten."""

from threading import Event, current_thread, main_thread

import pytest

from gui.jobs import JobRunner


@pytest.fixture
def runner(qtbot):
    made = JobRunner()
    yield made
    made.close()


def test_work_runs_elsewhere_and_its_value_comes_back(qtbot, runner):
    with qtbot.waitSignal(runner.succeeded) as done:
        runner.start(lambda _progress: current_thread() is main_thread())
    assert done.args == [False]
    assert not runner.is_running


def test_an_exception_is_handed_on(qtbot, runner):
    error = ValueError("x")

    def fail(_progress):
        raise error

    with qtbot.waitSignal(runner.failed) as done:
        runner.start(fail)
    assert done.args == [error]


def test_progress_is_reported(qtbot, runner):
    with qtbot.waitSignals([runner.progressed, runner.succeeded]):
        runner.start(lambda progress: progress(1, 2))


def test_cancelled_work_stops_and_is_forgotten(qtbot, runner):
    begun, stopped = Event(), Event()

    def work(progress):
        begun.set()
        try:
            while True:
                progress(1, 2)
        finally:
            stopped.set()

    runner.start(work)
    assert begun.wait(5)
    with qtbot.assertNotEmitted(runner.succeeded), qtbot.assertNotEmitted(runner.failed):
        with qtbot.waitSignal(runner.cancelled):
            runner.cancel()
        runner.wait()
        qtbot.wait(1)
    assert stopped.is_set()


def test_a_job_that_ends_after_being_replaced_says_nothing(qtbot, runner):
    release = Event()
    values = []
    runner.succeeded.connect(values.append)
    runner.start(lambda _progress: release.wait(5) and "old")
    with qtbot.waitSignal(runner.succeeded):
        runner.start(lambda _progress: "new")
        release.set()
    runner.wait()
    qtbot.wait(1)
    assert values == ["new"]
