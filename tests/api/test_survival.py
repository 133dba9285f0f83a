"""The service is killed at random moments; nothing that was said is lost, said twice, or missed by a listener."""

from pathlib import Path

from benchmarks.survival import faulty_endpoint, on_postgres, on_sqlite, serving_models, try_killing


async def test_debates_survive_kills_of_a_server_with_sqlite(tmp_path: Path) -> None:
    """Every debate completes, has seq 1..n, and equals what a listener saw that reconnected."""
    servers, ports = on_sqlite(tmp_path, delay_s=0.15)
    outcome = await try_killing(servers, [], ports, debates=4, kills=3, rounds=4, seed=5)
    assert outcome.problems == []
    assert (outcome.completed, outcome.gapless, outcome.as_seen) == (4, 4, 4)
    assert outcome.reconnections > 0, "no listener was cut off, so nothing was tried"


async def test_debates_survive_kills_of_workers_with_postgres(postgres_url: str) -> None:
    """Workers that are killed lose nothing; others go on with their debates, and any server serves any stream."""
    servers, workers, ports = on_postgres(postgres_url, servers=2, workers=2, delay_s=0.3)
    outcome = await try_killing(servers, workers, ports, debates=4, kills=2, rounds=4, seed=3)
    assert outcome.problems == []
    assert (outcome.completed, outcome.gapless, outcome.as_seen) == (4, 4, 4)


async def test_debates_by_a_faulty_model_survive_kills(tmp_path: Path, loopback_requests: None) -> None:
    """The same with a model over HTTP that meets a fifth of its calls with a fault: no turn is lost or said twice."""
    async with faulty_endpoint(0.2, latency_s=0.3) as base_url:
        made = serving_models(f"sqlite:///{tmp_path}/x.db", base_url)
        outcome = await try_killing(
            made.servers, [], made.ports, debates=4, kills=2, rounds=1, seed=5, models={"default": "fake"}
        )
    assert outcome.problems == []
    assert (outcome.completed, outcome.gapless, outcome.as_seen) == (4, 4, 4)
    assert outcome.turns_of_models > 0
