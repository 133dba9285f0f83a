"""Chats: Slack, Discord, ConvoKit and IRC."""

import json
from pathlib import Path

from personas.reading import read_thread
from tests.personas.reading.reading_made import outline, quotes_of, read_text, read_value


def _slack(ts: str, user: str | None, text: str, **more: object) -> dict[str, object]:
    return {"type": "message", "ts": ts, "text": text, **({"user": user} if user else {}), **more}


PEOPLE = [
    {"id": "U1", "name": "ann", "profile": {"display_name": "", "real_name": "Ann Lee"}},
    {"id": "U2", "real_name": "Bob"},
]


def test_slack_channel_oldest_first() -> None:
    """An API answer lists the newest first; threads answer their first message; joins are no posts."""
    value = {
        "ok": True,
        "has_more": True,
        "messages": [
            _slack("30.5", "U1", "Later &amp; last.", thread_ts="10.1"),
            _slack("20.5", "U2", "<@U2|bob> has joined", subtype="channel_join"),
            _slack("10.1", "U2", "Hi <@U1>, see <https://example.org/x|the plan>", thread_ts="10.1"),
        ],
    }
    thread = read_value(value)
    assert thread.format == "slack"
    assert [(post.id, post.author, post.parent_id) for post in thread.posts] == [
        ("10.1", "bob", None),
        ("30.5", "U1", "10.1"),
    ]
    assert thread.posts[0].text == "Hi @U1, see the plan"
    assert thread.posts[0].passages[0].links[0].target == "https://example.org/x"
    assert thread.posts[1].text == "Later & last."
    assert not thread.posts[1].author_named
    assert len(thread.notes) == 3


def test_slack_folder_of_days_takes_names_from_the_export(tmp_path: Path) -> None:
    """users.json beside the channel's folder names the people; days come in order."""
    channel = tmp_path / "general"
    channel.mkdir()
    (tmp_path / "users.json").write_text(json.dumps(PEOPLE))
    (channel / "2024-01-02.json").write_text(json.dumps([_slack("200.1", "U2", "Second day.")]))
    (channel / "2024-01-01.json").write_text(json.dumps([_slack("100.1", "U1", "First day.")]))
    thread = read_thread([channel])
    assert outline(thread) == [("Ann Lee", [("own", "First day.", None)]), ("Bob", [("own", "Second day.", None)])]
    assert read_thread([channel / "2024-01-01.json"]).authors == ("Ann Lee",)


def test_slack_quotes_and_shared_messages() -> None:
    """ ">" quotes; a shared message is its writer's."""
    shared = [{"text": "Flour is dear.", "author_name": "Ann Lee", "author_id": "U1", "ts": "1.0"}]
    thread = read_value([_slack("2.0", "U2", "&gt; so they say\nNo.", attachments=shared)])
    assert [(part.kind, part.text) for part in thread.posts[0].passages] == [
        ("quote", "so they say"),
        ("own", "No."),
        ("quote", "Flour is dear."),
    ]
    assert quotes_of(thread.posts[0])[1].quoted_author == "Ann Lee"


def _discord(own: str, name: str, text: str, **more: object) -> dict[str, object]:
    author = {"id": f"id-{name}", "name": name, "nickname": name.title(), "isBot": False}
    return {
        "id": own,
        "type": "Default",
        "timestamp": "2024-01-01T10:00:00+01:00",
        "content": text,
        "author": author,
        **more,
    }


def test_discord_channel() -> None:
    """Replies refer to their message; joins are no posts; pictures leave a link."""
    value = {
        "guild": {"id": "1", "name": "Mills"},
        "channel": {"id": "2", "name": "general", "topic": None},
        "messages": [
            _discord("1", "ann", "The **wheel** turns."),
            _discord("2", "bob", "", type="GuildMemberJoin"),
            _discord("3", "bob", "> The wheel turns.\nSlowly.", type="Reply", reference={"messageId": "1"}),
            _discord("4", "ann", "", attachments=[{"id": "9", "url": "https://example.org/p.png"}]),
        ],
    }
    thread = read_value(value)
    assert thread.format == "discord"
    assert thread.title == "general"
    assert [(post.id, post.author, post.parent_id) for post in thread.posts] == [
        ("1", "Ann", None),
        ("3", "Bob", "1"),
        ("4", "Ann", None),
    ]
    quote = quotes_of(thread.posts[1])[0]
    assert (quote.text, quote.quoted_author, quote.quoted_post) == ("The wheel turns.", "Ann", "1")
    assert any("1 notices" in note for note in thread.notes)


def test_discord_accounts_with_one_nickname_stay_two() -> None:
    """A nickname that two accounts share is told apart by the account."""
    messages = [_discord("1", "ann", "One."), _discord("2", "anna", "Two.")]
    for message in messages:
        assert isinstance(message["author"], dict)
        message["author"]["nickname"] = "Miller"
    assert len(read_value({"channel": {"name": "x"}, "messages": messages}).authors) == 2


def test_convokit_utterances_old_and_new() -> None:
    """Both generations of keys, and a speaker written out as an object."""
    lines = [
        {
            "id": "u1",
            "speaker": "ann",
            "conversation_id": "u1",
            "reply-to": None,
            "text": "Rye?",
            "timestamp": "1700000000",
        },
        {"id": "u2", "user": {"id": "bob"}, "root": "u1", "reply_to": "u1", "text": "Wheat.", "timestamp": None},
    ]
    thread = read_text("\n".join(json.dumps(line) for line in lines))
    assert thread.format == "convokit"
    assert [(post.author, post.parent_id) for post in thread.posts] == [("ann", None), ("bob", "u1")]


def test_a_corpus_of_many_conversations_says_so() -> None:
    """A note tells how many conversations were read as one."""
    lines = [
        {"id": f"u{n}", "speaker": "ann", "conversation_id": f"u{n}", "reply_to": None, "text": "Hi."} for n in range(3)
    ]
    assert any("3 conversations" in note for note in read_value(lines).notes)


LOG = """\
--- Log opened
10:00 -!- ann [ann@host] has joined #mills
10:01 <ann> does it grind rye?
10:01 <ann> or only wheat
10:02 <@bob> ann: both
10:03 * bob nods
10:04 <cid> fine
garbled
"""


def test_irc_log() -> None:
    """Lines in a row by one person are one post; a name and a colon say who is answered; notices are counted."""
    thread = read_text(LOG)
    assert thread.format == "irc"
    assert [(post.author, post.text, post.parent_id) for post in thread.posts] == [
        ("ann", "does it grind rye?\nor only wheat", None),
        ("bob", "ann: both\nnods", "1"),
        ("cid", "fine", None),
    ]
    assert any("line 8" in note for note in thread.notes)


def test_irc_log_with_dates_has_times() -> None:
    """A log with dates gives each post its time."""
    log = "".join(f"2024-01-01T10:0{n}:00+0000  <p{n}> words {n}\n" for n in range(4))
    times = [post.written_at for post in read_text(log).posts]
    assert all(times)
