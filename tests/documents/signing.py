"""A Word file with the parts of a digital signature, which is as good as any to be noticed."""

import zipfile
from io import BytesIO

_TYPE = "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin"
_RELATION = f'<Relationship Id="rS" Type="{_TYPE}" Target="_xmlsignatures/origin.sigs"/>'
_END = "</Relationships>"


def signed(data: bytes) -> bytes:
    """Return a package with an origin of signatures in it."""
    buffer = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(data)) as source,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == "_rels/.rels":
                content = content.decode().replace(_END, _RELATION + _END).encode()
            target.writestr(entry, content)
        target.writestr("_xmlsignatures/origin.sigs", b"")
    return buffer.getvalue()
