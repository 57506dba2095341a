"""A smaller run of what `packaging/mutants.py` prints, with other seeds."""

from random import Random

import pytest

from tests.core.diagnosis.experiments import EXPERIMENTS, run


@pytest.mark.parametrize("experiment", EXPERIMENTS, ids=lambda experiment: experiment.name)
def test_the_diagnosis_is_as_good_as_we_say(experiment):
    figures = run(experiment.name, experiment.cases(Random(1)), experiment.number // 5)
    assert experiment.holds(figures), figures
