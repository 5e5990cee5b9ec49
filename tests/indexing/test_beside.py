"""Work beside the stages."""

import threading

import pytest

from matcher.indexing.beside import Beside
from matcher.indexing.progress import Progress


def test_works_are_done_one_after_the_other_beside_the_rest() -> None:
    progress, go = Progress(show=False), threading.Event()
    done: list[str] = []

    def work(word: str) -> str:
        go.wait(10)
        done.append(word)
        return word.upper()

    with Beside(progress) as beside:
        first, second = beside.start("first", work, "one"), beside.start("second", work, "two")
        assert done == [], "the first waits for what comes after it was started"
        go.set()
        assert (second(), done) == ("TWO", ["one", "two"])
        assert first() == "ONE"
    assert set(progress.seconds) == {"first", "second", "wait"}


def test_an_error_comes_out_where_the_result_is_asked_for() -> None:
    def fail() -> None:
        raise ValueError("no")

    with Beside(Progress(show=False)) as beside:
        result = beside.start("fails", fail)
        with pytest.raises(ValueError, match="no"):
            result()


def test_nothing_goes_on_after_the_block() -> None:
    """Neither what is under way nor what has not begun: the folder that they write into is removed then."""
    ended: list[str] = []
    begun, go = threading.Event(), threading.Event()

    def work(name: str) -> None:
        begun.set()
        go.wait(10)
        ended.append(name)

    with pytest.raises(KeyboardInterrupt), Beside(Progress(show=False)) as beside:
        beside.start("under way", work, "under way")
        beside.start("not begun", work, "not begun")
        begun.wait(10)
        threading.Timer(0.05, go.set).start()
        raise KeyboardInterrupt
    assert ended == ["under way"]
