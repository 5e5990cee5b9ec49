"""The results as tables."""

from __future__ import annotations

from typing import Any

from common import Table

PARTS = ("translations", "synonyms", "opposites", "tags")
GROUPS = ("within", "across")


def tables_of(results: dict[str, Any]) -> list[Table]:
    """What a reader should see, the most important first."""
    speed = results["speed"]
    size = {"all files": sum(results["bytes"].values()), **results["bytes"]}
    rates = list(speed["texts_per_cpu_s"].items())
    alone = [
        ("one text alone, ms wall", speed["single_text_ms"]["wall"]),
        ("one text alone, ms processor", speed["single_text_ms"]["cpu"]),
        ("load, s processor", speed["load_s"]),
        ("encoder / tokeniser alone", speed["share_of_tokeniser_speed"]),
        ("encoder / MiniLM on PyTorch", speed["times_minilm_torch"]),
        ("share of posts with an unknown token", results["unknown_share"]),
    ]
    return [
        _quality(results["quality"], results["reference"]),
        _check(results["check"]["figures"]),
        _judged(results["judged"]),
        Table("Speed, texts per second of processor time on one thread", ("what", "texts/s"), rates),
        Table("One text, loading, unknown tokens", ("what", "value"), alone),
        Table("Size", ("file", "bytes"), list(size.items())),
        *(Table(tried["title"], tuple(tried["head"]), tried["rows"]) for tried in results["tried"]),
    ]


def _quality(quality: dict[str, Any], reference: dict[str, Any]) -> Table:
    languages = sorted({language for row in quality.values() for language in row})
    rows: list[tuple[Any, ...]] = []
    for name, row in quality.items():
        rows.append((name, *(row.get(language, "–") for language in languages)))
        if name in reference:
            rows.append(("… reference", *(reference[name].get(language, "–") for language in languages)))
    return Table("Development sets, never trained on", ("measure", *languages), rows)


def _check(figures: list[dict[str, Any]]) -> Table:
    rows = [(one["language"], *("–" if one[part] is None else one[part] for part in PARTS)) for one in figures]
    return Table("The check of `matcher encoders`", ("language", *PARTS), rows)


def _judged(judged: dict[str, Any]) -> Table:
    three = lambda found: " / ".join(f"{value:.3f}" for value in found.values())  # noqa: E731
    rows = [(name, *(three(found[group]) for group in GROUPS)) for name, found in judged.items()]
    return Table("Judged briefs: nDCG@10 / nDCG@10 of the judged / share judged", ("system", *GROUPS), rows)
