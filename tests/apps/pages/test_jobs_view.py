"""What a job wrote in its log is said in the reader's language, as far as it is known."""

from pathlib import Path

from matcher.apps.pages.jobs_view import jobs_view
from matcher.apps.pages.wording import wording
from matcher.apps.service.reindexer import Reindexer
from matcher.apps.storage import Database
from matcher.apps.storage.jobs import end_job, start_job
from matcher.records.said import packed, say_n

WARNING = say_n("posts.x: {n:,} value lost", "posts.x: {n:,} values lost", 1234)
LOG = "posts\nNote: posts.x: 1,234 values lost\nNote: something else\npublished 2026-s1\n"


def test_stages_notes_and_the_end_are_sentences_and_other_lines_stay(database: Database, tmp_path: Path) -> None:
    job = start_job(database, {}, 1)
    assert job is not None
    summary = {"status": "published", "snapshot_id": "2026-s1", "warnings": (WARNING,)}
    end_job(database, job.id, "done", LOG, packed(summary))
    view = jobs_view(database, Reindexer(database, tmp_path))
    assert view.ended[0].summary == {"status": "published", "snapshot_id": "2026-s1", "warnings": [str(WARNING)]}
    assert list(view.log) == ["Reading posts and embedding new ones", *LOG.splitlines()[1:]]
    vietnamese = [wording("vi")(line) for line in view.log]
    assert vietnamese[1:] == [
        "Lưu ý: posts.x: 1.234 values lost", "Note: something else", "đã phát hành 2026-s1",
    ]  # fmt: skip
    assert vietnamese[0] != view.log[0]
