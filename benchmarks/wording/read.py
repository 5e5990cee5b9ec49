"""The subjects and the ways of putting a brief, from their tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from matcher.training import subject

HERE = Path(__file__).parent
TOPICS = HERE / "topics.tsv"
LANGUAGES = ("en", "zh-Hant", "vi", "th")
BARE = "bare"
USES = (BARE, "chosen", "unseen")
"""Nothing but the subject; frames that constants were chosen on; frames first asked for when all was chosen."""


@dataclass(frozen=True)
class Topic:
    """A subject on a platform."""

    name: str
    platform: str
    hashtags: str
    """Regular expression of the hashtags that tell it."""
    phrase: Mapping[str, str]
    """Language → the subject as a brief names it."""


@dataclass(frozen=True)
class Frame:
    """A way of putting a brief in a language."""

    use: str
    language: str
    text: str


def read_topics() -> list[Topic]:
    """All subjects."""
    return [
        Topic(row["name"], row["platform"], row["hashtags"], {language: row[language] for language in LANGUAGES})
        for row in _rows(TOPICS)
    ]


def read_frames() -> list[Frame]:
    """The bare subject of each language first, then the frames; raises ValueError when one was used for fitting."""
    fitted = {frame.text for frame in subject.read_frames()}
    frames = [Frame(row["use"], row["language"], row["frame"]) for row in _rows(HERE / "frames.tsv")]
    if seen := [frame.text for frame in frames if frame.text in fitted]:
        raise ValueError(f"frames that the network was fitted to measure nothing: {seen}")
    return [*(Frame(BARE, language, "{}") for language in LANGUAGES), *frames]


def _rows(path: Path) -> Iterator[dict[str, str]]:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    head = lines[0].split("\t")
    for line in lines[1:]:
        yield dict(zip(head, line.split("\t"), strict=True))
