"""
Find an encoder by name: the embedded one, a model folder, or a model on the Hugging Face Hub.
"""

from functools import cache
from pathlib import Path

from matcher.errors import EncoderNotFound
from matcher.records.said import say
from matcher.retrieval.encoders.coverage import declared
from matcher.retrieval.encoders.folder import is_static, read_prefixes
from matcher.retrieval.encoders.known import EMBEDDED
from matcher.retrieval.encoders.protocol import Encoder
from matcher.retrieval.encoders.static import StaticEncoder
from matcher.retrieval.encoders.transformer import SentenceTransformersEncoder

DEFAULT_NAME = EMBEDDED
DEFAULT_FOLDER = Path(__file__).parent / "default"


def load_encoder(name: str | None = None) -> Encoder:
    """
    Load an encoder: None or `matcher-static-v1` for the embedded one, a folder's path, or a Hub name.

    A folder with a static table is read without PyTorch; any other, and one with prefixes, goes to
    sentence-transformers. Raises EncoderNotFound when nothing answers to the name and EncoderDamaged when a file of a
    folder is missing or broken.
    """
    if name is None or name == DEFAULT_NAME:
        return embedded()
    folder = Path(name).expanduser()
    if folder.is_dir():
        return _load_folder(folder)
    if _looks_like_a_path(name):
        raise EncoderNotFound(
            say(
                "no encoder folder {name!r} (looked for {folder}).\n"
                "Check the path, name a Hub model, or leave the encoder out to use the embedded one.",
                name=name,
                folder=str(folder.resolve()),
            )
        )
    return SentenceTransformersEncoder.load(name)


@cache
def embedded() -> StaticEncoder:
    """The embedded encoder, read once in a process: nothing in it changes, and what reads briefs needs it too."""
    return StaticEncoder.load(DEFAULT_FOLDER)


def _load_folder(folder: Path) -> Encoder:
    if is_static(folder) and not read_prefixes(folder):
        return StaticEncoder.load(folder, languages=declared(folder.name) or frozenset({"en"}))
    if not any(folder.iterdir()):
        raise EncoderNotFound(
            say("encoder folder {folder} is empty.\nExport or download the model into it first.", folder=str(folder))
        )
    return SentenceTransformersEncoder.load(str(folder))


def _looks_like_a_path(name: str) -> bool:
    return name.startswith((".", "/", "~")) or name.count("/") > 1 or "\\" in name
