"""The shipped model of account kinds: probabilities, and what it must see in plain cases."""

import numpy as np
import pyarrow as pa
import pytest

from matcher.signals.account_kind import FEATURES, KINDS, KindModel, account_features, load_kind_model


def test_probabilities_by_hand() -> None:
    weights = np.zeros((len(FEATURES), len(KINDS)))
    weights[0, 1] = np.log(3.0)
    features = np.zeros((2, len(FEATURES)))
    features[1, 0] = 1.0
    found = KindModel(weights, np.zeros(len(KINDS))).probabilities(features)
    assert found[0] == pytest.approx(np.full(7, 1 / 7))
    assert found[1] == pytest.approx(np.array([1, 3, 1, 1, 1, 1, 1]) / 9)


@pytest.mark.parametrize(
    ("name", "platform", "texts", "kind"),
    [
        ("Fernrock - Topic", "youtube", ["Rain", "Sun"], "label"),
        ("Amber Pictures TH", "youtube", ["RIVER | Official Trailer", "LAKE | Teaser Trailer | In Cinemas"], "media"),
        ("Mai plays", "youtube", ["I built a castle in Minecraft", "My first day in Roblox, live"], "person"),
        ("Amber Games", "youtube", ["RIVER | Launch Trailer", "RIVER | Season 2 Update Trailer"], "brand"),
        ("FernVEVO", "youtube", ["Fern - Rain (Official Video)"], "label"),
        ("Mai reacts", "youtube", ["River Knights trailer REACTION", "River Knights trailer breakdown"], "person"),
        ("Linden Store", "instagram", ["I love this lamp", "My favourite chair, back in stock"], "shop"),
        (None, "instagram", ["I love my dog", "Today we baked with my mum"], "person"),
        (
            "Bolero Chiều", "youtube",
            ["LK Nhạc Bolero Tuyển Chọn Hay Nhất 1", "LK Nhạc Bolero Tuyển Chọn Hay Nhất 2"], "compilation",
        ),
    ],
)  # fmt: skip
def test_plain_cases(name: str | None, platform: str, texts: list[str], kind: str) -> None:
    read = pa.array(texts, pa.large_string())
    names, bios = pa.array([name], pa.large_string()), pa.array([None], pa.large_string())
    tags = pa.array([None] * len(texts), pa.large_list(pa.large_string()))
    owner, posts = np.zeros(len(texts), np.int64), np.array([len(texts)])
    features = account_features(names, bios, [platform], read, tags, owner, posts)
    probabilities = load_kind_model().probabilities(features)[0]
    assert probabilities.sum() == pytest.approx(1.0)
    assert KINDS[int(probabilities.argmax())] == kind
