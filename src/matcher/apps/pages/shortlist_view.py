"""A shortlist as the page shows it: each creator's bar and marked posts, the weights in play, the funnel."""

from __future__ import annotations

from dataclasses import dataclass

from matcher.apps.pages.brief_link import pack
from matcher.apps.pages.charts import Bar, stacked
from matcher.apps.pages.funnel import Funnel, funnel
from matcher.apps.pages.marking import Piece, marked, words_of
from matcher.matching import Matcher
from matcher.matching.on_topic import is_topic_warning
from matcher.records import Brief, Entry, Evidence, Shortlist
from matcher.records.brief import SIGNALS
from matcher.signals.trade import weights_for


@dataclass(frozen=True, slots=True)
class MarkedPost:
    """A post that shows why, with the brief's words marked."""

    post: Evidence
    pieces: tuple[Piece, ...]

    @property
    def by_words(self) -> bool:
        """Whether it has any word of the brief; else it is shown for its meaning alone."""
        return any(piece.marked for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Card:
    """One creator of a shortlist."""

    entry: Entry
    bars: tuple[Bar, ...]
    posts: tuple[MarkedPost, ...]


@dataclass(frozen=True, slots=True)
class Slider:
    """The weight of a signal, in percent."""

    signal: str
    percent: int
    adjustable: bool


@dataclass(frozen=True, slots=True)
class ShortlistView:
    """All of the shortlist page."""

    brief: Brief
    link: str
    shortlist: Shortlist
    cards: tuple[Card, ...]
    sliders: tuple[Slider, ...]
    funnel: Funnel
    off_topic: bool


def shortlist_view(matcher: Matcher, brief: Brief) -> ShortlistView:
    """Match a brief and lay the answer out."""
    shortlist, words = matcher.match(brief), words_of(brief)
    return ShortlistView(
        brief=brief,
        link=pack(brief),
        shortlist=shortlist,
        cards=tuple(card(entry, words) for entry in shortlist.entries),
        sliders=_sliders(brief, shortlist),
        funnel=funnel(matcher.index, brief),
        off_topic=any(map(is_topic_warning, shortlist.warnings)),
    )


def card(entry: Entry, words: frozenset[str]) -> Card:
    """An entry with its bar, and its posts with words marked."""
    bars = stacked([(part.signal, part.contribution) for part in entry.contributions])
    return Card(entry, bars, marked_posts(entry.evidence, words))


def marked_posts(evidence: tuple[Evidence, ...], words: frozenset[str]) -> tuple[MarkedPost, ...]:
    """Evidence posts with the given words marked."""
    return tuple(MarkedPost(post, marked(post.text, words)) for post in evidence)


def _sliders(brief: Brief, shortlist: Shortlist) -> tuple[Slider, ...]:
    """One slider per signal in play; those that a brief cannot weigh are shown as they are."""
    if shortlist.entries:
        weights = {part.signal: part.weight for part in shortlist.entries[0].contributions}
    else:
        weights = weights_for(brief.goal, dict(brief.weights), SIGNALS)
    return tuple(Slider(signal, round(100 * weight), signal in SIGNALS) for signal, weight in weights.items())
