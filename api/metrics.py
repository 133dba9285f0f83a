"""What the service counts, for Prometheus."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from debate.events import DebateEnded, Event, Fault, RulingMade, Turn, Usage


class Metrics:
    """All metrics of one process, in a registry of their own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        kept = self.registry
        self.debates_running = Gauge("rejoinder_debates_running", "Debates being played in this process", registry=kept)
        self.debates = Gauge("rejoinder_debates", "Debates in the store", ["status"], registry=kept)
        self.listeners = Gauge("rejoinder_stream_listeners", "Open event streams of this process", registry=kept)
        self.events = Counter("rejoinder_events", "Events appended by this process", ["type"], registry=kept)
        self.turns = Counter("rejoinder_turns", "Turns taken", ["origin"], registry=kept)
        self.rulings = Counter("rejoinder_rulings", "Rulings made", ["verdict"], registry=kept)
        self.ended = Counter("rejoinder_debates_ended", "Debates that ended", ["reason"], registry=kept)
        self.faults = Counter("rejoinder_faults", "Failures of speakers and checkers", ["during"], registry=kept)
        self.store_faults = Counter(
            "rejoinder_store_faults", "Appends tried again for want of the store", registry=kept
        )
        self.leases_lost = Counter("rejoinder_leases_lost", "Debates that another runner took over", registry=kept)
        self.model_calls = Counter("rejoinder_model_calls", "Calls of chat models behind what was said", registry=kept)
        self.tokens = Counter("rejoinder_model_tokens", "Tokens of those calls", ["direction"], registry=kept)
        self.cost_usd = Counter("rejoinder_model_cost_usd", "Cost of those calls in US dollars", registry=kept)
        self.model_call_s = Histogram(
            "rejoinder_model_call_seconds",
            "Model calls with their retries, by what came of them",
            ["model", "outcome"],
            buckets=(0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 50, 100, 250, 500),
            registry=kept,
        )
        self.append_s = Histogram(
            "rejoinder_append_seconds",
            "From an event's making to its being in the store",
            buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30),
            registry=kept,
        )
        self.request_s = Histogram("rejoinder_request_seconds", "HTTP requests", ["method", "status"], registry=kept)

    def count_event(self, event: Event) -> None:
        """Count an event that has been appended."""
        self.events.labels(event.type).inc()
        if isinstance(event, Turn):
            self.turns.labels(event.origin).inc()
            self._count_usage(event.usage)
        elif isinstance(event, RulingMade):
            self.rulings.labels(event.verdict).inc()
            self._count_usage(event.usage)
        elif isinstance(event, Fault):
            self.faults.labels(event.during).inc()
        elif isinstance(event, DebateEnded):
            self.ended.labels(event.reason).inc()

    def _count_usage(self, usage: Usage | None) -> None:
        if usage is not None:
            self.model_calls.inc(usage.calls)
            self.tokens.labels("in").inc(usage.input_tokens)
            self.tokens.labels("out").inc(usage.output_tokens)
            self.cost_usd.inc(usage.cost_usd or 0)

    def text(self) -> bytes:
        """Everything in Prometheus' text format."""
        return generate_latest(self.registry)


METRICS = Metrics()
"""Of this process."""
