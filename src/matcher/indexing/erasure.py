"""Erasure: creators who asked to be forgotten stay out of every later snapshot, even while the tables name them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from matcher.errors import InputError
from matcher.snapshot.store import replace_text

_FILE = "erased.json"


@dataclass(frozen=True, slots=True)
class Erased:
    """The creators who were erased, as SHA-256 digests: the list itself names nobody."""

    digests: frozenset[str]

    @classmethod
    def load(cls, indexes: Path) -> Erased:
        """The list of an indexes folder, empty where there is none."""
        path = indexes / _FILE
        if not path.is_file():
            return cls(frozenset())
        try:
            return cls(frozenset(json.loads(path.read_text(encoding="utf-8"))["sha256"]))
        except (ValueError, KeyError, TypeError) as error:
            raise InputError(
                f"{path} cannot be read ({error}); restore it, or erased creators would come back"
            ) from None

    def with_ids(self, creator_ids: Iterable[str]) -> Erased:
        """The list with more creators on it."""
        return Erased(self.digests | {_digest(creator_id) for creator_id in creator_ids})

    def save(self, indexes: Path) -> None:
        """Write the list beside the snapshots."""
        replace_text(indexes / _FILE, json.dumps({"sha256": sorted(self.digests)}, indent=1) + "\n")

    def __contains__(self, creator_id: str) -> bool:
        return bool(self.digests) and _digest(creator_id) in self.digests


def _digest(creator_id: str) -> str:
    return hashlib.sha256(creator_id.encode()).hexdigest()
