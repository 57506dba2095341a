"""A signature is noticed by the relationship that every signed package has."""

from core.readers.guard import open_package
from core.resources import SAMPLE
from core.word.signed import is_signed
from tests.documents.signing import signed
from tests.documents.word_package import package, paragraph, word_file


def test_the_relationship_to_the_signatures_is_noticed():
    for data in (SAMPLE.read_bytes(), word_file(paragraph("正文"))):
        assert not is_signed(open_package(data))
        assert is_signed(open_package(signed(data)))


def test_a_package_without_relationships_is_not_signed():
    assert not is_signed(open_package(package({"word/document.xml": b"<a/>"})))
