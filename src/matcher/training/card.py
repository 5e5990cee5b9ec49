"""
The model card: what the model is, from which data under which licences, how good it is and where it ends.
"""

from collections.abc import Mapping, Sequence

Figures = Mapping[str, Mapping[str, float]]
"""Measure -> language -> value."""

OTHER_SOURCES = (
    ("sentence-transformers/all-MiniLM-L6-v2 (teacher, word pieces)", "Apache-2.0"),
    ("wordfreq (frequencies for the tokeniser)", "data CC-BY-SA-4.0"),
    ("OpenCC (Traditional to Simplified characters, through wordfreq)", "Apache-2.0"),
    ("PyThaiNLP (Thai word list)", "CC0-1.0"),
    ("PyThaiNLP/wisesight-sentiment (text only, for the tokeniser)", "CC0-1.0"),
)

HEAD = """---
license: cc-by-sa-4.0
language: [{languages}]
library_name: sentence-transformers
pipeline_tag: sentence-similarity
---

# {name}

A static multilingual encoder for short social texts and brand briefs: a tokeniser and one table of {tokens} rows of
{dimensions} numbers. A text is the mean of its tokens' rows, brought to length 1. It puts texts on the same topic near
each other, within and across {languages}.

It was made for matching brands and creators on an ordinary processor. The first 128 or 64 numbers of a row can be used
alone (bring them back to length 1).

## Use
```python
from matcher import load_encoder

rows = load_encoder().encode(["vegan protein powder", "bột protein thuần chay"])
```
sentence-transformers loads the same folder, to the same vectors, where `matcher` is installed:
`SentenceTransformer(folder, trust_remote_code=True)`. `matcher.retrieval.encoders.torch_static.export_plain` writes a
folder that needs no `matcher`.

## How it was trained
Tokeniser: Unigram over an assembled vocabulary (whole words; dictionary words for Chinese, Japanese and Thai; compounds
for Vietnamese). NFKC, lower case, punctuation to space, Traditional Chinese characters to Simplified; accents stay.
Table: started from the teacher's vectors without a gradient step, then trained on {pairs} translation pairs (InfoNCE
with in-batch negatives, Matryoshka sizes 256/128/64) and held to the teacher by cosine and by similarity matrices; then
refined from the table with a share of the start mixed in again, tokens left out at random. English rows lean towards
the start, tokens that many texts hold are damped. Chinese and Vietnamese dictionary words that the vocabulary cuts into
pieces of another meaning have rows of their own, made from what the table says of their meanings in English. int8 with
a scale per row.

## Figures
Development sets, never trained on, but looked at while the recipe took shape, so expect a little less on others.
Held-out pairs are one in a hundred English sentences with all their translations, drawn by a hash before anything was
trained. Differences under 0.015 are noise. All of `benchmarks/encoder/results.md`, which also has judged briefs, speed,
size, unknown tokens, and what was tried.
"""

LIMITS = """
## Limits
A bag of words knows no order and no negation; slang, new brands and names outside the vocabulary are spelled in pieces
that mean little. Thai saw few sentences, mostly about software. Finding one exact passage is BM25's work. Languages
that are not listed are not understood; check before you rely on one. Nothing here should be used to infer ethnicity,
religion, health or income of people.
"""


def write_card(
    name: str, languages: Sequence[str], shape: tuple[int, int],
    sources: Sequence[tuple[str, str, int]], figures: Figures,
) -> str:  # fmt: skip
    """
    The card as Markdown. `shape` is (tokens, dimensions); `sources` are (source, licence, number of pairs).

    Sources are sorted as given; share-alike ones make the model's own licence CC-BY-SA-4.0.
    """
    pairs = sum(n for _, _, n in sources)
    head = HEAD.format(
        name=name, languages=", ".join(languages), tokens=shape[0], dimensions=shape[1], pairs=f"{pairs:,}"
    )
    return head + _figures(figures) + _data(sources) + LIMITS


def _figures(figures: Figures) -> str:
    languages = sorted({language for row in figures.values() for language in row})
    lines = [_row(["", *languages]), _row(["---"] * (len(languages) + 1))]
    for measure, row in figures.items():
        lines.append(_row([measure, *(f"{row[one]:.3f}" if one in row else "–" for one in languages)]))
    return "\n".join(lines) + "\n"


def _data(sources: Sequence[tuple[str, str, int]]) -> str:
    lines = ["\n## Data and attribution", "The model is under CC-BY-SA-4.0, as some of its sources are share-alike.\n"]
    lines += [_row(["source", "licence", "pairs"]), _row(["---"] * 3)]
    lines += [_row([source, licence, f"{n:,}"]) for source, licence, n in sources]
    lines += [_row([source, licence, "–"]) for source, licence in OTHER_SOURCES]
    return "\n".join(lines) + "\n"


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"
