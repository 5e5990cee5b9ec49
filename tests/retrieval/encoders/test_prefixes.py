"""What stands before briefs and posts: from the folder, from the model, from its name; and what it does to the rows."""

import json
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from matcher.errors import EncoderDamaged
from matcher.retrieval.encoders import encode_briefs, load_encoder
from matcher.retrieval.encoders.prefixes import NONE, Prefixes, declared, known
from matcher.retrieval.encoders.static import StaticEncoder
from matcher.retrieval.encoders.transformer import SentenceTransformersEncoder

from .conftest import TABLE, tiny_tokenizer


@pytest.mark.parametrize(
    ("name", "query", "passage"),
    [
        ("intfloat/multilingual-e5-small", "query: ", "passage: "),
        ("models/e5_base_v2", "query: ", "passage: "),
        ("intfloat/multilingual-e5-large-instruct", "Instruct: ", ""),
        ("BAAI/bge-small-en-v1.5", "Represent this sentence", ""),
        ("BAAI/bge-m3", "", ""),
        ("Snowflake/snowflake-arctic-embed-l-v2.0", "query: ", ""),
        ("Snowflake/snowflake-arctic-embed-m", "Represent this sentence", ""),
        ("nomic-ai/nomic-embed-text-v1.5", "search_query: ", "search_document: "),
        ("Alibaba-NLP/gte-multilingual-base", "", ""),
        ("someone/my-model", "", ""),
    ],
)
def test_known_by_name(name: str, query: str, passage: str) -> None:
    found = known(name)
    assert found.query.startswith(query) and bool(found.query) == bool(query)
    assert found.passage == passage


@pytest.mark.parametrize(
    ("prompts", "default", "expected"),
    [
        pytest.param({"query": "q: ", "document": "d: "}, None, Prefixes("q: ", "d: "), id="as declared"),
        pytest.param({"query": "q: ", "passage": "p: "}, None, Prefixes("q: ", "p: "), id="another word for posts"),
        pytest.param({"query": "q: "}, None, Prefixes("q: ", ""), id="briefs alone"),
        pytest.param({"query": "", "document": ""}, None, NONE, id="empty ones are no declaration"),
        pytest.param({"topic": "t: "}, "topic", Prefixes("t: ", "t: "), id="a default for everything"),
        pytest.param({"topic": "t: ", "query": "q: "}, "topic", Prefixes("q: ", ""), id="a default beside others"),
        pytest.param(
            {"all": "a: ", "query": "", "document": ""}, "all", Prefixes("a: ", "a: "), id="beside empty ones"
        ),
        pytest.param({"query": None}, None, NONE, id="nothing"),
        pytest.param(None, None, NONE, id="no prompts"),
    ],
)
def test_declared_by_the_model(prompts: Any, default: str | None, expected: Prefixes) -> None:
    assert declared(prompts, default) == expected
    assert bool(declared(prompts, default)) == (expected != NONE)


def saved_model(folder: Path, **options: Any) -> Path:
    """A real sentence-transformers model with the tiny table: tea (3, 4), cake (-4, 3)."""
    torch = pytest.importorskip("torch")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what other people's packages warn of while loading
        from sentence_transformers import SentenceTransformer
        from sentence_transformers.models import StaticEmbedding

        static = StaticEmbedding(tiny_tokenizer(), embedding_weights=torch.from_numpy(TABLE))
        SentenceTransformer(modules=[static], device="cpu", **options).save(str(folder))
    return folder


TEA, CAKE, CAKE_TEA = [0.6, 0.8], [-0.8, 0.6], np.array([-1, 7]) / np.sqrt(50)


@pytest.mark.filterwarnings("ignore")  # what other people's packages warn of while loading
class TestRealModels:
    def test_prompts_of_the_model_stand_before_briefs_and_posts(self, tmp_path: Path) -> None:
        folder = saved_model(tmp_path / "model", prompts={"query": "cake ", "document": ""})
        encoder = load_encoder(str(folder))
        assert isinstance(encoder, SentenceTransformersEncoder)
        assert encoder.prefixes == Prefixes("cake ", "")
        np.testing.assert_allclose(encoder.encode(["tea"]), [TEA], atol=1e-6)
        np.testing.assert_allclose(encode_briefs(encoder, ["tea"]), [CAKE_TEA], atol=1e-6)
        np.testing.assert_array_equal(encode_briefs(encoder, ["", " "]), np.zeros((2, 2)))

    def test_a_default_prompt_is_used_once(self, tmp_path: Path) -> None:
        folder = saved_model(tmp_path / "model", prompts={"all": "cake "}, default_prompt_name="all")
        encoder = load_encoder(str(folder))
        for rows in (encoder.encode(["tea"]), encode_briefs(encoder, ["tea"])):
            np.testing.assert_allclose(rows, [CAKE_TEA], atol=1e-6)

    def test_without_prompts_no_torch_is_needed(self, tmp_path: Path) -> None:
        encoder = load_encoder(str(saved_model(tmp_path / "model")))
        assert isinstance(encoder, StaticEncoder)
        np.testing.assert_array_equal(encode_briefs(encoder, ["tea"]), encoder.encode(["tea"]))

    def test_a_name_is_enough(self, tmp_path: Path) -> None:
        folder = saved_model(tmp_path / "multilingual-e5-small")
        encoder = SentenceTransformersEncoder.load(str(folder))
        assert encoder.prefixes == Prefixes("query: ", "passage: ")
        assert "th" in encoder.languages

    def test_the_models_own_win_over_its_name_and_the_folders_over_both(self, tmp_path: Path) -> None:
        folder = saved_model(tmp_path / "multilingual-e5-small", prompts={"query": "cake "})
        assert SentenceTransformersEncoder.load(str(folder)).prefixes == Prefixes("cake ", "")
        about = {"prefixes": {"query": "", "passage": "cake "}, "languages": ["en", "th"]}
        (folder / "matcher.json").write_text(json.dumps(about))
        encoder = SentenceTransformersEncoder.load(str(folder))
        assert encoder.prefixes == Prefixes("", "cake ")
        assert encoder.languages == {"en", "th"}
        np.testing.assert_allclose(encoder.encode(["tea"]), [CAKE_TEA], atol=1e-6)
        np.testing.assert_allclose(encoder.encode_briefs(["tea"]), [TEA], atol=1e-6)

    def test_the_fingerprint_is_of_weights_and_prefixes(self, tmp_path: Path) -> None:
        folder = str(saved_model(tmp_path / "model"))
        none, again, query, passage = (
            SentenceTransformersEncoder.load(folder, languages=["en"], before=before).fingerprint
            for before in (None, NONE, Prefixes(query="cake "), Prefixes(passage="cake "))
        )
        assert none == again
        assert len({none, query, passage}) == 3


@pytest.mark.parametrize("prefixes", ["query: ", {"question": "q: "}, 3])
def test_prefixes_of_another_shape_are_refused(plain_folder: Path, prefixes: Any) -> None:
    (plain_folder / "matcher.json").write_text(json.dumps({"prefixes": prefixes}))
    with pytest.raises(EncoderDamaged, match=r"matcher\.json.*expected \"prefixes\" to be"):
        load_encoder(str(plain_folder))


def test_a_description_that_is_no_object_is_refused(plain_folder: Path) -> None:
    (plain_folder / "matcher.json").write_text("[]")
    with pytest.raises(EncoderDamaged, match=r"matcher\.json.*expected a JSON object, found list"):
        load_encoder(str(plain_folder))
