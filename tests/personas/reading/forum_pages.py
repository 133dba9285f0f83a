"""One small discussion, drawn in the markup of each forum software as its own templates draw it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

CHROME = "chromeword"
"""Stands wherever the software itself writes something near the words of a post."""


@dataclass(frozen=True)
class Quoted:
    """A quotation as its poster inserted it."""

    author: str | None
    post_id: str | None
    parts: "tuple[str | Quoted, ...]"


@dataclass(frozen=True)
class Written:
    """A post: own words (with newlines) and quotations in order."""

    id: str
    author: str
    parts: tuple[str | Quoted, ...]

    @property
    def account(self) -> int:
        """The number of the poster's account."""
        return 1 + sum(self.author.encode())


@dataclass(frozen=True)
class Software:
    """How to draw a page, and what its markup cannot say."""

    format: str
    draw: Callable[[str, Sequence[Written]], str]
    names_quoted_post: bool = True


def words_html(text: str) -> str:
    """Text as forum software prints it: escaped, a line break for each newline."""
    return "<br />\n".join(escape(line) for line in text.split("\n"))


def _body(parts: Sequence[str | Quoted], quote: Callable[[Quoted, str], str]) -> str:
    return "\n".join(
        words_html(part) if isinstance(part, str) else quote(part, _body(part.parts, quote)) for part in parts
    )


def _page(head: str, body: str, html: str = "<html>") -> str:
    return f"<!DOCTYPE html>\n{html}\n<head>{head}</head>\n{body}\n</html>"


def _xenforo2_quote(quoted: Quoted, inner: str) -> str:
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
      <div class="bbWrapper">{_body(post.parts, _xenforo2_quote)}</div>
      <div class="js-selectToQuoteEnd">&nbsp;</div></article>
      <div class="message-lastEdit">Last edited: {CHROME}</div></div>
      <aside class="message-signature"><div class="bbWrapper">{CHROME}</div></aside>
      <footer class="message-footer">Reactions: {CHROME}</footer></div></article>"""
        for index, post in enumerate(posts, start=1)
    )
    head = f"<title>{escape(title)} | A Forum</title>"
    body = f'<body data-template="thread_view"><h1 class="p-title-value">{escape(title)}</h1>{drawn}</body>'
    return _page(head, body, '<html id="XF" data-app="public" data-template="thread_view">')


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
        class="messageText SelectQuoteContainer ugc baseHtml">{_body(post.parts, _xenforo1_quote)}
        <div class="messageTextEndMarker">&nbsp;</div></blockquote></article></div>
      <div class="baseHtml signature messageText ugc"><aside>{CHROME}</aside></div>
      <div class="messageMeta"><a class="datePermalink"><span class="DateTime"
        title="May 11, 2024 at 9:{index:02} AM">May 11, 2024</span></a>{CHROME}</div></div></li>"""
        for index, post in enumerate(posts, start=1)
    )
    body = f"""<body><div class="titleBar"><h1>{escape(title)}</h1></div>
      <ol class="messageList" id="messageList">{drawn}</ol></body>"""
    return _page(f"<title>{escape(title)}</title>", body, '<html id="XenForo" class="Public">')


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
      <div class="content">{_body(post.parts, quote)}</div>
      <div class="notice">Last edited by {CHROME}</div><div id="sig{post.id}" class="signature">{CHROME}</div>
      </div></div></div></div>"""
        for index, post in enumerate(posts, start=1)
    )
    head = f"<title>{escape(title)} - A Board</title>"
    return _page(head, f'<body id="phpbb"><h2 class="topic-title"><a href="x">{escape(title)}</a></h2>{drawn}</body>')


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
      <div class="postright"><h3>Re: {CHROME}</h3><div class="postmsg"><p>{_body(post.parts, _fluxbb_quote)}</p>
      <p class="postedit"><em>Last edited by {CHROME}</em></p></div>
      <div class="postsignature postmsg"><hr /><p>{CHROME}</p></div></div></div></div></div></div>"""
        for index, post in enumerate(posts, start=1)
    )
    crumbs = f"""<ul class="crumbs"><li><a href="i">Index</a></li><li><span>»&#160;</span><a href="t"><strong>
      {escape(title)}</strong></a></li></ul>"""
    head = f"<title>{escape(title)} / Talk / A Board</title>"
    return _page(head, f'<body><div id="punviewtopic" class="pun">{crumbs}{drawn}</div></body>')


