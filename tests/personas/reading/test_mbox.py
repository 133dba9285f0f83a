"""Mailboxes: messages, answers, and quotations with the line above them."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from language.errors import ThreadError
from personas.reading import read_thread_text
from personas.reading.mail_attribution import attribution_at_end
from personas.reading.mbox import looks_mbox
from personas.thread import Thread
from tests.personas.reading.reading_made import outline, quotes_of, read_text


def _mail(
    sender: str, body: str, own: str = "1", answers: str | None = None, subject: str = "Mills", more: str = ""
) -> str:
    reply = f"In-Reply-To: <{answers}@x>\n" if answers else ""
    return (
        f"From ann@example.org Mon Jan  1 10:00:00 2024\nFrom: {sender}\nSubject: {subject}\n"
        f"Date: Mon, 1 Jan 2024 10:00:00 +0100\nMessage-ID: <{own}@x>\n{reply}{more}\n{body}\n\n"
    )


FIRST = _mail("Ann Lee <ann@example.org>", "The wheel turns all night.\nNobody has stopped it in years.")


def _answer(body: str, sender: str = "Bob Roe <bob@example.org>", more: str = "") -> Thread:
    return read_text(FIRST + _mail(sender, body, own="2", answers="1", subject="Re: Mills", more=more))


def test_messages_answers_and_times() -> None:
    """Ids are Message-IDs, answers follow the headers, times are UTC."""
    thread = _answer("Good.")
    assert thread.format == "mbox"
    assert thread.title == "Mills"
    assert [(post.id, post.author, post.parent_id) for post in thread.posts] == [
        ("<1@x>", "Ann Lee", None),
        ("<2@x>", "Bob Roe", "<1@x>"),
    ]
    assert thread.posts[0].written_at is not None
    assert thread.posts[0].written_at.hour == 9


def test_a_quote_has_the_author_that_the_line_above_names() -> None:
    """The line itself belongs to no passage; the post quoted is the one that holds the words."""
    thread = _answer(
        "Sure.\n\nOn Mon, Jan 1, 2024 at 10:00 AM Ann Lee\n<ann@example.org> wrote:\n> The wheel turns all night.\n"
    )
    assert outline(thread)[1][1] == [("own", "Sure.", None), ("quote", "The wheel turns all night.", "Ann Lee")]
    quote = quotes_of(thread.posts[1])[0]
    assert quote.quoted_post == "<1@x>"
    assert not quote.inferred


def test_interleaved_answers_share_one_attribution() -> None:
    """Each piece of a message answered point by point is that message's."""
    thread = _answer(
        "Ann Lee wrote:\n> The wheel turns all night.\nIt squeaks.\n> Nobody has stopped it in years.\nI would."
    )
    assert outline(thread)[1][1] == [
        ("quote", "The wheel turns all night.", "Ann Lee"),
        ("own", "It squeaks.", None),
        ("quote", "Nobody has stopped it in years.", "Ann Lee"),
        ("own", "I would.", None),
    ]
    assert {quote.quoted_post for quote in quotes_of(thread.posts[1])} == {"<1@x>"}


def test_quotes_without_a_line_above_are_found_or_guessed() -> None:
    """Words of the parent are its author's; words edited beyond recognition are guessed to be, and less surely."""
    thread = _answer("> The wheel turns all night.\nTrue.\n> wheel... years\nOh.")
    found, guessed = quotes_of(thread.posts[1])
    assert (found.quoted_author, found.inferred) == ("Ann Lee", True)
    assert (guessed.quoted_author, guessed.inferred) == ("Ann Lee", True)
    assert guessed.confidence < found.confidence


def test_marks_in_a_listing_are_a_doubted_quote() -> None:
    """A ">" in a message that answers nobody credits nobody."""
    thread = read_text(_mail("Ann <a@x.org>", "It prints:\n> help()\nnothing"))
    quote = quotes_of(thread.posts[0])[0]
    assert (quote.quoted_author, quote.quoted_post) == (None, None)
    assert quote.confidence < 0.7


def test_nested_quotes_have_their_own_authors() -> None:
    """ ">>" belongs to whom the line inside the quote names."""
    thread = _answer(
        "On 1 Jan 2024, Cid wrote:\n> Agreed.\n> On 31 Dec 2023, Dot Fox wrote:\n>> Flour is dear.\n>\n> Very.\n\nHm."
    )
    quote = quotes_of(thread.posts[1])[0]
    assert quote.quoted_author == "Cid"
    assert "Flour is dear." in quote.text
    assert [(nested.quoted_author, nested.text) for nested in quote.nested] == [("Dot Fox", "Flour is dear.")]


def test_signatures_footers_and_phones_are_no_words() -> None:
    """What a mail program or a list hangs below a message is dropped, above a quote as well."""
    thread = _answer(
        "Yes.\n-- \nBob Roe, miller\nTel. 123\n\nOn 1 Jan 2024, Ann Lee wrote:\n> The wheel turns all night.\n\n"
        "No.\nSent from my phone\n\n_______________________________________________\nMills mailing list\n"
        "Mills at example.org\nhttps://example.org/listinfo/mills\n"
    )
    assert [text for kind, text, _ in outline(thread)[1][1] if kind == "own"] == ["Yes.", "No."]


