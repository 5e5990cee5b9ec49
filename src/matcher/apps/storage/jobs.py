"""Jobs: one runs at a time, its row says how far it is, and a row that nobody looks after is marked broken."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Connection, RowMapping, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from matcher.apps.storage.database import Database
from matcher.apps.storage.records import new_id, now
from matcher.apps.storage.saved import Place, as_json
from matcher.apps.storage.tables import jobs
from matcher.errors import UnknownSaved
from matcher.records.said import say, unpacked

JobState = Literal["running", "cancelling", "done", "failed", "cancelled", "broken"]
RUNNING = ("running", "cancelling")
STALE_AFTER_S = 30.0
"""A running job whose row has not been touched for so long has nobody looking after it."""
MAX_LOG = 64_000


@dataclass(frozen=True, slots=True)
class Job:
    """A reindex as a job."""

    id: str
    state: JobState
    asked: dict[str, Any]
    """The options it was asked for."""
    stage: str
    """What it is at, or was at last."""
    done: int
    """Rows of the stage that are done."""
    total: int | None
    """Rows of the stage, where it is known."""
    summary: dict[str, Any] | None
    """What the reindex did, once it is done; its warnings keep their templates."""
    snapshot_id: str | None
    """The snapshot that it published, or found unchanged."""
    created_at: str
    updated_at: str
    ended_at: str | None


def start_job(database: Database, asked: dict[str, Any], pid: int) -> Job | None:
    """A new running job of this process; None while another one runs."""
    row = {"id": new_id("j"), "state": "running", "asked": as_json(asked), "stage": "start", "done": 0, "log": ""}
    row |= {"pid": pid, "host": _host(), "running": 1, "created_at": now()}
    row["updated_at"] = row["created_at"]
    try:
        with database.begin() as connection:
            connection.execute(insert(jobs).values(row))
    except IntegrityError:
        return None
    return get_job(database, str(row["id"]))


def get_job(database: Database, job_id: str) -> Job:
    """A job; raises UnknownSaved."""
    with database.begin() as connection:
        return _record(_row(connection, job_id))


def list_jobs(database: Database, count: int, after: Place | None = None) -> list[Job]:
    """Jobs, newest first."""
    asked = select(jobs).order_by(jobs.c.created_at.desc(), jobs.c.id.desc()).limit(count)
    if after is not None:
        created_at, job_id = after
        earlier = (jobs.c.created_at == created_at) & (jobs.c.id < job_id)
        asked = asked.where(or_(jobs.c.created_at < created_at, earlier))
    with database.begin() as connection:
        return [_record(row) for row in connection.execute(asked).mappings()]


def job_log(database: Database, job_id: str) -> str:
    """What a job has said so far, its end where that is long; raises UnknownSaved."""
    with database.begin() as connection:
        return str(_row(connection, job_id)["log"])


def note_progress(database: Database, job_id: str, stage: str, done: int, total: int | None, log: str) -> JobState:
    """Write down how far a job is; gives its state, which may have become `cancelling`."""
    values = {"stage": stage[:64], "done": done, "total": total, "log": log[-MAX_LOG:], "updated_at": now()}
    with database.begin() as connection:
        connection.execute(update(jobs).where(jobs.c.id == job_id, jobs.c.running == 1).values(values))
        state: JobState = _row(connection, job_id)["state"]
        return state


def ask_to_cancel(database: Database, job_id: str) -> Job:
    """Let a running job end soon; one that has ended stays as it is. Raises UnknownSaved."""
    with database.begin() as connection:
        connection.execute(
            update(jobs).where(jobs.c.id == job_id, jobs.c.running == 1).values(state="cancelling", updated_at=now())
        )
        return _record(_row(connection, job_id))


def end_job(database: Database, job_id: str, state: JobState, log: str, summary: dict[str, Any] | None = None) -> None:
    """Write down how a job ended, unless that is written already."""
    values: dict[str, Any] = {"state": state, "running": None, "log": log[-MAX_LOG:], "pid": None}
    values |= {"updated_at": now(), "ended_at": now()}
    if summary is not None:
        values |= {"summary": as_json(summary), "snapshot_id": summary.get("snapshot_id")}
    with database.begin() as connection:
        connection.execute(update(jobs).where(jobs.c.id == job_id, jobs.c.running == 1).values(values))


def mark_broken(
    database: Database, alive: Callable[[int | None], bool], stale_after_s: float = STALE_AFTER_S
) -> list[str]:
    """
    Mark running jobs broken that nobody looks after any more; returns their ids.

    `alive` says of a process id of this host whether that process runs and knows the job; elsewhere a row that has not
    been touched for a while counts.
    """
    stale = f"{datetime.now(UTC) - timedelta(seconds=stale_after_s):%Y-%m-%dT%H:%M:%S.%fZ}"
    with database.begin() as connection:
        rows = connection.execute(select(jobs).where(jobs.c.running == 1)).mappings().all()
        lost = [row["id"] for row in rows
                if row["updated_at"] < stale or (row["host"] == _host() and not alive(row["pid"]))]  # fmt: skip
        values = {"state": "broken", "running": None, "pid": None, "ended_at": now(), "updated_at": now()}
        return [
            job_id for job_id in lost
            if connection.execute(update(jobs).where(jobs.c.id == job_id, jobs.c.running == 1).values(values)).rowcount
        ]  # fmt: skip


def _row(connection: Connection, job_id: str) -> RowMapping:
    row = connection.execute(select(jobs).where(jobs.c.id == job_id)).mappings().first()
    if row is None:
        raise UnknownSaved(say("there is no job {id!r} here; list them with GET /v1/jobs", id=job_id[:64]))
    return row


def _record(row: RowMapping) -> Job:
    return Job(
        id=row["id"],
        state=row["state"],
        asked=json.loads(row["asked"]),
        stage=row["stage"],
        done=row["done"],
        total=row["total"],
        summary=None if row["summary"] is None else unpacked(json.loads(row["summary"])),
        snapshot_id=row["snapshot_id"],
        created_at=row["created_at"],
        updated_at=row["updated_at"],
        ended_at=row["ended_at"],
    )


def _host() -> str:
    return socket.gethostname()[:255]
