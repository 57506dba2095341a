"""Decode the bytes of a page or text file, whatever charset it declares.

Chinese government sites often declare one charset and send another.  UTF-8 and
GB18030 prove themselves by decoding strictly; only Big5 and Shift-JIS, whose
bytes also pass for GB18030, are believed when declared.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from core.errors import UnreadableFileError

MAX_TEXT = 32 * 1024 * 1024

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_\-]+)""", re.IGNORECASE)
_DECLARED_WITHIN = 4096
_BELIEVED = {
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "x-x-big5": "big5hkscs",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
}
# A few broken bytes among thousands of characters are shown as such; more means that this
# is another encoding or no text at all.
_MOST_BROKEN_SHARE = 0.001
_MOST_BROKEN = 50
_REPLACEMENT = "\ufffd"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
_MOST_CONTROL_SHARE = 0.01
_SAMPLE = 200_000
_USUAL = re.compile(r"[\t\n\r -~\xa0\u2000-\u206f\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
_USUAL_SHARE = 0.95

_TOO_LARGE = (
    f"网页或文本文件太大（超过 {MAX_TEXT // 1024**2} MB），没有打开，原文件没有改动。"
    "请只保留年度报告的内容后再试。"
)
_UNDECODABLE = (
    "文件的文字编码无法识别，没有打开，原文件没有改动。"
    "请用 Word 或浏览器打开它，另存为 .docx 或 UTF-8 编码后再试。"
)
_BROKEN_NOTICE = "文件中有 {count} 处字节损坏，显示为“\ufffd”，请与原文核对这些位置。"


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file as text: what it says, in which encoding, and what people must know about it.

    The byte order mark is not part of `text`; nothing else is left out.
    """

    text: str
    encoding: str
    notices: tuple[str, ...] = ()


def decode(data: bytes) -> Decoded:
    """Return the text of a file.

    Tried in this order: byte order mark, UTF-16 that its zero bytes give away,
    strict UTF-8, a declared Big5 or Shift-JIS, strict GB18030, and the nearer of
    UTF-8 and GB18030 with a few broken bytes replaced, which is said in `notices`.

    Raises:
        UnreadableFileError: It is none of these, or larger than 32 MB.
    """
    if len(data) > MAX_TEXT:
        raise UnreadableFileError(_TOO_LARGE, f"{len(data)} bytes")
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding) or _nearly(data[len(mark) :], (encoding,))
    candidates = [_utf16_by_zeros(data), "utf-8", _believed(data), "gb18030"]
    for candidate in filter(None, candidates):
        if decoded := _strictly(data, candidate):
            return decoded
    return _nearly(data, ("utf-8", "gb18030"))


def is_text(text: str) -> bool:
    """Return whether decoded characters are text: next to no control characters in it."""
    sample = text[:_SAMPLE]
    controls = len(_CONTROL.findall(sample)) + sample.count(_REPLACEMENT)
    return controls <= _MOST_CONTROL_SHARE * len(sample)


def _strictly(data: bytes, encoding: str) -> Decoded | None:
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError:
        return None


def _nearly(data: bytes, encodings: tuple[str, ...]) -> Decoded:
    texts = [(data.decode(encoding, "replace"), encoding) for encoding in encodings]
    text, encoding = min(texts, key=lambda pair: pair[0].count(_REPLACEMENT))
    broken = text.count(_REPLACEMENT)
    if broken > _MOST_BROKEN or broken > max(1, _MOST_BROKEN_SHARE * len(text)):
        raise UnreadableFileError(_UNDECODABLE, f"{broken} broken as {encoding}")
    return Decoded(text, encoding, (_BROKEN_NOTICE.format(count=broken),))


def _utf16_by_zeros(data: bytes) -> str | None:
    """Return the byte order of UTF-16 without a mark, None where nothing says that it is that.

    Digits, spaces and line ends have a zero byte; with the bytes of each pair swapped,
    the text is a jumble of many scripts.
    """
    sample = data[:_SAMPLE]
    if len(data) % 2 or sample.count(0) < 0.01 * len(sample):
        return None
    for encoding in ("utf-16-le", "utf-16-be"):
        decoded = _strictly(data, encoding)
        if decoded and _usual_share(decoded.text[:_SAMPLE]) >= _USUAL_SHARE:
            return encoding
    return None


def _usual_share(text: str) -> float:
    return len(_USUAL.findall(text)) / max(len(text), 1)


def _believed(data: bytes) -> str | None:
    found = _DECLARED.search(data[:_DECLARED_WITHIN])
    return _BELIEVED.get(found[1].decode("ascii").lower()) if found else None
