"""From a snapshot's posts to the folder of an adapted encoder, with a card that says what it comes from."""

from collections.abc import Callable
from pathlib import Path

from matcher.errors import InputError
from matcher.retrieval.encoders.folder import read_about, read_static
from matcher.retrieval.encoders.load import DEFAULT_FOLDER
from matcher.retrieval.index import Index
from matcher.snapshot import SnapshotStore
from matcher.training.adapt import Adaptation, adapt
from matcher.training.own_posts import OwnPairs, own_pairs, read_posts
from matcher.training.ship import write_folder

CARD = """---
license: {licence}
library_name: sentence-transformers
pipeline_tag: sentence-similarity
---

# {name}

{base} (fingerprint {fingerprint}), fine-tuned on posts of one platform: {pairs:,} pairs of posts of one creator and of
captions and their hashtags, from {creators:,} creators; {how.steps} steps of {how.batch} pairs, rate {how.rate:g},
scale {how.scale:g}, hold {how.hold:g}, seed {how.seed}. Tokeniser and languages are those of {base}.

It was learnt from people's posts, so keep it where you keep them. It carries the licence of {base}.
Whether it is better than {base} is for judged briefs of your own to say: `matcher evaluate`.
"""


def write_adapted(
    indexes: Path, base: Path | None, target: Path, name: str, how: Adaptation,
    report: Callable[[int, int, float], None] = lambda *_: None,
) -> int:  # fmt: skip
    """
    Fine-tune the static encoder in folder `base` (None: the embedded one) on the current snapshot of `indexes`.

    Writes the model folder `target` and returns the number of pairs. Raises InputError for a target that is there
    already or posts that teach nothing, EncoderDamaged for a base that is no static model, NoSnapshot.
    """
    if target.exists():
        raise InputError(f"{target} is there already; name a folder that is not, or remove it")
    source = base or DEFAULT_FOLDER
    model, about = read_static(source), read_about(source)
    posts = read_posts(Index.open(SnapshotStore(indexes).folder()))
    pairs = own_pairs(posts, model.tokenizer, how.seed)
    table = adapt(model.table.decoded(), pairs, how, report)
    card = _card(name, str(about.get("name", source.name)), model.fingerprint, base is None, pairs, how)
    write_folder(target, table, model.tokenizer, card, name, about.get("languages", ("en",)))
    return len(pairs.left)


def _card(name: str, base: str, fingerprint: str, embedded: bool, pairs: OwnPairs, how: Adaptation) -> str:
    return CARD.format(
        licence="cc-by-sa-4.0" if embedded else "other",
        name=name,
        base=base,
        fingerprint=fingerprint[:12],
        pairs=len(pairs.left),
        creators=len(set(pairs.creator.tolist())),
        how=how,
    )
