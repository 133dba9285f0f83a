"""The drawn discussion in the markup of each forum software, as its own templates draw it."""

from collections.abc import Callable, Sequence
from html import escape

from tests.personas.reading.drawn_discussion import CHROME, Quoted, Written, body_html, page_html


def xenforo2_quote(quoted: Quoted, inner: str) -> str:
    """A quotation on a XenForo 2 page."""
    jump = f'href="/goto/post?id={quoted.post_id}" data-content-selector="#post-{quoted.post_id}"'
    title = f'<a {jump} class="bbCodeBlock-sourceJump">{escape(quoted.author)} said:</a>' if quoted.author else ""
    named = f'data-quote="{escape(quoted.author)}" data-source="post: {quoted.post_id}"' if quoted.author else ""
    return f"""<blockquote {named}
      class="bbCodeBlock bbCodeBlock--expandable bbCodeBlock--quote js-expandWatch">
      {f'<div class="bbCodeBlock-title">{title}</div>' if title else ""}
      <div class="bbCodeBlock-content"><div class="bbCodeBlock-expandContent js-expandContent ">{inner}</div>
      <div class="bbCodeBlock-expandLink js-expandLink"><a role="button">Click to expand... {CHROME}</a></div>
      </div></blockquote>"""


def xenforo2(title: str, posts: Sequence[Written]) -> str:
    """A XenForo 2.3 page."""
    drawn = "".join(
        f"""<article class="message message--post js-post js-inlineModContainer" data-author="{escape(post.author)}"
      data-content="post-{post.id}" id="js-post-{post.id}"><div class="message-inner">
      <section class="message-user"><h4 class="message-name"><a href="/members/{post.account}/" class="username"
        data-user-id="{post.account}">{escape(post.author)}</a></h4><h5 class="userTitle">{CHROME}</h5></section>
      <header class="message-attribution"><ul class="message-attribution-main"><li><time class="u-dt"
        datetime="2024-01-02T13:{index:02}:41+0000">Jan 2, 2024</time></li></ul></header>
      <div class="message-content js-messageContent"><article class="message-body js-selectToQuote">
      <div class="bbWrapper">{body_html(post.parts, xenforo2_quote)}</div>
      <div class="js-selectToQuoteEnd">&nbsp;</div></article>
      <div class="message-lastEdit">Last edited: {CHROME}</div></div>
      <aside class="message-signature"><div class="bbWrapper">{CHROME}</div></aside>
      <footer class="message-footer">Reactions: {CHROME}</footer></div></article>"""
        for index, post in enumerate(posts, start=1)
    )
    head = f"<title>{escape(title)} | A Forum</title>"
    body = f'<body data-template="thread_view"><h1 class="p-title-value">{escape(title)}</h1>{drawn}</body>'
    return page_html(head, body, '<html id="XF" data-app="public" data-template="thread_view">')


def _xenforo1_quote(quoted: Quoted, inner: str) -> str:
    arrow = f'<a href="goto/post?id={quoted.post_id}#post-{quoted.post_id}" class="AttributionLink">&uarr;</a>'
    line = f'<div class="attribution type">{escape(quoted.author)} said: {arrow}</div>' if quoted.author else ""
    named = f'data-author="{escape(quoted.author)}"' if quoted.author else ""
    return f"""<div class="bbCodeBlock bbCodeQuote" {named}><aside>{line}<blockquote class="quoteContainer">
      <div class="quote">{inner}</div><div class="quoteExpand">Click to expand... {CHROME}</div></blockquote>
      </aside></div>"""


def xenforo1(title: str, posts: Sequence[Written]) -> str:
    """A XenForo 1.5 page."""
    drawn = "".join(
        f"""<li id="post-{post.id}" class="message" data-author="{escape(post.author)}">
      <div class="messageUserInfo"><h3 class="userText"><a href="members/x.{post.account}/" class="username">
        {escape(post.author)}</a><em class="userTitle">{CHROME}</em></h3></div>
      <div class="messageInfo primaryContent"><div class="messageContent"><article><blockquote
        class="messageText SelectQuoteContainer ugc baseHtml">{body_html(post.parts, _xenforo1_quote)}
        <div class="messageTextEndMarker">&nbsp;</div></blockquote></article></div>
      <div class="baseHtml signature messageText ugc"><aside>{CHROME}</aside></div>
      <div class="messageMeta"><a class="datePermalink"><span class="DateTime"
        title="May 11, 2024 at 9:{index:02} AM">May 11, 2024</span></a>{CHROME}</div></div></li>"""
        for index, post in enumerate(posts, start=1)
    )
    body = f"""<body><div class="titleBar"><h1>{escape(title)}</h1></div>
      <ol class="messageList" id="messageList">{drawn}</ol></body>"""
    return page_html(f"<title>{escape(title)}</title>", body, '<html id="XenForo" class="Public">')


