"""`matcher evaluate`: shortlists against judgements."""

from __future__ import annotations

import json
from pathlib import Path

import click

from matcher.apps.cli import options


@click.command("evaluate")
@click.option("--briefs", type=click.Path(path_type=Path), required=True, help="Briefs, one JSON object a line.")
@click.option(
    "--qrels",
    type=click.Path(path_type=Path),
    required=True,
    help="TSV with a first line that names its columns: brief_id, creator_id, grade.",
)
@click.option("--unjudged", type=click.Path(path_type=Path), help="Write here, as TSV, who of the first ten to judge.")
@options.output("table", "json")
@options.indexes
@options.snapshot
@options.encoder
def command(
    briefs: Path, qrels: Path, unjudged: Path | None, form: str, indexes: Path, snapshot: str | None,
    encoder: str | None,
) -> None:  # fmt: skip
    """Measure the shortlists for judged briefs: nDCG@10, recall@50 and MRR, per language, with 90 % intervals.

    \b
    Example:
      matcher evaluate --briefs briefs.jsonl --qrels qrels.tsv --indexes indexes
    """
    from matcher.matching import Matcher
    from matcher.matching.evaluation import MEASURES, evaluate, read_briefs, read_qrels

    asked, judged = read_briefs(briefs), read_qrels(qrels)
    found = evaluate(Matcher.open(indexes, snapshot=snapshot, encoder=encoder), asked, judged)
    if unjudged is not None:
        lines = [f"{brief_id}\t{creator}\n" for brief_id, creators in found.unjudged.items() for creator in creators]
        unjudged.write_text("".join(["brief_id\tcreator_id\n", *lines]), encoding="utf-8")
    if form == "json":
        click.echo(json.dumps(found.to_dict(), ensure_ascii=False, indent=2))
        return
    from rich.table import Table

    from matcher.apps.cli.tables import console

    table = Table(box=None, header_style="bold", pad_edge=False)
    table.add_column("group")
    for name in ("briefs", *MEASURES):
        table.add_column(name, justify="right", no_wrap=True)
    for group, means in found.groups.items():
        cells = [f"{m.mean:.3f} [{m.low:.2f}, {m.high:.2f}]" for m in means.values()]
        table.add_row(group, str(found.sizes[group]), *cells)
    console().print(table)
