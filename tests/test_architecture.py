"""The walls of the house: what may import what, and who may write files."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
OWN_FILES = sorted(
    [*(ROOT / "core").rglob("*.py"), *(ROOT / "gui").rglob("*.py"), ROOT / "main.py"]
)
STORAGE = ROOT / "core" / "storage.py"

NETWORK = {"aiohttp", "ftplib", "http", "httpx", "requests", "smtplib", "socket", "ssl", "urllib3"}
VAGUE_NAMES = {"common", "handlers", "helpers", "manager", "misc", "utils"}
WRITING_CALLS = {
    "mkstemp",
    "NamedTemporaryFile",
    "QSaveFile",
    "TemporaryFile",
    "write_bytes",
    "write_text",
}
BUFFERS = {"BytesIO", "QBuffer"}
# What has a `save` that takes a path; our own `save` functions do not count.
SAVERS = {"Document", "QImage", "QPixmap", "Workbook", "grab", "load_workbook"}


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def module_name(path: Path) -> str:
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    return name.removesuffix(".__init__")


def imported_modules(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def called_name(call: ast.Call) -> str:
    """Return the last part of what is called: `open` of `path.open(...)`."""
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def open_mode(call: ast.Call) -> str:
    """Return the mode of an `open`, "?" where it is not a literal.

    It is the second argument of the built-in and of io.open, the first of a
    path's method.
    """
    for keyword in call.keywords:
        if keyword.arg == "mode":
            return _literal(keyword.value)
    of_path = isinstance(call.func, ast.Attribute) and not (
        isinstance(call.func.value, ast.Name) and call.func.value.id in {"io", "os", "zipfile"}
    )
    arguments = call.args if of_path else call.args[1:]
    return _literal(arguments[0]) if arguments else "r"


def _literal(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else "?"


def bound_names(tree: ast.AST, types: set[str]) -> set[str]:
    """Return the names that stand for a `types`: assigned, opened or annotated so."""
    return {
        target.id if isinstance(target, ast.Name) else target.arg
        for target, value in bindings(tree)
        if isinstance(target, (ast.Name, ast.arg)) and type_name(value) in types
    }


def bindings(tree: ast.AST) -> Iterator[tuple[ast.AST, ast.AST | None]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            yield from ((target, node.value) for target in node.targets)
        elif isinstance(node, ast.AnnAssign):
            yield node.target, node.value
            yield node.target, node.annotation
        elif isinstance(node, ast.NamedExpr):
            yield node.target, node.value
        elif isinstance(node, ast.withitem) and node.optional_vars:
            yield node.optional_vars, node.context_expr
        elif isinstance(node, ast.arg):
            yield node, node.annotation


def type_name(node: ast.AST | None) -> str:
    """Return `Workbook` for Workbook(), openpyxl.Workbook() and the annotations."""
    if isinstance(node, ast.Call):
        return called_name(node)
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def is_one_of(node: ast.expr, names: set[str], types: set[str]) -> bool:
    if isinstance(node, ast.Name):
        return node.id in names
    return type_name(node) in types


def writes(tree: ast.AST) -> Iterator[ast.Call]:
    """Return the calls that can put bytes into a file.

    A workbook may be saved, and an archive opened, in memory: the bytes are
    then handed to storage.
    """
    buffers, savers = bound_names(tree, BUFFERS), bound_names(tree, SAVERS)

    def opens(call: ast.Call) -> bool:
        name = called_name(call)
        if name == "open":
            return bool(set(open_mode(call)) & set("wax+"))
        if name == "ZipFile":
            return bool(set(open_mode(call)) & set("wax")) and not in_memory(call)
        return name in WRITING_CALLS or (saves(call) and not in_memory(call))

    def saves(call: ast.Call) -> bool:
        function = call.func
        return (
            isinstance(function, ast.Attribute)
            and function.attr == "save"
            and is_one_of(function.value, savers, SAVERS)
        )

    def in_memory(call: ast.Call) -> bool:
        return bool(call.args) and is_one_of(call.args[0], buffers, BUFFERS)

    return (node for node in ast.walk(tree) if isinstance(node, ast.Call) and opens(node))


def test_core_imports_without_qt() -> None:
    modules = [module_name(path) for path in OWN_FILES if relative(path).startswith("core/")]
    script = (
        "import importlib, sys\n"
        "sys.modules.update(dict.fromkeys(['PySide6', 'shiboken6', 'gui', 'main']))\n"
        "for name in sys.argv[1:]: importlib.import_module(name)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *modules], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("path", OWN_FILES, ids=relative)
def test_only_storage_writes_files(path: Path) -> None:
    if path == STORAGE:
        return
    lines = [call.lineno for call in writes(ast.parse(path.read_bytes()))]
    assert not lines, f"{relative(path)} opens a file for writing; core/storage.py does that"


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("open(p, 'w')", True),
        ("open(p, mode='ab')", True),
        ("p.open('x')", True),
        ("p.write_text(t)", True),
        ("book = openpyxl.Workbook()\nbook.save(path)", True),
        ("def f(book: Workbook): book.save(path)", True),
        ("widget.grab().save(path)", True),
        ("zipfile.ZipFile(p, 'w')", True),
        ("open(p)", False),
        ("p.open('rb')", False),
        ("p.open()", False),
        ("book = Workbook()\nb = io.BytesIO()\nbook.save(b)", False),
        ("session.save(path)", False),
        ("with BytesIO() as b:\n    ZipFile(b, 'w')", False),
        ("ZipFile(p)", False),
        ("painter.save()", False),
    ],
)
def test_a_writing_call_is_recognised(source: str, found: bool) -> None:
    assert bool(list(writes(ast.parse(source)))) is found


@pytest.mark.parametrize("path", OWN_FILES, ids=relative)
def test_nothing_reaches_for_the_network(path: Path) -> None:
    modules = set(imported_modules(ast.parse(path.read_bytes())))
    reached = {
        name
        for name in modules
        if name.partition(".")[0] in NETWORK
        or name.startswith(("urllib.request", "PySide6.QtNetwork"))
    }
    assert not reached


@pytest.mark.parametrize("path", OWN_FILES, ids=relative)
def test_a_file_is_named_for_what_it_does(path: Path) -> None:
    assert path.stem not in VAGUE_NAMES
