"""ConvoKit: the utterances of a corpus (utterances.jsonl, or the same as a JSON array)."""

from personas.reading.fields import Record, lines_of, record_of, string_of, text_of, time_of, unique_ids
from personas.reading.quoted_lines import split_mail_quotes
from personas.thread import Post, Thread

_REPLY_KEYS = ("reply-to", "reply_to")
_ROOT_KEYS = ("conversation_id", "root")


def looks_convokit(value: object) -> bool:
    """Whether this is an array of utterances: a text, a speaker, and the key of a reply or of a conversation."""
    records = lines_of(value)
    return bool(records) and sum(_is_utterance(record) for record in records) * 2 > len(records)


def read_convokit(value: object, digest: str) -> Thread:
    """Read ConvoKit utterances.

    A corpus may hold many conversations: all are read, in file order, and a note says how many they are.

    Args:
        value: The parsed lines as an array.
        digest: SHA-256 of the file.
    """
    records = [record for record in lines_of(value) if _is_utterance(record)]
    ids = unique_ids(string_of(record, "id") for record in records)
    posts = []
    for record, post_id in zip(records, ids, strict=True):
        author = _speaker(record)
        posts.append(
            Post(
                id=post_id,
                author=author or f"Unnamed {post_id}",
                author_named=author is not None,
                author_confidence=1.0 if author else 0.0,
                written_at=time_of(record, "timestamp"),
                parent_id=string_of(record, *_REPLY_KEYS),
                passages=split_mail_quotes(text_of(record, "text")),
            )
        )
    conversations = {root for record in records if (root := string_of(record, *_ROOT_KEYS))}
    titles = (string_of(record_of(record.get("meta")), "title", "thread_title", "topic") for record in records)
    note = f"the corpus holds {len(conversations):,} conversations; all are read as one thread"
    return Thread(
        title=next((title for title in titles if title), None),
        format="convokit",
        offsets="post",
        posts=tuple(posts),
        digest=digest,
        notes=(note,) if len(conversations) > 1 else (),
    )


def _speaker(record: Record) -> str | None:
    # Older corpora say "user"; some write the speaker out as an object.
    for key in ("speaker", "user"):
        value = record.get(key)
        name = string_of(value, "name", "id") if isinstance(value, dict) else string_of(record, key)
        if name:
            return name
    return None


def _is_utterance(record: Record) -> bool:
    has_speaker = "speaker" in record or "user" in record
    return "text" in record and has_speaker and any(key in record for key in (*_REPLY_KEYS, *_ROOT_KEYS))
