"""Read a web page that was saved as a single file (.mht, .mhtml): bytes in, `Document` out.

Only the page itself is read.  Its pictures and styles are never looked at, and nothing
is fetched.
"""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from dataclasses import replace
from email.message import Message

from core.document import Document
from core.errors import UnreadableFileError
from core.progress import Progress, silent
from core.readers.html import read_html

_MOST_PARTS = 2_000
# A mark stands before each part; the parser takes a tenth of a millisecond for any of them.
_MOST_MARKS = 20_000
_NO_PAGE = (
    "这个单个文件网页（.mht）里没有网页内容，没有打开，原文件没有改动。"
    "请用浏览器打开它，另存为“网页，仅 HTML”后再试。"
)

_TOO_DEEP = (
    "这个单个文件网页（.mht）的内容太多或一层套一层，可能有害，没有打开，原文件没有改动。"
    "请用浏览器打开它，另存为“网页，仅 HTML”后再试。"
)


def read_mht(data: bytes, name: str, progress: Progress = silent) -> Document:
    """Return the prose and tables of the page in a MIME archive.

    Its bytes are decoded as those of any page are: what the archive says of their
    charset is wrong too often.

    Raises:
        UnreadableFileError: There is no page in it; or see `read_html`.
        Cancelled: `progress` asked to stop.
    """
    if data.count(b"\n--") > _MOST_MARKS:
        raise UnreadableFileError(_TOO_DEEP, "too many parts")
    try:
        message = email.message_from_bytes(data, policy=email.policy.compat32)
    except RecursionError as error:
        raise UnreadableFileError(_TOO_DEEP, "nested archives") from error
    page = _page(message)
    if page is None:
        raise UnreadableFileError(_NO_PAGE, "no text/html part")
    return replace(read_html(page, name, progress), format="mht")


def _page(message: Message) -> bytes | None:
    """Return the page that the archive was made for; of a page of frames, the longest frame."""
    pages = [
        (_identifier(part.get("Content-ID")), content)
        for part in _parts(message)
        if part.get_content_type() == "text/html" and (content := _content(part))
    ]
    if not pages:
        return None
    start = _identifier(message.get_param("start"))
    chosen = next((content for name, content in pages if start and name == start), pages[0][1])
    is_frames = b"<frameset" in chosen.lower()
    return max((content for _, content in pages), key=len) if is_frames else chosen


def _identifier(said: object) -> str:
    return str(said or "").strip("<> \r\n\t")


def _parts(message: Message) -> Iterator[Message]:
    for count, part in enumerate(message.walk()):
        if count > _MOST_PARTS:
            return
        if not part.is_multipart():
            yield part


def _content(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""
