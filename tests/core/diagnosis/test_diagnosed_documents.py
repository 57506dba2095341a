"""The same tables written as Word files: nothing is lost on the way to the diagnosis."""

from random import Random

import pytest

from core.diagnosis import diagnose
from tests.core.diagnosis.consistent import FORMS, filled_applications
from tests.core.diagnosis.documents import opened
from tests.core.diagnosis.experiments import broken, repairs


@pytest.mark.parametrize("form", FORMS)
def test_a_wrong_number_in_a_word_file_is_found_and_proved(form):
    random = Random(11)
    sound = filled_applications(random, form)
    slot = random.choice(sound.blueprint.slots)
    table = sound.changed({slot: sound.values[slot] + 3})
    relations, readings, errors = opened(table)
    assert readings == table.readings
    assert errors == broken(table)
    assert repairs(diagnose(relations, readings).proved, {slot: sound.values[slot]})


@pytest.mark.parametrize("form", FORMS)
def test_a_sound_word_file_has_no_error(form):
    table = filled_applications(Random(12), form)
    _, readings, errors = opened(table)
    assert readings == table.readings
    assert errors == 0
