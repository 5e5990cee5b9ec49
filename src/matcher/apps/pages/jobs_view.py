"""Reindexes as the page shows them: the one that runs, with its progress and its log, and how the last ones ended."""

from __future__ import annotations

from dataclasses import dataclass

from matcher.apps.pages.labels import STAGES
from matcher.apps.service.reindexer import Reindexer
from matcher.apps.storage import Database, jobs
from matcher.apps.storage.jobs import RUNNING, Job
from matcher.records.said import Said, say

SHOWN_JOBS, SHOWN_LINES = 5, 14


@dataclass(frozen=True, slots=True)
class JobsView:
    """The panel of reindexes."""

    running: Job | None
    share: float | None
    """Of the stage under way, what is done; None where its end is not known."""
    log: tuple[str, ...]
    """The last lines that the newest job said; of those that are known, sentences."""
    ended: tuple[Job, ...]
    """Newest first."""
    can_start: bool
    """Whether the service was told of tables to read."""


def jobs_view(database: Database, runner: Reindexer) -> JobsView:
    """The newest jobs."""
    found = jobs.list_jobs(database, SHOWN_JOBS)
    running = next((job for job in found if job.state in RUNNING), None)
    share = min(running.done / running.total, 1.0) if running and running.total else None
    lines = jobs.job_log(database, found[0].id).splitlines()[-SHOWN_LINES:] if found else []
    known = _known(found[0]) if found else {}
    return JobsView(
        running=running,
        share=share,
        log=tuple(known.get(line, line) for line in lines),
        ended=tuple(job for job in found if job.state not in RUNNING),
        can_start={"creators", "posts"} <= set(runner.tables),
    )


def _known(job: Job) -> dict[str, Said]:
    """Lines that a job may have written in its log → the sentences that they are."""
    said = {stage: Said.of(name) for stage, name in STAGES.items()}
    summary = job.summary or {}
    notes = [say("Note: {warning}", warning=warning) for warning in summary.get("warnings", ())]
    ends = [
        say("published {snapshot}", snapshot=job.snapshot_id),
        say("unchanged {snapshot}", snapshot=job.snapshot_id),
    ]
    return said | {str(line): line for line in (*notes, *ends)}
