"""
The tokeniser: a Unigram model over an assembled vocabulary, so that one word of any language is one row.

Spaces do not split: a token may hold one (`▁du▁lịch`), which is how Vietnamese compounds become words. Bytes stand in
for characters that no pair holds, so nothing is ever unknown.
"""

from collections import Counter
from collections.abc import Sequence

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

from matcher.training.vocabulary import FLOOR, START, Scores

BYTES = [f"<0x{byte:02X}>" for byte in range(256)]
UNKNOWN = "<unk>"
RUN_TOGETHER = 0.2
URL = r"(?:https?://|www\.)\S+"


def build_normaliser(charmap: bytes) -> normalizers.Normalizer:
    """Addresses away, NFKC, lower case, the compiled table of characters, single spaces."""

    return normalizers.Sequence(
        [
            normalizers.Replace(Regex(URL), " "),
            normalizers.NFKC(),
            normalizers.Lowercase(),
            normalizers.Precompiled(charmap),
            normalizers.Replace(Regex(" {2,}"), " "),
            normalizers.Strip(),
        ]
    )


def build_tokeniser(scores: Scores, charmap: bytes) -> Tokenizer:
    """
    A `tokenizers.Tokenizer` over the tokens of `scores`, in the order of their scores, with bytes as the way out.

    Row 0 is `<unk>`, rows 1 to 256 are the bytes; none of them ever gets a vector.
    """

    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    vocabulary = [(UNKNOWN, 0.0), *((byte, FLOOR - 2) for byte in BYTES), *((t, round(s, 3)) for t, s in ranked)]
    tokeniser = Tokenizer(models.Unigram(vocabulary, unk_id=0, byte_fallback=True))
    tokeniser.normalizer = build_normaliser(charmap)
    tokeniser.pre_tokenizer = pre_tokenizers.Metaspace(replacement=START, prepend_scheme="always", split=False)
    return tokeniser


def prune(scores: Scores, usage: dict[str, float], size: int) -> Scores:
    """The `size` tokens with the highest usage (see `usage_by_language`); what is never used goes first."""
    used = sorted((token for token in scores if usage.get(token)), key=lambda token: (-usage[token], token))
    return {token: scores[token] for token in used[:size]}


def usage_by_language(counts: dict[str, Counter[str]]) -> dict[str, float]:
    """The largest share that a token has of any language's tokens, so that small corpora keep their words.

    A word used inside others (hashtags) counts as a fraction of the word, as the pairs hold next to no hashtags.
    """
    usage: dict[str, float] = {}
    for language in sorted(counts):
        total = max(1, counts[language].total())
        for token, n in counts[language].items():
            if n > 1:
                usage[token] = max(n / total, usage.get(token, 0.0))
    inside = {token[1:]: RUN_TOGETHER * share for token, share in usage.items() if token.startswith(START)}
    return {token: max(share, usage.get(token, 0.0)) for token, share in (inside | usage).items()}


def count_tokens(tokeniser: Tokenizer, texts: Sequence[str], batch: int = 20_000) -> Counter[str]:
    """How often each token is used over the texts."""
    counts: Counter[int] = Counter()
    for at in range(0, len(texts), batch):
        for encoding in tokeniser.encode_batch_fast(list(texts[at : at + batch]), add_special_tokens=False):
            counts.update(encoding.ids)
    return Counter({str(tokeniser.id_to_token(row)): n for row, n in counts.items()})


def token_counts(tokeniser: Tokenizer, texts: Sequence[str]) -> list[int]:
    """How many tokens each text has, at least 1."""
    return [max(1, len(one.ids)) for one in tokeniser.encode_batch_fast(list(texts), add_special_tokens=False)]
