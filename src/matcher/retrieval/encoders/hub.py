"""
The Hugging Face Hub and its cache on this disk: what is there, and a quick answer where a name leads nowhere.

A model in the cache is never asked for again, so the encoder of a snapshot does not change under it, and a machine
without network does not wait. The Hub itself is asked once, for a few seconds, before anything is downloaded.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from matcher.errors import EncoderNotFound
from matcher.records.said import EITHER, LINES, listed, say
from matcher.retrieval.encoders.known import EMBEDDED, KNOWN_MODELS

ORGANISATION = "sentence-transformers"
"""Whose model a name without an organisation is, as sentence-transformers has it."""
_OFFLINE = say(
    "it is not in the cache, and HF_HUB_OFFLINE or TRANSFORMERS_OFFLINE is set, so the Hub was not asked "
    "(unset it to download)"
)
ASK_S = 5.0
"""How long the Hub may take to say whether it has a model."""


@dataclass(frozen=True, slots=True)
class CachedModel:
    """A sentence-transformers model in the cache of the Hub."""

    name: str
    folder: Path
    bytes: int

    @property
    def dimensions(self) -> int | None:
        """Length of its rows where a file says so, without loading it."""
        for file, keys in (
            ("1_Pooling/config.json", ("embedding_dimension", "word_embedding_dimension")),
            ("config.json", ("hidden_dim", "hidden_size")),
        ):
            said = _read(self.folder / file)
            if found := next((said[key] for key in keys if isinstance(said.get(key), int)), None):
                return int(found)
        return None


def cached_models() -> list[CachedModel]:
    """The sentence-transformers models in the cache, by name; nothing where there is no cache."""
    from huggingface_hub import CacheNotFound, scan_cache_dir

    try:
        repos = scan_cache_dir(_cache()).repos
    except (CacheNotFound, OSError, ValueError):
        return []
    return sorted(
        (
            CachedModel(repo.repo_id, revision.snapshot_path, repo.size_on_disk)
            for repo in repos
            if repo.repo_type == "model"
            for revision in repo.revisions
            if "main" in revision.refs and (revision.snapshot_path / "modules.json").is_file()
        ),
        key=lambda model: model.name,
    )


def located(name: str) -> Path | None:
    """The folder of a model: the one that is named, or a snapshot in the cache, which may be incomplete."""
    folder = Path(name).expanduser()
    if folder.is_dir():
        return folder
    for repo in _repos(name):
        cached = _cache() / f"models--{repo.replace('/', '--')}"
        main = cached / "refs" / "main"
        if main.is_file():
            return cached / "snapshots" / main.read_text("utf-8").strip()
    return None


def is_offline() -> bool:
    """Whether HF_HUB_OFFLINE or TRANSFORMERS_OFFLINE forbids asking the Hub."""
    from huggingface_hub import constants

    return bool(constants.HF_HUB_OFFLINE)


def ask(name: str) -> None:
    """
    Ask the Hub once whether it has a model.

    Raises EncoderNotFound with the reason and what to do: no such model, no network, or the Hub may not be asked.
    """
    from huggingface_hub import HfApi, constants
    from huggingface_hub.errors import HFValidationError, RepositoryNotFoundError

    if is_offline():
        raise not_found(name, _OFFLINE)
    for repo in _repos(name):
        try:
            HfApi().model_info(repo, timeout=ASK_S)
            return
        except HFValidationError:
            raise not_found(name, say("this cannot be the name of a Hub model (organisation/model)")) from None
        except RepositoryNotFoundError:
            continue
        except Exception as error:  # httpx's or requests', by the version of huggingface_hub
            why = say("{hub} cannot be asked ({why})", hub=constants.ENDPOINT, why=_first_line(error))
            raise not_found(name, why) from error
    raise not_found(
        name, say("{hub} has no such model, or none that is open to you (`hf auth login`)", hub=constants.ENDPOINT)
    )


def not_found(name: str, why: str) -> EncoderNotFound:
    """The error for a name that leads nowhere: the name, why, names like it, and the ways on."""
    like = _like(name)
    lines = [
        say(
            "encoder {name!r} is no folder, and could not be loaded from the Hugging Face Hub: {why}.",
            name=name,
            why=why,
        ),
        *([say("Did you mean {names}?", names=listed(like, EITHER))] if like else []),
        say(
            "Give the path of a model folder, name a model that is there (`matcher encoders` lists them),\n"
            "or leave the encoder out to use the embedded one."
        ),
    ]
    return EncoderNotFound(listed(lines, LINES))


def _like(name: str) -> list[str]:
    """Known and cached names that are spelt much like this one."""
    names = [EMBEDDED, *(model.name for model in KNOWN_MODELS), *(model.name for model in cached_models())]
    by_spelling = {spelling.lower(): full for full in names for spelling in (full, full.split("/")[-1])}
    asked = name.lower()
    found = difflib.get_close_matches(asked, by_spelling, n=3, cutoff=0.6)
    return list(dict.fromkeys(by_spelling[spelling] for spelling in found))


def _repos(name: str) -> Iterator[str]:
    """The repositories that a name may stand for."""
    if "/" not in name:
        yield f"{ORGANISATION}/{name}"
    yield name


def _cache() -> Path:
    from huggingface_hub import constants

    return Path(constants.HF_HUB_CACHE)


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
