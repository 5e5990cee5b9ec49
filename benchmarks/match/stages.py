"""Where the time of a match goes: the engine's own functions, each with a stopwatch around it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

import numpy as np
from common import ms

from matcher.matching import Matcher, answer, matcher
from matcher.records import Brief

STAGES: dict[str, tuple[Any, str]] = {
    "query": (matcher, "make_queries"),
    "filters": (answer, "apply_filters"),
    "lexical arm": (answer, "lexical_hits"),
    "candidates": (answer, "find_candidates"),
    "scoring": (answer, "score_creators"),
    "entries": (answer, "entries"),
}
"""Stage → the module that calls it, and the name by which it does."""


@contextmanager
def stopwatches() -> Iterator[dict[str, list[float]]]:
    """While this is open, the seconds of every call of every stage are written down."""
    seconds: dict[str, list[float]] = {name: [] for name in STAGES}
    with ExitStack() as stack:
        for name, (module, function) in STAGES.items():
            stack.enter_context(patch.object(module, function, _timed(getattr(module, function), seconds[name])))
        yield seconds


def _timed(function: Callable[..., Any], seconds: list[float]) -> Callable[..., Any]:
    def wrapper(*arguments: Any) -> Any:
        began = time.perf_counter()
        try:
            return function(*arguments)
        finally:
            seconds.append(time.perf_counter() - began)

    return wrapper


def stages(engine: Matcher, briefs: Sequence[Brief], rounds: int, k: int = 20) -> dict[str, dict[str, float]]:
    """Milliseconds of each stage and its share of the whole, one thread."""
    whole: list[float] = []
    spent: dict[str, list[float]] = {name: [] for name in STAGES}
    with stopwatches() as calls:
        for _ in range(rounds):
            for brief in briefs:
                began = time.perf_counter()
                engine.match(brief, k)
                whole.append(time.perf_counter() - began)
                for name, seconds in calls.items():  # a stage may be called more than once for a brief
                    spent[name].append(sum(seconds))
                    seconds.clear()
    total = float(np.sum(whole))
    rest = np.array(whole) - np.sum(list(spent.values()), axis=0)
    every = spent | {"rest": rest.tolist(), "whole": whole}
    return {
        name: {"p50": ms(of, 0.5), "p99": ms(of, 0.99), "share": round(float(np.sum(of)) / total, 3)}
        for name, of in every.items()
    }
