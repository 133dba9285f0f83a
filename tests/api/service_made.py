"""A service for tests: the whole of it, over a real store, with scripted speakers."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from fastapi.testclient import TestClient
from pydantic import SecretStr

from api.http.app import create_app
from api.settings import Settings
from benchmarks.scripted_service import ScriptedCrews

PLAIN = (
    '{"id": "1", "author": "Maja", "text": "The canal should be built, because trade on the river needs it."}\n'
    '{"id": "2", "author": "Otto", "text": "The canal is a waste of money, because the railway is cheaper. '
    'Nobody on the river would use it.", "parent_id": "1"}\n'
    '{"id": "3", "author": "Maja", "text": "Every mill on the river would use the canal, since the railway '
    'does not even reach the harbour.", "parent_id": "2"}\n'
)
SHEET = """id: canals
title: Canals
version: "1"
facts:
  - id: canal-opened
    statement: The canal opened in 1910.
    date: "1910"
    sources:
      - {author: A. Author, title: Canals, year: 1950}
"""


@contextmanager
def a_service(url: str, *, delay_s: float = 0.0, needs_keys: bool = False, **settings: Any) -> Iterator[TestClient]:
    """A running service on the store at `url`."""
    app = create_app(
        Settings(database_url=SecretStr(url), **settings),
        needs_keys=needs_keys,
        only_loopback=not needs_keys,
        make_crew=ScriptedCrews(delay_s, 0.0),
    )
    with TestClient(app, base_url="http://localhost") as client:
        yield client


@contextmanager
def a_modelled_service(url: str, base_url: str, **settings: Any) -> Iterator[TestClient]:
    """A running service with the product's own speakers, which offers one model, "fake", at an address."""
    chosen = {"models_allowed": (f"fake=fake-model@{base_url}",), "model_timeout_s": 5.0, **settings}
    app = create_app(Settings(database_url=SecretStr(url), **chosen))
    with TestClient(app, base_url="http://localhost") as client:
        yield client


def upload(client: TestClient, text: str = PLAIN) -> str:
    """Upload a thread; its id."""
    answer = client.post("/v1/threads", params={"name": "canal"}, content=text.encode())
    assert answer.status_code == 201, answer.text
    return str(answer.json()["thread"]["id"])


def start(client: TestClient, **fields: Any) -> str:
    """Create a debate; its id."""
    body = {"thread": upload(client), "rounds": 2, **fields}
    answer = client.post("/v1/debates", json=body)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def command(client: TestClient, debate_id: str, type: str, status: int = 200, **fields: Any) -> dict[str, Any]:
    """Give a command."""
    answer = client.post(f"/v1/debates/{debate_id}/commands", json={"type": type, **fields})
    assert answer.status_code == status, answer.text
    return dict(answer.json())


def events(client: TestClient, debate_id: str, after: int = 0) -> list[dict[str, Any]]:
    """The events of a debate so far."""
    return list(client.get(f"/v1/debates/{debate_id}/events", params={"after": after}).json()["events"])


def wait_for(client: TestClient, debate_id: str, *statuses: str) -> str:
    """Wait until a debate has one of these statuses."""
    path = f"/v1/debates/{debate_id}"
    return str(wait_until(lambda: client.get(path).json()["status"], lambda one: one in statuses))


def wait_until(look: Callable[[], Any], is_fine: Callable[[Any], bool], deadline_s: float = 20.0) -> Any:
    """Look until what is seen is fine."""
    end = time.monotonic() + deadline_s
    while not is_fine(seen := look()):
        assert time.monotonic() < end, f"still {seen!r}"
        time.sleep(0.01)
    return seen
