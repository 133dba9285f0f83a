"""The drawn discussion as pages of Invision, Simple Machines Forum, and older boards."""

from collections.abc import Sequence
from html import escape

from tests.personas.reading.drawn_discussion import CHROME, Quoted, Written, body_html, page_html


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
        <div>{body_html(post.parts, _invision_quote)}</div>
        <span class="ipsType_reset ipsType_light" data-excludequote><strong>Edited {CHROME}</strong></span></div>
      <div class="ipsItemControls">{CHROME}</div></div></div></div></article>"""
        for index, post in enumerate(posts, start=1)
    )
    heading = (
        f'<h1 class="ipsType_pageTitle ipsContained_container"><span class="ipsType_break">{escape(title)}</span></h1>'
    )
    return page_html(
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
      {body_html(post.parts, _invision_quote)}</div></div>
      <div class="ipsEntry__footer">{CHROME}</div></div></article>"""
        for index, post in enumerate(posts, start=1)
    )
    body = (
        f'<body class="ipsApp"><div class="ipsPageHeader"><h1 class="ipsPageHeader__title">{escape(title)}</h1></div>'
    )
    return page_html(f"<title>{escape(title)} - A Forum</title>", f"{body}{drawn}</body>")


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
      </div></div><div class="post"><div class="inner" id="msg_{post.id}">{body_html(post.parts, _smf20_quote)}
      </div></div></div><div class="moderatorbar"><div class="smalltext modified" id="modified_{post.id}">{CHROME}</div>
      <div class="signature" id="msg_{post.id}_signature">{CHROME}</div></div></div></div>"""
        for index, post in enumerate(posts, start=1)
    )
    body = f"""<body><div id="forumposts"><div class="cat_bar"><h3 class="catbg"><span id="author">Author</span>
      Topic: {escape(title)} &nbsp;(Read 1234 times)</h3></div>
      <form action="x" method="post" id="quickModForm">{drawn}</form></div></body>"""
    script = '<script>var smf_theme_url = "https://forum.example/Themes/default";</script>'
    return page_html(f"{script}<title>{escape(title)}</title>", body)


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
      {body_html(post.parts, _smf21_quote)}</div></div><div class="under_message">{CHROME}</div></div></div></div>"""
        for index, post in enumerate(posts, start=1)
    )
    body = f"""<body><div id="display_head"><h2 class="display_title"><span id="top_subject">{escape(title)}</span></h2>
      </div><div id="forumposts"><form id="quickModForm">{drawn}</form></div></body>"""
    return page_html(f"<title>{escape(title)}</title>", body)


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
      <hr /><div id="msg_{post.id}" class="post">{body_html(post.parts, quote)}</div></td></tr>
      <tr><td><div class="signature">{CHROME}</div></td></tr></table></td></tr></table></td></tr>"""
        for index, post in enumerate(posts, start=1)
    )
    body = f'<body><form id="quickModForm"><table class="bordercolor">{drawn}</table></form></body>'
    return page_html(f"<title>{escape(title)}</title>", body)


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
      <div itemprop="commentText" class="post entry-content ">{body_html(post.parts, quote)}
      <p class="edit">Edited by {CHROME}</p></div><div class="signature">{CHROME}</div></div></div></div>"""
        for index, post in enumerate(posts, start=1)
    )
    heading = f'<h1 itemprop="name" class="ipsType_pagetitle">{escape(title)}</h1>'
    return page_html(f"<title>{escape(title)} - A Board</title>", f'<body id="ipboard_body">{heading}{drawn}</body>')


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
      {body_html(post.parts, quote)}</div><br /><span class="postbody">{CHROME}</span></td></tr></table>"""
        for index, post in enumerate(posts, start=1)
    )
    heading = f'<div id="pageheader"><h2><a class="titles" href="x">{escape(title)}</a></h2></div>'
    head = f"<title>A Board &bull; View topic - {escape(title)}</title>"
    return page_html(head, f'<body class="ltr"><!-- phpBB style name: subsilver2 -->{heading}{drawn}</body>')
