"""The whole forecast on made-up creators whose habits are known."""

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from matcher.signals.forecast import Model, Prior, Series, Slots, fit_model, forecast_creators
from matcher.signals.forecast.history import before_next, before_posts
from matcher.signals.forecast.model import _recency, history_of
from matcher.snapshot import write_json

CREATORS, GROUPS = 1200, 3
PRIOR = Prior.shipped("views", ["youtube"])


def corpus(seed: int, creators: int = CREATORS) -> tuple[Slots, Series]:
    """Creators of three peer groups: levels 4, 6 and 8 ± 1 between creators, ± 0.5 from post to post, 1 to 12 posts."""
    rng = np.random.default_rng(seed)
    group = rng.integers(0, GROUPS, creators)
    level = 4.0 + 2.0 * group + rng.normal(scale=1.0, size=creators)
    posts = rng.integers(1, 13, creators)
    slot = np.repeat(np.arange(creators), posts)
    keys = np.stack([np.zeros(creators), np.zeros(creators), group, np.zeros(creators), np.zeros(creators)], axis=1)
    log = np.maximum(level[slot] + rng.normal(scale=0.5, size=len(slot)), 0.0)
    at = np.arange(len(slot), dtype=np.float64) * 86_400.0
    return Slots(np.arange(creators), keys.astype(np.int64), np.full(creators, np.nan)), Series(slot, log, at)


@pytest.fixture(scope="module")
def model() -> Model:
    return fit_model(*corpus(1), PRIOR)


def test_nine_of_ten_posts_of_other_creators_lie_in_their_interval(model: Model) -> None:
    slots, series = corpus(2)
    rows = np.arange(len(series.slot))
    history = before_posts(series, rows)
    found = model.foretell(slots.keys[series.slot], history, slots.followers[series.slot])
    inside = (series.log >= found[:, 0]) & (series.log <= found[:, 2])
    for group in range(GROUPS):
        assert inside[slots.keys[series.slot, 2] == group].mean() == pytest.approx(0.9, abs=0.03)
    assert inside[history.posts == 0].mean() == pytest.approx(0.9, abs=0.05)
    assert inside[history.posts > 5].mean() == pytest.approx(0.9, abs=0.05)


def test_it_errs_less_than_the_own_median_and_than_the_peers(model: Model) -> None:
    slots, series = corpus(2)
    rows = np.arange(len(series.slot))
    history = before_posts(series, rows)
    some = history.posts > 0
    keys = slots.keys[series.slot]
    middle = model.foretell(keys, history, slots.followers[series.slot])[:, 1]
    peers = model.norms.of(keys)[0]

    def error(guess: np.ndarray) -> float:
        return float(np.median(np.abs(series.log - guess)[some]))

    assert error(middle) < error(history.median) < error(peers)


def test_more_posts_make_the_interval_narrower(model: Model) -> None:
    slots, series = corpus(2)
    history = before_next(series, len(slots))
    found = model.foretell(slots.keys, history, slots.followers)
    widths = found[:, 2] - found[:, 0]
    assert widths[history.posts >= 10].mean() < 0.8 * widths[history.posts == 1].mean()
    assert (found[:, 0] <= found[:, 1]).all() and (found[:, 1] <= found[:, 2]).all() and (found >= 0).all()


def test_without_posts_it_is_what_is_usual_for_peers(model: Model) -> None:
    slots, _ = corpus(2)
    nobody = before_next(Series(np.empty(0, np.int64), np.empty(0), np.empty(0)), len(slots))
    found = model.foretell(slots.keys, nobody, slots.followers)
    for group, level in enumerate((4.0, 6.0, 8.0)):
        own = found[slots.keys[:, 2] == group]
        assert own[:, 1] == pytest.approx(np.full(len(own), level), abs=0.35)
        assert (own == own[0]).all()


def test_of_a_platform_that_nobody_posts_on_nothing_is_known(model: Model) -> None:
    history = before_next(Series(np.empty(0, np.int64), np.empty(0), np.empty(0)), 1)
    assert np.isnan(model.foretell(np.array([[5, 0, 0, 0, 0]]), history, np.array([np.nan]))).all()


def test_only_the_posts_named_are_learned_from(model: Model) -> None:
    slots, series = corpus(1)
    known = series.slot % 3 > 0
    some = fit_model(slots, series, PRIOR, known)
    lost = dataclasses.replace(series, log=np.where(known, series.log, 20.0))
    assert some.examples < model.examples
    assert fit_model(slots, lost, PRIOR, known).norms == some.norms


def test_the_same_posts_give_the_same_model(model: Model) -> None:
    again = fit_model(*corpus(1), PRIOR)
    assert again.to_dict() == model.to_dict()


def test_nothing_to_learn_from_foretells_nothing() -> None:
    slots = Slots(np.arange(2), np.zeros((2, 5), np.int64), np.full(2, np.nan))
    nothing = np.empty(0)
    found = forecast_creators(
        slots,
        np.empty(0, np.int64),
        {"views": nothing, "engagements": nothing},
        nothing,
        np.empty(0, np.bool_),
        0.0,
        [],
    )
    assert np.isnan(found.counts).all() and (found.posts == 0).all()


