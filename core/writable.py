"""Texts that any file can hold, of ours, of Word and of Excel."""

import re

# Control characters except tab and line feed, and halves of a character.
UNWRITABLE = re.compile("[^\t\n\u0020-\u007e\u00a0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def writable(text: str) -> str:
    """Return a text without what no file can hold, its line breaks as line feeds."""
    return UNWRITABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
