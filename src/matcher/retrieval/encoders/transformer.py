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
from matcher.retrieval.encoders.coverage import ENGLISH, declared
from matcher.retrieval.encoders.protocol import Rows


class SentenceTransformersEncoder:
    """A loaded sentence-transformers model behind the encoder protocol."""

    def __init__(self, model: Any, name: str, languages: frozenset[str]) -> None:
        self._model = model
        self.name = name
        self.languages = languages
        self.dimensions = int(_dimensions(model))
        self.fingerprint = _fingerprint(model)

    @classmethod
    def load(cls, name: str, languages: Iterable[str] | None = None) -> "SentenceTransformersEncoder":
        """
        Load a model by Hub name or folder, on the CPU or whatever device PyTorch prefers.

        `languages` overrides what is known of the model. A model that nobody described is taken as English only, with
        a warning. Raises EncoderNotFound when there is no such model or the Hub cannot be reached.
        """
        model = _load_model(name)
        known = frozenset(languages) if languages is not None else _languages(model, name)
        return cls(model, name, known)

    def encode(self, texts: Sequence[str]) -> Rows:
        """Embed texts: float32 [len(texts), dimensions], unit rows; a blank text gives a row of zeros."""
        rows = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        cleaned = [text.encode("utf-8", "replace").decode("utf-8") for text in texts]
        present = [at for at, text in enumerate(cleaned) if text.strip()]
        if present:
            rows[present] = self._model.encode(
                [cleaned[at] for at in present],
                convert_to_numpy=True, normalize_embeddings=True, show_progress_bar=False,
            )  # fmt: skip
        return np.nan_to_num(rows, copy=False)


def _load_model(name: str) -> Any:
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise EncoderNotFound(
            f"encoder {name!r} needs sentence-transformers, which is not installed.\n"
            "Install it:  pip install sentence-transformers\nor leave the encoder out to use the embedded one."
        ) from error
    try:
        return SentenceTransformer(name)
    except (OSError, ValueError, RuntimeError, KeyError, AttributeError) as error:
        kind = "folder" if Path(name).is_dir() else "model on the Hugging Face Hub"
        raise EncoderNotFound(
            f"encoder {name!r} could not be loaded as a {kind}: {_first_line(error)}\n"
            "Check the name and the network, give the path of a downloaded model folder,\n"
            "or leave the encoder out to use the embedded one."
        ) from error


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__


def _languages(model: Any, name: str) -> frozenset[str]:
    known = declared(name) or _from_card(model)
    if known:
        return known
    warnings.warn(
        f"nothing is known of the languages of encoder {name!r}; taking it as English only. "
        "Name them:  SentenceTransformersEncoder.load(name, languages=[...])",
        stacklevel=4,
    )
    return ENGLISH


def _from_card(model: Any) -> frozenset[str]:
    language = getattr(getattr(model, "model_card_data", None), "language", None) or []
    tags = [language] if isinstance(language, str) else list(language)
    return frozenset(tag for tag in tags if tag != "multilingual")


def _dimensions(model: Any) -> int:
    asked = getattr(model, "get_embedding_dimension", None) or model.get_sentence_embedding_dimension
    return int(asked() or model.encode(["a"]).shape[1])


def _fingerprint(model: Any) -> str:
    """Digest of every weight, in the order of their names, and of the modules' settings."""
    digest = xxhash.xxh3_128(repr([type(module).__name__ for module in model]).encode())
    for name, weight in sorted(model.state_dict().items()):
        digest.update(name.encode())
        digest.update(weight.detach().cpu().float().contiguous().numpy().tobytes())
    return digest.hexdigest()
