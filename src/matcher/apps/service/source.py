"""Where requests get their matcher from: opened once, warmed, and moved on when a new snapshot is published."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from copy import copy
from pathlib import Path
from threading import Lock, Thread

from matcher.errors import MatcherError, NoSnapshot, SnapshotMismatch
from matcher.matching import Matcher
from matcher.snapshot import SnapshotStore

MatcherSource = Callable[[], Matcher]
"""Gives the matcher to answer with; raises NoSnapshot while there is none."""

CHECK_EVERY_S = 1.0
RETRY_AFTER_S = 30.0
"""A snapshot that could not be opened is left alone for so long: checking its files is dear."""

log = logging.getLogger("matcher.service")


class LiveMatcher:
    """
    The matcher of an indexes folder, kept up to date; safe to share between threads.

    At most once in `check_every_s` a call looks at which snapshot is current; `watch` sees to that whether or not
    anybody asks. A new snapshot is checked, opened and warmed in a thread of its own while requests go on with the old
    one, so that no request waits for it. Every snapshot has a matcher of its own: a request that holds one sees the
    same snapshot to its end.

    `warm` does what a first answer would have to do: what is loaded late is there when the first request comes, and a
    new snapshot that cannot answer does not take over.
    """

    def __init__(
        self,
        indexes: Path,
        encoder: str | None = None,
        *,
        warm: Callable[[Matcher], None] = lambda matcher: None,
        check_every_s: float = CHECK_EVERY_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store, self._encoder, self._warm = SnapshotStore(indexes), encoder, warm
        self._check_every_s, self._clock = check_every_s, clock
        self._matcher: Matcher | None = None
        self._failure: MatcherError | None = None
        self._next_look = clock()
        self._opening, self._looking = Lock(), Lock()

    def __call__(self) -> Matcher:
        """The matcher of the current snapshot, or of the one before while a new one is being opened."""
        matcher = self._matcher or self._first()
        if self._clock() >= self._next_look and self._looking.acquire(blocking=False):
            self._look(matcher)
        return matcher

    @property
    def opening(self) -> bool:
        """Whether the first snapshot is being opened at this moment."""
        return self._opening.locked()

    def watch(self) -> None:
        """Open the index now, in a thread of its own, and look after it from then on."""
        Thread(target=self._keep_watch, name="matcher-watch", daemon=True).start()

    def _keep_watch(self) -> None:
        while True:
            try:
                self()
            except MatcherError:
                pass  # it was logged; what is asked meanwhile is told
            except Exception:
                log.exception("the index could not be looked after")
            time.sleep(self._check_every_s)

    def _first(self) -> Matcher:
        """Open the first snapshot; requests that come meanwhile wait for it."""
        with self._opening:
            if self._matcher is None:
                if self._failure is not None and self._clock() < self._next_look:
                    raise self._failure.with_traceback(None)
                self._next_look = self._clock() + self._check_every_s
                try:
                    opened = self._open()
                except MatcherError as error:
                    self._note(error)
                    raise
                try:
                    self._warm(opened)
                except Exception:
                    log.exception("snapshot %s was opened, but a first match failed", opened.snapshot_id)
                self._matcher = opened
                log.info("answering from snapshot %s", opened.snapshot_id)
            return self._matcher

    def _note(self, error: MatcherError) -> None:
        """Keep what the first snapshot cannot be opened for, and log it once."""
        if not isinstance(error, NoSnapshot):
            self._next_look = self._clock() + RETRY_AFTER_S
        if str(error) != str(self._failure):
            log.warning("nothing to answer from: %s", error)
        self._failure = error

    def _look(self, matcher: Matcher) -> None:
        """See whether another snapshot is current, and if so move on to it; called with `_looking` held."""
        self._next_look = self._clock() + self._check_every_s
        try:
            if self._store.current() != matcher.snapshot_id:
                Thread(target=self._move_on, args=(matcher,), name="matcher-refresh", daemon=True).start()
                return
        except MatcherError as error:
            log.warning("still answering from snapshot %s: %s", matcher.snapshot_id, error)
        self._looking.release()

    def _move_on(self, matcher: Matcher) -> None:
        try:
            try:
                fresh = copy(matcher)  # it shares the encoder
                fresh.refresh()
            except SnapshotMismatch:  # built with another encoder
                fresh = self._open()
            self._warm(fresh)
            self._matcher = matcher = fresh
            log.info("answering from snapshot %s", matcher.snapshot_id)
        except Exception as error:
            self._next_look = self._clock() + RETRY_AFTER_S
            log.error("still answering from snapshot %s; the new one cannot be opened: %s", matcher.snapshot_id, error)
        finally:
            self._looking.release()

    def _open(self) -> Matcher:
        return Matcher.open(self._store.indexes, encoder=self._encoder)
