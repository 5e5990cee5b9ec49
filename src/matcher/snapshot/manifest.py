"""The manifest: what a snapshot is, how it was made, and the checksum of every file in it."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xxhash

from matcher.errors import SnapshotDamaged, SnapshotMismatch
from matcher.records.said import Said, packed, say, unpacked
from matcher.records.version import METHOD_VERSION, SCHEMA_VERSION
from matcher.snapshot.files import read_json, write_json

FILE_NAME = "manifest.json"
_CHUNK = 1 << 22


@dataclass(frozen=True, slots=True)
class Manifest:
    """The description of one snapshot."""

    snapshot_id: str
    created_at: str
    as_of: str
    """The moment that ages (days since the last post, settled posts) are counted from."""
    encoder: str
    encoder_fingerprint: str
    dimensions: int
    counts: dict[str, int]
    sources: list[dict[str, Any]]
    """Tables that went in: table, file, bytes, content hash."""
    settings: dict[str, Any]
    warnings: list[str]
    files: dict[str, str]
    """Relative path → xxh3_128 of the content, hexadecimal."""
    schema_version: int = SCHEMA_VERSION
    method_version: str = METHOD_VERSION

    def save(self, folder: Path) -> None:
        """Write `manifest.json` into the folder, with a checksum of itself."""
        data = dataclasses.asdict(self)
        if any(isinstance(warning, Said) for warning in self.warnings):
            data["said"] = packed(self.warnings)
        write_json(folder / FILE_NAME, data | {"checksum": _own_checksum(data)})

    @classmethod
    def load(cls, folder: Path) -> Manifest:
        """The manifest of a snapshot folder; refuses one of another schema version."""
        if not (folder / FILE_NAME).is_file():
            raise SnapshotDamaged(
                say(
                    "{folder} has no {file}: it is not a snapshot, or it was not finished",
                    folder=str(folder),
                    file=FILE_NAME,
                )
            )
        data = read_json(folder / FILE_NAME)
        if not isinstance(data, dict):
            raise SnapshotDamaged(
                say(
                    "{path} is not a manifest: it holds no JSON object. {way}",
                    path=str(folder / FILE_NAME),
                    way=_WAY_OUT,
                )
            )
        found = data.get("schema_version")
        if found != SCHEMA_VERSION:
            raise SnapshotMismatch(
                say(
                    "snapshot {folder} has schema version {found}, this matcher reads version {version}.\n"
                    "Rebuild it from your tables:  matcher reindex --creators … --posts … --indexes …",
                    folder=str(folder),
                    found=str(found),
                    version=SCHEMA_VERSION,
                )
            )
        expected = data.pop("checksum", None)
        if (own := _own_checksum(data)) != expected:
            raise SnapshotDamaged(
                say(
                    "{path} is damaged: checksum {own}, it says itself {expected}. {way}",
                    path=str(folder / FILE_NAME),
                    own=own,
                    expected=str(expected),
                    way=_WAY_OUT,
                )
            )
        if "said" in data:  # the warnings again, with what they were made of
            said = unpacked(data.pop("said"))
            if said == data.get("warnings"):  # else they were changed, and the English ones stand
                data["warnings"] = said
        try:
            return cls(**data)
        except TypeError as error:
            raise SnapshotDamaged(
                say(
                    "{path} is not a manifest: {error}. {way}",
                    path=str(folder / FILE_NAME),
                    error=str(error),
                    way=_WAY_OUT,
                )
            ) from None

    def verify(self, folder: Path) -> None:
        """Compare every file with its checksum; raises SnapshotDamaged with the name of the first bad one."""
        for name, expected in self.files.items():
            path = folder / name
            if not path.is_file():
                raise SnapshotDamaged(
                    say(
                        "{path} is missing from snapshot {snapshot}. {way}",
                        path=str(path),
                        snapshot=self.snapshot_id,
                        way=_WAY_OUT,
                    )
                )
            if (found := checksum(path)) != expected:
                raise SnapshotDamaged(
                    say(
                        "{path} is damaged: checksum {own}, the manifest says {expected}. {way}",
                        path=str(path),
                        own=found,
                        expected=expected,
                        way=_WAY_OUT,
                    )
                )


_WAY_OUT = say("Go back to an earlier snapshot (matcher snapshots list, matcher snapshots use ID) or reindex.")


def _own_checksum(data: dict[str, Any]) -> str:
    """xxh3_128 of a manifest's content, whatever its layout."""
    return xxhash.xxh3_128_hexdigest(json.dumps(data, ensure_ascii=False, sort_keys=True).encode("utf-8"))


def checksum(path: Path) -> str:
    """xxh3_128 of a file's content, hexadecimal: it guards against damage, not against forgery."""
    digest = xxhash.xxh3_128()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def checksums(folder: Path) -> dict[str, str]:
    """Relative path → checksum of every file below a folder, but for the manifest and lock files."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".lock")
    return {str(path.relative_to(folder)): checksum(path) for path in files if path.name != FILE_NAME}
