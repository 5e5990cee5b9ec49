"""
Every error that matcher raises on purpose, one family.

    MatcherError
    ├── InputError            a table, a row or a file that cannot be used
    ├── BriefError            a brief that does not say something possible
    ├── UnknownCreator        a creator_id that the snapshot does not hold
    ├── UnknownSaved          a saved brief, a shortlist, a job or a key that is not there
    ├── JobRunning            another job is under way
    ├── StorageError          the service's database cannot be used
    ├── EncoderError
    │   ├── EncoderNotFound   no such model folder or Hub name
    │   └── EncoderDamaged    a model folder with a missing or broken file
    └── SnapshotError
        ├── NoSnapshot        nothing has been published here yet
        ├── SnapshotDamaged   a file is missing, or is not what the manifest says
        ├── SnapshotMismatch  built with another encoder, or by another schema version
        ├── SnapshotLocked    another reindex is running
        └── ProbeFailed       the new snapshot did not answer as it must, and was not published

A message names what was found, what was expected and what to do next.
"""


class MatcherError(Exception):
    """Root of the family: catch this to catch whatever matcher raises on purpose."""

    @property
    def message(self) -> str:
        """What `str` gives, as it was made: a sentence that knows its template still does."""
        return self.args[0] if self.args else ""


class InputError(MatcherError):
    """A table, a row or a file cannot be used."""


class BriefError(MatcherError):
    """A brief has a field that is unknown, of the wrong unit, or impossible."""

    def __init__(self, message: str, errors: tuple[tuple[str, str], ...] = ()) -> None:
        super().__init__(message)
        self.errors = errors
        """Pairs of (place in the brief, what is wrong there)."""


class UnknownCreator(MatcherError):
    """The snapshot holds no creator of this id."""


class UnknownSaved(MatcherError):
    """Nothing saved under this id, or not by who asks."""


class JobRunning(MatcherError):
    """Another job is under way; one runs at a time."""


class StorageError(MatcherError):
    """The service's database cannot be opened, read or written."""


class EncoderError(MatcherError):
    """An encoder cannot be used."""


class EncoderNotFound(EncoderError):
    """No model folder or Hub model of this name."""


class EncoderDamaged(EncoderError):
    """A model folder lacks a file or holds a broken one."""


class SnapshotError(MatcherError):
    """A snapshot cannot be used or made."""


class NoSnapshot(SnapshotError):
    """Nothing has been published in this indexes folder yet."""


class SnapshotDamaged(SnapshotError):
    """A file of the snapshot is missing or is not what the manifest says."""


class SnapshotMismatch(SnapshotError):
    """The snapshot was built with another encoder or by another schema version."""


class SnapshotLocked(SnapshotError):
    """Another reindex holds the lock."""


class ProbeFailed(SnapshotError):
    """The new snapshot did not answer as it must, and was not published."""
