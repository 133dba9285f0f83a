"""What a forum page prints around its posts: ranks, counters, likes, buttons, and the page's foot.

Everything here is about the software's own words, in English, as it prints them; nothing is about one site.
"""

import re
from collections.abc import Sequence

_MAX_NAME_CHARS = 40
_MAX_NAME_WORDS = 4
_MAX_VALUE_CHARS = 80
_MAX_FOOT_WORDS = 8

_KNOWN_TITLES = re.compile(
    r"(?ix)^(?:"
    r"banned|kicked|suspended|guest|deleted\s+member|new\s+member|member|active\s+member|well-known\s+member|"
    r"senior\s+member|junior\s+member|full\s+member|veteran\s+member|hero\s+member|sr\.\s+member|jr\.\s+member|"
    r"(?:super\s+)?moderator|global\s+moderator|administrator|admin|staff(?:\s+member)?|(?:monthly\s+)?donor|"
    r"(?:premium|gold|platinum|verified|elite|contributing|lifetime|supporting|registered|valued|long[- ]time)"
    r"\s+(?:member|user|supporter|poster)|supporter|subscriber|contributor|mentor|newbie|regular|"
    r"original\s+poster|thread\s+starter|topic\s+author|registered\s+user|forum\s+(?:member|staff|user)|"
    r"science\s+advisor|homework\s+helper|insights\s+author|gone\s+but\s+not\s+forgotten|patron"
    r")$"
)
_LABEL = re.compile(
    r"(?ix)^(?:joined|join\s+date|registered|member\s+since|messages?|posts?|reaction\s+score|points|likes"
    r"(?:\s+received)?|location|age|gender|website|trophy\s+points|solutions|best\s+answers?|media|albums|reviews|vehicles?|occupation|"
    r"interests|hobbies|car|bike|camera|gear|title|device|model|"
    r"threads|country|real\s+name|first\s+name|vehicle|clubs?|from)\s*:?$"
)
_LABEL_WITH_VALUE = re.compile(
    r"(?i)^(?:joined|join date|registered|member since|messages?|posts|reaction score|points|likes received|"
    r"location(?: \([a-z]+\))?|gender|trophy points)\s*:\s*\S.*$"
)
_COUNT = re.compile(r"^[\d.,]+[kKmM]?$")
_DATE = re.compile(
    r"(?ix)^(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+)?(?:"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}|"
    r"\d{1,2}(?:st|nd|rd|th)?\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?,?\s+\d{4}|"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d{4}|"
    r"\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{2,4})(?:[,\s]+(?:at\s+)?\d{1,2}:\d\d(?::\d\d)?(?:\s*[ap]m)?)?$"
)
_POST_NUMBER = re.compile(
    r"(?i)^(?:[•·*]\s*)?(?:#\s?(\d{1,6})(?:\s*Â?·.{0,20})?|(\d{1,6})\s*Â?·(?:\s*\(edited\))?|"
    r"(?:post|reply)\s+#?(\d{1,6})(?:\s+of\s+\d{1,6})?)$"
)
_WHEN_US = re.compile(r"(?i)^\d{1,2}-\d{1,2}-\d{2,4},?\s+\d{1,2}:\d\d(?:\s*[ap]m)?$")
_LATELY = re.compile(
    r"(?i)^(?:(?:today|yesterday|(?:mon|tues|wednes|thurs|fri|satur|sun)day)(?:,?\s+(?:at\s+)?\d{1,2}:\d\d(?:\s*[ap]m)?)|"
    r"(?:\d+|an?)\s+(?:minute|hour|day|week)s?\s+ago|a\s+moment\s+ago)$"
)
_REACTION = re.compile(
    r"(?i)^[•·*]\s*(?:like|love|haha|wow|sad|angry|thanks|agree|disagree|informative|funny|useful|helpful|winner|"
    r"optimistic|creative|dislike|care|fire|thinking|laugh|hug|skeptical|informed|insightful)s?(?:\s+[^\W\d_]+)?(?:\s+x?\s*\d+)?$"
)
_LIKERS = re.compile(r"(?i)^(?:likes?\s+)?reactions\s*:\s*(.*)$")
_EDITED = re.compile(r"(?i)^last edited(?: by (?:a )?[\w .-]{1,40})?\s*:?(?:\s*.{0,60})?$")
_SIGNED = re.compile(
    r"^(\S[^,]{0,38}), (?:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* \d{1,2}, \d{4}|"
    r"\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* \d{4})(?: #\d+)?(?: IP)?$"
)
_ATTACHMENT = re.compile(
    r"(?i)^(?:(?:view )?attachments?:? \d+\s*)+$|"
    r"^[^/?!]{1,120}\.(?:jpe?g|png|gif|bmp|webp|heic|tiff?|avif|svg|zip|7z|rar|gz)(?:\s+\(?[\d.,]+\s*[kmg]i?b\)?)?$|"
    r"^attachments?:?$|^(?:.{1,80} )?\([\d.,]+ (?:bytes|[kmg]i?b)\) (?:downloaded|viewed) \d+ times?$"
)
_QUOTED_ATTACHMENT = re.compile(r"(?i)^(?:view attachment \d+\s*)+$")
_INSERTED = re.compile(
    r"(?i)^(?:sponsored|advertisement:?(?: [-–—(].{1,50})?|expand|visit site|(?:image\s*)+|.{0,80}\bgif by .{1,60}|"
    r"click to (?:expand|shrink)(?:\.\.\.|…)?|"
    r"sent (?:from|via|using) (?:my|mobile|the)\b.{1,70}|"
    r"(?:get|sent from) outlook for (?:ios|android)|code: ?select all(?: expand view)?|"
    r"<media omitted>|(?:image|video|audio|sticker|gif|document|contact card) omitted|"
    r"(?:this message was|you) deleted(?: this message)?\.?|"
    r"[a-z][\w ,&]{2,30} news on [\w-]{2,30}\.(?:org|com|net))$"
)
_GREETING = re.compile(
    r"(?i)^(?:hi|hey|hello|hiya|thanks?|thank you|dear|greetings|good (?:morning|evening|day)|ok|so|well)\b"
)
_STATISTICS = re.compile(r"(?i)^[\d.,]+[km]?\s+views?\b.{0,40}\brepl(?:y|ies)\b.*$")
_POST_END = re.compile(
    r"(?i)^(?:[•·*]\s*)?(?:reply with quote.*|quote|multi-?quote|report(?: post)?|share|reply|like|"
    r"offline|online|user avatar|"
    r"profile|website|top|topic author|author|"
    r"link to (?:post|comment)|share on other sites|edited by .{1,80}|"
    r"\S.{0,38} is (?:off|on)line(?: .{0,40})?|.{1,80} (?:likes?|liked) this\.|post reply|comment|tags:.{1,80}|"
    r"(?:\d+|an?) (?:hour|day|week|month|year)s? later(?:\.\.\.|…)?|.{1,40} changed the title to .{1,160}|"
    r".{0,120}\(see edit history\)|quote post|"
    r"share this comment|permalink)$"
)
_EDITED_BY = re.compile(r"(?i)^edited by \S.{0,40}$")
_POSTED = re.compile(r"(?i)^posted(?:\s+.{4,40}?)?(?:\s*\(edited\))?$")
_OPENING = re.compile(r"(?i)^(?:[•·*]\s*)?(?:original poster|thread starter|topic author)\b")
_FOOT_STARTS = re.compile(
    r"(?i)^(?:similar threads|forum statistics|ask a teacher|top|back|top bottom|back\s+top|latest posts?|share:?|"
    r"share this page|users who are viewing this thread|trending content|related threads|"
    r"not open for further replies\.?|"
    r"you must log in or register to reply here\.?|status|members online|about us|new posts|follow us|"
    r"create an account or sign in to comment|please sign in to comment|join the conversation|"
    r"board footer|posting rules|all times are\b.{0,60}|quick navigation(?: .{1,60})?|"
    r"forum jump:?|tags|posting permissions|quick reply|view a printable version|users browsing this thread\b.{0,60}|"
    r"post reply|return to .{2,60}|who is online|previous topic - next topic)$"
)
_SURE_FOOT = re.compile(
    r"(?i)^(?:posting rules|quick navigation(?: .{1,60})?|forum jump:?|view a printable version|post reply|"
    r"users browsing this (?:thread|forum):.{0,60}|previous topic - next topic|"
    r"exported \d+ message.{0,20}|return to (?:[“\"].{2,60}|(?-i:[A-Z])[^.?!]{1,50})|"
    r"create an account or sign in to comment|you may not post (?:new threads|replies)|« next oldest.*)$"
)
_PRESENT = re.compile(r"(?i)^(?P<name>\S.{0,38}) is (?:off|on)line(?: .{0,40})?$")
_FOOT_WORDS = re.compile(
    r"(?i)\b(?:forum community|register|registration|log ?in|sign ?up|ads|ad-free|advertis\w+|cookies?|sidebar|"
    r"subscri\w+|newsletter|"
    r"privacy|terms of (?:use|service)|forum software|powered by|copyright|all rights reserved|©)"
)
_FORUM_OF_ITSELF = re.compile(
    r"(?i)\b(?:forum|online) community\b|\bfull forum listing\b|\ball times are\b|\bpowered by\b"
)
_FURNITURE = re.compile(
    r"(?i)^(?:toggle sidebar(?: toggle sidebar)*|click to (?:expand|shrink)(?:\.\.\.|…)?|click for summary|"
    r"status|top|back|"
    r"top bottom|"
    r"not open for further replies\.?|jump to (?:new|content|latest)|recommended posts|featured replies|"
    r"skip to content|watch|reply|share|quote|report|unwatch|view previous replies…?|"
    r".{1,100} (?:forums? )?banner|log in|register|prev|next|first|last|go to page|\d+ of \d+)$"
)


