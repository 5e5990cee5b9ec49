"""A connection that is made while the server ends."""

import asyncio
from typing import Any

import uvicorn
from uvicorn.server import ServerState

from matcher.apps.service.patience import PatientProtocol


class Wire(asyncio.Transport):
    """A transport that only remembers whether it was closed."""

    closed = False

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        return ("127.0.0.1", 1) if name in ("peername", "sockname") else default

    def close(self) -> None:
        self.closed = True

    def is_closing(self) -> bool:
        return self.closed


async def unused(scope: Any, receive: Any, send: Any) -> None:
    raise AssertionError("nothing is asked")


def connected(config: uvicorn.Config, state: ServerState) -> tuple[PatientProtocol, Wire]:
    protocol, wire = PatientProtocol(config, state, {}, asyncio.get_running_loop()), Wire()
    protocol.connection_made(wire)
    return protocol, wire


def test_what_connects_while_the_server_ends_is_closed() -> None:
    async def closed() -> list[bool]:
        config, state = uvicorn.Config(unused, lifespan="off"), ServerState()
        config.load()
        first, early = connected(config, state)
        before = early.closed
        first.shutdown()
        _, late = connected(config, state)
        _, elsewhere = connected(config, ServerState())
        return [before, early.closed, late.closed, elsewhere.closed]

    assert asyncio.run(closed()) == [False, True, True, False]
