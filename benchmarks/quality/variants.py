"""The engine with one part taken out, or set differently, from the outside."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
from systems import Rankings

from matcher.matching import Matcher, query, scoring
from matcher.matching.evaluation import DEPTH
from matcher.records import Brief
from matcher.retrieval.encoders import encode_briefs
from matcher.signals.relevance import PARTS, background, part_weights, value
from matcher.signals.trade import weights_for

SIGNALS = ("relevance", "audience", "engagement")
LEXICAL_WEIGHTS = (0.0, 0.1, 0.2, 0.3, 0.4)
BEST_POSTS = (1, 2, 3)
Replacement = tuple[Any, str, Any]
"""A module, a name in it, and what is to stand there instead."""
NO_SUBJECT: tuple[Replacement, ...] = (
    (query, "subject_rows", encode_briefs),
    (query, "subject_text", lambda text: text),
    (query, "_of_the_subject", lambda parts: parts),
)
"""Every word of a brief counts alike, every word is looked up, every part is an aspect."""
NO_FOCUS: tuple[Replacement, ...] = ((query, "focus", lambda texts, countries=(), names=(): list(texts)),)
NO_COMPOUNDS: tuple[Replacement, ...] = ((query, "joined_compounds", lambda text: text),)


def rankings(matcher: Matcher, briefs: Sequence[Brief]) -> Rankings:
    """What the engine answers, as creator ids."""
    answers = matcher.match_many(briefs, k=DEPTH)
    return {b.brief_id: [e.creator_id for e in found.entries] for b, found in zip(briefs, answers, strict=True)}


@contextmanager
def replaced(*replacements: Replacement) -> Iterator[None]:
    """Names of modules stand for something else meanwhile."""
    with ExitStack() as stack:
        for module, name, value in replacements:
            stack.enter_context(patch.object(module, name, value))
        yield


def _without_signals(*signals: str) -> Callable[..., dict[str, float]]:
    def weights(goal: Any, own: Any, in_play: tuple[str, ...]) -> dict[str, float]:
        kept = {name: weight for name, weight in weights_for(goal, own, in_play).items() if name not in signals}
        total = sum(kept.values()) or 1.0
        return {name: kept.get(name, 0.0) / total for name in in_play}

    return weights


def ablations(matcher: Matcher, briefs: Sequence[Brief]) -> dict[str, Rankings]:
    """The engine's rankings with each part off in turn."""
    parts: dict[str, tuple[Replacement, ...]] = {
        **{f"without {signal}": ((scoring, "weights_for", _without_signals(signal)),) for signal in SIGNALS},
        "without all but relevance": ((scoring, "weights_for", _without_signals(*SIGNALS[1:], "preferences")),),
        "without lexical arm": ((query, "LEXICAL_WEIGHT", 0.0),),
        "without aspects": ((query, "split_aspects", lambda text, limit: []),),
        "without leaving conditions out": ((query, "without_conditions", list),),
        "without focus": NO_FOCUS,
        "without subject reading": NO_SUBJECT,
        "without joined compounds": NO_COMPOUNDS,
        "without language background": ((scoring, "background", _one_background),),
        **{f"without part {part}": ((value, "part_weights", _without_part(part)),) for part in PARTS},
        "without account kind": ((scoring, "BLEND", dataclasses.replace(scoring.BLEND, collector_lowers=0.0)),),
        "without market": ((scoring, "BLEND", dataclasses.replace(scoring.BLEND, abroad_keeps=1.0)),),
    }
    found = {}
    for name, replacements in parts.items():
        with replaced(*replacements):
            found[name] = rankings(matcher, briefs)
    return found


def in_the_text(matcher: Matcher, briefs: Sequence[Brief]) -> dict[str, Rankings]:
    """The engine's rankings for briefs whose text names conditions too, as people write them; and were they left in."""
    said = read_said()
    found = {}
    for at in range(min(map(len, said.values()))):
        longer = [
            brief.model_copy(update={"text": f"{brief.text} {said[brief.language or 'en'][at]}"}) for brief in briefs
        ]
        found[f"conditions {at + 1} in the text"] = rankings(matcher, longer)
        with replaced((query, "without_conditions", list)):
            found[f"conditions {at + 1} in the text, left in"] = rankings(matcher, longer)
    return found


def read_said() -> dict[str, list[str]]:
    """Language → sentences that name conditions (`conditions.tsv`)."""
    said: dict[str, list[str]] = {}
    for line in (Path(__file__).parent / "conditions.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        language, sentence = line.split("\t")
        said.setdefault(language, []).append(sentence)
    return said


def _without_part(part: str) -> Callable[[], Any]:
    """The weights of relevance with one at 0 and the others raised to the same sum."""

    def weights() -> Any:
        kept = part_weights().copy()
        kept[PARTS.index(part)] = 0.0
        return kept * part_weights().sum() / kept.sum()

    return weights


def _one_background(scores: Any, language: Any, n_languages: int, usual: Any = None) -> Any:
    """Every language shrunk all the way to what posts of any language score."""
    return background(scores, np.full_like(language, -1), n_languages, usual)


def settings(matcher: Matcher, briefs: Sequence[Brief]) -> dict[str, Rankings]:
    """The engine's rankings under a grid of settings: weight of the lexical arm × how many posts are the best."""
    found = {}
    for weight in LEXICAL_WEIGHTS:
        for best in BEST_POSTS:
            blend = dataclasses.replace(scoring.BLEND, best_posts=best)
            with replaced((query, "LEXICAL_WEIGHT", weight), (scoring, "BLEND", blend)):
                found[f"lexical {weight:g}, best {best}"] = rankings(matcher, briefs)
    return found