_PRONOUNS_AND_THE_LIKE = (
    "he she they it i we you who one someone somebody everyone people as and but that this what my his her our "
    "your their the a an or then also so once when where which nobody anyone always never just already "
)
_NO_NAMES = frozenset(_PRONOUNS_AND_THE_LIKE.split())
_WEEKDAYS = frozenset(["mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun"])


def is_furniture(text: str) -> bool:
    """Whether a whole line is something that the software prints on its own."""
    return bool(_FURNITURE.match(text) or _STATISTICS.match(_flat(text)))


def says_opening(text: str) -> bool:
    """Whether a line at the head of a page says that the first post there opened the thread."""
    return bool(_OPENING.match(_flat(text)))


def may_be_person(text: str) -> bool:
    """Whether a text before a colon or a date could be a person's name or nick."""
    words = text.casefold().split()
    if not may_be_name(text) or len(words) > 3 or (words and words[-1].strip(",.") in _WEEKDAYS):
        return False
    return not says_nobody(text)


def says_nobody(text: str) -> bool:
    """Whether a text holds a word that no name has: a pronoun, an article; an initial, "A.", is none."""
    words = text.casefold().split()
    return any(word.strip(",.") in _NO_NAMES for word in words if not (len(word) == 2 and word.endswith(".")))


