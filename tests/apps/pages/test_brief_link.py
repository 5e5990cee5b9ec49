import base64
import json
import zlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.apps.pages.brief_link import MAX_JSON_BYTES, MAX_LINK, pack, unpack
from matcher.demo import briefs
from matcher.errors import BriefError
from matcher.records import Brief


@pytest.mark.parametrize("data", briefs(), ids=lambda data: data["language"])
def test_a_brief_comes_back_out_of_its_link(data: Any) -> None:
    brief = Brief.parse(data)
    assert unpack(pack(brief)) == brief
    assert len(pack(brief)) < 1_200


@given(st.text(min_size=1, max_size=400).filter(str.strip))
def test_any_text_survives(text: str) -> None:
    try:
        brief = Brief(text=text)
        link = pack(brief)
    except (ValueError, BriefError):  # halves of surrogate pairs are no text
        return
    assert unpack(link).text == brief.text
    assert set(link) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


def test_a_brief_that_no_address_holds_is_refused_at_its_field() -> None:
    text = "".join(chr(0x4E00 + (i * 7919) % 20_000) for i in range(9_000))
    with pytest.raises(BriefError, match="9,000 characters") as caught:
        pack(Brief(text=text))
    assert caught.value.errors[0][0] == "text"
    assert MAX_LINK < 16_384  # what uvicorn takes of a request's head


def _link(payload: bytes) -> str:
    return base64.urlsafe_b64encode(payload).decode().rstrip("=")


@pytest.mark.parametrize(
    "link",
    [
        pytest.param("", id="empty"),
        pytest.param("not/base64", id="letters that no link has"),
        pytest.param(_link(b"plain"), id="not deflated"),
        pytest.param(pack(Brief(text="sunscreen"))[:-6], id="cut off"),
        pytest.param(_link(zlib.compress(b"{broken")), id="not JSON"),
        pytest.param(_link(zlib.compress(b"[" * 200_000)), id="nested too deeply"),
        pytest.param(_link(zlib.compress(b'"' + b"a" * MAX_JSON_BYTES + b'"')), id="a bomb"),
        pytest.param(_link(zlib.compress(json.dumps({"texd": "x"}).encode())), id="not a brief"),
        pytest.param("é", id="not ASCII"),
    ],
)
def test_what_is_no_brief_is_refused(link: str) -> None:
    with pytest.raises(BriefError):
        unpack(link)
