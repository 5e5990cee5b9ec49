"""Overlap: how many people do several creators reach together, and how many of them are the same?"""

from matcher.signals.overlap.model import expected_reach
from matcher.signals.overlap.reach import Reach
from matcher.signals.overlap.sketches import Sketches, build_sketches, sketched_reach

__all__ = ["Reach", "Sketches", "build_sketches", "expected_reach", "sketched_reach"]
