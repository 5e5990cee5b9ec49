"""POST reindex, GET jobs: a reindex in the background."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body, Depends, Path, Request, Response
from fastapi.responses import PlainTextResponse
from pydantic import BaseModel, Field

from matcher.apps.service.cursors import pack_cursor, unpack_cursor
from matcher.apps.service.depends import GUARD, Storage, json_only, may_answer
from matcher.apps.service.fields import Count, Cursor
from matcher.apps.service.reindexer import Reindexer
from matcher.apps.service.requests import examples
from matcher.apps.storage import jobs
from matcher.apps.storage.jobs import RUNNING, Job
from matcher.records.base import Record, Share

router = APIRouter(prefix="/v1", tags=["jobs"], responses=may_answer(*GUARD, 422, 500, 503))
JobId = Annotated[str, Path(examples=["j_000000000000000000000000"], max_length=64)]


class ReindexRequest(Record):
    """Options of a reindex; which tables are read is a setting of the service."""

    full: bool = False
    """Embed everything again."""
    max_reject_share: Share = 0.05
    max_shrink: Share = 0.5
    keep: Annotated[int, Field(ge=1, le=1000)] = 3
    """Snapshots that stay."""


class JobPage(BaseModel):
    """Jobs, newest first."""

    items: list[Job]
    next_cursor: str | None
    """Null on the last page."""


async def _reindexer(request: Request) -> Reindexer:
    reindexer: Reindexer = request.app.state.reindexer
    return reindexer


Runner = Annotated[Reindexer, Depends(_reindexer)]
ReindexBody = Annotated[
    ReindexRequest,
    Body(openapi_examples=examples(usual=("Only what changed", {}), full=("Embed everything again", {"full": True}))),
]


@router.post("/reindex", operation_id="start_reindex", status_code=202, dependencies=[Depends(json_only)],
             responses=may_answer(400, 408, 409, 413, 415))  # fmt: skip
def start_reindex(body: ReindexBody, runner: Runner, response: Response) -> Job:
    """Read the tables again, in the background: answers at once with the job, whose address is in `Location`."""
    job = runner.start(body.model_dump(exclude_unset=True))
    response.headers["Location"] = f"/v1/jobs/{job.id}"
    return job


@router.get("/jobs", operation_id="list_jobs")
def list_jobs(storage: Storage, runner: Runner, limit: Count = 50, cursor: Cursor = None) -> JobPage:
    """List the jobs, newest first."""
    runner.reap()
    found = jobs.list_jobs(storage, limit + 1, unpack_cursor(cursor, str, str) if cursor else None)
    more = pack_cursor(found[limit - 1].created_at, found[limit - 1].id) if len(found) > limit else None
    return JobPage(items=found[:limit], next_cursor=more)


@router.get("/jobs/{job_id}", operation_id="get_job", responses=may_answer(404))
def get_job(job_id: JobId, storage: Storage, runner: Runner) -> Job:
    """Say how far a job is."""
    runner.reap()
    return jobs.get_job(storage, job_id)


@router.get("/jobs/{job_id}/log", operation_id="get_job_log", response_class=PlainTextResponse,
            responses=may_answer(404))  # fmt: skip
def get_job_log(job_id: JobId, storage: Storage) -> PlainTextResponse:
    """Show what a job has said; of a long log the end."""
    return PlainTextResponse(jobs.job_log(storage, job_id))


@router.post("/jobs/{job_id}/cancel", operation_id="cancel_job", status_code=202, responses=may_answer(404))
def cancel_job(job_id: JobId, storage: Storage, runner: Runner) -> Job:
    """Let a running job end; the index stays as it was. A job that has ended stays as it is."""
    runner.reap()
    job = jobs.get_job(storage, job_id)
    return jobs.ask_to_cancel(storage, job_id) if job.state in RUNNING else job
