"""Single columns: what is read, what is repaired, what rejects its row."""

from datetime import UTC, datetime
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.catalog.checks import Checks
from matcher.catalog.codes import language_tag
from matcher.catalog.ledger import Ledger
from matcher.catalog.raw import as_array
from matcher.catalog.values import read_column


def read(kind: str, values: Any) -> tuple[list[Any], dict[int, str], list[str]]:
    ledger = Ledger("posts")
    column = values if isinstance(values, pa.Array) else pa.array(values)
    checks = Checks(len(column), ledger)
    result = read_column(column, kind, "x", checks)
    return result.to_pylist(), {i: fault.reason for i, fault in checks.faults.items()}, ledger.warnings()


@pytest.mark.parametrize(
    ("given_value", "expected"),
    [
        pytest.param("1,234", 1234, id="thousands separator"),
        pytest.param("12,345,678", 12_345_678, id="two separators"),
        pytest.param("1234.0", 1234, id="whole decimal"),
        pytest.param("1234.000", 1234, id="no thousands: four digits before the point"),
        pytest.param("0.000", 0, id="zero, however long"),
        pytest.param(12.000, 12, id="a number is no text"),
        pytest.param("1.2e3", 1200, id="exponent"),
        pytest.param(" 7 ", 7, id="spaces"),
        pytest.param("", None, id="empty is absent"),
        pytest.param("NaN", None, id="NaN as text is absent"),
        pytest.param(float("nan"), None, id="NaN is absent"),
        pytest.param(5.0, 5, id="whole float"),
        pytest.param(0, 0, id="zero is zero"),
        pytest.param(10**12, 10**12, id="the largest count"),
    ],
)
def test_counts_that_are_read(given_value: Any, expected: int | None) -> None:
    assert read("count", [given_value])[:2] == ([expected], {})


@pytest.mark.parametrize(
    ("given_value", "reason"),
    [
        pytest.param("12k", "not a number", id="12k"),
        pytest.param("1,23", "not a number", id="comma in the wrong place"),
        pytest.param(-1, "negative", id="negative"),
        pytest.param("-5", "negative", id="negative text"),
        pytest.param(12.5, "not a whole number", id="half a like"),
        *(
            pytest.param(
                written,
                "not clear: a point parts thousands or begins decimals; write whole numbers without one",
                id=written,
            )
            for written in ("12.000", "1.234", " 999.000 ", "1.234.567")
        ),
        pytest.param(10**12 + 1, "absurdly large: more than 10^12", id="absurd"),
        pytest.param(1e300, "absurdly large: more than 10^12", id="absurd float"),
        pytest.param(float("inf"), "not a finite number", id="infinite"),
    ],
)
def test_counts_that_reject_their_row(given_value: Any, reason: str) -> None:
    assert read("count", [given_value])[1] == {0: reason}


def test_an_amount_of_time_may_have_three_decimals_and_one_of_money_may_not() -> None:
    assert read("amount", ["15.000", "1.5"])[:2] == ([15.0, 1.5], {})
    values, faults, _ = read("money", ["15.000", "1.5", "1234.125", "12"])
    assert (values, list(faults)) == ([None, 1.5, 1234.125, 12.0], [0])


def test_one_odd_count_costs_only_its_own_row() -> None:
    assert read("count", ["1", "many", "3"])[:2] == ([1, None, 3], {1: "not a number"})


@given(st.lists(st.one_of(st.none(), st.integers(0, 10**12)), min_size=1))
def test_a_count_reads_the_same_however_it_is_written(counts: list[int | None]) -> None:
    as_text = [None if c is None else f"{c:,}" for c in counts]
    as_float = pa.array([None if c is None else float(c) for c in counts], pa.float64())
    assert read("count", pa.array(counts, pa.int64()))[0] == counts
    assert read("count", pa.array(as_text, pa.string()))[0] == counts
    assert read("count", as_float)[0] == counts


MAY_DAY = datetime(2026, 5, 1, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    [
        pytest.param("2026-05-01T08:30:00Z", id="Z"),
        pytest.param("2026-05-01T08:30:00", id="no zone is UTC"),
        pytest.param("2026-05-01 08:30", id="space, no seconds"),
        pytest.param("2026/05/01 08:30", id="slashes, year first"),
        pytest.param("2026/5/1 08:30:00", id="slashes, no zeros"),
        pytest.param("2026/05/01T16:30:00+08:00", id="slashes, offset"),
        pytest.param("2026-05-01T16:30:00+08:00", id="offset"),
        pytest.param("2026-05-01T16:30:00+0800", id="offset as the Instagram API writes it"),
        pytest.param("2026-05-01 08:30:00 UTC", id="UTC in words"),
        pytest.param("2026-05-01T08:30:00.000000000Z", id="nanoseconds"),
        pytest.param("1777624200", id="epoch seconds as text"),
        pytest.param(1777624200, id="epoch seconds"),
        pytest.param(1777624200.0, id="epoch seconds, float"),
        pytest.param(1777624200000, id="epoch milliseconds"),
        pytest.param(datetime(2026, 5, 1, 8, 30), id="naive timestamp"),
        pytest.param(MAY_DAY, id="timestamp"),
    ],
)
def test_times_that_are_read(written: Any) -> None:
    assert read("time", [written])[:2] == ([MAY_DAY], {})


