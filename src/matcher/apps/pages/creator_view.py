"""One creator as the page shows it: reasons for a brief, and the profile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from matcher.apps.pages import facts
from matcher.apps.pages.charts import Bar, Radar, radar, stacked
from matcher.apps.pages.marking import words_of
from matcher.apps.pages.shortlist_view import MarkedPost, marked_posts
from matcher.apps.service.profile import creator_profile
from matcher.apps.service.profile_records import CreatorProfile
from matcher.matching import Matcher
from matcher.records import Brief
from matcher.records.explanation import Explanation
from matcher.records.overlap import Overlap
from matcher.records.said import in_words


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why a creator stands where it stands for a brief."""

    explanation: Explanation
    profile: CreatorProfile
    bars: tuple[Bar, ...]
    radar: Radar | None
    posts: tuple[MarkedPost, ...]
    audience: facts.Audience
    engagement: facts.Engagement


def reasons(matcher: Matcher, brief: Brief, creator_id: str) -> Reasons:
    """The explanation of a creator for a brief, with the facts behind it; raises UnknownCreator."""
    explanation, index = matcher.explain(brief, creator_id), matcher.index
    row = index.creator_row(creator_id)
    engagement = facts.engagement(index, row)
    parts = explanation.contributions
    axes = [(part.signal, part.percentile) for part in parts]
    axes += [(part.name, part.percentile) for part in engagement.standings if part.name != "rate"]
    return Reasons(
        explanation=explanation,
        profile=creator_profile(index, creator_id),
        bars=stacked([(part.signal, part.contribution) for part in parts]),
        radar=radar(axes),
        posts=marked_posts(explanation.evidence, words_of(brief)),
        audience=facts.audience(index, row, brief),
        engagement=engagement,
    )


def together(matcher: Matcher, creators: Sequence[Reasons]) -> Overlap:
    """Whom creators reach together; the warnings call them by their names."""
    names = {one.profile.creator_id: _name(one.profile) for one in creators}
    found = matcher.overlap(tuple(names))
    return replace(found, warnings=tuple(in_words(warning, "creator", names) for warning in found.warnings))


def _name(profile: CreatorProfile) -> str:
    handles = (f"@{account.handle}" for account in profile.accounts if account.handle)
    return profile.display_name or next(handles, profile.creator_id)


@dataclass(frozen=True, slots=True)
class Profile:
    """A creator without a brief."""

    profile: CreatorProfile
    audience: facts.Audience
    engagement: facts.Engagement
    posts: tuple[facts.Post, ...]
    worked_with: tuple[tuple[str, str], ...]


def profile(matcher: Matcher, creator_id: str, with_contacts: bool = False) -> Profile:
    """The profile of a creator; raises UnknownCreator."""
    index = matcher.index
    row = index.creator_row(creator_id)
    return Profile(
        profile=creator_profile(index, creator_id, with_contacts),
        audience=facts.audience(index, row),
        engagement=facts.engagement(index, row),
        posts=facts.posts(index, row),
        worked_with=facts.worked_with(index, row),
    )
