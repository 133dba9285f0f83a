"""A class for tests: a service, a debate that waits, and pupils."""

from typing import Any

from fastapi.testclient import TestClient

from tests.api.service_made import start, wait_until


class Pupil:
    """A phone without a page.

    Args:
        client: The service.
        joined: What the way in answered.
    """

    def __init__(self, client: TestClient, joined: dict[str, Any]) -> None:
        self._client = client
        self.debate_id = str(joined["debate_id"])
        self.member = str(joined["member"])
        self.token = str(joined["token"])

    def ask(self, method: str, path: str, json: Any = None, status: int | None = None) -> Any:
        """Ask the service for something below /classroom/debates/ID, or below /v1/debates/ID."""
        root = "/v1" if path.startswith("/v1") else "/classroom"
        url = f"{root}/debates/{self.debate_id}{path.removeprefix('/v1')}"
        answer = self._client.request(method, url, json=json, headers={"Authorization": f"Bearer {self.token}"})
        self._client.cookies.clear()
        if status is not None:
            assert answer.status_code == status, (method, url, answer.status_code, answer.text)
        return answer.json() if answer.content else None

    def me(self) -> dict[str, Any]:
        """What they may do now."""
        return dict(self.ask("GET", "/me", status=200))


def a_class(client: TestClient, **fields: Any) -> tuple[str, str]:
    """A debate that waits, and the code that leads to it."""
    debate_id = start(client, start_paused=True, **fields)
    return debate_id, str(client.post(f"/classroom/debates/{debate_id}/code").json()["code"])


def join(client: TestClient, code: str, nickname: str | None = None, group: str | None = None) -> Pupil:
    """A new phone that joins."""
    client.cookies.clear()
    answer = client.post("/classroom/join", json={"code": code, "nickname": nickname, "group": group})
    assert answer.status_code == 201, answer.text
    client.cookies.clear()
    return Pupil(client, answer.json())


def go_on(client: TestClient, debate_id: str) -> str:
    """The teacher lets the debate take a turn; what it does then."""
    before = client.get(f"/v1/debates/{debate_id}").json()["last_seq"]
    client.post(f"/v1/debates/{debate_id}/commands", json={"type": "resume", "turns": 1})
    seen = wait_until(
        lambda: client.get(f"/v1/debates/{debate_id}").json(),
        lambda one: one["last_seq"] > before and one["status"] not in ("running", "queued"),
    )
    return str(seen["status"])


def look(client: TestClient, debate_id: str) -> dict[str, Any]:
    """The teacher's overview."""
    answer = client.get(f"/classroom/debates/{debate_id}/class")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def change(client: TestClient, debate_id: str, naming: str = "nicknames", turn_s: int = 180) -> None:
    """The teacher changes how pupils are named."""
    body = {"naming": naming, "turn_s": turn_s, "guess_s": 30}
    assert client.put(f"/classroom/debates/{debate_id}/class", json=body).status_code == 204
