"""Exceptions whose text may be shown to people: one clear Chinese sentence each.

The sentence says what happened, what is safe and what to do.  Anything that is
not a `ReportError` is a bug and is never shown as a message.
"""


class ReportError(Exception):
    """Something a person can understand and act on.

    `str(error)` is the sentence; `detail` is for the log and never shown alone.
    """

    def __init__(self, message: str, detail: str = "") -> None:
        super().__init__(message)
        self.detail = detail


class UnreadableFileError(ReportError):
    """The file is missing, broken, encrypted, too large or of an unknown format."""


class NotAReportError(ReportError):
    """The file was read, but it holds neither a statutory table nor a section heading."""


class EditError(ReportError):
    """An edit does not fit the document, because its `before` is not what stands there."""


class SaveError(ReportError):
    """A file could not be written or read back; whatever stood there still does."""


class ChangedOnDiskError(SaveError):
    """Another program has changed the file that was to be replaced; it was left as it is."""


class Cancelled(Exception):  # noqa: N818 - a wish of the user's, not an error
    """Long work stopped on request."""
