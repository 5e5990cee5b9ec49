"""The field that an unknown column may have been meant for: misspelt, or as other tools and APIs call it."""

import difflib
from collections.abc import Collection

_ELSEWHERE: dict[str, str] = {
    "handle": "username user_name screen_name",
    "display_name": "name full_name title",
    "bio": "biography description about",
    "followers": "subscribers fans",
    "following": "follows",
    "media_count": "posts",
    "platform": "network",
    "country": "location",
    "contacts": "email",
    "text": "caption title description message transcript content",
    "published_at": "timestamp date created_at taken_at",
    "views": "plays",
    "likes": "reactions hearts",
    "saves": "bookmarks collects",
    "url": "permalink link",
    "duration_s": "duration",
    "language": "lang",
    "sponsored": "is_ad",
    "creator_id": "id user_id influencer_id author_id channel_id",
    "post_id": "id media_id video_id",
    "comment_id": "id",
    "collaboration_id": "id",
}
"""
Field → its names in other tools and APIs (Instagram, YouTube, TikTok; exports of spreadsheets). Of fields that share a
name the last one counts that a table has: the `id` of a post is its own, and not its creator's.
"""
_LIKE = 0.75


def likely_column(name: str, known: Collection[str]) -> str | None:
    """The one of these fields that a column may have been meant for; None where no name is near enough."""
    plain = _plain(name)
    plains = {_plain(field): field for field in known}
    meant = {_plain(other): field for field, others in _ELSEWHERE.items() if field in known for other in others.split()}
    if plain in plains or plain in meant:
        return plains.get(plain) or meant[plain]
    near = difflib.get_close_matches(plain, plains, n=1, cutoff=_LIKE)
    return plains[near[0]] if near else None


def _plain(name: str) -> str:
    """A name without capitals, spaces, signs and the word count: `likeCount`, `likes_count` and `Likes` are alike."""
    letters = "".join(letter for letter in name.casefold() if letter.isalnum())
    return letters.removesuffix("count").removesuffix("s") or letters
