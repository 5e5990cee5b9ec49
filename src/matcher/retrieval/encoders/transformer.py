"""
Any sentence-transformers model as an encoder, by Hub name or folder. PyTorch is imported when one is loaded.
"""

import warnings
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import xxhash

from matcher.errors import EncoderNotFound
from matcher.records.said import say
from matcher.retrieval.encoders import coverage, hub, prefixes
from matcher.retrieval.encoders.folder import read_about, read_prefixes
from matcher.retrieval.encoders.prefixes import Prefixes
from matcher.retrieval.encoders.protocol import Rows

_UNUSABLE = (OSError, ValueError, TypeError, RuntimeError, KeyError, AttributeError)
"""What sentence-transformers raises for models that it cannot load."""


class SentenceTransformersEncoder:
    """A loaded sentence-transformers model behind the encoder protocol."""

    def __init__(self, model: Any, name: str, languages: frozenset[str], before: Prefixes = prefixes.NONE) -> None:
        self._model = model
        self.name = name
        self.languages = languages
        self.prefixes = before
        self.dimensions = int(_dimensions(model))
        self.fingerprint = _fingerprint(model, before)

    @classmethod
    def load(
        cls, name: str, languages: Iterable[str] | None = None, before: Prefixes | None = None
    ) -> "SentenceTransformersEncoder":
        """
        Load a model by Hub name or folder, on the CPU or whatever device PyTorch prefers.

        `languages` and `before`, its prefixes, override what is known of the model; a folder can say both in
        `matcher.json`. A model that nobody described is taken as English only, with a warning. Raises EncoderNotFound
        when there is no such model or the Hub cannot be reached.
        """
        folder, model = Path(name).expanduser(), _load_model(name)
        known = frozenset(languages or read_about(folder).get("languages", ())) or _languages(model, name)
        return cls(model, name, known, _prefixes(model, name, folder) if before is None else before)

    def encode(self, texts: Sequence[str]) -> Rows:
        """Embed posts: float32 [len(texts), dimensions], unit rows; a blank text gives a row of zeros."""
        return self._encode(texts, "encode_document", self.prefixes.passage)

    def encode_briefs(self, texts: Sequence[str]) -> Rows:
        """Embed what is searched for: the same, with the model's prefix for queries."""
        return self._encode(texts, "encode_query", self.prefixes.query)

    def _encode(self, texts: Sequence[str], way: str, prefix: str) -> Rows:
        rows = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        cleaned = [text.encode("utf-8", "replace").decode("utf-8") for text in texts]
        present = [at for at, text in enumerate(cleaned) if text.strip()]
        if present:
            embed = getattr(self._model, way, self._model.encode)  # older releases know one way only
            rows[present] = embed(
                [cleaned[at] for at in present],
                prompt=prefix, convert_to_numpy=True, normalize_embeddings=True, show_progress_bar=False,
            )  # fmt: skip
        return np.nan_to_num(rows, copy=False)


def _load_model(name: str) -> Any:
    """The model of a folder, of the cache, or of the Hub, in this order."""
    folder = Path(name).expanduser()
    if folder.is_dir():
        return _made(name, str(folder))
    if hub.located(name):
        try:
            return _made(name, name, local_files_only=True)
        except EncoderNotFound:
            if hub.is_offline():
                raise
    hub.ask(name)
    return _made(name, name)


def _made(name: str, source: str, **options: Any) -> Any:
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise EncoderNotFound(
            say(
                "encoder {name!r} needs sentence-transformers, which is not installed.\n"
                "Install it:  pip install sentence-transformers\nor leave the encoder out to use the embedded one.",
                name=name,
            )
        ) from error
    try:
        return SentenceTransformer(source, **options)
    except _UNUSABLE as error:
        said = (str(error).strip().splitlines() or [type(error).__name__])[0]
        if Path(source).is_dir():
            raise EncoderNotFound(
                say(
                    "encoder {name!r} could not be loaded as a folder: {why}\n"
                    "Copy or export the folder again, or leave the encoder out to use the embedded one.",
                    name=name,
                    why=said,
                )
            ) from error
        raise hub.not_found(name, said.rstrip(".")) from error


def _prefixes(model: Any, name: str, folder: Path) -> Prefixes:
    """What the folder's `matcher.json` says, else what the model declares, else what is known of its name."""
    said = read_prefixes(folder)
    if said is not None:
        return said
    own = prefixes.declared(getattr(model, "prompts", None), getattr(model, "default_prompt_name", None))
    return own or prefixes.known(name)


def _languages(model: Any, name: str) -> frozenset[str]:
    known = coverage.declared(name) or _from_card(model)
    if known:
        return known
    warnings.warn(
        f"nothing is known of the languages of encoder {name!r}; taking it as English only. Name them in a file "
        'matcher.json in its folder: {"languages": ["en", "th"]}',
        stacklevel=4,
    )
    return coverage.ENGLISH


def _from_card(model: Any) -> frozenset[str]:
    language = getattr(getattr(model, "model_card_data", None), "language", None) or []
    tags = [language] if isinstance(language, str) else list(language)
    return frozenset(tag for tag in tags if tag != "multilingual")


def _dimensions(model: Any) -> int:
    asked = getattr(model, "get_embedding_dimension", None) or model.get_sentence_embedding_dimension
    return int(asked() or model.encode(["a"]).shape[1])


def _fingerprint(model: Any, before: Prefixes) -> str:
    """Digest of every weight, in the order of their names, of the modules' settings, and of prefixes if there are."""
    digest = xxhash.xxh3_128(repr([type(module).__name__ for module in model]).encode())
    for name, weight in sorted(model.state_dict().items()):
        digest.update(name.encode())
        digest.update(weight.detach().cpu().float().contiguous().numpy().tobytes())
    if before:
        digest.update(repr((before.query, before.passage)).encode())
    return digest.hexdigest()
