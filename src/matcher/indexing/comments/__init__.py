"""The comments of a reindex: streamed, laid down on disk as a few numbers each, and read off per creator."""

from matcher.indexing.comments.authors import Salt
from matcher.indexing.comments.figures import CommentFigures, comment_figures, commenter_sketches
from matcher.indexing.comments.spool import Comments, spool_comments
from matcher.indexing.comments.texts import KnownTexts, save_texts

__all__ = [
    "CommentFigures",
    "Comments",
    "KnownTexts",
    "Salt",
    "comment_figures",
    "commenter_sketches",
    "save_texts",
    "spool_comments",
]
