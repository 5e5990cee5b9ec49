"""Words for codes: how signals, conditions and cautions are called on the page, in English; gettext does the rest."""

from collections.abc import Mapping

from matcher.records.said import Said


def N_(text: str) -> str:
    """Mark a text for translation where it stands, to be translated where it is shown."""
    return text


SIGNALS = {
    "relevance": N_("Relevance"),
    "audience": N_("Audience"),
    "engagement": N_("Engagement"),
    "preferences": N_("Preferences"),
    "authenticity": N_("Authenticity"),
    "reaction": N_("Reaction"),
    "comments": N_("Comments"),
    "performance": N_("Performance"),
    "price": N_("Price"),
    "values": N_("Values"),
    "quality": N_("Quality"),
    "brand_safety": N_("Brand safety"),
}
QUESTIONS = {
    "relevance": N_("Do they post about what the brief is about?"),
    "audience": N_("Do they reach the people you want?"),
    "engagement": N_("Do people react, compared with similar creators?"),
    "preferences": N_("How many of your wishes do they meet?"),
    "authenticity": N_("Are followers and reactions real?"),
}
STATUSES = {
    "measured": N_("measured"),
    "estimated": N_("estimated"),
    "declared": N_("declared"),
    "absent": N_("not known"),
}
STATUS_MEANINGS = {
    "measured": N_("Counted from data."),
    "estimated": N_("Worked out from other data; the real value may differ."),
    "declared": N_("Stated by the creator or the platform; not checked."),
    "absent": N_("Nothing is known; the usual value of similar creators is used, neither zero nor perfect."),
}
CONDITIONS = {
    "all": N_("All creators"),
    "platforms": N_("Platforms"),
    "countries": N_("Countries"),
    "languages": N_("Languages"),
    "followers": N_("Followers"),
    "engagement_rate": N_("Engagement rate"),
    "credibility": N_("Genuine audience"),
    "price": N_("Price"),
    "last_post_within_days": N_("Last post"),
    "audience_country": N_("Audience by country"),
    "has_contact": N_("Contact known"),
    "tiers": N_("Size"),
    "account_kinds": N_("Kind of account"),
    "keywords": N_("Words"),
    "categories": N_("Categories"),
    "creator_ids": N_("Named creators"),
    "worked_with": N_("Worked with"),
    "budget": N_("Budget"),
    "goal": N_("Goal"),
    "language": N_("Language"),
    "brand_safety": N_("Brand safety"),
}
PARTS_OF_BRIEF = {
    "must": N_("Must have"),
    "should": N_("Nice to have"),
    "must_not": N_("Must not have"),
    "target_audience": N_("Audience"),
    "weights": N_("What counts"),
    "brand": N_("Brand"),
    "budget": N_("Budget"),
    "text": N_("Your brief"),
}
GOALS = {
    "awareness": N_("Awareness"),
    "engagement": N_("Engagement"),
    "conversion": N_("Conversion"),
}
GOAL_MEANINGS = {
    "awareness": N_("Be seen by the right people"),
    "engagement": N_("Start conversations"),
    "conversion": N_("Sell"),
}
KINDS = {
    "person": N_("Person"),
    "group": N_("Group"),
    "shop": N_("Shop"),
    "brand": N_("Brand"),
    "media": N_("Media"),
    "label": N_("Label"),
    "compilation": N_("Compilation"),
}
TIERS = {
    "nano": N_("Nano"),
    "micro": N_("Micro"),
    "mid": N_("Mid-size"),
    "macro": N_("Macro"),
    "mega": N_("Mega"),
}
JOBS = {
    "running": N_("Running"),
    "cancelling": N_("Stopping"),
    "done": N_("Done"),
    "failed": N_("Failed"),
    "cancelled": N_("Stopped"),
    "broken": N_("Broken off"),
}
STAGES = {
    "start": N_("Starting"),
    "load": N_("Reading the tables"),
    "creators": N_("Reading creators"),
    "posts": N_("Reading posts and embedding new ones"),
    "metrics": N_("Reading counts"),
    "comments": N_("Reading comments"),
    "follower_history": N_("Reading followers over time"),
    "accounts": N_("Reading profiles of followers"),
    "bios": N_("Embedding bios"),
    "profiles": N_("Working out audiences and engagement"),
    "authenticity": N_("Judging what is genuine"),
    "forecast": N_("Forecasting next posts"),
    "token weights": N_("Weighing words"),
    "words": N_("Indexing words"),
    "write": N_("Writing the snapshot"),
    "dense index": N_("Indexing meanings"),
    "probe": N_("Checking it"),
    "publish": N_("Putting it to use"),
}
DECISIONS = {
    "": N_("Undecided"),
    "shortlisted": N_("Pinned"),
    "rejected": N_("Rejected"),
    "contacted": N_("Contacted"),
    "agreed": N_("Agreed"),
}
GENDERS = {"female": N_("Women"), "male": N_("Men"), "other": N_("Other")}
FACETS = {
    "age": N_("Age"),
    "gender": N_("Gender"),
    "country": N_("Country"),
    "city": N_("City"),
    "language": N_("Language"),
    "interest": N_("Interests"),
    "age_gender": N_("Age and gender"),
}
PARTS = {
    "trend": N_("Trend"),
    "steadiness": N_("Steadiness"),
    "comments_per_like": N_("Talk"),
    "passed_on": N_("Passed on"),
    "comment_quality": N_("Depth of comments"),
    "reply_rate": N_("Answers given"),
    "reply_speed": N_("Speed of answers"),
    "half_life": N_("Lasting views"),
    "late_growth": N_("Late growth"),
    "sponsored": N_("Sponsored posts"),
    "rate": N_("Engagement rate"),
}
FORMATS = {
    "post": N_("Post"),
    "image": N_("Image"),
    "carousel": N_("Carousel"),
    "video": N_("Video"),
    "short": N_("Short video"),
    "text": N_("Text"),
    "story": N_("Story"),
    "reel": N_("Reel"),
    "live": N_("Live"),
}
BASES = {
    "views": N_("by views"),
    "reach": N_("by reach"),
    "followers": N_("by followers"),
}
SAFETY = {
    "adult": N_("Adult content"),
    "alcohol": N_("Alcohol"),
    "crypto": N_("Crypto"),
    "drugs": N_("Drugs"),
    "gambling": N_("Gambling"),
    "politics": N_("Politics"),
    "profanity": N_("Coarse language"),
    "tobacco": N_("Tobacco"),
    "violence": N_("Violence"),
    "weapons": N_("Weapons"),
}
CAUTIONS = {
    "no_posts": N_("No posts"),
    "few_posts": N_("Few posts to judge by"),
    "followers_unknown": N_("Followers not known"),
    "not_a_person": N_("Not a person's account"),
    "sponsored_share_high": N_("Many sponsored posts"),
    "silent": N_("Has not posted for a while"),
    "likes_hidden": N_("Likes are often hidden"),
    "following_ratio_high": N_("Follows unusually many accounts"),
    "credibility_low": N_("Part of the audience may not be genuine"),
    "engagement_unusual": N_("Unusual engagement"),
    "engagement_falling": N_("Engagement is falling"),
    "few_peers": N_("Few similar creators to compare with"),
    "authenticity_low": N_("Followers or reactions may not be genuine"),
}
PLATFORMS = {
    "tiktok": "TikTok",
    "youtube": "YouTube",
    "instagram": "Instagram",
    "threads": "Threads",
    "facebook": "Facebook",
    "x": "X",
    "line": "LINE",
    "xiaohongshu": "Xiaohongshu",
}
"""Names, the same in every language."""
TABLES: Mapping[str, Mapping[str, str]] = {
    "signal": SIGNALS,
    "question": QUESTIONS,
    "status": STATUSES,
    "status_meaning": STATUS_MEANINGS,
    "condition": CONDITIONS,
    "part_of_brief": PARTS_OF_BRIEF,
    "goal": GOALS,
    "goal_meaning": GOAL_MEANINGS,
    "kind": KINDS,
    "tier": TIERS,
    "gender": GENDERS,
    "facet": FACETS,
    "part": PARTS,
    "axis": SIGNALS | PARTS,
    "format": FORMATS,
    "basis": BASES,
    "safety": SAFETY,
    "caution": CAUTIONS,
    "decision": DECISIONS,
    "job": JOBS,
    "stage": STAGES,
    "platform": PLATFORMS,
}

