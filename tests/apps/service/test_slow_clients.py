"""Clients that dribble: each is let go after a while, and nobody waits for them."""

import socket
import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn

from matcher.apps.service import patience
from matcher.apps.service.app import create_app
from matcher.apps.service.patience import PatientProtocol
from matcher.matching import Matcher

HEAD = b"POST /v1/match HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"


@pytest.fixture
def port(matcher: Matcher, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    monkeypatch.setattr(patience, "HEADERS_WITHIN_S", 1.0)
    monkeypatch.setattr(patience, "BODY_WITHIN_S", 1.0)
    config = uvicorn.Config(
        create_app(lambda: matcher), port=0, log_level="error", lifespan="off", http=PatientProtocol
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join(10)


def dribbled(port: int, before: bytes, piece: bytes) -> bytes:
    """What comes back to a client that sends a piece every tenth of a second, and would never end."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as one:
        one.sendall(before)
        one.settimeout(0.1)
        got = b""
        while True:
            try:
                said = one.recv(65_536)
                if not said:
                    return got
                got += said
            except TimeoutError:
                try:
                    one.sendall(piece)
                except OSError:
                    return got
            except ConnectionResetError:
                return got


def to_its_end(one: socket.socket) -> bytes:
    """All that comes over a connection until the other side closes it."""
    got = b""
    while said := one.recv(65_536):
        got += said
    return got


@pytest.mark.parametrize("before", [b"", b"GET / HTTP/1.1\r\nX-Slow: ", HEAD], ids=["nothing", "a header", "headers"])
def test_headers_that_never_end(port: int, before: bytes) -> None:
    assert dribbled(port, before, b"a" if before.endswith(b" ") else b"X-More: 1\r\n" if before else b"") == b""


def test_headers_that_never_end_after_a_request_that_did(port: int) -> None:
    first = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
    assert dribbled(port, first, b"X").count(b"HTTP/1.1") == 1


def test_a_body_that_never_ends(port: int) -> None:
    got = dribbled(port, HEAD + b"Content-Length: 1000\r\n\r\n{", b" ")
    assert got.startswith(b"HTTP/1.1 408") and b"application/problem+json" in got
    assert b"did not come within 1 s" in got


def test_a_body_in_pieces_that_never_ends(port: int) -> None:
    got = dribbled(port, HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\n \r\n")
    assert got.startswith(b"HTTP/1.1 408")


def test_a_body_that_goes_on_after_its_answer(port: int) -> None:
    head = HEAD.replace(b"/v1/match", b"/v1/nowhere")
    got = dribbled(port, head + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\n \r\n")
    assert got.startswith(b"HTTP/1.1 404")


def test_a_form_that_never_ends_is_said_on_a_page(port: int) -> None:
    head = b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    got = dribbled(port, head + b"Accept: text/html\r\nContent-Length: 1000\r\n\r\ntext=", b"a")
    assert got.startswith(b"HTTP/1.1 408") and b"text/html" in got


def test_slow_but_in_time_is_answered(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=30) as one:
        body = b'{"text": "sunscreen", "k": 1}'
        for piece in (HEAD[:40], HEAD[40:], b"Content-Length: %d\r\n\r\n" % len(body), body[:9], body[9:]):
            one.sendall(piece)
            time.sleep(0.15)
        assert one.recv(65_536).startswith(b"HTTP/1.1 200")


def test_many_of_them_hold_up_nobody(port: int) -> None:
    slow = [socket.create_connection(("127.0.0.1", port)) for _ in range(150)]
    try:
        for number, one in enumerate(slow):
            one.sendall(HEAD + b"Content-Length: 1000\r\n\r\n{" if number % 2 else HEAD)
        quick = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        assert dribbled(port, quick, b"").startswith(b"HTTP/1.1 200")
        for number, one in enumerate(slow):  # and each is let go, without a word or with why
            one.settimeout(30)
            got = to_its_end(one)
            assert got.startswith(b"HTTP/1.1 408") if number % 2 else got == b""
    finally:
        for one in slow:
            one.close()
