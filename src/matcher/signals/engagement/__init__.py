"""Engagement: do people react, compared with what is usual for creators like this one?"""

from matcher.signals.engagement.growth import PostGrowth, Readings, growth_parts, post_growth
from matcher.signals.engagement.parts import BESIDE, FROM_POSTS, PARTS, Beside, Posts, engagement_parts
from matcher.signals.engagement.profile import EngagementProfile, profile_engagement
from matcher.signals.engagement.rates import BASES, SETTLED_DAYS, PostRates, post_rates, settled_posts
from matcher.signals.engagement.words import engagement

__all__ = [
    "BASES",
    "BESIDE",
    "FROM_POSTS",
    "PARTS",
    "SETTLED_DAYS",
    "Beside",
    "EngagementProfile",
    "PostGrowth",
    "PostRates",
    "Posts",
    "Readings",
    "engagement",
    "engagement_parts",
    "growth_parts",
    "post_growth",
    "post_rates",
    "profile_engagement",
    "settled_posts",
]