def test_a_long_list_after_two_dashes_is_kept() -> None:
    """Two dashes in the middle of a text do not cut off the rest of it."""
    rest = "\n".join(f"line {number}" for number in range(40))
    assert "line 39" in _answer(f"Before\n--\n{rest}").posts[1].own_text


def test_an_original_message_without_marks_is_a_quote_of_its_sender() -> None:
    """Header lines in the body begin somebody else's words."""
    thread = _answer(
        "I agree.\n\n-----Original Message-----\nFrom: Ann Lee [mailto:ann@example.org]\n"
        "Sent: Monday, 1 January 2024 10:00\nTo: Mills\nSubject: Mills\n\nThe wheel turns all night."
    )
    assert outline(thread)[1][1] == [("own", "I agree.", None), ("quote", "The wheel turns all night.", "Ann Lee")]


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("ann at example.org (Ann Lee)", "Ann Lee"),
        ("@nn @end|ng |rom ex@mp|e@org (Ann (Annie) Lee)", "Ann (Annie) Lee"),
        ('"Lee, Ann" <ann@example.org>', "Lee, Ann"),
        ("=?UTF-8?B?w4Vubg==?= Lee <ann@example.org>", "Ånn Lee"),
        ("=?iso-8859-1?q?J=F6rg?= <j@example.org>", "Jörg"),
        ("j at example.org (=?utf-8?q?J=C3=B6rg?=)", "Jörg"),
        ("ann@example.org", "ann@example.org"),
        ("<ann@example.org>", "ann@example.org"),
    ],
)
def test_senders(header: str, name: str) -> None:
    """A name is read from every common way of writing a sender."""
    assert read_text(_mail(header, "Words.")).posts[0].author == name


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("On Tue, 16 Feb 2021 at 14:29, Ann B. Lee <ann at example.org> wrote:", "Ann B. Lee"),
        ("On Mar 7, 2021, at 11:12 PM, Ann Lee <ann@example.org> wrote:", "Ann Lee"),
        ("On Sat, 2015-11-14 at 21:29 +0100, Ann Lee wrote:", "Ann Lee"),
        ("2015-11-15 23:43 GMT+01:00 Ann Lee-Roe <ann at example.com>:", "Ann Lee-Roe"),
        ("On 3/11/21 4:21 PM, Ann Lee wrote:", "Ann Lee"),
        ("Am 12.03.2020 um 10:11 schrieb Änne Müller <a@example.org>:", "Änne Müller"),
        ("Le 3 mars 2020 à 10:00, Anne Roy <a@example.org> a écrit :", "Anne Roy"),
        ("El mar, 3 mar 2020 a las 10:00, Ana Ruiz (<a@example.org>) escribió:", "Ana Ruiz"),
        ("At 10:00 AM 3/4/2000 -0500, Ann wrote:", "Ann"),
        ("In article <abc@x>, Ann Lee <a@example.org> writes:", "Ann Lee"),
        ("Quoting Ann Lee <a@example.org>:", "Ann Lee"),
        ("ann@example.org wrote:", "ann@example.org"),
        ("On Sunday, Jun 1, 2003, at 03:07 US/Pacific, Ann Lee wrote:", "Ann Lee"),
        ("On 11-Dec-97 ann@example.org wrote:", "ann@example.org"),
        ('"AL" == Ann Lee <ann at example.org> writes:', "Ann Lee"),
        ('"Lee, Ann" wrote:', "Lee, Ann"),
        ("Ann Lee wrote:", "Ann Lee"),
    ],
)
def test_attributions(line: str, name: str) -> None:
    """Each common line above a quotation gives its name, after an own line too."""
    for before in ([], ["Thanks."], ["On the other hand", "no."]):
        found = attribution_at_end([*before, line])
        assert found is not None
        assert found.author == name
        assert found.lines == 1


@pytest.mark.parametrize(
    "line",
    [
        "He wrote:",
        "I think what Bob wrote is wrong",
        "As the minister said:",
        "Here is what I meant, in 2004:",
        "Note:",
        "",
    ],
)
def test_sentences_are_no_attributions(line: str) -> None:
    """A sentence that speaks of writing names no author."""
    assert attribution_at_end([line]) is None


def test_a_subject_threads_where_headers_are_lost() -> None:
    """An archive that drops ids still says "Re:"."""
    thread = read_text(
        _mail("Ann <a@x.org>", "One.", own="1", subject="[mills] Rye")
        + _mail("Bob <b@x.org>", "Two.", own="2", subject="Wheat")
        + _mail("Cid <c@x.org>", "Three.", own="3", subject="Re: [mills] Rye")
    )
    assert [post.parent_id for post in thread.posts] == [None, None, "<1@x>"]
    assert any("2 subjects" in note for note in thread.notes)


