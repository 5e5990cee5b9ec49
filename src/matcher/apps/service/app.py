"""The app: routes, problems and envelope put together, and the server that runs it."""

import dataclasses
import ipaddress
import logging
import multiprocessing
import os
import signal
import socket
from functools import partial
from multiprocessing.process import BaseProcess
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any

import uvicorn
from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware
from uvicorn.supervisors import Multiprocess

from matcher.apps.pages.app import install as install_pages
from matcher.apps.pages.warm import warm_pages
from matcher.apps.service import health, jobs, matching, parsing, problems, reading, saved_briefs, saved_shortlists
from matcher.apps.service.envelope import REQUEST_ID, Envelope
from matcher.apps.service.guard import Guard, Rules
from matcher.apps.service.logs import log_config
from matcher.apps.service.match_pages import NEXT_CURSOR
from matcher.apps.service.metrics import SHARED_FOLDER, Metrics
from matcher.apps.service.patience import PatientProtocol
from matcher.apps.service.rates import Rates, SharedBuckets
from matcher.apps.service.reindexer import Reindexer
from matcher.apps.service.source import LiveMatcher, MatcherSource
from matcher.apps.settings import Settings
from matcher.apps.storage import Database
from matcher.errors import MatcherError

VERSION = "1.0.0"
"""Of the HTTP interface, not of the package."""
WORKER_SILENT_FOR_S = 60
"""A worker that says nothing for so long is ended and replaced; on a busy machine it takes a while to load."""
_METHODS = ("get", "post", "put", "patch", "delete")

log = logging.getLogger("matcher.service")


class _App(FastAPI):
    """FastAPI whose OpenAPI gives problems their own media type."""

    def openapi(self) -> dict[str, Any]:
        """The document, made once."""
        if self.openapi_schema is None:
            for path in super().openapi()["paths"].values():
                for operation in (path[method] for method in _METHODS if method in path):
                    for status, response in operation["responses"].items():
                        if int(status) >= 400:
                            (schema,) = response["content"].values()
                            response["content"] = {problems.MEDIA_TYPE: schema}
        assert self.openapi_schema is not None
        return self.openapi_schema


def create_app(
    matcher_source: MatcherSource,
    database: Database | None = None,
    settings: Settings | None = None,
    rates: Rates | None = None,
) -> FastAPI:
    """
    The service over a source of matchers (a LiveMatcher, or any function that gives one) and a database, by default one
    in memory that ends with the app. `rates` are given where several processes count together.
    """
    app = _App(
        title="matcher",
        version=VERSION,
        summary="A brand brief in any language in, a ranked and explained shortlist of creators out.",
        docs_url=None,  # Swagger's and ReDoc's pages load scripts from elsewhere; /openapi.json is served
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.matcher_source, app.state.metrics = matcher_source, Metrics()
    app.state.database, settings = database or Database(), settings or Settings()
    app.state.reindexer = Reindexer(
        app.state.database, settings.indexes, settings.tables, settings.encoder, settings.token_weights
    )
    problems.install(app)
    for room in (matching, parsing, saved_briefs, saved_shortlists, jobs, reading, health):
        app.include_router(room.router)
    install_pages(app)
    rules = Rules(
        settings.require_key, settings.requests_per_minute, settings.cors_origins, (settings.host, *settings.hosts)
    )
    app.add_middleware(Guard, database=app.state.database, rules=rules, rates=rates or Rates())
    if settings.cors_origins:
        exposed = [REQUEST_ID, NEXT_CURSOR]
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.cors_origins,
            allow_methods=["*"],
            allow_headers=["*"],
            expose_headers=exposed,
        )
    app.add_middleware(Envelope, metrics=app.state.metrics, max_body_bytes=settings.max_body_bytes)
    return app


def serve(settings: Settings) -> None:
    """
    Run the service until it is told to stop.

    Raises MatcherError where the address cannot be listened on.
    """
    with _listen(settings) as listener:
        host, port = listener.getsockname()[:2]
        if not ipaddress.ip_address(host).is_loopback:
            settings = dataclasses.replace(settings, require_key=True)
        config = uvicorn.Config(
            partial(_app_of, settings),
            factory=True,
            workers=settings.workers,
            http=PatientProtocol,
            access_log=False,
            server_header=False,
            log_config=log_config(),
            timeout_keep_alive=30,
            timeout_graceful_shutdown=settings.stop_within_s,
            timeout_worker_healthcheck=WORKER_SILENT_FOR_S,
        )
        server = uvicorn.Server(config)
        config.configure_logging()
        url = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
        log.info("listening on %s, indexes in %s", url, settings.indexes)
        if settings.require_key:
            log.info("every request needs a key; make one with: matcher keys make NAME --indexes %s", settings.indexes)
        if settings.workers > 1:
            with TemporaryDirectory(prefix="matcher-workers-") as shared:
                os.environ[SHARED_FOLDER] = shared
                try:
                    Multiprocess(config, sockets=[listener]).run()
                finally:  # a later service of this process must not count into a folder that is gone
                    del os.environ[SHARED_FOLDER]
        else:
            server.run(sockets=[listener])


def _app_of(settings: Settings) -> FastAPI:
    """The app of one process, whose index is opened and warmed while it starts to listen."""
    if (parent := multiprocessing.parent_process()) is not None:
        Thread(target=_end_with, args=(parent,), name="matcher-parent", daemon=True).start()
    source = LiveMatcher(settings.indexes, settings.encoder, warm=warm_pages)
    source.watch()
    shared = os.environ.get(SHARED_FOLDER) if settings.workers > 1 else None
    rates = Rates(SharedBuckets(Path(shared))) if shared else Rates()
    return create_app(source, Database(settings.database_url), settings, rates)


def _end_with(parent: BaseProcess) -> None:
    """End a worker whose parent was killed: nobody could stop it, and it would keep the address from the next one."""
    parent.join()
    os.kill(os.getpid(), signal.SIGTERM)


def _listen(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    # IPPROTO_TCP has to be named: asyncio sets TCP_NODELAY only on sockets that say they are TCP, and without it every
    # answer waits 40 ms for the client's delayed acknowledgement.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((settings.host, settings.port))
        listener.listen()
        return listener
    except (OSError, UnicodeError) as error:
        listener.close()
        raise MatcherError(
            f"cannot listen on {settings.host}:{settings.port}: {error}.\n"
            "Stop what listens there, or choose another address: MATCHER_HOST, MATCHER_PORT (0 takes any free port)."
        ) from None