def closes_post(text: str) -> bool:
    """Whether a whole line is the last button of a post."""
    return text.casefold() == "share on other sites"


def is_post_end(text: str) -> bool:
    """Whether a whole line at the end of a body is a button or a notice of the software."""
    return bool(_POST_END.match(_flat(text))) or is_post_tail(text) or is_furniture(text)


def is_surely_foot(text: str) -> bool:
    """Whether a whole line stands below the last post of a page and nowhere else."""
    return bool(_SURE_FOOT.match(_flat(text)))


def present(text: str) -> str | None:
    """The name in a line that says whether a member is there, as vBulletin prints below a post, None in any other."""
    match = _PRESENT.match(_flat(text))
    return match["name"] if match else None


def is_greeting(text: str) -> bool:
    """Whether a line begins as people greet or thank."""
    return bool(_GREETING.match(text))


def is_edit_note(text: str) -> bool:
    """Whether a whole line says who edited a post; one more line may give the reason."""
    return bool(_EDITED_BY.match(text))


def says_posted(text: str) -> bool:
    """Whether a whole line over a body says that it was posted, and perhaps when, and nothing else."""
    match = _POSTED.match(text)
    return match is not None and (len(text.split()) == 1 or text.endswith(")") or any(map(str.isdigit, text)))


def is_quoted_attachment(text: str) -> bool:
    """Whether a whole line is what a quotation shows in place of an attached picture."""
    return bool(_QUOTED_ATTACHMENT.match(text))


def is_post_tail(text: str) -> bool:
    """Whether a line after the end of a body still belongs to that post: edits, likes."""
    return bool(
        _EDITED.match(text) or _REACTION.match(text) or _LIKERS.match(_flat(text)) or _SIGNED.match(_flat(text))
    )


def signed_by(text: str) -> str | None:
    """The name in a line under a post that says who wrote it and when ("NAME, May 1, 2024"), None in any other."""
    match = _SIGNED.match(_flat(text))
    return match.group(1) if match else None


def is_reaction(text: str) -> bool:
    """Whether a whole line counts the members who reacted to a post in one way ("• Like 5")."""
    return bool(_REACTION.match(text)) and text[-1:].isdigit()


def likers(text: str) -> list[str]:
    """Names of the people who liked a post, from such a line; empty where it is none."""
    match = _LIKERS.match(_flat(text))
    if match is None:
        return []
    names = re.sub(r"(?i)\s+and \d+ others?$", "", match.group(1))
    return [name.strip() for name in re.split(r",\s*|\s+and\s+", names) if name.strip()]


