"""GET creators, index, dictionaries: what the index holds."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from matcher.apps.service.depends import GUARD, Source, may_answer
from matcher.apps.service.dictionaries import NAMES, Dictionary, dictionary
from matcher.apps.service.profile import creator_profile
from matcher.apps.service.profile_records import CreatorProfile

router = APIRouter(prefix="/v1", tags=["index"], responses=may_answer(*GUARD, 500, 503))


class IndexEncoder(BaseModel):
    """The encoder that the snapshot was built with."""

    name: str
    fingerprint: str
    dimensions: int


class IndexInfo(BaseModel):
    """The snapshot that answers come from."""

    snapshot_id: str
    created_at: str
    age_s: int
    """Seconds since it was made."""
    as_of: str
    """The moment that ages are counted from."""
    schema_version: int
    method_version: str
    counts: dict[str, int]
    encoder: IndexEncoder


@router.get(
    "/creators/{creator_id:path}",
    operation_id="get_creator",
    responses=may_answer(404, 422),
)
def get_creator(
    creator_id: Annotated[str, Path(examples=["c000001"])],
    source: Source,
    contacts: Annotated[bool, Query(description="Contacts too: personal data, so only where asked for.")] = False,
) -> CreatorProfile:
    """Show one creator: accounts, audience, engagement, credibility, forecasts, prices, cautions."""
    return creator_profile(source().index, creator_id, contacts)


@router.get("/index", operation_id="get_index")
def get_index(source: Source) -> IndexInfo:
    """Say which snapshot answers, how old it is and what it holds."""
    manifest = source().index.manifest
    return IndexInfo(
        snapshot_id=manifest.snapshot_id,
        created_at=manifest.created_at,
        age_s=max(0, int((datetime.now(UTC) - datetime.fromisoformat(manifest.created_at)).total_seconds())),
        as_of=manifest.as_of,
        schema_version=manifest.schema_version,
        method_version=manifest.method_version,
        counts=manifest.counts,
        encoder=IndexEncoder(
            name=manifest.encoder, fingerprint=manifest.encoder_fingerprint, dimensions=manifest.dimensions
        ),
    )


@router.get("/dictionaries/{name}", operation_id="get_dictionary", responses=may_answer(404, 422))
def get_dictionary(
    name: Annotated[str, Path(examples=["tiers"], json_schema_extra={"enum": list(NAMES)})], source: Source
) -> Dictionary:
    """List the words that a brief may use in some field."""
    if name not in NAMES:
        raise HTTPException(404, f"There is no dictionary {name!r}; there are {', '.join(NAMES)}.")
    return dictionary(name, lambda: source().index)
