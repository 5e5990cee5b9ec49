"""Free text to a structured brief: what was understood, from which words, and what was left out."""

from matcher.understanding.conditions import without_conditions
from matcher.understanding.parse import parse_brief
from matcher.understanding.records import LeftOut, Understood, UnderstoodPart

__all__ = ["LeftOut", "Understood", "UnderstoodPart", "parse_brief", "without_conditions"]
