"""Texts that any file can hold, of ours, of Word and of Excel."""

import re

# Control characters except tab and line feed, and halves of a character.  They stand in
# several sets because `re` takes long to compile one set of characters so far apart.
UNWRITABLE = re.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f]|[\\ud800-\\udfff]|[\\ufffe\\uffff]")


def writable(text: str) -> str:
    """Return a text without what no file can hold, its line breaks as line feeds."""
    return UNWRITABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def has_unwritable(text: str, source: str) -> bool:
    """Return whether a text has what no file can hold, except what stands in the source already.

    Some files do hold a control character of the upper range; an edit of what
    stands beside it keeps it, and taking an edit back restores it.
    """
    return not set(UNWRITABLE.findall(text)) <= set(UNWRITABLE.findall(source))
