"""The manifest describes a snapshot, and nothing of it can change unnoticed."""

import dataclasses
import json
from pathlib import Path

import pytest

from matcher.errors import SnapshotDamaged, SnapshotMismatch
from matcher.records.said import Said, say_n
from matcher.records.version import SCHEMA_VERSION
from matcher.snapshot import Manifest
from matcher.snapshot.manifest import _own_checksum, checksum, checksums


@pytest.fixture
def snapshot(tmp_path: Path) -> Path:
    (tmp_path / "vectors").mkdir()
    (tmp_path / "vectors" / "posts.npy").write_bytes(bytes(range(256)))
    (tmp_path / "peers.json").write_text("[]\n")
    (tmp_path / ".some.lock").write_text("")
    Manifest(
        snapshot_id="s", created_at="2026-11-22T01:02:03Z", as_of="2026-11-22T00:00:00Z", encoder="tiny",
        encoder_fingerprint="abc", dimensions=32, counts={"creators": 2, "posts": 3},
        sources=[{"table": "creators", "file": "台北.csv", "bytes": 1, "content": "00"}],
        settings={"max_reject_share": 0.05}, warnings=["posts: 1 value"], files=checksums(tmp_path),
    ).save(tmp_path)  # fmt: skip
    return tmp_path


def test_round_trip(snapshot: Path) -> None:
    manifest = Manifest.load(snapshot)
    assert manifest.counts == {"creators": 2, "posts": 3}
    assert manifest.sources[0]["file"] == "台北.csv"
    assert manifest.schema_version == SCHEMA_VERSION
    manifest.verify(snapshot)
    text = (snapshot / "manifest.json").read_text()
    manifest.save(snapshot)
    assert (snapshot / "manifest.json").read_text() == text


def test_checksums_name_every_file_but_the_manifest_and_locks(snapshot: Path) -> None:
    assert checksums(snapshot) == {
        "peers.json": checksum(snapshot / "peers.json"),
        "vectors/posts.npy": checksum(snapshot / "vectors" / "posts.npy"),
    }


def test_checksum_is_xxh3_128(tmp_path: Path) -> None:
    (tmp_path / "empty").write_bytes(b"")
    assert checksum(tmp_path / "empty") == "99aa06d3014798d86001c324468d497f"


@pytest.mark.parametrize("name", ["vectors/posts.npy", "peers.json"])
@pytest.mark.parametrize("harm", ["flip", "cut", "missing"])
def test_a_harmed_file_is_named(snapshot: Path, name: str, harm: str) -> None:
    path = snapshot / name
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content if harm == "flip" else content[:-1])
    if harm == "missing":
        path.unlink()
    with pytest.raises(SnapshotDamaged, match=name) as caught:
        Manifest.load(snapshot).verify(snapshot)
    assert "matcher snapshots use" in str(caught.value)


def test_any_flipped_byte_of_the_manifest_is_noticed(snapshot: Path) -> None:
    path = snapshot / "manifest.json"
    whole = path.read_bytes()
    for at in range(0, len(whole), 7):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        try:
            assert Manifest.load(snapshot) == Manifest.load(snapshot)
            harmless = json.loads(path.read_bytes()) == json.loads(whole)
            assert harmless, f"byte {at} of {whole[at - 10 : at + 10]!r}"
        except (SnapshotDamaged, SnapshotMismatch) as error:
            assert "manifest.json" in str(error) or "schema version" in str(error)


@pytest.mark.parametrize("version", [0, SCHEMA_VERSION - 1, SCHEMA_VERSION + 1, str(SCHEMA_VERSION), None])
def test_another_schema_version_is_refused_with_the_way_out(snapshot: Path, version: object) -> None:
    path = snapshot / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"schema_version": version}))
    with pytest.raises(
        SnapshotMismatch, match=f"version {version}, this matcher reads version {SCHEMA_VERSION}"
    ) as caught:
        Manifest.load(snapshot)
    assert "matcher reindex --creators" in str(caught.value)


@pytest.mark.parametrize("content", ["", "[]", "{", '"x"', "null", f'{{"schema_version": {SCHEMA_VERSION}}}', "\x00"])
def test_no_manifest_at_all(snapshot: Path, content: str) -> None:
    (snapshot / "manifest.json").write_text(content)
    with pytest.raises(SnapshotDamaged, match=r"manifest\.json"):
        Manifest.load(snapshot)


def test_a_folder_without_one(tmp_path: Path) -> None:
    with pytest.raises(SnapshotDamaged, match="not a snapshot, or it was not finished"):
        Manifest.load(tmp_path)


def test_warnings_keep_what_they_were_made_of(snapshot: Path) -> None:
    said = say_n("{n} row left out", "{n} rows left out", 3)
    dataclasses.replace(Manifest.load(snapshot), warnings=[said, "plain"]).save(snapshot)
    assert json.loads((snapshot / "manifest.json").read_text())["warnings"] == ["3 rows left out", "plain"]
    kept = Manifest.load(snapshot).warnings
    assert kept == ["3 rows left out", "plain"]
    assert isinstance(kept[0], Said) and kept[0].template == "{n} row left out"


@pytest.mark.parametrize("said", [[{"said": "{n.real}", "values": {"n": 3}}], [{"said": 7, "values": {}}], [], 7])
def test_warnings_whose_making_was_changed_stay_english(snapshot: Path, said: object) -> None:
    path = snapshot / "manifest.json"
    data = json.loads(path.read_text()) | {"warnings": ["3 rows left out"], "said": said}
    del data["checksum"]
    path.write_text(json.dumps(data | {"checksum": _own_checksum(data)}))
    assert Manifest.load(snapshot).warnings == ["3 rows left out"]
