"""A text file as blocks of bytes that end where a row ends."""

from collections.abc import Callable, Iterator
from typing import TypeVar

from matcher.catalog.sources import Opened, byte_stream
from matcher.errors import InputError

BLOCK = 4 << 20
LONGEST_ROW = 64 << 20
T = TypeVar("T")


def read_blocks(opened: Opened, take: Callable[[bytes, bool], tuple[T | None, int]]) -> Iterator[T]:
    """
    Read a text file block by block.

    `take(data, last)` consumes whole rows from the start of `data` and returns what it made of them and
    how many bytes it used; the rest stands before the next block.
    """
    with byte_stream(opened) as stream:
        rest, first = b"", True
        while True:
            chunk = stream.read(BLOCK)
            if first:
                chunk, first = _text_start(opened, chunk), False
            data = rest + chunk
            while data:
                made, used = take(data, not chunk)
                rest = data[used:]
                if made is not None:
                    yield made
                if not used or chunk:
                    break
                data = rest
            if not chunk:
                return
            if len(rest) > LONGEST_ROW:
                raise _not_text(opened, f"one row is longer than {LONGEST_ROW >> 20} MiB")


def _text_start(opened: Opened, chunk: bytes) -> bytes:
    """Check that a file begins like text, and drop its byte order mark."""
    if chunk.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _not_text(opened, "it is UTF-16, not UTF-8")
    if chunk.startswith((b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"PAR1", b"PK\x03\x04")):
        raise _not_text(opened, "its first bytes are those of a compressed or binary file")
    if b"\x00" in chunk[: 1 << 16]:
        raise _not_text(opened, "it is binary")
    return chunk.removeprefix(b"\xef\xbb\xbf")


def _not_text(opened: Opened, why: str) -> InputError:
    return InputError(
        f"{opened.file.table}: {opened.file.name} cannot be read as {opened.format}: {why}. "
        "Export it again as UTF-8 text, or give it the ending of what it is."
    )
