"""POST match, explain, similar: the engine's answers, as the library gives them."""

from time import perf_counter

from fastapi import APIRouter, Depends, Response
from pydantic import TypeAdapter

from matcher.apps.service.depends import GUARD, Source, json_only, may_answer
from matcher.apps.service.fields import Cursor
from matcher.apps.service.match_pages import NEXT_CURSOR, PageSize, page_of
from matcher.apps.service.requests import ExplainBody, MatchBody, OverlapBody, SimilarBody
from matcher.records import Shortlist
from matcher.records.explanation import Explanation, SimilarCreators
from matcher.records.overlap import Overlap

router = APIRouter(
    prefix="/v1",
    tags=["matching"],
    dependencies=[Depends(json_only)],
    responses=may_answer(*GUARD, 400, 408, 413, 415, 422, 500, 503),
)
_SHORTLIST = TypeAdapter(Shortlist)
_EXPLANATION = TypeAdapter(Explanation)
_OVERLAP = TypeAdapter(Overlap)
_SIMILAR = TypeAdapter(SimilarCreators)


@router.post("/match", operation_id="match_brief", response_model=Shortlist, responses=may_answer(410))
def match(brief: MatchBody, source: Source, page_size: PageSize = None, cursor: Cursor = None) -> Response:
    """
    Answer a brief with a shortlist of creators, ranked and explained.

    Nobody found is an answer too: no entries, and a funnel that says which condition left how many. With `page_size`
    the entries come in pages: send the brief again with the `cursor` of the header `X-Next-Cursor`.
    """
    began = perf_counter()
    shown, following = source().match(brief), None
    took_ms = (perf_counter() - began) * 1000
    if page_size is not None or cursor is not None:
        shown, following = page_of(brief, shown, page_size, cursor)
    answer = _json(_SHORTLIST.dump_json(shown))
    answer.headers["Server-Timing"] = f"engine;dur={took_ms:.2f}"
    if following:
        answer.headers[NEXT_CURSOR] = following
    return answer


@router.post("/explain", operation_id="explain_creator", response_model=Explanation, responses=may_answer(404))
def explain(body: ExplainBody, source: Source) -> Response:
    """Say why a creator stands where it stands for a brief: which filter took it out, and what would raise it."""
    return _json(_EXPLANATION.dump_json(source().explain(body.brief, body.creator_id)))


@router.post("/similar", operation_id="find_similar", response_model=SimilarCreators, responses=may_answer(404))
def similar(body: SimilarBody, source: Source) -> Response:
    """Find creators like one or several others, by what they post or by whom they reach."""
    return _json(_SIMILAR.dump_json(source().similar(body.creator_ids, body.k, body.by)))


@router.post("/overlap", operation_id="estimate_overlap", response_model=Overlap, responses=may_answer(404))
def overlap(body: OverlapBody, source: Source) -> Response:
    """Tell how many people several creators reach together, and how many of them are the same; each with its error."""
    return _json(_OVERLAP.dump_json(source().overlap(body.creator_ids)))


def _json(content: bytes) -> Response:
    # A ready response: what the engine made need not be checked against its own schema once more.
    return Response(content, media_type="application/json")
