from typing import get_args

import pytest

from matcher.apps.pages.labels import TABLES, label
from matcher.records import AGE_BANDS, GENDERS, Conditions, Exclusions
from matcher.records.brief import SIGNALS, AccountKind, Goal, Tier
from matcher.records.shortlist import Status
from matcher.text import brand_safety_categories


@pytest.mark.parametrize(
    ("table", "codes"),
    [
        ("signal", (*SIGNALS, "preferences")),
        ("goal", get_args(Goal)),
        ("goal_meaning", get_args(Goal)),
        ("kind", get_args(AccountKind)),
        ("tier", get_args(Tier)),
        ("status", get_args(Status)),
        ("status_meaning", get_args(Status)),
        ("gender", GENDERS),
        ("safety", brand_safety_categories()),
        ("condition", (*Conditions.model_fields, *Exclusions.model_fields)),
    ],
)
def test_every_code_of_the_engine_has_words(table: str, codes: tuple[str, ...]) -> None:
    wordless = [code for code in codes if code not in TABLES[table] and code != "worked_with_within_days"]
    assert wordless == []


def test_a_stage_says_what_is_read() -> None:
    assert label("stage", "accounts") == "Reading profiles of followers"


def test_a_new_code_speaks_for_itself() -> None:
    assert label("caution", "pod_suspected") == "Pod suspected"
    assert label("axis", "reply_rate") == "Answers given"
    assert label("axis", "some_new_part") == "Some new part"
    assert label("signal", None) == "–"
    assert label("facet", AGE_BANDS[0]) == "13-17"