def _vbulletin4_quote(quoted: Quoted, inner: str) -> str:
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
      {_body(post.parts, _vbulletin4_quote)}</blockquote></div></div></div></div>
      <div class="after_content"><blockquote class="signature restore">{CHROME}</blockquote></div></li>"""
        for index, post in enumerate(posts, start=1)
    )
    body = f"""<body><div id="pagetitle"><h1>Thread: <span class="threadtitle"><a href="x">{escape(title)}</a></span>
      </h1></div><ol id="posts" class="posts">{drawn}</ol></body>"""
    return _page(f"<title>{escape(title)}</title>", body, '<html id="vbulletin_html">')


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
      <div id="post_message_{post.id}">{_body(post.parts, _vbulletin3_quote)}</div>
      <div>__________________<br />{CHROME}</div></td></tr></table></div>"""
        for index, post in enumerate(posts, start=1)
    )
    head = f'<meta name="generator" content="vBulletin 3.8.11" /><title>{escape(title)} - A Forum</title>'
    crumbs = f'<td class="navbar"><a href="x">{CHROME}</a> <strong>{escape(title)}</strong></td>'
    return _page(head, f'<body><table><tr>{crumbs}</tr></table><div id="posts">{drawn}</div></body>')


def _invision_quote(quoted: Quoted, inner: str) -> str:
    if quoted.author is None:
        return (
            f'<blockquote class="ipsQuote" data-ipsquote=""><div class="ipsQuote_contents">{inner}</div></blockquote>'
        )
    name = escape(quoted.author)
    return f"""<blockquote class="ipsQuote" data-ipsquote="" data-ipsquote-contentapp="forums"
      data-ipsquote-contentcommentid="{quoted.post_id}" data-ipsquote-username="{name}" data-cite="{name}">
      <div class="ipsQuote_citation">On 3/5/2019 at 7:01 PM, {name} said:</div>
      <div class="ipsQuote_contents ipsClearfix">{inner}</div></blockquote>"""


def _quotable(post: Written) -> str:
    return escape(
        f'{{"userid":{post.account},"username":"{post.author}","timestamp":1551,"contentcommentid":{post.id}}}'
    )


def invision4(title: str, posts: Sequence[Written]) -> str:
    """An Invision Community 4 page."""
    drawn = "".join(
        f"""<a id="comment-{post.id}"></a><article id="elComment_{post.id}" class="cPost ipsBox ipsComment ipsColumns">
      <aside class="ipsComment_author cAuthorPane ipsColumn"><h3 class="ipsType_sectionHead cAuthorPane_author"><strong>
      <a href="https://forum.example/profile/{post.account}-x/">{escape(post.author)}</a></strong></h3>
      <ul class="cAuthorPane_info"><li data-role="group">{CHROME}</li></ul></aside><div class="ipsColumn">
      <div id="comment-{post.id}_wrap" data-controller="core.front.core.comment" data-commentID="{post.id}"
        data-quoteData="{_quotable(post)}" class="ipsComment_content ipsType_medium">
      <div class="ipsComment_meta"><a href="?do=findComment&amp;comment={post.id}">Posted
        <time datetime="2019-03-05T19:{index:02}:00Z">March 5, 2019</time></a></div>
      <div class="cPost_contentWrap"><div data-role="commentContent" class="ipsType_normal ipsType_richText">
        <div>{_body(post.parts, _invision_quote)}</div>
        <span class="ipsType_reset ipsType_light" data-excludequote><strong>Edited {CHROME}</strong></span></div>
      <div class="ipsItemControls">{CHROME}</div></div></div></div></article>"""
        for index, post in enumerate(posts, start=1)
    )
    heading = (
        f'<h1 class="ipsType_pageTitle ipsContained_container"><span class="ipsType_break">{escape(title)}</span></h1>'
    )
    return _page(
        f"<title>{escape(title)} - A Forum</title>", f'<body class="ipsApp ipsApp_front">{heading}{drawn}</body>'
    )


