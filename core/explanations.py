"""Explanations (出错说明): why a finding stands as it is, in a person's words.

An explanation belongs to a finding with its numbers as they were (see
`core.identity`).  It therefore outlives a re-check and the next draft, and it
no longer holds when a number changes: nothing is stored about that, it follows
from comparing.  What no longer holds is withdrawn: kept and told, never deleted
by the program, and in force again should the old numbers come back.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from core.document import Document
from core.errors import ReportError
from core.identity import Facts, Identity, Subject, identity_of, report_of
from core.writable import writable

if TYPE_CHECKING:
    from core.rules.model import Finding

LONGEST_TEXT = 5000
LONGEST_AUTHOR = 100
_SHOWN_DIFFERENCES = 3


class ExplanationKind(StrEnum):
    """EXPLAINED (已说明): the finding is right, and this is why the numbers are so.

    IGNORED (已忽略): a person judged that the finding needs no answer, and says why.
    """

    EXPLAINED = "explained"
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a person says about a finding.

    Raises:
        ReportError: The text is empty, or longer than any file should carry.
    """

    kind: ExplanationKind
    text: str
    author: str
    date: datetime.date

    def __post_init__(self) -> None:
        """Drop what cannot be written; an explanation that says nothing is none."""
        text = writable(self.text).strip()
        author = " ".join(writable(self.author).split())[:LONGEST_AUTHOR]
        if not text:
            raise ReportError("还没有写明理由，没有记下这条说明；请写一句话说明原因。")
        if len(text) > LONGEST_TEXT:
            raise ReportError(f"说明超过了 {LONGEST_TEXT} 字，没有记下；请写得短一些。")
        object.__setattr__(self, "text", text)
        object.__setattr__(self, "author", author)


@dataclass(frozen=True, slots=True)
class Record:
    """An explanation with the finding that it was given for.

    `extra` is a JSON object of what a newer version of the program noted beside
    it, empty if there is nothing.
    """

    identity: Identity
    explanation: Explanation
    extra: str = ""

    @property
    def subject(self) -> Subject:
        """Which relation of which report it is about."""
        return self.identity.subject


@dataclass(frozen=True)
class Withdrawn:
    """An explanation that does not hold for the report as it is now.

    `now` is the finding about the same relation with other numbers, None where
    the check no longer brings one.
    """

    record: Record
    now: Finding | None = None
    differences: tuple[tuple[str, str], ...] = ()

    @property
    def sentence(self) -> str:
        """What to tell people."""
        rule, text = self.record.subject.rule, self.record.explanation.text
        if self.now is None:
            return f"{rule} 的一条说明现在没有对应的疑点，已另行保留，没有删除：“{text}”"
        changed = "，".join(
            f"{before or '空白'} → {after or '空白'}"
            for before, after in self.differences[:_SHOWN_DIFFERENCES]
        )
        changed = f"（{changed}）" if changed else ""
        return f"{rule} 的一条说明因内容变化{changed}已撤回，没有删除，请重新确认：“{text}”"


