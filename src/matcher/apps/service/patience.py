"""
How long the service waits for a request to come in, and whom it still lets in when it ends.

Without an end to its patience, whoever sends a byte now and then holds a connection for good, and as many of those as a
process may have open keep everybody else out.
"""

from __future__ import annotations

import asyncio

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

HEADERS_WITHIN_S = 30.0
"""From the first byte of a request, or from a connection that sends none, to the last of its headers; and so long may
a body go on that was answered already."""
BODY_WITHIN_S = 60.0
"""From the headers to the last of the body."""
_ENDING = "matcher_ending"
"""What a server's state is marked with once it ends."""


class PatientProtocol(H11Protocol):
    """uvicorn's HTTP/1.1, with an end to its patience."""

    _hurry: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first request; while the server ends, close at once."""
        super().connection_made(transport)
        self._wait()
        if getattr(self.server_state, _ENDING, False):
            self.shutdown()

    def shutdown(self) -> None:
        """
        End after what is under way.

        uvicorn says so to the connections that it has when it ends. One that was accepted a moment before is made a
        moment later: it would not hear of it, and answer requests until the server's patience with all is at its end.
        """
        setattr(self.server_state, _ENDING, True)
        super().shutdown()

    def data_received(self, data: bytes) -> None:
        """Wait on while headers are not whole, or a body goes on after its answer; no byte puts the end off."""
        super().data_received(data)
        answered = self.cycle is not None and self.cycle.response_complete
        lingers = answered and self.conn.their_state is h11.SEND_BODY
        if (lingers or self.conn.their_state is h11.IDLE) and not self.transport.is_closing():
            self._wait()
        else:
            self._stop()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing more to wait for."""
        self._stop()
        super().connection_lost(exc)

    def _wait(self) -> None:
        if self._hurry is None:
            self._hurry = self.loop.call_later(HEADERS_WITHIN_S, self.timeout_keep_alive_handler)

    def _stop(self) -> None:
        if self._hurry is not None:
            self._hurry.cancel()
            self._hurry = None