def test_mixed_time_zones_in_one_column() -> None:
    written = ["2026-05-01T08:30:00Z", "2026-05-01T16:30:00+08:00", "2026-05-01 08:30:00", None, "2026-05-01"]
    assert read("time", written)[0] == [MAY_DAY, MAY_DAY, MAY_DAY, None, datetime(2026, 5, 1, tzinfo=UTC)]


@pytest.mark.parametrize(
    "written", ["yesterday", "2026-13-01", "01/05/2026", "2026/13/01", "2026/05", "2026-02-30T00:00:00Z"]
)
def test_times_that_do_not_parse_reject_their_row(written: str) -> None:
    values, faults, _ = read("time", ["2026-05-01T08:30:00Z", written])
    assert values == [MAY_DAY, None]
    assert faults[1].startswith("not a time")


@pytest.mark.parametrize("written", ["1989-12-31T23:59:59Z", "2100-01-01", 0, 10**18, 1e30])
def test_times_of_another_age_reject_their_row(written: Any) -> None:
    expected = {} if written == 10**18 else {0: "a time before 1990 or after 2100"}
    assert read("time", [written])[1] == expected  # 10^18 is 2001 in nanoseconds


@given(st.datetimes(datetime(1990, 1, 2), datetime(2099, 12, 31), timezones=st.timezones()))
def test_a_time_survives_its_zone(moment: datetime) -> None:
    offset = moment.utcoffset()
    if offset is None or offset.seconds % 60:
        return  # historical offsets with seconds cannot be written in ISO 8601
    assert read("time", [moment.isoformat()])[0] == [moment.astimezone(UTC)]


@pytest.mark.parametrize(
    ("kind", "written", "expected"),
    [
        pytest.param("hashtags", "#food #taipei", ["food", "taipei"], id="spaces"),
        pytest.param("hashtags", "#food#taipei", ["food", "taipei"], id="glued"),
        pytest.param("hashtags", '["#food", "taipei"]', ["food", "taipei"], id="JSON"),
        pytest.param("hashtags", "food;taipei", ["food", "taipei"], id="semicolons"),
        pytest.param("hashtags", "#台北美食,#小吃", ["台北美食", "小吃"], id="Chinese"),
        pytest.param("mentions", "@veggieworldfrance. @a_b", ["veggieworldfrance", "a_b"], id="a full stop after"),
        pytest.param("names", "Food & Drink; Travel", ["Food & Drink", "Travel"], id="spaces are not separators"),
        pytest.param("names", "beauty, skin care", ["beauty", "skin care"], id="commas"),
        pytest.param("languages", "zh, EN_us", ["zh", "en-US"], id="languages"),
    ],
)
def test_lists_in_one_string(kind: str, written: str, expected: list[str]) -> None:
    assert read(kind, [written, None])[0] == [expected, None]


def test_an_empty_list_is_not_an_absent_one() -> None:
    column = pa.array([[], None, ["@a.", "@"], ["", None]], pa.list_(pa.string()))
    assert read("mentions", column)[0] == [[], None, ["a"], []]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        *(("zh", "zh"), ("zh-tw", "zh-Hant-TW"), ("zh_Hant", "zh-Hant"), ("zh-CN", "zh-Hans-CN"), ("EN", "en")),
        *(("eng", "en"), ("iw", "he"), ("en_us", "en-US"), ("yue-HK", "yue-HK"), ("klingon", None), ("xx", None)),
        *(("", None), ("es-419", "es-419")),
    ],
)
def test_language_tags(written: str, expected: str | None) -> None:
    assert language_tag(written) == expected


def test_a_country_by_name_is_read_and_what_is_none_is_null_each_with_a_warning() -> None:
    values, faults, warnings = read("country", ["TW", "Taiwan", "Việt Nam", "", "Narnia"])
    assert (values, faults) == (["TW", "TW", "VN", None, None], {})
    assert sorted(warnings) == [
        "posts.x: 1 value set to null: expected an ISO 3166-1 alpha-2 code such as 'TW', or a name; "
        "for example 'Narnia'",
        "posts.x: 2 values read as the country of that name; for example 'Taiwan'",
    ]


def test_an_unknown_language_is_null_with_a_warning_and_no_language_without_one() -> None:
    values, faults, warnings = read("language", ["th", "und", "zxx", "elvish"])
    assert (values, faults) == (["th", None, None, None], {})
    assert warnings == [
        "posts.x: 1 value set to null: expected a BCP-47 language tag such as 'zh-Hant'; for example 'elvish'"
    ]


def test_yes_and_no() -> None:
    assert read("flag", ["true", "No", "1", "", None, "perhaps"])[0] == [True, False, True, None, None, None]


def test_an_id_that_was_read_as_a_number_is_still_that_id() -> None:
    assert read("id", pa.array([17.0, 18.0, None]))[0] == ["17", "18", None]
    assert read("id", pa.array(np.array([17, 18])))[0] == ["17", "18"]


@pytest.mark.parametrize(
    "ids", [["a", ["c3"]], [["c3"], ["c4"]], ["a", {"id": 3}], ["a", []], ["a", '["c3"]'], ["a", [3]]], ids=str
)
def test_a_list_or_an_object_is_no_id(ids: list[Any]) -> None:
    """Whatever its column made of it: text beside texts, a list among lists."""
    _, faults, _ = read("id", as_array(ids))
    assert faults[1] == "not an id: expected text or a number"
    assert (0 in faults) == (ids[0] != "a")


@pytest.mark.parametrize("written", ["[deleted]", "{a", "c[3]", "#1"])
def test_an_id_may_hold_brackets(written: str) -> None:
    assert read("id", [written])[:2] == ([written], {})
