"""The cheats of the demo world: those who bought followers are found, the honest are left in peace."""

import json
from pathlib import Path

import numpy as np
import pytest

from matcher.demo import write_world
from matcher.indexing import reindex
from matcher.retrieval.index import Index
from matcher.signals.authenticity.evidence import PARTS
from matcher.signals.authenticity.words import LOG_ODDS_OF_A_REASON
from matcher.signals.trade import trade_data
from matcher.snapshot import SnapshotStore

from ..conftest import AS_OF


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory, model: Path) -> tuple[Index, np.ndarray]:
    """An index of 450 creators, and the cheat of each."""
    folder = tmp_path_factory.mktemp("cheats")
    world = write_world(folder / "world", creators=450, posts_per_creator=6)
    tables = {name: world.table(name) for name in ("creators", "posts", "comments", "follower_history")}
    reindex(**tables, indexes=folder / "indexes", encoder=str(model), as_of=AS_OF, progress=False)
    index = Index.open(SnapshotStore(folder / "indexes").folder())
    cheats = {t["creator_id"]: t["cheat"] for t in map(json.loads, world.truth.read_text("utf-8").splitlines())}
    return index, np.array([cheats[i] for i in index.creator_table.column("creator_id").to_pylist()])


def test_bought_followers_are_found_or_asked_about(judged: tuple[Index, np.ndarray]) -> None:
    """A jump alone is a reason to ask; with anything beside it creators are cautioned about."""
    index, cheat = judged
    jump = index.creators.authenticity_weights[:, PARTS.index("jump")]
    bought = (cheat == "bought_followers") & ~np.isnan(jump)
    low = index.creators.authenticity[bought] < trade_data("cautions")["authenticity_low"]
    assert bought.sum() >= 5
    assert (low | (jump[bought] >= LOG_ODDS_OF_A_REASON)).mean() >= 0.9


def test_the_honest_are_left_in_peace(judged: tuple[Index, np.ndarray]) -> None:
    index, cheat = judged
    honest = index.creators.authenticity[cheat == "none"]
    jump = index.creators.authenticity_weights[cheat == "none", PARTS.index("jump")]
    assert (jump >= LOG_ODDS_OF_A_REASON).mean() <= 0.02
    assert (honest < trade_data("cautions")["authenticity_low"]).mean() <= 0.01
    assert np.median(honest) > 0.9
