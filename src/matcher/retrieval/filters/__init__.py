"""
Filters: every `must` and `must_not` of a brief as a bitmap over creators, before anything is ranked.

A condition on something that is not known of a creator is not met. Each step is counted for the funnel, and kept, so
that `explain` can say which step took a creator out.
"""

from matcher.retrieval.filters.bitmaps import Bitmap, among, mentioning
from matcher.retrieval.filters.conditions import conditions, counted_accounts, known
from matcher.retrieval.filters.exclusions import brand_key, partners, worked_with
from matcher.retrieval.filters.funnel import WANTED_PLATFORMS, Filtered, apply_filters
from matcher.retrieval.filters.platforms import platforms_here

__all__ = [
    "WANTED_PLATFORMS",
    "Bitmap",
    "Filtered",
    "among",
    "apply_filters",
    "brand_key",
    "conditions",
    "counted_accounts",
    "known",
    "mentioning",
    "partners",
    "platforms_here",
    "worked_with",
]
