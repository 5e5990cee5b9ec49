"""Both stores answer like brute force: the same rows where they look at all, the same values always."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from matcher.errors import SnapshotDamaged
from matcher.retrieval import stores
from matcher.retrieval.stores import ExactStore, IvfStore, VectorStore, build_ivf, list_count, nearest, open_store
from matcher.retrieval.vectors import VectorTable

N, D = 6_000, 24
Rows = NDArray[np.float32]
Allowed = NDArray[np.bool_]


@pytest.fixture(scope="module")
def table() -> VectorTable:
    """Clustered, as posts are: 60 topics, and a hundred copies of one row."""
    rng = np.random.default_rng(3)
    topics = rng.normal(size=(60, D))
    rows = topics[rng.integers(60, size=N)] + 0.6 * rng.normal(size=(N, D))
    rows[1000:1100] = rows[1000]
    return VectorTable.of((rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32))


@pytest.fixture(scope="module")
def queries(table: VectorTable) -> Rows:
    rng = np.random.default_rng(4)
    rows = table.gather(rng.integers(N, size=30)) + 0.1 * rng.normal(size=(30, D))
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)


@pytest.fixture(scope="module")
def ivf_file(table: VectorTable, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ivf") / "posts.faiss"
    build_ivf(table, path)
    return path


@pytest.fixture(params=["exact", "ivf"])
def store(
    request: pytest.FixtureRequest, table: VectorTable, ivf_file: Path, monkeypatch: pytest.MonkeyPatch
) -> VectorStore:
    if request.param == "exact":
        return ExactStore(table)
    monkeypatch.setattr(stores, "EXACT_ROWS", 300)
    found = open_store(table, ivf_file)
    assert isinstance(found, IvfStore)
    return found


def brute_force(table: VectorTable, queries: Rows, k: int, allowed: Allowed) -> tuple[Rows, NDArray[np.int64]]:
    """Every row compared with every query, one by one."""
    rows = np.flatnonzero(allowed)
    values = table.gather(rows) @ queries.T
    best = [np.lexsort((rows, -values[:, q]))[:k] for q in range(len(queries))]
    ids = np.full((len(queries), k), -1)
    found = np.full((len(queries), k), -np.inf, np.float32)
    for q, order in enumerate(best):
        ids[q, : len(order)] = rows[order]
        found[q, : len(order)] = values[order, q]
    return found, ids


def check(store: VectorStore, table: VectorTable, queries: Rows, k: int, allowed: Allowed | None, exact: bool) -> None:
    values, ids = store.search(queries, k, allowed)
    everyone = np.ones(len(table), np.bool_) if allowed is None else allowed
    expected, expected_ids = brute_force(table, queries, k, everyone)
    assert values.shape == ids.shape == (len(queries), k)
    there = ids >= 0
    assert everyone[ids[there]].all(), "a row that is not allowed"
    assert there.sum() == (expected_ids >= 0).sum(), "fewer rows than there are"
    own = np.einsum("nd,nd->n", table.gather(ids[there]), queries[np.nonzero(there)[0]])
    np.testing.assert_allclose(values[there], own, atol=1e-5)
    assert np.isneginf(values[~there]).all()
    assert (values[:, :-1] >= values[:, 1:]).all(), "not highest first"
    if exact:
        np.testing.assert_allclose(values, expected, atol=1e-5)
        same = np.mean([np.isin(e, i).mean() for e, i in zip(expected_ids, ids, strict=True)])
        assert same > 0.99  # rows equal to the last bit of float32 may change places
    else:
        recall = np.mean([np.isin(e[e >= 0], i).mean() for e, i in zip(expected_ids, ids, strict=True)])
        assert recall >= 0.95


@pytest.mark.parametrize("k", [1, 10, 200])
def test_everything_is_allowed(store: VectorStore, table: VectorTable, queries: Rows, k: int) -> None:
    check(store, table, queries, k, None, isinstance(store, ExactStore))


@pytest.mark.parametrize(
    ("share", "exact"),
    [
        pytest.param(0.5, False, id="half"),
        pytest.param(0.1, False, id="a tenth"),
        pytest.param(0.03, True, id="few: scanned"),
        pytest.param(0.001, True, id="fewer than k"),
        pytest.param(0.0, True, id="none"),
    ],
)
def test_filters(store: VectorStore, table: VectorTable, queries: Rows, share: float, exact: bool) -> None:
    allowed = np.random.default_rng(5).random(N) < share
    check(store, table, queries, 50, allowed, exact or isinstance(store, ExactStore))


def test_a_filter_far_from_the_query(store: VectorStore, table: VectorTable, queries: Rows) -> None:
    """Only the rows least like the query are allowed: the lists near it hold none of them."""
    allowed = np.zeros(N, np.bool_)
    allowed[np.argsort(table.similarities(queries[:1], np.arange(N))[:, 0])[:2_000]] = True
    values, ids = store.search(queries[:1], 20, allowed)
    assert allowed[ids].all()
    assert (ids >= 0).all() and np.isfinite(values).all()


def test_more_than_there_are(store: VectorStore, table: VectorTable, queries: Rows) -> None:
    check(store, table, queries[:2], N + 5, None, True)


def test_ties_go_by_row(store: VectorStore, table: VectorTable) -> None:
    _, ids = store.search(table.gather(np.array([1000])), 100)
    assert ids[0].tolist() == list(range(1000, 1100))


def test_a_row_finds_itself(store: VectorStore, table: VectorTable) -> None:
    rows = np.arange(0, 900, 13)
    _, ids = store.search(table.gather(rows), 1)
    assert ids[:, 0].tolist() == rows.tolist()


@given(
    values=st.lists(st.sampled_from([-1.0, 0.0, 0.25, 0.5]), max_size=40),
    k=st.integers(1, 12),
)
def test_nearest_is_a_sort(values: list[float], k: int) -> None:
    rows = np.arange(len(values))[::-1].copy()
    found, ids = nearest(np.array(values, np.float32), rows, k)
    expected = sorted(zip(values, rows.tolist(), strict=True), key=lambda pair: (-pair[0], pair[1]))[:k]
    padding = k - len(expected)
    assert ids.tolist() == [row for _, row in expected] + [-1] * padding
    assert found.tolist() == [value for value, _ in expected] + [-np.inf] * padding


def test_an_empty_table() -> None:
    values, ids = ExactStore(VectorTable.of(np.empty((0, 4), np.float32))).search(np.ones((2, 4), np.float32), 3)
    assert ids.tolist() == [[-1] * 3] * 2
    assert np.isneginf(values).all()


def test_the_same_table_gives_the_same_file(table: VectorTable, ivf_file: Path, tmp_path: Path) -> None:
    build_ivf(table, tmp_path / "again.faiss")
    assert (tmp_path / "again.faiss").read_bytes() == ivf_file.read_bytes()


def test_lists_are_taken_over(table: VectorTable, ivf_file: Path, queries: Rows, tmp_path: Path) -> None:
    grown = VectorTable(np.concatenate([table.codes, table.codes[:500]]), np.append(table.scales, table.scales[:500]))
    build_ivf(grown, tmp_path / "grown.faiss", trained=ivf_file)
    store = open_store(grown, tmp_path / "grown.faiss")
    assert isinstance(store, IvfStore)
    assert store.index.nlist == list_count(N)
    _, ids = store.search(queries, 10)
    assert ids.max() >= N, "rows that were added are found"


def test_known_rows_go_into_their_lists_as_if_they_were_looked_for(
    table: VectorTable, ivf_file: Path, tmp_path: Path
) -> None:
    shuffled = np.random.default_rng(3).permutation(N)
    other = VectorTable.of(np.random.default_rng(4).normal(size=(500, table.dimensions)).astype(np.float32))
    mixed = VectorTable(
        np.concatenate([table.codes[shuffled], other.codes]), np.append(table.scales[shuffled], other.scales)
    )
    build_ivf(mixed, tmp_path / "looked.faiss", trained=ivf_file)
    build_ivf(mixed, tmp_path / "known.faiss", trained=ivf_file, same_as=np.append(shuffled, np.full(500, -1)))
    assert (tmp_path / "known.faiss").read_bytes() == (tmp_path / "looked.faiss").read_bytes()
    wrong = np.append(np.roll(shuffled, 1), np.full(500, -1))
    build_ivf(mixed, tmp_path / "wrong.faiss", trained=ivf_file, same_as=wrong)
    assert (tmp_path / "wrong.faiss").read_bytes() != (tmp_path / "looked.faiss").read_bytes()


@pytest.mark.parametrize(("rows", "lists"), [(0, 1), (1, 4), (10_000, 400), (1_000_000, 4_000), (10**9, 16_384)])
def test_list_count(rows: int, lists: int) -> None:
    assert list_count(rows) == lists


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:1000])


def _garbage(path: Path) -> None:
    path.write_bytes(b"nonsense" * 100)


@pytest.mark.parametrize("harm", [_cut, _garbage])
def test_a_broken_file_is_named(
    table: VectorTable, ivf_file: Path, tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    path = tmp_path / "broken.faiss"
    path.write_bytes(ivf_file.read_bytes())
    harm(path)
    with pytest.raises(SnapshotDamaged, match=r"broken\.faiss"):
        open_store(table, path)


def test_the_index_of_another_table(table: VectorTable, ivf_file: Path) -> None:
    with pytest.raises(SnapshotDamaged, match="holds 6000 rows of 24, its table 10 rows"):
        open_store(VectorTable(table.codes[:10], table.scales[:10]), ivf_file)