def _phpbb_quote(quoted: Quoted, inner: str) -> str:
    if quoted.author is None:
        return f'<blockquote class="uncited"><div>{inner}</div></blockquote>'
    link = f"./viewtopic.php?p={quoted.post_id}#p{quoted.post_id}"
    return f"""<blockquote cite="{link}"><div><cite><a href="./memberlist.php?mode=viewprofile&amp;u=2">
      {escape(quoted.author)}</a> wrote: <a href="{link}" data-post-id="{quoted.post_id}"><i class="icon"></i></a>
      <span class="responsive-hide">Sat Feb 24, 2024 {CHROME}</span></cite>{inner}</div></blockquote>"""


def _phpbb30_quote(quoted: Quoted, inner: str) -> str:
    if quoted.author is None:
        return f'<blockquote class="uncited"><div>{inner}</div></blockquote>'
    return f"<blockquote><div><cite>{escape(quoted.author)} wrote:</cite>{inner}</div></blockquote>"


def _phpbb(title: str, posts: Sequence[Written], quote: Callable[[Quoted, str], str]) -> str:
    drawn = "".join(
        f"""<div id="p{post.id}" class="post has-profile bg2"><div class="inner">
      <dl class="postprofile" id="profile{post.id}"><dt><a href="./memberlist.php?mode=viewprofile&amp;u={post.account}"
        class="username">{escape(post.author)}</a></dt><dd class="profile-rank">{CHROME}</dd></dl>
      <div class="postbody"><div id="post_content{post.id}"><h3><a href="#p{post.id}">Re: {CHROME}</a></h3>
      <p class="author">by <strong><a href="./memberlist.php?mode=viewprofile&amp;u={post.account}" class="username">
        {escape(post.author)}</a></strong> &raquo; <time datetime="2024-02-24T18:{index:02}:02+00:00">x</time></p>
      <div class="content">{body_html(post.parts, quote)}</div>
      <div class="notice">Last edited by {CHROME}</div><div id="sig{post.id}" class="signature">{CHROME}</div>
      </div></div></div></div>"""
        for index, post in enumerate(posts, start=1)
    )
    head = f"<title>{escape(title)} - A Board</title>"
    return page_html(
        head, f'<body id="phpbb"><h2 class="topic-title"><a href="x">{escape(title)}</a></h2>{drawn}</body>'
    )


def phpbb(title: str, posts: Sequence[Written]) -> str:
    """A phpBB 3.3 page in prosilver."""
    return _phpbb(title, posts, _phpbb_quote)


def phpbb30(title: str, posts: Sequence[Written]) -> str:
    """A phpBB 3.0 page, whose quotations name no post."""
    return _phpbb(title, posts, _phpbb30_quote)


def _fluxbb_quote(quoted: Quoted, inner: str) -> str:
    cite = f"<cite>{escape(quoted.author)} wrote:</cite>" if quoted.author else ""
    return f'</p><div class="quotebox">{cite}<blockquote><div><p>{inner}</p></div></blockquote></div><p>'


def fluxbb(title: str, posts: Sequence[Written]) -> str:
    """A FluxBB 1.5 page."""
    drawn = "".join(
        f"""<div id="p{post.id}" class="blockpost rowodd"><h2><span><span class="conr">#{index}</span>
      <a href="viewtopic.php?pid={post.id}#p{post.id}">2024-08-03 10:{index:02}:47</a></span></h2>
      <div class="box"><div class="inbox"><div class="postbody"><div class="postleft"><dl>
      <dt><strong><a href="profile.php?id={post.account}">{escape(post.author)}</a></strong></dt><dd>{CHROME}</dd>
      </dl></div>
      <div class="postright"><h3>Re: {CHROME}</h3><div class="postmsg"><p>{body_html(post.parts, _fluxbb_quote)}</p>
      <p class="postedit"><em>Last edited by {CHROME}</em></p></div>
      <div class="postsignature postmsg"><hr /><p>{CHROME}</p></div></div></div></div></div></div>"""
        for index, post in enumerate(posts, start=1)
    )
    crumbs = f"""<ul class="crumbs"><li><a href="i">Index</a></li><li><span>»&#160;</span><a href="t"><strong>
      {escape(title)}</strong></a></li></ul>"""
    head = f"<title>{escape(title)} / Talk / A Board</title>"
    return page_html(head, f'<body><div id="punviewtopic" class="pun">{crumbs}{drawn}</div></body>')


def vbulletin4_quote(quoted: Quoted, inner: str) -> str:
    """A quotation on a page of vBulletin 4 and later."""
    source = f'<a href="showthread.php?p={quoted.post_id}#post{quoted.post_id}"><img alt="View Post" src="v.png" /></a>'
    line = (
        f"""<div class="bbcode_postedby"><img src="q.png" alt="Quote" /> Originally Posted by
        <strong>{escape(quoted.author)}</strong> {source}</div><div class="message">{inner}</div>"""
        if quoted.author
        else inner
    )
    return f"""<div class="bbcode_container"><div class="bbcode_quote"><div class="quote_container">
      <div class="bbcode_quote_container"></div>{line}</div></div></div>"""