def post_number(text: str) -> str | None:
    """The number in a line that only counts the posts ("• #10"), None where it is none."""
    match = _POST_NUMBER.match(text)
    return next(filter(None, match.groups()), None) if match else None


def is_inserted(text: str) -> bool:
    """Whether a whole line in a body was not said: a picture's name, an advertisement, a phone's signature."""
    return bool(_ATTACHMENT.match(text) or _INSERTED.match(text))


def may_be_name(text: str) -> bool:
    """Whether a line could be a member's name: short, few words, no sentence."""
    if not text or len(text) > _MAX_NAME_CHARS or len(text.split()) > _MAX_NAME_WORDS:
        return False
    if (
        is_furniture(text)
        or is_inserted(text)
        or is_label(text)
        or text.endswith((":", "?", ",", ";", "…", "..."))
        or text[0] in '•·*-–—>"“('
    ):
        return False
    if re.search(r"[.!]$", text) and " " in text and not re.search(r"\s[^\W\d_]\.$", text):
        return False
    return bool(re.search(r"\w", text)) and "://" not in text


def may_be_member_title(text: str) -> bool:
    """Whether a line could be the title under a member's name."""
    return 0 < len(text) <= 50 and len(text.split()) <= 8 and not text.endswith((".", "?", ":", ","))


def is_known_member_title(text: str) -> bool:
    """Whether forum software prints this title by itself."""
    return bool(_KNOWN_TITLES.match(text))


def is_when(text: str) -> bool:
    """Whether a line only says when something was posted."""
    bare = re.sub(r"(?i)^(?:old|posted|unread)\s+", "", _flat(text).replace("| ", ""))
    return bool(_DATE.match(bare) or _WHEN_US.match(bare) or _LATELY.match(bare))


def is_counter(text: str) -> bool:
    """Whether a line is nothing but a number or a date."""
    return bool(_COUNT.match(text) or _DATE.match(text))


def ends_counters(text: str) -> bool:
    """Whether a line is a number, a date or a short value, as the counters in a member's header end with."""
    return bool(_COUNT.match(text) or _DATE.match(text)) or len(text) <= 30


def may_be_field(text: str) -> bool:
    """Whether a line could be a field of a member's header: a few words, no sentence and no greeting."""
    short = 0 < len(text) <= 40 and len(text.split()) <= 6 and not text.endswith((".", "!", "?", ":", ",", ";", "…"))
    return short and not _GREETING.match(text)


def is_sentence(text: str) -> bool:
    """Whether a line is too long for a field of a header, or ends as a sentence does."""
    return not is_labelled(text) and (len(text) > _MAX_VALUE_CHARS // 2 or text.endswith((".", "!", "?", "…")))


def is_labelled(text: str) -> bool:
    """Whether a whole line is a label of a member's header and its value ("Registered: 2009-01-02")."""
    return bool(_LABEL_WITH_VALUE.match(text))


def header_lines(texts: Sequence[str]) -> int:
    """How many of the next lines continue a member's header: a rank, a counter, or a label and its value."""
    if not texts or not texts[0]:
        return 0
    first = texts[0]
    if is_known_member_title(first) or _COUNT.match(first) or _DATE.match(first) or _LABEL_WITH_VALUE.match(first):
        return 1
    if is_label(first) and len(texts) > 1 and len(texts[1]) <= _MAX_VALUE_CHARS:
        # A field that the member left empty shows its label alone.
        return 2 if texts[1] else 1
    return 0


def is_label(text: str) -> bool:
    """Whether a whole line only names a field of a member's header ("Location")."""
    return bool(_LABEL.match(text))


def starts_page_foot(text: str) -> bool:
    """Whether a line after a blank one in the last post begins the page's foot; a sentence of the post does not."""
    if _FOOT_STARTS.match(_flat(text)) or _FORUM_OF_ITSELF.search(text):
        return True
    return (
        bool(_FOOT_WORDS.search(text)) and len(text.split()) <= _MAX_FOOT_WORDS and not text.endswith((".", "?", "!"))
    )


def is_page_foot(texts: Sequence[str]) -> bool:
    """Whether the lines after the last post are the page's foot."""
    if any(_FOOT_STARTS.match(_flat(text)) for text in texts[:3]) or _FOOT_STARTS.match(_flat(texts[-1])):
        return True
    counted = [len(text.split()) for text in texts]
    if any(_FOOT_WORDS.search(text) for text in texts) and (
        sum(counted) <= 40 or _FORUM_OF_ITSELF.search(" ".join(texts))
    ):
        return True
    # Labels and numbers, line by line, are no prose.
    return len(texts) >= 4 and sorted(counted)[len(counted) // 2] <= 3


def _flat(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
