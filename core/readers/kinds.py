"""The formats that reports come in."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """A format that a reader is there for."""

    DOCX = "docx"
    DOC = "doc"
    HTML = "html"
    MHT = "mht"
    ODT = "odt"
    PDF = "pdf"
    TEXT = "text"
    XLS = "xls"
    XLSX = "xlsx"
