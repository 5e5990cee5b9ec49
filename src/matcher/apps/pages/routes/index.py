"""GET /index, POST /index/reindex: snapshots, what the last load could not use, a new load with its progress."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from matcher.apps.pages.failures import PageRoute
from matcher.apps.pages.forms import Form
from matcher.apps.pages.index_view import index_view, rejects
from matcher.apps.pages.jobs_view import jobs_view
from matcher.apps.pages.rendering import redirect, render
from matcher.apps.service.caller import Admin
from matcher.apps.service.depends import Source, Storage
from matcher.apps.service.jobs import Runner
from matcher.apps.service.reindexer import Reindexer
from matcher.apps.service.source import MatcherSource
from matcher.apps.storage import Database, jobs
from matcher.errors import InputError, JobRunning, NoSnapshot

router = APIRouter(route_class=PageRoute, include_in_schema=False)


@router.get("/index")
def show_index(
    request: Request, source: Source, storage: Storage, runner: Runner, admin: Admin, table: str = "", page: int = 1
) -> Response:
    """The snapshots of the indexes folder; for administrators the reindexes and rejected rows too."""
    return _page(request, source, storage, runner, admin=admin, table=table, page=page)


@router.get("/index/jobs")
def show_jobs(request: Request, storage: Storage, runner: Runner) -> Response:
    """The part of the page that says how far a reindex is; asked for again and again while one runs."""
    runner.reap()
    return render(request, "jobs.html", {"jobs": jobs_view(storage, runner)})


@router.post("/index/reindex")
def start(request: Request, source: Source, storage: Storage, runner: Runner, form: Form) -> Response:
    """Begin a reindex of the tables that the service was told of."""
    try:
        runner.start({"full": True} if form.one("full") else {})
    except (InputError, JobRunning) as error:
        return _page(request, source, storage, runner, problem=error.message, status=409)
    return redirect("/index")


@router.post("/index/jobs/{job_id}/cancel")
def cancel(storage: Storage, runner: Runner, job_id: str, form: Form) -> Response:
    """Let a running reindex end; the index stays as it was."""
    runner.reap()
    jobs.ask_to_cancel(storage, job_id)
    return redirect("/index")


def _page(
    request: Request,
    source: MatcherSource,
    storage: Database,
    runner: Reindexer,
    *,
    admin: bool = True,
    table: str = "",
    page: int = 1,
    problem: str = "",
    status: int = 200,
) -> Response:
    runner.reap()
    try:
        matcher = source()
        view, indexes = index_view(matcher), matcher.index.folder.parent
    except NoSnapshot:
        view, indexes = None, runner.indexes
    context = {
        "index": view,
        "admin": admin,
        "rejects": rejects(indexes, table, max(page, 1)) if admin else None,
        "jobs": jobs_view(storage, runner) if admin else None,
        "problem": problem,
    }
    return render(request, "index.html", context, status)