def invision5(title: str, posts: Sequence[Written]) -> str:
    """An Invision Community 5 page."""
    drawn = "".join(
        f"""<article data-membergroup="3" id="elComment_{post.id}" class="ipsEntry js-ipsEntry ipsEntry--post">
      <aside class="ipsEntry__author-column"><h3 class="ipsEntry__username"><a href="/profile/{post.account}-x/">
        {escape(post.author)}</a></h3><div>{CHROME}</div></aside>
      <div data-ips-hook="commentWrap" id="comment-{post.id}_wrap" data-commentid="{post.id}"
        data-quotedata="{_quotable(post)}" class="ipsEntry__content js-ipsEntry__content">
      <header class="ipsEntry__header"><p class="ipsEntry__date"><time datetime="2025-03-05T19:{index:02}:00Z">x</time>
      </p></header><div class="ipsEntry__post"><div data-role="commentContent" class="ipsRichText ipsRichText--user">
      {_body(post.parts, _invision_quote)}</div></div><div class="ipsEntry__footer">{CHROME}</div></div></article>"""
        for index, post in enumerate(posts, start=1)
    )
    body = (
        f'<body class="ipsApp"><div class="ipsPageHeader"><h1 class="ipsPageHeader__title">{escape(title)}</h1></div>'
    )
    return _page(f"<title>{escape(title)} - A Forum</title>", f"{body}{drawn}</body>")


def _smf20_quote(quoted: Quoted, inner: str) -> str:
    line = (
        f"""<a href="https://forum.example/index.php?topic=7.msg{quoted.post_id}#msg{quoted.post_id}">Quote from:
        {escape(quoted.author)} on May 03, 2012, 01:20:11 PM</a>"""
        if quoted.author
        else "Quote"
    )
    return f"""<div class="quoteheader"><div class="topslice_quote">{line}</div></div><blockquote
      class="bbc_standard_quote">{inner}</blockquote><div class="quotefooter"><div></div></div>"""


def smf20(title: str, posts: Sequence[Written]) -> str:
    """A page of Simple Machines Forum 2.0."""
    drawn = "".join(
        f"""<div class="windowbg"><span class="topslice"><span></span></span><div class="post_wrapper">
      <div class="poster"><h4><a href="https://forum.example/index.php?action=profile;u={post.account}">{escape(post.author)}
      </a></h4><ul class="reset smalltext"><li class="postgroup">{CHROME}</li></ul></div><div class="postarea">
      <div class="flow_hidden"><div class="keyinfo"><h5 id="subject_{post.id}"><a href="x">Re: {CHROME}</a></h5>
      <div class="smalltext">&#171; <strong>Reply #{index} on:</strong> May 0{index}, 2012, 01:20:11 PM &#187;</div>
      </div></div><div class="post"><div class="inner" id="msg_{post.id}">{_body(post.parts, _smf20_quote)}</div></div>
      </div><div class="moderatorbar"><div class="smalltext modified" id="modified_{post.id}">{CHROME}</div>
      <div class="signature" id="msg_{post.id}_signature">{CHROME}</div></div></div></div>"""
        for index, post in enumerate(posts, start=1)
    )
    body = f"""<body><div id="forumposts"><div class="cat_bar"><h3 class="catbg"><span id="author">Author</span>
      Topic: {escape(title)} &nbsp;(Read 1234 times)</h3></div>
      <form action="x" method="post" id="quickModForm">{drawn}</form></div></body>"""
    script = '<script>var smf_theme_url = "https://forum.example/Themes/default";</script>'
    return _page(f"{script}<title>{escape(title)}</title>", body)


def _smf21_quote(quoted: Quoted, inner: str) -> str:
    line = (
        f"""<a href="https://forum.example/index.php?msg={quoted.post_id}">Quote from: {escape(quoted.author)}
        on May 03, 2012, 01:20:11 PM</a>"""
        if quoted.author
        else "Quote"
    )
    return f'<blockquote class="bbc_standard_quote"><cite>{line}</cite>{inner}</blockquote>'


