"""What a creator's profile is made of; what is not known is null."""

from pydantic import BaseModel

from matcher.records import Caution, Shares
from matcher.records.explanation import Authenticity
from matcher.records.forecast import Forecast
from matcher.records.shortlist import Status


class Account(BaseModel):
    """An account on a platform."""

    platform: str | None
    handle: str | None
    followers: int | None
    following: int | None
    media_count: int | None
    verified: bool | None


class Price(BaseModel):
    """What a piece of work costs."""

    platform: str | None
    format: str | None
    amount: float | None
    currency: str | None
    source: str | None


class Contact(BaseModel):
    """A way to reach the creator: personal data."""

    type: str | None
    value: str | None


class AudienceRecord(BaseModel):
    """Who follows, as one source has it: per facet segment → share; a facet that is not known is empty."""

    platform: str | None
    source: str | None
    status: str | None
    sample_size: int | None
    as_of: str | None
    credibility: float | None
    age: Shares
    gender: Shares
    country: Shares
    city: Shares
    language: Shares
    interest: Shares


class EngagementPart(BaseModel):
    """What engagement is made of beside its level, such as its trend; docs/signals.md says what each number means."""

    name: str
    value: float
    """On the scale of the part; more is better."""
    percentile: float
    """Among creators of the same platform, tier, market and language."""


class EngagementRate(BaseModel):
    """The median rate over settled posts."""

    value: float
    by: str
    """The denominator: views, reach or followers."""
    posts: int
    percentile: float
    """Among creators of the same platform, tier, market and language."""
    parts: list[EngagementPart]
    """Those that are known."""


class CreatorProfile(BaseModel):
    """One creator. What is not known is null."""

    snapshot_id: str
    creator_id: str
    display_name: str | None
    bio: str | None
    accounts: list[Account]
    tier: str | None
    country: str | None
    city: str | None
    market: str | None
    """The country, or the likely one from languages and audience."""
    market_status: Status
    languages: list[str]
    languages_status: Status
    categories: list[str]
    account_kind: str | None
    prices: list[Price]
    audience: list[AudienceRecord]
    posts: int
    last_post_at: str | None
    engagement_rate: EngagementRate | None
    credibility: float | None
    credibility_status: Status
    """Declared, or estimated from profiles of followers."""
    authenticity: Authenticity
    sponsored_share: float | None
    forecasts: list[Forecast]
    """What the next post is expected to bring, per platform and format."""
    cautions: list[Caution]
    contacts: list[Contact] | None = None
    """Only where asked for."""
