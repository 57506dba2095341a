"""Recognise the statutory tables of a report and name their cells.

Tables are recognised and aligned by their labels.  A table that is none of the
three is left in the document and in no match; nothing is dropped or invented.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import process

from core.document import Document, Table
from core.forms.align import align
from core.forms.alignment import ReportMatch
from core.forms.labels import label_key, similarity
from core.forms.loader import load_forms
from core.forms.model import Form, FormTable

# A table with so many of a form's labels is that table.
_RECOGNISED = 0.5
# By so much a later table must look more like the form than the first one to take its place.
_CLEARLY = 0.2
_NEAR = 80
_SHORT_LABEL = 6
_LONGEST_LABEL = 60
_NAMES = ("disclosure", "applications", "cases")


@dataclass(frozen=True, slots=True)
class _Guess:
    table: Table
    form: Form
    name: str
    score: float


def match(document: Document) -> ReportMatch:
    """Return which tables of a document are statutory ones, and where their slots stand."""
    forms = load_forms()
    guesses = [
        guess
        for table in document.tables.values()
        if (guess := _recognise(table, forms.values())) is not None
    ]
    chosen: dict[str, _Guess] = {}
    for guess in _of_one_report(document, guesses):
        # A misprint more or less must not mix the tables of two reports in one file.
        if guess.name not in chosen or guess.score > chosen[guess.name].score + _CLEARLY:
            chosen[guess.name] = guess
    edition = _edition(document, chosen)
    tables = {}
    for name in _NAMES:
        if name in chosen:
            tables[name] = align(chosen[name].table, _form_of(chosen[name], edition), name)
    repeated = {g.table.id: g.name for g in guesses if g.name in chosen and chosen[g.name] is not g}
    return ReportMatch(edition, tables, repeated)


def _of_one_report(document: Document, guesses: Sequence[_Guess]) -> Sequence[_Guess]:
    """Return the tables of the first report of a file: what it lacks, another must not lend it."""
    start = document.second_report
    if start is None:
        return guesses
    later = {table.id for section in document.sections[start:] for table in section.tables}
    return [guess for guess in guesses if guess.table.id not in later] or guesses


def _recognise(table: Table, forms: Iterable[Form]) -> _Guess | None:
    keys = {key for cell in table.cells if 0 < len(key := label_key(cell.text)) <= _LONGEST_LABEL}
    guesses = [
        _Guess(table, form, name, _score(keys, form_table))
        for form in forms
        for name, form_table in form.tables.items()
    ]
    best = max(guesses, key=lambda guess: guess.score)
    return best if best.score >= _RECOGNISED else None


def _score(keys: set[str], form_table: FormTable) -> float:
    """Return which share of the form's distinct labels a table has, misprints included."""
    labels = {label_key(cell.text) for cell in form_table.cells if cell.text}
    exact = labels & keys
    if len(exact) < 2:
        return 0.0
    # A near label weighs less than an exact one, so that the table's own edition wins.
    near = sum(
        process.extractOne(label, keys, score_cutoff=_NEAR) is not None for label in labels - exact
    )
    return (len(exact) + 0.9 * near) / len(labels)


def _edition(document: Document, chosen: Mapping[str, _Guess]) -> str | None:
    """Return the edition by the tables' own headers (decision 7), else by the report's year."""
    if not chosen:
        return None
    for name in _NAMES:
        if name in chosen and (edition := _own_edition(chosen[name])):
            return edition
    return "2021" if document.year is not None and document.year >= 2021 else "2019"


def _own_edition(guess: _Guess) -> str | None:
    """Return the edition that a table's labels name, None where the editions are alike in it."""
    if guess.name == "disclosure":
        return guess.form.edition
    if guess.name == "applications" and _has_rows_of_2021(guess.table):
        return "2021"
    return None


def _has_rows_of_2021(table: Table) -> bool:
    """Return whether （六）其他处理 is printed as the rows that came with the 2021 edition."""
    forms = load_forms()
    old = forms["2019"].tables["applications"].rows_by_key
    new = forms["2021"].tables["applications"].row_specs
    labels = [row.label for row in new if row.key not in old and len(row.label) > _SHORT_LABEL]
    texts = [cell.text for cell in table.cells if len(cell.text) > _SHORT_LABEL]
    return any(similarity(text, label) * 100 >= _NEAR for text in texts for label in labels)


def _form_of(guess: _Guess, edition: str | None) -> Form:
    """Return the form to align a table with: its own edition, else the report's."""
    return load_forms()[_own_edition(guess) or edition or guess.form.edition]
