"""Sentences that remember what they were made of: the same English as before, and nothing lost on the way."""

import ast
import copy
import json
import pickle
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

import matcher
from matcher.records.said import (
    COMMAS,
    EITHER,
    JOINTS,
    SAFE,
    Said,
    Sentence,
    Term,
    in_words,
    listed,
    packed,
    pieces,
    say,
    say_n,
    unpacked,
)

PLACE = Term("TW", "country")
NOTE = say(
    "{share:.0%} of {n:,} people in {where}, since {day}: {why}",
    share=0.625,
    n=12_345,
    where=PLACE,
    day=date(2026, 11, 21),
    why=listed([say_n("{n} post", "{n} posts", 2), "Ann Eats"], EITHER),
)


def test_it_is_the_english_text() -> None:
    text = "62% of 12,345 people in TW, since 2026-11-21: 2 posts or Ann Eats"
    assert NOTE == text and hash(NOTE) == hash(text)
    assert json.dumps({"note": NOTE}) == json.dumps({"note": text})
    assert {text: 1}[NOTE] == 1


@pytest.mark.parametrize(("n", "text"), [(0, "0 posts"), (1, "1 post"), (2, "2 posts"), (1200, "1,200 posts")])
def test_counting(n: int, text: str) -> None:
    assert say_n("{n} post", "{n:,} posts", n) == text


def test_codes_of_a_vocabulary_as_words() -> None:
    who = listed([Term("c1", "creator"), Term("c2", "creator"), Term("TW", "country"), "c1"])
    told = say("{few} of {who}", few=say_n("{n} post", "{n} posts", 2, who=Term("c2", "creator")), who=who)
    found = in_words(told, "creator", {"c1": "Ann", "TW": "no"})
    assert (told, found) == ("2 posts of c1, c2, TW, c1", "2 posts of Ann, c2, TW, c1")
    assert type(found) is Said and (found.template, found.values["few"].many) == ("{few} of {who}", "{n} posts")
    assert in_words("c1", "creator", {"c1": "Ann"}) == "c1"


def test_lists() -> None:
    assert listed(["a", "b", "c"]) == "a, b, c"
    assert listed(["a"], EITHER) == "a" and listed([]) == ""
    assert [listed(["a", "b"], joint) for joint in JOINTS] == ["a, b", "a; b", "a b", "a or b", "a\nb"]


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, lambda said: pickle.loads(pickle.dumps(said))])
def test_copies_know_their_template(copied) -> None:  # type: ignore[no-untyped-def]
    other = copied(NOTE)
    assert other == NOTE and other.template == NOTE.template and other.values["where"].vocabulary == "country"


def test_records_keep_what_was_said() -> None:
    kept = TypeAdapter(Sentence).validate_python(NOTE)
    assert kept is NOTE
    assert type(TypeAdapter(Sentence).validate_python("plain")) is str


values = st.one_of(
    st.integers(0, 10**9),
    st.floats(0, 1),
    st.text(max_size=8),
    st.dates(),
    st.builds(Term, st.sampled_from(["TW", "vi"]), st.just("country")),
    st.builds(lambda n: say_n("{n} post", "{n} posts", n), st.integers(0, 3)),
    st.builds(listed, st.lists(st.text(max_size=4), max_size=3), st.sampled_from(JOINTS)),
)


@given(values, values)
def test_what_is_packed_is_the_same_again(one: object, other: object) -> None:
    said = say("{one} beside {other}", one=one, other=other)
    document = {"notes": [said, "plain"], "n": 3}
    again = unpacked(json.loads(json.dumps(packed(document))))
    assert again == document and type(again["notes"][1]) is str
    kept = again["notes"][0]
    assert isinstance(kept, Said) and packed(kept) == packed(said)


@pytest.mark.parametrize(
    ("template", "values"),
    [
        ("{n.__class__}", {"n": 3}),
        ("{n[0]}", {"n": [1]}),
        ("{n!s}", {"n": 3}),
        ("{n:999999999}", {"n": 3}),
        ("{n:>99}", {"n": 3}),
        ("{n:{n}}", {"n": 3}),
        ("{0}", {"n": 3}),
        ("{}", {"n": 3}),
        ("{n", {"n": 3}),
        ("{m}", {"n": 3}),
        ("{n:.0%}", {"n": "three"}),
        ("{n:,}", {"n": None}),
        ("{first.__class__}, {rest}", {"items": ["a", "b"]}),
        (COMMAS, {"items": [1, 2]}),
        (COMMAS, {"items": "ab"}),
    ],
)
def test_a_template_out_of_a_file_is_filled_only_where_it_is_harmless(template: str, values: dict[str, Any]) -> None:
    kept = unpacked({"notes": [{"said": template, "values": values}]})["notes"][0]
    assert kept == template and type(kept) is str


@pytest.mark.parametrize("n", ["3", True, None, 1.5])
def test_what_is_counted_out_of_a_file_is_a_whole_number(n: object) -> None:
    assert type(unpacked({"said": "{n} post", "many": "{n} posts", "values": {"n": n}})) is str
    assert type(unpacked({"said": "{n} post", "many": "{n.real}", "values": {"n": 3}})) is str


@pytest.mark.parametrize(
    "value",
    [{"date": 0.5}, {"date": "soon"}, {"term": 1, "of": 2}, {"said": 0.5, "values": 0.5}, {"said": "a", "values": []},
     {"said": None, "many": "a", "values": {}}],
)  # fmt: skip
def test_names_that_only_look_like_ours_stay(value: dict[str, Any]) -> None:
    assert unpacked(json.loads(json.dumps(packed(value)))) == value


def test_every_template_of_the_engine_is_whole() -> None:
    """Each stands as a text in the call, and names as many gaps as it is given values."""
    found = 0
    for path in Path(matcher.__file__).parent.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name) or path.name == "said.py":
                continue
            count = {"say": 1, "say_n": 2}.get(call.func.id, 0)
            for text in call.args[:count]:
                assert isinstance(text, ast.Constant) and isinstance(text.value, str), f"{path}:{call.lineno}"
                assert not re.search(r"%\w", text.value), f"{path}:{call.lineno}: gettext takes it for a format"
                if any(keyword.arg is None for keyword in call.keywords):
                    continue
                given = {keyword.arg for keyword in call.keywords} | ({"n"} if count == 2 else set())
                assert SAFE.fullmatch(text.value), f"{path}:{call.lineno}: it cannot be read back"
                named = {name for _, name, _ in pieces(text.value) if name is not None}
                assert named <= given, f"{path}:{call.lineno}"
                found += 1
    assert found > 20
