#!/usr/bin/env python3
"""
Make the model of fake accounts from labelled profiles: src/matcher/signals/data/fake_accounts.json.

    python scripts/train_fake_accounts.py fake_followers.csv
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from matcher.training.authenticity.accounts import as_data, fit, out_of_fold, read_labels

DATA = Path(__file__).resolve().parents[1] / "src" / "matcher" / "signals" / "data" / "fake_accounts.json"
SOURCE = (
    "1,481 genuine and 1,337 bought accounts of a labelled set of before 2014, numbers only; "
    "scripts/train_fake_accounts.py; rates out of fold, as of 2026-11"
)


def main() -> None:
    """Fit on all labels; the rates come from five folds."""
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    profiles, fake = read_labels(Path(sys.argv[1]))
    data = as_data(fit(profiles, fake), out_of_fold(profiles, fake), fake, SOURCE)
    DATA.write_text(json.dumps(data, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(data["rates"]))


if __name__ == "__main__":
    main()
