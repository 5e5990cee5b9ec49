"""
The static encoder: a text is the mean of its tokens' rows, brought to length 1.

No network and no PyTorch: a tokeniser, one table and one sparse product. It gives what sentence-transformers'
`StaticEmbedding` followed by `Normalize` gives on the same folder.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, pairwise
from pathlib import Path

import numpy as np
import xxhash
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from matcher.retrieval.encoders.folder import TokenTable, read_static
from matcher.retrieval.encoders.protocol import Rows, WeighedWord

BATCH_TEXTS = 4096
BATCH_CHARACTERS = 1_000_000
FEW_TOKENS = 2_048


@dataclass(frozen=True, slots=True)
class Pieces:
    """The tokens of one text, in order."""

    start: NDArray[np.int64]
    """int64 [tokens]: where each begins in the text, and `end` where it ends."""
    end: NDArray[np.int64]
    rows: Rows
    """float32 [tokens, dimensions]."""


class StaticEncoder:
    """
    An encoder read from a folder with a tokeniser and a table of token rows.

    Safe to share between threads: nothing changes after loading.
    """

    def __init__(
        self, tokenizer: Tokenizer, table: TokenTable, name: str, fingerprint: str, languages: frozenset[str]
    ) -> None:
        self._tokenizer = tokenizer
        self._table = table
        self.name = name
        self.fingerprint = fingerprint
        self.dimensions = int(table.numbers.shape[1])
        self.languages = languages

    @classmethod
    def load(cls, folder: Path, languages: frozenset[str] = frozenset()) -> "StaticEncoder":
        """
        Read a model folder; `languages` is used where the folder itself names none.

        Raises EncoderDamaged when a file is missing or broken.
        """
        model = read_static(folder)
        named = frozenset(model.about.get("languages", ())) or languages
        name = str(model.about.get("name", folder.name))
        return cls(model.tokenizer, model.table, name, model.fingerprint, named)

    def weighted(self, weights: NDArray[np.float32]) -> "StaticEncoder":
        """The same encoder with each token's row multiplied by its weight, float32 [V]; its fingerprint is another."""
        digest = xxhash.xxh3_128(self.fingerprint.encode())
        digest.update(np.ascontiguousarray(weights, dtype=np.float32).tobytes())
        table = self._table.scaled(weights)
        return StaticEncoder(self._tokenizer, table, self.name, digest.hexdigest(), self.languages)

    def posts_with_token(self, texts: Sequence[str]) -> NDArray[np.int64]:
        """In how many of the texts each token stands, int64 [V]."""
        counts = np.zeros(self.tokens, dtype=np.int64)
        for start, stop in _batches(texts):
            for encoding in self._tokenise(texts[start:stop]):
                counts[np.unique(encoding.ids).astype(np.int64)] += 1
        return counts

    @property
    def tokens(self) -> int:
        """How many tokens have a row."""
        return len(self._table.numbers)

    def encode(self, texts: Sequence[str]) -> Rows:
        """Embed texts: float32 [len(texts), dimensions], unit rows, zeros where the model knows nothing."""
        rows = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for start, stop in _batches(texts):
            rows[start:stop] = self._encode_batch(texts[start:stop])
        return rows

    def pieces(self, text: str) -> Pieces:
        """The tokens of a text, with their rows."""
        [encoding] = self._tokenise([text], offsets=True)
        spans = np.array(encoding.offsets, dtype=np.int64).reshape(-1, 2)
        return Pieces(spans[:, 0], spans[:, 1], self._table.gather(np.array(encoding.ids, dtype=np.int32)))

    def encode_weighted(self, texts: Sequence[str], words: Sequence[Sequence[WeighedWord]]) -> Rows:
        """
        Embed texts whose words count as far as their weights say; what stands in no word counts in full.

        `words` are in order of where they begin, and do not overlap.
        Returns float32 [len(texts), dimensions], unit rows, zeros where the model knows nothing.
        """
        sums = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for at, (text, weighed) in enumerate(zip(texts, words, strict=True)):
            pieces = self.pieces(text)
            before_the_text = (-1, -1, 1.0)
            starts, ends, of_words = np.array([before_the_text, *weighed], dtype=np.float64).T
            word = np.searchsorted(starts, pieces.start, side="right") - 1
            weights = np.where(pieces.start < ends[word], of_words[word], 1.0)
            sums[at] = (pieces.rows * weights.astype(np.float32)[:, None]).sum(axis=0)
        return _to_unit(sums)

    def _encode_batch(self, texts: Sequence[str]) -> Rows:
        ids = [encoding.ids for encoding in self._tokenise(texts)]
        starts = np.zeros(len(ids) + 1, dtype=np.int32)
        np.cumsum([len(one) for one in ids], out=starts[1:])
        tokens = np.fromiter(chain.from_iterable(ids), dtype=np.int32, count=int(starts[-1]))
        sums = self._sums_of_few(tokens, starts) if len(tokens) <= FEW_TOKENS else self._sums_of_many(tokens, starts)
        return _to_unit(sums)

    def _sums_of_few(self, tokens: NDArray[np.int32], starts: NDArray[np.int32]) -> Rows:
        """Row sums of a few briefs: only their rows are decoded, and added in the order of the sparse product."""
        rows = self._table.gather(tokens)
        sums = [np.add.reduce(rows[first:end], axis=0) for first, end in pairwise(starts.tolist())]
        return np.stack(sums) if sums else np.zeros((0, self.dimensions), dtype=np.float32)

    def _sums_of_many(self, tokens: NDArray[np.int32], starts: NDArray[np.int32]) -> Rows:
        """Row sums of a batch of posts: one sparse product with the decoded table."""
        from scipy.sparse import csr_matrix  # late: a brief has no use for it

        ones = np.ones(len(tokens), dtype=np.float32)
        bags = csr_matrix((ones, tokens, starts), shape=(len(starts) - 1, len(self._decoded)))
        sums: Rows = bags @ self._decoded
        return sums

    @cached_property
    def _decoded(self) -> Rows:
        return self._table.decoded()

    def _tokenise(self, texts: Sequence[str], offsets: bool = False) -> list[Encoding]:
        encode = self._tokenizer.encode_batch if offsets else self._tokenizer.encode_batch_fast
        try:
            return encode(list(texts), add_special_tokens=False)
        except (TypeError, UnicodeEncodeError):  # half a surrogate pair, as cut-off emoji leave behind
            whole = [text.encode("utf-8", "replace").decode("utf-8") for text in texts]
            return encode(whole, add_special_tokens=False)


def _to_unit(sums: Rows) -> Rows:
    norms = np.linalg.norm(sums, axis=1, keepdims=True)
    rows: Rows = np.divide(sums, norms, out=np.zeros_like(sums), where=norms > 0)
    return rows


def _batches(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Cut into runs of bounded size, so that memory does not grow with the number or the length of texts."""
    start = characters = 0
    for at, text in enumerate(texts):
        characters += len(text)
        if at + 1 - start >= BATCH_TEXTS or characters >= BATCH_CHARACTERS:
            yield start, at + 1
            start, characters = at + 1, 0
    if start < len(texts):
        yield start, len(texts)
