"""
The shortlist: the answer to a brief, with reasons that can be checked.

An entry's score is the sum of its contributions; each contribution is a weight times a signal's value in [0, 1].
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from matcher.records.plain import plain
from matcher.records.said import Sentence

if TYPE_CHECKING:
    import pandas as pd

Status = Literal["measured", "estimated", "declared", "absent"]
"""Where a value came from; an absent one took the prior of like creators."""


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one signal adds to a score: `contribution` = `weight` × `value`."""

    signal: str
    value: float
    weight: float
    contribution: float
    percentile: float
    """
    Share of like creators (platform × tier × market × language) that this value is above, 0 to 1.

    Of engagement it is the place of the rate itself; `value` counts it only as far as it is relevant and believed.
    """
    status: Status
    note: Sentence
    interval: tuple[float, float] | None = None
    """90 % interval of `value`, for the signals that can say it."""
    figures: dict[str, float] | None = None
    """Figures that belong to the value; of the audience `target_share` and `coverage`."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A post that shows why."""

    post_id: str
    similarity: float
    text: str
    language: str | None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Caution:
    """Something to look at before writing to this creator."""

    code: str
    detail: Sentence
    post_ids: tuple[str, ...] = ()
    """Posts that show it, the newest first; empty where it is not a matter of posts."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One ranked creator."""

    rank: int
    creator_id: str
    display_name: str | None
    score: float
    contributions: tuple[Contribution, ...]
    evidence: tuple[Evidence, ...]
    cautions: tuple[Caution, ...]
    handle: str | None = None
    platforms: tuple[str, ...] = ()
    followers: int | None = None
    country: str | None = None
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FunnelStep:
    """How many creators were left after a step."""

    step: str
    creators: int


@dataclass(frozen=True, slots=True)
class Shortlist:
    """The ranked creators for one brief on one snapshot."""

    brief_id: str
    snapshot_id: str
    method_version: str
    created_at: str
    entries: tuple[Entry, ...]
    funnel: tuple[FunnelStep, ...]
    warnings: tuple[Sentence, ...] = field(default=())

    def to_dict(self) -> dict[str, Any]:
        """Plain dicts and lists in the shape of the contract."""
        found: dict[str, Any] = plain(self)
        return found

    def to_json(self, indent: int | None = None) -> str:
        """JSON text, keys in the order of the contract, UTF-8 unescaped."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=indent, allow_nan=False)

    def to_pandas(self) -> pd.DataFrame:
        """One row per entry: rank, creator, score, and value and contribution of every signal."""
        import pandas as pd

        return pd.DataFrame([flat_row(entry) for entry in self.entries])

    def __len__(self) -> int:
        return len(self.entries)


def flat_row(entry: Entry) -> dict[str, Any]:
    """An entry as one flat row of plain values, for tables and CSV."""
    row: dict[str, Any] = {
        "rank": entry.rank,
        "creator_id": entry.creator_id,
        "display_name": entry.display_name,
        "handle": entry.handle,
        "platforms": ";".join(entry.platforms),
        "followers": entry.followers,
        "country": entry.country,
        "languages": ";".join(entry.languages),
        "score": entry.score,
    }
    for part in entry.contributions:
        row |= {
            f"{part.signal}_value": part.value,
            f"{part.signal}_contribution": part.contribution,
            f"{part.signal}_percentile": part.percentile,
            f"{part.signal}_status": part.status,
        }
    row["evidence_post_ids"] = ";".join(item.post_id for item in entry.evidence)
    row["cautions"] = ";".join(item.code for item in entry.cautions)
    return row