def test_parts_encodings_and_attachments() -> None:
    """Plain text is preferred to its HTML double; base64, quoted-printable and Latin-1 are decoded; files counted."""
    more = 'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b"\n'
    body = (
        "--b\nContent-Type: multipart/alternative; boundary=c\n\n"
        "--c\nContent-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\nSch=F6n.\n"
        "--c\nContent-Type: text/html\n\n<p>Not this.</p>\n--c--\n"
        '--b\nContent-Type: image/png; name="a.png"\nContent-Disposition: attachment\n\nAAAA\n--b--\n'
    )
    thread = read_text(_mail("Ann <a@x.org>", body, more=more))
    assert outline(thread) == [("Ann", [("own", "Schön.", None)])]
    assert "1 attachments were left out" in thread.notes


def test_a_mail_that_is_only_html() -> None:
    """Blockquotes are quotes, with the line above them; the signature is dropped."""
    more = "Content-Type: text/html; charset=utf-8\n"
    html = (
        "<html><body><p>Quite so.</p><div class='gmail_attr'>On Mon, 1 Jan 2024, Ann Lee wrote:<br></div>"
        "<blockquote>The wheel turns all night.</blockquote><div class='gmail_signature'>Bob</div></body></html>"
    )
    thread = _answer(html, more=more)
    assert outline(thread)[1][1] == [("own", "Quite so.", None), ("quote", "The wheel turns all night.", "Ann Lee")]


def test_flowed_lines_are_joined() -> None:
    """A soft line break of format=flowed is none; quote depth is kept."""
    thread = _answer(
        "One long \nline.\n> The wheel \n> turns all night.\n", more="Content-Type: text/plain; format=flowed\n"
    )
    assert outline(thread)[1][1] == [
        ("own", "One long line.", None),
        ("quote", "The wheel turns all night.", "Ann Lee"),
    ]


def test_from_at_the_beginning_of_a_line_is_not_a_message() -> None:
    """A sentence that begins with "From" stays one, escaped or not."""
    thread = read_text(_mail("Ann <a@x.org>", "So.\n\nFrom noon on it rained.\n>From one o'clock it poured."))
    assert len(thread.posts) == 1
    assert thread.posts[0].own_text.endswith("From one o'clock it poured.")


def test_a_message_twice_is_read_once_and_a_digest_is_taken_apart() -> None:
    """The same message in two folders counts once; the messages of a digest are posts."""
    assert len(read_text(FIRST + FIRST).posts) == 1
    inner = "From: {0} <{0}@x.org>\nSubject: Rye\nMessage-ID: <{0}@x>\n\nWords of {0}.\n"
    parts = "".join(f"--d\nContent-Type: message/rfc822\n\n{inner.format(name)}\n" for name in ("ann", "bob"))
    more = 'MIME-Version: 1.0\nContent-Type: multipart/digest; boundary="d"\n'
    thread = read_text(_mail("List <l@x.org>", f"{parts}--d--\n", more=more))
    assert thread.authors == ("ann", "bob")


def test_unreadable_bytes_of_a_part_are_reported() -> None:
    """The note names the message."""
    data = FIRST.encode().replace(b"all night", b"all night \xe2\x82\xac\xc3\xa9 \xff")
    notes = read_thread_text(data.replace(b"Subject:", b"Content-Type: text/plain; charset=utf-8\nSubject:"), "m").notes
    assert any(note.startswith("message 1:") and "0xff" in note for note in notes)


FURNITURE = [
    *("> quoted", ">> deeper", "own words here", "", "-- ", "On 1 Jan 2024, Ann wrote:", "From: Eve", "To: x"),
    *("Subject: y", "____________________", "mailing list", "From eve 10:00:00 2024", ">From here", "    > set in"),
    *("Sent from my phone", "--b", "Content-Type: text/html", "\u200b\u202e", "wrote:", "> "),
]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(FURNITURE), max_size=25), st.binary(max_size=40))
def test_any_body_is_read_or_refused(lines: list[str], noise: bytes) -> None:
    """No arrangement of a mail's furniture, and no stray bytes, make the reader fail."""
    data = _mail("Ann <a@x.org>", "\n".join(lines)).encode() + noise
    try:
        passages = [part for post in read_thread_text(data, "made").posts for part in post.passages]
    except ThreadError as error:
        passages = []
        message = str(error)
    else:
        message = "read"
    assert "\n" not in message
    assert all(part.text.strip() == part.text != "" for part in passages)


WORD = st.text(alphabet="abcdefg", min_size=3, max_size=8)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.lists(WORD, min_size=1, max_size=5)), min_size=1, max_size=12))
def test_every_word_is_in_exactly_one_passage(lines: list[tuple[int, list[str]]]) -> None:
    """Quoted or not, at any depth: no word of a body is lost or doubled, and own words are own."""
    body = "\n".join(f"{'>' * depth} {' '.join(words)}".strip() for depth, words in lines)
    post = read_text(_mail("Ann <a@x.org>", body)).posts[0]
    every = [word for _, words in lines for word in words]
    assert post.text.split() == every
    assert post.own_text.split() == [word for depth, words in lines if depth == 0 for word in words]


def test_one_header_over_many_indented_lines_is_told_at_once() -> None:
    began = time.process_time()
    assert not looks_mbox("a:\n" + "    x\n" * 60 + "}")
    assert time.process_time() - began < 1.0
