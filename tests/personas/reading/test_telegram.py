"""Telegram's result.json: messages, whom they answer, and what they quote."""

from tests.personas.reading.reading_made import outline, quotes_of, read_value

CHAT = {
    "name": "Harbour history",
    "type": "private_group",
    "id": 77,
    "messages": [
        {
            "id": 1,
            "type": "service",
            "date": "2024-03-03T09:00:00",
            "actor": "Jonna",
            "actor_id": "user1",
            "action": "x",
        },
        {
            "id": 2,
            "type": "message",
            "date": "2024-03-03T09:15:00",
            "date_unixtime": "1709457300",
            "from": "Jonna Vik",
            "from_id": "user1",
            "text": ["The canal was planned twice, see ", {"type": "link", "text": "https://harbour.example"}, "."],
        },
        {
            "id": 3,
            "type": "message",
            "date": "2024-03-03T09:40:00",
            "from": "Bertil Sand",
            "from_id": "user2",
            "reply_to_message_id": 2,
            "text": [{"type": "blockquote", "text": "The canal was planned twice"}, "\nAnd dug once."],
        },
        {"id": 4, "type": "message", "date": "2024-03-03T09:50:00", "from": None, "from_id": "user3", "text": "No."},
        {
            "id": 5,
            "type": "message",
            "date": "2024-03-03T09:51:00",
            "from": "Bertil Sand",
            "from_id": "user2",
            "text": "",
        },
    ],
}


def test_messages_are_posts() -> None:
    """Words in pieces are one text, a deleted account names nobody, and notices are no posts."""
    thread = read_value(CHAT)
    assert thread.format == "telegram"
    assert thread.title == "Harbour history"
    assert outline(thread)[0] == (
        "Jonna Vik",
        [("own", "The canal was planned twice, see https://harbour.example.", None)],
    )
    assert [post.author_named for post in thread.posts] == [True, True, False, True]
    assert [post.parent_id for post in thread.posts] == [None, "2", None, None]
    assert str(thread.posts[0].written_at) == "2024-03-03 09:15:00+00:00"
    assert thread.posts[0].passages[0].links[0].target == "https://harbour.example"
    assert any("notices" in note for note in thread.notes)


def test_what_a_writer_sets_as_a_quotation_is_one() -> None:
    """It belongs to the message that is answered."""
    (quote,) = quotes_of(read_value(CHAT).posts[1])
    assert (quote.text, quote.quoted_author, quote.quoted_post) == ("The canal was planned twice", "Jonna Vik", "2")


def test_an_export_of_several_chats_says_which_was_read() -> None:
    small = {**CHAT, "name": "Small", "messages": CHAT["messages"][:2]}  # type: ignore[index]
    thread = read_value({"about": "x", "chats": {"list": [small, CHAT]}})
    assert thread.title == "Harbour history"
    assert any("holds 2 chats" in note for note in thread.notes)
