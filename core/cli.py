"""The command line: the same core without a window.

Exit status: 0 done and no finding of severity `error` that is not explained; 1 done,
with such findings; 2 wrong usage; 3 a file could not be read or written.  One JSON value
or the text for people goes to standard output, everything else to standard error.
"""

from __future__ import annotations

import argparse
import inspect
import json
import logging
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.cli_arguments import COMMANDS, UsageError, parse
from core.cli_office import named_office, tell_settings
from core.cli_streams import drop_output, nobody_reads, open_closed_streams, speak_chinese
from core.edit_list import edits_from_json
from core.errors import ReportError, UnreadableFileError
from core.interchange import check_json, tables_json
from core.printout import check_text, rules_text, tables_text
from core.readers import read_bytes
from core.rules.basis import sentence
from core.rules.engine import where
from core.rules.model import CheckResult, Finding, Rule
from core.rules.registry import all_rules
from core.rules.severity import Severity
from core.session import Session, open_session

if TYPE_CHECKING:
    from core.export import Target

__all__ = ["COMMANDS", "main"]

DONE, ERRORS_FOUND, WRONG_USAGE, FILE_FAILED = range(4)

# As many digits as years up to 9999 have.
_LONGEST_EPOCH = 12

_log = logging.getLogger(__name__)


def main(arguments: Sequence[str]) -> int:
    """Run one command and return its exit status."""
    open_closed_streams()
    for stream in (sys.stdout, sys.stderr):
        speak_chinese(stream)
    try:
        status = _run(list(arguments))
        sys.stdout.flush()
    except OSError as error:
        drop_output()
        if nobody_reads(error):
            return DONE
        return _say(f"无法读取文件或者输出结果：{error.strerror}；原文件没有改动。", FILE_FAILED)
    except Exception as error:  # noqa: BLE001 - the last resort, so that no bug looks like status 1
        _log.error("command failed: %s", where(error))
        return _say("程序内部出错，没有做完；原文件没有改动。", FILE_FAILED)
    return status


def _run(arguments: Sequence[str]) -> int:
    try:
        options = parse(arguments)
        return _ACTIONS[options.command](options)
    except SystemExit:
        return DONE
    except UsageError as error:
        return _say(str(error), WRONG_USAGE)
    except ReportError as error:
        return _say(str(error), FILE_FAILED)


def _tables(options: argparse.Namespace) -> int:
    session = _open(options.file)
    if options.json:
        _write_json(tables_json(session.document, session.match, _name(session.path)))
    else:
        _write_lines(tables_text(session.document, session.match))
    return DONE


def _check(options: argparse.Namespace) -> int:
    session = _open(options.file)
    _load_last_year(session, options.last_year)
    session.set_office(named_office(options.settings, options.explanations))
    result = session.check()
    _tell_what_is_set_otherwise(session, result)
    if options.json:
        _write_json(check_json(session.document, session.match, result, _name(session.path)))
    else:
        last_year = session.last_year.document if session.last_year else None
        _write_lines(check_text(session.document, session.match, result, last_year))
    return _status(result)


def _export(options: argparse.Namespace) -> int:
    # Writers take as long to import as a whole check takes to run.
    from core.export import refuse_clashes, write_all

    targets = _targets(options)
    inputs = [path for path in (options.file, options.edits, options.last_year) if path is not None]
    refuse_clashes(inputs, targets, options.overwrite)
    session = _open(options.file)
    _load_last_year(session, options.last_year)
    if options.edits is not None:
        session.apply_all(edits_from_json(read_bytes(options.edits)))
    result = session.check()
    write_all(session, result, targets, options.overwrite)
    _write_lines(f"已写出：{target.path}" for target in targets)
    if errors := _open_errors(result):
        print(f"其中还有强制性错误 {len(errors)} 处，用 check 查看。")
    return _status(result)


