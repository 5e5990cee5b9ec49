"""One reached audience from the several records that a platform may have of a creator."""

from __future__ import annotations

import math
from datetime import datetime
from typing import Any

from matcher.records import Shares
from matcher.signals.audience.cells import UNSAID_SAMPLE

HALF_LIFE_DAYS = 365.0
"""A record of a year ago counts half."""
_RANK = {"measured": 3, "declared": 2, "estimated": 1}


def merge_records(records: list[dict[str, Any]], as_of: datetime) -> tuple[dict[tuple[str, str], float], float, str]:
    """
    One audience from several records: (cell → share, people, status).

    Per facet the records of the best status that has it count, weighted by the square root of their sample sizes and
    by their age before `as_of` (a record that names no date is taken as new); the people are those of the largest
    record, the status is the best. Shares that sum to less than 1 stay so: the rest of the audience is not said.
    """
    merged: dict[tuple[str, str], float] = {}
    facets: dict[str, list[tuple[int, float, Shares]]] = {}
    for record in records:
        by_facet: dict[str, Shares] = {}
        for cell in record["cells"] or ():
            by_facet.setdefault(cell["facet"], {})[cell["segment"]] = cell["share"]
        days = max(0.0, (as_of - record["as_of"]).total_seconds() / 86_400) if record["as_of"] else 0.0
        weight = math.sqrt(record["sample_size"] or UNSAID_SAMPLE) * 0.5 ** (days / HALF_LIFE_DAYS)
        for facet, shares in by_facet.items():
            facets.setdefault(facet, []).append((_RANK.get(record["status"], 1), weight, shares))
    for facet, found in facets.items():
        best = max(status for status, _, _ in found)
        counted = [(weight, shares) for status, weight, shares in found if status == best]
        total: Shares = {}
        for weight, shares in counted:
            for segment, share in shares.items():
                total[segment] = total.get(segment, 0.0) + weight * share
        whole = max(sum(weight for weight, _ in counted), sum(total.values()))
        merged |= {(facet, segment): share / whole for segment, share in total.items() if share > 0}
    people = max((float(record["sample_size"] or 0) for record in records), default=0.0)
    best_status: str = max((record["status"] for record in records), key=lambda s: _RANK.get(s, 1), default="absent")
    return merged, people, best_status
