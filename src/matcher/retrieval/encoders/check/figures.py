"""What the check found out about an encoder."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class LanguageFigures:
    """Quality in one language; every figure is a share of 1, and higher is better."""

    language: str
    covered: bool
    """Whether the encoder says that it understands the language."""
    translations: float | None
    """How often a sentence finds its translation first among 200, mean of to and from English; None for English."""
    synonyms: float
    """How often a phrase finds the one of the same meaning first among 40."""
    opposites: float
    """How often other words of the same meaning are nearer than the same words of another: 0.5 is chance."""
    tags: float
    """How often a hashtag or an emoji finds what it stands for first among 16."""

    @property
    def mean(self) -> float:
        """The mean of the figures that there are: one number to compare encoders by, of no meaning alone."""
        known = [v for v in (self.translations, self.synonyms, self.opposites, self.tags) if v is not None]
        return sum(known) / len(known)


@dataclass(frozen=True, slots=True)
class EncoderCheck:
    """The figures of one encoder."""

    name: str
    fingerprint: str
    dimensions: int
    texts_per_s: float
    """Captions a second of processor time, whatever the number of cores."""
    single_text_ms: float
    """Median milliseconds for one text alone, as a brief comes."""
    figures: tuple[LanguageFigures, ...]

    def of(self, language: str) -> LanguageFigures:
        """The figures of one language; raises KeyError for one that is not checked."""
        for figures in self.figures:
            if figures.language == language:
                return figures
        raise KeyError(language)

    def to_dict(self) -> dict[str, Any]:
        """Plain dicts and lists, figures rounded to 3 decimals."""
        rounded = [
            {key: round(value, 3) if isinstance(value, float) else value for key, value in asdict(one).items()}
            | {"mean": round(one.mean, 3)}
            for one in self.figures
        ]
        return asdict(self) | {"figures": rounded}