def _targets(options: argparse.Namespace) -> list[Target]:
    """Return the files to write.

    Raises:
        UsageError: Two of them are one file.
    """
    from core.export import findings_target, is_same_file, spreadsheet_target, word_target
    from core.reasons import Style
    from core.writers.marking import Mode

    style = Style(Mode(options.mode or Mode.TRACKED), date=_now())
    kinds: tuple[tuple[Path | None, Callable[[Path], Target]], ...] = (
        (options.word, lambda path: word_target(path, style)),
        (options.excel, spreadsheet_target),
        (options.findings, findings_target),
    )
    targets = [kind(path) for path, kind in kinds if path is not None]
    for index, target in enumerate(targets):
        if any(is_same_file(target.path, other.path) for other in targets[:index]):
            raise UsageError(f"“{target.path}”写了不止一次，没有写入任何文件；请各用一个名称。")
    return targets


def _now() -> datetime:
    """Return the time on the wall, or the one that SOURCE_DATE_EPOCH sets so that files repeat."""
    seconds = os.environ.get("SOURCE_DATE_EPOCH", "")
    if seconds.isascii() and seconds.isdecimal() and len(seconds) < _LONGEST_EPOCH:
        return datetime.fromtimestamp(int(seconds), UTC)
    return datetime.now()


def _rules(options: argparse.Namespace) -> int:
    rules = tuple(all_rules().values())
    if options.json:
        _write_json([_rule_json(rule) for rule in rules])
    else:
        _write_lines(rules_text(rules))
    return DONE


def _rule_json(rule: Rule) -> Mapping[str, Any]:
    return {
        "id": rule.id,
        "name": rule.name,
        "title": rule.title,
        "severity": rule.severity.value,
        "basis": sentence(rule.basis, rule.editions[-1]),
        "editions": list(rule.editions),
        "help": inspect.getdoc(rule.check),
    }


def _batch(options: argparse.Namespace) -> int:
    # Other commands need none of it.
    from core.cli_batch import run_batch

    return run_batch(options, _now().date())


def _selftest(_options: argparse.Namespace) -> int:
    from core.selftest import selftest

    _write_lines(selftest())
    return DONE


_ACTIONS: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "tables": _tables,
    "check": _check,
    "export": _export,
    "batch": _batch,
    "rules": _rules,
    "selftest": _selftest,
}


def _open(path: Path) -> Session:
    """Return the report, what should be known about the whole file said on standard error."""
    session = open_session(path)
    for notice in session.source.notices:
        print(notice, file=sys.stderr)
    return session


def _load_last_year(session: Session, path: Path | None) -> None:
    if path is None:
        return
    try:
        last_year = session.load_last_year(path)
    except ReportError as error:
        said = f"上年年报“{_name(path)}”没有载入，没有检查：{error}"
        raise UnreadableFileError(said, error.detail) from error
    for notice in last_year.source.notices if last_year else ():
        print(f"上年年报：{notice}", file=sys.stderr)


def _tell_what_is_set_otherwise(session: Session, result: CheckResult) -> None:
    """Say on standard error what nobody should mistake the result without."""
    office = session.office
    tell_settings(office)
    not_run = [check.rule for check in result.checks if check.switched_off or check.error]
    withdrawn = office.explanations.withdrawn(result.findings, session.document, not_run)
    for one in withdrawn:
        print(one.sentence, file=sys.stderr)


def _name(path: Path) -> str:
    """Return a file's name as text, whatever the locale takes its bytes for."""
    return os.fsencode(path.name).decode("utf-8", "backslashreplace")


def _open_errors(result: CheckResult) -> list[Finding]:
    """Return the errors that nobody has explained."""
    return [f for f in result.of_severity(Severity.ERROR) if f.explanation is None]


def _status(result: CheckResult) -> int:
    return ERRORS_FOUND if _open_errors(result) else DONE


def _say(text: str, status: int) -> int:
    print(text.replace("\n", " "), file=sys.stderr)
    return status


def _write_json(value: object) -> None:
    """Write one JSON value as UTF-8, whatever the locale; what is no text becomes escapes."""
    data = json.dumps(value, ensure_ascii=False, indent=2).encode("utf-8", "backslashreplace")
    sys.stdout.flush()
    sys.stdout.buffer.write(data + b"\n")


def _write_lines(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)
