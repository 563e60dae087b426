"""What can go wrong between an article and the index on disk.

- IndexerError: base of all that this package raises; its message says what to do
  - IndexMissing: there is no index yet
  - IndexMismatch: the index was written by another format or another analysis
  - IndexDamaged: files of the index are missing or cannot be read
  - IndexForbidden: files of the index may not be read by this user
  - AnotherWriter: another build or sync is running
  - HelperEnded: a process that writes segments for another is no more
  - VerificationFailed: a new generation is not what it should be, and was not put live
"""


class IndexerError(Exception):
    """Base of the errors of this package."""


class IndexMissing(IndexerError):
    """No generation is live."""


class IndexMismatch(IndexerError):
    """The index cannot be read by this version of Karjera."""


class IndexDamaged(IndexerError):
    """Files of the index are missing or unreadable."""


class IndexForbidden(IndexerError):
    """The index is somebody else's."""

    def __init__(self, error: PermissionError) -> None:
        file = error.filename or "the index"
        super().__init__(
            f"this user may not read {file} ({error.strerror}). Run the command as the user that owns the index."
        )


class AnotherWriter(IndexerError):
    """The index is being written by another process."""


class HelperEnded(IndexerError):
    """A process that helps another has ended before it had done its task."""

    def __init__(self, status: int) -> None:
        """`status` as of subprocess: an exit status, or a signal's number below 0."""
        how = f"by signal {-status}" if status < 0 else f"with status {status}"
        super().__init__(
            f"a process that writes segments has ended {how}, perhaps for want of memory; nothing was changed."
        )
        self.status = status

    def __reduce__(self) -> tuple[type["HelperEnded"], tuple[int]]:
        return type(self), (self.status,)


class VerificationFailed(IndexerError):
    """A generation did not pass its verification."""
