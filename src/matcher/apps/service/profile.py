"""The profile of one creator: what its tables said, and what the index found out."""

from typing import Any

import numpy as np

from matcher.apps.service.profile_records import AudienceRecord, Contact, CreatorProfile, EngagementPart, EngagementRate
from matcher.matching.entries import cautions_of
from matcher.matching.forecasts import forecasts_of
from matcher.records import Shares
from matcher.records.shortlist import Status
from matcher.retrieval.index import Index
from matcher.signals.authenticity.words import authenticity_of
from matcher.snapshot import NEVER, STATUSES

FACETS = ("age", "gender", "country", "city", "language", "interest")


def creator_profile(index: Index, creator_id: str, with_contacts: bool = False) -> CreatorProfile:
    """The profile of a creator; raises UnknownCreator when the snapshot does not hold it."""
    row = index.creator_row(creator_id)
    said = index.creator_table.slice(row, 1).drop_columns(["contacts"]).to_pylist()[0]
    columns, names = index.creators, index.vocabularies
    last = int(columns.last_post_at[row])
    return CreatorProfile(
        snapshot_id=index.manifest.snapshot_id,
        creator_id=creator_id,
        **{name: said[name] for name in ("display_name", "bio", "country", "city", "account_kind")},
        **{name: said[name] or [] for name in ("accounts", "categories", "prices")},
        tier=names.name("tiers", int(columns.tier[row])),
        market=names.name("countries", int(columns.market[row])),
        market_status=_status(columns.market_status[row]),
        languages=index.languages(row),
        languages_status=_status(columns.languages_status[row]),
        audience=[_audience(record) for record in said["audience"] or []],
        posts=int(columns.post_start[row + 1] - columns.post_start[row]),
        last_post_at=None if last == NEVER else f"{np.datetime64(last, 's')}Z",
        engagement_rate=_engagement_rate(index, row),
        credibility=_known(columns.credibility[row]),
        credibility_status=_status(columns.credibility_status[row]),
        authenticity=authenticity_of(columns, row),
        sponsored_share=_known(columns.sponsored_share[row]),
        forecasts=list(forecasts_of(index, row)),
        cautions=list(cautions_of(index, [row])[0]),
        contacts=_contacts(index, row) if with_contacts else None,
    )


def _contacts(index: Index, row: int) -> list[Contact]:
    return [Contact(**contact) for contact in index.creator_table.column("contacts")[row].as_py() or []]


def _audience(record: dict[str, Any]) -> AudienceRecord:
    facets: dict[str, Shares] = {facet: {} for facet in FACETS}
    for cell in record["cells"] or []:
        facets.get(cell["facet"], {})[cell["segment"]] = round(cell["share"], 6)
    kept = ("platform", "source", "status", "sample_size", "credibility")
    as_of = f"{record['as_of']:%Y-%m-%dT%H:%M:%SZ}" if record["as_of"] else None
    return AudienceRecord(as_of=as_of, **{name: record[name] for name in kept}, **facets)


def _engagement_rate(index: Index, row: int) -> EngagementRate | None:
    columns = index.creators
    rate = _known(columns.engagement_rate[row])
    if rate is None:
        return None
    return EngagementRate(
        value=rate,
        by=index.vocabularies.name("bases", int(columns.engagement_basis[row])),
        posts=int(columns.engagement_posts[row]),
        percentile=round(float(columns.engagement_percentile[row]), 4),
        parts=[
            EngagementPart(name=name, value=round(value, 6), percentile=round(place, 4))
            for name, value, place in zip(
                index.vocabularies["engagement_parts"],
                columns.engagement_parts[row].tolist(),
                columns.engagement_parts_percentile[row].tolist(),
                strict=True,
            )
            if not np.isnan(value)
        ],
    )


def _known(value: Any) -> float | None:
    return None if np.isnan(value) else round(float(value), 6)


def _status(code: Any) -> Status:
    return STATUSES[int(code)]  # type: ignore[return-value]
