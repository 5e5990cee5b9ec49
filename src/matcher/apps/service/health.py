"""GET healthz, readyz, metrics: for the machinery around the service."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse
from pydantic import BaseModel

from matcher.apps.service.depends import GUARD, Source, may_answer
from matcher.apps.service.metrics import MEDIA_TYPE, Metrics
from matcher.apps.service.problems import matcher_problem, problem
from matcher.apps.service.source import LiveMatcher
from matcher.errors import MatcherError

router = APIRouter(tags=["health"], responses=may_answer(*GUARD, 500))


class Health(BaseModel):
    """The process is alive."""

    status: str = "ok"


class Readiness(BaseModel):
    """The service can answer briefs."""

    status: str = "ready"
    snapshot_id: str


@router.get("/healthz", operation_id="get_health")
async def get_health() -> Health:
    """Say that the process is alive; it says nothing of the index."""
    return Health()


@router.get("/readyz", operation_id="get_readiness", response_model=Readiness, responses=may_answer(503))
def get_readiness(request: Request, source: Source) -> Readiness | Response:
    """Say whether briefs can be answered at once; while there is no index, how to make one."""
    if isinstance(source, LiveMatcher) and source.opening:
        detail = "The index is being opened and warmed; ask again in a second."
        return problem(
            request, 503, detail, name="index-opening", title="The index is being opened", headers={"Retry-After": "1"}
        )
    try:
        return Readiness(snapshot_id=source().snapshot_id)
    except MatcherError as error:
        return matcher_problem(request, error, 503)


@router.get("/metrics", operation_id="get_metrics", response_class=PlainTextResponse)
async def get_metrics(request: Request) -> Response:
    """Counters and times of requests, for Prometheus."""
    metrics: Metrics = request.app.state.metrics
    return Response(metrics.text(), media_type=MEDIA_TYPE)
