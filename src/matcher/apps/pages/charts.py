"""
Geometry of the pictures: bars, radar and trend as numbers; the templates draw them as SVG.

Made on the server, so that they need no script, print well, and nothing has to be loaded.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of a stacked bar, in hundredths of its length."""

    key: str
    start: float
    width: float


def stacked(parts: Sequence[tuple[str, float]]) -> tuple[Bar, ...]:
    """(key, share of 1) laid end to end from the left; a score of 0.73 fills 73 hundredths."""
    bars, start = [], 0.0
    for key, share in parts:
        bars.append(Bar(key, round(start, 2), round(100 * share, 2)))
        start += 100 * share
    return tuple(bars)


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis of a radar: its end, the place of its label, and the value on it."""

    key: str
    value: float
    x: float
    y: float
    label_x: float
    label_y: float
    anchor: str
    """SVG text-anchor that keeps the label outside the circle."""


@dataclass(frozen=True, slots=True)
class Radar:
    """A radar of values in [0, 1] on a circle of radius `radius` around the origin."""

    radius: float
    axes: tuple[Axis, ...]
    shape: str
    """Points of the polygon of the values."""
    middle: str
    """Points of the polygon of 0.5: what is usual among peers."""


def radar(values: Sequence[tuple[str, float]], radius: float = 60.0) -> Radar | None:
    """A radar with one axis per value, the first one pointing up, clockwise; None for fewer than three values."""
    n = len(values)
    if n < 3:
        return None
    angles = [2 * math.pi * i / n - math.pi / 2 for i in range(n)]
    axes = []
    for (key, value), angle in zip(values, angles, strict=True):
        x, y = math.cos(angle), math.sin(angle)
        anchor = "middle" if abs(x) < 0.2 else "start" if x > 0 else "end"
        at = radius + 9
        axes.append(Axis(key, value, *_at(x, y, radius), *_at(x, y, at), anchor))
    shape = [_at(math.cos(a), math.sin(a), radius * value) for (_, value), a in zip(values, angles, strict=True)]
    middle = [_at(math.cos(a), math.sin(a), radius / 2) for a in angles]
    return Radar(radius, tuple(axes), _points(shape), _points(middle))


@dataclass(frozen=True, slots=True)
class Trend:
    """Values over time on a canvas of `width` × `height`."""

    width: float
    height: float
    line: str
    dots: tuple[tuple[float, float], ...]
    usual: float | None
    """Height at which the usual value of the peers lies."""


def trend(
    values: Sequence[float], usual: float | None = None, width: float = 240.0, height: float = 56.0
) -> Trend | None:
    """Values, oldest first, from 0 at the bottom to the highest (or usual) one at the top; None for fewer than two."""
    if len(values) < 2:
        return None
    top = max([*values, usual or 0.0]) or 1.0
    pad = 4.0

    def up(value: float) -> float:
        return round(height - pad - (height - 2 * pad) * value / top, 1)

    step = (width - 2 * pad) / (len(values) - 1)
    dots = tuple((round(pad + step * i, 1), up(value)) for i, value in enumerate(values))
    return Trend(width, height, _points(dots), dots, None if usual is None else up(usual))


def _at(x: float, y: float, distance: float) -> tuple[float, float]:
    return round(x * distance, 1), round(y * distance, 1)


def _points(places: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:g},{y:g}" for x, y in places)
