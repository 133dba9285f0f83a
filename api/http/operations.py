"""For whoever operates the service: health, readiness, metrics."""

from fastapi import APIRouter, Response
from pydantic import BaseModel

from api.http.guard import Reader
from api.http.problems import responses
from api.http.service import Served
from api.metrics import METRICS
from language.errors import StoreError

router = APIRouter(tags=["operations"])


class Health(BaseModel):
    """How the service is."""

    status: str
    database: str


@router.get("/healthz")
async def healthz() -> Health:
    """Whether the process lives; asks nobody else."""
    return Health(status="ok", database="not asked")


@router.get("/readyz", responses={503: {"model": Health}})
async def readyz(response: Response, service: Served) -> Health:
    """Whether requests can be served now: the database answers."""
    try:
        await service.store.counts()
    except StoreError:
        response.status_code = 503
        return Health(status="not ready", database="does not answer")
    return Health(status="ok", database="answers")


@router.get(
    "/metrics",
    response_class=Response,
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}, **responses()},
)
async def metrics(actor: Reader, service: Served) -> Response:
    """Everything counted, in Prometheus' text format."""
    METRICS.debates.clear()
    for status, number in (await service.store.counts()).items():
        METRICS.debates.labels(status).set(number)
    METRICS.listeners.set(service.fanout.listeners)
    return Response(METRICS.text(), media_type="text/plain; version=0.0.4")
