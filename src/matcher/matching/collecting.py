"""
No garbage collection while an answer is put together.

The entries of a long shortlist are tens of thousands of small objects that all stay, so the collector of cycles runs
again and again over them and everything else that the process holds, and finds nothing.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_collecting() -> Iterator[None]:
    """
    Put the cyclic collector off; afterwards it is on again if it was on before, also after an error.

    Threads may overlap: whoever found it on turns it on again, so it ends as it began.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
