import pytest
from fastapi.testclient import TestClient

from matcher.apps.pages.brief_form import Values
from matcher.apps.pages.brief_link import unpack
from matcher.apps.pages.understood import SEEN, TAKEN, chips, with_understood

TEXT = "Skin care creators in Taiwan, 10k-100k followers, on Instagram or YouTube, budget 5000 USD, no alcohol"


def test_chips_say_what_was_read_and_from_which_words() -> None:
    found = {
        chip.field: (chip.value, chip.words, chip.ticked, chip.in_fields)
        for chip in chips(Values([("text", TEXT)])).chips
    }
    assert found["must.countries"] == ("TW", "Taiwan", True, False)
    assert found["must.followers"] == ({"min": 10_000, "max": 100_000}, "10k-100k followers", True, False)
    assert found["must_not.brand_safety"][:2] == ("alcohol", "alcohol")
    assert chips(Values([("text", " ")])).chips == ()


def test_an_unticked_chip_stays_so_while_the_text_goes_on() -> None:
    keys = [chip.key for chip in chips(Values([("text", TEXT)])).chips]
    seen = [(SEEN, key) for key in keys] + [(TAKEN, key) for key in keys[1:]]
    again = chips(Values([("text", f"Hello! {TEXT}, thank you"), *seen])).chips
    assert [chip.ticked for chip in again] == [False] + [True] * (len(keys) - 1)


def test_ticked_chips_become_fields_and_the_form_comes_first() -> None:
    keys = [chip.key for chip in chips(Values([("text", TEXT)])).chips]
    assert with_understood({"text": TEXT}, TEXT, keys) == {
        "text": TEXT,
        "must": {
            "countries": ["TW"],
            "followers": {"min": 10_000, "max": 100_000},
            "platforms": ["instagram", "youtube"],
        },
        "must_not": {"brand_safety": ["alcohol"]},
        "budget": {"amount": 5_000, "currency": "USD"},
    }
    said = {"text": TEXT, "must": {"countries": ["VN"], "followers": {"min": 7}}}
    merged = with_understood(said, TEXT, keys)
    assert (merged["must"]["countries"], merged["must"]["followers"]) == (["VN"], {"min": 7})
    assert with_understood({"text": TEXT}, TEXT, []) == {"text": TEXT}
    assert with_understood({"text": TEXT}, TEXT, ["must.countries=Atlantis"]) == {"text": TEXT}


@pytest.mark.parametrize(("path", "onward"), [("/", "/shortlist?b="), ("/fill", "/?b=")])
def test_sending_the_form_takes_them_over(page: TestClient, path: str, onward: str) -> None:
    form = {"text": TEXT, "k": "5", "b": "", TAKEN: ["must.countries=Taiwan"]}
    answer = page.post(path, data=form)
    assert (answer.status_code, answer.headers["location"].startswith(onward)) == (303, True)
    brief = unpack(answer.headers["location"].partition("b=")[2])
    assert (brief.must.countries, brief.must.followers, brief.budget) == (("TW",), None, None)


def test_fields_that_are_filled_in_are_said_to_be(page: TestClient) -> None:
    html = page.post("/understood", data={"text": TEXT, "must.countries": "TW"}).text
    assert "✓ Countries: Taiwan" in html
    assert 'value="must.countries=Taiwan"' not in html
    assert 'value="must.followers=10k-100k followers" checked' in html
