"""What an endpoint may get holds for all workers together."""

from benchmarks.shared_limits import measure


async def test_three_workers_ask_no_more_than_the_limit_together(postgres_url: str, loopback_requests: None) -> None:
    """Three workers, one of them killed, never have more calls in flight than allowed; all their debates complete."""
    seen = await measure(postgres_url, at_once=2, per_minute=10_000, debates=6, workers=3, kills=1, latency_s=0.1)
    assert 1 <= seen.most_in_flight <= 2
    assert set(seen.statuses) == {"completed"}
    assert len(seen.arrived_s) >= 6 * 4
