"""Who comments with whom: lockstep against brute force, pods, and the accounts of creators learned."""

import importlib
from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray

from matcher.signals.authenticity.lockstep import BEYOND, LEAST_TOGETHER, lockstep
from matcher.signals.authenticity.pods import reciprocal_partners, writers

Ints = NDArray[np.int64]


def brute_force(creator: Ints, post: Ints, author: Ints, n: int) -> list[int]:
    """The people of each creator who appear with somebody of the same group, counted one by one."""
    under: list[set[int]] = [set(author[creator == c].tolist()) for c in range(n)]
    of = {a: {c for c in range(n) if a in under[c]} for a in set(author.tolist())}
    total = sum(map(len, under))
    meeting = sum((len(x) / total) ** 2 for x in under)
    together: dict[tuple[int, int], set[int]] = {}
    for p in set(post.tolist()):
        for pair in combinations(sorted(set(author[post == p].tolist())), 2):
            together.setdefault(pair, set()).add(int(creator[post == p][0]))
    found: list[set[int]] = [set() for _ in range(n)]
    for (u, v), where in together.items():
        chance = len(of[u]) * len(of[v]) * meeting
        times = len(where)
        if times >= LEAST_TOGETHER and times > chance and times * np.log(times / chance) - times + chance >= BEYOND:
            for c in where:
                found[c] |= {u, v}
    return [len(x) for x in found]


def crowd(seed: int, creators: int = 300, people: int = 2500) -> tuple[Ints, Ints, Ints]:
    """Three posts a creator with eight comments each by anybody; six people are under twenty creators together."""
    rng = np.random.default_rng(seed)
    post = np.repeat(np.arange(3 * creators), 8)
    author = rng.integers(0, people, len(post))
    group = np.repeat(rng.permutation(3 * creators)[:20], 6)
    post = np.concatenate([post, group])
    author = np.concatenate([author, people + np.tile(np.arange(6), 20)])
    mixed = rng.permutation(len(post))
    return post[mixed] // 3, post[mixed], author[mixed]


def test_lockstep_equals_brute_force() -> None:
    creator, post, author = crowd(1)
    found = lockstep(creator, post, author.astype(np.uint64), 300)
    expected = brute_force(creator, post, author, 300)
    assert found.together.tolist() == expected
    assert max(expected) >= 6 and expected.count(0) >= 270
    assert found.commenters.tolist() == [len(set(author[creator == c].tolist())) for c in range(300)]
    assert found.everywhere[creator[author >= 2500]].min() == 6


def test_a_public_of_one_creator_is_no_lockstep() -> None:
    post = np.repeat(np.arange(30), 10)  # the same ten fans under thirty posts of one creator
    found = lockstep(np.zeros(300, np.int64), post, np.tile(np.arange(10), 30).astype(np.uint64), 5)
    assert found.commenters.tolist() == [10, 0, 0, 0, 0]
    assert found.together.tolist() == [0] * 5 and found.everywhere.tolist() == [0] * 5


def test_the_cost_is_bounded_and_the_same_people_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    room = importlib.import_module("matcher.signals.authenticity.lockstep")
    assert room._most_per_post(np.array([10, 5000])) == room.MOST_PER_POST
    sizes = np.full(100_000, 60)
    most = room._most_per_post(sizes)
    assert sizes.size * most * (most - 1) // 2 <= room.MOST_PAIRS < sizes.size * (most + 1) * most // 2
    creator, post, author = crowd(1)
    whole = lockstep(creator, post, author.astype(np.uint64), 300).together
    monkeypatch.setattr(room, "MOST_PER_POST", 5)
    less = lockstep(creator, post, author.astype(np.uint64), 300).together
    assert (less <= whole).all() and (less > 0).sum() >= 0.8 * (whole > 0).sum()


def test_another_salt_draws_the_same_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    room = importlib.import_module("matcher.signals.authenticity.lockstep")
    monkeypatch.setattr(room, "MOST_PER_POST", 8)
    creator, post, author = crowd(1)
    comment = np.random.default_rng(2).integers(0, 1 << 63, len(post)).astype(np.uint64)
    salted = [np.random.default_rng(seed).permutation(1 << 16)[author].astype(np.uint64) for seed in range(4)]
    found = [lockstep(creator, post, own, 300, comment).together.tolist() for own in salted]
    assert sum(found[0]) > 0 and all(one == found[0] for one in found)


def test_nobody_comments() -> None:
    nothing = np.empty(0, np.int64)
    assert lockstep(nothing, nothing, nothing.astype(np.uint64), 2).commenters.tolist() == [0, 0]


def test_reciprocal_partners() -> None:
    #                    0 ↔ 1, 0 ↔ 2, 1 → 2 (twice), 3 on its own post, somebody unknown
    creator = np.array([1, 0, 2, 0, 2, 2, 3, 0])
    writer = np.array([0, 1, 0, 2, 1, 1, 3, -1])
    assert reciprocal_partners(creator, writer, 4).tolist() == [2, 1, 1, 0]


def test_the_account_of_a_creator_is_learned_from_its_own_comments() -> None:
    creator = np.array([0, 1, 2, 0, 1, 2])
    author = np.array([70, 71, 70, 72, 72, 0], dtype=np.uint64)
    own = np.array([True, False, False, True, True, True])
    known = np.array([-1, 2, -1, -1, -1, -1])
    # 70 writes for creator 0; 72 for two creators, so it is nobody's; 71 was known; 0 is nobody
    assert writers(creator, author, own, known).tolist() == [0, 2, 0, -1, -1, -1]
