"""The write path: reindex, the only writer of snapshots."""

from matcher.indexing.progress import Progress
from matcher.indexing.reindex import reindex, run
from matcher.indexing.settings import ReindexSettings, Summary

__all__ = ["Progress", "ReindexSettings", "Summary", "reindex", "run"]
