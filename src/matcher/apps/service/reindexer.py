"""The reindexer: starts a reindex in a process of its own, one at a time, and writes down how far it is."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, Queue
from threading import Lock, Thread
from typing import IO, Any

from matcher.apps.storage import Database
from matcher.apps.storage.jobs import Job, JobState, end_job, mark_broken, note_progress, start_job
from matcher.errors import InputError, JobRunning, MatcherError
from matcher.records.said import say

BEAT_S = 0.5
"""How often a running job's row is touched, and asked whether it is to be cancelled."""
GRACE_S = 10.0

log = logging.getLogger("matcher.service")


@dataclass
class Reindexer:
    """Runs reindexes of fixed tables; the caller of the service names options, never files."""

    database: Database
    indexes: Path
    tables: Mapping[str, Path] = field(default_factory=dict)
    encoder: str | None = None
    token_weights: bool = False
    command: Sequence[str] = (sys.executable, "-m", "matcher.apps.service.reindex_child")
    _own: set[str] = field(default_factory=set)
    _lock: Lock = field(default_factory=Lock)

    def start(self, options: Mapping[str, Any]) -> Job:
        """
        Begin a reindex.

        Raises InputError where the service was not told of any tables, JobRunning while another one runs.
        """
        if not {"creators", "posts"} <= set(self.tables):
            raise InputError(
                say(
                    "this service was not told which tables to read. Start it with MATCHER_CREATORS and MATCHER_POSTS, "
                    "or run matcher reindex --creators … --posts … --indexes {indexes}",
                    indexes=str(self.indexes),
                )
            )
        with self._lock:
            self._reap()
            job = start_job(self.database, dict(options), os.getpid())
            if job is None:
                raise JobRunning(say("another reindex is running; wait for it to end, or cancel it: GET /v1/jobs"))
            self._own.add(job.id)
        asked: dict[str, Any] = {name: str(path) for name, path in self.tables.items()}
        asked |= {"indexes": str(self.indexes), "encoder": self.encoder, "token_weights": self.token_weights}
        asked |= options
        Thread(target=self._look_after, args=(job.id, asked), name=f"job-{job.id}", daemon=True).start()
        return job

    def reap(self) -> None:
        """Mark jobs broken that ran in a process that is gone."""
        with self._lock:  # a job that is being started is not yet among our own
            self._reap()

    def _reap(self) -> None:
        for job_id in mark_broken(self.database, self._alive):
            log.warning("job %s is broken: its process is gone; the index is as it was", job_id)

    def _alive(self, pid: int | None) -> bool:
        """Whether the process runs and may look after a job: ours only while it has one."""
        if pid is None or (pid == os.getpid() and not self._own):
            return False
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
        except PermissionError:
            pass
        return True

    def _look_after(self, job_id: str, asked: Mapping[str, Any]) -> None:
        watched = _Watched()
        try:
            state = self._run(job_id, asked, watched)
        except Exception as error:
            log.exception("job %s broke", job_id)
            state = "failed"
            watched.log += f"{type(error).__name__}: {error}\n"
        try:
            end_job(self.database, job_id, state, watched.log, watched.summary)
            log.info("job %s: %s", job_id, state)
        except MatcherError as error:
            log.error("job %s: %s, which could not be written down: %s", job_id, state, error)
        finally:
            self._own.discard(job_id)

    def _run(self, job_id: str, asked: Mapping[str, Any], watched: _Watched) -> JobState:
        pipe = subprocess.PIPE
        with subprocess.Popen(self.command, stdin=pipe, stdout=pipe, stderr=subprocess.STDOUT, text=True,
                              encoding="utf-8", errors="replace", start_new_session=True) as child:  # fmt: skip
            assert child.stdin is not None and child.stdout is not None
            lines: Queue[str | None] = Queue()
            Thread(target=_read, args=(child.stdout, lines), daemon=True).start()
            child.stdin.write(json.dumps(dict(asked)) + "\n")
            child.stdin.flush()
            cancelled = False
            while watched.take(lines):
                if note_progress(self.database, job_id, *watched.progress()) == "cancelling" and not cancelled:
                    cancelled = True
                    child.terminate()
            child.stdin.close()
            try:
                code = child.wait(GRACE_S)
            except subprocess.TimeoutExpired:
                child.kill()
                code = child.wait()
        if code == 0 and watched.summary is not None:
            return "done"
        return "cancelled" if cancelled else "failed"


@dataclass
class _Watched:
    """What a child has said so far."""

    stage: str = "start"
    done: int = 0
    total: int | None = None
    log: str = ""
    summary: dict[str, Any] | None = None

    def take(self, lines: Queue[str | None]) -> bool:
        """Take in what was said since, waiting a beat for more; False when the child has said its last."""
        try:
            line = lines.get(timeout=BEAT_S)
            while line is not None:
                self._hear(line)
                line = lines.get_nowait()
        except Empty:
            return True
        return False

    def progress(self) -> tuple[str, int, int | None, str]:
        """Stage, rows done, rows in all, log."""
        return self.stage, self.done, self.total, self.log

    def _hear(self, line: str) -> None:
        try:
            said = json.loads(line)
        except ValueError:
            said = {"log": line.rstrip()}
        if not isinstance(said, dict):
            said = {"log": line.rstrip()}
        if "stage" in said:
            if said["stage"] != self.stage:
                self.log += f"{said['stage']}\n"
            self.stage, self.done, self.total = said["stage"], said["done"], said["total"]
        if "summary" in said:
            self.summary = said["summary"]
            self.log += f"{said['summary']['status']} {said['summary']['snapshot_id']}\n"
        self.log += "".join(f"{said[name]}\n" for name in ("log", "error") if name in said)


def _read(stream: IO[str], lines: Queue[str | None]) -> None:
    for line in stream:
        lines.put(line)
    lines.put(None)