def test_two_posts_teach_nothing_and_the_usual_widths_stand_around_them() -> None:
    slots = Slots(np.arange(2), np.zeros((2, 5), np.int64), np.full(2, np.nan))
    posts = {"views": np.array([10.0, 1000.0]), "engagements": np.array([np.nan, 5.0])}
    found = forecast_creators(slots, np.arange(2), posts, np.zeros(2), np.ones(2, np.bool_), 0.0, ["youtube"])
    assert found.posts.tolist() == [[1, 0], [1, 1]] and not found.learned.any()
    assert found.counts[:, 0, 1] == pytest.approx([10.0, 1000.0])
    below, above = (float(end[0]) for end in PRIOR.of(np.array([0]), np.array([1]), np.array([1])))
    assert np.log1p(found.counts[1, 0]) == pytest.approx(np.log(1001) + np.array([-below, 0.0, above]))
    assert found.counts[0, 1, 1] == pytest.approx(5.0), "without a post of its own, where its only peer stands"


@pytest.mark.parametrize("creators", [1, 3, 10, 40])
def test_of_few_creators_nine_of_ten_posts_lie_in_their_interval_or_more(creators: int) -> None:
    """The newest post of each creator of many small tables; the widths shipped are those of wilder counts."""
    inside = []
    for seed in range(400 // creators):
        slots, series = corpus(seed, creators)
        last = np.flatnonzero(np.r_[series.slot[1:] != series.slot[:-1], True])
        known = np.ones(len(series.slot), dtype=np.bool_)
        known[last] = False
        earlier = Series(series.slot[known], series.log[known], series.at[known])
        model = fit_model(slots, earlier, PRIOR)
        low, _, high = model.foretell(slots.keys, before_posts(series, last), slots.followers).T
        inside.append(((series.log[last] >= low) & (series.log[last] <= high))[~np.isnan(low)])
    assert np.concatenate(inside).mean() >= 0.88


def test_a_thin_platform_is_not_foretold_by_the_model_of_another() -> None:
    slots, series = corpus(1)
    keys = slots.keys.copy()
    keys[:, 0] = np.where(np.arange(len(slots)) < 20, 1, 0)
    model = fit_model(dataclasses.replace(slots, keys=keys), series, Prior.shipped("views", ["youtube", "tiktok"]))
    learned = model.learned(keys)
    assert not learned[:20].any() and learned[20:].all()
    found = model.foretell(keys, before_next(series, len(slots)), slots.followers)
    own = before_next(series, len(slots)).median
    assert found[:20, 1] == pytest.approx(own[:20]) and found[20:, 1] != pytest.approx(own[20:])


def test_creators_of_two_platforms_that_take_turns_are_learned_from() -> None:
    """Whatever the order of ids: the halves are drawn."""
    slots, series = corpus(1)
    keys = slots.keys.copy()
    keys[:, 0] = np.arange(len(slots)) % 2
    model = fit_model(dataclasses.replace(slots, keys=keys), series, PRIOR)
    found = model.foretell(keys, before_next(series, len(slots)), slots.followers)
    assert model.learned(keys).all() and np.isfinite(found).all()


def test_a_post_of_an_unknown_day_is_foretold_as_after_the_usual_silence(model: Model) -> None:
    slots, series = corpus(2)
    history = before_next(series, len(slots))
    assert np.isnan(history.silence).all() and model.silence > 0
    usual = dataclasses.replace(history, silence=np.full(len(slots), np.expm1(model.silence)))
    found, expected = (model.foretell(slots.keys, each, slots.followers) for each in (history, usual))
    np.testing.assert_allclose(found, expected)


def test_a_market_whose_creators_all_fell_silent_years_ago(tmp_path: Path) -> None:
    """200 active creators and 13 silent ones of another market, 20 posts each."""
    rng = np.random.default_rng(1)
    slot, silent = np.repeat(np.arange(213), 20), np.arange(213) >= 200
    keys = np.zeros((213, 5), np.int64)
    keys[:, 3] = silent
    log = rng.normal(8.0, 1.0, 213)[slot] + rng.normal(scale=0.5, size=len(slot))
    at = 86_400.0 * (np.tile(np.arange(20.0), 213) + np.where(silent[slot], 0.0, 1000.0))
    slots, series = Slots(np.arange(213), keys, np.full(213, np.nan)), Series(slot, log, at)
    model = fit_model(slots, series, PRIOR)
    write_json(tmp_path / "models.json", model.to_dict())
    found = model.foretell(keys, before_next(series, 213), slots.followers)
    assert model.learned(keys).all() and np.isfinite(found).all()


def test_newer_posts_say_more_of_how_wide_an_interval_must_be() -> None:
    """A quarter of the examples back a post counts half; of an unknown day they are all alike."""
    found = _recency(np.array([0, 0, 0, 0, 1, 1]), np.array([4.0, 1.0, 2.0, 3.0, -np.inf, -np.inf]))
    np.testing.assert_allclose(found, [1.0, 1 / 8, 1 / 4, 1 / 2, 1.0, 1.0])


def test_parts_of_a_history() -> None:
    _, series = corpus(1)
    history = before_posts(series, np.arange(20))
    assert history_of(history, np.array([3])).posts.tolist() == [history.posts[3]]
