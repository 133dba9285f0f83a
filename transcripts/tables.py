"""The tables of the store, as queries see them; `transcripts.migrations` makes them.

Times are milliseconds since 1970 in UTC, by the database's own clock where they decide anything. Bodies are JSON as it
was written, so that what is stored is what is streamed and exported, to the byte.
"""

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, MetaData, Table, Text

METADATA = MetaData()


def _owned(table: str, column: str = "id") -> ForeignKey:
    return ForeignKey(f"{table}.{column}", ondelete="CASCADE")


SCHEMA_VERSIONS = Table(
    "schema_versions",
    METADATA,
    Column("version", Integer, primary_key=True),
    Column("applied_at_ms", BigInteger, nullable=False),
)

DEBATES = Table(
    "debates",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("created_at_ms", BigInteger, nullable=False),
    Column("owner", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("last_seq", Integer, nullable=False),
    # 1 while a runner should have it: it is not over, waits for nobody, or has commands to carry out.
    Column("wanted", Integer, nullable=False),
    # Raised by every runner that takes the debate; only the holder of the highest can append.
    Column("lease_epoch", Integer, nullable=False),
    Column("lease_holder", Text),
    Column("lease_until_ms", BigInteger),
    Column("idempotency_key", Text),
    Column("request_digest", Text),
    Column("thread_id", Text),
    Column("sheet_digest", Text),
    Column("motion", Text, nullable=False),
    Column("format", Text, nullable=False),
    Column("header", Text, nullable=False),
    Column("options", Text, nullable=False),
    Column("delete_after_ms", BigInteger),
)

EVENTS = Table(
    "events",
    METADATA,
    Column("debate_id", Text, _owned("debates"), primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("type", Text, nullable=False),
    Column("body", Text, nullable=False),
)

COMMANDS = Table(
    "commands",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("debate_id", Text, _owned("debates"), nullable=False),
    Column("created_at_ms", BigInteger, nullable=False),
    Column("actor", Text, nullable=False),
    Column("body", Text, nullable=False),
    # "waiting", "applied" or "refused"
    Column("state", Text, nullable=False),
    Column("applied_seq", Integer),
    Column("refusal", Text),
)

BALLOTS = Table(
    "ballots",
    METADATA,
    Column("debate_id", Text, _owned("debates"), primary_key=True),
    Column("poll", Text, primary_key=True),
    Column("voter", Text, primary_key=True),
    Column("choice", Text, nullable=False),
    Column("cast_at_ms", BigInteger, nullable=False),
)

THREADS = Table(
    "threads",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("created_at_ms", BigInteger, nullable=False),
    Column("owner", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("motion", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("delete_after_ms", BigInteger),
    # The thread before a person's corrections; null where there are none.
    Column("as_read", Text),
)

PERSONAS = Table(
    "personas",
    METADATA,
    Column("thread_id", Text, _owned("threads"), primary_key=True),
    Column("id", Text, primary_key=True),
    Column("place", Integer, nullable=False),
    # "extracted", "edited" or "created"
    Column("origin", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("body", Text, nullable=False),
)

SHEETS = Table(
    "sheets",
    METADATA,
    Column("digest", Text, primary_key=True),
    Column("created_at_ms", BigInteger, nullable=False),
    Column("owner", Text, nullable=False),
    Column("sheet_id", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("facts", Integer, nullable=False),
    Column("body", Text, nullable=False),
)

MODEL_CALLS = Table(
    "model_calls",
    METADATA,
    Column("debate_id", Text, _owned("debates"), primary_key=True),
    Column("id", Text, primary_key=True),
    Column("body", Text, nullable=False),
)

# Calls in flight at a model's endpoint, each a lease: whoever made it renews it, and a dead process's runs out.
ENDPOINT_SLOTS = Table(
    "endpoint_slots",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("endpoint", Text, nullable=False),
    Column("until_ms", BigInteger, nullable=False),
)

# When calls began, for as long as a limit looks back.
ENDPOINT_STARTS = Table(
    "endpoint_starts",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("endpoint", Text, nullable=False),
    Column("started_at_ms", BigInteger, nullable=False),
)

API_KEYS = Table(
    "api_keys",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("created_at_ms", BigInteger, nullable=False),
    Column("name", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Column("scopes", Text, nullable=False),
    Column("revoked_at_ms", BigInteger),
)

JOIN_CODES = Table(
    "join_codes",
    METADATA,
    Column("code", Text, primary_key=True),
    Column("debate_id", Text, _owned("debates"), nullable=False),
    Column("created_at_ms", BigInteger, nullable=False),
    Column("expires_at_ms", BigInteger, nullable=False),
    Column("owner", Text, nullable=False),
)

AUDIENCE = Table(
    "audience",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("debate_id", Text, _owned("debates"), nullable=False),
    Column("created_at_ms", BigInteger, nullable=False),
    Column("nickname", Text),
    Column("hash", Text, nullable=False),
    Column("expires_at_ms", BigInteger, nullable=False),
    Column("seen_at_ms", BigInteger),
    # Id of the same person in the debate of the whole class, of whoever went on into a group.
    Column("joined_from", Text),
)

LESSONS = Table(
    "lessons",
    METADATA,
    Column("debate_id", Text, _owned("debates"), primary_key=True),
    # The debate that the class's code leads to; its own id, but for the debates of groups.
    Column("class_id", Text, nullable=False),
    Column("place", Integer, nullable=False),
    Column("name", Text, nullable=False),
    # "anonymous", "nicknames" or "names"
    Column("naming", Text, nullable=False),
    Column("turn_s", Integer, nullable=False),
    Column("guess_s", Integer, nullable=False),
    Column("leader", Text),
)

SEAT_REQUESTS = Table(
    "seat_requests",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("debate_id", Text, _owned("debates"), nullable=False),
    Column("created_at_ms", BigInteger, nullable=False),
    Column("member", Text, nullable=False),
    Column("persona", Text, nullable=False),
    # "waiting", "granted", "refused" or "withdrawn"
    Column("state", Text, nullable=False),
)

QUESTIONS = Table(
    "questions",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("debate_id", Text, _owned("debates"), nullable=False),
    Column("created_at_ms", BigInteger, nullable=False),
    Column("asker", Text, nullable=False),
    Column("asker_name", Text, nullable=False),
    Column("persona", Text, nullable=False),
    Column("text", Text, nullable=False),
    # "waiting", "released" or "dismissed"
    Column("state", Text, nullable=False),
)

AUDIT = Table(
    "audit",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("at_ms", BigInteger, nullable=False),
    Column("actor", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("target", Text, nullable=False),
)
