"""Web pages packed as a browser saves them."""

import quopri
from base64 import encodebytes

_HEAD = (
    "From: <x>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n"
    '\ttype="text/html";\r\n\tboundary="----=_Part"\r\n\r\n------=_Part\r\n'
    "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: {}\r\n\r\n"
)
_PACK = {"quoted-printable": quopri.encodestring, "base64": encodebytes, "8bit": bytes}


def mht_file(page: bytes, encoding: str) -> bytes:
    """Return a page in UTF-8 as an archive; `encoding` is how its bytes are packed."""
    return _HEAD.format(encoding).encode() + _PACK[encoding](page) + b"\r\n------=_Part--\r\n"
