"""Language: cleaning, tokens, language identification, hashtags, disclosure words, a brief's aspects."""

from matcher.text.aspects import split_aspects
from matcher.text.brand_safety import brand_safety_categories, brand_safety_terms
from matcher.text.chinese import resolve_chinese
from matcher.text.clean import clean
from matcher.text.codes import normalise_language
from matcher.text.compounds import joined_compounds
from matcher.text.disclosure import discloses, disclosure_words
from matcher.text.embedding_text import embedding_texts
from matcher.text.emojis import emoji_in
from matcher.text.focus import focus
from matcher.text.hashtag_words import split_hashtag, split_hashtags
from matcher.text.hashtags import find_hashtags, find_mentions, hashtags, mentions
from matcher.text.language import detect_languages
from matcher.text.market import (
    creator_languages,
    is_cantonese,
    language_ids,
    language_shares,
    likely_market,
    market_of_language,
)
from matcher.text.tokens import tokens

__all__ = [
    "brand_safety_categories",
    "brand_safety_terms",
    "clean",
    "creator_languages",
    "detect_languages",
    "discloses",
    "disclosure_words",
    "embedding_texts",
    "emoji_in",
    "find_hashtags",
    "find_mentions",
    "focus",
    "hashtags",
    "is_cantonese",
    "joined_compounds",
    "language_ids",
    "language_shares",
    "likely_market",
    "market_of_language",
    "mentions",
    "normalise_language",
    "resolve_chinese",
    "split_aspects",
    "split_hashtag",
    "split_hashtags",
    "tokens",
]
