"""An encoder adapted on a small invented platform: its own words move together, the rest stays."""

from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer, models, pre_tokenizers

from matcher.errors import InputError
from matcher.training.own_posts import Posts, own_pairs

WORDS = ["<unk>", "matcha", "uji", "tea", "tent", "trail", "hike", "rain"]


def tokeniser() -> Tokenizer:
    words = Tokenizer(models.WordLevel({word: row for row, word in enumerate(WORDS)}, unk_token="<unk>"))
    words.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    return words


def posts(texts: list[str], creator: list[int], language: int = 0) -> Posts:
    n = len(texts)
    return Posts(texts, [[]] * n, np.array(creator), np.full(n, language))


def test_posts_of_one_creator_and_captions_with_their_hashtags_are_pairs() -> None:
    found = own_pairs(posts(["uji #matcha", "tea", "tent"], [0, 0, 1]), tokeniser(), seed=1)
    both = {
        frozenset(tuple(found.bags.rows[found.bags.starts[i] : found.bags.starts[i + 1]].tolist()) for i in pair)
        for pair in zip(found.left, found.right, strict=True)
    }
    assert both == {frozenset({(2, 1), (3,)}), frozenset({(2,), (1,)})}
    assert set(found.creator.tolist()) == {0}


def test_the_same_words_are_no_pair() -> None:
    assert not len(own_pairs(posts(["tea", "tea", ""], [0, 0, 0]), tokeniser(), seed=1).left)


def test_a_busy_creator_gives_so_many_pairs_at_most() -> None:
    texts = [f"{one} {other} {third}" for one in WORDS[1:] for other in WORDS[1:] for third in WORDS[1:]]
    found = own_pairs(posts(texts, [5] * len(texts)), tokeniser(), seed=1, per_creator=4)
    assert len(found.left) == 4


def adapted(hold: float, rate: float = 0.02) -> tuple[np.ndarray, np.ndarray]:
    """A table before and after: half of the creators write of matcha and uji, the others of tents and trails."""
    torch = pytest.importorskip("torch")
    torch.set_num_threads(1)
    from matcher.training.adapt import Adaptation, adapt

    texts, creator = [], []
    for number in range(40):
        one, other = ("matcha", "uji") if number % 2 else ("tent", "trail")
        texts += [one, other]
        creator += [number, number]
    start = np.random.default_rng(3).normal(size=(len(WORDS), 16)).astype(np.float32)
    start[0] = 0
    pairs = own_pairs(posts(texts, creator), tokeniser(), seed=1)
    return start, adapt(start, pairs, Adaptation(steps=120, batch=16, rate=rate, hold=hold))


def cosine(table: np.ndarray, one: str, other: str) -> float:
    a, b = table[WORDS.index(one)], table[WORDS.index(other)]
    return float(a @ b / np.linalg.norm(a) / np.linalg.norm(b))


def test_words_of_one_platform_move_together_and_the_rest_stays() -> None:
    start, table = adapted(hold=1.0)
    assert cosine(table, "matcha", "uji") > cosine(start, "matcha", "uji") + 0.3
    assert cosine(table, "tent", "trail") > cosine(start, "tent", "trail") + 0.3
    assert cosine(table, "matcha", "tent") < cosine(table, "matcha", "uji") - 0.3
    np.testing.assert_array_equal(table[[0, 3, 6, 7]], start[[0, 3, 6, 7]], "no pair holds them")


def test_holding_harder_moves_less() -> None:
    moved = []
    for hold in (0.0, 5.0, 100.0):
        start, table = adapted(hold)
        seen = [WORDS.index(word) for word in ("matcha", "uji", "tent", "trail")]
        units = [rows[seen] / np.linalg.norm(rows[seen], axis=1, keepdims=True) for rows in (start, table)]
        moved.append(float(1 - (units[0] * units[1]).sum(axis=1).mean()))
    assert moved[0] > moved[1] > moved[2]
    assert moved[2] < 0.05


def test_same_seed_same_table() -> None:
    np.testing.assert_array_equal(adapted(1.0)[1], adapted(1.0)[1])


def test_too_few_posts_teach_nothing() -> None:
    pytest.importorskip("torch")
    from matcher.training.adapt import Adaptation, adapt

    pairs = own_pairs(posts(["tea", "matcha"], [0, 0]), tokeniser(), seed=1)
    with pytest.raises(InputError, match="only 1 pairs"):
        adapt(np.ones((len(WORDS), 4), dtype=np.float32), pairs, Adaptation())


def test_a_language_keeps_to_itself() -> None:
    """Pairs of two languages are never in one batch, so what both share is not pushed apart."""
    torch = pytest.importorskip("torch")
    torch.set_num_threads(1)
    from matcher.training.adapt import Adaptation, adapt

    both = Posts(
        ["matcha", "uji"] * 10 + ["tent", "trail"] * 10, [[]] * 40,
        np.repeat(np.arange(20), 2), np.repeat([0, 1], 20),
    )  # fmt: skip
    start = np.random.default_rng(3).normal(size=(len(WORDS), 16)).astype(np.float32)
    table = adapt(start, own_pairs(both, tokeniser(), 1), Adaptation(steps=60, batch=10, rate=0.02, hold=0.0))
    # within a language all pairs say the same two words, so there is nothing to tell apart from them
    assert cosine(table, "matcha", "tent") > cosine(start, "matcha", "tent") - 0.25


def test_the_folder_is_a_named_encoder_that_a_reindex_takes(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch")
    torch.set_num_threads(1)
    from matcher.retrieval.encoders import load_encoder
    from matcher.training.adapt import Adaptation
    from matcher.training.adapted import write_adapted

    from ..tiny import byte_model, jsonl

    base = byte_model(tmp_path / "bytes")
    topics = ("matcha in uji #matcha #tea", "tent on the trail #camping #hike")
    rows = [
        {"post_id": f"{n}-{k}", "creator_id": f"c{n}", "text": f"{topics[n % 2]} {n} {k}", "language": "en"}
        for n in range(20)
        for k in range(2)
    ]
    jsonl(tmp_path / "posts.jsonl", rows)
    jsonl(tmp_path / "creators.jsonl", [{"creator_id": f"c{n}", "platform": "instagram"} for n in range(20)])
    reindex = pytest.importorskip("matcher.indexing").reindex
    tables = {"creators": tmp_path / "creators.jsonl", "posts": tmp_path / "posts.jsonl"}
    options = {"indexes": tmp_path / "indexes", "progress": False}
    reindex(**tables, **options, encoder=str(base))
    pairs = write_adapted(tmp_path / "indexes", base, tmp_path / "ours", "ours", Adaptation(steps=20, batch=16))
    assert pairs > 40

    encoder = load_encoder(str(tmp_path / "ours"))
    assert (encoder.name, encoder.languages) == ("ours", frozenset({"en", "th", "vi"}))
    assert encoder.fingerprint != load_encoder(str(base)).fingerprint
    before, after = (load_encoder(str(folder)).encode(["matcha in uji"])[0] for folder in (base, tmp_path / "ours"))
    assert 0.5 < before @ after < 0.9999
    assert "fine-tuned on posts of one platform" in (tmp_path / "ours" / "README.md").read_text()
    assert reindex(**tables, **options, encoder=str(tmp_path / "ours")).counts["embedded"] == 40
    with pytest.raises(InputError, match="is there already"):
        write_adapted(tmp_path / "indexes", base, tmp_path / "ours", "ours", Adaptation())
