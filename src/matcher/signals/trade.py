"""Numbers of the trade: tiers, weights and thresholds, kept as dated data files with their source."""

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any


@cache
def trade_data(name: str) -> dict[str, Any]:
    """One of the data files of this room: tiers, weights or cautions."""
    text = resources.files(__package__).joinpath("data", f"{name}.json").read_text(encoding="utf-8")
    data: dict[str, Any] = json.loads(text)
    return data


@dataclass(frozen=True, slots=True)
class Tiers:
    """Size classes by followers: `names[i]` begins at `edges[i]`."""

    names: tuple[str, ...]
    edges: tuple[float, ...]


def tiers() -> Tiers:
    """The size classes in use, smallest first."""
    rows = trade_data("tiers")["tiers"]
    return Tiers(tuple(row["name"] for row in rows), tuple(float(row["from"]) for row in rows))


def weights_for(goal: str | None, own: dict[Any, float], in_play: tuple[str, ...]) -> dict[str, float]:
    """
    Weight of every signal that is in play, summing to 1.

    A brief's own weights are taken as they are, signals that it does not name at 0; otherwise those of its goal.
    """
    table: dict[str, float] = dict(own) or trade_data("weights")["goals"][goal or "default"]
    if own and "preferences" in in_play:
        table["preferences"] = trade_data("weights")["goals"][goal or "default"]["preferences"] * sum(own.values())
    chosen = {signal: float(table.get(signal, 0.0)) for signal in in_play}
    total = sum(chosen.values())
    if total <= 0:
        chosen, total = dict.fromkeys(in_play, 1.0), float(len(in_play))
    rounded = {signal: round(weight / total, 6) for signal, weight in chosen.items()}
    largest = max(rounded, key=lambda signal: rounded[signal])
    rounded[largest] = round(rounded[largest] + 1.0 - sum(rounded.values()), 6)  # 0.666667 + 2 × 0.166667 is above 1
    return rounded
