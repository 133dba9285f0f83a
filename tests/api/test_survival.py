"""The service is killed at random moments; nothing that was said is lost, said twice, or missed by a listener."""

from pathlib import Path

from benchmarks.survival import on_postgres, on_sqlite, try_killing


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