def vbulletin4(title: str, posts: Sequence[Written]) -> str:
    """A vBulletin 4.2 page."""
    drawn = "".join(
        f"""<li class="postbitlegacy postbitim postcontainer old" id="post_{post.id}"><div class="posthead">
      <span class="postdate old"><span class="date">11-2{index}-2024,&nbsp;<span class="time">09:03 AM</span></span>
      </span></div><div class="postdetails"><div class="userinfo"><div class="username_container">
      <a class="username offline popupctrl" href="member.php?{post.account}-x"><strong>{escape(post.author)}</strong>
      </a></div>
      <span class="usertitle">{CHROME}</span></div><div class="postbody"><h2 class="title">{CHROME}</h2>
      <div class="content"><div id="post_message_{post.id}"><blockquote class="postcontent restore">
      {body_html(post.parts, vbulletin4_quote)}</blockquote></div></div></div></div>
      <div class="after_content"><blockquote class="signature restore">{CHROME}</blockquote></div></li>"""
        for index, post in enumerate(posts, start=1)
    )
    body = f"""<body><div id="pagetitle"><h1>Thread: <span class="threadtitle"><a href="x">{escape(title)}</a></span>
      </h1></div><ol id="posts" class="posts">{drawn}</ol></body>"""
    return page_html(f"<title>{escape(title)}</title>", body, '<html id="vbulletin_html">')


def _vbulletin3_quote(quoted: Quoted, inner: str) -> str:
    source = f'<a href="showthread.php?p={quoted.post_id}#post{quoted.post_id}"><img alt="View Post" src="v.gif" /></a>'
    line = (
        f"""<div>Originally Posted by <strong>{escape(quoted.author)}</strong> {source}</div>
        <div style="font-style:italic">{inner}</div>"""
        if quoted.author
        else inner
    )
    return f"""<div style="margin:20px; margin-top:5px; "><div class="smallfont" style="margin-bottom:2px">Quote:</div>
      <table cellpadding="6" cellspacing="0" border="0" width="100%"><tr><td class="alt2" style="border:1px inset">
      {line}</td></tr></table></div>"""


def vbulletin3(title: str, posts: Sequence[Written]) -> str:
    """A vBulletin 3.8 page."""
    drawn = "".join(
        f"""<div id="edit{post.id}"><table id="post{post.id}" class="tborder"><tr><td class="thead">
      <a name="post{post.id}"></a> 1{index}th March 2020, 14:0{index}</td></tr><tr><td class="alt2">
      <div id="postmenu_{post.id}"><a class="bigusername" href="member.php?u={post.account}">{escape(post.author)}</a>
      </div>
      <div class="smallfont">{CHROME}</div></td></tr><tr><td class="alt1" id="td_post_{post.id}">
      <div class="smallfont"><strong>Re: {CHROME}</strong></div><hr />
      <div id="post_message_{post.id}">{body_html(post.parts, _vbulletin3_quote)}</div>
      <div>__________________<br />{CHROME}</div></td></tr></table></div>"""
        for index, post in enumerate(posts, start=1)
    )
    head = f'<meta name="generator" content="vBulletin 3.8.11" /><title>{escape(title)} - A Forum</title>'
    crumbs = f'<td class="navbar"><a href="x">{CHROME}</a> <strong>{escape(title)}</strong></td>'
    return page_html(head, f'<body><table><tr>{crumbs}</tr></table><div id="posts">{drawn}</div></body>')


def vbulletin5(title: str, posts: Sequence[Written]) -> str:
    """A vBulletin 5 page."""
    drawn = "".join(
        f"""<li data-node-id="{post.id}" class="b-post js-post js-comment-entry"><div class="b-userinfo__details">
      <div class="author h-text-size--14"><strong><a href="https://f.example/member/{post.account}-x">
        {escape(post.author)}</a></strong></div><div class="usertitle">{CHROME}</div></div>
      <div class="b-post__timestamp"><time itemprop="dateCreated" datetime="2020-03-05T19:{index:02}:00">x</time></div>
      <div class="js-post__content-text restore h-wordwrap" itemprop="text">{body_html(post.parts, vbulletin4_quote)}
      </div><div class="b-post__footer">{CHROME}</div></li>"""
        for index, post in enumerate(posts, start=1)
    )
    head = f'<meta name="generator" content="vBulletin 5.6.4" /><title>{escape(title)} - A Forum</title>'
    heading = f'<h1 class="main-title js-main-title">{escape(title)}</h1>'
    return page_html(head, f"<body>{heading}<ul>{drawn}</ul></body>")
