"""What a demo world is once it is on disk, and the one function that makes it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Format = Literal["parquet", "jsonl", "csv"]
TABLES = ("creators", "posts", "comments", "post_metrics", "follower_history", "collaborations")


@dataclass(frozen=True)
class World:
    """A folder with one file per table of the input contract, and `truth.jsonl` beside them."""

    folder: Path
    seed: int
    format: Format
    rows: Mapping[str, int]
    """Rows of each table."""

    def table(self, name: str) -> Path:
        """The file of one table, e.g. `world.table("posts")`."""
        return self.folder / f"{name}.{self.format}"

    @property
    def truth(self) -> Path:
        """JSON lines, one per creator: real topics, language, role and cheat. Never an input of a reindex."""
        return self.folder / "truth.jsonl"


def write_world(
    folder: Path,
    *,
    creators: int = 3000,
    posts_per_creator: float = 20,
    seed: int = 7,
    format: Format = "parquet",
    on_rows: Callable[[int], None] | None = None,
) -> World:
    """
    Invent a world and write its tables into `folder`, which is made if needed.

    `creators` × `posts_per_creator` posts come out, to the post. The same arguments give the same content.
    Rows are streamed batch by batch, so memory grows with the creators and not with the posts. `on_rows` is
    called with the number of posts written since the last call. Raises InputError for a size below zero.
    """
    from matcher.demo.writing import write_tables  # brings pyarrow

    return write_tables(folder, creators, posts_per_creator, seed, format, on_rows)