@dataclass(frozen=True)
class Explanations:
    """All explanations of one file, of any number of reports; every change gives a new one.

    Records are sorted, one for an identity.  `kept` are records that this version
    cannot read and `extra` what else a file holds, both as JSON, so that writing
    the file back loses nothing.
    """

    records: tuple[Record, ...] = ()
    kept: tuple[str, ...] = ()
    extra: str = ""

    def __post_init__(self) -> None:
        """Put the records in order; of two for one finding the last one counts."""
        found = {record.identity: record for record in self.records}
        ordered = tuple(sorted(found.values(), key=lambda record: record.identity.order))
        object.__setattr__(self, "records", ordered)
        object.__setattr__(self, "kept", tuple(sorted(set(self.kept))))

    def add(self, finding: Finding, document: Document, explanation: Explanation) -> Explanations:
        """Explain a finding of a document; an earlier explanation of just this is replaced."""
        identity = identity_of(finding, document)
        earlier = self._by_identity.get(identity)
        record = Record(identity, explanation, earlier.extra if earlier else "")
        return replace(self, records=(*self.records, record))

    def remove(self, finding: Finding, document: Document) -> Explanations:
        """Take the explanation of a finding away, if it has one."""
        return self._without(identity_of(finding, document))

    def discard(self, record: Record) -> Explanations:
        """Delete a record, such as a withdrawn one, because a person asked for it."""
        return self._without(record.identity)

    def for_finding(self, finding: Finding, document: Document) -> Explanation | None:
        """Return what was said about a finding with just these numbers, None if nothing was."""
        record = self._by_identity.get(identity_of(finding, document))
        return record.explanation if record else None

    def for_findings(
        self, findings: Iterable[Finding], document: Document
    ) -> tuple[Explanation | None, ...]:
        """Return the explanation of each finding, in their order."""
        if not self.of_report(document):
            return tuple(None for _ in findings)
        return tuple(self.for_finding(finding, document) for finding in findings)

    def of_report(self, document: Document) -> tuple[Record, ...]:
        """Return everything that was said about a report, withdrawn or not."""
        key = (report_of(document), document.year)
        return self._by_report.get(key, ())

    def withdrawn(
        self, findings: Iterable[Finding], document: Document, not_run: Collection[str] = ()
    ) -> tuple[Withdrawn, ...]:
        """Return what was said about a report and does not hold for it now.

        `findings` are all that a check brought, `not_run` the ids of rules that were
        switched off or failed: of their explanations nothing can be said.  What was
        said earlier about a finding that has a new explanation by now is left out.
        """
        present = [(identity_of(finding, document), finding) for finding in findings]
        standing = {identity for identity, _ in present}
        ended = (
            record
            for record in self.of_report(document)
            if record.identity not in standing and record.subject.rule not in not_run
        )
        return tuple(told for record in ended for told in self._told(record, present))

    def merged(self, before: Explanations, theirs: Explanations) -> Explanations:
        """Return `theirs` with what changed from `before` to this.

        So a file that another window has written meanwhile loses nothing: what we
        added or reworded is put in, what we removed is taken out unless they
        reworded it.
        """
        records = dict(theirs._by_identity)
        for identity, record in before._by_identity.items():
            if identity not in self._by_identity and records.get(identity) == record:
                del records[identity]
        for identity, record in self._by_identity.items():
            if before._by_identity.get(identity) != record:
                records[identity] = record
        return replace(theirs, records=tuple(records.values()))

    @cached_property
    def _by_identity(self) -> Mapping[Identity, Record]:
        return {record.identity: record for record in self.records}

    @cached_property
    def _by_report(self) -> Mapping[tuple[str, int | None], tuple[Record, ...]]:
        found: dict[tuple[str, int | None], list[Record]] = {}
        for record in self.records:
            found.setdefault((record.subject.report, record.subject.year), []).append(record)
        return {key: tuple(records) for key, records in found.items()}

    def _without(self, identity: Identity) -> Explanations:
        kept = tuple(record for record in self.records if record.identity != identity)
        return replace(self, records=kept)

    def _told(
        self, record: Record, present: Sequence[tuple[Identity, Finding]]
    ) -> Iterator[Withdrawn]:
        """Yield a record as withdrawn, unless its finding has been explained anew."""
        near = _same_relation(record.subject, present)
        unexplained = [pair for pair in near if pair[0] not in self._by_identity]
        if unexplained:
            identity, finding = unexplained[0]
            differences = tuple(_differences(record.identity.facts, identity.facts))
            yield Withdrawn(record, finding, differences)
        elif not near:
            yield Withdrawn(record)


def _same_relation(
    subject: Subject, present: Sequence[tuple[Identity, Finding]]
) -> list[tuple[Identity, Finding]]:
    """Return the findings about the same relation.

    A rule that lists cells in one finding lists others when one is filled in, so
    where none has the same slots those count that share some, the nearest first.
    """
    same = [pair for pair in present if pair[0].subject == subject]
    if same or not subject.slots:
        return same
    sharing = [
        pair
        for pair in present
        if pair[0].subject.rule == subject.rule and _shared(subject, pair[0].subject)
    ]
    return sorted(sharing, key=lambda pair: -_shared(subject, pair[0].subject))


def _shared(one: Subject, other: Subject) -> float:
    """Return which share of the slots of two findings is common to both."""
    first, second = set(one.slots), set(other.slots)
    return len(first & second) / len(first | second)


def _differences(before: Facts, after: Facts) -> Iterator[tuple[str, str]]:
    """Yield what differs as pairs of old and new text, values first, each pair once."""
    old, new = dict(before.values), dict(after.values)
    pairs = [(old.get(name, ""), new.get(name, "")) for name in sorted({*old, *new})]
    if len(before.cells) == len(after.cells):
        pairs += zip(before.cells, after.cells, strict=True)
    yield from dict.fromkeys(pair for pair in pairs if pair[0] != pair[1])
