"""The read path: matcher, ranker, explanation, evaluation."""

from matcher.matching.matcher import Matcher, as_brief

__all__ = ["Matcher", "as_brief"]
