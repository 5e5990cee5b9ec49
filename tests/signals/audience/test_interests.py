"""Interests as a tree: what counts for what, in four languages."""

import pytest

from matcher.signals.audience.interests import BROADER, NARROWER, credit, interest_id
from matcher.signals.trade import trade_data

TREE = trade_data("interests")["interests"]


@pytest.mark.parametrize(
    ("wanted", "reached", "worth"),
    [
        pytest.param("beauty", "beauty", 1.0, id="the same"),
        pytest.param("beauty", "skin care", NARROWER, id="a part of it"),
        pytest.param("food", "baking", NARROWER**2, id="a part of a part"),
        pytest.param("skin care", "beauty", BROADER, id="the whole"),
        pytest.param("skin care", "make-up", 0.0, id="a sister"),
        pytest.param("beauty", "gaming", 0.0, id="another"),
        pytest.param("làm đẹp", "保養", NARROWER, id="across languages"),
        pytest.param("เกม", "電競", NARROWER, id="Thai and Chinese"),
        pytest.param("Unboxing", "unboxing", 1.0, id="not in the tree, the same"),
        pytest.param("unboxing", "beauty", 0.0, id="not in the tree"),
    ],
)
def test_credit(wanted: str, reached: str, worth: float) -> None:
    assert credit(wanted, reached) == pytest.approx(worth)


@pytest.mark.parametrize("name", ["Beauty & Cosmetics", "BEAUTY", "美妝", "làm đẹp", "ความงาม"])
def test_names_of_all_languages_lead_to_one_id(name: str) -> None:
    assert interest_id(name) == "beauty"


def test_every_interest_has_a_parent_in_the_tree_and_no_circle() -> None:
    for name in TREE:
        path = [name]
        while parent := TREE[path[-1]]["parent"]:
            assert parent in TREE and parent not in path
            path.append(parent)


def test_no_name_stands_for_two_interests() -> None:
    names = [name for entry in TREE.values() for name in entry["names"]]
    assert sorted(set(names)) == sorted(names)