PROBLEMS = {
    "is required": N_("Please fill this in."),
    "must not be empty": N_("Please fill this in."),
    "must be a whole number": N_("Give a whole number."),
    "must be a number": N_("Give a number, such as 12000 or 12k."),
    "must be a finite number": N_("Give a number, such as 12000 or 12k."),
    "must be a fraction from 0 to 1": N_("Give a percentage from 0 to 100."),
    "must be at least {limit:g}": N_("This number is too small."),
    "must be greater than {limit:g}": N_("This number is too small."),
    "must be at most {limit:g}": N_("This number is too large."),
    "min {min:g} is above max {max:g}; no creator can meet both": N_("The lower end is above the upper end."),
    "no country is called so; give its name, or its ISO 3166-1 code such as TW, VN, TH or US": N_(
        "No country is called so. Give its name, or its two letters such as TW, VN or TH."
    ),
    "is too long for the page: {n:,} characters; shorten it, or send it to POST /v1/match": N_(
        "The text is too long for a link. Please shorten it."
    ),
}
"""
Template of an error of a brief → what the page says instead, for whoever fills in its form: there a share is in
percent, and what was given stands in the field.
"""


def problem_words(said: str) -> str | None:
    """The page's words for an error of a brief; None for one that has none, and is shown as it is."""
    if not isinstance(said, Said):
        return None
    what = said.values.get("what")  # of "{what} (got {value})"
    return PROBLEMS.get(said.template) or (problem_words(what) if isinstance(what, Said) else None)


def label(table: str, code: str | None) -> str:
    """The English words for a code; one that has none yet speaks for itself (`pod_suspected` → Pod suspected)."""
    if code is None:
        return "–"
    return TABLES[table].get(code) or code.replace("_", " ").capitalize()
