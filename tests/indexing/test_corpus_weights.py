"""Token weights are learnt from the posts, kept while they stand, and used for posts and briefs alike."""

import numpy as np
import pytest

from matcher.errors import SnapshotMismatch
from matcher.indexing.corpus_weights import known_weights
from matcher.matching import Matcher
from matcher.retrieval.encoders import Encoder, load_encoder
from matcher.snapshot import Manifest, SnapshotStore, write_json
from matcher.snapshot.manifest import checksums
from matcher.text import clean, embedding_texts

from ..tiny import byte_model
from .conftest import World, contents


@pytest.fixture
def small(world: World) -> World:
    """A world indexed with weights; the model's tokens are bytes, so spaces stand in every post."""
    world.reindex(token_weights=True)
    return world


def plain(world: World) -> Encoder:
    return load_encoder(str(world.model))


def test_weights_are_those_of_the_posts(small: World) -> None:
    index = small.index()
    posts = index.post_table
    tags = [own or [] for own in posts.column("hashtags").to_pylist()]
    texts = set(embedding_texts(clean(posts.column("text").to_pylist()), tags))
    space = load_encoder(str(small.model))._tokenizer.encode(" ").ids[0]  # type: ignore[attr-defined]
    share = sum(" " in text for text in texts) / len(texts)
    assert index.token_weights is not None
    assert index.token_weights[space] == pytest.approx(0.1 / (0.1 + share), abs=0.01)
    assert index.token_weights.max() == 1.0
    assert index.token_weights_about == {"encoder": plain(small).fingerprint, "posts": 480}


def test_posts_and_briefs_are_embedded_under_them(small: World) -> None:
    index = small.index()
    encoder = Matcher.open(small.indexes).encoder
    assert encoder.fingerprint == index.manifest.encoder_fingerprint != plain(small).fingerprint
    posts = index.post_table.slice(0, 20)
    tags = [own or [] for own in posts.column("hashtags").to_pylist()]
    text = embedding_texts(clean(posts.column("text").to_pylist()), tags)
    np.testing.assert_allclose(encoder.encode(text), index.post_vectors.gather(np.arange(20)), atol=0.02)
    assert np.abs(encoder.encode(text) - plain(small).encode(text)).max() > 0.05


def test_nothing_is_embedded_again_while_they_stand(small: World) -> None:
    before = np.array(small.index().token_weights)
    small.write("posts", [*small.rows("posts"), small.rows("posts")[0] | {"post_id": "new", "text": "zzz zzz"}])
    assert small.reindex(token_weights=True).counts["embedded"] == 1
    np.testing.assert_array_equal(small.index().token_weights, before)
    assert small.index().token_weights_about["posts"] == 480


@pytest.mark.parametrize(
    ("posts_then", "stands"),
    [
        pytest.param(480, True, id="as many"),
        pytest.param(250, True, id="not yet doubled"),
        pytest.param(240, False, id="doubled"),
        pytest.param(900, True, id="not yet halved"),
        pytest.param(960, False, id="halved"),
    ],
)
def test_they_are_learnt_again_once_the_posts_doubled_or_halved(small: World, posts_then: int, stands: bool) -> None:
    store = SnapshotStore(small.indexes)
    write_json(store.folder() / "token_weights.json", {"encoder": plain(small).fingerprint, "posts": posts_then})
    described = Manifest.load(store.folder())
    described.files.update(checksums(store.folder()))
    described.save(store.folder())
    assert (known_weights(store, plain(small)) is not None) == stands


def test_nothing_learnt_from_an_erased_creator_stays(small: World) -> None:
    gone = small.rows("creators")[4]["creator_id"]
    mine = {"creator_id": gone, "published_at": "2026-11-01", "text": "~~~~"}
    small.write("posts", [*small.rows("posts"), *(mine | {"post_id": f"x{i}", "text": f"~{i}"} for i in range(200))])
    small.reindex(token_weights=True, full=True)
    tilde = load_encoder(str(small.model))._tokenizer.encode("~").ids[0]  # type: ignore[attr-defined]
    before = small.index().token_weights
    assert before is not None and before[tilde] < 0.5
    small.reindex(token_weights=True, erase=(gone,))
    weights = small.index().token_weights
    assert weights is not None and weights[tilde] == 1.0
    assert small.reindex(token_weights=True).status == "unchanged"


def test_another_encoder_learns_its_own(small: World) -> None:
    other = byte_model(small.folder / "other", seed=2)
    assert known_weights(SnapshotStore(small.indexes), load_encoder(str(other))) is None
    assert small.reindex(token_weights=True, encoder=str(other)).counts["embedded"] == 480
    assert small.index().token_weights_about["encoder"] == load_encoder(str(other)).fingerprint


def test_the_order_of_the_tables_does_not_matter(small: World) -> None:
    before = contents(small.index().folder)
    small.write("posts", small.rows("posts")[::-1])
    small.reindex(token_weights=True, full=True)
    assert contents(small.index().folder) == before


def test_with_and_without_are_two_settings(small: World) -> None:
    assert small.reindex(token_weights=True).status == "unchanged"
    summary = small.reindex()
    assert (summary.status, summary.counts["embedded"]) == ("published", 480)
    assert small.index().token_weights is None
    assert Matcher.open(small.indexes).encoder.fingerprint == plain(small).fingerprint


def test_refresh_follows_the_weights(world: World) -> None:
    matcher = Matcher.open(world.indexes)
    world.reindex(token_weights=True)
    assert matcher.refresh() is True
    assert matcher.encoder.fingerprint == matcher.index.manifest.encoder_fingerprint != plain(world).fingerprint
    world.reindex()
    assert matcher.refresh() is True
    assert matcher.encoder.fingerprint == plain(world).fingerprint


def test_an_encoder_that_the_weights_are_not_of_is_refused(small: World) -> None:
    other = byte_model(small.folder / "other", seed=2)
    with pytest.raises(SnapshotMismatch, match="bytes-2"):
        Matcher.open(small.indexes, encoder=str(other))
