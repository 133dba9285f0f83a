"""The drawn discussion in MyBB's markup, and in themes and descendants of other forum software."""

from collections.abc import Sequence
from html import escape

from tests.personas.reading.drawn_discussion import CHROME, Quoted, Written, body_html, page_html
from tests.personas.reading.forum_pages import vbulletin4_quote, xenforo2_quote


def _mybb_quote(quoted: Quoted, inner: str) -> str:
    if quoted.author is None:
        return f'<blockquote class="mycode_quote"><cite>Quote:</cite>{inner}</blockquote>'
    jump = f'<a href="https://f.example/post-{quoted.post_id}.html#pid{quoted.post_id}" class="quick_jump"></a>'
    line = f"<cite><span> (2019-02-24, 05:31 PM)</span>{escape(quoted.author)} Wrote:  {jump}</cite>"
    return f'<blockquote class="mycode_quote">{line}{inner}</blockquote>'


def mybb(title: str, posts: Sequence[Written]) -> str:
    """A MyBB 1.8 page."""
    drawn = "".join(
        f"""<a name="pid{post.id}" id="pid{post.id}"></a><div class="post " style="" id="post_{post.id}">
      <div class="post_author"><div class="author_avatar"><a href="user-{post.account}.html"><img src="a.png"/></a>
      </div>
      <div class="author_information"><strong><span class="largetext">
        <a href="https://f.example/user-{post.account}.html">
        {escape(post.author)}</a></span></strong> <img title="Offline" alt="Offline" /><br />
        <span class="smalltext">{CHROME}</span></div><div class="author_statistics">Posts: {CHROME}</div></div>
      <div class="post_content"><div class="post_head"><div class="float_right"><strong><a href="thread-1.html">#1</a>
        </strong></div><span class="post_date">2019-02-24, 02:{index:02} AM <span class="post_edit"><span
        class="edited_post">(This post was last modified: 2020-01-05 by {CHROME}.)</span></span></span></div>
      <div class="post_body scaleimages" id="pid_{post.id}">{body_html(post.parts, _mybb_quote)}</div>
      <div class="signature scaleimages">{CHROME}</div><div class="post_meta" id="post_meta_{post.id}">{CHROME}</div>
      </div><div class="post_controls">{CHROME}</div></div>"""
        for index, post in enumerate(posts, start=1)
    )
    crumbs = (
        f'<div class="navigation"><a href="index.php">{CHROME}</a><span class="active">{escape(title)}</span></div>'
    )
    return page_html(f"<title>{escape(title)}</title>", f'<body>{crumbs}<div id="posts">{drawn}</div></body>')


def mybb16(title: str, posts: Sequence[Written]) -> str:
    """A MyBB 1.6 page, whose posts are tables."""

    def quote(quoted: Quoted, inner: str) -> str:
        return _mybb_quote(quoted, inner).replace(' class="mycode_quote"', "")

    drawn = "".join(
        f"""<table class="tborder" id="post_{post.id}"><tbody><tr><td class="trow1 post_author"><table><tr>
      <td class="post_author"><strong><span class="largetext">
      <a href="member.php?action=profile&amp;uid={post.account}">
      {escape(post.author)}</a></span></strong><br /><span class="smalltext">{CHROME}</span></td></tr></table>
      </td></tr>
      <tr><td class="trow2 post_content"><span class="smalltext"><strong>{CHROME}</strong></span>
      <div class="post_body" id="pid_{post.id}">{body_html(post.parts, quote)}</div>
      <div class="post_meta" id="post_meta_{post.id}">{CHROME}</div></td></tr>
      <tr><td class="post_date">01-{index:02}-2012, 02:10 AM</td></tr></tbody></table>"""
        for index, post in enumerate([*posts], start=12)
    )
    crumbs = (
        f'<div class="navigation"><a href="index.php">{CHROME}</a><span class="active">{escape(title)}</span></div>'
    )
    return page_html(f"<title>{escape(title)}</title>", f'<body>{crumbs}<div id="posts">{drawn}</div></body>')


