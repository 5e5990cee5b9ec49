"""The ladder: which encoders there are, from the embedded one up to what a download would bring, with their figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from matcher.retrieval.encoders.check import EncoderCheck, check_encoder
from matcher.retrieval.encoders.coverage import declared
from matcher.retrieval.encoders.hub import cached_models, located
from matcher.retrieval.encoders.known import EMBEDDED, KNOWN_MODELS
from matcher.retrieval.encoders.load import DEFAULT_FOLDER, load_encoder
from matcher.retrieval.encoders.prefixes import NONE, Prefixes, known

Where = Literal["embedded", "folder", "cache", "download"]


@dataclass(frozen=True, slots=True)
class Rung:
    """One encoder of the ladder; what is not known is None."""

    name: str
    where: Where
    """`download`: known by name, not on this machine."""
    languages: frozenset[str] | None
    dimensions: int | None
    bytes: int | None
    licence: str | None
    prefixes: Prefixes
    check: EncoderCheck | None
    """None for an encoder that was not loaded."""

    def to_dict(self) -> dict[str, Any]:
        """Plain dicts and lists."""
        plain = {name: getattr(self, name) for name in ("name", "where", "dimensions", "bytes", "licence")}
        return plain | {
            "languages": None if self.languages is None else sorted(self.languages),
            "prefixes": asdict(self.prefixes),
            "check": None if self.check is None else self.check.to_dict(),
        }


def ladder() -> list[Rung]:
    """The embedded encoder, checked; then what is in the cache of the Hub; then well-known models to download."""
    cached = [
        Rung(
            name=model.name,
            where="cache",
            languages=declared(model.name),
            dimensions=model.dimensions,
            bytes=model.bytes,
            licence=_licence(model.name),
            prefixes=known(model.name),
            check=None,
        )
        for model in cached_models()
    ]
    there = {rung.name for rung in cached}
    return [checked(EMBEDDED), *cached, *(rung for rung in _downloads() if rung.name not in there)]


def checked(name: str) -> Rung:
    """An encoder that is loaded and checked. Raises EncoderNotFound or EncoderDamaged as `load_encoder` does."""
    encoder = load_encoder(name)
    folder = DEFAULT_FOLDER if name == EMBEDDED else located(name)
    return Rung(
        name=encoder.name,
        where="embedded" if name == EMBEDDED else "folder" if Path(name).expanduser().is_dir() else "cache",
        languages=encoder.languages,
        dimensions=encoder.dimensions,
        bytes=None if folder is None else sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()),
        licence="CC-BY-SA-4.0" if name == EMBEDDED else _licence(name),
        prefixes=getattr(encoder, "prefixes", NONE),
        check=check_encoder(encoder),
    )


def _downloads() -> Iterator[Rung]:
    for model in KNOWN_MODELS:
        yield Rung(
            name=model.name,
            where="download",
            languages=declared(model.name),
            dimensions=model.dimensions,
            bytes=model.megabytes * 1_000_000,
            licence=model.licence,
            prefixes=known(model.name),
            check=None,
        )


def _licence(name: str) -> str | None:
    return next((model.licence for model in KNOWN_MODELS if model.name == name), None)
