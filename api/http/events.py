"""A debate's events: as JSON after a seq, and as a stream that can be resumed."""

from typing import Annotated

from fastapi import APIRouter, Header, Query
from fastapi.responses import Response
from pydantic import BaseModel, Field

from api.audience_view import HeldBack
from api.http.event_stream import EventStream
from api.http.guard import Watcher
from api.http.problems import responses
from api.http.service import Served
from debate.events import Event, RulingMade, RulingOverruled

router = APIRouter(prefix="/v1/debates/{debate_id}/events", tags=["events"])

_STREAM = (
    "One message an event, its id the event's seq; `words` and `state` messages, which have no id, show the running "
    "turn's words (speaker, start, text) and what the debate is doing (status). Comments keep the connection alive. "
    "Somebody in the audience gets a `held_back` event in the place of a ruling that may still be guessed, and the "
    "ruling itself in a `released` message, which has no id, once the debate goes on or the guess is closed."
)


class EventPage(BaseModel):
    """Events in order."""

    events: list[Event | HeldBack]
    last: int = Field(description="Seq of the last one here; for `after` of the next request", examples=[2])
    released: list[RulingMade | RulingOverruled] = Field(
        default=[], description="For the audience: earlier events that were held back until now"
    )


@router.get(
    "",
    response_class=Response,
    responses={
        200: {
            "model": EventPage,
            "description": "Events. " + _STREAM,
            "content": {"text/event-stream": {"schema": {"type": "string"}}},
        },
        **responses(404),
    },
)
async def get_events(
    debate_id: str,
    actor: Watcher,
    service: Served,
    after: Annotated[int, Query(ge=0, le=2**31 - 1, description="Only events after this seq")] = 0,
    limit: Annotated[int, Query(ge=1, le=1000)] = 1000,
    until_end: Annotated[bool, Query(description="End the stream when the debate is over or waits for nobody")] = False,
    accept: Annotated[str | None, Header(include_in_schema=False)] = None,
    last_event_id: Annotated[str | None, Header(description="Where a stream was cut off", max_length=20)] = None,
) -> Response:
    """The events after a seq. With `Accept: text/event-stream` a stream of them and of all that follow."""
    debate = await service.store.get_summary(debate_id)
    if accept is None or "text/event-stream" not in accept:
        page = await service.store.read_after(debate_id, after, limit)
        last = page[-1].seq if page else after
        # The stored lines are passed on as they are: what is read here is what was written.
        if actor.is_audience:
            bodies, released = await service.views.of(debate_id).page(page, after)
            body = f'{{"events":[{",".join(bodies)}],"last":{last},"released":[{",".join(released)}]}}'
        else:
            body = f'{{"events":[{",".join(one.body for one in page)}],"last":{last}}}'
        return Response(body, media_type="application/json")
    if last_event_id is not None and last_event_id.isascii() and last_event_id.isdigit():
        after = max(after, int(last_event_id))
    stream = service.fanout.stream(debate, after, until_end=until_end)
    if actor.is_audience:
        stream = service.views.stream(debate_id, stream)
    return EventStream(stream)
