"""Start, training, rounding and shipping of a table of a few rows."""

from pathlib import Path

import numpy as np
import pytest

from matcher.retrieval.encoders.static import StaticEncoder
from matcher.training import corpus, start
from matcher.training.contrastive import Schedule
from matcher.training.corpus import Bags, TrainingSet
from matcher.training.ship import quantise, write_folder

BAGS = Bags(rows=np.array([257, 258, 258, 259, 260]), starts=np.array([0, 1, 3, 5]))
THAI = np.array(["th"])


def test_take_bags() -> None:
    rows, offsets = BAGS.take(np.array([2, 0]))
    assert rows.tolist() == [259, 260, 257]
    assert offsets.tolist() == [0, 2]


def test_closed_form_is_the_mean_of_meanings() -> None:
    data = TrainingSet(BAGS, left=np.array([0]), right=np.array([1]), meaning=np.array([1]), language=THAI)
    table = start.closed_form(data, np.array([[1, 0], [0, 1]], dtype=np.float32), size=261)
    assert start.unit(table[[257, 258]]).tolist() == [[0, 1], [0, 1]]
    assert not table[[0, 256, 259, 260]].any()
    assert np.linalg.norm(table[257]) > np.linalg.norm(table[258]), "the more frequent token is shrunk more"


def test_project_keeps_similarities_of_flat_vectors() -> None:
    vectors = start.unit(np.array([[1, 0, 0], [0.6, 0.8, 0], [0, 1, 0]], dtype=np.float32))
    projected, basis = start.project(vectors, 2)
    assert basis.shape == (3, 2)
    np.testing.assert_allclose(projected @ projected.T, vectors @ vectors.T, atol=1e-5)


def test_training_brings_translations_together_and_near_the_teacher() -> None:
    torch = pytest.importorskip("torch")
    torch.set_num_threads(1)  # for tensors this small, threads only wait for one another
    from matcher.training.contrastive import train

    count, size = 32, 8
    rng = np.random.default_rng(0)
    bags = Bags(rows=np.arange(2 * count) + 257, starts=np.arange(2 * count + 1))
    data = TrainingSet(bags, np.arange(count), np.arange(count) + count, np.arange(count), THAI.repeat(count))
    teacher = start.unit(rng.normal(size=(count, size)).astype(np.float32))
    table = rng.normal(size=(257 + 2 * count, size)).astype(np.float32)
    nearness = {}
    for weight in (0.0, 5.0):
        schedule = Schedule(epochs=100, batch=count, rate=0.05, heads=(8, 4), teacher_weight=weight)
        trained = train(table, data, teacher, np.arange(257), schedule)
        left, right = start.unit(trained[257 : 257 + count]), start.unit(trained[257 + count :])
        assert ((left @ right.T).argmax(axis=1) == np.arange(count)).all()
        assert not trained[:257].any()
        nearness[weight] = float((left * teacher).sum(axis=1).mean())
    assert nearness[5.0] > nearness[0.0] + 0.3
    again = train(table, data, teacher, np.arange(257), schedule)
    np.testing.assert_array_equal(trained, again, "same seed, same table")


def test_the_start_is_brought_to_the_length_of_the_table_before_it_is_mixed_in() -> None:
    table = np.array([[0, 0], [6, 0], [0, 6], [0, 6]], dtype=np.float32)
    begun = np.array([[0, 0], [0, 2], [0, 2], [0, 0]], dtype=np.float32)
    assert start.mix(table, begun, 0.5).tolist() == [[0, 0], [3, 3], [0, 6], [0, 3]]
    np.testing.assert_array_equal(start.mix(table, begun, 0.0), table)


def test_rows_that_no_batch_holds_stay_and_fixed_rows_are_zero() -> None:
    pytest.importorskip("torch")
    from matcher.training.contrastive import LazyAdam

    table = LazyAdam(np.ones((4, 2), dtype=np.float32), fixed=np.array([0]))
    part = table.rows(np.array([0, 2]))
    (part * part).sum().backward()
    table.move(np.array([0, 2]), part, rate=0.1)
    np.testing.assert_allclose(table.numbers.numpy()[:, 0], [0.0, 1.0, 0.9, 1.0], atol=1e-6)


