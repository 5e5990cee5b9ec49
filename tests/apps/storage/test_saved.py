"""Saved briefs and shortlists, on both databases."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import Any

import pytest

from matcher.apps.storage import Database, shortlists
from matcher.apps.storage.briefs import change_brief, delete_brief, get_brief, list_briefs, save_brief
from matcher.apps.storage.records import DecisionState
from matcher.errors import UnknownCreator, UnknownSaved

HARD = "'; DROP TABLE briefs; -- \" \\ % _ 防曬 kem chống nắng ครีมกันแดด 🌞 \u2028"
SHORTLIST: dict[str, Any] = {
    "brief_id": "b", "snapshot_id": "s1", "entries": [{"creator_id": "ann"}, {"creator_id": HARD}],
}  # fmt: skip


def save(database: Database, owner: str = "local", name: str = "mine") -> str:
    return shortlists.save_shortlist(database, owner, name, {"text": "x"}, SHORTLIST).id


def test_a_brief_comes_back_as_it_was(database: Database) -> None:
    brief = {"text": HARD + "\x00\ud800", "k": 3, "target_audience": {"age": {"18-24": 0.1}}}
    made = save_brief(database, "local", HARD, brief)
    assert get_brief(database, "local", made.id) == made
    assert (made.name, made.brief) == (HARD, brief)


def test_a_brief_is_renamed_replaced_and_forgotten(database: Database) -> None:
    made = save_brief(database, "local", "one", {"text": "a"})
    renamed = change_brief(database, "local", made.id, name="two")
    assert (renamed.name, renamed.brief, renamed.created_at) == ("two", {"text": "a"}, made.created_at)
    assert renamed.updated_at > made.updated_at
    assert change_brief(database, "local", made.id, brief={"text": "b"}).brief == {"text": "b"}
    delete_brief(database, "local", made.id)
    with pytest.raises(UnknownSaved, match=f"there is no brief '{made.id}' here"):
        get_brief(database, "local", made.id)


def test_pages_hold_everything_once_newest_first(database: Database) -> None:
    made = [save_brief(database, "local", f"{row}", {"text": "a"}) for row in range(7)]
    found = list_briefs(database, "local", 3)
    while len(found) < 7:
        found += list_briefs(database, "local", 3, (found[-1].created_at, found[-1].id))
    assert found == made[::-1]


def test_what_is_somebody_elses_is_not_there(database: Database) -> None:
    brief, shortlist = save_brief(database, "ann", "hers", {"text": "a"}).id, save(database, "ann")
    assert list_briefs(database, "ben", 10) == []
    assert shortlists.list_shortlists(database, "ben", 10) == []
    for attempt in (
        lambda: get_brief(database, "ben", brief),
        lambda: change_brief(database, "ben", brief, name="his"),
        lambda: delete_brief(database, "ben", brief),
        lambda: shortlists.get_shortlist(database, "ben", shortlist),
        lambda: shortlists.change_shortlist(database, "ben", shortlist, name="his"),
        lambda: shortlists.delete_shortlist(database, "ben", shortlist),
        lambda: shortlists.decide(database, "ben", shortlist, "ann", "agreed", "", ""),
        lambda: shortlists.undecide(database, "ben", shortlist, "ann"),
        lambda: shortlists.share(database, "ben", shortlist),
        lambda: shortlists.unshare(database, "ben", shortlist),
    ):
        with pytest.raises(UnknownSaved):
            attempt()
    assert get_brief(database, "ann", brief).name == "hers"
    assert shortlists.get_shortlist(database, "ann", shortlist).name == "mine"


def test_an_answer_is_kept_once_and_its_newest_list_is_found(database: Database) -> None:
    def keep(owner: str = "local", text: str = "x", snapshot: str = "s1") -> str:
        return shortlists.keep_answer(database, owner, "mine", {"text": text}, SHORTLIST | {"snapshot_id": snapshot})

    first = keep()
    assert keep() == first
    second = save(database)
    assert first != second and keep() == second
    others = [keep(owner="ben"), keep(text="y"), keep(snapshot="s2")]
    assert len({first, second, *others}) == 5
    shortlists.delete_shortlist(database, "local", second)
    assert keep() == first


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """What each gives, all begun at the same moment, each in a thread of its own."""
    together = Barrier(len(works))

    def begin(work: Callable[[], Any]) -> Any:
        together.wait()
        return work()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(begin, works))


def test_two_workers_pin_at_once_into_one_list(database_url: str) -> None:
    workers = [Database(database_url) for _ in range(2)]
    for number in range(10):
        brief = {"text": f"{number}"}

        def pin(worker: Database, creator: str, brief: dict[str, Any] = brief) -> str:
            kept = shortlists.keep_answer(worker, "local", "mine", brief, SHORTLIST)
            shortlists.decide(worker, "local", kept, creator, "shortlisted", "", "")
            return kept

        one, two = at_once(*(partial(pin, worker, name) for worker, name in zip(workers, ("ann", HARD), strict=True)))
        assert one == two
        found = shortlists.get_shortlist(workers[0], "local", one)
        assert {decision.creator_id for decision in found.decisions} == {"ann", HARD}
    assert len(shortlists.list_shortlists(workers[0], "local", 99)) == 10
    for worker in workers:
        worker.close()


def test_two_workers_decide_about_one_creator_at_once(database_url: str) -> None:
    workers = [Database(database_url) for _ in range(2)]
    made = save(workers[0])
    for _ in range(10):
        states: tuple[DecisionState, DecisionState] = ("shortlisted", "contacted")
        at_once(
            *(
                partial(shortlists.decide, worker, "local", made, "ann", state, "", "")
                for worker, state in zip(workers, states, strict=True)
            )
        )
        [one] = shortlists.get_shortlist(workers[0], "local", made).decisions
        assert one.state in states
    for worker in workers:
        worker.close()


def test_two_workers_share_at_once_by_one_link(database_url: str) -> None:
    workers = [Database(database_url) for _ in range(2)]
    for _ in range(10):
        made = save(workers[0])
        one, two = at_once(*(partial(shortlists.share, worker, "local", made) for worker in workers))
        assert one == two and shortlists.shared_shortlist(workers[0], one).id == made
    for worker in workers:
        worker.close()


def test_decisions_are_made_changed_and_taken_back(database: Database) -> None:
    made = save(database)
    shortlists.decide(database, "local", made, "ann", "contacted", "", "wrote on Monday")
    shortlists.decide(database, "local", made, HARD, "rejected", HARD, "")
    shortlists.decide(database, "local", made, "ann", "agreed", "", "")
    found = {one.creator_id: one for one in shortlists.get_shortlist(database, "local", made).decisions}
    assert (found["ann"].state, found["ann"].note) == ("agreed", "")
    assert (found[HARD].state, found[HARD].reason) == ("rejected", HARD)
    assert shortlists.list_shortlists(database, "local", 5)[0].decisions == {"agreed": 1, "rejected": 1}
    shortlists.undecide(database, "local", made, "ann")
    assert [one.creator_id for one in shortlists.get_shortlist(database, "local", made).decisions] == [HARD]
    with pytest.raises(UnknownCreator, match="has no creator 'cat'"):
        shortlists.decide(database, "local", made, "cat", "agreed", "", "")


def test_a_link_leads_to_the_shortlist_until_it_is_taken_back(database: Database) -> None:
    made = save(database)
    token = shortlists.share(database, "local", made)
    assert shortlists.share(database, "local", made) == token
    assert shortlists.shared_shortlist(database, token).id == made
    assert shortlists.list_shortlists(database, "local", 5)[0].shared
    shortlists.unshare(database, "local", made)
    with pytest.raises(UnknownSaved, match="leads nowhere"):
        shortlists.shared_shortlist(database, token)
    assert shortlists.share(database, "local", made) != token


def test_a_deleted_shortlist_takes_its_decisions_with_it(database: Database) -> None:
    made = save(database)
    token = shortlists.share(database, "local", made)
    shortlists.decide(database, "local", made, "ann", "agreed", "", "")
    shortlists.delete_shortlist(database, "local", made)
    with database.begin() as connection:
        from matcher.apps.storage.tables import decisions

        assert connection.execute(decisions.select()).all() == []
    with pytest.raises(UnknownSaved):
        shortlists.shared_shortlist(database, token)
