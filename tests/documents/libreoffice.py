"""LibreOffice as the second opinion: many files in one start, in a profile of its own."""

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

ACCEPT, REJECT = "AcceptAllTrackedChanges", "RejectAllTrackedChanges"
PROGRAM = shutil.which("soffice")

_LONGEST = 600  # seconds
_OPEN = '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE {0}:{1} PUBLIC "{2}" "{1}.dtd">\n'
_DTD = "-//OpenOffice.org//DTD OfficeDocument 1.0//EN"
_SPACE = 'xmlns:library="http://openoffice.org/2000/library"'
_LIBRARY = 'library:name="Standard" library:readonly="false" library:passwordprotected="false"'
_MODULE = """<script:module xmlns:script="http://openoffice.org/2000/script"
 script:name="Module1" script:language="StarBasic">
Sub Decide(folder As String, count As String, command As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  Dim filter(0) As New com.sun.star.beans.PropertyValue
  filter(0).Name = "FilterName"
  filter(0).Value = "MS Word 2007 XML"
  dispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
  On Error GoTo Further
  For number = 0 To CInt(count) - 1
    document = StarDesktop.loadComponentFromURL(folder &amp; "/" &amp; number &amp; ".docx", _
      "_blank", 0, hidden())
    frame = document.CurrentController.Frame
    dispatcher.executeDispatch(frame, ".uno:" &amp; command, "", 0, Array())
    document.storeToURL(folder &amp; "/decided" &amp; number &amp; ".docx", filter())
    document.close(True)
Further:
  Next
End Sub
</script:module>
"""


class Office:
    """LibreOffice without a window; it works in a folder that is its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        self._start = [PROGRAM or "", profile, "--headless", "--norestore"]
        self._runs = 0
        self._has_macro = False

    def converted(self, files: Sequence[Path], target: str) -> list[Path]:
        """Convert files of different names; what could not be converted does not exist."""
        folder = self._work()
        command = [*self._start, "--convert-to", target, "--outdir", str(folder)]
        self._run([*command, *map(str, files)])
        return [folder / f"{each.stem}.{target.partition(':')[0]}" for each in files]

    def decided(self, files: Sequence[bytes], command: str) -> list[bytes | None]:
        """Run a command of the menus on files; None for one that was not written."""
        self._make_macro()
        folder = self._work()
        for number, data in enumerate(files):
            (folder / f"{number}.docx").write_bytes(data)
        call = f'Decide("{folder.as_uri()}","{len(files)}","{command}")'
        self._run([*self._start, f"macro:///Standard.Module1.{call}"])
        made = [folder / f"decided{number}.docx" for number in range(len(files))]
        return [each.read_bytes() if each.exists() else None for each in made]

    def _work(self) -> Path:
        self._runs += 1
        folder = self._folder / str(self._runs)
        folder.mkdir()
        return folder

    def _run(self, command: Sequence[str]) -> None:
        subprocess.run(command, check=True, capture_output=True, timeout=_LONGEST)

    def _make_macro(self) -> None:
        if self._has_macro:
            return
        self._has_macro = True
        # The first start makes the profile, and would put its own macros over ours.
        (self._folder / "a.txt").write_text("a", "utf-8")
        self.converted([self._folder / "a.txt"], "pdf")
        standard = self._folder / "profile" / "user" / "basic" / "Standard"
        standard.mkdir(parents=True, exist_ok=True)
        element = '<library:element library:name="Module1"/>'
        library = f"<library:library {_SPACE} {_LIBRARY}>{element}</library:library>"
        head = _OPEN.format("library", "library", _DTD)
        (standard / "script.xlb").write_text(head + library, "utf-8")
        head = _OPEN.format("script", "module", _DTD)
        (standard / "Module1.xba").write_text(head + _MODULE, "utf-8")
