"""How `batch` says what it found: a line of JSON a report, one value, or text for people."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from core.batch_row import Checked, Row
from core.batch_totals import FolderFinding, totals_of

Show = Callable[[Checked], None]


@dataclass(frozen=True)
class Ended:
    """A folder that has been checked."""

    rows: Sequence[Row]
    skipped: int
    together: Sequence[FolderFinding]


def form_of(options: argparse.Namespace) -> tuple[Show, Callable[[Ended], None]]:
    """Return what to call for every file, and at the end."""
    if options.json_lines:
        return _show_line, _tell_together
    if options.json:
        form = _OneValue()
        return form.show, form.finish
    return _show_text, _finish_text


def _show_line(checked: Checked) -> None:
    sys.stdout.buffer.write(checked.line.encode("utf-8", "backslashreplace") + b"\n")
    sys.stdout.buffer.flush()


def _tell_together(ended: Ended) -> None:
    for each in ended.together:
        print(each.message, file=sys.stderr)


class _OneValue:
    """Writes one JSON object piece by piece, so that it is never held as a whole."""

    def __init__(self) -> None:
        self._before = b'{"files": [\n'

    def show(self, checked: Checked) -> None:
        """Write one of the files."""
        line = checked.line.encode("utf-8", "backslashreplace")
        sys.stdout.buffer.write(self._before + line)
        self._before = b",\n"

    def finish(self, ended: Ended) -> None:
        """Write what comes behind the files."""
        rest = {
            "skipped": ended.skipped,
            "totals": totals_of(ended.rows),
            "together": [each.json() for each in ended.together],
        }
        text = json.dumps(rest, ensure_ascii=False).encode("utf-8", "backslashreplace")
        opening = b"" if self._before == b",\n" else self._before
        sys.stdout.buffer.write(opening + b"\n], " + text[1:] + b"\n")


def _show_text(checked: Checked) -> None:
    row = checked.row
    if row.error:
        print(f"{row.file}\n    没有读取：{row.error}", flush=True)
        return
    counts = (f"强制性错误 {row.errors}", f"待核实 {row.warnings}")
    who = f"{row.agency or '机关不详'} {row.year or '年度不详'}"
    rest = f"提示 {row.notes}，未能检查 {row.unchecked}"
    rest += f"，已有说明 {row.explained}" if row.explained else ""
    beside = f"，上年年报 {row.last_year}" if row.last_year else ""
    print(f"{row.file}\n    {who}：{'，'.join(counts)}，{rest}{beside}", flush=True)


def _finish_text(ended: Ended) -> None:
    total = totals_of(ended.rows)
    print()
    for each in ended.together:
        print(f"整体：{each.message}")
    print(
        f"共 {total['files']} 个文件：已检查 {total['read']} 个，"
        f"没有读取 {total['unreadable']} 个；另有 {ended.skipped} 个不是年度报告的文件没有打开"
    )
    print(
        f"有强制性错误的报告 {total['with_errors']} 份；强制性错误 {total['error']} 处，"
        f"待核实 {total['warning']} 处，提示 {total['note']} 处；未能检查 {total['unchecked']} 项"
    )
