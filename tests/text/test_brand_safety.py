import pytest

from matcher.errors import BriefError
from matcher.text import brand_safety_categories, brand_safety_terms


def test_every_category_speaks_the_four_languages() -> None:
    assert brand_safety_categories() == (
        "adult", "alcohol", "crypto", "drugs", "gambling", "politics", "profanity", "tobacco", "violence", "weapons",
    )  # fmt: skip
    for category in brand_safety_categories():
        for language in ("en", "zh-Hant", "vi", "th"):
            terms = brand_safety_terms(category, language)
            assert len(terms) >= 8
            assert len(set(terms)) == len(terms)
            assert all(term == term.strip().lower() for term in terms)


def test_terms_of_all_languages_together() -> None:
    terms = brand_safety_terms("alcohol")
    assert {"beer", "啤酒", "rượu", "เบียร์"} <= set(terms)


def test_an_unknown_category_is_told_what_is_allowed() -> None:
    with pytest.raises(BriefError, match=r"'alcool' is not known; allowed: adult, alcohol, crypto") as caught:
        brand_safety_terms("alcool")
    assert caught.value.errors[0][0] == "must_not.brand_safety"
