"""Lines that hold nothing but a page's buttons and counters, whatever software printed them and in whatever order."""

import re

_MAX_CHARS = 120
_MAX_SIGNS = 12
_MIN_RULE_CHARS = 8
_PHRASES = (
    # what is done to a post
    "like|likes|liked|edited|love|haha|wow|sad|angry|care|dislike|react|reactions?|upvotes?|downvotes?|"
    "vote(?: up| down)?|votes?|thanks?|"
    "thank|helpful|agree|disagree|recommend(?:ed)?|applaud|clap|boosts?|favou?rites?|reposts?|retweets?|"
    "quotes?|bookmarks?|views?|"
    "reply all|reply to author|reply privately|forward|reply quote|reply with quote|reply to this(?: comment|"
    " post)?|reply reply|reply|respond|add reply|add a reply|"
    "add a comment|add comment|comment|leave a reply|write a reply|log in to reply|join the conversation|"
    "share (?:this )?(?:comment|post|on (?:facebook|twitter|other sites))|share via|share|copy link(?: to reply)?|"
    "copy|link to (?:post|comment|this comment)|permalink|perma ?link|link|embed|cite|crosspost|print|email|tweet|"
    "quote post|quote reply|multi-?quote|quote|report (?:post|comment|abuse|inappropriate content)|report reply|"
    "report|flag(?: as inappropriate| comment)?|block|mute|hide(?: comment| thread)?|ignore|"
    "edit|delete|remove|close|save|saved|unsave|bookmark|add bookmark|watch|follow(?:ing)?|unfollow|subscribe|"
    "improve this (?:question|answer)|printer friendly format|jump to bottom|"
    "more options|more actions|more|options|actions|menu|give award|award|give gold|source|context|"
    "full comments|parent|"
    "parent share|prev|previous|next|root|collapse|expand|top|back to top|up|down|go|sort by:?|sort|"
    # what is folded away
    "see more|see less|see translation|see original|see response|rate this translation|"
    "show (?:more|less|original|parent|all)|read more|read less|continue reading|"
    "translate(?: to [a-z]+)?|view (?:parent|profile|all|edit history|hidden|original post)|"
    r"(?:view|show|hide|load|see) (?:all |another )?(?:\d+ )?(?:more |previous |new )?(?:repl(?:y|ies)|"
    r"comments?|answers?)|"
    r"(?:show|load) \d+ more(?: comments?| repl(?:y|ies)| answers?)?|\d+ more repl(?:y|ies)|"
    "load more(?: comments| replies)?|continue this thread|collapse thread|expand all|"
    # counters
    r"[\d.,]+\s?[km]? ?(?:likes?|repl(?:y|ies)|comments?|shares?|points?|votes?|upvotes?|downvotes?|views?|"
    r"reactions?|"
    r"boosts?|favou?rites?|reposts?|quotes?|answers?|recommend(?:ed)?|people like this|person likes this|"
    r"people found this helpful|children|child|helpful votes?|posts?|badges?)|"
    r"all [\d,.]+ comments|oldest first|newest first|most reactions|sorted by:?(?: (?:best|top|new|old|"
    r"controversial|q&a))?|hot|hotnewtop|"
    "score hidden|last reply|comments|all reactions|see new posts|conversation|skip to first unread message|"
    "most relevant|all comments|fedilink|everybody can reply|write a comment|go to comments|1st|facebook|"
    "twitter|whatsapp|telegram|linkedin|pinterest|rss|x|"
    # the same in other languages
    "gefällt mir(?: nicht mehr)?|antworten|teilen|melden|zitieren|kommentieren|mehr anzeigen|weitere anzeigen|"
    "j’aime|j'aime|répondre|partager|signaler|citer|voir plus|me gusta|responder|compartir|denunciar|ver más|"
    "mi piace|rispondi|condividi|segnala|curtir|compartilhar|vind ik leuk|beantwoorden|delen|нравится|ответить|"
    "поделиться|lubię to!?|odpowiedz|udostępnij|gilla|svara|dela"
)
_GLUE = r"[\s•·|,;:()\[\]{}<>…›»«‹↑↓▲▼⬆⬇▴▾△▽★☆♥❤️👍👎🔁💬↩↪–—+*/…-]"
_WORDS = re.compile(rf"(?i)(?:{_GLUE}++|(?>(?:{_PHRASES})(?![^\W\d_])|[-+]?\d[\d.,]*+\s?[km]?(?![^\W\d_])))++")
# Copied without the space between them: "LikeReplyShare", "permalinkembedsavereport".
_RUN_ON = re.compile(
    r"(?i)(?:like|reply|share|report|save|permalink|embed|parent|context|follow|quote|flag|edit|hide|"
    r"give award|award|"
    r"full comments|comments?|crosspost|view|more|source|share on (?:facebook|twitter|reddit|linkedin)|"
    r"\d+[smhdwy]|·|\s|\(\d+\)|\d+)++"
)
# A line of these alone may have been said.
_SPOKEN = re.compile(
    r"(?i)(?:thanks?|(?:dis)?agree|love|sad|wow|haha|angry|care|helpful|more|go|x|up|down|top|close|block|"
    r"applaud|clap|"
    r"options|actions|root|1st|print)[ .!…]*"
)
_AVATAR = re.compile(
    r"(?i)^(?:\S.{0,40}['’]s? (?:user |profile )?(?:avatar|photo|picture|image|profile (?:photo|picture|image))|"
    r"(?:user |profile )?(?:avatar|photo|picture|image)(?: (?:of|for) \S.{0,40})?|\S{1,40} avatar|"
    r"\[?in (?:reply|response) to .{1,60}\]?|replying to(?: .{1,60})?|view .{1,30}['’]s profile|"
    r"(?:[•·]\s*)?(?:1st|2nd|3rd\+?|following)(?: degree connection)?|\{(?:reactions|attachments|embed|"
    r"stickers?|forwarded message)\})$"
)
_LETTERS = re.compile(r"[^\W\d_]{3}")
_COUNT = re.compile(r"^[-+]?\d[\d.,]*\s?[kKmM]?$")
_BADGES = re.compile(
    r"(?i)^(?:[•·]\s*)?(?:author|op|mod|admin(?:istrator)?|moderator|staff|verified(?: account)?|edited|"
    r"\(edited\)|unread,?|"
    r"top (?:fan|contributor|commenter|writer|answer)|top \d+% (?:commenter|poster)|group expert|"
    r"rising (?:star|contributor)|"
    r"all-star contributor|conversation starter|visual storyteller|pinned|pinned by .{1,40}|creator|host|speaker|"
    r"original poster|original author|new contributor|new member|level \d+|lv\.? ?\d+|bot|app|you|ai|team|pro|"
    r"premium|"
    r"subscriber|supporter|featured|best answer|accepted answer|solution|highlighted|newest|follow|following|"
    r"profile badge.*|[•·]+|-|–|—|reply|in reply to|online|offline)$"
)


def is_button_line(text: str) -> bool:
    """Whether a line holds buttons, perhaps with counters beside them, and no word of anybody."""
    if not 0 < len(text) <= _MAX_CHARS:
        return False
    if not any(map(str.isalpha, text)):
        return False
    if not (_WORDS.fullmatch(text) or (_LETTERS.search(text) and _RUN_ON.fullmatch(text))):
        return False
    return _SPOKEN.fullmatch(text) is None


def is_count_line(text: str) -> bool:
    """Whether a line is nothing but a number, as counters are, or signs without any letter."""
    if _COUNT.match(text):
        return True
    if any(map(str.isalpha, text)):
        return False
    return 0 < len(text) <= _MAX_SIGNS or not any(map(str.isdigit, text))


def is_rule(text: str) -> bool:
    """Whether a line is drawn across a page, with signs that are no word."""
    return len(text) >= _MIN_RULE_CHARS and not any(map(str.isalnum, text))


def is_badge(text: str) -> bool:
    """Whether a line says what somebody is on the page, stands for their picture, or says whom they answer."""
    return bool(_BADGES.match(text) or _AVATAR.match(text))
