"""What comes in: reading and checking a platform's tables."""

from matcher.catalog.catalog import Catalog
from matcher.catalog.ledger import TableCounts
from matcher.catalog.schema import (
    COLLABORATIONS,
    COMMENTS,
    CREATORS,
    FOLLOWER_HISTORY,
    POST_METRICS,
    POSTS,
)
from matcher.catalog.sources import Source, SourceFile

__all__ = [
    "COLLABORATIONS",
    "COMMENTS",
    "CREATORS",
    "FOLLOWER_HISTORY",
    "POSTS",
    "POST_METRICS",
    "Catalog",
    "Source",
    "SourceFile",
    "TableCounts",
]
