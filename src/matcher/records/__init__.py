"""What travels between the rooms: brief, target audience, shortlist. Frozen, typed, small."""

from matcher.records.audience import (
    AGE_BANDS,
    GENDERS,
    Shares,
    TargetAudience,
    normalised,
)
from matcher.records.brief import Brand, Brief, Conditions, Exclusions, Money
from matcher.records.shortlist import (
    Caution,
    Contribution,
    Entry,
    Evidence,
    FunnelStep,
    Shortlist,
)

__all__ = [
    "AGE_BANDS",
    "GENDERS",
    "Brand",
    "Brief",
    "Caution",
    "Conditions",
    "Contribution",
    "Entry",
    "Evidence",
    "Exclusions",
    "FunnelStep",
    "Money",
    "Shares",
    "Shortlist",
    "TargetAudience",
    "normalised",
]