def smf21(title: str, posts: Sequence[Written]) -> str:
    """A page of Simple Machines Forum 2.1."""
    drawn = "".join(
        f"""<div class="windowbg" id="msg{post.id}"><div class="post_wrapper"><div class="poster"><h4>
      <a href="https://forum.example/index.php?action=profile;u={post.account}">{escape(post.author)}</a></h4>
      <ul class="user_info"><li class="postgroup">{CHROME}</li></ul></div><div class="postarea"><div class="keyinfo">
      <div id="subject_{post.id}" class="subject_title subject_hidden"><a href="x">Re: {CHROME}</a></div>
      <div class="postinfo"><a href="x" class="smalltext">May 0{index}, 2012, 01:20:11 PM</a></div></div>
      <div class="post"><div class="inner" data-msgid="{post.id}" id="msg_{post.id}">
      {_body(post.parts, _smf21_quote)}</div></div><div class="under_message">{CHROME}</div></div></div></div>"""
        for index, post in enumerate(posts, start=1)
    )
    body = f"""<body><div id="display_head"><h2 class="display_title"><span id="top_subject">{escape(title)}</span></h2>
      </div><div id="forumposts"><form id="quickModForm">{drawn}</form></div></body>"""
    return _page(f"<title>{escape(title)}</title>", body)


def smf11(title: str, posts: Sequence[Written]) -> str:
    """A page of Simple Machines Forum 1.1, laid out as a table."""

    def quote(quoted: Quoted, inner: str) -> str:
        link = f"index.php?topic=7.msg{quoted.post_id}#msg{quoted.post_id}"
        named = f'<a href="{link}">Quote from: {escape(quoted.author or "")} on May 03, 2012, 01:20:11 PM</a>'
        return f'<div class="quoteheader">{named if quoted.author else "Quote"}</div><div class="quote">{inner}</div>'

    drawn = "".join(
        f"""<tr><td class="windowbg"><table><tr><td><a name="msg{post.id}"></a><table><tr><td rowspan="2">
      <b><a href="index.php?action=profile;u={post.account}">{escape(post.author)}</a></b>
      <div class="smalltext">{CHROME}</div></td><td><div id="subject_{post.id}"><a href="x">Re: {CHROME}</a></div>
      <div class="smalltext">&#171; <b>Reply #{index} on:</b> May 0{index}, 2012, 01:20:11 PM &#187;</div>
      <hr /><div id="msg_{post.id}" class="post">{_body(post.parts, quote)}</div></td></tr>
      <tr><td><div class="signature">{CHROME}</div></td></tr></table></td></tr></table></td></tr>"""
        for index, post in enumerate(posts, start=1)
    )
    body = f'<body><form id="quickModForm"><table class="bordercolor">{drawn}</table></form></body>'
    return _page(f"<title>{escape(title)}</title>", body)


def ipboard3(title: str, posts: Sequence[Written]) -> str:
    """An IP.Board 3 page."""

    def quote(quoted: Quoted, inner: str) -> str:
        named = f'data-author="{escape(quoted.author)}" data-cid="{quoted.post_id}"' if quoted.author else ""
        line = (
            f'<p class="citation">{escape(quoted.author)}, on 05 Mar 2013 - 19:01, said:</p>' if quoted.author else ""
        )
        return f'{line}<blockquote class="ipsBlockquote" {named}>{inner}</blockquote>'

    drawn = "".join(
        f"""<div class="post_block hentry clear" id="post_id_{post.id}"><div class="post_wrap"><h3><span
        class="author vcard"><a href="/user/{post.account}-x/"><span itemprop="name">{escape(post.author)}</span></a>
      </span></h3><div class="author_info">{CHROME}</div><div class="post_body"><p class="posted_info desc">Posted
      <abbr class="published" title="2013-03-05T19:{index:02}:00+00:00">05 March 2013</abbr></p>
      <div itemprop="commentText" class="post entry-content ">{_body(post.parts, quote)}
      <p class="edit">Edited by {CHROME}</p></div><div class="signature">{CHROME}</div></div></div></div>"""
        for index, post in enumerate(posts, start=1)
    )
    heading = f'<h1 itemprop="name" class="ipsType_pagetitle">{escape(title)}</h1>'
    return _page(f"<title>{escape(title)} - A Board</title>", f'<body id="ipboard_body">{heading}{drawn}</body>')


