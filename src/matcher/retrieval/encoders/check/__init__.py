"""A small built-in check of any encoder: quality in four languages on sentences of our own, and speed."""

from matcher.retrieval.encoders.check.figures import EncoderCheck, LanguageFigures
from matcher.retrieval.encoders.check.run import check_encoder

__all__ = ["EncoderCheck", "LanguageFigures", "check_encoder"]
