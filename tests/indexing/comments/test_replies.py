"""Answers of creators, counted by hand."""

from pathlib import Path

import numpy as np
import pytest

from matcher.indexing.comments import comment_figures
from matcher.indexing.comments.replies import replies

from .test_spool import Row, comment, spooled

HOUR = 3_600_000_000


def crowd(post_id: str, count: int) -> list[Row]:
    """Comments of so many fans, one an hour."""
    return [comment(f"{post_id}{i}", post_id, f"fan{i}", published_at=i * HOUR) for i in range(count)]


def test_linked_answers(tmp_path: Path) -> None:
    answers = [
        comment("a", "p", "ann", reply_to="p0", published_at=2 * HOUR),
        comment("b", "p", "ann", reply_to="p0", published_at=1 * HOUR),  # the first answer counts
        comment("c", "p", "ann", reply_to="p4", published_at=8 * HOUR),
        comment("d", "p", "ann", reply_to="a", published_at=9 * HOUR),  # to herself
        comment("e", "q", "ben", reply_to="lost", published_at=9 * HOUR),
        comment("f", "p", "ben", reply_to="p6", published_at=9 * HOUR),  # not the creator
    ]
    found = replies(spooled(tmp_path, crowd("p", 10) + crowd("q", 9) + answers), 2)
    assert found.rate[0] == pytest.approx(2 / 11), "ten fans and ben"
    assert found.hours[0] == 2.5, "one hour and four"
    assert np.isnan(found.rate[1]), "nine comments say too little"
    assert np.isnan(found.hours[1])


def test_answers_that_address_somebody(tmp_path: Path) -> None:
    answers = [
        comment("a", "p", "ann", text="@fan1 thank you!"),
        comment("b", "p", "ann", text="@fan2 @fan3 @fan3 yes"),
        comment("c", "p", "ann", text="#skincare #ad"),
        comment("d", "p", "fan9", text="@fan1 look"),
    ]
    found = replies(spooled(tmp_path, crowd("p", 11) + crowd("q", 12) + answers), 2)
    assert found.rate.tolist() == [pytest.approx(3 / 12), 0.0]
    assert np.isnan(found.hours).all(), "which comment was answered is not known"


def test_a_post_has_no_more_answers_than_comments(tmp_path: Path) -> None:
    shout = comment("a", "q", "ben", text=" ".join(f"@friend{i}" for i in range(30)))
    found = replies(spooled(tmp_path, [*crowd("q", 2), *crowd("r", 8), shout]), 2)
    assert found.rate[1] == pytest.approx(2 / 10)


def test_nothing_is_known_where_no_creator_ever_writes(tmp_path: Path) -> None:
    assert np.isnan(replies(spooled(tmp_path, crowd("p", 20)), 2).rate).all()


def test_counts_leave_the_creator_out(tmp_path: Path) -> None:
    rows = [*crowd("q", 3), comment("x", "r", "fan0"), comment("y", "r"), comment("z", "r", "ben")]
    found = comment_figures(spooled(tmp_path, rows), 2)
    assert found.count.tolist() == [0, 5]
    assert found.commenters.tolist() == [0, 3], "fan0 twice, and one who is not known"


def test_only_answers_with_a_time_tell_how_soon(tmp_path: Path) -> None:
    answers = [
        comment("a", "p", "ann", reply_to="p0", published_at=2 * HOUR),
        comment("b", "p", "ann", reply_to="p4", published_at=None),
        comment("c", "p", "ann", reply_to="p5", published_at=1 * HOUR),  # before what it answers
    ]
    found = replies(spooled(tmp_path, crowd("p", 10) + answers), 2)
    assert (found.rate[0], found.hours[0]) == (pytest.approx(3 / 10), 2.0)
    assert found.timed.tolist() == [1, 0]
