"""The public list: what other programs may import from `matcher`."""

import subprocess
import sys

import pytest

import matcher

PUBLIC = ["Brief", "Matcher", "Shortlist", "load_encoder", "reindex"]


def test_the_list_is_short_sorted_and_true() -> None:
    assert matcher.__all__ == PUBLIC == sorted(PUBLIC)
    assert set(PUBLIC) <= set(dir(matcher))
    assert all(callable(getattr(matcher, name)) for name in PUBLIC)


def test_any_other_name_is_refused() -> None:
    with pytest.raises(AttributeError, match="module 'matcher' has no attribute 'Mtcher'"):
        _ = matcher.Mtcher


def test_importing_matcher_loads_nothing_heavy() -> None:
    script = "import matcher, sys; print([m for m in ('numpy', 'torch', 'pandas', 'faiss') if m in sys.modules])"
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
