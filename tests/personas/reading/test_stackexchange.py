"""Question pages of Stack Exchange: question, answers, and the comments under each, with who wrote them first."""

from personas.reading.registry import read_thread_text
from personas.thread import Thread

CHROME = "chromeword"


def signature(did: str, when: str, name: str, number: int | None) -> str:
    """A box under a post that says who did something to it, and when."""
    link = f'<a href="/users/{number}/x">{name}</a><div class="-flair">{CHROME}</div>' if number else name
    return f"""<div class="post-signature"><div class="user-info"><div class="user-action-time">{did}
    <span title="{when}Z" class="relativetime">then</span></div><div class="user-gravatar32"></div>
    <div class="user-details">{link}</div></div></div>"""


def comment(number: int, name: str, words: str) -> str:
    return f"""<li id="comment-{number}" class="comment" data-comment-id="{number}"><span class="cool">3 {CHROME}</span>
    <div class="comment-body"><span class="comment-copy">{words}</span> &ndash;
    <a href="/users/{len(name)}/{name}" class="comment-user">{name}</a> <span class="comment-date">
    <span title="2012-03-03 10:11:12Z, License: CC BY-SA 3.0" class="relativetime-clean">Mar 3</span></span>
    </div></li>"""


PAGE = f"""<!doctype html><html><head><title>gardening - Do seedlings pay? - Trees Stack Exchange</title></head><body>
<div id="question-header"><h1 itemprop="name"><a href="/questions/11">Do seedlings pay?</a></h1></div>
<div id="question" class="question" data-questionid="11"><div class="post-layout"><div class="votecell">7 {CHROME}</div>
<div class="postcell post-layout--right"><div class="s-prose js-post-body"><aside class="s-notice">{CHROME}</aside>
<p>Are seedlings worth it?</p></div>
<div><a class="js-share-link">Share {CHROME}</a></div>
{signature("edited", "2013-01-01 00:00:00", "Otto", 4)}{signature("asked", "2012-03-01 09:00:00", "Ines", 4)}</div>
<div class="comments"><ul>{comment(31, "Otto", "How much land is there?")}</ul></div></div></div>
<div id="answer-21" class="answer" data-answerid="21"><div class="answercell post-layout--right">
<div class="s-prose js-post-body"><blockquote><p>Are seedlings worth it?</p></blockquote><p>No, graft.</p></div>
{signature("answered", "2012-03-02 09:15:00", "user77", None)}</div>
<ul>{comment(32, "Ines", "I have <code>no</code> knife.")}{comment(33, "Dora", "Borrow one.")}</ul></div>
<div id="answer-22" class="answer" data-answerid="22"><div class="s-prose js-post-body"><p>A list for all.</p></div>
<div class="post-signature"><div class="user-details"><span class="community-wiki">community wiki</span></div></div>
</div>
</body></html>"""


def read() -> Thread:
    return read_thread_text(PAGE.encode(), "page.html")


def test_posts_are_by_whoever_wrote_them_first() -> None:
    """An editor is no author, a writer without a page has a name, and a post of all has none."""
    thread = read()
    assert thread.format == "stackexchange"
    assert thread.title == "Do seedlings pay?"
    assert [(post.id, post.author, post.author_named) for post in thread.posts][:-1] == [
        ("11", "Ines", True),
        ("c31", "Otto", True),
        ("21", "user77", True),
        ("c32", "Ines", True),
        ("c33", "Dora", True),
    ]
    assert not thread.posts[-1].author_named


def test_comments_and_answers_know_what_they_answer() -> None:
    """Answers answer the question, a comment the post that it stands under; each has its time."""
    thread = read()
    assert [post.parent_id for post in thread.posts] == [None, "11", "11", "21", "21", "11"]
    assert [str(post.written_at)[:16] for post in thread.posts][:3] == [
        "2012-03-01 09:00",
        "2012-03-03 10:11",
        "2012-03-02 09:15",
    ]


def test_buttons_votes_and_notices_are_no_words() -> None:
    """What was said stands alone, and what an answer quotes belongs to the question."""
    thread = read()
    assert CHROME not in thread.model_dump_json()
    assert [post.own_text for post in thread.posts] == [
        "Are seedlings worth it?",
        "How much land is there?",
        "No, graft.",
        "I have no knife.",
        "Borrow one.",
        "A list for all.",
    ]
    quote = thread.posts[2].passages[0]
    assert (quote.kind, quote.text) == ("quote", "Are seedlings worth it?")