def test_pairs_of_sentences_are_drawn_twice() -> None:
    pytest.importorskip("torch")
    from matcher.training.contrastive import drawn

    data = TrainingSet(BAGS, np.array([0, 1, 2]), np.array([1, 2, 1]), np.array([-1, -1, -1]), THAI.repeat(3))
    assert drawn(data, None).tolist() == [0, 1, 2]
    assert drawn(data, 2).tolist() == [0, 1, 2, 1, 2], "text 0 has one token, the others two"


def test_a_thinned_bag_keeps_its_order_and_one_token_at_least() -> None:
    from matcher.training.contrastive import thinned

    tokens, offsets = np.arange(1000), np.array([0, 1, 3, 6, 500])
    kept, starts = thinned(tokens, offsets, 0.3, np.random.default_rng(0))
    ends = np.append(starts[1:], len(kept))
    for old, until, new, end in zip(offsets, [*offsets[1:], 1000], starts, ends, strict=True):
        assert end > new, "no text is empty"
        assert set(kept[new:end]) <= set(range(old, until)), "no token has moved to another text"
    assert (np.diff(kept) > 0).all()
    assert 0.65 < len(kept) / 1000 < 0.75
    everything, same = thinned(tokens, offsets, 0.0, np.random.default_rng(0))
    np.testing.assert_array_equal(everything, tokens)
    np.testing.assert_array_equal(same, offsets)
    least, alone = thinned(tokens, offsets, 1.0, np.random.default_rng(0))
    assert alone.tolist() == [0, 1, 2, 3, 4], "one of each text"
    assert len(least) == 5


def test_a_restored_table_moves_as_the_one_that_was_saved(tmp_path: Path) -> None:
    pytest.importorskip("torch")
    from matcher.training.contrastive import LazyAdam

    def step(table: LazyAdam) -> np.ndarray:
        part = table.rows(np.array([0, 2]))
        (part**2).sum().backward()
        table.move(np.array([0, 2]), part, rate=0.1)
        numbers: np.ndarray = table.numbers.numpy().copy()
        return numbers

    fixed, begun = np.array([0]), np.ones((4, 2), dtype=np.float32)
    table, other = LazyAdam(begun, fixed), LazyAdam(begun, fixed)
    step(table)
    table.save(tmp_path / "state")
    other.restore(tmp_path / "state")
    assert other.step == 1
    np.testing.assert_array_equal(step(other), step(table))
    assert [path.name for path in tmp_path.iterdir()] == ["state"]


def test_quantise_is_off_by_half_a_scale_at_most() -> None:
    table = np.random.default_rng(1).normal(size=(50, 16)).astype(np.float32)
    table[3] = 0
    rows, scales = quantise(table)
    assert rows.dtype == np.int8
    assert (np.abs(rows * scales[:, None] - table) <= scales[:, None] / 2 + 1e-6).all()
    assert not rows[3].any()


def test_shipped_folder_loads(tmp_path: Path) -> None:
    tokenizers = pytest.importorskip("tokenizers")
    tokeniser = tokenizers.Tokenizer(tokenizers.models.WordLevel({"<unk>": 0, "tea": 1}, unk_token="<unk>"))
    write_folder(tmp_path / "m", np.array([[0, 0], [3, 4]], dtype=np.float32), tokeniser, card="# card\n", name="toy")
    encoder = StaticEncoder.load(tmp_path / "m")
    assert encoder.name == "toy"
    np.testing.assert_allclose(encoder.encode(["tea"]), [[0.6, 0.8]], atol=5e-3)
    assert (tmp_path / "m" / "README.md").read_text() == "# card\n"


def test_vietnamese_without_accents() -> None:
    assert corpus.without_accents("Đi du lịch Nhật Bản") == "Di du lich Nhat Ban"
