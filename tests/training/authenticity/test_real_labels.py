"""On the labelled profiles, where they are there: what docs/authenticity.md says of the model."""

import os
from pathlib import Path

import numpy as np
import pytest

from matcher.training.authenticity.accounts import out_of_fold, read_labels

SHARED = Path(os.environ.get("MATCHER_SHARED_DATA") or Path(__file__).parents[4] / "shared" / "data")
LABELS = SHARED / "labels" / "fake_followers.csv"


@pytest.mark.skipif(not LABELS.is_file(), reason="no labelled profiles (MATCHER_SHARED_DATA)")
def test_fake_accounts_are_told_apart() -> None:
    profiles, fake = read_labels(LABELS)
    p = out_of_fold(profiles, fake)
    assert (p[fake][:, None] > p[~fake][None, :]).mean() >= 0.98
    tenth = np.minimum((p * 10).astype(int), 9)
    error = sum(abs(p[tenth == b].sum() - fake[tenth == b].sum()) for b in range(10)) / len(p)
    assert error <= 0.03
