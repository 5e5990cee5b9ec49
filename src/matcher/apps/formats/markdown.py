"""A shortlist as a Markdown page that can be sent to a client."""

from __future__ import annotations

import re
from collections.abc import Iterator

from matcher.apps.formats.words import followers, name_of, shortened, standing
from matcher.records import Brief, Contribution, Entry, Shortlist

_MARK = {"estimated": " ~", "declared": " †", "absent": " ∅"}
_LEGEND = "~ estimated, † declared by the creator or platform, ∅ not known: what is usual for like creators is taken"


def markdown(brief: Brief, shortlist: Shortlist) -> str:
    """The whole page: the brief, the table, each creator with its reasons, and how the list came about."""
    title = " – ".join(filter(None, [brief.brand.name, shortlist.brief_id]))
    lines = [f"# Shortlist: {inline(title)}", "", f"> {inline(shortened(brief.text, 600))}", ""]
    if shortlist.entries:
        lines += [*_table(shortlist.entries), ""]
        if any(part.status in _MARK for entry in shortlist.entries for part in entry.contributions):
            lines += [f"*{_LEGEND}.*", ""]
    else:
        lines += ["No creator meets the brief.", ""]
    for entry in shortlist.entries:
        lines += [*_creator(entry), ""]
    lines += ["## How this list came about", ""]
    lines += [f"- {step.creators:,} creators {_step(step.step)}" for step in shortlist.funnel]
    lines += [f"- Note: {inline(warning)}" for warning in shortlist.warnings]
    made = f"index `{shortlist.snapshot_id}`, method {shortlist.method_version}"
    return "\n".join([*lines, "", f"*Made {shortlist.created_at[:10]} from {made}.*"]) + "\n"


def _table(entries: tuple[Entry, ...]) -> Iterator[str]:
    signals = [part.signal for part in entries[0].contributions]
    yield "| " + " | ".join(["#", "creator", "platform", "followers", "market", "score", *signals]) + " |"
    yield "|--:|---|---|--:|---|--:|" + "--:|" * len(signals)
    for entry in entries:
        values = [f"{part.value:.2f}{_MARK.get(part.status, '')}" for part in entry.contributions]
        cells = [str(entry.rank), inline(name_of(entry)), inline(", ".join(entry.platforms)) or "–",
                 followers(entry), entry.country or "–", f"**{entry.score:.3f}**", *values]  # fmt: skip
        yield "| " + " | ".join(cells) + " |"


def _creator(entry: Entry) -> Iterator[str]:
    yield f"## {entry.rank}. {inline(name_of(entry))}"
    yield ""
    yield from (_reason(part) for part in entry.contributions)
    yield from (f"- ⚠ {inline(caution.detail)}" for caution in entry.cautions)
    for post in entry.evidence:
        address = _address(post.url)
        link = f"[post]({address})" if address else f"post {inline(post.post_id)}"
        yield f"- “{inline(post.text)}” ({link})"


def _reason(part: Contribution) -> str:
    where = f", {standing(part)}" if standing(part) else ""
    return f"- **{part.signal}** {part.value:.2f}{where}: {inline(part.note)}"


def _step(step: str) -> str:
    """A step of the funnel in words."""
    if step == "all":
        return "in the index"
    part, name = step.split(".")
    return f"{'left by' if part == 'must' else 'left after excluding by'} {name.replace('_', ' ')}"


def _address(url: str | None) -> str | None:
    """An address that is safe as the target of a link."""
    return url if url and re.fullmatch(r"https?://[^\s()<>\[\]`|]+", url) else None


def inline(text: str) -> str:
    """Other people's text on one line, with nothing in it that Markdown or HTML would act on."""
    text = " ".join(text.split()).replace("&", "&amp;").replace("<", "&lt;")
    return re.sub(r"([\\`*_\[\]|])", r"\\\1", text)
