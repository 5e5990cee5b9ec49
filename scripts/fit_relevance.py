#!/usr/bin/env python3
"""
Learn the weights of relevance from judged briefs, in one command; again whenever the encoder changes.

    python scripts/fit_relevance.py --briefs briefs.jsonl --qrels qrels.tsv --indexes indexes

Both briefs of a topic are named `topic-language`. nDCG@10 by cross-validation over topics is printed beside that of the
weights set by hand, and what is learned is shipped only where it is better within and across languages: otherwise the
weights set by hand stay, and the file says so.
"""

import json
from pathlib import Path

import click
import numpy as np

from matcher.matching import Matcher
from matcher.matching.answer import answer
from matcher.matching.evaluation import groups_of, read_briefs, read_qrels
from matcher.matching.measures import dcg
from matcher.matching.query import make_queries
from matcher.matching.scoring import BLEND
from matcher.retrieval.encoders import load_encoder
from matcher.signals.relevance import PARTS
from matcher.training.relevance import Judged, fit_weights, left_out, prior_weights

DATA = Path(__file__).parents[1] / "src" / "matcher" / "signals" / "data" / "relevance.json"
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
DEPTH = 100


def judged(matcher: Matcher, briefs: Path, qrels: Path) -> tuple[list[Judged], list[list[str]], list[tuple[str, ...]]]:
    """Candidates of every judged brief, their ids, and the groups of the brief."""
    grades, found, ids, groups = read_qrels(qrels), [], [], []
    index = matcher.index
    encoder = load_encoder(index.manifest.settings.get("encoder"))
    for brief in read_briefs(briefs):
        own = grades.get(brief.brief_id)
        if own is None:
            continue
        asked = brief.model_copy(update={"k": DEPTH})
        scored = answer(index, make_queries([asked], encoder, index)[0]).scored
        opinion = next(each for each in scored.opinions if each.signal == "relevance")
        assert opinion.parts is not None
        weight = scored.weights["relevance"]
        names = [index.creator_id(int(row)) for row in scored.rows]
        found.append(
            Judged(
                topic=brief.brief_id.split("-", 1)[0],
                parts=opinion.parts,
                fixed=opinion.status != 3,
                value=opinion.value,
                factor=opinion.factor if opinion.factor is not None else np.ones(len(names)),
                rest=scored.score - weight * opinion.value,
                weight=weight,
                middle_z=BLEND.middle_z,
                grades=np.array([own.get(name, -1) for name in names], np.int64),
                ideal=dcg(sorted(own.values(), reverse=True)[:10]),
            )
        )
        ids.append(names)
        groups.append(groups_of(matcher, brief.language or "?", own))
    return found, ids, groups


def reached(
    found: list[Judged], ids: list[list[str]], groups: list[tuple[str, ...]], weights: list[np.ndarray]
) -> dict[str, float]:
    """nDCG@10 within and across languages, with everything unjudged counted as wrong, and left out ("… judged")."""
    said: dict[str, float] = {}
    for group in ("within", "across"):
        plain, condensed = [], []
        for brief, names, of, own in zip(found, ids, groups, weights, strict=True):
            if group in of and brief.ideal:
                order = np.lexsort((np.array(names), -brief.scores(own)))
                grades = brief.grades[order]
                plain.append(dcg(np.maximum(grades[:10], 0).tolist()) / brief.ideal)
                condensed.append(dcg(grades[grades >= 0][:10].tolist()) / brief.ideal)
        said[group], said[f"{group} judged"] = (round(float(np.mean(each)), 4) for each in (plain, condensed))
    return said


@click.command()
@click.option("--briefs", required=True, type=FILE, help="Briefs, one JSON object a line.")
@click.option("--qrels", required=True, type=FILE, help="TSV: brief_id, creator_id, grade.")
@click.option("--indexes", required=True, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--out", default=DATA, show_default=True, type=click.Path(dir_okay=False, path_type=Path))
def main(briefs: Path, qrels: Path, indexes: Path, out: Path) -> None:
    """Learn, report by cross-validation, and write the weights."""
    matcher = Matcher.open(indexes)
    found, ids, groups = judged(matcher, briefs, qrels)
    prior, by_topic = prior_weights(), left_out(found)
    learned, spread = fit_weights(found), np.std(list(by_topic.values()), axis=0)
    by_hand = reached(found, ids, groups, [prior] * len(found))
    held_out = reached(found, ids, groups, [by_topic[brief.topic] for brief in found])
    better = all(held_out[group] >= by_hand[group] for group in ("within", "across"))
    data = {
        "source": "scripts/fit_relevance.py on judged briefs: "
        + ("learned, drawn towards what was set by hand" if better else "by hand; what was learned was not better"),
        "encoder": matcher.index.manifest.encoder_fingerprint[:12],
        "weights": _named(learned if better else prior),
        "by_hand": _named(prior),
        "learned": _named(learned),
        "spread_over_folds": _named(spread),
        "ndcg": {"by_hand": by_hand, "topic_left_out": held_out},
    }
    out.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    click.echo(
        f"by hand         {by_hand}\ntopic left out  {held_out}\nweights         {data['weights']} -> {out}", err=True
    )


def _named(weights: np.ndarray) -> dict[str, float]:
    return dict(zip(PARTS, np.round(weights, 3).tolist(), strict=True))


if __name__ == "__main__":
    main()
