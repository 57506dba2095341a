"""What is said before and after saving: about the file that was opened, and the one written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from core.resources import SAMPLE
from core.untitled import is_untitled
from core.writers.marking import Mode
from gui.save_mode import about_style
from gui.saving import Output, Saved
from gui.untitled import proposed_for

if TYPE_CHECKING:
    from core.session import Session

# What a format is called; see `core.document.Document.format`.
_FORMATS = {
    "doc": "旧版 Word 文档（.doc、.wps）",
    "html": "网页",
    "mht": "网页",
    "odt": "ODT 文档",
    "pdf": "PDF",
    "text": "文本",
    "xls": "旧版 Excel 表格（.xls、.et）",
    "xlsx": "Excel 表格",
}
_MODES_AS_CHOSEN = {
    Mode.TRACKED: "改动以修订标出，可以在 Word 或 WPS 中接受或拒绝",
    Mode.CLEAN: "文件里不留修改痕迹",
    Mode.HIGHLIGHTED: "改过的地方加底色，尚有疑点的地方加批注",
}


def has_modes(session: Session | None) -> bool:
    """Return whether a saved Word file can show what was changed: only a Word source's copy can."""
    if session is None:
        return True
    return session.source.format == "docx" and not is_untitled(session.path)


def about_mode(session: Session | None, mode: Mode) -> str:
    """Return what a mode does, or why it cannot be had for this report."""
    if session is None or has_modes(session):
        return _MODES_AS_CHOSEN[mode]
    if is_untitled(session.path):
        return "这份报告还没有存成文件，没有可以对照的原文，保存时不留痕迹"
    return f"原文件是{format_word(session)}，保存的是新的 Word 文件，没有修订可以标出"


def about_saving(session: Session | None) -> str:
    """Return what saving as Word does."""
    if session is not None and is_untitled(session.path):
        return "保存为 Word 文件"
    return "保存为新的 Word 文件，原文件不会被修改"


def format_word(session: Session) -> str:
    """Return what the format of the file that was opened is called."""
    word = _FORMATS.get(session.source.format, "其他格式")
    return f" {word}" if word[0].isascii() else word


def remark_before(session: Session) -> str:
    """Return what to say once before a report is saved as Word, "" for a Word file."""
    if session.source.format == "docx" or is_untitled(session.path):
        return ""
    return f"原文件是{format_word(session)}，将保存为新的 Word 文件，原文件不会被修改。"


def title_of_saving(session: Session, output: Output) -> str:
    """Return the title of the dialog that asks where."""
    if output is Output.WORD and remark_before(session):
        return "保存为新的 Word 文件"
    return f"保存 {output.word}"


def proposed_name(session: Session, output: Output) -> Path:
    """Return a free path to propose: beside the source, or among the user's documents."""
    from core.storage import free_path, proposed_path

    source = session.path
    if is_untitled(source):
        place = proposed_for(source, session.document.title)
        return free_path(place) if output is Output.WORD else _labelled(place, output)
    if source == SAMPLE:
        # The bundled sample's folder is not the user's.
        source = Path.home() / source.name
    return proposed_path(source, output.suffix, output.label)


def _labelled(place: Path, output: Output) -> Path:
    from core.storage import proposed_path

    return proposed_path(place, output.suffix, output.label)


def short_notice(saved: Saved) -> str:
    """Return what the status bar says after a save."""
    if is_untitled(saved.session.path):
        return f"已保存“{saved.path.name}”"
    return f"已保存“{saved.path.name}”，原文件没有改动"


def notice(saved: Saved) -> str:
    """Return what is said of a file that was written."""
    sentence = f"已保存为“{saved.path.name}”，在文件夹“{saved.path.parent}”中。"
    is_marked = saved.output is Output.WORD and has_modes(saved.session)
    if is_marked and saved.session.is_changed:
        sentence += about_style(saved.wish.style)
    if count := len(saved.wish.left_out):
        sentence += f"按您的选择，有 {count} 处修改没有写入这个文件。"
    return "\n".join((sentence, *saved.notices))
