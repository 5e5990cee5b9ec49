"""The page on input tables shows rows that are read without a complaint, and names every field."""

import re
from pathlib import Path

import pytest

from matcher.catalog import Catalog
from matcher.catalog.schema import TABLES

PAGE = (Path(__file__).parents[2] / "docs" / "input-tables.md").read_text("utf-8")


def examples(kind: str) -> list[str]:
    blocks: list[str] = re.findall(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL)
    return blocks[: len(TABLES)]


@pytest.mark.parametrize(("kind", "suffix"), [("json", "jsonl"), ("csv", "csv")])
def test_the_example_rows_are_read(kind: str, suffix: str, tmp_path: Path) -> None:
    order = ("creators", "posts", "post_metrics", "comments", "follower_history", "collaborations", "accounts")
    paths = {}
    for name, text in zip(order, examples(kind), strict=True):
        paths[name] = tmp_path / f"{name}.{suffix}"
        paths[name].write_text(text, "utf-8")
    with Catalog.open(
        creators=paths["creators"],
        posts=paths["posts"],
        post_metrics=paths["post_metrics"],
        comments=paths["comments"],
        follower_history=paths["follower_history"],
        collaborations=paths["collaborations"],
        accounts=paths["accounts"],
        rejects=tmp_path / "rejects.jsonl",
    ) as catalog:
        assert len(catalog.creators()) == 1
        for name in order[1:]:
            assert [len(batch) for batch in getattr(catalog, name)()] == [1]
        assert catalog.warnings == []


@pytest.mark.parametrize("table", sorted(TABLES))
def test_the_page_names_every_column(table: str) -> None:
    assert [name for name in TABLES[table].columns if f"`{name}`" not in PAGE] == []
