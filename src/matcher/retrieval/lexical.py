"""
The lexical arm: BM25 (Robertson & Zaragoza 2009, k1 = 1.2, b = 0.75) over script-aware tokens, kept by tantivy.

Tokens come ready-made from the text room, joined by spaces; tantivy only splits at white space. A document is a post
or a creator's own words (name, handle, bio, categories): document number = row of the post, or the number of posts
plus the row of the creator.
"""

from __future__ import annotations

import math
import re
import shutil
import tempfile
import weakref
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.errors import SnapshotDamaged
from matcher.text.characters import BOPOMOFO, HAN, KANA, SYLLABIC

K1 = 1.2
MAX_QUERY_TOKENS = 64
_HEAP_BYTES = 300_000_000
_PART_OF_A_PAIR = re.compile(f"[{HAN}{KANA}{BOPOMOFO}]")
_PART_OF_A_TRIPLE = re.compile(f"[{SYLLABIC}]{{1,2}}")


def _schema() -> Any:
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("tokens", tokenizer_name="whitespace", index_option="position")
    builder.add_unsigned_field("document", fast=True)
    return builder.build()


def build_lexical(folder: Path, documents: Iterable[tuple[int, str]]) -> int:
    """Write the index of (document number, tokens joined by spaces) into an empty folder; returns how many."""
    import tantivy

    folder.mkdir(parents=True, exist_ok=True)
    writer = tantivy.Index(_schema(), str(folder)).writer(_HEAP_BYTES, 1)
    count = 0
    for number, tokens in documents:
        document = tantivy.Document()
        document.add_text("tokens", tokens)
        document.add_unsigned("document", number)
        writer.add_document(document)
        count += 1
    writer.commit()
    writer.wait_merging_threads()
    for leftover in folder.glob("*.lock"):
        leftover.unlink()
    return count


def _opened(folder: Path) -> tuple[Any, Any]:
    import tantivy

    index = tantivy.Index.open(str(folder))
    return index, index.searcher()


@dataclass(frozen=True)
class LexicalIndex:
    """BM25 search over a folder written by `build_lexical`."""

    folder: Path

    @cached_property
    def _open(self) -> tuple[Any, Any]:
        try:
            return _opened(self.folder)
        except ValueError as error:
            if "Lockfile" not in str(error):
                raise SnapshotDamaged(f"{self.folder} cannot be opened as a lexical index: {error}") from None
        # tantivy locks the folder even to read; where it is read-only, links in another folder take its place
        mirror = Path(tempfile.mkdtemp(prefix="matcher-lexical-"))
        weakref.finalize(self, shutil.rmtree, mirror, ignore_errors=True)
        for file in self.folder.iterdir():
            if file.suffix != ".lock":
                (mirror / file.name).symlink_to(file.resolve())
        return _opened(mirror)

    def hold(self) -> None:
        """Open the files now; they stay readable after the folder is gone."""
        _ = self._open

    def __len__(self) -> int:
        return int(self._open[1].num_docs)

    def idf(self, token: str) -> float:
        """Inverse document frequency ln(1 + (N - n + 0.5) / (n + 0.5)); 0 for a token that no document has."""
        frequency = self._open[1].doc_freq("tokens", token)
        return math.log(1 + (len(self) - frequency + 0.5) / (frequency + 0.5)) if frequency else 0.0

    def search(self, tokens: Sequence[str], n_hits: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """
        The `n_hits` best documents for the tokens, scores on a fixed scale.

        Returns document numbers int64 [n] and scores float32 [n] in [0, 1], highest first, ties by number. A score
        is BM25 divided by the most that any document could get for these tokens, the sum of idf × (k1 + 1): the
        theoretical maximum of Bruch, Gai & Ingber (2023), so it does not depend on which other documents were found.
        """
        import tantivy

        weights = {token: self.idf(token) for token in dict.fromkeys(tokens)}
        known = sorted((t for t in weights if weights[t] > 0), key=lambda t: (-weights[t], t))[:MAX_QUERY_TOKENS]
        if not known:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        index, searcher = self._open
        should = [(tantivy.Occur.Should, tantivy.Query.term_query(index.schema, "tokens", t, "freq")) for t in known]
        hits = searcher.search(tantivy.Query.boolean_query(should), limit=n_hits, count=False).hits
        bound = sum(weights[token] for token in known) * (K1 + 1)
        numbers = np.array(searcher.fast_field_values("document", [hit[1] for hit in hits]), dtype=np.int64)
        scores = np.array([hit[0] for hit in hits], dtype=np.float32) / np.float32(bound)
        order = np.lexsort((numbers, -scores))
        return numbers[order], scores[order]

    def containing(self, phrase: Sequence[str]) -> NDArray[np.int64]:
        """
        Numbers int64 of all documents that hold these tokens next to each other, in ascending order.

        A token shorter than the pieces that its script is cut into (茶; ชา) is found inside those pieces too.
        """
        import tantivy

        if not phrase:
            return np.empty(0, np.int64)
        index, searcher = self._open
        patterns = [_pattern(token) for token in phrase]
        if any(patterns):
            whole = [pattern or re.escape(token) for pattern, token in zip(patterns, phrase, strict=True)]
            query = (
                tantivy.Query.regex_query(index.schema, "tokens", whole[0])
                if len(whole) == 1
                else tantivy.Query.regex_phrase_query(index.schema, "tokens", whole)
            )
        elif len(phrase) == 1:
            query = tantivy.Query.term_query(index.schema, "tokens", phrase[0], "basic")
        else:
            query = tantivy.Query.phrase_query(index.schema, "tokens", list(phrase))
        hits = searcher.search(query, limit=max(1, len(self)), count=False).hits
        return np.sort(np.array(searcher.fast_field_values("document", [hit[1] for hit in hits]), dtype=np.int64))


def _pattern(token: str) -> str | None:
    """What a token that is shorter than its script's pieces looks like inside them; None for any other token."""
    if _PART_OF_A_PAIR.fullmatch(token):
        return f".?{token}.?"
    if _PART_OF_A_TRIPLE.fullmatch(token):
        around = ".?" * (3 - len(token))
        return f"{around}{token}{around}"
    return None


def copy_lexical(source: Path, target: Path) -> None:
    """Take over an index whose documents have not changed; hard links where the disk allows them."""
    target.mkdir(parents=True)
    for file in source.iterdir():
        if file.suffix != ".lock":
            link_or_copy(file, target / file.name)


def link_or_copy(source: Path, target: Path) -> None:
    """A second name for an immutable file, or a copy where the file system has no hard links."""
    try:
        target.hardlink_to(source)
    except OSError:
        with tempfile.TemporaryDirectory(dir=target.parent) as partial:
            shutil.copyfile(source, Path(partial) / "copy")
            (Path(partial) / "copy").replace(target)
