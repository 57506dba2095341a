"""The arguments of the command line, and Chinese sentences for wrong ones."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from core.version import DISPLAY_NAME, NAME, VERSION

COMMANDS = ("tables", "check", "export", "batch", "rules", "selftest")

# What argparse says, by its own wording in Python 3.11 to 3.13.
_SENTENCES = (
    (r"the following arguments are required: (.+)", r"缺少参数：\1"),
    (r"unrecognized arguments: (.+)", r"不认识的参数：\1"),
    (r"argument (.+?): invalid choice: (.+?) \(.*", r"\1 不能是 \2"),
    (r"argument (.+?): expected .*argument.*", r"\1 后面缺少一个值"),
    (r"argument (.+?): ignored explicit argument (.+)", r"\1 后面不能有值 \2"),
    (r"argument (.+?): (.+)", r"\1：\2"),
)
_MOST_JOBS = 64
_BATCH_FILES = {
    "--findings": "疑点清单（.xlsx）",
    "--summary": "汇总表（.xlsx）",
    "--releases": "公开情况（.xlsx）",
}
_BESIDE = {
    "--last-year": "上年的年度报告，用来核对结转等",
    "--settings": "本单位的检查设置（JSON）",
    "--explanations": "出错说明（JSON）",
}


class UsageError(Exception):
    """The command line is not as it should be; the text is the sentence for people."""


class _Formatter(argparse.HelpFormatter):
    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    """Says in Chinese what is wrong, as an exception."""

    def __init__(self, **options: Any) -> None:
        super().__init__(add_help=False, allow_abbrev=False, formatter_class=_Formatter, **options)
        self.shown = self.add_argument_group("参数和选项")
        self.shown.add_argument("-h", "--help", action="help", help="显示这段说明")

    def error(self, message: str) -> NoReturn:
        for pattern, sentence in _SENTENCES:
            if re.fullmatch(pattern, message):
                message = re.sub(pattern, sentence, message)
                break
        raise UsageError(f"{message}；用“{self.prog} --help”查看用法。")


class _Once(argparse.Action):
    """An option that says one thing, and so stands only once."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: str | Sequence[Any] | None,
        option_string: str | None = None,
    ) -> None:
        if getattr(namespace, self.dest) is not None:
            parser.error(f"{option_string} 只能出现一次")
        setattr(namespace, self.dest, values)


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Return the command with its options.

    Raises:
        UsageError: They are wrong.
        SystemExit: Help was asked for and printed.
    """
    options = _parser().parse_args(arguments)
    if options.command == "export":
        _require_sensible_export(options)
    if options.command == "batch":
        _require_sensible_batch(options)
    return options


def _parser() -> _Parser:
    parser = _Parser(prog=NAME, description=f"{DISPLAY_NAME}：校核政府信息公开工作年度报告")
    version = f"{DISPLAY_NAME} {VERSION}"
    parser.shown.add_argument("--version", action="version", version=version, help="显示版本")
    commands = parser.add_subparsers(
        title="命令", dest="command", required=True, metavar="命令", parser_class=_Parser
    )

    def command(name: str, description: str) -> Callable[..., argparse.Action]:
        return commands.add_parser(
            name, help=description, description=description
        ).shown.add_argument

    add = command("tables", "显示读到的章节、表格和单元格")
    add("file", type=Path, metavar="文件", help="年度报告")
    add("--json", action="store_true", help="输出 JSON")
    add = command("check", "检查一份年度报告")
    add("file", type=Path, metavar="文件", help="年度报告")
    add("--json", action="store_true", help="输出 JSON")
    for option, description in _BESIDE.items():
        add(option, type=Path, action=_Once, metavar="文件", help=description)
    _export(command("export", "另存为 Word、Excel，原文件不会被修改"))
    _batch(command("batch", "检查一个文件夹里的全部年度报告，可以汇总"))
    add = command("rules", "列出全部检查规则")
    add("--json", action="store_true", help="输出 JSON")
    command("selftest", "用自带的文件检验程序能否读取、检查和保存")
    return parser


def _export(add: Callable[..., argparse.Action]) -> None:
    add("file", type=Path, metavar="文件", help="年度报告")
    outputs = {
        "--word": "校对后的 Word 文件（.docx）",
        "--excel": "核对表（.xlsx）；原文件是 .xlsx 时为只改动所改单元格的副本",
        "--findings": "疑点清单（.xlsx）",
    }
    for option, description in outputs.items():
        add(option, type=Path, action=_Once, metavar="文件", help=description)
    add("--edits", type=Path, action=_Once, metavar="文件", help="要作的修改（JSON）")
    add(
        "--mode",
        action=_Once,
        choices=("tracked", "clean", "highlighted"),
        help="Word 文件怎样标出改动：tracked（修订，默认）、clean（不标）、highlighted（底色）",
    )
    add("--last-year", type=Path, action=_Once, metavar="文件", help=_BESIDE["--last-year"])
    add("--overwrite", action="store_true", help="可以覆盖已有的文件")


def _batch(add: Callable[..., argparse.Action]) -> None:
    add("folder", type=Path, metavar="文件夹", help="年度报告所在的文件夹，包括子文件夹和 .zip")
    add("--json", action="store_true", help="输出一个 JSON")
    add("--json-lines", action="store_true", help="每份报告输出一行 JSON")
    add("--last-year", type=Path, action=_Once, metavar="文件夹", help="上年的年度报告")
    for option in ("--settings", "--explanations"):
        add(option, type=Path, action=_Once, metavar="文件", help=_BESIDE[option])
    add("--agencies", type=Path, action=_Once, metavar="文件", help="应报送的机关（文本或表格）")
    add("--year", type=_year, action=_Once, metavar="年度", help="要检查的是哪一年度的报告")
    for option, description in _BATCH_FILES.items():
        add(option, type=Path, action=_Once, metavar="文件", help=description)
    add("--feedback", type=Path, action=_Once, metavar="文件夹", help="给每个机关写一份反馈单")
    add("--overwrite", action="store_true", help="可以覆盖已有的文件")
    add("--resume", action="store_true", help="接着上次没有做完的检查")
    add("--jobs", type=_jobs, action=_Once, metavar="个数", help="同时检查几份，结果都一样")
    add(
        "--scheduler",
        action=_Once,
        metavar="地址",
        help="在 Dask 集群上检查，如 tcp://10.0.0.1:8786",
    )


def _year(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) == 4):
        raise argparse.ArgumentTypeError("应当是四位数字，如 2024")
    return int(text)


def _jobs(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and 0 < int(text[:9]) <= _MOST_JOBS):
        raise argparse.ArgumentTypeError(f"应当是 1 到 {_MOST_JOBS} 的整数")
    return int(text)


def _require_sensible_export(options: argparse.Namespace) -> None:
    outputs = [path for path in (options.word, options.excel, options.findings) if path]
    if not outputs:
        raise UsageError("没有说要写出什么：请用 --word、--excel 或者 --findings 指定文件。")


def _require_sensible_batch(options: argparse.Namespace) -> None:
    if options.json and options.json_lines:
        raise UsageError("--json 和 --json-lines 只能选一个；没有读取任何文件。")
    if options.jobs and options.scheduler:
        raise UsageError("--jobs 和 --scheduler 只能选一个；没有读取任何文件。")
