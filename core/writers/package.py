"""Pack Office files so that the same content always gives the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from xml.sax.saxutils import escape

# The earliest date that a ZIP archive can name: a written file says nothing about when.
_NO_DATE = (1980, 1, 1, 0, 0, 0)
_CORE_PROPERTIES = "docProps/core.xml"
_APPLICATION_PROPERTIES = "docProps/app.xml"

_CORE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    "<cp:coreProperties"
    ' xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
    "<dc:title>{title}</dc:title><dc:creator>{creator}</dc:creator></cp:coreProperties>"
)
_APPLICATION = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
    'extended-properties"><Application>{application}</Application></Properties>'
)


def repacked(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """Return an archive with every part passed through `change`, given its name and content.

    Parts keep their order and lose their dates.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        return packed({name: change(name, source.read(name)) for name in source.namelist()})


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Return an archive with some parts, by name, in their order and without a date."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, _NO_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            target.writestr(entry, content)
    return buffer.getvalue()


def properties(title: str, creator: str, application: str) -> Mapping[str, bytes]:
    """Return the parts with a document's properties: nothing but title, author and program.

    The libraries would write their own names and the time; neither is anybody's business.
    """
    return {
        _CORE_PROPERTIES: _CORE.format(title=escape(title), creator=escape(creator)).encode(),
        _APPLICATION_PROPERTIES: _APPLICATION.format(application=escape(application)).encode(),
    }