def vbulletin5(title: str, posts: Sequence[Written]) -> str:
    """A vBulletin 5 page."""
    drawn = "".join(
        f"""<li data-node-id="{post.id}" class="b-post js-post js-comment-entry"><div class="b-userinfo__details">
      <div class="author h-text-size--14"><strong><a href="https://f.example/member/{post.account}-x">
        {escape(post.author)}</a></strong></div><div class="usertitle">{CHROME}</div></div>
      <div class="b-post__timestamp"><time itemprop="dateCreated" datetime="2020-03-05T19:{index:02}:00">x</time></div>
      <div class="js-post__content-text restore h-wordwrap" itemprop="text">{_body(post.parts, _vbulletin4_quote)}
      </div><div class="b-post__footer">{CHROME}</div></li>"""
        for index, post in enumerate(posts, start=1)
    )
    head = f'<meta name="generator" content="vBulletin 5.6.4" /><title>{escape(title)} - A Forum</title>'
    heading = f'<h1 class="main-title js-main-title">{escape(title)}</h1>'
    return _page(head, f"<body>{heading}<ul>{drawn}</ul></body>")


def subsilver2(title: str, posts: Sequence[Written]) -> str:
    """A phpBB 3.0 page in subsilver2, laid out as tables."""

    def quote(quoted: Quoted, inner: str) -> str:
        line = f"{escape(quoted.author)} wrote:" if quoted.author else "<b>Quote:</b>"
        return f'<div class="quotetitle">{line}</div><div class="quotecontent">{inner}</div>'

    drawn = "".join(
        f"""<table class="tablebg"><tr class="row1"><td align="center"><a name="p{post.id}"></a>
      <b class="postauthor">{escape(post.author)}</b></td><td><div>{CHROME} <b>Posted:</b>
      Sat May 0{index}, 2009 6:0{index} pm&nbsp;</div></td></tr>
      <tr class="row1"><td class="profile">{CHROME}</td><td><div class="postbody">
      {_body(post.parts, quote)}</div><br /><span class="postbody">{CHROME}</span></td></tr></table>"""
        for index, post in enumerate(posts, start=1)
    )
    heading = f'<div id="pageheader"><h2><a class="titles" href="x">{escape(title)}</a></h2></div>'
    head = f"<title>A Board &bull; View topic - {escape(title)}</title>"
    return _page(head, f'<body class="ltr"><!-- phpBB style name: subsilver2 -->{heading}{drawn}</body>')


SOFTWARE = {
    "xenforo2": Software("xenforo2", xenforo2),
    "xenforo1": Software("xenforo1", xenforo1),
    "phpbb": Software("phpbb", phpbb),
    "phpbb30": Software("phpbb", phpbb30, names_quoted_post=False),
    "fluxbb": Software("fluxbb", fluxbb, names_quoted_post=False),
    "vbulletin4": Software("vbulletin", vbulletin4),
    "vbulletin3": Software("vbulletin", vbulletin3),
    "invision4": Software("invision", invision4),
    "invision5": Software("invision", invision5),
    "smf20": Software("smf", smf20),
    "smf21": Software("smf", smf21),
    "smf11": Software("smf", smf11),
    "ipboard3": Software("invision", ipboard3),
    "vbulletin5": Software("vbulletin", vbulletin5),
    "subsilver2": Software("phpbb", subsilver2, names_quoted_post=False),
}

ORCHARD = (
    Written("501", "Ann Lee", ("Grafted trees bear fruit in the third year.\n\nSeedlings take ten.",)),
    Written(
        "502",
        "Bo_77",
        (
            Quoted("Ann Lee", "501", ("Seedlings take ten.",)),
            "Mine took six, on poor soil & without a fence.",
            Quoted(None, None, ("An apple a day",)),
            "That proverb settles nothing.",
        ),
    ),
    Written(
        "503",
        "Çelik Ö.",
        (
            Quoted(
                "Bo_77",
                "502",
                (Quoted("Ann Lee", "501", ("Seedlings take ten.",)), "Mine took six, on poor soil & without a fence."),
            ),
            "One tree proves little.\nPlant <thirty> and count.",
        ),
    ),
    Written("504", "Ann Lee", ("I will.",)),
)
"""A discussion with a quotation of one post, one without a name, and one inside another."""
