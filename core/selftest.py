"""Try the whole way on bundled files: read, check, correct, save, read again.

It serves frozen programs, where a data file or a library may have been left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from core.edits import Edit
from core.errors import SaveError
from core.export import excel_target, findings_target, word_target, write_all
from core.forms.loader import load_forms
from core.forms.model import Form
from core.resources import SAMPLE, SAMPLES_IN_FORMATS
from core.rules.context import Context, State, Value
from core.rules.model import Outcome
from core.session import Session, open_session

_EDITED = "7654321"


def selftest() -> Iterator[str]:
    """Do it, and return a line for each thing that was done.

    Raises:
        ReportError: Something did not come out as it must.
    """
    for form in load_forms().values():
        yield f"格式 {form.edition} 年版：{_size(form)}"
    session = open_session(SAMPLE)
    result = session.check()
    _require(bool(session.match.tables) and bool(result.findings), "样例没有读出表格或者疑点")
    _require(not result.count(Outcome.FAILED), "有检查规则出错")
    yield f"读取样例：{len(session.match.tables)} 张法定表，{len(session.match.places)} 个单元格"
    yield f"检查样例：{len(result.checks)} 条规则，{len(result.findings)} 处疑点"
    yield from _read_formats(session)
    edited = _edit(session)
    with TemporaryDirectory(prefix="gouji-") as folder:
        yield from _save_and_read(session, edited, Path(folder))
    yield "自检完成"


def _size(form: Form) -> str:
    relations = sum(
        len(table.relations([row.key for row in table.row_specs])) for table in form.tables.values()
    )
    slots = sum(cell.slot is not None for table in form.tables.values() for cell in table.cells)
    return f"{slots} 个单元格，{relations} 条勾稽关系"


def _read_formats(session: Session) -> Iterator[str]:
    """Read the sample in every other format: a parser may be missing, or its process."""
    expected = _slots(session)
    for path in sorted(SAMPLES_IN_FORMATS.iterdir()):
        read = open_session(path)
        _require(_slots(read) == expected, f"{path.name} 读出的数字与样例不同")
        yield f"读取 {path.suffix[1:]}：{len(read.match.places)} 个单元格都一致"


def _slots(session: Session) -> dict[str, str]:
    return {slot: session.text(place.ref) for slot, place in session.match.places.items()}


def _edit(session: Session) -> Value:
    """Change one number of the report."""
    context = session.context()
    values = (context.value(slot) for slot in session.match.places)
    value = next(value for value in values if value.state is State.NUMBER)
    assert value.ref is not None, "a number stands in a cell"
    session.apply(Edit(value.ref, value.text, _EDITED))
    return value


def _save_and_read(session: Session, edited: Value, folder: Path) -> Iterator[str]:
    word = folder / "自检.docx"
    targets = [
        word_target(word),
        excel_target(folder / "自检.xlsx"),
        findings_target(folder / "疑点.xlsx"),
    ]
    write_all(session, session.check(), targets, overwrite=False)
    yield f"保存：{'、'.join(target.path.name for target in targets)}"
    again = open_session(word)
    read = Context(again.document, again.match).value(edited.slot)
    _require(read.text == _EDITED, "改过的数字读回来不对")
    _require(_count(again) == _count(session), "保存的文件检查出的疑点不同")
    yield f"读回 {word.name}：改过的单元格和疑点都一致"


def _count(session: Session) -> list[str]:
    return [finding.message for finding in session.check().findings]


def _require(holds: bool, problem: str) -> None:
    if not holds:
        raise SaveError(f"自检没有通过：{problem}。")
