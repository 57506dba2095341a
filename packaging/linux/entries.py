"""What desktops read about the program: entry, icons, the paper of UOS, appstream data.

    python packaging/linux/entries.py FOLDER

writes into FOLDER the tree that stands in the package below /opt/apps/<id>
(`info` and `entries`), and `metainfo.xml`.  Needs Qt, which draws the icons.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from xml.sax.saxutils import escape

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from core.version import APPLICATION_ID, DISPLAY_NAME, NAME, VERSION

ROOT = Path(__file__).resolve().parents[2]

# What "open with" offers us for.  A kind has several names: shared-mime-info
# calls .wps a file of Works, WPS Office brings names of its own.
FORMATS = {
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document",),
    "doc": ("application/msword",),
    "wps": ("application/vnd.ms-works", "application/wps-office.wps", "application/kswps"),
    "pdf": ("application/pdf",),
    "html": ("text/html",),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",),
}
ICON_SIDES = (16, 24, 32, 48, 64, 96, 128, 256, 512)

FILES = f"/opt/apps/{APPLICATION_ID}/files"
SUMMARY = "核对政府信息公开工作年度报告"
SUMMARY_IN_ENGLISH = "Check annual reports on government information disclosure"
DESCRIPTION = (
    "打开一份政府信息公开工作年度报告，逐项核对其中的法定表格，指出每一处互相矛盾的地方并给出算式；"
    "改正后保存为 Word 和 Excel。完全离线运行，打开的原文件永远不会被写入。"
)


def mime_types() -> list[str]:
    """Return the types of all formats."""
    return [name for names in FORMATS.values() for name in names]


def desktop_entry() -> str:
    """Return the entry.

    It claims no file type as its own: which program opens a file by double
    click is decided in mimeapps.list, and nothing is written there.  Where that
    says nothing, the entry's name and its preference are the last of all.
    """
    lines = {
        "Type": "Application",
        "Version": "1.4",
        "Name": NAME,
        "Name[zh_CN]": DISPLAY_NAME,
        "GenericName": "Report checker",
        "GenericName[zh_CN]": "年报核对",
        "Comment": SUMMARY_IN_ENGLISH,
        "Comment[zh_CN]": SUMMARY,
        "Exec": f"{FILES}/{NAME} %F",
        "TryExec": f"{FILES}/{NAME}",
        "Icon": APPLICATION_ID,
        "Terminal": "false",
        "StartupNotify": "true",
        "StartupWMClass": NAME,
        "Categories": "Office;",
        "Keywords": "report;check;",
        "Keywords[zh_CN]": "年报;政府信息公开;核对;勾稽;",
        "MimeType": "".join(f"{name};" for name in mime_types()),
        # KDE asks for this where nothing else decides: everybody comes before us.
        "InitialPreference": "0",
    }
    return "\n".join(["[Desktop Entry]", *(f"{key}={value}" for key, value in lines.items()), ""])


def info() -> str:
    """Return the paper that UOS keeps of an application."""
    permissions = (
        "autostart notification trayicon clipboard account bluetooth camera audio_record "
        "installed_apps"
    )
    paper = {
        "appid": APPLICATION_ID,
        "name": DISPLAY_NAME,
        "version": VERSION,
        "arch": ["amd64"],
        "permissions": {name: name == "clipboard" for name in permissions.split()},
    }
    return json.dumps(paper, ensure_ascii=False, indent=4) + "\n"


def metainfo(day: str) -> str:
    """Return the appstream data, for a release of some day."""
    provided = "\n".join(f"    <mediatype>{name}</mediatype>" for name in mime_types())
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<component type="desktop-application">
  <id>{APPLICATION_ID}</id>
  <metadata_license>CC0-1.0</metadata_license>
  <project_license>MIT</project_license>
  <name>{NAME}</name>
  <name xml:lang="zh-CN">{DISPLAY_NAME}</name>
  <summary>{SUMMARY_IN_ENGLISH}</summary>
  <summary xml:lang="zh-CN">{SUMMARY}</summary>
  <description>
    <p>Opens an annual report on government information disclosure, checks its statutory
      tables and shows every contradiction with its equation. Works offline, and never
      writes into the file that it has opened.</p>
    <p xml:lang="zh-CN">{escape(DESCRIPTION)}</p>
  </description>
  <developer id="{APPLICATION_ID.rpartition(".")[0]}">
    <name>{NAME}</name>
  </developer>
  <launchable type="desktop-id">{APPLICATION_ID}.desktop</launchable>
  <icon type="stock">{APPLICATION_ID}</icon>
  <categories>
    <category>Office</category>
  </categories>
  <provides>
    <binary>{NAME}</binary>
{provided}
  </provides>
  <content_rating type="oars-1.1"/>
  <releases>
    <release version="{VERSION}" date="{day}"/>
  </releases>
</component>
"""


def draw_icons(folder: Path) -> None:
    """Draw the icon in every size, below `folder` as in a theme of icons."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QGuiApplication, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    application = QGuiApplication.instance() or QGuiApplication([])
    drawing = ROOT / "resources" / "icons" / f"{NAME}.svg"
    renderer = QSvgRenderer(str(drawing))
    for side in ICON_SIDES:
        image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(0)
        painter = QPainter(image)
        renderer.render(painter)
        painter.end()
        target = folder / "hicolor" / f"{side}x{side}" / "apps" / f"{APPLICATION_ID}.png"
        target.parent.mkdir(parents=True, exist_ok=True)
        image.save(str(target))
    vector = folder / "hicolor" / "scalable" / "apps" / f"{APPLICATION_ID}.svg"
    vector.parent.mkdir(parents=True, exist_ok=True)
    vector.write_bytes(drawing.read_bytes())
    del application


def main(folder: Path, day: str) -> None:
    """Write everything."""
    entry = folder / "entries" / "applications" / f"{APPLICATION_ID}.desktop"
    entry.parent.mkdir(parents=True, exist_ok=True)
    entry.write_text(desktop_entry(), encoding="utf-8")
    (folder / "info").write_text(info(), encoding="utf-8")
    (folder / "metainfo.xml").write_text(metainfo(day), encoding="utf-8")
    draw_icons(folder / "entries" / "icons")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
