"""Which encoder answers to which name."""

from pathlib import Path

import pytest

from matcher.errors import EncoderNotFound
from matcher.retrieval.encoders.load import DEFAULT_FOLDER, load_encoder
from matcher.retrieval.encoders.static import StaticEncoder


def test_default_by_none_and_by_name() -> None:
    encoder, named = load_encoder(), load_encoder("matcher-static-v1")
    assert encoder.name == named.name == "matcher-static-v1"
    assert encoder.fingerprint == named.fingerprint
    assert {"en", "th", "vi", "zh-Hant"} <= encoder.languages


def test_folder(quantised_folder: Path) -> None:
    encoder = load_encoder(str(quantised_folder))
    assert isinstance(encoder, StaticEncoder)
    assert encoder.name == "tiny"


def test_plain_folder_of_unknown_languages_is_english(plain_folder: Path) -> None:
    assert load_encoder(str(plain_folder)).languages == {"en"}


@pytest.mark.parametrize("name", ["./nowhere", "/nowhere/at/all", "~/nowhere-at-all", "a/b/c"])
def test_no_such_folder(name: str) -> None:
    with pytest.raises(EncoderNotFound, match="no encoder folder"):
        load_encoder(name)


def test_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(EncoderNotFound, match="is empty"):
        load_encoder(str(tmp_path))


def test_default_fits_the_package() -> None:
    size = sum(path.stat().st_size for path in DEFAULT_FOLDER.rglob("*") if path.is_file())
    assert size <= 30_000_000