def xenforo2_cards(title: str, posts: Sequence[Written]) -> str:
    """A XenForo 2 page of a theme that draws posts as cards and names the poster in no attribute."""
    drawn = "".join(
        f"""<div class="MessageCard js-messageCard js-post" id="js-post-{post.id}">
      <span class="u-anchorTarget" id="post-{post.id}"></span><header class="MessageCard__header">
      <span class="icon-with-text">last post by <a href="/members/x.9/">{CHROME}</a>
        <time class="u-dt" datetime="2025-02-18T20:42:10-0500">{CHROME}</time></span>
      <a class="MessageCard__user-info__name" href="/members/x.{post.account}/" data-user-id="{post.account}">
        {escape(post.author)}</a><span class="MessageCard__post-count">{CHROME}</span></header>
      <a class="MessageCard__date-created"><time class="u-dt" datetime="2024-01-02T13:{index:02}:41+0000">x</time></a>
      <div class="message-content js-messageContent"><article class="message-body js-selectToQuote">
      <div class="bbWrapper"><a href="/members/y.8/" class="username" data-user-id="8"></a>
        {body_html(post.parts, xenforo2_quote)}</div><div class="js-selectToQuoteEnd">&nbsp;</div></article></div>
      <footer class="message-footer">{CHROME}</footer></div>"""
        for index, post in enumerate(posts, start=1)
    )
    head = f"<title>{escape(title)} | A Forum</title>"
    body = f'<body data-template="thread_view"><h1 class="p-title-value">{escape(title)}</h1>{drawn}</body>'
    return page_html(head, body, '<html id="XF" data-app="public" data-template="thread_view">')


def vbulletin6(title: str, posts: Sequence[Written]) -> str:
    """A vBulletin 6 page, whose posts have their number on an anchor only."""
    drawn = "".join(
        f"""<li class="b-post js-post b-post--text"><a id="post{post.id}" class="anchor"></a>
      <div class="userinfo b-userinfo"><div class="b-userinfo__details"><div class="author h-text-size--14"
        itemprop="author"><strong><a href="https://f.example/member/{post.account}-x"><span itemprop="name">
        {escape(post.author)}</span></a></strong></div><div class="usertitle">{CHROME}</div></div></div>
      <div class="js-post__content-wrapper"><time itemprop="dateCreated" datetime="2020-03-05T19:{index:02}:00">x</time>
      <div class="js-post__content-text restore h-wordwrap" itemprop="text">{body_html(post.parts, vbulletin4_quote)}
      </div></div><div class="b-post__footer">{CHROME}</div></li>"""
        for index, post in enumerate(posts, start=1)
    )
    head = f'<meta name="generator" content="vBulletin 6.1.6" /><title>{escape(title)} - A Forum</title>'
    heading = f'<h1 class="main-title js-main-title">{escape(title)}</h1>'
    return page_html(head, f"<body>{heading}<ul>{drawn}</ul></body>")


def tapatalk(title: str, posts: Sequence[Written]) -> str:
    """A page of a phpBB board that Tapatalk hosts, each post with its poster's box."""

    def quote(quoted: Quoted, inner: str) -> str:
        cite = f"<cite>{escape(quoted.author)} wrote:</cite>" if quoted.author else ""
        uncited = "" if cite else ' class="uncited"'
        return f"<blockquote{uncited}><div>{cite}{inner}</div></blockquote>"

    drawn = "".join(
        f"""<div id="p_{post.id}" class="post postrow row-data has-profile has-profile-block"><i id="p{post.id}"></i>
      <div class="post-profile-block"><dl class="postprofile" id="profile{post.id}" data-uid="{post.account}"><dt>
        <span class="thread-user-name"><strong><span class="username">{escape(post.author)}</span></strong></span>
        </dt><dd>{CHROME}</dd></dl></div><div id="post_container{post.id}" class="postbody">
      <div id="post_content{post.id}" class="post_content"><div class="pb1"><p class="author"><span class="posttime">
        <span class="timespan">x</span></span><time class="hide" datetime="2006-08-08T22:{index:02}+00:00">x</time></p>
      </div><div class="pb2"><div data-tag="post_body_start" class="content noskim">{body_html(post.parts, quote)}
      </div></div><div class="pb3"><div id="sig{post.id}" class="signature">{CHROME}</div></div></div></div></div>"""
        for index, post in enumerate(posts, start=1)
    )
    heading = f'<h2 class="topic-title"><a href="./viewtopic.php?t=1">{escape(title)}</a></h2>'
    return page_html(f"<title>{escape(title)} - A Board</title>", f'<body id="phpbb">{heading}{drawn}</body>')
